"""A project that was taken in: where it stands now, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

from pmo_core.governance.events import ENTERED
from pmo_core.render.changes import NOT_WRITTEN, verdict_words
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.projects import phase_text
from pmo_core.render.values import counted, listed

if TYPE_CHECKING:
    from pmo_core.office.acts import Done
    from pmo_core.office.standings import Standing
    from pmo_core.render.style import Style


def new_lines(done: Done, file: str | None, style: Style) -> Iterator[str]:
    """`street-works: version 1, phase initiating; wrote projects/street-works.yaml ...`.

    Args:
        file: the file that was written for it, from the office's folder; None for none.
    """
    if done.repeated:
        told = f"registered before under this key, at version {done.after.version}"
        yield from lines_of(f"{done.project}: {told}. {NOT_WRITTEN}", style)
        return
    would = "" if done.written else "would be "
    told = f"{done.project}: {would}version {done.after.version}, {phase_words(done)}"
    attested = _attested(done)
    if attested is not None:
        told += f"; {attested}"
    gates = listed(one.key for one in done.now)
    if file is not None:
        asks = f" with what {gates} asks for, each field explained by a comment" if gates else ""
        told += f"; wrote {file}{asks}"
    yield from lines_of(f"{told}.", style)
    if file is None:
        for one in done.now:
            yield from lines_of(f"{one.key}: {verdict_words(one)}.", style)
    if not done.written:
        yield NOT_WRITTEN
    else:
        yield from _next(done.project, done.now, style)


def phase_words(done: Done) -> str:
    """`phase initiating`; with the tracks where there are several."""
    phases = done.after.phases
    if not phases:
        return "no phases"
    return f"phase {phase_text(phases)}" if len(phases) == 1 else phase_text(phases)


def _attested(done: Done) -> str | None:
    """What an entry at a later phase counts on."""
    for event in done.events:
        gates = event.payload.get("attested")
        if event.name == ENTERED and isinstance(gates, list):
            return f"{counted(len(gates), 'gate')} before it attested, not decided"
    return None


def _next(project: str, standings: tuple[Standing, ...], style: Style) -> Iterator[str]:
    if standings:
        gate = f" --gate {quote(standings[0].key)}" if len(standings) > 1 else ""
        command = f"pmo gate explain {quote(project)}{gate}"
    else:
        command = f"pmo project show {quote(project)}"
    yield from command_lines(command, style.width, "Next: ")
