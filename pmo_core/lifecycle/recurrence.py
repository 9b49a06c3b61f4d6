"""When the occurrences of a recurring gate fall due, counted from its anchor (S11.4, S10.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.standards.instants import Calendar, InvalidTime, parse_date, series

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.standards.model import Gate

MOST_AT_ONCE = 10_000
"""Occurrences that are looked at: a daily gate of 27 years."""


class Stay(NamedTuple):
    """Where a project stands, and since when, as far as recurring gates count from it.

    Attributes:
        since: track to the date on which its phase was entered.
        entries: the date of the last entry into each phase, by `track/phase`; a gate is anchored
            at one of them, and goes on being so in the other phases in which it recurs.
    """

    since: Mapping[str, str]
    entries: Mapping[str, str]


def anchor_of(gate: Gate, stay: Stay) -> date | None:
    """The day from which a gate's occurrences are counted; None where nobody knows it."""
    recurs = gate.recurs
    if recurs is None or not recurs.every:
        return None
    if recurs.anchor_date is not None:
        return recurs.anchor_date
    for track in gate.sources:
        written = stay.entries.get(f"{track}/{recurs.anchor_phase}")
        if written is not None:
            try:
                return parse_date(written[:10])
            except InvalidTime:
                return None
    return None


def occurrences(gate: Gate, stay: Stay, calendar: Calendar) -> Iterator[date]:
    """The days on which a gate falls due while the project stands where it does, in order.

    Those before the project came there are none of its own. Without end: stop taking them.
    """
    anchor = anchor_of(gate, stay)
    if anchor is None or gate.recurs is None:
        return
    since = [stay.since[track][:10] for track in gate.sources if track in stay.since]
    begins = parse_date(max(since)) if since else anchor
    taken = 0
    for day in series(anchor, gate.recurs.every, calendar):  # type: ignore[arg-type]
        if day < begins:
            continue
        yield day
        taken += 1
        if taken == MOST_AT_ONCE:
            return


def due_until(
    gate: Gate, stay: Stay, calendar: Calendar, today: date
) -> tuple[list[date], date | None]:
    """The occurrences that have fallen due by today, and the next one."""
    due: list[date] = []
    for day in occurrences(gate, stay, calendar):
        if day > today:
            return due, day
        due.append(day)
    return due, None
