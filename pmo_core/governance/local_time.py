"""Instants as a refusal tells them: by the office's clock, as people there read it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# Not strftime, whose names follow the machine's language.
_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun"
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def time_there(instant: datetime, zone: ZoneInfo) -> str:
    """`2025-10-12 22:00`, with the seconds where there are any."""
    there = instant.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def until_there(until: datetime, zone: ZoneInfo) -> str:
    """The last that still counts: `the end of Sun 12 Oct 2025`, or `2025-10-12 22:00`.

    Args:
        until: the first instant that no longer counts.
    """
    there = until.astimezone(zone)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return f"the end of {_day(there.date() - timedelta(days=1))}"
    return time_there(until, zone)


def _day(day: date) -> str:
    name, month = _DAYS.split()[day.weekday()], _MONTHS.split()[day.month - 1]
    return f"{name} {day.day} {month} {day.year}"
