"""What golden projects exercise: each criterion seen to pass, to fail, to be unknown.

A criterion that no golden project fails could be changed into one that never fails, and no test
would say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Result
from pmo_core.standards.model import CombinedTest, SchemaTest

if TYPE_CHECKING:
    from pmo_core.standards.model import Criterion, Standard
    from pmo_core.trial.golden import GoldenResult

ORDER = (Result.PASS, Result.FAIL, Result.UNKNOWN, Result.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A result that no golden project shows of a criterion at a gate."""

    gate: str
    criterion: str
    result: Result


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the golden projects of a standard show of its criteria, gate by gate.

    Attributes:
        demanded: by (gate, criterion), the results that golden projects should show.
        seen: by (gate, criterion), the results that they do show.
    """

    demanded: Mapping[tuple[str, str], tuple[Result, ...]]
    seen: Mapping[tuple[str, str], frozenset[Result]]

    @property
    def missing(self) -> tuple[Uncovered, ...]:
        """What is demanded and not seen, in file order."""
        return tuple(
            Uncovered(gate, criterion, result)
            for (gate, criterion), results in self.demanded.items()
            for result in results
            if result not in self.seen.get((gate, criterion), ())
        )

    @property
    def total(self) -> int:
        """How many results are demanded in all."""
        return sum(len(results) for results in self.demanded.values())

    @property
    def reached(self) -> int:
        """How many of them are seen."""
        return self.total - len(self.missing)


def coverage(standard: Standard, runs: Iterable[GoldenResult]) -> Coverage:
    """Which results the golden projects show, and which they should.

    Of each criterion at each gate: pass and fail; unknown, save where its test is nothing but
    schemas, which never are; not-applicable where it has a `when` or `unless`. What counts as
    seen is what was found, whether or not the golden project expected it.
    """
    seen: dict[tuple[str, str], set[Result]] = {}
    for run in runs:
        for finding in run.assessment.findings:
            key = (run.golden.gate, finding.criterion)
            seen.setdefault(key, set()).add(finding.was or finding.result)
    demanded = {
        (gate.id, criterion.id): _demanded(criterion)
        for gate in standard.gates.values()
        for criterion in gate.criteria
    }
    return Coverage(demanded, {key: frozenset(results) for key, results in seen.items()})


def _demanded(criterion: Criterion) -> tuple[Result, ...]:
    leave_out = set()
    if not _can_be_unknown(criterion):
        leave_out.add(Result.UNKNOWN)
    if criterion.when is None and criterion.unless is None:
        leave_out.add(Result.NOT_APPLICABLE)
    return tuple(result for result in ORDER if result not in leave_out)


def _can_be_unknown(criterion: Criterion) -> bool:
    test = criterion.test
    tests = test.tests if isinstance(test, CombinedTest) else (test,)
    return not all(isinstance(one, SchemaTest) for one in tests)
