"""What a gate's tests would look at outside the record, named before anything is asked (S3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.assess.kinds.dependency import named_projects
from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.model import (
    CheckTest,
    CombinedTest,
    Criterion,
    DependencyTest,
    ExprTest,
    Guard,
    SingleTest,
)

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record


@dataclass(frozen=True, slots=True)
class WantedCheck:
    """A plugin's check that a criterion asks for, with the criterion's own settings for it."""

    criterion: str
    check: str
    settings: JsonObject


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names that somebody must gather before a gate is assessed."""

    facts: frozenset[str]
    checks: tuple[WantedCheck, ...]
    projects: frozenset[str]


def wanted(standard: Standard, gate: str, record: Record) -> Wanted:
    """The facts, checks and other projects that the gate's tests mention on this record.

    Raises:
        UnknownName: the standard has no such gate.
    """
    found = standard.gates.get(gate)
    if found is None:
        raise UnknownName(
            f"{standard.name} has no gate {gate!r}", remedy=did_you_mean(gate, standard.gates)
        )
    facts: set[str] = set()
    checks: dict[tuple[str, str], WantedCheck] = {}
    projects: set[str] = set()
    for criterion in found.criteria:
        for test in _tests(criterion, found):
            if isinstance(test, ExprTest):
                facts.update(test.expression.facts)
            elif isinstance(test, CheckTest):
                key = (criterion.id, test.id)
                checks[key] = WantedCheck(criterion.id, test.id, test.settings)
            elif isinstance(test, DependencyTest) and not test.own:
                projects.update(name for _at, name in named_projects(test, record.value))
                if test.holds is not None:
                    facts.update(test.holds.facts)
    return Wanted(frozenset(facts), tuple(checks.values()), frozenset(projects))


def needs_projects(gate: Gate) -> bool:
    """Whether any criterion of the gate looks at other projects."""
    return any(
        isinstance(test, DependencyTest) and not test.own
        for criterion in gate.criteria
        for test in _tests(criterion, gate)
    )


def _tests(criterion: Criterion, gate: Gate) -> Iterator[SingleTest]:
    if isinstance(criterion.test, CombinedTest):
        yield from criterion.test.tests
    else:
        yield criterion.test
    guards: tuple[Guard | None, ...] = (
        criterion.when,
        criterion.unless,
        criterion.eased,
        criterion.grandfathered,
        gate.eased,
    )
    for guard in guards:
        yield from guard or ()
