"""How much work a schema can make of one value, settled when the standard loads.

The engine judges a part of a value once for each way in which schemas reach it. Where ways double
from reference to reference, or from level to level of a schema that refers to itself, thirty steps
are a thousand million ways: no record is ever done. So ways are counted, and too many refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.standards.schema_graph import Part, SchemaGraph
from pmo_core.standards.schema_patterns import PatternSizes, patterns_of

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject

MOST_WAYS = 10_000
"""Schemas that one part of a value may have to satisfy, and compound values under its `enum`."""
MOST_SCHEMAS = 300_000
"""Schemas of a standard, counted again for each that refers to them, since each is compiled."""
FEW_PATTERNS = 20
"""As many as need no measuring, whatever their size."""
MOST_STEPS = 2_000_000
SHIPPED_WAYS = 10
"""At least the ways that any schema of the core's own comes to; a test counts them."""
SHIPPED_SCHEMAS = 100
"""At least the schemas that any of them has, with all that it refers to."""
DOUBLES = "schemas that refer to themselves reach one part of the value in two ways"
_ONCE = "Say in one place what several say of the same part"


class TooMuch(NamedTuple):
    """A schema that makes too much work: where it stands, why, and what to do."""

    place: str
    why: str
    remedy: str


class _Look(NamedTuple):
    """What judging a value by the schema at one place comes to, on this level."""

    ways: int
    parts: tuple[Part, ...]


class SchemaCosts:
    """The ways of all schemas that were asked for; what is known of one is used for the next.

    Attributes:
        is_spent: the standard has had all the schemas that it may have.
    """

    def __init__(self, graph: SchemaGraph) -> None:
        self._graph = graph
        self._looks: dict[str, _Look] = {}
        self._ways: dict[str, int] = {}
        self._sizes = PatternSizes()
        self._schemas = 0
        self._patterns = 0
        self._steps = 0
        self.is_spent = False

    def takes(self, schemas: int, patterns: int) -> bool:
        """Whether a schema that refers to no other of its package is small, beyond doubt."""
        self._patterns += patterns
        if schemas > MOST_WAYS or self._patterns > FEW_PATTERNS:
            return False
        self._schemas += schemas
        return self._schemas <= MOST_SCHEMAS

    def forget(self) -> None:
        """Judge anew what was judged, since references now lead elsewhere."""
        self._looks.clear()
        self._ways.clear()

    def too_much(self, root: str) -> TooMuch | None:
        """Why the schema at `root` must not be compiled; None where it may be."""
        try:
            self._judge(root)
        except _Found as found:
            return found.what
        return None

    def _spend(self, root: str) -> None:
        """Count what is compiled for the schema at `root`, against what a standard may have."""
        reached = self._reached(root)
        self._schemas += len(reached)
        self._schemas += sum(SHIPPED_SCHEMAS for place in reached if place.startswith("pmo:"))
        patterns = [one for place in reached for one in patterns_of(self._graph.schema(place))]
        if self._schemas > MOST_SCHEMAS:
            self.is_spent = True
            why = f"with all that they refer to, there are more than {MOST_SCHEMAS:,} schemas"
            raise _Found(root, why, "Refer to the part that is meant, not to a whole file")
        if self._sizes.are_too_many(patterns):
            self.is_spent = True
            raise _Found(
                root,
                "the regular expressions of the standard take too much memory",
                "Count characters by 'maxLength' rather than by '{1,200}'",
            )

    def _judge(self, root: str) -> None:
        for circle in _circles_last_first(root, self._below):
            again = dict.fromkeys(circle, 1)
            for place in circle:
                look = self._look(place)
                if _peak(look.parts, again, 0) > 1:
                    raise _Found(place, DOUBLES)
                below = _peak(look.parts, self._ways, 1)
                self._ways[place] = max(look.ways, below)
                if self._ways[place] > MOST_WAYS:
                    raise _Found(place, f"it reaches one value in more than {MOST_WAYS:,} ways")
        self._spend(root)

    def _below(self, place: str) -> Iterator[str]:
        for part in self._look(place).parts:
            if part.place not in self._ways:
                yield part.place

    def _look(self, place: str) -> _Look:
        found = self._looks.get(place)
        if found is None:
            found = self._looks[place] = self._looked(place)
        return found

    def _looked(self, place: str) -> _Look:
        ways = 0
        parts: list[Part] = []
        waiting = [place]
        while waiting:
            one = waiting.pop()
            ways += size_of(self._graph.schema(one))
            if one.startswith("pmo:"):
                ways += SHIPPED_WAYS
            if ways > MOST_WAYS:
                raise _Found(place, f"it reaches one value in more than {MOST_WAYS:,} ways")
            waiting.extend(self._graph.outermost(one))
            parts.extend(self._graph.parts(one))
        self._steps += ways + len(parts)
        if self._steps > MOST_STEPS:
            raise _Found(place, "schemas refer to one another too often")
        return _Look(ways, tuple(parts))

    def _reached(self, root: str) -> Collection[str]:
        found = {root}
        waiting = [root]
        while waiting and len(found) <= MOST_SCHEMAS:
            place = waiting.pop()
            steps = [*self._graph.same_value(place)]
            steps.extend(part.place for part in self._graph.parts(place))
            for step in steps:
                if step not in found:
                    found.add(step)
                    waiting.append(step)
        return found


def size_of(schema: JsonObject) -> int:
    """One, and the values under `enum` that are compared one by one: objects and arrays."""
    values = schema.get("enum")
    if not isinstance(values, list):
        return 1
    return 1 + sum(type(value) in (dict, list) for value in values)


class _Found(Exception):
    """Ends the search."""

    def __init__(self, place: str, why: str, remedy: str = _ONCE) -> None:
        super().__init__(why)
        self.what = TooMuch(place, why, remedy)


def _peak(parts: Iterable[Part], worth: Mapping[str, int], otherwise: int) -> int:
    """The most that any one part of a value gets, of all that schemas have for parts.

    What the schema at a place comes to is its `worth`, if that is known.
    """
    named: dict[tuple[str, str], list[tuple[str, int]]] = {}
    many: dict[str, dict[str, tuple[int, int]]] = {}
    for part in parts:
        value = worth.get(part.place, otherwise)
        if not value:
            continue
        if part.key is not None:
            named.setdefault((part.kind, part.key), []).append((part.of, value))
            continue
        # At one place, what is left over is apart from all else, and other patterns may overlap.
        kinds = many.setdefault(part.kind, {})
        others, rest = kinds.get(part.of, (0, 0))
        kinds[part.of] = (others, max(rest, value)) if part.rest else (others + value, rest)
    unnamed = {kind: sum(max(both) for both in kinds.values()) for kind, kinds in many.items()}
    peak = max(unnamed.values(), default=0)
    for (kind, _key), shares in named.items():
        total = unnamed.get(kind, 0) + sum(value for _of, value in shares)
        for of in {of for of, _value in shares}:
            others, rest = many.get(kind, {}).get(of, (0, 0))
            total -= max(others, rest) - others
        peak = max(peak, total)
    return peak


def _circles_last_first(
    root: str, below: Callable[[str], Iterator[str]]
) -> Iterator[tuple[str, ...]]:
    """The sets of places that lead to one another, each after all that it leads to (Tarjan)."""
    number: dict[str, int] = {root: 0}
    lowest: dict[str, int] = {root: 0}
    waiting: dict[str, None] = {root: None}
    path = [(root, below(root))]
    while path:
        place, steps = path[-1]
        step = next(steps, None)
        if step is None:
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[place])
            if lowest[place] == number[place]:
                circle: list[str] = []
                while not circle or circle[-1] != place:
                    circle.append(waiting.popitem()[0])
                yield tuple(circle)
        elif step not in number:
            number[step] = lowest[step] = len(number)
            waiting[step] = None
            path.append((step, below(step)))
        elif step in waiting:
            lowest[place] = min(lowest[place], number[step])
