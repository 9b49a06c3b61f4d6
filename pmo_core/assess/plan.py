"""The smallest set of actions that frees a gate: exact branch and bound (S14.2, S14.4).

Each blocking finding has alternatives, each a set of actions; a plan takes one alternative of
each. It is a weighted hitting problem, so the search is bounded in steps and says whether it
proved its answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_NODES = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Action:
    """Something that somebody does: its kind, what it is done to, and the roles that may.

    Kinds: `fix` a criterion, `answer` it, `bring` an artefact to a state, `refresh` evidence,
    `supply` a fact, `raise` a score item, `await` another project, `waive`, `defer` (S14.1).
    """

    kind: str
    target: str
    roles: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`kind:target`, by which ties are settled."""
        return f"{self.kind}:{self.target}"


Alternative = frozenset[Action]
Cost = tuple[int, int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of actions that is assumed to free the gate; `proved` where none is cheaper."""

    actions: tuple[Action, ...]
    proved: bool


def cost_of(actions: frozenset[Action]) -> Cost:
    """Actions nobody may do, waivers and deferrals, all actions, then their ids (S14.2)."""
    return (
        sum(not action.roles for action in actions),
        sum(action.kind in ("waive", "defer") for action in actions),
        len(actions),
        tuple(sorted(action.id for action in actions)),
    )


def cheapest_plan(alternatives: Mapping[str, Sequence[Alternative]]) -> Plan | None:
    """The cheapest union of one alternative for each finding; None where one has none."""
    if any(not options for options in alternatives.values()):
        return None
    chosen: frozenset[Action] = frozenset()
    proved = True
    for group in _components(alternatives):
        actions, exact = _search([_undominated(alternatives[name]) for name in group])
        chosen |= actions
        proved = proved and exact
    return Plan(tuple(sorted(chosen, key=lambda action: action.id)), proved)


def _undominated(options: Sequence[Alternative]) -> list[Alternative]:
    """Alternatives without those that another one is part of, cheapest first."""
    ordered = sorted(set(options), key=cost_of)
    return [one for one in ordered if not any(other < one for other in ordered)]


def _components(alternatives: Mapping[str, Sequence[Alternative]]) -> list[list[str]]:
    """Findings grouped by the actions that they share; groups do not touch one another."""
    owner: dict[Action, str] = {}
    parent = {name: name for name in alternatives}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for name, options in alternatives.items():
        for action in frozenset().union(*options):
            known = owner.setdefault(action, name)
            parent[root(name)] = root(known)
    groups: dict[str, list[str]] = {}
    for name in alternatives:
        groups.setdefault(root(name), []).append(name)
    return list(groups.values())


def _search(findings: list[list[Alternative]]) -> tuple[frozenset[Action], bool]:
    """The cheapest choice, and whether the search came to its end."""
    order = sorted(findings, key=len)
    best = _greedy(order)
    best_cost = cost_of(best)
    nodes = 0
    exhausted = True
    stack: list[tuple[int, frozenset[Action]]] = [(0, frozenset())]
    while stack:
        nodes += 1
        if nodes > MOST_NODES:
            exhausted = False
            break
        depth, taken = stack.pop()
        if cost_of(taken)[:3] > best_cost[:3]:
            continue
        if depth == len(order):
            cost = cost_of(taken)
            if cost < best_cost:
                best, best_cost = taken, cost
            continue
        # Costs only grow with more actions, so a partial choice bounds what lies below it.
        stack.extend((depth + 1, taken | option) for option in reversed(order[depth]))
    return (best, True) if exhausted else (_irredundant(best, order), False)


def _greedy(order: list[list[Alternative]]) -> frozenset[Action]:
    taken: frozenset[Action] = frozenset()
    for options in order:
        taken |= min(options, key=lambda option: cost_of(taken | option))
    return _irredundant(taken, order)


def _irredundant(taken: frozenset[Action], order: list[list[Alternative]]) -> frozenset[Action]:
    """The set without actions that no finding needs."""
    for action in sorted(taken, key=lambda one: one.id, reverse=True):
        fewer = taken - {action}
        if all(any(option <= fewer for option in options) for options in order):
            taken = fewer
    return taken
