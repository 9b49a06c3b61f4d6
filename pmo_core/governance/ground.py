"""What a command stands on besides the project's state: rules, time, who acts, who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.standards.instants import find_zone, format_instant, local_date, parse_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pmo_core.governance.state import State
    from pmo_core.standards.instants import Calendar
    from pmo_core.standards.model import Standard

ALWAYS = date(2, 1, 1)
"""From when on a role is held where nobody says."""


class Holding(NamedTuple):
    """A person holds a role from a day to a day, both inclusive; None for good."""

    role: str
    person: str
    start: date
    end: date | None = None


class Ground(NamedTuple):
    """What the office brings to a command.

    Attributes:
        now: the instant at which it takes effect; aware, UTC, whole seconds.
        actor: id of the person who acts; `automatic` for tick.
        zone: IANA name of the office's time zone.
        holdings: the roles that are held in the whole office, or in this project by its settings.
    """

    standard: Standard
    now: datetime
    actor: str
    zone: str
    calendar: Calendar
    holdings: tuple[Holding, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The office's time zone."""
        return find_zone(self.zone)

    @property
    def today(self) -> date:
        """The office's date."""
        return local_date(self.now, self.tz)

    @property
    def stamp(self) -> str:
        """`now` as S1.4 writes it."""
        return format_instant(self.now)


Holders = Mapping[str, tuple[tuple[str, date, date | None], ...]]
"""People by role, with the days from which and to which they hold it."""


def holders(ground: Ground, state: State | None) -> Holders:
    """Who holds which role in a project, as assessments take it (S3.2)."""
    found: dict[str, dict[tuple[str, date, date | None], None]] = {}
    for role, person, start, end in _held(ground, state):
        found.setdefault(role, {})[person, start, end] = None
    return {role: tuple(people) for role, people in sorted(found.items())}


def people_in(ground: Ground, state: State | None, role: str) -> tuple[str, ...]:
    """Who holds a role, or any role of a body, at the instant of the command."""
    declared = ground.standard.roles.get(role)
    names = (role, *(declared.members if declared else ()))
    day = ground.today
    return tuple(
        dict.fromkeys(
            person
            for name, person, start, end in _held(ground, state)
            if name in names and start <= day and (end is None or day <= end)
        )
    )


def _held(ground: Ground, state: State | None) -> Iterator[Holding]:
    yield from ground.holdings
    for one in state.appointments if state is not None else ():
        start = local_date(parse_instant(one.start), ground.tz)
        end = None if one.end is None else local_date(parse_instant(one.end), ground.tz)
        yield Holding(one.role, one.person, start, end)
