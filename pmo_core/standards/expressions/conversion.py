"""What an expression sees of a project: values bound to names, converted once and only as named.

Every number becomes a double (S6.3), so that `110` and `110.0` cannot differ. Only the fields
that an expression names are converted (S6.6); each is converted once, whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict, Unpack

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

MOST_NODES: Final = 100_000
"""How many values an evaluation may convert (S6.5)."""
_DEEPEST: Final = 100


class Scope(TypedDict, total=False):
    """The values of the names of S6.1. A name without a value is unknown where it is read."""

    record: JsonObject
    item: Json
    now: datetime
    today: str
    phase: Mapping[str, str]
    entered: Mapping[str, str]
    passed: Mapping[str, str]
    gate: str
    occurrence: str
    baseline: Mapping[str, Json]
    facts: Mapping[str, Json]
    params: Mapping[str, Json]
    exceptions: Sequence[JsonObject]
    other: JsonObject


class Size(NamedTuple):
    """How large values are, as far as budgets ask for it.

    Attributes:
        nodes: how many values there are, at all depths.
        longest: items of the longest list or object.
        widest: how many values the largest object holds, at all depths.
        text: characters of the longest text.
    """

    nodes: int = 0
    longest: int = 0
    widest: int = 0
    text: int = 0

    def beside(self, other: Size) -> Size:
        """The size of both together."""
        return Size(
            self.nodes + other.nodes,
            max(self.longest, other.longest),
            max(self.widest, other.widest),
            max(self.text, other.text),
        )


NOTHING: Final = Size()


class Converted(NamedTuple):
    """A value as the engine takes it: plain dict, list, str, float, bool, None or datetime.

    `fault` is why it cannot be converted, a code of `Evaluation`; None where it can.
    """

    value: object
    size: Size
    fault: str | None


class Bindings:
    """The scope of one record, for any number of expressions.

    Not for use by several threads at once: conversions are kept as they are made.
    """

    __slots__ = ("_converted", "_scope")

    def __init__(self, **scope: Unpack[Scope]) -> None:
        self._scope: Mapping[str, object] = scope
        self._converted: dict[tuple[str, str | None], Converted] = {}

    def beside(self, **changes: Unpack[Scope]) -> Bindings:
        """The same scope with some values changed; conversions of the others are shared."""
        found = Bindings()
        found._scope = {**self._scope, **changes}
        found._converted = {
            place: value for place, value in self._converted.items() if place[0] not in changes
        }
        return found

    def has(self, root: str) -> bool:
        """Whether that name has a value."""
        return root in self._scope

    def original(self, root: str) -> object:
        """The value of a name, unconverted; the name must have one."""
        return self._scope[root]

    def fields(self, root: str) -> Mapping[str, object] | None:
        """The value of a name where it is an object, unconverted; None otherwise."""
        value = self._scope.get(root)
        return value if isinstance(value, Mapping) else None

    def converted(self, root: str, field: str | None) -> Converted:
        """A name's value, or one field of it, as the engine takes it; it must be there."""
        place = (root, field)
        known = self._converted.get(place)
        if known is None:
            value = self._scope[root]
            if field is not None and isinstance(value, Mapping):
                value = value[field]
            known = self._converted[place] = convert(value)
        return known


def convert(value: object) -> Converted:
    """Any JSON value, or instant, as the engine takes it."""
    conversion = _Conversion()
    found = conversion.convert(value, 0)
    size = Size(conversion.nodes, conversion.longest, conversion.widest, conversion.text)
    return Converted(found, size, conversion.fault)


class _Conversion:
    """One walk over a value; after the first fault what it gives is not to be used."""

    __slots__ = ("fault", "longest", "nodes", "text", "widest")

    def __init__(self) -> None:
        self.nodes = 0
        self.longest = 0
        self.widest = 0
        self.text = 0
        self.fault: str | None = None

    def convert(self, value: object, depth: int) -> object:
        self.nodes += 1
        if isinstance(value, str):
            return self._checked(value)
        if value is None or isinstance(value, bool | float | datetime):
            return value
        if isinstance(value, int):
            return self._double(value)
        if isinstance(value, Mapping):
            return self._object(value, depth) if self._fits(len(value), depth) else None
        if isinstance(value, Sequence):
            fits = self._fits(len(value), depth)
            return [self.convert(part, depth + 1) for part in value] if fits else None
        raise TypeError(f"{type(value).__name__} is no JSON value")

    def _object(self, value: Mapping[str, object], depth: int) -> dict[str, object]:
        before = self.nodes
        found = {self._checked(key): self.convert(part, depth + 1) for key, part in value.items()}
        if self.nodes - before > self.widest:
            self.widest = self.nodes - before
        return found

    def _fits(self, size: int, depth: int) -> bool:
        if size > self.longest:
            self.longest = size
        if depth >= _DEEPEST or self.nodes + size > MOST_NODES:
            self.fault = "budget"
        return self.fault is None

    def _checked(self, text: str) -> str:
        # The engine would cut a text at U+0000, and end the process at a lone surrogate.
        if "\0" in text or not (text.isascii() or _is_unicode(text)):
            self.fault = "control-character"
        if len(text) > self.text:
            self.text = len(text)
        # The engine takes no subclass, such as a member of StrEnum.
        return text if type(text) is str else str.__str__(text)

    def _double(self, number: int) -> float | None:
        try:
            return float(number)
        except OverflowError:
            self.fault = "overflow"
            return None


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
