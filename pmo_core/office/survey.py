"""How the projects of an office stand: one of them, or all in one reading (S9.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.errors import UnknownName
from pmo_core.office.neighbourhood import Neighbourhood
from pmo_core.office.standings import Gatherer

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Standing

NOBODY = ""


class Surveyed(NamedTuple):
    """One project, as a survey of all comes to it.

    Attributes:
        head: the hash of its last event.
        gatherer: knows all the others.
    """

    state: State
    head: str
    ground: Ground
    gatherer: Gatherer


def standings_of_one(
    office: Office, state: State, now: datetime, gate: str | None = None, occurrence: str = ""
) -> Iterator[Standing]:
    """A project at the gate that is named, else at each gate ahead of it."""
    ground = ground_of(office, state, now)
    return office.gatherer().standings(ground, state, gate, occurrence)


def standings_of_all(
    office: Office, now: datetime, gate: str | None = None, occurrence: str = ""
) -> Iterator[Standing]:
    """Each project at its gates; with a gate named, only those whose standard has it."""
    for one in surveyed(office, now):
        if gate is None or gate in one.ground.standard.gates:
            yield from one.gatherer.standings(one.ground, one.state, gate, occurrence)


def only_one(project: str, standings: Iterable[Standing]) -> Standing:
    """The one gate at which a project stands; a standing gate only where it is all there is.

    Raises:
        UnknownName: there is none, or there are several.
    """
    found = list(standings)
    if len(found) > 1:
        found = [one for one in found if not one.gate.standing] or found
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.key for one in found)
    raise UnknownName(
        f"{project} has {len(found)} gates ahead: {names}"
        if found
        else f"{project} has no gate ahead",
        remedy="Name one of them" if found else f"See pmo project show {project}",
    )


def surveyed(office: Office, now: datetime) -> Iterator[Surveyed]:
    """Each project in the order of ids; all are read before the first is judged (S9.2)."""
    projects = list(office.projects())
    neighbours = Neighbourhood(lambda _name: None, lambda state: office.standard(state.package))
    neighbours.knows(projects)
    gatherer = Gatherer(office, neighbours)
    for state, head in projects:
        yield Surveyed(state, head, ground_of(office, state, now), gatherer)


def ground_of(office: Office, state: State, now: datetime) -> Ground:
    """What a question about a project stands on."""
    return office.ground(state.package, now=now, actor=NOBODY, project=state.project)
