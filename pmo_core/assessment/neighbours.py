"""Without an office: other projects as the records of the same run claim to stand (S9.2, S9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.assessment.kinds.dependency import named_projects
from pmo_core.documents import resolve
from pmo_core.standards.inputs import Circles, Neighbour
from pmo_core.standards.looks import dependencies_of
from pmo_core.standards.record import claimed_position, written_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record


def neighbour_of(standard: Standard, record: Record) -> tuple[Neighbour, tuple[str, ...]]:
    """A project as others see it by its record alone, and the ids that it waits for."""
    artefacts = resolve(record.value, standard.binding.artefacts, None)
    states: dict[str, str] = {}
    for name, entry in artefacts.items() if isinstance(artefacts, dict) else ():
        state = written_text(entry.get("state") if isinstance(entry, dict) else entry)
        if state is not None:
            states[name] = state
    neighbour = Neighbour(
        standard=standard.name,
        phase=claimed_position(standard, record.value),
        artefacts=states,
    )
    waits = {
        name: None
        for gate in standard.gates.values()
        for test in dependencies_of(gate)
        for _at, name in named_projects(test, record.value)
    }
    return neighbour, tuple(waits)


def waiting_circles(waits: Mapping[str, tuple[str, ...]]) -> Circles:
    """The groups of projects that wait for one another in a circle, ids in order (S9.2).

    The strongly connected components of the waits-for graph with a cycle in them (Tarjan 1972),
    without recursion, since portfolios are large.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    circles: list[tuple[str, ...]] = []
    for root in waits:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(waits[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            for other in rest:
                if other not in waits:
                    continue
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(waits[other])))
                    break
                if other in on_stack:
                    low[name] = min(low[name], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    members = _popped(stack, on_stack, name)
                    if len(members) > 1 or name in waits[name]:
                        circles.append(tuple(sorted(members)))
    return Circles(sorted(circles))


def _popped(stack: list[str], on_stack: set[str], name: str) -> list[str]:
    members: list[str] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == name:
            return members
