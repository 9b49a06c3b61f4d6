"""How much memory the regular expressions of a standard take once compiled.

A pattern of twenty characters may come to megabytes (`\\p{L}{200}`), and is compiled again for each
schema that reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import jsonschema_rs

from pmo_core.documents import JsonObject

MOST_BYTES = 200_000_000
_SIZES = (10_000, 100_000, 1_000_000)
_LARGEST = 10_000_000
"""The engine's own limit, in bytes of one compiled pattern."""


class PatternSizes:
    """The sizes of all patterns that were asked for, each measured once."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._total = 0

    def are_too_many(self, patterns: Iterable[str]) -> bool:
        """Whether these, with those that were taken before, come to more than may be."""
        for pattern in patterns:
            if self._total > MOST_BYTES:
                break
            size = self._sizes.get(pattern)
            if size is None:
                size = self._sizes[pattern] = _size(pattern)
            self._total += size
        return self._total > MOST_BYTES


def patterns_of(schema: JsonObject) -> Iterator[str]:
    """The regular expressions of a schema itself."""
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        yield pattern
    properties = schema.get("patternProperties")
    if isinstance(properties, dict):
        yield from properties


def _size(pattern: str) -> int:
    """The least of a few sizes that the compiled pattern fits in; 0 for what the engine refuses."""
    for size in (*_SIZES, _LARGEST):
        try:
            jsonschema_rs.Draft202012Validator(
                {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions(size_limit=size)
            )
        except jsonschema_rs.ValidationError:
            continue
        return size
    return 0
