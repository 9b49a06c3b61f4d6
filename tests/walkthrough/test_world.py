"""The demo's office: what its files say is what its ledger says, and what the walkthrough tells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core import Office, read_document, resolve
from pmo_core.assessment import Verdict
from pmo_core.documents import Json
from pmo_core.documents.changes import diff
from pmo_core.office.record_files import read_header

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PROJECTS = (
    "field-inspections",
    "online-payments",
    "parcel-map",
    "permit-portal",
    "records-archive",
)


@pytest.fixture
def office(built: Path) -> Iterator[Office]:
    with Office.open(built, clock=lambda: NOW, read_only=True) as found:
        yield found


def test_five_projects_stand_where_the_walkthrough_has_them(office: Office) -> None:
    stand = [
        (
            one.state.project,
            one.state.phases["main"],
            one.key,
            str(one.planned),
            [finding.criterion for finding in one.found.blocking],
        )
        for one in office.standings()
    ]
    assert stand == [
        (
            "field-inspections",
            "initiating",
            "ready-for-planning",
            "2026-12-18",
            [
                "business-case-approved",
                "charter-approved",
                "data-protection-screened",
                "upstream-under-way",
            ],
        ),
        ("online-payments", "executing", "ready-for-closing", "2026-11-30", []),
        (
            "parcel-map",
            "planning",
            "ready-for-executing",
            "2027-01-15",
            ["work-plan-baselined", "outsourcing-approved"],
        ),
        (
            "permit-portal",
            "initiating",
            "ready-for-planning",
            "2026-11-27",
            ["benefits-measurable", "risks-owned", "stakeholders-consulted"],
        ),
        ("records-archive", "planning", "ready-for-executing", "2026-12-04", []),
    ]


def test_one_project_waits_for_another(office: Office) -> None:
    """S9: field-inspections is held up by permit-portal, which has not passed its gate."""
    (standing,) = office.standings("field-inspections")
    upstream = next(one for one in standing.found.findings if one.criterion == "upstream-under-way")
    (reason,) = upstream.reasons
    assert (reason.code, reason.params["project"]) == ("gate-not-passed", "permit-portal")


@pytest.mark.parametrize("project", PROJECTS)
def test_a_file_is_what_the_ledger_has(project: str, office: Office, built: Path) -> None:
    """S16.1: the file was written from that version, and proposes nothing new."""
    file = built / "projects" / f"{project}.yaml"
    state = office.project(project)
    value = read_document(file.read_bytes(), file.name).value
    assert diff(state.record, value) == []
    header = read_header(file.read_text(encoding="utf-8"))
    assert header.version == state.version
    assert header.schema_ref is not None
    assert (file.parent / header.schema_ref).is_file()


@pytest.mark.parametrize("project", PROJECTS)
def test_each_piece_of_evidence_is_there_and_still_the_same(
    project: str, office: Office, built: Path
) -> None:
    found = list(_evidence(office.project(project).record))
    assert found
    for one in found:
        link, digest = (one, None) if isinstance(one, str) else _linked(one)
        file = built / link
        assert file.is_file(), link
        if digest is not None:
            assert digest == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}", link


def test_who_acts_is_somebody_whom_the_office_knows(office: Office) -> None:
    people = office.settings.people
    for project in PROJECTS:
        state = office.project(project)
        assert {one.person for one in state.appointments} <= set(people)
        assert {event.event.actor.id for event in office.history(project)} <= set(people)


def test_the_committee_of_permit_portal_was_appointed_on_2_november(office: Office) -> None:
    appointed = {
        (one.role, one.person): (one.start, one.by)
        for one in office.project("permit-portal").appointments
    }
    for role, person in (
        ("owner", "eva.stern"),
        ("provider", "nils.falk"),
        ("business-manager", "leo.sand"),
    ):
        assert appointed[role, person] == ("2026-11-02T08:00:00Z", "kira.dahl")


def test_past_decisions_were_the_owner_s_on_gates_that_were_ready(office: Office) -> None:
    """S12.2, S12.3."""
    decisions = [
        (state.project, one.key, one.outcome, one.by, one.verdict)
        for state, _head in office.projects()
        for one in state.decisions
    ]
    assert decisions == [
        ("online-payments", "ready-for-planning/1", "go", "eva.stern", Verdict.READY.value),
        ("online-payments", "ready-for-executing/1", "go", "eva.stern", Verdict.READY.value),
        ("parcel-map", "ready-for-planning/1", "go", "eva.stern", Verdict.READY.value),
        ("records-archive", "ready-for-planning/1", "go", "eva.stern", Verdict.READY.value),
    ]


@pytest.mark.parametrize("project", PROJECTS)
def test_history_goes_forward_and_was_recorded_as_it_happened(project: str, office: Office) -> None:
    """S15.1."""
    events = [one.event for one in office.history(project)]
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
    times = [one.effective for one in events]
    assert times == sorted(times)
    assert all(one.recorded == one.effective for one in events)
    assert max(times) < NOW


def _linked(one: Json) -> tuple[str, Json]:
    assert isinstance(one, dict)
    return str(one["link"]), one.get("digest")


def _evidence(record: Json) -> Iterator[Json]:
    for pointer in ("/answers", "/artefacts"):
        entries = resolve(record, pointer)
        assert isinstance(entries, dict)
        for entry in entries.values():
            assert isinstance(entry, dict)
            named = entry.get("evidence", [])
            assert isinstance(named, list)
            yield from named
