"""Text for people: what blocks, where, in words; then what was counted, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Result
from pmo_core.office.lines import Checked, Tally, Unreadable, tallied
from pmo_core.render import escape
from pmo_core.render.errors import told_without_place
from pmo_core.render.layout import columns, command_lines, wrapped
from pmo_core.render.notes import Notes
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.values import MOST_SHOWN, counted
from pmo_core.render.words import mark_words, word_lines
from pmo_core.standards.model import Force

if TYPE_CHECKING:
    from pmo_core.assessment import Finding
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

MOST_ON_A_TERMINAL = 50
"""Characters of one value where lines are kept short."""

_COLOURS = {"fail": "31;1", "unknown": "33;1", "unreadable": "31;1", "warn": "33", "note": "36"}


def text(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """Each finding that blocks, or warns, as `path:line:column: fail criterion (must)` and words.

    What only has to be counted is in the summary. The last line is the next command, if any.
    """
    writer = _Writer(run, style)
    counting = lines if style.tally is not None else tallied(iter(lines), writer.tally)
    for _record, group in groupby(counting, key=_record_of):
        yield from _encoded(writer.record(list(group)))
    yield from _encoded(writer.end())


def summary(tally: Tally, seconds: float | None = None) -> str:
    """`5 records in 0.2 s: 2 ready, 3 blocked by 9 criteria, 0 unreadable.`"""
    time = "" if seconds is None else f" in {seconds:.1f} s"
    blocked = f"{tally.blocked} blocked"
    if tally.blocking:
        blocked = f"{blocked} by {counted(tally.blocking, 'criterion', 'criteria')}"
    return (
        f"{counted(tally.records, 'record')}{time}: {tally.ready} ready, {blocked}, "
        f"{tally.unreadable} unreadable."
    )


def gate_name(line: Checked) -> str:
    """The gate, and which occurrence of it: `health@2026-11-30`; empty where there is no gate."""
    gate, occurrence = line.assessment.gate, line.assessment.occurrence
    if gate is None:
        return ""
    return f"{gate}@{occurrence}" if occurrence else gate


def strength(finding: Finding) -> str:
    """`must`, and what makes it count otherwise: `must, announced`, `should, eased`."""
    parts = [finding.obligation.value]
    if finding.force is not Force.BINDING:
        parts.append(finding.force.value)
    if finding.eased:
        parts.append("eased")
    return ", ".join(parts)


def _record_of(line: Line) -> int:
    return id(line.record) if isinstance(line, Checked) else id(line)


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    for line in lines:
        yield line.encode("utf-8", "replace") + b"\n"


class _Writer:
    """Makes the lines of one run, and counts what is not shown."""

    __slots__ = (
        "_first",
        "_inapplicable",
        "_notes",
        "_run",
        "_style",
        "_waived",
        "_warnings",
        "tally",
    )

    def __init__(self, run: Run, style: Style) -> None:
        self._run = run
        self._style = style
        self.tally = style.tally if style.tally is not None else Tally()
        self._warnings = self._waived = self._inapplicable = 0
        self._notes = Notes()
        self._first: tuple[str, str, str] | None = None

    def record(self, lines: list[Line]) -> Iterator[str]:
        """What is to be told of one record, at one gate or at several."""
        for line in lines:
            if isinstance(line, Unreadable):
                yield from self._unreadable(line)
            else:
                yield from self._findings(line, several=len(lines) > 1)

    def end(self) -> Iterator[str]:
        """The counts, what was skipped or is to be known, and the next command."""
        style = self._style
        yield summary(self.tally, style.elapsed() if style.elapsed is not None else None)
        if not style.quiet:
            yield from self._counted()
            for told in (*self._notes.unasked(), *self._notes.sentences()):
                yield from self._note(told)
        for mark in self._run.marks:
            yield from self._note(f"{mark_words(mark, extra=style.extra)}.")
        if not style.quiet:
            yield from self._next()

    def _counted(self) -> Iterator[str]:
        also = [counted(self._warnings, "warning")] if self._warnings else []
        noun = True
        for number, what in ((self._waived, "waived"), (self._inapplicable, "not applicable")):
            if number:
                criteria = counted(number, "criterion", "criteria") if noun else str(number)
                also.append(f"{criteria} {what}")
                noun = False
        if also:
            yield f"Also {', '.join(also)}."

    def _next(self) -> Iterator[str]:
        command = self._style.next_command
        if not command or self._first is None:
            return
        for field, value in zip(("criterion", "gate", "record"), self._first, strict=True):
            command = command.replace(f"{{{field}}}", value)
        for line in command_lines(command, self._style.width, "Next: "):
            yield escape.terminal(line)

    def _unreadable(self, line: Unreadable) -> Iterator[str]:
        if self._style.quiet:
            return
        for error in (line.error, *line.error.also):
            where = f"{line.source}:{error.line or line.line}:{error.column or line.column}"
            yield escape.terminal(f"{where}: ") + self._word("unreadable")
            yield from self._lines(told_without_place(error))

    def _findings(self, line: Checked, *, several: bool) -> Iterator[str]:
        gate = gate_name(line)
        at = f" at {gate}" if several and gate else ""
        for finding in line.assessment.findings:
            if finding.effect is Effect.BLOCKS:
                if self._first is None:
                    self._first = (finding.criterion, gate, line.record.id)
                yield from self._finding(line, finding, finding.result.value, at)
            elif finding.effect is Effect.WARNS:
                self._warnings += 1
                yield from self._finding(line, finding, "warn", at)
            elif finding.result is Result.WAIVED:
                self._waived += 1
            elif finding.result is Result.NOT_APPLICABLE:
                self._inapplicable += 1
        self._notes.add(line)

    def _finding(self, line: Checked, finding: Finding, word: str, at: str) -> Iterator[str]:
        style = self._style
        if style.quiet:
            return
        place = position(line, finding)
        told = f" {finding.criterion} ({strength(finding)}){at}"
        yield from self._head(f"{place.source}:{place.line}:{place.column}: ", word, told)
        for told in word_lines(
            finding,
            line.record,
            self._run.standard,
            lang=style.lang,
            extra=style.extra,
            most=MOST_SHOWN if style.width is None else MOST_ON_A_TERMINAL,
        ):
            yield from self._lines(told)

    def _head(self, where: str, word: str, rest: str) -> Iterator[str]:
        """Where, and what it is; on two lines where one would be too wide."""
        start, end = escape.terminal(where) + self._word(word), escape.terminal(rest)
        width = self._style.width
        if width is not None and columns(where) + columns(word) + columns(end) > width:
            yield start
            yield from self._lines(end.strip())
        else:
            yield f"{start}{end}"

    def _note(self, told: str) -> Iterator[str]:
        """Something to know that is no finding."""
        first, *more = wrapped(told, self._style.width, "note: ", "  ")
        yield self._word("note") + escape.terminal(first.removeprefix("note"))
        yield from map(escape.terminal, more)

    def _lines(self, told: str) -> Iterator[str]:
        """Words below the line that says where; never a command of the log they stand in."""
        for part in wrapped(told, self._style.width, "  ", "    "):
            yield escape.terminal(part)

    def _word(self, word: str) -> str:
        colour = _COLOURS.get(word)
        return f"\x1b[{colour}m{word}\x1b[0m" if self._style.colour and colour else word
