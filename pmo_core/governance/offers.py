"""What may be chosen at a review now, and what each choice must come with (S12.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment import Verdict
from pmo_core.documents.shapes import texts_in
from pmo_core.governance.bars import span_of
from pmo_core.governance.choices import last_day, unexplained
from pmo_core.governance.ground import people_in
from pmo_core.lifecycle.passage import passage

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Gate, Outcome

VERDICT, CONDITIONS, NOWHERE = "verdict", "conditions", "nowhere"


class Offer(NamedTuple):
    """One outcome of a gate, as it may be chosen now.

    Attributes:
        shut: why it cannot be chosen: `verdict` (the gate is blocked), `conditions` (it needs
            conditions, which are not recorded yet), `nowhere` (it leads nowhere from here); empty
            where it can.
        moved: track to the phases before and after; empty where none changes.
        reason: a reason must be given.
        resumes: it waits, and a date until when must be known.
        latest: the last date that may be chosen for it; None where there is no limit.
        requires: what the decision must bring along, by name, and of which kind.
        extra: criteria may be added with it.
    """

    outcome: Outcome
    shut: str
    moved: Mapping[str, tuple[str, str]]
    reason: bool
    resumes: bool
    latest: date | None
    requires: Mapping[str, str]
    extra: bool


class Override(NamedTuple):
    """Who may decide against the verdict, where the gate grants it.

    Attributes:
        role: of whom.
        people: who holds it now.
        statutory: the blocking criteria that no override lifts.
        lifts: the kinds of bars that it lifts.
    """

    role: str
    people: tuple[str, ...]
    statutory: tuple[str, ...]
    lifts: tuple[str, ...]


def offers(ground: Ground, state: State, gate: Gate, found: Assessment) -> tuple[Offer, ...]:
    """Each outcome of a gate, in the order of the standard."""
    explaining = bool(unexplained(found))
    return tuple(_offer(ground, state, gate, one, found, explaining) for one in gate.outcomes)


def override_of(ground: Ground, state: State, gate: Gate, found: Assessment) -> Override | None:
    """The override that the gate grants; None where it grants none."""
    granted = gate.model.get("override")
    if not isinstance(granted, dict):
        return None
    role, bars = str(granted.get("by")), granted.get("bars")
    blocking = {one.criterion for one in found.blocking}
    statutory = tuple(
        one.id
        for one in (*gate.criteria, *found.inputs.extra)
        if one.statutory and one.id in blocking
    )
    return Override(role, people_in(ground, state, role), statutory, tuple(texts_in(bars)))


def allows(found: Assessment, outcome: Outcome) -> bool:
    """Whether the verdict allows the outcome by itself (S12.3)."""
    return found.verdict is Verdict.READY or outcome.needs == "nothing"


def _offer(
    ground: Ground,
    state: State,
    gate: Gate,
    outcome: Outcome,
    found: Assessment,
    explaining: bool,
) -> Offer:
    model = outcome.model
    moved = passage(ground.standard, gate, outcome, state.phases)
    rule, requires = model.get("resume-by"), model.get("requires")
    span = span_of(rule.get("within")) if isinstance(rule, dict) else None
    return Offer(
        outcome=outcome,
        shut=_shut(outcome, found, leads=moved is not None),
        moved=moved or {},
        reason=explaining or model.get("reason") == "required",
        resumes=rule is not None,
        latest=None if span is None else last_day(ground, span),
        requires={name: str(kind) for name, kind in requires.items()}
        if isinstance(requires, dict)
        else {},
        extra=model.get("extra") == "allowed",
    )


def _shut(outcome: Outcome, found: Assessment, *, leads: bool) -> str:
    if not leads:
        return NOWHERE
    if "then" in outcome.model:
        return CONDITIONS
    if allows(found, outcome):
        return ""
    return CONDITIONS if outcome.needs == "deferrable" else VERDICT
