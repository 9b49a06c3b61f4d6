"""GitHub's workflow commands: an annotation for each finding, at its line in the pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect
from pmo_core.documents import Place
from pmo_core.office.lines import Unreadable
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import github_property, github_text
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.words import mark_words, words

if TYPE_CHECKING:
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

_COMMANDS = {Effect.BLOCKS: "error", Effect.WARNS: "warning"}


def github(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """`::error` for what blocks, `::warning` for what warns, `::notice` for what was skipped.

    GitHub shows ten of each in a step; the Markdown summary has them all.
    """
    for line in lines:
        if isinstance(line, Unreadable):
            for error in (line.error, *line.error.also):
                place = Place(line.source, error.line or line.line, error.column or line.column)
                yield _annotation("error", "unreadable", told_without_place(error), place)
            continue
        for finding in line.assessment.findings:
            command = _COMMANDS.get(finding.effect)
            if command is None:
                continue
            told = words(finding, line.record, run.standard, lang=style.lang, extra=style.extra)
            yield _annotation(command, finding.criterion, told, position(line, finding))
    for mark in run.marks:
        told = mark_words(mark, extra=style.extra)
        yield _annotation("notice", mark.code, told)


def _annotation(command: str, title: str, message: str, place: Place | None = None) -> bytes:
    properties = (
        {}
        if place is None
        else {
            "file": place.source.replace("\\", "/"),
            "line": str(place.line),
            "col": str(place.column),
        }
    )
    told = ",".join(
        f"{name}={github_property(value)}" for name, value in {**properties, "title": title}.items()
    )
    return f"::{command} {told}::{github_text(message)}\n".encode("utf-8", "replace")
