"""How the projects of an office stand: one of them, or all in one reading (S9.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.office.neighbourhood import Neighbourhood
from pmo_core.office.standings import Gatherer

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Standing

NOBODY = ""


def standings_of_one(
    office: Office, state: State, now: datetime, gate: str | None = None, occurrence: str = ""
) -> Iterator[Standing]:
    """A project at the gate that is named, else at each gate ahead of it."""
    ground = ground_of(office, state, now)
    return office.gatherer().standings(ground, state, gate, occurrence)


def standings_of_all(
    office: Office, now: datetime, gate: str | None = None, occurrence: str = ""
) -> Iterator[Standing]:
    """Each project at its gates, in the order of ids; all are read before the first is judged.

    With a gate named, only the projects whose standard has it.
    """
    projects = list(office.projects())
    neighbours = Neighbourhood(lambda _name: None, lambda state: office.standard(state.package))
    neighbours.knows(projects)
    gatherer = Gatherer(office, neighbours)
    for state, _head in projects:
        ground = ground_of(office, state, now)
        if gate is None or gate in ground.standard.gates:
            yield from gatherer.standings(ground, state, gate, occurrence)


def ground_of(office: Office, state: State, now: datetime) -> Ground:
    """What a question about a project stands on."""
    return office.ground(state.package, now=now, actor=NOBODY, project=state.project)
