"""What is attested by somebody else than whom it is for, or far away, is taken, and it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from .gate_office import office_in, typed

ANSWER = "project answer portal consulted yes --evidence docs/minutes.pdf"
NOTE = "Note: consulted is for Rosa Lind (team); this says Ana Ruiz.\n"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PMO_AS", raising=False)
    monkeypatch.chdir(office_in(tmp_path))


def test_an_answer_to_a_criterion_of_another_role_is_noted() -> None:
    written = typed(f"{ANSWER} --as ana.ruiz")
    assert (NOTE in written.out, written.code) == (True, 0)


def test_who_holds_the_role_reads_no_note() -> None:
    assert "Note:" not in typed(f"{ANSWER} --as rosa.lind").out


def test_an_artefact_that_comes_to_its_last_state_is_for_who_is_accountable() -> None:
    last = typed("project artefact portal plan approved --as rosa.lind").out
    assert "Note: plan is for Ana Ruiz (manager); this says Rosa Lind.\n" in last
    assert "Note:" not in typed("project artefact portal plan approved --as ana.ruiz").out


def test_an_artefact_on_its_way_is_for_anybody() -> None:
    assert "Note:" not in typed("project artefact portal plan draft --as rosa.lind").out


def test_a_role_that_nobody_holds_is_nobodys() -> None:
    # The project has no manager, who is accountable for the plan.
    assert "Note:" not in typed("project artefact street plan approved --as rosa.lind").out


def test_evidence_outside_the_office_is_only_linked(tmp_path: Path) -> None:
    (tmp_path / "far.txt").write_text("yes")
    answer = "project answer portal consulted yes --as rosa.lind --evidence ../far.txt"
    told = typed(answer).out
    assert f"Note: {tmp_path.resolve().as_posix()}/far.txt lies outside the office: " in told
    assert "lies outside" not in typed(f"{ANSWER} --as rosa.lind").out
