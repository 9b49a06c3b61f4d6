"""What lint and golden projects found, in words. The first line is the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.render.escape import terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.words import word_lines
from pmo_core.trial.lint.rule import Severity

if TYPE_CHECKING:
    from pmo_core.documents import Place
    from pmo_core.trial.coverage import Coverage
    from pmo_core.trial.golden import Difference, GoldenResult
    from pmo_core.trial.lint import LintFinding

WIDTH = 80
_MISSING_SHOWN = 20


def lint_lines(findings: Sequence[LintFinding]) -> list[str]:
    """Lines for people: how much was found, then each finding with what to do about it."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return ["Nothing found: no errors, no warnings."]
    lines = [f"{_count(errors, 'error')}, {_count(warnings, 'warning')}."]
    for finding in findings:
        lines.append(f"{_at(finding.place)}: {finding.severity} {finding.rule}")
        said = f"{_sentence(finding.message)} {_sentence(finding.remedy)}"
        lines += wrapped(said, WIDTH, "  ")
    lines.append(f"Why, and an example: pmo standard lint --explain {findings[0].rule}")
    return [terminal(line) for line in lines]


def golden_lines(results: Sequence[GoldenResult], coverage: Coverage) -> list[str]:
    """Lines for people: how many pass, what differs in the others, what none of them shows."""
    failed = [result for result in results if not result.passed]
    passed = len(results) - len(failed)
    lines = [f"{_count(len(results), 'golden project')}: {passed} pass, {len(failed)} differ."]
    for result in failed:
        lines += difference_lines(result)
    lines += coverage_lines(coverage)
    return [terminal(line) for line in lines]


def difference_lines(result: GoldenResult) -> list[str]:
    """What differs in one golden project: its title, then a line a difference, with the reasons."""
    lines = [f"{result.golden.document.name}: {result.golden.title}"]
    for difference in result.differences:
        lines.append(f"  {_at(difference.place)}")
        lines += wrapped(_difference(difference), WIDTH, "    ")
        for reason in _reasons(result, difference):
            lines += wrapped(reason, WIDTH, "      ", "        ")
    return [terminal(line) for line in lines]


def coverage_lines(coverage: Coverage) -> list[str]:
    """How many of the results that golden projects should show they do show, and which not."""
    missing = coverage.missing
    lines = [f"Coverage: {coverage.reached} of {coverage.total} results of criteria are shown."]
    for one in missing[:_MISSING_SHOWN]:
        lines.append(f"  never {one.result}: {one.criterion} at {one.gate}")
    if len(missing) > _MISSING_SHOWN:
        lines.append(f"  and {len(missing) - _MISSING_SHOWN} more")
    return lines


def _difference(difference: Difference) -> str:
    expected, found = ", ".join(difference.expected), ", ".join(difference.found)
    name = difference.criterion
    match difference.code:
        case "verdict":
            return f"the verdict is {found}, expected {expected}"
        case "entry":
            return f"the entry verdict is {found}, expected {expected}"
        case "unnamed":
            return f"{name} is {found}, and the file does not name it"
        case "no-finding":
            return f"the gate has no finding {name}, expected {expected}"
        case "codes":
            return f"{name} has the reasons {found or 'none'}; expected among them {expected}"
        case "at":
            return f"{name} points at {found or 'nothing'}; expected among them {expected}"
    return f"{name} is {found}, expected {expected}"


def _reasons(result: GoldenResult, difference: Difference) -> Iterator[str]:
    for finding in result.assessment.findings:
        if finding.criterion == difference.criterion and difference.code in ("result", "unnamed"):
            yield from word_lines(
                finding, result.assessment.record, standard=result.assessment.standard
            )


def _at(place: Place) -> str:
    return f"{place.source}:{place.line}:{place.column}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
