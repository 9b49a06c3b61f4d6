"""How a run is to be written: what the place that reads it can show, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.office.lines import Tally
    from pmo_core.standards.model import Standard

PAGE = 80
"""Columns of running text where nobody says how wide the place is that reads it."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What all writers take; each uses what concerns its format.

    Attributes:
        width: columns of the terminal; None where nothing is to be shortened (a pipe, a file).
        colour: whether text may carry colours; a word always says the same.
        quiet: for text and Markdown: no findings, only the counts, and what was skipped.
        plain: no sign that a screen reader stumbles over, nothing in columns.
        lang: language tag for a standard's own texts.
        explain: for the JSON formats: each blocked line says who can act, and what would free it.
        standard: the standard as the caller named it, for commands that are suggested; empty: its
            id will do.
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
    explain: bool = False
    standard: str = ""
    lang: str = "en"
    extra: Mapping[str, str] = field(default_factory=dict)
    elapsed: Callable[[], float] | None = None
    tally: Tally | None = None
    next_command: str | None = None

    @property
    def prose(self) -> int | None:
        """Where running text breaks: in a pipe too, but not for a screen reader."""
        return self.width or (None if self.plain else PAGE)

    def called(self, standard: Standard) -> str:
        """The standard, as a word of a command that is suggested."""
        from shlex import quote  # start-up: only where a command is suggested

        return quote(self.standard or standard.id)


USUAL = Style()
