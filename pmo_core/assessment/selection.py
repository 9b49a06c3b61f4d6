"""Which gates a record is assessed at when nobody names one (S11.7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.assessment.items import items_of
from pmo_core.assessment.judge import NO_INPUTS
from pmo_core.assessment.rows import guard_truth
from pmo_core.assessment.scene import USUAL_CALENDAR, Scene
from pmo_core.documents import resolve
from pmo_core.errors import UnknownName
from pmo_core.lifecycle.ahead import gates_ahead, occurrence_due, standing_gates
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.instants import InvalidTime, find_zone, local_date, parse_date
from pmo_core.standards.record import claimed_position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.standards.inputs import Inputs
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record

_KEPT = "the gates that are due"
_MOST_KEPT = 256
_LONGEST_KEPT = 100

Claims: TypeAlias = tuple[str | None, ...]
"""The phases that a record claims, as written."""


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
    occurrence: str = "",
) -> tuple[Due, ...]:
    """The gates of one record: the one that is named, else the standing ones, else those ahead.

    A repeated gate is due once for each item that the record lists. Empty where nothing is due.

    Args:
        occurrence: the one time of the named gate that is asked for (S11.4); empty: all.

    Raises:
        UnknownName: the standard has no gate of that name, or the gate no such occurrence.
    """
    given = NO_INPUTS if inputs is None else inputs
    if gate is not None:
        named = standard.gates.get(gate)
        if named is None:
            raise UnknownName(
                f"{standard.name} has no gate {gate!r}",
                remedy=did_you_mean(gate, standard.gates),
            )
        if occurrence:
            return (_one_occurrence(named, record, given, now, occurrence),)
        return _occurrences(named, record, given, now)
    # Nearly every record claims what another claimed before.
    claims = None if given.position is not None else _claims(standard, record)
    kept = _kept(standard)
    due = None if claims is None else kept.get(claims)
    if due is not None:
        return due
    gates = standing_gates(standard)
    if not gates:
        gates = gates_ahead(standard, _position(standard, record, given))
    if any(one.when or one.unless or one.per or one.recurs for one in gates):
        return tuple(
            due
            for one in gates
            if _applies(standard, one, record, given, now)
            for due in _occurrences(one, record, given, now)
        )
    due = tuple(Due(one) for one in gates)
    if claims is not None and len(kept) < _MOST_KEPT:
        kept[claims] = due
    return due


def _kept(standard: Standard) -> dict[Claims, tuple[Due, ...]]:
    """What is due by the claims alone, for those that came before."""
    found = standard.compiled.get(_KEPT)
    if not isinstance(found, dict):
        found = standard.compiled[_KEPT] = {}
    return found


def _claims(standard: Standard, record: Record) -> Claims | None:
    """The claims as written; None where one is no short text."""
    found: list[str | None] = []
    for pointer in standard.binding.phase.values():
        claim = resolve(record.value, pointer, None)
        if claim is not None and (type(claim) is not str or len(claim) > _LONGEST_KEPT):
            return None
        found.append(claim)
    return tuple(found)


def _occurrences(gate: Gate, record: Record, inputs: Inputs, now: datetime) -> tuple[Due, ...]:
    if gate.per is not None:
        return tuple(Due(gate, item.occurrence) for item in items_of(gate, record))
    if gate.recurs is None:
        return (Due(gate),)
    today = local_date(now, find_zone(inputs.zone))
    calendar = inputs.calendar or USUAL_CALENDAR
    return (Due(gate, occurrence_due(gate, inputs.position, today, calendar)),)


def _one_occurrence(
    gate: Gate, record: Record, inputs: Inputs, now: datetime, occurrence: str
) -> Due:
    """The occurrence that is asked for; of a recurring gate, those that were due before, too."""
    due = _occurrences(gate, record, inputs, now)
    if gate.recurs is not None and _may_recur_as(gate, occurrence):
        return Due(gate, occurrence)
    found = next((one for one in due if one.occurrence == occurrence), None)
    if found is not None:
        return found
    known = [one.occurrence for one in due if one.occurrence]
    raise UnknownName(
        f"{gate.id} has no occurrence {occurrence!r} for {record.id}",
        remedy=did_you_mean(occurrence, known) or f"Ask for all of it: --gate {gate.id}",
    )


def _may_recur_as(gate: Gate, occurrence: str) -> bool:
    """Whether a recurring gate can have an occurrence of that name: a date, or a number."""
    if gate.recurs is not None and not gate.recurs.every:
        return occurrence.isascii() and occurrence.isdecimal() and not occurrence.startswith("0")
    try:
        parse_date(occurrence)
    except InvalidTime:
        return False
    return True


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
