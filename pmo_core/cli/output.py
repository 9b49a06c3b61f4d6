"""A run of `check` written out: to a terminal, a pipe or a file, once it is known to be whole."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, TextIO

import click

from pmo_core.office.checking import ASSUMED, SharedIds, checked_lines, must_be_surveyed, survey
from pmo_core.office.lines import Tally, tallied
from pmo_core.render.style import Style

if TYPE_CHECKING:
    from pmo_core.office.checking import Plan, Survey
    from pmo_core.office.lines import Line, Run
    from pmo_core.office.sources import Batch
    from pmo_core.render.formats import Writer

PROGRESS_AFTER = 1.0
PROGRESS_EVERY = 0.25
WIDEST = 80
SPOOL_BUFFER = 1 << 20
NO_WORDS: Mapping[str, str] = MappingProxyType({})


def terminal_style(
    *,
    quiet: bool = False,
    explain: bool = False,
    standard: str = "",
    extra: Mapping[str, str] = NO_WORDS,
    elapsed: Callable[[], float] | None = None,
    next_command: str | None = None,
) -> Style:
    """The style for standard output: 80 columns and colour on a terminal, neither elsewhere.

    `NO_COLOR` takes the colour away, `PMO_ACCESSIBLE` the columns, too.
    """
    on_terminal = sys.stdout.isatty()
    plain = bool(os.environ.get("PMO_ACCESSIBLE"))
    return Style(
        width=WIDEST if on_terminal and not plain else None,
        colour=on_terminal and not plain and "NO_COLOR" not in os.environ,
        plain=plain,
        quiet=quiet,
        explain=explain,
        standard=standard,
        extra=extra,
        elapsed=elapsed,
        next_command=next_command,
    )


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    for line in lines:
        click.echo(line)


def write_run(plan: Plan, batch: Batch, run: Run, writer: Writer, style: Style) -> Tally:
    """Judge the batch and write what comes of it to standard output; the counts of it.

    A batch that was surveyed is written as it is judged. A stream is judged into a temporary
    file, since only its end shows whether ids were shared; then it is copied out, or judged anew.
    """
    out = sys.stdout.buffer
    if must_be_surveyed(plan, batch):
        return _stream(plan, batch, survey(plan, batch), run, writer, style, out)
    from shutil import copyfileobj  # start-up: only for streams
    from tempfile import TemporaryFile

    with TemporaryFile("w+b", SPOOL_BUFFER) as spool:
        try:
            tally = _stream(plan, batch, ASSUMED, run, writer, style, spool)
        except SharedIds as found:
            spool.seek(0)
            spool.truncate()
            known = survey(plan, batch, found.suspects)
            tally = _stream(plan, batch, known, run, writer, style, spool)
        spool.seek(0)
        copyfileobj(spool, out, SPOOL_BUFFER)
    out.flush()
    return tally


def _stream(
    plan: Plan,
    batch: Batch,
    known: Survey,
    run: Run,
    writer: Writer,
    style: Style,
    out: IO[bytes],
) -> Tally:
    tally = Tally()
    lines = tallied(checked_lines(plan, batch, known), tally)
    if sys.stderr.isatty():
        lines = with_progress(lines, tally, sys.stderr)
    for chunk in writer(run, lines, replace(style, tally=tally)):
        out.write(chunk)
    out.flush()
    return tally


def with_progress(
    lines: Iterator[Line],
    tally: Tally,
    screen: TextIO,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Line]:
    """The same lines, with a counter on the screen while the work takes longer than a second."""
    started = shown = clock()
    for line in lines:
        yield line
        now = clock()
        if now - started > PROGRESS_AFTER and now - shown > PROGRESS_EVERY:
            shown = now
            screen.write(f"\r{tally.records:,} records ")
            screen.flush()
    if shown != started:
        screen.write("\r\x1b[K")
        screen.flush()
