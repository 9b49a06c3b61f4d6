"""Markdown for a job summary or a comment: the answer, what blocks, and every record's verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Verdict
from pmo_core.office.lines import Checked, Tally, Unreadable, tallied
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import markdown as safe
from pmo_core.render.escape import markdown_code as code
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.text import gate_name, strength, summary
from pmo_core.render.values import day_in_words
from pmo_core.render.words import mark_words, remedy_words, word_lines
from pmo_core.standards.instants import format_instant

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

MOST_SHOWN = 200
"""Characters of one value in a table's cell."""


def markdown(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """The summary first, hence nothing is written before the last line has come."""
    tally = style.tally if style.tally is not None else Tally()
    counting = lines if style.tally is not None else tallied(iter(lines), tally)
    verdicts: list[str] = []
    findings: dict[str, list[str]] = {"Blocks": [], "Warns": []}
    for line in counting:
        verdicts.append(_verdict(line))
        for heading, row in _rows(run, line, style):
            findings[heading].append(row)
    yield _paragraphs(run, tally, style)
    if style.quiet:
        return
    for heading, rows in findings.items():
        if rows:
            yield from _table(heading, ("Where", "Criterion", "Found", "To do"), rows)
    if verdicts:
        yield from _table("Records", ("Record", "Gate", "Verdict"), verdicts)


def _paragraphs(run: Run, tally: Tally, style: Style) -> bytes:
    seconds = style.elapsed() if style.elapsed is not None else None
    when = day_in_words(format_instant(run.now)) or ""
    told = [f"**{safe(summary(tally, seconds))}**", f"{code(run.standard.name)}, {when}"]
    told += [f"Note: {safe(mark_words(mark, extra=style.extra))}." for mark in run.marks]
    return "".join(f"{one}\n\n" for one in told).encode("utf-8", "replace")


def _table(heading: str, columns: Sequence[str], rows: Sequence[str]) -> Iterator[bytes]:
    yield f"### {heading}\n\n{_row(columns)}{_row(['---'] * len(columns))}".encode()
    for row in rows:
        yield row.encode("utf-8", "replace")
    yield b"\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _verdict(line: Line) -> str:
    if isinstance(line, Unreadable):
        return _row((code(line.source), "", "unreadable"))
    assessment = line.assessment
    verdict = "READY"
    if assessment.verdict is Verdict.BLOCKED:
        verdict = f"BLOCKED by {len(assessment.blocking)}"
    elif assessment.vacuous:
        verdict = "READY (nothing was asked)"
    return _row((code(line.record.id), code(gate_name(line)), verdict))


def _rows(run: Run, line: Line, style: Style) -> Iterator[tuple[str, str]]:
    if isinstance(line, Unreadable):
        for error in (line.error, *line.error.also):
            where = f"{line.source}:{error.line or line.line}:{error.column or line.column}"
            yield "Blocks", _row((code(where), "unreadable", safe(told_without_place(error)), ""))
        return
    for finding in line.assessment.findings:
        if finding.effect is not Effect.NONE:
            heading = "Blocks" if finding.effect is Effect.BLOCKS else "Warns"
            yield heading, _finding(run, line, finding, style)


def _finding(run: Run, line: Checked, finding: Finding, style: Style) -> str:
    place = position(line, finding)
    told = word_lines(
        finding,
        line.record,
        run.standard,
        lang=style.lang,
        extra=style.extra,
        most=MOST_SHOWN,
    )
    return _row(
        (
            code(f"{place.source}:{place.line}:{place.column}"),
            f"{finding.result.value} {code(finding.criterion)} ({strength(finding)})",
            "<br>".join(safe(one) for one in told),
            safe(remedy_words(finding, line.record, run.standard, lang=style.lang)),
        )
    )
