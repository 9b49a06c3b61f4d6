"""What an assessment in an office rests on, and what a review is about (S3.2, S12.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment import assess
from pmo_core.assessment.items import item_of
from pmo_core.assessment.rows import guard_truth
from pmo_core.assessment.scene import Scene
from pmo_core.documents import digest
from pmo_core.governance.ground import holders
from pmo_core.governance.state import OPEN
from pmo_core.lifecycle.ahead import starts_from
from pmo_core.lifecycle.recurrence import Stay, due_until
from pmo_core.standards.inputs import Inputs, PositionInLedger
from pmo_core.standards.instants import local_date, parse_date, parse_instant
from pmo_core.standards.record import Record

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.assessment import Assessment
    from pmo_core.documents import Digest, Json, JsonObject
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import Decision, Review, State
    from pmo_core.standards.model import Criterion, Gate, Standard


class Hold(NamedTuple):
    """A project waits at a gate, as was decided there last.

    Attributes:
        decision: its key.
        until: the last day of the wait, which belongs to it.
        is_over: that day has passed, so that it is to go on.
    """

    decision: str
    until: date
    is_over: bool


def record_in_ledger(state: State) -> Record:
    """The project's record, known by the id under which the office has it."""
    return Record(state.record, state.project, state.project)


def extra_criteria(ground: Ground, state: State, gate: Gate) -> tuple[Criterion, ...]:
    """The criteria that decisions added at a gate for the project, compiled."""
    return _added(ground.standard, state, gate)


def with_added(standard: Standard, state: State, gate: Gate) -> Gate:
    """The gate with the criteria that decisions added at it for the project."""
    added = _added(standard, state, gate)
    return gate._replace(criteria=(*gate.criteria, *added)) if added else gate


def _added(standard: Standard, state: State, gate: Gate) -> tuple[Criterion, ...]:
    models = state.extra.get(gate.id, ())
    if not models:
        return ()
    from pmo_core.standards.extra import compiled_criteria  # start-up: few projects have any

    return compiled_criteria(standard, gate.id, models)


def known_by_ledger(
    ground: Ground, state: State, gate: Gate | None, occurrence: str, extra: tuple[Criterion, ...]
) -> Inputs:
    """The inputs that the project's own history gives; others are the office's to gather.

    Args:
        extra: the criteria that decisions added at the gate, compiled.
    """
    return Inputs(
        position=position_at(ground, state, gate, occurrence),
        baselines=dict(state.baselines),
        holders=holders(ground, state),
        extra=extra,
        zone=ground.zone,
        calendar=ground.calendar,
    )


def position_at(
    ground: Ground, state: State, gate: Gate | None, occurrence: str
) -> PositionInLedger:
    """The position as assessments take it, with the last occurrence before the one assessed."""
    last = None if gate is None else occurrence_before(ground, state, gate, occurrence)
    return PositionInLedger(
        phase=state.phases,
        entered=entered(state),
        passed=dict(state.passed),
        last_occurrence={} if gate is None or last is None else {gate.id: last},
    )


def passed_items(state: State, gate: Gate) -> frozenset[str]:
    """The items for which a repeated gate was passed, by whichever outcome passes it (S11.5)."""
    passing = {one.id for one in gate.outcomes if one.needs in ("ready", "deferrable")}
    return frozenset(
        one.occurrence for one in state.decisions if one.gate == gate.id and one.outcome in passing
    )


def hold_at(ground: Ground, state: State, gate: Gate, occurrence: str) -> Hold | None:
    """The hold of a project at a gate, until a review is opened there or the project moves on.

    On demand each decision is a time of its own (S11.4), so that what was decided last counts.
    """
    on_demand = gate.recurs is not None and not gate.recurs.every

    def is_there(one: Review | Decision) -> bool:
        return one.gate == gate.id and (on_demand or one.occurrence == occurrence)

    if not starts_from(gate, state.phases):
        return None
    if any(one.status == OPEN and is_there(one) for one in state.reviews):
        return None
    decision = next((one for one in reversed(state.decisions) if is_there(one)), None)
    if decision is None or decision.resume_by is None:
        return None
    until = parse_date(decision.resume_by)
    return Hold(decision.key, until, is_over=until < ground.today)


def stay_of(state: State) -> Stay:
    """Where the project stands and since when, as recurring gates count."""
    return Stay(entered(state), state.entries)


def entered(state: State) -> dict[str, str]:
    """Track to the date on which its phase was entered."""
    return {track: stand.entered for track, stand in state.position.items()}


def occurrence_before(ground: Ground, state: State, gate: Gate, occurrence: str) -> str | None:
    """When the occurrence before was: the day it was decided, if that is later than it fell due.

    What a late decision rested on does not count for the next one, too (S5.5). An
    occurrence on demand falls due when it is decided.
    """
    if gate.recurs is None:
        return None
    recurring = bool(gate.recurs.every)
    days = [
        local_date(parse_instant(one.at), ground.tz).isoformat()
        for one in state.decisions
        if one.gate == gate.id
        and (one.occurrence < (occurrence or "9999") if recurring else one.occurrence != occurrence)
    ]
    if recurring:
        due, _next = due_until(gate, stay_of(state), ground.calendar, ground.today)
        days += [day.isoformat() for day in due if day.isoformat() < (occurrence or "9999")]
    return max(days, default=None)


def judged(ground: Ground, state: State, gate: Gate, occurrence: str, inputs: Inputs) -> Assessment:
    """The assessment of the project at a gate, on the ledger's record."""
    return assess(
        ground.standard,
        gate.id,
        record_in_ledger(state),
        now=ground.now,
        inputs=inputs,
        occurrence=occurrence,
    )


def scene_of(ground: Ground, state: State, gate: Gate, occurrence: str, inputs: Inputs) -> Scene:
    """What the expressions of the gate itself see: its `when`, and the cases of its authority.

    Raises:
        UnknownName: the gate is held for items, and the record has none of that id.
    """
    record = record_in_ledger(state)
    item, pointer = item_of(gate, record, occurrence)
    standard, now = ground.standard, ground.now
    return Scene(standard, gate, record, inputs, now, occurrence, item, pointer)


def applies(gate: Gate, scene: Scene) -> bool:
    """Whether the gate's `when` is not false and its `unless` not true (S11.6)."""
    if gate.when is not None and guard_truth(gate.when, scene) is False:
        return False
    return gate.unless is None or guard_truth(gate.unless, scene) is not True


def subject_of(state: State, key: str, found: Assessment) -> Digest:
    """The digest of what a review is about (S12.1): what people saw, not when they looked."""
    results: JsonObject = {one.criterion: one.result.value for one in found.findings}
    extra: list[Json] = [one.model for one in found.inputs.extra]
    subject: JsonObject = {
        "project": state.project,
        "gate": key,
        "record": digest(state.record),
        "standard": found.standard.digest,
        "waivers": [one.id for one in found.inputs.waivers],
        "conditions": [one.id for one in found.inputs.conditions],
        "extra": extra,
        "results": results,
    }
    return digest(subject)
