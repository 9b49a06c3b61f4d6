"""The limits of S1 for values that no reader of ours has made."""

from __future__ import annotations

from pmo_core.documents import faults
from pmo_core.documents.scalars import settled
from pmo_core.documents.values import (
    DEFAULT_LIMITS,
    LARGEST_INTEGER,
    Json,
    Limits,
    has_half_character,
    is_over_long,
    join_pointer,
    shown,
)
from pmo_core.errors import InvalidDocument


def check_value(value: Json, name: str, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a value that came through the Python API and is no document of S1.2 and S1.5.

    Only plain `dict`, `list`, `str`, `int`, `float`, `bool` and None are values: the native
    validators read subclasses and tuples each in their own way. A float with an integral value
    is let through, since nothing tells it from that integer.

    Args:
        value: what to check.
        name: what the error calls its source.
        limits: the limits, if lower than the usual ones.

    Raises:
        InvalidDocument: with the pointer to the value at fault.
    """
    path: list[str | int] = []
    try:
        _Check(limits, path).node(value)
    except InvalidDocument as fault:
        raise InvalidDocument(
            fault.message, source=name, pointer=join_pointer(path), remedy=fault.remedy
        ) from None


class _Check:
    """One walk over a value; `path` leads to where it is."""

    __slots__ = ("limits", "nodes", "path")

    def __init__(self, limits: Limits, path: list[str | int]) -> None:
        self.limits = limits
        self.path = path
        self.nodes = 0

    def node(self, value: Json) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise faults.too_many(self.limits)
        kind = type(value)
        if kind is str:
            self.text(value)  # type: ignore[arg-type]
        elif kind is dict:
            self.members(value)  # type: ignore[arg-type]
        elif kind is list:
            self.items(value)  # type: ignore[arg-type]
        elif kind is int:
            if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # type: ignore[operator]
                raise faults.not_exact(_digits(value))  # type: ignore[arg-type]
        elif kind is float:
            settled(value)  # type: ignore[arg-type]
        elif kind is not bool and value is not None:
            raise InvalidDocument(
                f"a Python {kind.__name__} is no JSON value",
                remedy="Hand over dict, list, str, int, float, bool or None",
            )

    def members(self, value: dict[str, Json]) -> None:
        self.deeper()
        for key, member in value.items():
            if type(key) is not str:
                raise InvalidDocument(
                    f"the key {shown(str(key))} is a Python {type(key).__name__}, not a text",
                    remedy="Make every key a str",
                )
            self.text(key)
            self.path.append(key)
            self.node(member)
            self.path.pop()

    def items(self, value: list[Json]) -> None:
        self.deeper()
        for index, item in enumerate(value):
            self.path.append(index)
            self.node(item)
            self.path.pop()

    def deeper(self) -> None:
        if len(self.path) >= self.limits.depth:
            raise faults.too_deep(self.limits)

    def text(self, text: str) -> None:
        if has_half_character(text):
            raise faults.half_character()
        if is_over_long(text, self.limits):
            raise faults.too_long(self.limits)


def _digits(number: int) -> str:
    """The number in decimal, or its length where Python would not write it."""
    return str(number) if number.bit_length() < 1_000 else f"of {number.bit_length()} bits"
