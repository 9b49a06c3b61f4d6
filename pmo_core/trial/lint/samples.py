"""Sample values for what an expression reads: of the type that a schema declares, else of each.

Only types matter: whether an operator or function exists for them. What a value means does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from pmo_core.documents import Json, JsonObject

if TYPE_CHECKING:
    from pmo_core.trial.lint.algebra import Algebra

Variants: TypeAlias = "tuple[Json, ...]"
"""Values of one type."""

NUMBERS: Final[Variants] = (2, 2.5)
BOOLEANS: Final[Variants] = (True, False)
TEXTS: Final[Variants] = ("2026-01-31",)
_OF_TYPE: Final = {
    "number": NUMBERS,
    "integer": (2,),
    "boolean": BOOLEANS,
    "string": TEXTS,
}
_ANY: Final[tuple[Variants, ...]] = (
    NUMBERS,
    TEXTS,
    BOOLEANS,
    ({"amount": "12.50", "currency": "EUR"},),
    (["a"],),
    ([2.5],),
)
_DEEPEST: Final = 8


def types_of(
    algebra: Algebra, uri: str, schema: Json, steps: tuple[str, ...]
) -> tuple[Variants, ...] | None:
    """The types that may stand at the end of some steps below a schema, each by its variants.

    Returns:
        None where the schema says nothing of that place.
    """
    for step in steps:
        uri, schema = algebra.resolve(uri, schema)
        properties = schema.get("properties") if isinstance(schema, dict) else None
        if not isinstance(properties, dict) or step not in properties:
            return None
        schema = properties[step]
    uri, schema = algebra.resolve(uri, schema)
    if not isinstance(schema, dict):
        return None
    declared = schema.get("type")
    names = declared if isinstance(declared, list) else [declared]
    found = [_variants(algebra, uri, schema, str(name)) for name in names if name != "null"]
    return tuple(found) if found and all(found) else None


def any_types() -> tuple[Variants, ...]:
    """The types that a field of which nothing is declared may have."""
    return _ANY


def nested(values: Iterator[tuple[tuple[str, ...], Json]]) -> JsonObject:
    """An object in which each value stands at the end of its steps."""
    found: JsonObject = {}
    for steps, value in values:
        inner = found
        for step in steps[:-1]:
            below = inner.setdefault(step, {})
            if not isinstance(below, dict):
                below = inner[step] = {}
            inner = below
        inner.setdefault(steps[-1], value)
    return found


def _variants(algebra: Algebra, uri: str, schema: JsonObject, name: str) -> Variants:
    if name in _OF_TYPE:
        return _OF_TYPE[name]
    value = _sample(algebra, uri, {**schema, "type": name}, 0)
    return () if value is None else (value,)


def _sample(algebra: Algebra, uri: str, schema: Json, depth: int) -> Json:
    """One value of a schema's type, with all the properties that it declares; None: unknown."""
    uri, schema = algebra.resolve(uri, schema)
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return None
    name = schema.get("type")
    if isinstance(name, str) and name in _OF_TYPE:
        return _OF_TYPE[name][-1] if name == "number" else _OF_TYPE[name][0]
    if name == "array":
        item = _sample(algebra, uri, schema.get("items"), depth + 1)
        return None if item is None else [item]
    properties = schema.get("properties")
    if name != "object" or not isinstance(properties, dict):
        return None
    found = {key: _sample(algebra, uri, part, depth + 1) for key, part in properties.items()}
    return {key: part for key, part in found.items() if part is not None}
