"""What the tests and guards of a standard look at beyond the record: one walk, for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmo_core.standards.model import CheckTest, CombinedTest, DependencyTest, ExprTest

if TYPE_CHECKING:
    from pmo_core.standards.expressions import Expression
    from pmo_core.standards.model import (
        Criterion,
        Gate,
        Guard,
        SchemaTest,
        SingleTest,
        Standard,
    )


def single_tests(criterion: Criterion) -> tuple[SingleTest, ...]:
    """The tests of a criterion without what combines them."""
    test = criterion.test
    return test.tests if isinstance(test, CombinedTest) else (test,)


def gate_guards(gate: Gate) -> Iterator[SchemaTest | ExprTest]:
    """The parts of a gate's own `when`, `unless` and `eased`."""
    return _parts(gate.when, gate.unless, gate.eased)


def facts_of_guards(gate: Gate) -> frozenset[str]:
    """The facts by which it is settled whether a gate is held at all."""
    return facts_of_parts(gate_guards(gate))


def facts_of_parts(parts: Iterable[SchemaTest | ExprTest]) -> frozenset[str]:
    """The facts that the parts of guards read."""
    return _facts(part.expression for part in parts if isinstance(part, ExprTest))


def facts_of(gate: Gate) -> frozenset[str]:
    """Every fact that a gate, its criteria and their guards read, by name."""
    expressions = [
        expression for criterion in gate.criteria for expression in _expressions(criterion)
    ]
    return _facts(expressions) | facts_of_guards(gate)


def checks_of(gate: Gate) -> Iterator[tuple[Criterion, CheckTest]]:
    """Every check that a gate asks for, with its criterion."""
    for criterion in gate.criteria:
        for test in single_tests(criterion):
            if isinstance(test, CheckTest):
                yield criterion, test


def dependencies_of(gate: Gate) -> Iterator[DependencyTest]:
    """Every test of a gate that looks at other projects."""
    for criterion in gate.criteria:
        for test in single_tests(criterion):
            if isinstance(test, DependencyTest) and not test.own:
                yield test


def facts_of_standard(standard: Standard) -> frozenset[str]:
    """Every fact that any gate reads."""
    return frozenset().union(*(facts_of(gate) for gate in standard.gates.values()))


def facts_read(standard: Standard) -> frozenset[str]:
    """Every fact that any expression of the standard reads, those of its predicates too."""
    predicates = _parts(*standard.predicates.values())
    return facts_of_standard(standard) | _facts(
        part.expression for part in predicates if isinstance(part, ExprTest)
    )


def plugins_of_checks(standard: Standard) -> frozenset[str]:
    """The plugins whose checks any gate asks for."""
    return frozenset(
        test.id.partition(".")[0]
        for gate in standard.gates.values()
        for _criterion, test in checks_of(gate)
    )


def _expressions(criterion: Criterion) -> Iterator[Expression]:
    guards = (criterion.when, criterion.unless, criterion.eased, criterion.grandfathered)
    for test in (*single_tests(criterion), *_parts(*guards)):
        if isinstance(test, ExprTest):
            yield test.expression
        elif isinstance(test, DependencyTest) and test.holds is not None:
            yield test.holds


def _parts(*guards: Guard | None) -> Iterator[SchemaTest | ExprTest]:
    for guard in guards:
        yield from guard or ()


def _facts(expressions: Iterator[Expression] | list[Expression]) -> frozenset[str]:
    return frozenset().union(*(expression.facts for expression in expressions))
