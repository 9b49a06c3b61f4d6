"""The refusals of a change that comes too late: the version has moved on, the key is used."""

from __future__ import annotations

from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Final

from pmo_core.errors import Conflict
from pmo_core.ledger.event import Event

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun"
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def stale(
    project: str, expected: int, last: Event | None, zone: ZoneInfo | None = None
) -> Conflict:
    """Names the present version, who made it and when, and how to go on.

    Args:
        zone: in which the time is told; None: in UTC, and it says so.
    """
    if last is None:
        return Conflict(
            f"{project}: your change is to version {expected}, but there is no such project",
            remedy="Nothing was written. Register it, or see that the id is right",
        )
    to = f"to version {expected}" if expected else "to a project that is new"
    return Conflict(
        f"{project}: your change is {to}, but {last.actor.id} made it version {last.seq} on "
        f"{_moment(last.recorded, zone)}",
        remedy=f"Nothing was written. See it with pmo project history {quote(project)} "
        f"--since {min(expected + 1, last.seq)}, then repeat with --version {last.seq}",
    )


def used_key(key: str, project: str) -> Conflict:
    """The key answers for another command, on that project (S15.1)."""
    return Conflict(
        f"the key {key!r} was used for another command, on {project}",
        remedy="Nothing was written. Give each command a key of its own",
    )


def _moment(instant: datetime, zone: ZoneInfo | None) -> str:
    at = instant.astimezone(zone or UTC)
    day, month = _DAYS.split()[at.weekday()], _MONTHS.split()[at.month - 1]
    return f"{day} {at.day} {month} {at.year} {at:%H:%M}{'' if zone else ' UTC'}"
