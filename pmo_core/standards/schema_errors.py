"""What is wrong in a value, in bounded memory.

The engine makes all errors of a value at once, some kilobytes each: a megabyte of JSON with a
mistake in every item would come to gigabytes of them. Of a large value only the first parts are
looked at for errors; whether it is valid is always asked of all of it.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING

import jsonschema_rs

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.schema_engine import Validator

LARGE = 20_000
"""Bytes of a value, about, from which on it is large. A part of a value takes one byte or more."""
_MOST_PARTS = 5_000
_KEPT = frozenset({"type", "maxItems", "maxProperties", "uniqueItems"})
"""Errors of an object or array that taking parts away from it does not bring about."""


def is_large(value: Json) -> bool:
    """Whether all errors of a value might fill the memory."""
    # The fastest measure of a value that Python brings with it.
    return len(marshal.dumps(value)) > LARGE


def errors_of(validator: Validator, value: Json) -> list[jsonschema_rs.ValidationError]:
    """The errors of a value that is not valid, at least one; of a large one the first by place."""
    if not is_large(value):
        return list(validator.iter_errors(value))
    cutting = _Cutting()
    found = [one for one in validator.iter_errors(cutting.cut(value)) if cutting.is_so(one)]
    if found:
        return found
    try:
        validator.validate(value)
    except jsonschema_rs.ValidationError as first:
        return [first]
    return []


class _Cutting:
    """The first parts of a value. What was left out lies along one path: where the copy ended."""

    def __init__(self) -> None:
        self._left = _MOST_PARTS
        self._end: list[str | int] = []

    def cut(self, value: Json) -> Json:
        """A copy of the value's first parts, each object and array as far as it goes."""
        self._left -= 1
        if isinstance(value, dict):
            kept: dict[str, Json] = {}
            for key, part in value.items():
                if self._left <= 0:
                    break
                kept[key] = self.cut(part)
                if self._left <= 0:
                    self._end.append(key)
            return kept
        if isinstance(value, list):
            items: list[Json] = []
            for part in value:
                if self._left <= 0:
                    break
                items.append(self.cut(part))
                if self._left <= 0:
                    self._end.append(len(items) - 1)
            return items
        return value

    def is_so(self, error: jsonschema_rs.ValidationError) -> bool:
        """Whether an error of the copy is one of the whole value, too."""
        path = list(error.instance_path)
        if {"then", "else"}.intersection(map(str, error.evaluation_path)):
            return False
        end = self._end[::-1]
        return path != end[: len(path)] or error.kind.name in _KEPT
