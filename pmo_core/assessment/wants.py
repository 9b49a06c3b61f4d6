"""What a gate's tests would look at outside the record, named before anything is asked (S3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.assessment.kinds.dependency import named_projects
from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.looks import checks_of, dependencies_of, facts_of

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.standards.model import Criterion, Standard
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


def wanted(
    standard: Standard, gate: str, record: Record, extra: tuple[Criterion, ...] = ()
) -> Wanted:
    """The facts, checks and other projects that the gate's tests mention on this record.

    Args:
        extra: criteria that a decision added at the gate for this project (S3.2).

    Raises:
        UnknownName: the standard has no such gate.
    """
    found = standard.gates.get(gate)
    if found is None:
        raise UnknownName(
            f"{standard.name} has no gate {gate!r}", remedy=did_you_mean(gate, standard.gates)
        )
    found = found._replace(criteria=(*found.criteria, *extra))
    checks = {
        (criterion.id, test.id): WantedCheck(criterion.id, test.id, test.settings)
        for criterion, test in checks_of(found)
    }
    projects = frozenset(
        name for test in dependencies_of(found) for _at, name in named_projects(test, record.value)
    )
    return Wanted(facts_of(found), tuple(checks.values()), projects)
