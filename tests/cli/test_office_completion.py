"""What a shell completes in an office: the office's own templates, topics and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from .gate_office import office_in
from .test_completion import values


@pytest.fixture(autouse=True)
def _in_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PMO_OFFICE", raising=False)
    monkeypatch.chdir(office_in(tmp_path))


def test_a_template_completes_those_of_the_projects_standard() -> None:
    assert values("template write portal ") == ["plan"]
    assert values("template write nowhere ") == []
    assert values("template list po") == ["portal"]


def test_guide_completes_what_the_office_pins_and_its_projects() -> None:
    assert values("guide me") == ["measured"]
    assert values("guide measured st") == ["street"]
    assert "benefits-measurable" in values("guide --standard essentials benefits")


def test_guide_completes_the_house_standard_outside_of_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "benefits-measurable" in values("guide benefits")


def test_status_completes_people() -> None:
    assert values("status --as e") == ["eva.stern"]


@pytest.mark.parametrize("command", ["gate explain", "gate status", "review open"])
def test_a_gate_completes_those_of_the_project_that_is_named_before(command: str) -> None:
    assert values(f"{command} portal --gate ") == ["begin", "finish", "health"]
    assert values(f"{command} portal --gate f") == ["finish"]
    assert values(f"{command} --gate ") == []


def test_a_role_completes_with_its_sign_then_people() -> None:
    assert values("project new x --role ") == ["owner=", "manager=", "team="]
    assert values("project new x --role ma") == ["manager="]
    assert values("project enter x --role manager=e") == ["manager=eva.stern"]


def test_a_phase_completes_those_of_the_standard_that_is_named() -> None:
    assert values("project enter x --phase ") == ["idea", "work", "done"]
    assert values("project enter x --standard house --phase w") == ["work"]
    assert values("project enter x --standard nowhere --phase w") == []


def test_a_time_zone_completes_by_its_name() -> None:
    assert values("init x --zone Europe/Os") == ["Europe/Oslo"]
    assert values("check --zone UT") == ["UTC"]
    assert len(values("init x --zone ")) > 400


def test_a_broken_office_offers_nothing_and_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("pmo.yaml").write_text("language: [")
    assert values("template write portal ") == []
    assert values("guide me") == []
    assert values("status --as e") == []
    assert values("gate explain portal --gate ") == []
    assert values("project new x --role ") == []
    assert values("project enter x --phase ") == []
    assert capfd.readouterr() == ("", "")
