"""Gates that decide by themselves: when one became ready, and what then happens (S11.2, S13.3).

A late tick decides as of the same moment as an early one: a gate is looked at when the project, or
one that it depends on, last changed, and at each instant at which something that was looked at
flips. What rests on outside facts is looked at only as of the tick, since nobody knows what they
were before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.assessment import Verdict, wanted
from pmo_core.assessment.items import items_of
from pmo_core.documents import digest
from pmo_core.errors import Refused
from pmo_core.governance.authority import case_of, facts_of_cases
from pmo_core.governance.bars import bars_to_deciding, bars_to_opening
from pmo_core.governance.deciding import decide_by_itself, go_of
from pmo_core.governance.due import automatic_gates
from pmo_core.governance.events import Recorded
from pmo_core.governance.fold import evolve
from pmo_core.governance.judging import (
    applies,
    extra_criteria,
    passed_items,
    record_in_ledger,
    scene_of,
)
from pmo_core.governance.reviews import Kept, open_review, review_key
from pmo_core.governance.state import DUE, OPEN
from pmo_core.lifecycle.passage import passage
from pmo_core.standards.instants import parse_date, parse_instant, start_of_day

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.events import Happening
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.office.standings import Gatherer
    from pmo_core.standards.model import Gate

_HOUR: Final = timedelta(hours=1)
_PREVIEW: Final = Kept(digest(None), digest(None))
"""In place of what is stored only once it is settled that the gate decides."""


class Settling(NamedTuple):
    """A gate that decides by itself, or whose review opens by itself, at an instant.

    Attributes:
        kind: name of the first event.
        key: of the review, `gate[@occurrence]/attempt`.
        found: the assessment of that instant.
    """

    at: datetime
    kind: str
    key: str
    gate: str
    found: Assessment


def settlings(
    ground: Ground, gatherer: Gatherer, state: State, since: datetime, until: datetime
) -> Iterator[Settling]:
    """For each gate of the project that may decide by itself, when it first does by `until`.

    Args:
        since: from when on it has not been looked at as it is now.
    """
    for gate in automatic_gates(ground, state):
        begins = since
        if _rests_on_facts(ground, state, gate):
            begins = max(begins, until)
        for occurrence, due in _occurrences(ground, state, gate):
            found = _first(ground, gatherer, state, gate, occurrence, max(begins, due), until)
            if found is not None:
                yield found


def settled(
    ground: Ground, state: State, gate: Gate, found: Assessment, kept: Kept
) -> tuple[Happening, ...]:
    """The review opens and is decided at once; only opens while a bar stands; or nothing happens.

    Nothing while the gate is blocked, does not apply, or another case of its authority does.
    """
    scene = scene_of(ground, state, gate, found.occurrence, found.inputs)
    review = state.open_review(gate.id, found.occurrence)
    if (
        found.verdict is not Verdict.READY
        or not applies(gate, scene)
        or not _leads(ground, state, gate)
    ):
        return ()
    try:
        if not case_of(ground, state, gate, scene, review.by if review else ground.actor).automatic:
            return ()
        if review is not None:
            return decide_by_itself(ground, state, review, found, kept)
        opened = open_review(ground, state, gate, found, kept)
    except Refused:
        return ()
    after = state
    for one in opened:
        after = evolve(after, _as_recorded(ground, after, one))
    decided = decide_by_itself(ground, after, after.reviews[-1], found, kept)
    waits = bool(bars_to_deciding(ground, gate, after.reviews[-1]))
    return (*opened, *decided) if decided or waits else ()


def depended_on(ground: Ground, state: State) -> frozenset[str]:
    """The other projects that the gates look at which may decide by themselves."""
    record = record_in_ledger(state)
    return frozenset().union(
        *(
            wanted(ground.standard, one.id, record, extra_criteria(ground, state, one)).projects
            for one in automatic_gates(ground, state)
        )
    )


def _first(
    ground: Ground,
    gatherer: Gatherer,
    state: State,
    gate: Gate,
    occurrence: str,
    when: datetime,
    until: datetime,
) -> Settling | None:
    """The first instant at which the gate decides, or its review opens."""
    while when <= until:
        then = ground._replace(now=when)
        found = gatherer.assess(then, state, gate, occurrence)
        happened = settled(then, state, gate, found, _PREVIEW)
        if happened:
            review = state.open_review(gate.id, occurrence)
            attempt = state.attempts(gate.id, occurrence) + 1
            key = review.key if review else review_key(gate.id, occurrence, attempt)
            return Settling(when, happened[0].name, key, gate.id, found)
        later = _next_flip(then, state, gate, found)
        if later is None:
            return None
        when = later
    return None


def _next_flip(ground: Ground, state: State, gate: Gate, found: Assessment) -> datetime | None:
    """When at the soonest something may come out otherwise; None: not by time alone.

    What reads `now` may flip in any second: it is looked at each full hour.
    """
    scene = scene_of(ground, state, gate, found.occurrence, found.inputs)
    applies(gate, scene)
    review = state.open_review(gate.id, found.occurrence)
    with suppress(Refused):  # what it looked at is known all the same
        case_of(ground, state, gate, scene, review.by if review else ground.actor)
    flips = [*found.limits, *scene.limits]
    if review is None:
        flips += [bar.until for bar in bars_to_opening(ground, state, gate, found.occurrence)]
    else:
        flips += [bar.until for bar in bars_to_deciding(ground, gate, review)]
    now = ground.now
    later = [one for one in flips if one > now]
    if now in flips:
        later.append(now.replace(minute=0, second=0) + _HOUR)
    return min(later, default=None)


def _occurrences(ground: Ground, state: State, gate: Gate) -> Iterator[tuple[str, datetime]]:
    """The times of a gate that may decide now, each with the instant from which it may.

    A gate that is held on demand is one once somebody has opened its review.
    """
    changed = parse_instant(state.at)
    if gate.per is not None:
        passed = passed_items(state, gate)
        for item in items_of(gate, record_in_ledger(state)):
            if item.occurrence not in passed:
                yield item.occurrence, changed
    elif gate.recurs is None:
        yield "", changed
    elif gate.recurs.every:
        for one in state.occurrences:
            if (one.gate, one.status) == (gate.id, DUE):
                yield one.occurrence, start_of_day(parse_date(one.occurrence), ground.tz)
    else:
        for review in state.reviews:
            if (review.gate, review.status) == (gate.id, OPEN):
                yield review.occurrence, changed


def _leads(ground: Ground, state: State, gate: Gate) -> bool:
    """Whether `go` leads somewhere; of a plain gate to another phase, else it would never end."""
    go = go_of(gate)
    if go is None:
        return False
    moved = passage(ground.standard, gate, go, state.phases)
    return moved is not None and (bool(moved) or gate.recurs is not None or gate.per is not None)


def _rests_on_facts(ground: Ground, state: State, gate: Gate) -> bool:
    extra = extra_criteria(ground, state, gate)
    names = wanted(ground.standard, gate.id, record_in_ledger(state), extra)
    return bool(names.facts or names.checks or facts_of_cases(ground.standard, gate))


def _as_recorded(ground: Ground, state: State, happened: Happening) -> Recorded:
    name, payload, effective = happened.name, happened.payload, happened.effective
    return Recorded(state.project, state.version + 1, name, payload, effective, ground.actor)
