"""JUnit XML: a test suite for each record at a gate, a test case for each criterion.

What blocks is a failure, of type `fail` or `unknown`; what warns, is waived or does not apply is
skipped, with the reason; a source that could not be read is an error. Times are zero and the
timestamp is the run's, so that the same run gives the same bytes. Both common schemas hold (Ant's
and Jenkins'); hence a suite's empty `system-out` and `system-err`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Result
from pmo_core.office.lines import Checked, Unreadable
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import xml
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.text import gate_name, strength
from pmo_core.render.words import mark_words, words

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style


def junit(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """One XML document, a suite at a time."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    properties = _properties(run, style)
    for number, line in enumerate(lines):
        suite = _checked(run, line, style) if isinstance(line, Checked) else _unreadable(line)
        yield suite.document(run, number, properties)
    yield b"</testsuites>\n"


class _Suite:
    """The cases of one line, and how many of them came out how."""

    __slots__ = ("cases", "counts", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[str] = []
        self.counts = {"failure": 0, "error": 0, "skipped": 0}

    def case(self, group: str, name: str, outcome: str = "") -> None:
        """Add a case; `outcome` is the element inside it."""
        head = f'    <testcase classname="{xml(group)}" name="{xml(name)}" time="0"'
        self.cases.append(f"{head}>{outcome}</testcase>\n" if outcome else f"{head}/>\n")

    def outcome(self, element: str, kind: str, message: str, body: str) -> str:
        """A `failure`, `error` or `skipped`, counted."""
        self.counts[element] += 1
        typed = "" if element == "skipped" else f' type="{xml(kind)}"'
        return f'<{element}{typed} message="{xml(message)}">{xml(body)}</{element}>'

    def document(self, run: Run, number: int, properties: str) -> bytes:
        """The suite as XML."""
        counts = self.counts
        head = (
            f'  <testsuite name="{xml(self.name) or "record"}" package="{xml(run.standard.name)}" '
            f'id="{number}" timestamp="{run.now:%Y-%m-%dT%H:%M:%S}" hostname="localhost" '
            f'tests="{len(self.cases)}" failures="{counts["failure"]}" '
            f'errors="{counts["error"]}" skipped="{counts["skipped"]}" time="0">\n'
        )
        tail = "    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n"
        return f"{head}{properties}{''.join(self.cases)}{tail}".encode("utf-8", "replace")


def _properties(run: Run, style: Style) -> str:
    told = [("standard", run.standard.name)]
    told += [("mark", mark_words(mark, extra=style.extra)) for mark in run.marks]
    inner = "".join(
        f'      <property name="{xml(name)}" value="{xml(value)}"/>\n' for name, value in told
    )
    return f"    <properties>\n{inner}    </properties>\n"


def _checked(run: Run, line: Checked, style: Style) -> _Suite:
    gate = gate_name(line)
    suite = _Suite(f"{line.record.id} at {gate}" if gate else line.record.id)
    for finding in line.assessment.findings:
        suite.case(line.record.id, finding.criterion, _outcome(run, line, finding, suite, style))
    return suite


def _outcome(run: Run, line: Checked, finding: Finding, suite: _Suite, style: Style) -> str:
    quietly = finding.effect is Effect.NONE
    if quietly and finding.result is Result.PASS:
        return ""
    told = words(finding, line.record, run.standard, lang=style.lang, extra=style.extra)
    if finding.effect is Effect.BLOCKS:
        place = position(line, finding)
        where = f"{place.source}:{place.line}:{place.column}"
        body = f"{where}: {finding.result.value} {finding.criterion} ({strength(finding)})"
        return suite.outcome("failure", finding.result.value, told, f"{body}: {told}")
    came_to = finding.result.value if quietly else f"warn: {finding.result.value}"
    return suite.outcome("skipped", "", f"{came_to} ({strength(finding)}): {told}", "")


def _unreadable(line: Unreadable) -> _Suite:
    suite = _Suite(line.source)
    told = told_without_place(line.error)
    where = f"{line.source}:{line.error.line or line.line}:{line.error.column or line.column}"
    suite.case(
        line.source, "readable", suite.outcome("error", line.error.kind, told, f"{where}: {told}")
    )
    return suite
