"""What comes due by itself: occurrences, and gates that decide themselves (S13.3).

The office takes the earliest, writes it, and asks again, so that each thing that is due sees what
the one before it left behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import JsonObject
from pmo_core.governance import events
from pmo_core.governance.authority import AUTOMATIC, cases
from pmo_core.governance.events import Happening
from pmo_core.governance.judging import stay_of
from pmo_core.governance.state import DUE, OPEN
from pmo_core.lifecycle.ahead import leads_on, starts_from
from pmo_core.lifecycle.recurrence import occurrences
from pmo_core.standards.instants import start_of_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Gate


class Coming(NamedTuple):
    """Something that comes due in a project: sorted by instant, kind and id (S13.3).

    Attributes:
        id: `gate@occurrence`, or the gate.
        happened: what is then written; one event or several.
    """

    at: datetime
    kind: str
    id: str
    happened: tuple[Happening, ...]


def next_occurrence(
    ground: Ground, state: State, applies: Callable[[Gate, datetime], bool]
) -> Coming | None:
    """The first occurrence that is due or missed by `ground.now` and not yet written.

    Args:
        applies: whether a gate's `when` is not false for the project at an instant.
    """
    found = [
        coming
        for gate in ground.standard.gates.values()
        if gate.recurs is not None and gate.recurs.every and starts_from(gate, state.phases)
        for coming in _of_gate(ground, state, gate, applies)
    ]
    return min(found, key=lambda one: one[:3], default=None)


def _of_gate(
    ground: Ground, state: State, gate: Gate, applies: Callable[[Gate, datetime], bool]
) -> Iterator[Coming]:
    """The first of a gate that falls due, and the first that is missed.

    One that fell due in an earlier visit is missed, too, when the next falls due. None falls due
    while the gate does not apply.
    """
    keeps = gate.recurs is not None and gate.recurs.keep_missed
    known = {one.occurrence: one.status for one in state.occurrences if one.gate == gate.id}
    waiting = min((name for name, status in known.items() if status == DUE), default=None)
    for day in occurrences(gate, stay_of(state), ground.calendar):
        at = start_of_day(day, ground.tz)
        if at > ground.now:
            return
        name = day.isoformat()
        is_missed = not keeps and waiting is not None and waiting < name
        if (name in known and not is_missed) or not applies(gate, at):
            continue
        if is_missed and waiting is not None:
            yield _missed(state, gate, waiting, at)
        if name not in known:
            payload: JsonObject = {"gate": gate.id, "occurrence": name}
            due = Happening(events.OCCURRENCE_DUE, payload, at)
            yield Coming(at, events.OCCURRENCE_DUE, f"{gate.id}@{name}", (due,))
        return


def _missed(state: State, gate: Gate, occurrence: str, at: datetime) -> Coming:
    """A missed occurrence; a review of it that is still open ends with it."""
    payload: JsonObject = {"gate": gate.id, "occurrence": occurrence}
    happened = [Happening(events.OCCURRENCE_MISSED, payload, at)]
    for review in state.reviews:
        if (review.gate, review.occurrence, review.status) == (gate.id, occurrence, OPEN):
            closed: JsonObject = {"key": review.key, "cause": "missed"}
            happened.append(Happening(events.REVIEW_CLOSED, closed, at))
    return Coming(at, events.OCCURRENCE_MISSED, f"{gate.id}@{occurrence}", tuple(happened))


def automatic_gates(ground: Ground, state: State) -> tuple[Gate, ...]:
    """The gates ahead of the project that may decide `go` by themselves when ready (S11.2).

    Whether one does now, and for which occurrence, is asked of each (`decide_by_itself`).
    """
    return tuple(
        gate
        for gate in ground.standard.gates.values()
        if not gate.standing
        and starts_from(gate, state.phases)
        and leads_on(gate, state.phases)
        and any(case.get(AUTOMATIC) is True for _pointer, case in cases(ground.standard, gate))
    )
