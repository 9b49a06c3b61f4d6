"""The refusal of a change to a version that is no longer the present one."""

from __future__ import annotations

from datetime import UTC, datetime
from shlex import quote
from typing import Final

from pmo_core.errors import Conflict
from pmo_core.ledger.event import Event

_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun"
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def stale(project: str, expected: int, last: Event | None) -> Conflict:
    """Names the present version, who made it and when, and how to go on."""
    if last is None:
        return Conflict(
            f"{project}: your change is to version {expected}, but there is no such project",
            remedy="Nothing was written. Register it, or see that the id is right",
        )
    to = f"to version {expected}" if expected else "to a project that is new"
    return Conflict(
        f"{project}: your change is {to}, but {last.actor.id} made it version {last.seq} on "
        f"{_moment(last.recorded)}",
        remedy=f"Nothing was written. See it with pmo project history {quote(project)} "
        f"--since {min(expected + 1, last.seq)}, then repeat with --version {last.seq}",
    )


def _moment(instant: datetime) -> str:
    at = instant.astimezone(UTC)
    day, month = _DAYS.split()[at.weekday()], _MONTHS.split()[at.month - 1]
    return f"{day} {at.day} {month} {at.year} {at:%H:%M} UTC"
