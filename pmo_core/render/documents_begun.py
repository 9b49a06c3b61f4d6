"""The templates of a standard as a list, and what writing one came to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from shlex import quote
from typing import TYPE_CHECKING, Final

from pmo_core.documents import resolve
from pmo_core.render.changes import NOT_WRITTEN
from pmo_core.render.escape import json_lines
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.listing import Column, Listing, cell
from pmo_core.render.templates import EMPTY, NONE, NOT_THERE
from pmo_core.render.values import counted, in_language, one_line
from pmo_core.standards.templates import templates_of

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import State
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Standard

COLUMNS: Final = (
    Column("template", "TEMPLATE"),
    Column("title", "TITLE"),
    Column("responsible", "RESPONSIBLE"),
    Column("states", "STATES", usual=False),
    Column("state", "STATE"),
    Column("file", "FILE"),
)
NO_TEMPLATES: Final = "The standard has no templates."

_GAP: Final = re.compile(rf": (?:{NOT_THERE}|{NONE}|{EMPTY})\]")


def templates_listing(standard: Standard, state: State | None, files: Mapping[str, str]) -> Listing:
    """A row for each template of a standard, in its order.

    Args:
        state: of a project, whose artefacts' states are told; None: of none.
        files: name of a template -> the document that has been begun from it.
    """
    rows = []
    for name in templates_of(standard):
        artefact = standard.artefacts.get(name)
        role = None if artefact is None else artefact.responsible or artefact.accountable
        states: list[Json] = [] if artefact is None else list(artefact.states)
        rows.append(
            (
                cell(name),
                cell("" if artefact is None else one_line(in_language(artefact.title, "en"))),
                cell(role),
                cell(states, " -> ".join(map(str, states))),
                cell(None if state is None else state_of(standard, state, name)),
                cell(files.get(name)),
            )
        )
    return Listing(COLUMNS, tuple(rows))


def state_of(standard: Standard, state: State, artefact: str) -> str | None:
    """The state in which a project's record has an artefact; None where it is not there."""
    known = resolve(state.record, f"{standard.binding.artefacts}/{artefact}/state", None)
    return known if isinstance(known, str) else None


def begun_lines(
    standard: Standard,
    state: State,
    name: str,
    path: str,
    text: str,
    style: Style,
    *,
    dry_run: bool,
) -> Iterator[str]:
    """Where the document is, how much of it the record could not fill in, and what comes next."""
    would = "Would write" if dry_run else "Wrote"
    yield from lines_of(
        f"{would} {path}, filled in from version {state.version} of {state.project}.", style
    )
    lacking = gaps(text)
    if lacking:
        places = counted(lacking, "place")
        verb = "waits" if lacking == 1 else "wait"
        yield from lines_of(
            f"{places} {verb} for what the record does not have: look for '{NOT_THERE}', "
            f"'{NONE}' and '{EMPTY}'.",
            style,
        )
    if dry_run:
        yield NOT_WRITTEN
        return
    artefact = standard.artefacts.get(name)
    if artefact is not None and state_of(standard, state, name) is None:
        command = (
            f"pmo project artefact {quote(state.project)} {quote(name)} "
            f"{quote(artefact.states[0])} --evidence {quote(path)}"
        )
        yield from command_lines(command, style.width, "Next: ")


def begun_json(state: State, name: str, path: str, text: str, *, written: bool) -> str:
    """The same for programs."""
    value: JsonObject = {
        "project": state.project,
        "version": state.version,
        "template": name,
        "file": path,
        "gaps": gaps(text),
        "written": written,
    }
    return json_lines(value)


def gaps(text: str) -> int:
    """How many places of a filled template the record could not fill."""
    return len(_GAP.findall(text))
