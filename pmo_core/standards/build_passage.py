"""Where a gate leads from and to, and when it comes again (S11.2 to S11.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.standards.faults import Fault
from pmo_core.standards.instants import (
    Calendar,
    Duration,
    InvalidTime,
    WorkingDays,
    parse_date,
    series,
)
from pmo_core.standards.model import Outcome, Recurrence, Track
from pmo_core.standards.names import Names, flat_phases

if TYPE_CHECKING:
    from collections.abc import Sequence

Spans = Callable[[Json], Duration | WorkingDays | None]


def sources_of(
    written: Json, here: str, standing: bool, names: Names, tracks: Mapping[str, Track]
) -> dict[str, frozenset[str]]:
    """Track to the phases that a gate may start from; a phase alone is in its own track."""
    found: dict[str, frozenset[str]] = {}
    if isinstance(written, dict):
        for track, phases in written.items():
            if names.check("track", track, tracks, f"{here}{join_pointer((track,))}"):
                found[track] = frozenset(
                    flat_phases(phases if isinstance(phases, list) else [phases])
                )
    elif isinstance(written, list):
        for index, phase in enumerate(written):
            owners = [name for name, track in tracks.items() if phase in track.ranks]
            if not owners:
                every = [one for track in tracks.values() for one in track.phases]
                where = f"{here}/{index}" if len(written) > 1 else here
                names.check("phase", phase, every, where)
            for owner in owners[:1]:
                found[owner] = found.get(owner, frozenset()) | {str(phase)}
    elif not standing:
        names.faults.append(
            Fault(here.removesuffix("/from"), "a gate says from which phase it leads: 'from'")
        )
    for track, held in found.items():
        for phase in sorted(held):
            names.check("phase", phase, tracks[track].phases, here)
    return found


def outcome_of(
    name: str,
    written: JsonObject,
    gate: str,
    sources: Mapping[str, frozenset[str]],
    names: Names,
    tracks: Mapping[str, Track],
) -> Outcome:
    """One outcome; a target alone belongs to a track that the gate starts from, if one has it."""
    here = f"{gate}{join_pointer(('outcomes', name))}"
    needs = written.get("needs")
    if needs is None:
        names.faults.append(
            Fault(
                here,
                f"outcome {name!r} is the standard's own and does not say what it needs",
                "Add 'needs: ready', 'needs: deferrable' or 'needs: nothing'",
            )
        )
    to = written.get("to")
    target: dict[str, str] = {}
    if isinstance(to, dict):
        target = {track: str(phase) for track, phase in to.items()}
    elif isinstance(to, str) and to != "same":
        owners = [
            track for track in (*sources, *tracks) if track in tracks and to in tracks[track].ranks
        ]
        target = {owners[0]: to} if owners else {}
    return Outcome(name, target, str(needs), written)


def recurrence_of(written: Json, here: str, span: Spans, faults: list[Fault]) -> Recurrence | None:
    """When a gate comes again; its steps must lead somewhere."""
    if written is None:
        return None
    if not isinstance(written, dict):
        return Recurrence()
    every = written.get("every")
    steps = every if isinstance(every, list) else [every]
    spans = tuple(found for one in steps if (found := span(one)) is not None)
    anchor = written.get("anchor")
    entered = anchor.get("entered") if isinstance(anchor, dict) else None
    phases = written.get("in")
    _check_steps(spans, f"{here}/every", faults)
    return Recurrence(
        every=spans,
        anchor_date=date_of(anchor, f"{here}/anchor", faults) if isinstance(anchor, str) else None,
        anchor_phase=str(entered) if entered is not None else None,
        within=frozenset(flat_phases(phases if isinstance(phases, list) else [phases])),
        keep_missed=written.get("missed") == "keep",
    )


def _check_steps(spans: Sequence[Duration | WorkingDays], here: str, faults: list[Fault]) -> None:
    try:
        next(series(date(2000, 1, 1), spans, Calendar()), None)  # type: ignore[arg-type]
    except InvalidTime as error:
        faults.append(Fault(here, str(error), "Write a step of a day or more, such as P1M"))


def date_of(written: Json, here: str, faults: list[Fault]) -> date | None:
    """A date of a standard; none of the calendar's first and last year, which zones lead out of."""
    if written is None:
        return None
    try:
        found = parse_date(str(written))
    except ValueError as error:
        faults.append(Fault(here, str(error), "Write a date as 2026-03-01"))
        return None
    if not date.min.year < found.year < date.max.year:
        faults.append(Fault(here, f"{written!r} is no date that can be meant"))
        return None
    return found
