"""Moments and days as a sentence has them, by the office's clock: `Fri 27 Nov 2026 10:09`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pmo_core.render.values import counted, day_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def moment_words(moment: datetime, zone: ZoneInfo) -> str:
    """`Fri 27 Nov 2026 10:09`."""
    there = moment.astimezone(zone)
    return f"{day_words(there.date())} {there:%H:%M}"


def until_words(until: datetime, zone: ZoneInfo) -> str:
    """The last that still counts: `the end of Fri 27 Nov 2026`, or `Fri 27 Nov 2026 10:09`.

    Args:
        until: the first instant that no longer counts.
    """
    there = until.astimezone(zone)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return f"the end of {day_words(there.date() - timedelta(days=1))}"
    return moment_words(until, zone)


def distance_words(day: date, today: date) -> str:
    """`in 3 days`, `today`, `2 days ago`."""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"
