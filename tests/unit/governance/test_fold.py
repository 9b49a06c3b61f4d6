"""Event + state -> state: total over the events that there are, and nothing else (S15.5)."""

from __future__ import annotations

import json

import pytest

from pmo_core.governance import events
from pmo_core.governance.events import Recorded
from pmo_core.governance.fold import _CHANGES, UnknownEvent, fold
from pmo_core.governance.ground import people_in
from pmo_core.governance.state_json import state_as_json, state_from_json

from .life import NOON, Life, house

STANDARD = house("""
start:
  title: Start
  from: idea
  outcomes:
    go: {to: build, baseline: {name: charter, of: [/cost]}, extra: allowed}
    hold: {to: same, resume-by: {within: P1M}}
  authority: {role: sponsor}
  criteria: {}
monthly:
  title: Monthly
  from: build
  recurs: {every: P1M, anchor: {entered: build}}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {}
""")


def lived() -> Life:
    """A life with something in every part of its state."""
    life = Life(STANDARD)
    life.register({"id": "atlas", "phase": "idea", "cost": 7}, roles=(("auditor", "eve"),))
    life.open("start")
    life.decide("hold")
    life.open("start")
    life.decide("go", extra={"monthly": {"heard": {"should": "They were heard", "answer": {}}}})
    life.at("2026-04-01T00:00:00Z").tick()
    life.open("monthly")
    return life


def test_every_name_of_an_event_has_its_change() -> None:
    names = {
        value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)
    }
    assert names == {*_CHANGES, events.REGISTERED}


def test_an_event_that_nobody_knows_is_an_error() -> None:
    life = lived()
    with pytest.raises(UnknownEvent, match="event 99 of atlas is 'foretold'"):
        fold([Recorded("atlas", 99, "foretold", {}, NOON, "ana")], life.state)


def test_a_project_begins_by_being_registered() -> None:
    with pytest.raises(UnknownEvent, match="atlas begins with 'amended'"):
        fold([Recorded("atlas", 1, "amended", {}, NOON, "ana")])


def test_no_events_are_no_project() -> None:
    assert fold([]) is None


def test_a_state_outlives_being_written_as_json() -> None:
    state = lived().state
    assert all(
        (
            state.appointments,
            state.reviews,
            state.decisions,
            state.occurrences,
            state.baselines,
            state.extra,
            state.passed,
        )
    )
    written = json.loads(json.dumps(state_as_json(state)))
    assert state_from_json(written, state.record) == state


def test_folding_in_parts_is_folding_at_once() -> None:
    life = lived()
    for cut in range(1, len(life.events)):
        assert fold(life.events[cut:], fold(life.events[:cut])) == life.state


def test_an_event_changes_no_state_that_was_there() -> None:
    life = lived()
    before = fold(life.events[:3])
    assert before is not None
    written = json.dumps([state_as_json(before), before.record])
    fold(life.events[3:], before)
    assert json.dumps([state_as_json(before), before.record]) == written


def test_an_appointment_may_end() -> None:
    life = lived()
    told = {"role": "sponsor", "person": "eve", "from": "2026-04-01T08:00:00Z"}
    ending = Recorded(
        "atlas", 50, events.APPOINTED, {**told, "to": "2026-04-03T08:00:00Z"}, NOON, "ana"
    )
    state = fold([ending], life.state)
    for day, held in (("03-31", False), ("04-01", True), ("04-03", True), ("04-04", False)):
        life.at(f"2026-{day}T12:00:00Z")
        assert ("eve" in people_in(life.ground(), state, "sponsor")) is held, day
