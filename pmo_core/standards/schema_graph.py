"""Which schemas look at a value after which others, over all files that a package can reach (S7.1).

A place is `URI#POINTER`. From a place some schemas lead on to the same value (`$ref`, `allOf` ...),
others to a part of it (`properties`, `items` ...). The engine follows the first kind without end
where it comes back, and calls every value valid; so circles of it are looked for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.standards.schema_keywords import IN_PLACE, PARTS, subschemas


class Part(NamedTuple):
    """A schema for some parts of a value.

    Attributes:
        of: the place whose keyword it is.
        place: where the schema itself stands.
        kind: `object`, `array` or `names` (keys of an object): which parts there can be.
        key: the one property or index that it is for; None for many.
        rest: whether it leaves out what other schemas at the same place are for.
    """

    of: str
    place: str
    kind: str
    key: str | None = None
    rest: bool = False


class SchemaGraph:
    """The places of all schemas that were added. `absolute` resolves a reference."""

    def __init__(self, absolute: Callable[[str, str], tuple[str, str]]) -> None:
        self._absolute = absolute
        self._schemas: dict[str, JsonObject] = {}
        self._anchors: dict[str, list[str]] = {}
        self._dynamic: dict[str, list[str]] = {}
        self._unjudged: list[str] = []
        self._straight: set[str] = set()

    def add(self, uri: str, value: Json) -> bool:
        """Take all schemas of a file, or of a place in `standard.yaml`.

        Returns:
            Whether references of those that were there before may now lead to these, too.
        """
        changed = False
        for pointer, schema in subschemas(value):
            place = f"{uri}#{pointer}"
            self._schemas[place] = schema
            self._unjudged.append(place)
            for keyword in ("$anchor", "$dynamicAnchor"):
                anchor = schema.get(keyword)
                if isinstance(anchor, str):
                    self._anchors.setdefault(f"{uri}#{anchor}", []).append(place)
                    if keyword == "$dynamicAnchor":
                        self._dynamic.setdefault(anchor, []).append(place)
                        changed = True
        if changed:
            self._straight.clear()
            self._unjudged = list(self._schemas)
        return changed

    def has_anchor(self, uri: str, anchor: str) -> bool:
        """Whether a schema of the file has this anchor."""
        return f"{uri}#{anchor}" in self._anchors

    def schema(self, place: str) -> JsonObject:
        """The schema at a place; an empty one for `true` and `false`."""
        return self._schemas.get(place, {})

    def circle(self) -> str | None:
        """A place that comes back to itself without looking at any part of the value."""
        while self._unjudged:
            place = self._unjudged.pop()
            if self._comes_back(place):
                return place
        return None

    def _comes_back(self, start: str) -> bool:
        """Depth first, without recursion: chains of references may be long."""
        if start in self._straight:
            return False
        path = {start: self.same_value(start)}
        while path:
            place, steps = next(reversed(path.items()))
            step = next(steps, None)
            if step is None:
                del path[place]
                self._straight.add(place)
            elif step in path:
                return True
            elif step not in self._straight:
                path[step] = self.same_value(step)
        return False

    def same_value(self, place: str) -> Iterator[str]:
        """The places that look at the same value, as often as they do."""
        schema = self._schemas.get(place)
        if schema is None:
            return
        uri, _, pointer = place.partition("#")
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                target, fragment = self._absolute(uri, reference)
                if not fragment or fragment.startswith("/"):
                    yield f"{target}#{fragment}"
                    continue
                found = self._anchors.get(f"{target}#{fragment}", [])
                if keyword == "$dynamicRef":
                    # Where it leads is known only while a value is judged.
                    found = list(dict.fromkeys([*found, *self._dynamic.get(fragment, ())]))
                yield from found
        for keyword in sorted(IN_PLACE & schema.keys()):
            yield from _inside(schema[keyword], f"{uri}#{pointer}/{keyword}")

    def outermost(self, place: str) -> list[str]:
        """The same; of the places that a dynamic reference may lead to, those that count.

        A schema that extends another refers to it, so what it may stand in for is counted already.
        """
        steps = list(self.same_value(place))
        if "$dynamicRef" not in self.schema(place) or len(steps) < 2:
            return steps
        return [one for one in steps if not any(self._leads(two, one) for two in steps)]

    def _leads(self, start: str, end: str) -> bool:
        found, waiting = {start}, [start]
        while waiting:
            for step in self.same_value(waiting.pop()):
                if step == end:
                    return True
                if step not in found:
                    found.add(step)
                    waiting.append(step)
        return False

    def parts(self, place: str) -> Iterator[Part]:
        """The schemas that the one at a place has for parts of the value."""
        schema = self._schemas.get(place)
        if schema is None:
            return
        for keyword in sorted(PARTS.keys() & schema.keys()):
            kind, rest = PARTS[keyword]
            here = f"{place}/{keyword}"
            value = schema[keyword]
            if keyword == "properties" and isinstance(value, dict):
                for key in value:
                    yield Part(place, here + join_pointer((key,)), kind, key)
            elif keyword == "prefixItems" and isinstance(value, list):
                for index in range(len(value)):
                    yield Part(place, f"{here}/{index}", kind, str(index))
            else:
                for inner in _inside(value, here, of_map=keyword == "patternProperties"):
                    yield Part(place, inner, kind, None, rest)


def _inside(value: Json, here: str, *, of_map: bool = False) -> Iterator[str]:
    if isinstance(value, list):
        yield from (f"{here}/{index}" for index in range(len(value)))
    elif isinstance(value, dict) and (of_map or here.endswith("/dependentSchemas")):
        yield from (here + join_pointer((key,)) for key in value)
    else:
        yield here
