"""Lint of expressions: is there any record on which they come to something? (S6.3)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import join_pointer
from pmo_core.standards.expressions import NAMES, Bindings
from pmo_core.standards.expressions.text import paths_of, sign_at, with_inner, words_of
from pmo_core.standards.model import DependencyTest, ExprTest
from pmo_core.trial.lint.algebra import Algebra
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.samples import Variants, any_types, nested, types_of
from pmo_core.trial.lint.walk import criteria_of, guards_of, tests_of

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.expressions import Expression
    from pmo_core.standards.model import Standard

MOST_EVALUATIONS: Final = 4_000
_SAMPLED: Final = frozenset({"record", "item", "baseline", "other"})
_OPERATOR: Final = "no-overload"


def mixed_types(standard: Standard) -> Iterator[Spot]:
    """Expressions with an operator that no values of the fields they read can have.

    Each field is given the type that the record schema declares, or each type in turn; numbers
    whole and fractional. Where for every choice some values have no such operator, the expression
    is at fault. Fields that cannot be followed (an index, a key that is computed, items of a list
    that nothing declares) make it no finding.
    """
    algebra = Algebra(standard)
    for pointer, owner, expression in _expressions(standard):
        fields = _fields(standard, algebra, expression)
        if fields is None or _comes_to_something(standard, expression, fields):
            continue
        read = ", ".join(str(one) for one in fields) or "what it reads"
        yield Spot(
            pointer,
            f"the expression of {owner} can come to nothing: no values of {read} "
            "have the operators that it uses",
            "Every number of a record is a double: write 1.0 for 1 in sums, "
            "and money(...) for amounts",
        )


class _Field(NamedTuple):
    """A field that an expression reads: the name it begins with, and the steps from there."""

    root: str
    steps: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join((self.root, *self.steps))


def _expressions(standard: Standard) -> Iterator[tuple[str, str, Expression]]:
    for name, guard in standard.predicates.items():
        for part in guard:
            if isinstance(part, ExprTest):
                here = join_pointer(("predicates", name, "expr"))
                yield here, f"predicate {name!r}", part.expression
    for _gate, criterion in criteria_of(standard):
        for pointer, test in tests_of(criterion):
            if isinstance(test, ExprTest) and test.predicate is None:
                yield f"{pointer}/expr", f"criterion {criterion.id!r}", test.expression
            elif isinstance(test, DependencyTest) and test.holds is not None:
                yield f"{pointer}/dependency/holds", f"criterion {criterion.id!r}", test.holds
    for pointer, owner, part in guards_of(standard):
        if isinstance(part, ExprTest) and part.predicate is None:
            yield f"{pointer}/expr", owner, part.expression


def _fields(
    standard: Standard, algebra: Algebra, expression: Expression
) -> Mapping[_Field, tuple[Variants, ...]] | None:
    """The fields that an expression reads, with the types each may have; None: cannot be said."""
    words = words_of(expression.text)
    ends = {word.start + len(word.text): index for index, word in enumerate(words)}
    found: dict[_Field, tuple[Variants, ...]] = {}
    for path in with_inner(paths_of(words, NAMES)):
        if path.root not in _SAMPLED:
            continue
        steps = tuple(step for step in path.steps if isinstance(step, str))
        if len(steps) != len(path.steps) or not steps:
            return None
        types = (
            types_of(algebra, standard.record_schema.uri, standard.record_schema.value, steps)
            if path.root == "record"
            else None
        )
        after = ends[path.end] + 1
        if types is None and sign_at(words, after) in (".", ".?", "[", "[?"):
            return None
        found[_Field(path.root, steps)] = types or any_types()
    return {
        field: types
        for field, types in found.items()
        if not any(_is_within(other, field) for other in found)
    }


def _is_within(field: _Field, outer: _Field) -> bool:
    return (
        field != outer
        and field.root == outer.root
        and field.steps[: len(outer.steps)] == outer.steps
    )


def _comes_to_something(
    standard: Standard, expression: Expression, fields: Mapping[_Field, tuple[Variants, ...]]
) -> bool:
    """Whether for some choice of types every choice of values has the operators used."""
    if prod(len(types) * 2 for types in fields.values()) > MOST_EVALUATIONS:
        return True
    surroundings = _surroundings(standard)
    for chosen in product(*fields.values()):
        codes = (
            expression.evaluate(_bindings(surroundings, fields, values)).code
            for values in product(*chosen)
        )
        if all(code != _OPERATOR for code in codes):
            return True
    return False


def _bindings(
    surroundings: JsonObject, fields: Mapping[_Field, object], values: tuple[Json, ...]
) -> Bindings:
    given = list(zip(fields, values, strict=True))
    scope: JsonObject = dict(surroundings)
    for root in _SAMPLED:
        own = nested((field.steps, value) for field, value in given if field.root == root)
        if own or root == "record":
            scope[root] = own
    return Bindings(
        **scope,  # type: ignore[arg-type]
        now=datetime(2026, 1, 31, 9, tzinfo=UTC),
        today="2026-01-31",
    )


def _surroundings(standard: Standard) -> JsonObject:
    """What an expression reads beside the record: each name with values of its declared type."""
    return {
        "phase": {name: track.initial for name, track in standard.tracks.items()},
        "entered": dict.fromkeys(standard.tracks, "2026-01-31"),
        "passed": dict.fromkeys(standard.gates, "2026-01-31"),
        "gate": next(iter(standard.gates), ""),
        "occurrence": "",
        "params": dict(standard.params),
        "facts": {name: _fact(fact) for name, fact in standard.facts.items()},
        "exceptions": [{"id": "x-1", "tolerance": "cost", "raise_to": "board"}],
    }


def _fact(declared: JsonObject) -> Json:
    samples: Mapping[str, Json] = {
        "string": "2026-01-31",
        "boolean": True,
        "integer": 2,
        "number": 2.5,
        "object": {},
    }
    if declared.get("type") == "array":
        item = samples.get(str(declared.get("items")))
        return [] if item is None else [item]
    return samples.get(str(declared.get("type")), "")


RULES = (Rule("expression-mixed-numbers", "expressions", Severity.ERROR, mixed_types),)
