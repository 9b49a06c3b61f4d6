"""Other projects as an office's ledger has them, for dependencies (S9.1, S9.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from pmo_core.assessment.kinds.dependency import named_projects
from pmo_core.assessment.neighbours import waiting_circles
from pmo_core.documents import resolve
from pmo_core.governance.judging import record_in_ledger, with_added
from pmo_core.standards.inputs import Circles, Neighbour
from pmo_core.standards.looks import dependencies_of
from pmo_core.standards.record import written_text

if TYPE_CHECKING:
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Standard

NO_CIRCLES = Circles()


class Neighbourhood:
    """Looks up the projects that others depend on, each once.

    It lives as long as one question to the office, or one transaction, since it keeps what it saw.
    """

    def __init__(
        self,
        find: Callable[[str], tuple[State, str] | None],
        standard_of: Callable[[State], Standard],
    ) -> None:
        """Begin with nothing seen.

        Args:
            find: the state of a project and the hash of its last event; None where there is none.
            standard_of: the standard that a project is under.
        """
        self._find = find
        self._standard_of = standard_of
        self._seen: dict[str, tuple[State, str] | None] = {}
        self._waits: dict[str, tuple[str, ...]] = {}
        self._circles: Circles | None = None
        self._whole: list[str] = []

    def knows(self, states: Iterable[tuple[State, str]]) -> None:
        """Take in projects that were read already, each with the hash of its last event."""
        for state, head in states:
            self._seen[state.project] = (state, head)
            self._whole.append(state.project)

    def of(
        self, state: State, names: Iterable[str]
    ) -> tuple[Mapping[str, Neighbour], tuple[tuple[str, ...], ...]]:
        """The named projects as `state`'s project sees them, and the circles that it waits in.

        A name that no project has is left out.
        """
        found = {}
        for name in sorted(set(names)):
            seen = self._look(name)
            if seen is not None:
                found[name] = self._neighbour(state, *seen)
        self._seen.setdefault(state.project, (state, ""))
        members = self._circle_of(state.project)
        return found, (members,) if members else ()

    def _look(self, name: str) -> tuple[State, str] | None:
        if name not in self._seen:
            self._seen[name] = self._find(name)
        return self._seen[name]

    def _circle_of(self, project: str) -> tuple[str, ...]:
        """The circle of projects that wait for one another, with this one in it."""
        if project not in self._waits:
            # Where all projects are looked at, their circles are found once for all.
            for name in (project, *self._whole):
                self._follow(name)
            self._whole.clear()
            self._circles = None
        if self._circles is None:
            self._circles = waiting_circles(self._waits)
        return self._circles.of(project)

    def _follow(self, project: str) -> None:
        """Take in who waits for whom, from a project on."""
        coming = [project]
        while coming:
            name = coming.pop()
            seen = self._look(name)
            if name in self._waits or seen is None:
                continue
            self._waits[name] = self._waited_for(seen[0])
            coming.extend(self._waits[name])

    def _waited_for(self, state: State) -> tuple[str, ...]:
        standard = self._standard_of(state)
        record = record_in_ledger(state)
        return tuple(
            dict.fromkeys(
                name
                for gate in standard.gates.values()
                for test in dependencies_of(with_added(standard, state, gate))
                for _at, name in named_projects(test, record.value)
            )
        )

    def _neighbour(self, seeing: State, state: State, head: str) -> Neighbour:
        standard = self._standard_of(state)
        foreign = state.package != seeing.package
        artefacts = resolve(state.record, standard.binding.artefacts, None)
        states: dict[str, str] = {}
        for name, entry in artefacts.items() if isinstance(artefacts, dict) else ():
            reached = written_text(entry.get("state") if isinstance(entry, dict) else entry)
            if reached is not None:
                states[name] = reached
        return Neighbour(
            standard=state.standard,
            phase=state.phases,
            passed=dict(state.passed),
            artefacts=states,
            head=head or None,
            ranks={name: track.ranks for name, track in standard.tracks.items()} if foreign else {},
            states={name: one.states for name, one in standard.artefacts.items()}
            if foreign
            else {},
        )
