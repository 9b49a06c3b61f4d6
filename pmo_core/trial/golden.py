"""Golden projects, run: does a standard still find what its authors expect of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Result
from pmo_core.assessment.judge import assess
from pmo_core.documents import join_pointer
from pmo_core.errors import InvalidDocument, InvalidStandard, UnknownName
from pmo_core.standards.faults import Fault, raise_all
from pmo_core.standards.record import checked_record
from pmo_core.trial.golden_file import Expected, Golden, golden_paths, read_golden

if TYPE_CHECKING:
    from pmo_core.assessment.findings import Assessment, Finding
    from pmo_core.documents import Place
    from pmo_core.standards.model import Standard

GOOD = frozenset({Result.PASS, Result.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than a golden project says.

    Attributes:
        code: `verdict`, `entry`, `result`, `unnamed` (a finding that is neither pass nor
            not-applicable, and that the file does not name), `no-finding`, and, where the result
            is right, `codes` and `at`: not all of those named are among its reasons.
        criterion: the finding's; empty for the two verdicts.
        expected, found: words, sorted.
        place: where the golden file says it, or should.
    """

    code: str
    criterion: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class GoldenResult:
    """What came of one golden project."""

    golden: Golden
    assessment: Assessment
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the file says."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class BrokenGolden:
    """A golden file that cannot be used: its name as people know it, and what is wrong in it."""

    name: str
    error: InvalidStandard


def try_goldens(
    standard: Standard, files: Mapping[str, bytes], where: str = ""
) -> tuple[tuple[GoldenResult, ...], tuple[BrokenGolden, ...]]:
    """All golden projects of a package, in the order of their paths; and those that are broken.

    Args:
        files: the package's files, by path within it.
        where: the package's folder as people know it, for messages.
    """
    results: list[GoldenResult] = []
    broken: list[BrokenGolden] = []
    for path in golden_paths(files):
        try:
            results.append(run_golden(standard, read_golden(standard, files, path, where)))
        except InvalidStandard as error:
            broken.append(BrokenGolden(f"{where}/{path}" if where else path, error))
    return tuple(results), tuple(broken)


def run_goldens(
    standard: Standard, files: Mapping[str, bytes], where: str = ""
) -> tuple[GoldenResult, ...]:
    """All golden projects of a package, where each can be used; arguments as of `try_goldens`.

    Raises:
        InvalidStandard: a golden file cannot be used; further ones in `also`.
    """
    results, broken = try_goldens(standard, files, where)
    errors = [error for one in broken for error in (one.error, *one.error.also)]
    if errors:
        first, *others = errors
        first.also = tuple(others)
        raise first
    return results


def run_golden(standard: Standard, golden: Golden) -> GoldenResult:
    """One golden project, assessed and compared.

    Every finding counts, whatever its obligation, `record` and `claim` too: one that the file
    does not name must be pass or not-applicable.

    Raises:
        InvalidStandard: its record is beyond the limits, or has no such occurrence.
    """
    try:
        record = checked_record(standard, golden.record, golden.path)
        found = assess(
            standard,
            golden.gate,
            record,
            now=golden.now,
            inputs=golden.inputs,
            occurrence=golden.occurrence,
        )
    except (InvalidDocument, UnknownName) as error:
        at = "/record" if isinstance(error, InvalidDocument) else "/occurrence"
        raise_all(golden.document, [Fault(at, error.message, error.remedy)])
        raise
    return GoldenResult(golden, found, tuple(_differences(golden, found)))


def _differences(golden: Golden, found: Assessment) -> Iterator[Difference]:
    if found.verdict != golden.verdict:
        place = golden.document.place("/expect/verdict")
        yield Difference("verdict", "", (golden.verdict,), (found.verdict.value,), place)
    if golden.entry is not None and found.entry != golden.entry:
        place = golden.document.place("/expect/entry")
        yield Difference("entry", "", (golden.entry,), (found.entry.value,), place)
    for finding in found.findings:
        place = golden.document.place(join_pointer(("expect", "findings", finding.criterion)))
        expected = golden.findings.get(finding.criterion)
        if expected is not None:
            yield from _from_expected(expected, finding, place)
        elif finding.result not in GOOD:
            good, result = Result.PASS.value, finding.result.value
            yield Difference("unnamed", finding.criterion, (good,), (result,), place)
    known = {finding.criterion for finding in found.findings}
    for name in (name for name in golden.findings if name not in known):
        place = golden.document.place(join_pointer(("expect", "findings", name)))
        yield Difference("no-finding", name, (golden.findings[name].result,), (), place)


def _from_expected(expected: Expected, finding: Finding, place: Place) -> Iterator[Difference]:
    if finding.result != expected.result:
        result = finding.result.value
        yield Difference("result", finding.criterion, (expected.result,), (result,), place)
        return
    codes = {reason.code for reason in finding.reasons}
    places = {reason.pointer for reason in finding.reasons if reason.pointer is not None}
    for code, wanted, found in (("codes", expected.codes, codes), ("at", expected.at, places)):
        if not found.issuperset(wanted):
            named, there = tuple(sorted(wanted)), tuple(sorted(found))
            yield Difference(code, finding.criterion, named, there, place)
