"""Which gates a record is assessed at when nobody names one (S11.7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.assess.items import items_of
from pmo_core.assess.judge import NO_INPUTS
from pmo_core.assess.rows import guard_truth
from pmo_core.assess.scene import USUAL_CALENDAR, Scene
from pmo_core.errors import UnknownName
from pmo_core.lifecycle.ahead import gates_ahead, occurrence_due, standing_gates
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.instants import find_zone, local_date
from pmo_core.standards.record import claimed_position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.standards.inputs import Inputs
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record


Key: TypeAlias = tuple[tuple[str, str], ...]
"""A position as the key of a dictionary: each track with its phase."""

_KEPT = "the gates that are due"
_MOST_KEPT = 256


class Due(NamedTuple):
    """A gate to assess, and which occurrence of it."""

    gate: Gate
    occurrence: str = ""


def gates_due(
    standard: Standard,
    record: Record,
    *,
    now: datetime,
    gate: str | None = None,
    inputs: Inputs | None = None,
) -> tuple[Due, ...]:
    """The gates of one record: the one that is named, else the standing ones, else those ahead.

    A repeated gate is due once for each item that the record lists. Empty where nothing is due.

    Raises:
        UnknownName: the standard has no gate of that name.
    """
    given = NO_INPUTS if inputs is None else inputs
    if gate is not None:
        named = standard.gates.get(gate)
        if named is None:
            raise UnknownName(
                f"{standard.name} has no gate {gate!r}",
                remedy=did_you_mean(gate, standard.gates),
            )
        return _occurrences(named, record, given, now)
    place = None if _has_standing(standard) else _position(standard, record, given)
    kept = _kept_due(standard)
    key = place if place is None else tuple(place.items())
    due = kept.get(key)
    if due is not None:
        return due
    gates = standing_gates(standard) if place is None else gates_ahead(standard, place)
    if any(one.when or one.unless or one.per or one.recurs for one in gates):
        return tuple(
            due
            for one in gates
            if _applies(standard, one, record, given, now)
            for due in _occurrences(one, record, given, now)
        )
    due = tuple(Due(one) for one in gates)
    if len(kept) < _MOST_KEPT:
        kept[key] = due
    return due


def _kept_due(standard: Standard) -> dict[Key | None, tuple[Due, ...]]:
    """What is due at a position, None for the standing gates, where no record changes it."""
    found = standard.compiled.get(_KEPT)
    if not isinstance(found, dict):
        found = standard.compiled[_KEPT] = {}
    return found


def _occurrences(gate: Gate, record: Record, inputs: Inputs, now: datetime) -> tuple[Due, ...]:
    if gate.per is not None:
        return tuple(Due(gate, item.occurrence) for item in items_of(gate, record))
    if gate.recurs is None:
        return (Due(gate),)
    today = local_date(now, find_zone(inputs.zone))
    calendar = inputs.calendar or USUAL_CALENDAR
    return (Due(gate, occurrence_due(gate, inputs.position, today, calendar)),)


def _has_standing(standard: Standard) -> bool:
    return any(gate.standing for gate in standard.gates.values())


def _position(standard: Standard, record: Record, inputs: Inputs) -> Mapping[str, str]:
    if inputs.position is not None:
        return inputs.position.phase
    return claimed_position(standard, record.value)


def _applies(standard: Standard, gate: Gate, record: Record, inputs: Inputs, now: datetime) -> bool:
    """Whether the gate's `when` is not false and its `unless` not true."""
    if gate.when is None and gate.unless is None:
        return True
    scene = Scene(standard, gate, record, inputs, now, "")
    if gate.when is not None and guard_truth(gate.when, scene) is False:
        return False
    return gate.unless is None or guard_truth(gate.unless, scene) is not True
