"""Eight projects of one city over a year, under two standards, by the command line alone.

The stories under `story/` tell who types what, and what comes of it; `script.py` says how to read
them. Of the five under PM², one goes straight through, one is sent back and begins again, one is
rejected, one comes in late, and one is held up by another. Of the three under P3.express one misses
a month, and one is cancelled. In the end all of them are over.

`PMO_WRITE_GOLDEN=1` writes the files under `golden/` anew; look at the difference.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core import Office
from pmo_core.documents import digest
from pmo_core.governance.fold import fold
from pmo_core.governance.state import State
from pmo_core.governance.state_json import state_as_json
from pmo_core.ledger import broken_link
from pmo_core.office import pinned
from pmo_core.office.folders import ledger_path
from pmo_core.office.keeping import recorded, state_in
from pmo_core.office.neighbourhood import Neighbourhood
from pmo_core.office.standings import Gatherer
from pmo_core.office.survey import ground_of
from pmo_core.standards.model import Standard

from .script import HERE, Step, whole_year
from .town import Town, Written, faults, in_process, played

pytestmark = pytest.mark.timeout(600)
"""Four hundred commands take six seconds of a free core, and machines that test are seldom free."""

GOLDEN = HERE / "golden"
AFTERWARDS = datetime(2026, 12, 31, 12, tzinfo=UTC)
ENDED = {
    "bike-lockers": "ended",
    "flood-gauges": "closed",
    "library-cards": "closed",
    "open-data": "ended",
    "parking-app": "closed",
    "quay-lighting": "closed",
    "reading-garden": "ended",
    "riverside-path": "closed",
}
SHOWN = {
    "projects-in-august": "08-03 pmo project list",
    "projects-at-the-end": "12-31 pmo project list",
    "gates-in-may": "05-01 pmo gate status",
    "a-month-is-missed": "05-19 pmo tick",
    "waits-for-lea": "12-01 pmo status --as lea.sand",
    "decisions": "12-31 pmo decision list",
    "a-decision": "12-15 pmo decision show library-cards benefits-settled/1",
}
"""Golden file -> the step whose output it is, by its day."""

READING = ("list", "show", "status", "explain")


class Typed(NamedTuple):
    """A step, what it wrote, and how many events the ledger had before and after it."""

    step: Step
    written: Written
    before: int
    after: int


class Year(NamedTuple):
    """All that was typed, and the office that it led to."""

    typed: tuple[Typed, ...]
    office: Office

    @property
    def folder(self) -> Path:
        return self.office.folder


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The year as it was played."""
    town = Town(tmp_path_factory.mktemp("year"))
    ledger = ledger_path(town.folder / "marnby")
    typed: list[Typed] = []
    before = 0
    with pytest.MonkeyPatch.context() as patch:
        _load_standards_once(patch)
        for step, written in played(town, whole_year()):
            after = _count(ledger)
            typed.append(Typed(step, written, before, after))
            before = after
        with Office.open(town.folder, clock=lambda: AFTERWARDS) as office:
            yield Year(tuple(typed), office)


def _load_standards_once(patch: pytest.MonkeyPatch) -> None:
    """Let the commands of this process share the standards, which cannot be changed."""
    load, known = pinned.load_kept, {}

    def load_kept(store: object, package: str) -> object:
        if package not in known:
            known[package] = load(store, package)  # type: ignore[arg-type]
        return known[package]

    patch.setattr(pinned, "load_kept", load_kept)


def _count(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    connection = sqlite3.connect(ledger)
    try:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    finally:
        connection.close()


def test_the_year_goes_as_it_is_told(year: Year) -> None:
    """Each line comes to its exit code and says what it must; none leaves a traceback (S16)."""
    found = [fault for one in year.typed for fault in faults(one.step, one.written)]
    assert found == [], "\n".join(found)


def test_each_project_reaches_its_end(year: Year) -> None:
    phases = {state.project: state.phases["main"] for state, _head in year.office.projects()}
    assert phases == ENDED
    assert list(year.office.standings()) == []


def test_whoever_is_refused_or_only_looks_writes_nothing(year: Year) -> None:
    """S16: refused, in conflict, unknown; and what reads: no event more than before."""
    quiet = [
        one
        for one in year.typed
        if one.step.code > 1
        or "--dry-run" in one.step.line
        or one.step.line.split()[1:3][-1] in READING
    ]
    assert len(quiet) > 40
    assert [one.step.place for one in quiet if one.before != one.after] == []


def test_a_second_tick_and_one_of_the_past_write_nothing(year: Year) -> None:  # S13.3
    ticks = [one for one in year.typed if one.step.line.startswith("pmo tick")]
    again = [
        second
        for first, second in pairwise(ticks)
        if first.step.at.date() == second.step.at.date() and "--dry-run" not in first.step.line
    ]
    assert len(again) == 6
    assert [one.step.place for one in again if one.before != one.after] == []


def test_a_command_under_a_known_key_is_done_once(year: Year) -> None:  # S15.1
    keyed = [one for one in year.typed if "--key go-library-cards" in one.step.line]
    assert [one.after - one.before for one in keyed] == [3, 0, 0]
    assert [one.written.code for one in keyed] == [0, 0, 4]
    assert keyed[1].written.out.endswith(keyed[0].written.out)


def test_every_chain_is_whole(year: Year) -> None:  # S15.1
    for kept in year.office.store.projections():
        events = year.office.store.events(kept.project)
        assert broken_link(events, head=kept.head) is None  # type: ignore[arg-type]
        assert len(events) == kept.version


def test_every_projection_is_the_fold_of_its_events(year: Year) -> None:  # S15.5
    for kept in year.office.store.projections():
        folded = fold(recorded(event) for event in year.office.store.events(kept.project))
        assert folded is not None
        assert state_as_json(folded) == state_as_json(state_in(kept, year.office.store))
        assert folded.record == state_in(kept, year.office.store).record


def test_every_decision_can_be_told(year: Year) -> None:
    """Rule, what it rested on with its digest, by what right, what followed (S12, S15.5)."""
    told = 0
    for state, _head in year.office.projects():
        for decision in state.decisions:
            line = ["decision", "show", state.project, decision.key, "--json"]
            written = in_process(year.folder, "kira.holm", AFTERWARDS, line)
            assert (written.code, written.err) == (0, "")
            story = json.loads(written.out)
            assert (story["outcome"], story["by"]) == (decision.outcome, decision.by)
            for name in ("assessment", "inputs"):
                assert digest(story[name]["value"]) == story[name]["digest"]
            assert story["assessment"]["value"]["verdict"] == decision.verdict
            assert [one["person"] for one in story["mandates"]] == [decision.by]
            followed = {one["name"] for one in story["effects"]}
            assert ("phase-entered" in followed) is bool(decision.moved)
            told += 1
    assert told == 45


def test_every_decision_is_recomputed_to_the_byte(year: Year) -> None:
    """S15.5: from the events before it alone, its own and those of the projects it looked at."""
    office = year.office
    recomputed = 0
    before: dict[str, tuple[State, str]] = {}
    for placed in office.store.all_events():
        event = placed.event
        if event.name == "decided":
            state, _head = before[event.project]
            gatherer = Gatherer(office, Neighbourhood(before.get, _standard_of(office)))
            gate = office.standard(state.package).gates[str(event.payload["gate"])]
            ground = ground_of(office, state, event.effective)
            found = gatherer.assess(ground, state, gate, str(event.payload["occurrence"]))
            assert digest(found.as_json()) == event.payload["assessment"]
            assert digest(found.inputs.as_json()) == event.payload["inputs"]
            recomputed += 1
        known = before.get(event.project)
        folded = fold([recorded(event)], None if known is None else known[0])
        assert folded is not None
        before[event.project] = folded, event.hash
    assert recomputed == 45


def _standard_of(office: Office) -> Callable[[State], Standard]:
    return lambda state: office.standard(state.package)


def test_no_manager_decided_anything(year: Year) -> None:
    """`never: [manager]` of both standards, over all of the year (S12.2)."""
    for state, _head in year.office.projects():
        managers = {one.person for one in state.appointments if one.role == "manager"}
        assert managers
        assert managers.isdisjoint({one.by for one in state.decisions})


def test_the_month_that_nobody_decided_is_missed_and_no_other(year: Year) -> None:  # S11.4
    garden = year.office.project("reading-garden")
    known = {one.occurrence: one.status for one in garden.occurrences if one.gate == "month-go"}
    assert known == {
        "2026-02-19": "decided",
        "2026-03-19": "decided",
        "2026-04-19": "missed",
        "2026-05-19": "decided",
    }
    others = [state for state, _head in year.office.projects() if state.project != garden.project]
    assert not any(one.status == "missed" for state in others for one in state.occurrences)


def test_the_loop_back_is_a_second_visit(year: Year) -> None:  # S11.5
    gauges = year.office.project("flood-gauges")
    assert (gauges.visits["main/initiating"], gauges.visits["main/planning"]) == (2, 2)
    assert gauges.passed["ready-for-planning"].date == "2026-05-11"
    charter = gauges.baselines["charter"]
    assert isinstance(charter, dict)
    assert charter["scope"]["within"][0] == "Nine gauges above the weir"  # type: ignore[index,call-overload]


def test_what_came_in_late_has_its_gates_attested(year: Year) -> None:  # S11.8
    quay = year.office.project("quay-lighting")
    outcomes = {gate: one.outcome for gate, one in quay.passed.items()}
    assert outcomes["ready-for-planning"] == outcomes["ready-for-executing"] == "attested"
    assert outcomes["ready-for-closing"] == "go"


def test_a_late_decision_does_not_answer_for_the_next_time(year: Year) -> None:  # S5.5
    """The benefits were measured on 2 December for the review of the 1st: not for next year's."""
    amended = next(
        one for one in year.typed if "amend library-cards --set benefits" in one.step.line
    )
    assert "benefits-review@2027-12-01 still BLOCKED" in amended.written.out


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_is_as_in_its_file(year: Year, name: str) -> None:
    day, _, line = SHOWN[name].partition(" ")
    (shown,) = (
        one.written.out
        for one in year.typed
        if f"{one.step.at:%m-%d}" == day and one.step.line == line
    )
    file = GOLDEN / f"{name}.txt"
    now = _settled(shown)
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")


def _settled(text: str) -> str:
    """The text without digests, which each change of a standard or of the core changes."""
    text = re.sub(r"\b(digest|after|itself) [0-9a-f]{8}\b", r"\1 ...", text)
    return re.sub(r"core \d+\.\d+\.\d+\S*", "core VERSION", text)
