"""PM²: the two special paths, who decides, and who answers for which document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core import load_record, load_standard
from pmo_core.assessment.selection import gates_due
from pmo_core.documents import Json, JsonObject, Missing, resolve
from pmo_core.standards.model import Gate, Standard

FOLDER = Path(__file__).parents[1] / "pmo_standards" / "pm2" / "3.1.0"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def pm2() -> Standard:
    return load_standard(FOLDER)


def outcomes_of(standard: Standard, gate: str) -> dict[str, tuple[str, str]]:
    """Of each outcome: where the project goes (empty: nowhere), and what it needs."""
    return {one.id: (one.to.get("main", ""), one.needs) for one in standard.gates[gate].outcomes}


def deciders(authority: Json) -> Iterator[JsonObject]:
    """Each role or body that decides alone or with others."""
    if isinstance(authority, list):
        for one in authority:
            yield from deciders(one)
    elif isinstance(authority, dict) and "all-of" in authority:
        yield from deciders(authority["all-of"])
    elif isinstance(authority, dict):
        yield authority


def authority_of(standard: Standard, gate: Gate) -> Json:
    named = gate.model["authority"]
    if not isinstance(named, str):
        return named
    found = resolve(standard.model, f"/authorities/{named}")
    assert not isinstance(found, Missing)
    return found


@pytest.mark.parametrize(
    ("name", "gates"),
    [
        ("initiating", ["ready-for-planning"]),
        ("planning", ["ready-for-executing"]),
        ("executing", ["ready-for-closing"]),
        ("closing", ["project-closed"]),
        ("rejected", ["project-archived"]),
        ("benefits", ["benefits-review", "benefits-settled"]),
    ],
)
def test_each_phase_has_its_gate_and_what_delivered_nothing_one_of_its_own(
    pm2: Standard, name: str, gates: list[str]
) -> None:
    """S11.6, S11.7."""
    record = load_record(FOLDER / "golden" / "records" / f"{name}.yaml", pm2)
    assert [due.gate.id for due in gates_due(pm2, record, now=NOW)] == gates


@pytest.mark.parametrize(
    ("deliverables", "gate"),
    [
        ("[]", "project-archived"),
        ("[{id: D-1, title: Signs}]", "project-archived"),
        ("[{id: D-1, title: Signs, state: planned}]", "project-archived"),
        ("[{id: D-1, title: Signs, state: delivered}]", "project-closed"),
        ("[{id: D-1, title: A}, {id: D-2, title: B, state: accepted}]", "project-closed"),
    ],
)
def test_one_deliverable_is_enough_for_the_whole_closure(
    pm2: Standard, tmp_path: Path, deliverables: str, gate: str
) -> None:
    path = tmp_path / "record.yaml"
    text = f"{{id: ferry, title: Ferry, phase: closing, deliverables: {deliverables}}}"
    path.write_text(text, encoding="utf-8")
    due = gates_due(pm2, load_record(path, pm2), now=NOW)
    assert [one.gate.id for one in due] == [gate]


def test_what_is_rejected_at_ready_for_planning_goes_to_closing_and_needs_nothing(
    pm2: Standard,
) -> None:
    assert outcomes_of(pm2, "ready-for-planning") == {
        "go": ("planning", "ready"),
        "conditional-go": ("planning", "deferrable"),
        "hold": ("", "nothing"),
        "reject": ("closing", "nothing"),
    }
    assert outcomes_of(pm2, "project-archived")["go"] == ("closed", "ready")


def test_a_major_deviation_is_for_the_chair_of_the_governance_body(pm2: Standard) -> None:
    """S12.2: the first case whose `when` is true; the last case has none."""
    authority = authority_of(pm2, pm2.gates["ready-for-executing"])
    assert isinstance(authority, list)
    within, beyond = authority
    assert isinstance(within, dict)
    assert isinstance(beyond, dict)
    assert (within["when"], within["role"]) == ("within-charter", "owner")
    assert "when" not in beyond
    assert beyond["role"] == "governance-chair"


def test_the_project_manager_decides_nowhere(pm2: Standard) -> None:
    for gate in pm2.gates.values():
        cases = list(deciders(authority_of(pm2, gate)))
        assert cases, gate.id
        assert all(one["never"] == ["manager"] for one in cases), gate.id


def test_each_document_has_somebody_who_answers_for_it_and_somebody_who_writes_it(
    pm2: Standard,
) -> None:
    for one in pm2.artefacts.values():
        assert one.accountable in pm2.roles, one.id
        assert one.responsible in pm2.roles, one.id
        assert one.accountable != one.responsible, one.id
        assert one.template == f"templates/{one.id}.md"


def test_what_the_law_asks_for_is_neither_waived_nor_put_off(pm2: Standard) -> None:
    statutory = [one.model for gate in pm2.gates.values() for one in gate.criteria if one.statutory]
    assert len(statutory) == 2
    assert not any({"waivable", "deferrable", "tailorable"} & set(one) for one in statutory)
