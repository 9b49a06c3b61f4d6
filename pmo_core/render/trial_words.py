"""What lint and golden projects found, in words. The first line is the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.office.hints import unknown
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import json_lines, terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.page import page_lines
from pmo_core.render.style import USUAL, Style
from pmo_core.render.table import table
from pmo_core.render.words import word_lines
from pmo_core.trial.lint.engine import explain_rule
from pmo_core.trial.lint.engine import rules as all_rules
from pmo_core.trial.lint.rule import Severity

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject, Place
    from pmo_core.standards.model import Standard
    from pmo_core.trial.coverage import Coverage
    from pmo_core.trial.golden import BrokenGolden, Difference, GoldenResult
    from pmo_core.trial.lint import LintFinding
    from pmo_core.trial.lint.rule import Rule

_MISSING_SHOWN = 20


def lint_lines(findings: Sequence[LintFinding], style: Style = USUAL) -> list[str]:
    """Lines for people: how much was found, then each finding with what to do about it."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return ["Nothing found: no errors, no warnings."]
    lines = [f"{_count(errors, 'error')}, {_count(warnings, 'warning')}."]
    for finding in findings:
        head = f"{_at(finding.place)}: {finding.severity} {finding.rule}"
        lines += wrapped(head, style.prose, "", "  ")
        said = f"{_sentence(finding.message)} {_sentence(finding.remedy)}"
        lines += wrapped(said, style.prose, "  ")
    lines.append(f"Why, and an example: pmo standard lint --explain {findings[0].rule}")
    return [terminal(line) for line in lines]


def lint_json(standard: Standard, findings: Sequence[LintFinding]) -> str:
    """`{standard, findings}`, each finding with its rule, severity, place, words and remedy."""
    return _json({"standard": standard.name, "findings": [dict(one.as_json()) for one in findings]})


def rules_table(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    """A table of lint's rules."""
    rows = [(one.id, one.severity.value, one.category) for one in rules]
    yield from table(("RULE", "SEVERITY", "ABOUT"), rows, style)
    yield f"{_count(len(rows), 'rule')}. One of them: pmo standard lint --explain {rows[0][0]}"


def rules_json(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    """`{rules}`, each with its id, severity and category."""
    told: list[Json] = [
        {"rule": one.id, "severity": one.severity.value, "category": one.category} for one in rules
    ]
    yield _json({"rules": told})


def rule_page(rule: str, style: Style) -> Iterator[str]:
    """The page of a rule.

    Raises:
        UnknownName: lint has no such rule.
    """
    return page_lines(_page(rule), style.prose)


def rule_json(rule: str, style: Style) -> Iterator[str]:
    """`{rule, page}`, the page in Markdown.

    Raises:
        UnknownName: lint has no such rule.
    """
    yield _json({"rule": rule, "page": _page(rule)})


def _page(rule: str) -> str:
    known = [one.id for one in all_rules()]
    if rule not in known:
        listing = "All rules: pmo standard lint --rules"
        raise unknown(f"lint has no rule {rule!r}", rule, known, listing)
    return explain_rule(rule)


def golden_json(
    standard: Standard,
    results: Sequence[GoldenResult],
    coverage: Coverage,
    broken: Sequence[BrokenGolden] = (),
) -> str:
    """`{standard, projects, coverage}`: what differs in each project, and what none shows.

    A golden file that cannot be used has `errors` in place of all that could only be said of one
    that can.
    """
    missing: list[Json] = [
        {"gate": one.gate, "criterion": one.criterion, "result": one.result.value}
        for one in coverage.missing
    ]
    return _json(
        {
            "standard": standard.name,
            "projects": [
                *(_project(one) for one in results),
                *(_broken_project(one) for one in broken),
            ],
            "coverage": {
                "reached": coverage.reached,
                "total": coverage.total,
                "missing": missing,
            },
        }
    )


def golden_lines(
    results: Sequence[GoldenResult],
    coverage: Coverage,
    style: Style = USUAL,
    broken: Sequence[BrokenGolden] = (),
) -> list[str]:
    """Lines for people: how many pass, what differs in the others, what none of them shows."""
    failed = [result for result in results if not result.passed]
    passed = len(results) - len(failed)
    if not results and not broken:
        return ["No golden projects: add some as golden/NAME.yaml in the standard's folder."]
    total = _count(len(results) + len(broken), "golden project")
    unusable = f", {len(broken)} cannot be used" if broken else ""
    lines = [f"{total}: {passed} pass, {len(failed)} differ{unusable}."]
    for result in failed:
        lines += difference_lines(result, style)
    for one in broken:
        lines += wrapped(f"{one.name}: cannot be used", style.prose, "", "  ")
        for error in (one.error, *one.error.also):
            lines.append(f"  {error.place}")
            lines += wrapped(told_without_place(error), style.prose, "    ")
    lines += coverage_lines(coverage, style)
    return [terminal(line) for line in lines]


def difference_lines(result: GoldenResult, style: Style = USUAL) -> list[str]:
    """What differs in one golden project: its title, then a line a difference, with the reasons."""
    head = f"{result.golden.document.name}: {result.golden.title}"
    lines = wrapped(head, style.prose, "", "  ")
    for difference in result.differences:
        lines.append(f"  {_at(difference.place)}")
        lines += wrapped(_difference(difference), style.prose, "    ")
        for reason in _reasons(result, difference):
            lines += wrapped(reason, style.prose, "      ", "        ")
    return [terminal(line) for line in lines]


def coverage_lines(coverage: Coverage, style: Style = USUAL) -> list[str]:
    """How many of the results that golden projects should show they do show, and which not."""
    missing = coverage.missing
    lines = [f"Coverage: {coverage.reached} of {coverage.total} results of criteria are shown."]
    for one in missing[:_MISSING_SHOWN]:
        told = f"never {one.result}: {one.criterion} at {one.gate}"
        lines += wrapped(told, style.prose, "  ", "    ")
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


def _project(result: GoldenResult) -> JsonObject:
    return {
        "file": result.golden.document.name,
        "title": result.golden.title,
        "gate": result.golden.gate,
        "passed": result.passed,
        "differences": [
            {
                "code": one.code,
                "criterion": one.criterion,
                "expected": [*one.expected],
                "found": [*one.found],
                "line": one.place.line,
                "column": one.place.column,
            }
            for one in result.differences
        ],
    }


def _broken_project(broken: BrokenGolden) -> JsonObject:
    errors = (broken.error, *broken.error.also)
    return {
        "file": broken.name,
        "passed": False,
        "errors": [dict(error.as_json()) for error in errors],
    }


def _json(value: JsonObject) -> str:
    return json_lines(value)


def _at(place: Place) -> str:
    return f"{place.source}:{place.line}:{place.column}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
