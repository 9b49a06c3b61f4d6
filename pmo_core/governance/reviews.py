"""Commands on reviews: open one, withdraw it (S12, S13). To decide it: see `deciding`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pmo_core.assessment import Effect, Verdict
from pmo_core.assessment.items import item_of, items_of
from pmo_core.documents import JsonObject
from pmo_core.errors import Refused
from pmo_core.governance import events
from pmo_core.governance.authority import deciding_roles
from pmo_core.governance.bars import bars_to_opening, check_bars
from pmo_core.governance.events import Happening
from pmo_core.governance.ground import people_in
from pmo_core.governance.judging import (
    applies,
    record_in_ledger,
    scene_of,
    stay_of,
    subject_of,
)
from pmo_core.governance.local_time import time_there
from pmo_core.governance.state import DECIDED, DUE, MISSED, OPEN
from pmo_core.lifecycle.ahead import starts_from
from pmo_core.lifecycle.recurrence import due_until
from pmo_core.standards.instants import parse_instant

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.documents import Digest
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import Decision, Review, State
    from pmo_core.standards.model import Gate

R = TypeVar("R", "Review", "Decision")


class Kept(NamedTuple):
    """Digests of what a decision rests on, which the ledger stores beside it (S15.5)."""

    assessment: Digest
    inputs: Digest


def occurrence_to_review(ground: Ground, state: State, gate: Gate, asked: str) -> str:
    """The occurrence that a review of the gate is about; empty for a plain gate (S11.4).

    Of a recurring gate it is the one that is asked for, else the last that fell due, and where
    that was decided or none was due yet, the next one.

    Raises:
        Refused: the one asked for was missed, decided, or is not among them.
    """
    if gate.per is not None:
        return _item_to_review(state, gate, asked)
    if gate.recurs is None:
        if asked:
            raise Refused(
                f"{gate.id} neither recurs nor repeats, so it has no {asked!r}",
                remedy=f"Leave it out: --gate {gate.id}",
            )
        return ""
    check_position(ground, state, gate)
    if not gate.recurs.every:
        return _number_to_review(state, gate, asked)
    days, upcoming = _fell_due(ground, state, gate)
    if asked:
        _check_asked(ground, state, gate, asked)
        return asked
    waiting = [day for day in days if state.status_of(gate.id, day) not in (DECIDED, MISSED)]
    if waiting and (gate.recurs.keep_missed or waiting[-1] == days[-1]):
        return waiting[-1]
    if upcoming is None:
        raise Refused(
            f"{gate.id} does not fall due again where {state.project} stands",
            remedy=f"See what is ahead: pmo gate explain {state.project}",
        )
    if state.status_of(gate.id, upcoming) == DECIDED:
        raise Refused(
            f"{gate.id}@{upcoming} was decided already, before it fell due",
            remedy=f"Open the review of the one after it from {upcoming} on",
        )
    return upcoming


def _item_to_review(state: State, gate: Gate, asked: str) -> str:
    if not asked:
        known = [one.occurrence for one in items_of(gate, record_in_ledger(state))]
        under = "" if gate.per is None else gate.per.items
        raise Refused(
            f"{gate.id} is held for each item under {under}, and none is named",
            remedy=f"Name one: {', '.join(f'{gate.id}@{one}' for one in known)}"
            if known
            else f"Add an item to the record under {under}",
        )
    item_of(gate, record_in_ledger(state), asked)
    return asked


def _number_to_review(state: State, gate: Gate, asked: str) -> str:
    """Of a gate that is held on demand each decision is one time: 1, 2, 3 (S11.4)."""
    decided = {one.occurrence for one in state.decisions if one.gate == gate.id}
    number = str(1 + len(decided))
    if asked in ("", number):
        return number
    remedy = f"Open the review of the next: {gate.id}@{number}"
    if asked in decided:
        raise Refused(f"{gate.id}@{asked} was decided already", remedy=remedy)
    raise Refused(f"the next time of {gate.id} is {number}, not {asked}", remedy=remedy)


def _fell_due(ground: Ground, state: State, gate: Gate) -> tuple[list[str], str | None]:
    """The occurrences of a recurring gate that fell due by now, in order, and the next one.

    Those that fell due before the project came to its phase are among them as long as they wait.
    """
    due, coming = due_until(gate, stay_of(state), ground.calendar, ground.today)
    earlier = {one.occurrence for one in state.occurrences if one[::2] == (gate.id, DUE)}
    days = sorted({day.isoformat() for day in due} | earlier)
    return days, None if coming is None else coming.isoformat()


def _check_asked(ground: Ground, state: State, gate: Gate, asked: str) -> None:
    days, upcoming = _fell_due(ground, state, gate)
    known = [*days, *([upcoming] if upcoming else [])]
    undecided = [day for day in known if state.status_of(gate.id, day) != DECIDED]
    if state.status_of(gate.id, asked) == DECIDED:
        raise Refused(
            f"{gate.id}@{asked} was decided already",
            remedy=f"Open the review of another: {gate.id}@{undecided[-1]}"
            if undecided
            else f"Open the review of the one after it from {known[-1]} on",
        )
    check_not_missed(ground, state, gate, asked)
    if asked not in known:
        raise Refused(
            f"{gate.id} does not fall due on {asked} for {state.project}",
            remedy=f"It falls due on: {', '.join(known[-4:])}"
            if known
            else f"See what is ahead: pmo gate explain {state.project}",
        )


def check_not_missed(ground: Ground, state: State, gate: Gate, occurrence: str) -> None:
    """No later occurrence of a recurring gate fell due, unless the gate keeps those it missed.

    Raises:
        Refused: one did, whether or not `tick` has written it yet (S11.4).
    """
    if gate.recurs is None or not gate.recurs.every or gate.recurs.keep_missed:
        return
    days, upcoming = _fell_due(ground, state, gate)
    later = [day for day in days if day > occurrence]
    if not later and state.status_of(gate.id, occurrence) != MISSED:
        return
    coming = [*days[-1:], *([upcoming] if upcoming else [])]
    undecided = [day for day in coming if state.status_of(gate.id, day) != DECIDED]
    raise Refused(
        f"{gate.id}@{occurrence} was missed: the next one fell due before it was decided",
        remedy=f"Open the review of the next: {gate.id}@{undecided[0]}"
        if undecided
        else f"Open the review of the one after it from {coming[-1]} on",
    )


def check_position(ground: Ground, state: State, gate: Gate) -> None:
    """The gate is a passage that leads from where the project stands.

    Raises:
        Refused: it is a standing gate, or leads from another phase.
    """
    if gate.standing:
        raise Refused(
            f"{gate.id} is a standing gate: it asks whether the record is entitled to what it "
            "claims, and nobody decides there",
            remedy=f"Look at it with pmo gate explain {state.project} --gate {gate.id}",
        )
    if starts_from(gate, state.phases):
        return
    within = gate.recurs.within if gate.recurs is not None else frozenset()
    phases = sorted(within) or sorted(phase for held in gate.sources.values() for phase in held)
    here = ", ".join(state.phases.values())
    raise Refused(
        f"{gate.id} leads from {' or '.join(phases)}, and {state.project} stands in {here}",
        remedy=f"See what is ahead: pmo gate explain {state.project}",
    )


def check_applies(ground: Ground, state: State, gate: Gate, found: Assessment) -> None:
    """The gate is one for the project: its `when` is not false, its `unless` not true (S11.6).

    Raises:
        Refused: it is not.
    """
    if not applies(gate, scene_of(ground, state, gate, found.occurrence, found.inputs)):
        raise Refused(
            f"{gate.id} does not apply to {state.project}: see its 'when' in "
            f"{ground.standard.name}",
            remedy=f"See what is ahead: pmo gate explain {state.project}",
        )


def open_review(
    ground: Ground, state: State, gate: Gate, found: Assessment, kept: Kept
) -> tuple[Happening, ...]:
    """People begin to look at the assessment; possible once the entrance criteria are met (S13).

    Raises:
        Refused: not from here, not now, or not yet; or a review of it is open (S13).
    """
    check_position(ground, state, gate)
    check_applies(ground, state, gate, found)
    known = state.open_review(gate.id, found.occurrence)
    if known is not None:
        raise Refused(
            f"review {known.key} of {state.project} is open already, since "
            f"{time_there(parse_instant(known.opened), ground.tz)}",
            remedy=f"Look at it with pmo review show {state.project}",
        )
    bars = bars_to_opening(ground, state, gate, found.occurrence)
    check_bars(f"opening a review of {gate.id}", bars, ground.tz)
    if found.entry is Verdict.BLOCKED:
        names = [
            one.criterion for one in found.findings if one.entrance and one.effect is Effect.BLOCKS
        ]
        raise Refused(
            f"a review of {gate.id} opens once its entrance criteria are met; not yet: "
            f"{', '.join(names)}",
            remedy=f"See what they ask for: pmo gate explain {state.project}",
        )
    attempt = state.attempts(gate.id, found.occurrence) + 1
    key = review_key(gate.id, found.occurrence, attempt)
    payload: JsonObject = {
        "key": key,
        "gate": gate.id,
        "occurrence": found.occurrence,
        "attempt": attempt,
        "subject": subject_of(state, key, found),
        "assessment": kept.assessment,
        "inputs": kept.inputs,
        "verdict": found.verdict.value,
    }
    return (Happening(events.REVIEW_OPENED, payload, ground.now),)


def review_key(gate: str, occurrence: str, attempt: int) -> str:
    """`gate[@occurrence]/attempt` (S11.4)."""
    return f"{gate}@{occurrence}/{attempt}" if occurrence else f"{gate}/{attempt}"


def meant_by(key: str, known: Iterable[R]) -> list[R]:
    """The reviews, or decisions, that a key means which may leave out occurrence or attempt."""
    found = list(known)
    # The id of an item may look like an attempt: what is named in full comes first.
    exact = [one for one in found if one.key == key]
    return exact or [one for one in found if key in (one.key.rpartition("/")[0], one.gate)]


def withdraw(ground: Ground, state: State, review: Review, reason: str | None) -> Happening:
    """The review ends without a decision; for who opened it, and who decides or owns the gate.

    Raises:
        Refused: it is not open, or not for this person.
    """
    check_open(ground, state, review)
    gate = ground.standard.gates[review.gate]
    may = [review.by]
    for role in (gate.owner, *deciding_roles(ground.standard, gate)):
        may += [] if role is None else people_in(ground, state, role)
    if ground.actor not in may:
        raise Refused(
            f"{ground.actor} may not withdraw {review.key}: it is for who opened it, owns the gate "
            "or decides there",
            remedy=f"May withdraw it: {', '.join(dict.fromkeys(may))}",
        )
    payload: JsonObject = {"key": review.key}
    return Happening(events.REVIEW_CLOSED, payload, ground.now, reason)


def check_item_is_there(state: State, gate: Gate, review: Review) -> None:
    """What a review of a repeated gate is about has not left the record.

    Raises:
        Refused: it has; the review can be withdrawn.
    """
    if gate.per is None:
        return
    known = [one.occurrence for one in items_of(gate, record_in_ledger(state))]
    if review.occurrence not in known:
        raise Refused(
            f"review {review.key} is about {review.occurrence!r}, which {state.project} no longer "
            f"has under {gate.per.items}",
            remedy=f"End it: pmo review withdraw {state.project} {review.key}, or put that back",
        )


def check_open(ground: Ground, state: State, review: Review) -> None:
    """The review is open.

    Raises:
        Refused: it was decided or closed, and when.
    """
    if review.status == OPEN:
        return
    ended = time_there(parse_instant(review.ended or review.opened), ground.tz)
    raise Refused(
        f"review {review.key} of {state.project} was {review.status} at {ended}",
        remedy=f"See it with pmo decision show {state.project} {review.key}"
        if review.status == DECIDED
        else f"Open another: pmo review open {state.project} --gate {review.gate}",
    )
