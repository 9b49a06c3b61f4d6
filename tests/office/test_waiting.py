"""S12.2, S12.4: what waits for a person is what that person can do, and what bars it is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pmo_core import Choice, Office
from pmo_core.office.waiting import Waiting, glances, waiting_for

from .offices import START, Clock, office

STANDARD = """
language: 1
standard: tiny
version: 1.0.0
title: Who does what
record: {schema: record.schema.json}
roles:
  owner: {title: Owner}
  manager: {title: Manager}
  lead: {title: Lead}
bodies:
  board: {title: Board, members: [owner, lead], chair: owner}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      owner: manager
      review: {notice: P3D}
      outcomes: {go: work, hold: {to: same, resume-by: required}}
      authority: {role: owner, never: [manager]}
      criteria:
        budgeted: {must: It has a budget, schema: {required: [budget]}, owner: lead}
        named: {must: It has a sponsor, schema: {required: [sponsor]}}
    look:
      from: work
      owner: lead
      recurs: {every: P1M, anchor: "2026-02-15"}
      outcomes: {go: {to: same}}
      authority: {role: owner}
      criteria: {}
    close:
      from: work
      owner: manager
      outcomes: {go: done}
      authority: automatic
      criteria: {finished: {must: It is finished, schema: {required: [finished]}}}
    votes:
      from: idea
      owner: lead
      outcomes: {go: {to: done}}
      authority: {body: board, rule: majority}
      criteria: {never: {must: It is wanted, schema: {required: [wanted]}, owner: lead}}
"""
PEOPLE = [("owner", "ola"), ("manager", "mia"), ("lead", "lea")]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Office:
    return office(tmp_path, clock, STANDARD)


def add(here: Office, name: str, **fields: object) -> None:
    record = {"id": name, "phase": "idea", **fields}
    here.register(name, record, roles=PEOPLE, actor="kira")


def waits(here: Office, person: str, now: datetime = START) -> list[tuple[str, str, str]]:
    return [(one.kind, one.project, one.key) for one in waiting_for(here, person, now).waiting]


def only(here: Office, person: str, kind: str, now: datetime = START) -> Waiting:
    (found,) = (one for one in waiting_for(here, person, now).waiting if one.kind == kind)
    return found


def test_what_blocks_waits_for_whoever_can_act_on_it(here: Office) -> None:
    """S14.5: the criterion's owner, else the gate's."""
    add(here, "atlas")
    assert only(here, "mia", "fix").criteria == ("named",)
    found = waiting_for(here, "lea", START).waiting
    assert [(one.key, one.criteria) for one in found] == [
        ("begin", ("budgeted",)),
        ("votes", ("never",)),
    ]
    assert waits(here, "ola") == []


def test_a_ready_gate_waits_for_its_owner_to_open_the_review(here: Office) -> None:
    add(here, "atlas", budget=1, sponsor="eve")
    assert waits(here, "mia") == [("open", "atlas", "begin")]
    assert only(here, "mia", "open").verdict == "ready"
    here.open_review("atlas", "begin", actor="mia")
    assert waits(here, "mia") == []


def test_an_open_review_waits_for_who_may_decide_it_and_says_what_bars_it(here: Office) -> None:
    add(here, "atlas", budget=1, sponsor="eve")
    here.open_review("atlas", "begin", actor="lea")
    found = only(here, "ola", "decide")
    assert (found.key, found.since, found.verdict) == ("begin/1", START, "ready")
    assert [(bar.kind, bar.until) for bar in found.bars] == [
        ("notice", datetime(2026, 3, 6, tzinfo=UTC))
    ]
    assert only(here, "ola", "decide", START + timedelta(days=5)).bars == ()
    assert [kind for person in ("mia", "lea", "kira") for kind, *_ in waits(here, person)] == [
        "fix"  # what lea can do at the other gate
    ]


def test_a_review_that_is_for_votes_waits_for_nobody_alone(here: Office) -> None:
    add(here, "atlas", wanted=True)
    here.open_review("atlas", "votes", actor="lea")
    assert [one for one in waits(here, "ola") if one[0] == "decide"] == []


def test_who_must_not_decide_is_not_asked_to(here: Office) -> None:
    """S12.2: `never: [manager]`."""
    record = {"id": "atlas", "phase": "idea", "budget": 1, "sponsor": "eve"}
    here.register("atlas", record, roles=[("owner", "ola"), ("manager", "ola")], actor="kira")
    here.open_review("atlas", "begin", actor="kira")
    assert waits(here, "ola") == []


def test_a_hold_waits_once_its_time_has_run_out(here: Office, clock: Clock) -> None:
    add(here, "atlas")
    here.open_review("atlas", "begin", actor="mia")
    clock.now = START + timedelta(days=4)
    here.decide("atlas", Choice("hold", resume_by=date(2026, 3, 20)), actor="ola")
    last, after = datetime(2026, 3, 20, 23, tzinfo=UTC), datetime(2026, 3, 21, tzinfo=UTC)
    assert [one for one in waits(here, "ola", last) if one[0] == "resume"] == []
    assert only(here, "ola", "resume", after).since == date(2026, 3, 20)
    assert only(here, "mia", "resume", after).key == "begin"
    assert [one.held for one in glances(here, after)] == [("begin",)]
    clock.now = after
    here.open_review("atlas", "begin", actor="mia")
    assert [one.held for one in glances(here, after)] == [()]


def test_on_hold_nobody_is_asked_for_a_review_and_after_it_only_once(
    here: Office, clock: Clock
) -> None:
    add(here, "atlas", budget=1, sponsor="eve")
    here.open_review("atlas", "begin", actor="mia")
    clock.now = START + timedelta(days=4)
    here.decide("atlas", Choice("hold", resume_by=date(2026, 3, 20)), actor="ola")
    last, after = datetime(2026, 3, 20, 22, tzinfo=UTC), datetime(2026, 3, 21, tzinfo=UTC)
    assert waits(here, "mia", last) == []
    assert [one.waits for one in glances(here, last)] == [(("begin", date(2026, 3, 20)),)]
    (begin, _votes) = here.standings("atlas", at=last)
    assert begin.held_until == date(2026, 3, 20)
    assert begin.hold is not None
    assert begin.hold.decision == "begin/1"
    assert waits(here, "mia", after) == [("resume", "atlas", "begin")]
    assert [one.waits for one in glances(here, after)] == [()]
    assert next(iter(here.standings("atlas", at=after))).held_until is None


def working(here: Office, clock: Clock) -> None:
    add(here, "atlas", budget=1, sponsor="eve")
    here.open_review("atlas", "begin", actor="mia")
    clock.now = START + timedelta(days=5)
    here.decide("atlas", Choice("go"), actor="ola")


def test_an_occurrence_waits_for_its_owner_from_the_day_it_falls_due(
    here: Office, clock: Clock
) -> None:
    """S11.4: whether or not tick has written it."""
    working(here, clock)
    before, on = datetime(2026, 3, 14, 23, tzinfo=UTC), datetime(2026, 3, 15, tzinfo=UTC)
    assert waits(here, "lea", before) == []
    found = only(here, "lea", "open", on)
    assert (found.key, found.since, found.due) == ("look@2026-03-15", date(2026, 3, 15), True)
    here.tick(on)
    assert only(here, "lea", "open", on) == found
    assert [one.due for one in glances(here, on)] == [("look@2026-03-15",)]


def test_what_tick_decides_waits_for_nobody(here: Office, clock: Clock) -> None:
    working(here, clock)
    here.amend("atlas", lambda state: {**state.record, "finished": True}, actor="mia")
    assert waits(here, "mia", clock.now) == []


def test_the_most_urgent_comes_first(here: Office) -> None:
    add(here, "borea")
    add(here, "atlas", budget=1, sponsor="eve")
    add(here, "caelum", budget=1, sponsor="eve")
    here.register(
        "dione",
        {"id": "dione", "phase": "idea", "budget": 1, "sponsor": "eve"},
        roles=[("owner", "mia"), ("manager", "lea")],
        actor="kira",
    )
    here.open_review("dione", "begin", actor="lea")
    assert waits(here, "mia") == [
        ("decide", "dione", "begin/1"),
        ("open", "atlas", "begin"),
        ("open", "caelum", "begin"),
        ("fix", "borea", "begin"),
    ]


def test_a_person_without_a_role_is_told_so(here: Office) -> None:
    add(here, "atlas")
    assert waiting_for(here, "kira", START).roles == 0
    assert waiting_for(here, "ola", START).roles == 1
