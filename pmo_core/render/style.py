"""How a run is to be written: what the place that reads it can show, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.office.lines import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What all writers take; each uses what concerns its format.

    Attributes:
        width: columns of the terminal; None where nothing is to be shortened (a pipe, a file).
        colour: whether text may carry colours; a word always says the same.
        quiet: for text and Markdown: no findings, only the answer, and in text nothing at all
            where every record is ready. What was skipped is told all the same.
        plain: no sign that a screen reader stumbles over, nothing in columns.
        lang: language tag for a standard's own texts.
        extra: words of plugins' reasons, by `CHECK.code`, with `{param}` fields.
        elapsed: seconds since the run began, asked at its end; None leaves the time out.
        tally: where the lines are being counted already; None: the writer counts.
        next_command: the command to try next; `{criterion}`, `{gate}` and `{record}` in it are
            those of the first finding that blocks, and without one it is left out.
    """

    width: int | None = None
    colour: bool = False
    quiet: bool = False
    plain: bool = False
    lang: str = "en"
    extra: Mapping[str, str] = field(default_factory=dict)
    elapsed: Callable[[], float] | None = None
    tally: Tally | None = None
    next_command: str | None = None


USUAL = Style()
