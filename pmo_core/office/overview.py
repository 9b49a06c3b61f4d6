"""All projects of an office with the gates ahead of each, and the people who hold its roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.governance.ground import people_in
from pmo_core.office.survey import ground_of, surveyed

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Standing


class Seen(NamedTuple):
    """A project as a list shows it.

    Attributes:
        standings: at the gates ahead of it, or at its standing gates; empty where none is.
        head: the hash of its last event.
    """

    state: State
    head: str
    ground: Ground
    standings: tuple[Standing, ...]


def overview(office: Office, now: datetime) -> Iterator[Seen]:
    """Each project in the order of ids."""
    for one in surveyed(office, now):
        standings = tuple(one.gatherer.standings(one.ground, one.state))
        yield Seen(one.state, one.head, one.ground, standings)


def view_of(office: Office, project: str, now: datetime) -> Seen:
    """One project.

    Raises:
        UnknownName: the office has no such project.
    """
    state = office.project(project)
    ground = ground_of(office, state, now)
    head = office.store.head(project)
    standings = tuple(office.gatherer().standings(ground, state))
    return Seen(state, head.hash if head is not None else "", ground, standings)


def roles_of(seen: Seen) -> dict[str, tuple[str, ...]]:
    """Who holds each role of the standard now, in its order; roles that nobody holds as empty."""
    roles = seen.ground.standard.roles.values()
    return {
        role.id: people_in(seen.ground, seen.state, role.id) for role in roles if not role.is_body
    }
