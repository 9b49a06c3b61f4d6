"""The decision at a review: what may be decided, by whom, and what it does (S12.2, S12.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment import Verdict
from pmo_core.assessment.items import item_of
from pmo_core.documents import Json, JsonObject, resolve, split_pointer
from pmo_core.documents.changes import diff
from pmo_core.documents.shapes import texts_in
from pmo_core.errors import Refused, UnknownName
from pmo_core.governance import events
from pmo_core.governance.authority import Case, case_of, check_may_decide
from pmo_core.governance.bars import Bar, bars_to_deciding, check_bars
from pmo_core.governance.choices import (
    Choice,
    check_brings,
    check_extra,
    check_reason,
    resume_date,
)
from pmo_core.governance.events import Happening
from pmo_core.governance.judging import record_in_ledger, scene_of, subject_of
from pmo_core.governance.offers import allows, override_of
from pmo_core.governance.records import claiming, with_value
from pmo_core.governance.reviews import (
    check_applies,
    check_not_missed,
    check_open,
    check_position,
)
from pmo_core.governance.state import OPEN
from pmo_core.lifecycle.ahead import starts_from
from pmo_core.lifecycle.passage import passage
from pmo_core.standards.faults import did_you_mean

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.reviews import Kept
    from pmo_core.governance.state import Review, State
    from pmo_core.standards.model import Gate, Outcome

GO = "go"


def decide(
    ground: Ground,
    state: State,
    review: Review,
    choice: Choice,
    found: Assessment,
    kept: Kept,
) -> tuple[Happening, ...]:
    """The authority chooses an outcome; the phases move, baselines are taken, all in one (S12.3).

    Args:
        found: the assessment as of now, made in the same transaction.

    Raises:
        UnknownName: the gate has no such outcome.
        Refused: why not, who may, and until when a bar stands.
    """
    check_open(ground, state, review)
    gate = ground.standard.gates[review.gate]
    check_position(ground, state, gate)
    check_not_missed(ground, state, gate, review.occurrence)
    check_applies(ground, state, gate, found)
    outcome = outcome_named(ground, gate, choice.outcome)
    moved = passage(ground.standard, gate, outcome, state.phases)
    if moved is None:
        raise Refused(
            f"{outcome.id} at {gate.id} leads nowhere from {', '.join(state.phases.values())}",
            remedy=f"See the lifecycle: pmo standard diagram {ground.standard.name}",
        )
    _check_no_later_move(gate, outcome, found)
    bars = bars_to_deciding(ground, gate, review)
    overriding = choice.override and (bool(bars) or not allows(found, outcome))
    if overriding:
        case = _granted(ground, state, gate, found)
        bars = _unlifted(gate, bars)
    else:
        scene = scene_of(ground, state, gate, found.occurrence, found.inputs)
        case = case_of(ground, state, gate, scene, review.by)
    check_may_decide(ground, gate, case)
    check_bars(f"deciding {review.key}", bars, ground.tz)
    if not overriding:
        _check_verdict(state, gate, outcome, found)
    elif choice.reason is None or not choice.reason.strip():
        raise Refused("an override needs a reason", remedy="Say why: --reason TEXT")
    check_reason(outcome, choice, found)
    resume = resume_date(ground, outcome, choice)
    check_brings(outcome, choice)
    check_extra(ground, state, outcome, choice)
    passing = Passing(review, outcome, case, moved, resume, overriding)
    return decided(ground, state, passing, choice, found, kept)


def decide_by_itself(
    ground: Ground, state: State, review: Review, found: Assessment, kept: Kept
) -> tuple[Happening, ...]:
    """What happens at a gate that decides `go` as soon as it is ready (S11.2); nothing, if not now.

    Nothing while another case of its authority applies, it is unknown which does, a bar stands, the
    gate is blocked, or a reason must be given or something brought along, which nobody does here:
    the same that keeps a person from deciding.
    """
    gate = ground.standard.gates[review.gate]
    outcome = go_of(gate)
    if outcome is None or found.verdict is not Verdict.READY:
        return ()
    try:
        check_open(ground, state, review)
        check_position(ground, state, gate)
        check_not_missed(ground, state, gate, review.occurrence)
        check_applies(ground, state, gate, found)
        scene = scene_of(ground, state, gate, found.occurrence, found.inputs)
        case = case_of(ground, state, gate, scene, review.by)
        choice = Choice(GO)
        check_reason(outcome, choice, found)
        resume = resume_date(ground, outcome, choice)
        check_brings(outcome, choice)
    except Refused:
        return ()
    moved = passage(ground.standard, gate, outcome, state.phases)
    if not case.automatic or moved is None or bars_to_deciding(ground, gate, review):
        return ()
    passing = Passing(review, outcome, case, moved, resume)
    return decided(ground, state, passing, choice, found, kept)


def go_of(gate: Gate) -> Outcome | None:
    """The outcome that a gate decides by itself; None where it has none such."""
    for one in gate.outcomes:
        if one.id == GO and one.needs == "ready" and "then" not in one.model:
            return one
    return None


def outcome_named(ground: Ground, gate: Gate, name: str) -> Outcome:
    """The outcome of that id.

    Raises:
        UnknownName: the gate has none.
    """
    known = {one.id: one for one in gate.outcomes}
    if name not in known:
        raise UnknownName(
            f"{gate.id} of {ground.standard.name} has no outcome {name!r}",
            remedy=did_you_mean(name, known) or f"Its outcomes: {', '.join(known)}",
        )
    return known[name]


def _granted(ground: Ground, state: State, gate: Gate, found: Assessment) -> Case:
    """The case of an override, where the gate grants one and no statute stands against it."""
    granted = gate.model.get("override")
    override = override_of(ground, state, gate, found)
    if override is None or not isinstance(granted, dict):
        raise Refused(
            f"nobody may override anything at {gate.id}: it grants no override",
            remedy=f"Free what blocks it (pmo gate explain {state.project}), or choose: "
            f"{_offered(gate, found)}",
        )
    if override.statutory:
        raise Refused(
            f"no override lifts what is statutory: {', '.join(override.statutory)}",
            remedy=f"Free it: pmo gate explain {state.project}",
        )
    role = override.role
    declared = ground.standard.roles.get(role)
    beyond = f"an override is for the votes of {role}" if declared and declared.is_body else None
    return Case(granted, role, override.people, {}, beyond)


def _unlifted(gate: Gate, bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """The bars that stand even against an override: all but those it lifts by name (S12.4)."""
    granted = gate.model.get("override")
    lifted = texts_in(granted.get("bars")) if isinstance(granted, dict) else []
    return tuple(bar for bar in bars if bar.kind not in lifted)


def _check_no_later_move(gate: Gate, outcome: Outcome, found: Assessment) -> None:
    """Conditions, after which an outcome moves the project later, cannot be recorded here."""
    if "then" in outcome.model:
        raise Refused(
            f"{outcome.id} moves the project once its conditions are met, and this version of pmo "
            "records no conditions",
            remedy=f"Outcomes at {gate.id}: {_offered(gate, found)}",
        )


def _check_verdict(state: State, gate: Gate, outcome: Outcome, found: Assessment) -> None:
    """The verdict allows the outcome (S12.3).

    A conditional go on a blocked gate needs a condition for each finding that blocks; none can be
    recorded here, so it is refused.
    """
    if allows(found, outcome):
        return
    names = ", ".join(one.criterion for one in found.blocking)
    if outcome.needs == "deferrable":
        raise Refused(
            f"{outcome.id} at {gate.id} needs a condition for each finding that blocks ({names}), "
            "and this version of pmo records no conditions",
            remedy=f"Free what blocks it (pmo gate explain {state.project}), or choose: "
            f"{_offered(gate, found)}",
        )
    raise Refused(
        f"{outcome.id} at {gate.id} needs the gate to be ready, and it is blocked by {names}",
        remedy=f"Free what blocks it (pmo gate explain {state.project}), or choose: "
        f"{_offered(gate, found)}",
    )


def _offered(gate: Gate, found: Assessment) -> str:
    names = [one.id for one in gate.outcomes if allows(found, one) and "then" not in one.model]
    return ", ".join(names) or "none"


class Passing(NamedTuple):
    """What a decision does, once it is settled that it may be taken."""

    review: Review
    outcome: Outcome
    case: Case
    moved: Mapping[str, tuple[str, str]]
    resume_by: date | None = None
    override: bool = False


def decided(
    ground: Ground,
    state: State,
    passing: Passing,
    choice: Choice,
    found: Assessment,
    kept: Kept,
) -> tuple[Happening, ...]:
    """The decision and all that follows from it at once, in the order of S15.4."""
    review, outcome = passing.review, passing.outcome
    gate = ground.standard.gates[review.gate]
    extra: JsonObject = {
        name: [{**model, "id": id_} for id_, model in criteria.items()]
        for name, criteria in choice.extra.items()
    }
    payload: JsonObject = {
        "key": review.key,
        "gate": gate.id,
        "occurrence": review.occurrence,
        "attempt": review.attempt,
        "outcome": outcome.id,
        "subject": subject_of(state, review.key, found),
        "assessment": kept.assessment,
        "inputs": kept.inputs,
        "verdict": found.verdict.value,
        "votes": [],
        "rule": passing.case.model,
        "conditions": [],
        "moved": {track: list(phases) for track, phases in passing.moved.items()},
        "passes": outcome.needs in ("ready", "deferrable"),
        "recurs": gate.recurs is not None,
        "date": ground.today.isoformat(),
    }
    if passing.override:
        payload["override"] = True
    if passing.resume_by is not None:
        payload["resume-by"] = passing.resume_by.isoformat()
    if choice.brings:
        payload["brings"] = dict(choice.brings)
    if extra:
        payload["extra"] = extra
    happened = [Happening(events.DECIDED, payload, ground.now, choice.reason)]
    happened += _effects(ground, state, gate, outcome, review.occurrence)
    happened += _moves(ground, state, passing.moved)
    happened += _left_behind(ground, state, passing)
    return tuple(happened)


def _effects(
    ground: Ground, state: State, gate: Gate, outcome: Outcome, occurrence: str
) -> list[Happening]:
    """The baseline that the outcome captures, and the means that it sets free."""
    happened = []
    item, _pointer = item_of(gate, record_in_ledger(state), occurrence)
    baseline = outcome.model.get("baseline")
    if isinstance(baseline, dict):
        value: JsonObject = {}
        for pointer in texts_in(baseline.get("of")):
            there = _at(state.record, item, pointer)
            if there is not None:
                value = with_value(value, _path(pointer), there)
        captured: JsonObject = {"name": baseline["name"], "value": value}
        happened.append(Happening(events.BASELINE_TAKEN, captured, ground.now))
    releases = outcome.model.get("releases")
    for released_as, place in releases.items() if isinstance(releases, dict) else ():
        amount = _at(state.record, item, str(place))
        released: JsonObject = {"name": released_as, "value": amount}
        happened.append(Happening(events.RELEASED_FUNDS, released, ground.now))
    return happened


def _at(record: JsonObject, item: Json, pointer: str) -> Json:
    """What stands at a pointer into the record or, with `item` before it, into the item."""
    if pointer.startswith("/"):
        return resolve(record, pointer, None)
    return resolve(item, pointer.removeprefix("item"), None)


def _path(pointer: str) -> tuple[str, ...]:
    """The keys under which a baseline keeps what stood at a pointer; `item` is one of them."""
    return split_pointer(pointer if pointer.startswith("/") else f"/{pointer}")


def _moves(ground: Ground, state: State, moved: Mapping[str, tuple[str, str]]) -> list[Happening]:
    """An entry into each new phase; the record's claim goes with it."""
    happened = []
    record = state.record
    for track, (before, after) in moved.items():
        claimed = claiming(ground.standard, record, {track: after})
        payload: JsonObject = {
            "track": track,
            "from": before,
            "to": after,
            "visit": state.visits.get(f"{track}/{after}", 0) + 1,
            "date": ground.today.isoformat(),
            "patch": list(diff(record, claimed)),
        }
        record = claimed
        happened.append(Happening(events.PHASE_ENTERED, payload, ground.now))
    return happened


def _left_behind(ground: Ground, state: State, passing: Passing) -> list[Happening]:
    """The other open reviews end undecided whose gates do not lead on from the new phases (S13)."""
    after = {**state.phases, **{track: phases[1] for track, phases in passing.moved.items()}}
    happened = []
    for review in state.reviews:
        gate = ground.standard.gates.get(review.gate)
        if review.status != OPEN or review.key == passing.review.key or gate is None:
            continue
        if not starts_from(gate, after):
            payload: JsonObject = {"key": review.key, "cause": "left"}
            happened.append(Happening(events.REVIEW_CLOSED, payload, ground.now))
    return happened
