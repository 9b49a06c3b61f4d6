"""Event + state -> state (S15.5). Total over the events that governance makes; no other is known.

An event's payload holds all that its fold needs: no standard is looked up here, so that a
project's history can be read long after its standard is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from pmo_core.documents import Json, JsonObject
from pmo_core.documents.changes import apply
from pmo_core.governance import events
from pmo_core.governance.state import (
    ATTESTED,
    CLOSED,
    DECIDED,
    DUE,
    MISSED,
    Appointment,
    Decision,
    Occurrence,
    Review,
    Stand,
    State,
)
from pmo_core.standards.inputs import Passed
from pmo_core.standards.instants import format_instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_core.governance.events import Recorded


class UnknownEvent(ValueError):
    """An event that this version of governance does not know, or that cannot come first."""


def fold(happened: Iterable[Recorded], state: State | None = None) -> State | None:
    """The state that events lead to, one after the other."""
    for event in happened:
        state = evolve(state, event)
    return state


def evolve(state: State | None, event: Recorded) -> State:
    """The state after an event.

    Raises:
        UnknownEvent: nobody knows the event's name, or the first one is no `registered`.
    """
    if state is None:
        if event.name != events.REGISTERED:
            raise UnknownEvent(f"{event.project} begins with {event.name!r}, not 'registered'")
        return _registered(event)
    change = _CHANGES.get(event.name)
    if change is None:
        raise UnknownEvent(f"event {event.seq} of {event.project} is {event.name!r}")
    # What came due earlier may be written later: the last change is the latest of all.
    at = max(state.at, format_instant(event.effective))
    return change(state, event)._replace(version=event.seq, at=at)


def _registered(event: Recorded) -> State:
    told = event.payload
    date = _text(told["date"])
    position = {
        track: Stand(_text(phase), date) for track, phase in _object(told["position"]).items()
    }
    return State(
        project=event.project,
        version=event.seq,
        at=format_instant(event.effective),
        standard=_text(told["standard"]),
        package=_text(told["package"]),
        record=_object(told["record"]),
        position=position,
        visits={f"{track}/{stand.phase}": 1 for track, stand in position.items()},
        entries={f"{track}/{stand.phase}": date for track, stand in position.items()},
    )


def _entered(state: State, event: Recorded) -> State:
    """An entry at a later phase: what it presupposes counts as attested (S11.8)."""
    told = event.payload
    date = _text(told["date"])
    passed = dict(state.passed)
    for gate in _list(told["attested"]):
        passed.setdefault(_text(gate), Passed(ATTESTED, date))
    position = {
        track: Stand(_text(phase), date) for track, phase in _object(told["position"]).items()
    }
    return _with_patch(state, event)._replace(
        position=position,
        passed=passed,
        visits={f"{track}/{stand.phase}": 1 for track, stand in position.items()},
        entries={f"{track}/{stand.phase}": date for track, stand in position.items()},
    )


def _with_patch(state: State, event: Recorded) -> State:
    """The record as the event changes it."""
    patch = event.payload.get("patch")
    if not patch:
        return state
    record = apply(cast("list[JsonObject]", patch), state.record)
    return _with_restarts(state._replace(record=_object(record)), event)


def _with_restarts(state: State, event: Recorded) -> State:
    """The windows of the reviews that the event names begin again (S12.1)."""
    keys = event.payload.get("restarts")
    if not keys:
        return state
    since = format_instant(event.effective)
    reviews = tuple(
        one._replace(restarted=since) if one.key in _list(keys) else one for one in state.reviews
    )
    return state._replace(reviews=reviews)


def _appointed(state: State, event: Recorded) -> State:
    told = event.payload
    end = told.get("to")
    appointed = Appointment(
        _text(told["role"]),
        _text(told["person"]),
        _text(told["from"]),
        None if end is None else _text(end),
        event.by,
    )
    return state._replace(appointments=(*state.appointments, appointed))


def _review_opened(state: State, event: Recorded) -> State:
    told = event.payload
    review = Review(
        key=_text(told["key"]),
        gate=_text(told["gate"]),
        occurrence=_text(told["occurrence"]),
        attempt=cast("int", told["attempt"]),
        opened=format_instant(event.effective),
        by=event.by,
        subject=_text(told["subject"]),
        assessment=_text(told["assessment"]),
        verdict=_text(told["verdict"]),
        version=state.version,
    )
    return state._replace(reviews=(*state.reviews, review))


def _review_closed(state: State, event: Recorded) -> State:
    return _end_review(state, event, CLOSED)


def _end_review(state: State, event: Recorded, status: str) -> State:
    key, ended = event.payload["key"], format_instant(event.effective)
    reviews = tuple(
        one._replace(status=status, ended=ended) if one.key == key else one for one in state.reviews
    )
    return state._replace(reviews=reviews)


def _decided(state: State, event: Recorded) -> State:
    told = event.payload
    gate, occurrence = _text(told["gate"]), _text(told["occurrence"])
    moved = {
        track: (_text(_list(phases)[0]), _text(_list(phases)[1]))
        for track, phases in _object(told["moved"]).items()
    }
    resume = told.get("resume-by")
    decision = Decision(
        key=_text(told["key"]),
        gate=gate,
        occurrence=occurrence,
        attempt=cast("int", told["attempt"]),
        outcome=_text(told["outcome"]),
        at=format_instant(event.effective),
        by=event.by,
        seq=event.seq,
        verdict=_text(told["verdict"]),
        subject=_text(told["subject"]),
        assessment=_text(told["assessment"]),
        inputs=_text(told["inputs"]),
        moved=moved,
        rule=_object(told["rule"]),
        override=bool(told.get("override")),
        resume_by=None if resume is None else _text(resume),
    )
    passed = state.passed
    if told["passes"]:
        passed = {**passed, gate: Passed(decision.outcome, _text(told["date"]))}
    extra = dict(state.extra)
    for name, criteria in _object(told.get("extra", {})).items():
        added = tuple(_object(one) for one in _list(criteria))
        extra[name] = (*extra.get(name, ()), *added)
    state = _end_review(state, event, DECIDED)._replace(
        passed=passed, extra=extra, decisions=(*state.decisions, decision)
    )
    return _occurrence(state, gate, occurrence, DECIDED) if told.get("recurs") else state


def _phase_entered(state: State, event: Recorded) -> State:
    told = event.payload
    track, phase = _text(told["track"]), _text(told["to"])
    visit = cast("int", told["visit"])
    stand = Stand(phase, _text(told["date"]), visit)
    return _with_patch(state, event)._replace(
        position={**state.position, track: stand},
        visits={**state.visits, f"{track}/{phase}": visit},
        entries={**state.entries, f"{track}/{phase}": stand.entered},
    )


def _baseline_taken(state: State, event: Recorded) -> State:
    told = event.payload
    return state._replace(baselines={**state.baselines, _text(told["name"]): told["value"]})


def _unchanged(state: State, event: Recorded) -> State:
    """What the ledger keeps for people and subscribers, and no rule reads back."""
    return state


def _occurrence_due(state: State, event: Recorded) -> State:
    return _occurrence(state, event.payload["gate"], event.payload["occurrence"], DUE)


def _occurrence_missed(state: State, event: Recorded) -> State:
    return _occurrence(state, event.payload["gate"], event.payload["occurrence"], MISSED)


def _occurrence(state: State, gate: Json, occurrence: Json, status: str) -> State:
    known = Occurrence(_text(gate), _text(occurrence), status)
    others = tuple(one for one in state.occurrences if one[:2] != known[:2])
    return state._replace(occurrences=(*others, known))


_CHANGES: dict[str, Callable[[State, Recorded], State]] = {
    events.ENTERED: _entered,
    events.AMENDED: _with_patch,
    events.ANSWERED: _with_patch,
    events.ARTEFACT_MOVED: _with_patch,
    events.APPOINTED: _appointed,
    events.REVIEW_OPENED: _review_opened,
    events.REVIEW_CLOSED: _review_closed,
    events.DECIDED: _decided,
    events.PHASE_ENTERED: _phase_entered,
    events.BASELINE_TAKEN: _baseline_taken,
    events.RELEASED_FUNDS: _unchanged,
    events.OCCURRENCE_DUE: _occurrence_due,
    events.OCCURRENCE_MISSED: _occurrence_missed,
}


def _text(value: Json) -> str:
    return cast("str", value)


def _object(value: Json) -> JsonObject:
    return cast("JsonObject", value)


def _list(value: Json) -> list[Json]:
    return cast("list[Json]", value)
