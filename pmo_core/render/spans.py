"""Spans of time and rhythms in words: `6 months`, `every month from Thu 1 Jan 2026`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.render.values import counted, day_words
from pmo_core.standards.instants import Duration

if TYPE_CHECKING:
    from pmo_core.standards.instants import WorkingDays
    from pmo_core.standards.model import Recurrence

_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


def span_words(span: Duration | WorkingDays) -> str:
    """`6 months`, `1 year and 2 days`, `5 working days`."""
    if not isinstance(span, Duration):
        return counted(span.count, "working day")
    parts = [(getattr(span, unit), unit.removesuffix("s")) for unit in _UNITS]
    told = [counted(number, unit) for number, unit in parts if number]
    return " and ".join(told) or "no time"


def rhythm_words(recurs: Recurrence) -> str:
    """When a recurring gate falls due (S11.4): `every 6 months from the start of benefits`."""
    if not recurs.every:
        return "on demand"
    if recurs.anchor_date is not None:
        start = f" from {day_words(recurs.anchor_date)}"
    else:
        start = f" from the start of {recurs.anchor_phase}" if recurs.anchor_phase else ""
    spans = [span_words(one) for one in recurs.every]
    # The last of several repeats, so that equal ones before it say nothing more.
    while len(spans) > 1 and spans[-1] == spans[-2]:
        spans.pop()
    last = spans.pop()
    every = f"every {last.removeprefix('1 ') if ' and ' not in last else last}"
    if not spans:
        return f"{every}{start}"
    return f"after {', '.join(spans)}, then {every},{start}"
