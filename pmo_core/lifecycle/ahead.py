"""Which gates are ahead of a position, and which occurrence of each (S11.4, S11.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.standards.instants import Calendar, InvalidTime, last_due, parse_date, series

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.standards.inputs import PositionInLedger
    from pmo_core.standards.model import Gate, Recurrence, Standard


def gates_ahead(standard: Standard, position: Mapping[str, str]) -> tuple[Gate, ...]:
    """The gates that could be passed next from a position (track to phase), in file order."""
    return tuple(
        gate
        for gate in standard.gates.values()
        if not gate.standing and starts_from(gate, position) and leads_on(gate, position)
    )


def standing_gates(standard: Standard) -> tuple[Gate, ...]:
    """The standing gates, in file order."""
    return tuple(gate for gate in standard.gates.values() if gate.standing)


def starts_from(gate: Gate, position: Mapping[str, str]) -> bool:
    """Whether each track that the gate leads from stands in one of its phases there."""
    held = bool(gate.sources) and all(
        position.get(track) in phases for track, phases in gate.sources.items()
    )
    recurs = gate.recurs
    if recurs is not None and recurs.within:
        return held and any(phase in recurs.within for phase in position.values())
    return held


def leads_on(gate: Gate, position: Mapping[str, str]) -> bool:
    """Whether an outcome that needs `ready` changes a phase, or the gate comes again there."""
    if gate.recurs is not None or gate.per is not None:
        return True
    return any(
        outcome.needs == "ready"
        and any(position.get(track) != phase for track, phase in outcome.to.items())
        for outcome in gate.outcomes
    )


def occurrence_due(
    gate: Gate, ledger: PositionInLedger | None, today: date, calendar: Calendar
) -> str:
    """The occurrence of a recurring gate that counts today: the last one due, else the first.

    Empty where the gate does not recur, or nobody knows when its anchor was.
    """
    recurs = gate.recurs
    if recurs is None:
        return ""
    if not recurs.every:
        return "1"
    anchor = _anchor(recurs, gate, ledger)
    if anchor is None:
        return ""
    every = recurs.every
    day = last_due(anchor, every, today, calendar)  # type: ignore[arg-type]
    if day is None:
        day = next(series(anchor, every, calendar), None)  # type: ignore[arg-type]
    return "" if day is None else day.isoformat()


def _anchor(recurs: Recurrence, gate: Gate, ledger: PositionInLedger | None) -> date | None:
    if recurs.anchor_date is not None:
        return recurs.anchor_date
    if ledger is None:
        return None
    for track in gate.sources:
        if ledger.phase.get(track) == recurs.anchor_phase and track in ledger.entered:
            try:
                return parse_date(ledger.entered[track][:10])
            except InvalidTime:
                return None
    return None
