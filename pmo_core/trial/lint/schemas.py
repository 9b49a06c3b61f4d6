"""Lint of schemas: can any record satisfy it, can any not, do all engines read it alike?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import join_pointer
from pmo_core.standards.model import SchemaTest
from pmo_core.trial.lint.algebra import Algebra
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import criteria_of, guards_of, tests_of

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard
    from pmo_core.standards.schemas import Schema

_BOUNDARY = re.compile(r"(?<!\\)(?:\\\\)*\\[bB]")


class _Placed(NamedTuple):
    """A schema, the pointer where the file has it, what it belongs to, and of what it is asked."""

    schema: Schema
    pointer: str
    owner: str
    of_record: bool


def never_satisfied(standard: Standard) -> Iterator[Spot]:
    """Schemas that no record which the record schema allows can satisfy."""
    algebra = Algebra(standard)
    for placed in _placed(standard):
        if algebra.none_holds(placed.schema, of_record=placed.of_record):
            yield Spot(
                placed.pointer,
                f"no record can satisfy the schema of {placed.owner}",
                "Look for a field that two parts, or the record schema, ask different things of",
            )


def always_satisfied(standard: Standard) -> Iterator[Spot]:
    """Schemas that every record which the record schema allows satisfies."""
    algebra = Algebra(standard)
    for placed in _placed(standard):
        if algebra.all_hold(placed.schema, of_record=placed.of_record):
            yield Spot(
                placed.pointer,
                f"every record satisfies the schema of {placed.owner}",
                "Ask for the field by 'required': a field that is absent satisfies 'properties'",
            )


def word_boundaries(standard: Standard) -> Iterator[Spot]:
    r"""Patterns with `\b`, of which engines differ beyond ASCII (S7.2)."""
    for placed in _placed(standard):
        for pointer, pattern in _patterns(placed.schema.value, ""):
            if _BOUNDARY.search(pattern):
                yield Spot(placed.pointer + pointer, _boundary(pattern), _BOUNDARY_REMEDY)
    for pointer, pattern in _patterns(standard.record_schema.value, ""):
        if _BOUNDARY.search(pattern):
            message = f"{_boundary(pattern)} (in the record schema, at {pointer})"
            yield Spot("/record/schema", message, _BOUNDARY_REMEDY)


_BOUNDARY_REMEDY = r"Write out what may stand there, such as (^|[^A-Za-z]) for \b"


def _boundary(pattern: str) -> str:
    return (
        f"pattern {pattern!r} asks for a word boundary, "
        "and engines differ on which letters beyond ASCII make a word"
    )


def _placed(standard: Standard) -> Iterator[_Placed]:
    for name, guard in standard.predicates.items():
        for part in guard:
            if isinstance(part, SchemaTest):
                here = join_pointer(("predicates", name, "schema"))
                yield _Placed(part.schema, here, f"predicate {name!r}", True)
    for _gate, criterion in criteria_of(standard):
        for pointer, test in tests_of(criterion):
            if isinstance(test, SchemaTest) and test.predicate is None:
                owner = f"criterion {criterion.id!r}"
                yield _Placed(test.schema, f"{pointer}/schema", owner, not test.of_item)
    for pointer, owner, part in guards_of(standard):
        if isinstance(part, SchemaTest) and part.predicate is None:
            yield _Placed(part.schema, f"{pointer}/schema", owner, True)


def _patterns(schema: Json, here: str) -> Iterator[tuple[str, str]]:
    """Each pattern in a schema, with its pointer; over-careful: data under `const` count too."""
    if isinstance(schema, dict):
        for key, part in schema.items():
            inner = here + join_pointer((key,))
            if key == "pattern" and isinstance(part, str):
                yield inner, part
            elif key == "patternProperties" and isinstance(part, dict):
                yield from ((inner, name) for name in part)
            yield from _patterns(part, inner)
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from _patterns(part, f"{here}/{index}")


RULES = (
    Rule("schema-never", "schemas", Severity.ERROR, never_satisfied),
    Rule("schema-always", "schemas", Severity.WARNING, always_satisfied),
    Rule("pattern-word-boundary", "schemas", Severity.WARNING, word_boundaries),
)
