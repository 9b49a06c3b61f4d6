"""The smallest set of actions that frees a gate: exact branch and bound (S14.2, S14.4).

Each blocking finding has needs, and each need alternatives, each a set of actions; a plan takes
one alternative of each. It is a weighted hitting problem, so the search is bounded in steps and
says whether it proved its answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_NODES = 20_000
AWAIT, BRING, SUPPLY = "await", "bring", "supply"


@dataclass(frozen=True, slots=True, order=True)
class Action:
    """Something that somebody does: its kind, what it is done to, and the roles that may.

    Kinds: `fix` a criterion, `answer` it, `bring` an artefact to a state, `refresh` evidence,
    `supply` a fact, `raise` a score item, `await` another project, `waive`, `defer` (S14.1).

    What is supplied is a fact or a check by its name; `holders:ROLE`, who holds a role; or
    `entered:GATE` and `last-occurrence:GATE`, what a ledger knows. A `supply` without roles is for
    somebody outside the project.
    """

    kind: str
    target: str
    roles: tuple[str, ...] = ()

    @property
    def by_others(self) -> bool:
        """Whether it is done outside the project, in a time that no lead time says."""
        return self.kind == AWAIT or (self.kind == SUPPLY and not self.roles)

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


def cheapest_plan(needs: Sequence[Sequence[Alternative]]) -> Plan | None:
    """The cheapest union of one alternative for each need; None where one has none."""
    if not all(needs):
        return None
    chosen: frozenset[Action] = frozenset()
    proved = True
    for group in _components(needs):
        actions, exact = _search([_undominated(options) for options in group])
        chosen |= actions
        proved = proved and exact
    return Plan(tuple(sorted(chosen, key=lambda action: action.id)), proved)


def shared(
    needs: Sequence[Sequence[Alternative]], states: Mapping[str, Sequence[str]]
) -> list[tuple[Alternative, ...]]:
    """The same needs, with what serves several of them made one action.

    Actions of one id are one, which any of their roles may do. Who brings an artefact to a later
    state that another need asks for, brings it past the earlier one too.

    Args:
        states: each artefact's states, in order.
    """
    roles: dict[str, dict[str, None]] = {}
    wanted: dict[str, set[str]] = {}
    for action in (action for options in needs for option in options for action in option):
        roles.setdefault(action.id, {}).update(dict.fromkeys(action.roles))
        if action.kind == BRING:
            artefact, _, state = action.target.partition("=")
            wanted.setdefault(artefact, set()).add(state)
    merged = {name: tuple(found) for name, found in roles.items()}

    def one(kind: str, target: str) -> Action:
        return Action(kind, target, merged[f"{kind}:{target}"])

    found = []
    for options in needs:
        ways: dict[Alternative, None] = {}
        for option in options:
            same = frozenset(one(action.kind, action.target) for action in option)
            ways[same] = None
            for action in sorted(option, key=lambda action: action.id):
                artefact, _, state = action.target.partition("=")
                order = states.get(artefact, ()) if action.kind == BRING else ()
                for later in order[order.index(state) + 1 :] if state in order else ():
                    if later in wanted[artefact]:
                        rest = same - {one(BRING, action.target)}
                        ways[rest | {one(BRING, f"{artefact}={later}")}] = None
        found.append(tuple(ways))
    return found


def _undominated(options: Sequence[Alternative]) -> list[Alternative]:
    """Alternatives without those that another one is part of, cheapest first."""
    ordered = sorted(set(options), key=cost_of)
    return [one for one in ordered if not any(other < one for other in ordered)]


def _components(
    needs: Sequence[Sequence[Alternative]],
) -> list[list[Sequence[Alternative]]]:
    """Needs grouped by the actions that they share; groups do not touch one another."""
    owner: dict[Action, int] = {}
    parent = list(range(len(needs)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, options in enumerate(needs):
        for action in frozenset().union(*options):
            parent[root(number)] = root(owner.setdefault(action, number))
    groups: dict[int, list[Sequence[Alternative]]] = {}
    for number, options in enumerate(needs):
        groups.setdefault(root(number), []).append(options)
    return list(groups.values())


def _search(needs: list[list[Alternative]]) -> tuple[frozenset[Action], bool]:
    """The cheapest choice, and whether the search came to its end."""
    order = sorted(needs, key=len)
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
        if any(option <= taken for option in order[depth]):
            stack.append((depth + 1, taken))
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
    """The set without actions that no need takes."""
    for action in sorted(taken, key=lambda one: one.id, reverse=True):
        fewer = taken - {action}
        if all(any(option <= fewer for option in options) for options in order):
            taken = fewer
    return taken
