"""What a new office has, where it lies, and what to do first; and what pinning came to."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING, Final

from pmo_core.office.settings import FILE
from pmo_core.render.changes import NOT_WRITTEN
from pmo_core.render.escape import clean, json_lines, terminal
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.values import short

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.office.founding import Founded
    from pmo_core.office.pinning import Pinned
    from pmo_core.office.settings import Pin
    from pmo_core.render.style import Style

FIRST_PROJECT: Final = "first-project"
"""The id in the command that is suggested: to be changed, and good as it is."""

_PARTS: Final = (
    (FILE, "standards, people, plugins", "edit this first"),
    ("projects/", "one YAML file a project", "editors complete and check it"),
    (".pmo/", "ledger (SQLite), JSON Schemas", "keep it in your backups"),
)


def founded_lines(founded: Founded, style: Style, *, dry_run: bool = False) -> Iterator[str]:
    """The answer, the parts of the office, and the next command."""
    pins = (founded.pin, *founded.further)
    told = ", ".join(f"{_named(pin)}, pinned by digest {short(pin.digest)}" for pin in pins)
    noun = "standard" if len(pins) == 1 else "standards"
    would = " would be founded" if dry_run else ""
    yield from lines_of(f"Office {founded.office}{would}: {noun} {told}", style)
    yield from _parts(style)
    yield from lines_of(
        f"Dates end at midnight in {founded.zone}; another zone: 'zone' in {FILE}.", style
    )
    if founded.example is not None:
        yield from lines_of(
            f"To look at and delete: {clean(str(founded.example))}, an example project.", style
        )
    if dry_run:
        yield NOT_WRITTEN
        return
    here = str(founded.folder)
    inside = "" if here == "." else f"cd {quote(here)} && "
    # Not by `command_lines`, which would quote the `&&`.
    yield terminal(clean(f"Next: {inside}pmo project new {FIRST_PROJECT}"))


def _parts(style: Style) -> Iterator[str]:
    if style.plain:
        yield from (f"{part}: {holds}; {then}." for part, holds, then in _PARTS)
        return
    widths = [max(len(row[at]) for row in _PARTS) for at in (0, 1)]
    for part, holds, then in _PARTS:
        yield f"  {part:<{widths[0]}}  {holds:<{widths[1]}}  {then}"


def founded_json(founded: Founded, *, dry_run: bool = False) -> str:
    """The same for programs."""
    value: JsonObject = {
        "office": founded.office,
        "title": founded.title,
        "zone": founded.zone,
        "folder": str(founded.folder),
        "standards": [str(pin) for pin in (founded.pin, *founded.further)],
        "example": None if founded.example is None else str(founded.example),
        "written": not dry_run,
    }
    return json_lines(value)


def pinned_lines(pinned: Pinned, style: Style, *, dry_run: bool) -> Iterator[str]:
    """What was pinned and where, and which new projects follow it."""
    pin = pinned.pin
    if pinned.already:
        yield from lines_of(
            f"{_named(pin)} is pinned already, by digest {short(pin.digest)}; nothing was done.",
            style,
        )
    elif pinned.line is None:
        would = "would be" if dry_run else "is"
        yield from lines_of(
            f"{_named(pin)} {would} kept. Its pin is yours to add: the list in {FILE} is not "
            "written with a line for each. Put this into 'standards':",
            style,
        )
        yield f"  {pin}"
    else:
        would = "would be pinned" if dry_run else "pinned"
        yield from lines_of(
            f"{_named(pin)} {would} by digest {short(pin.digest)}, {FILE} line {pinned.line}.",
            style,
        )
    if not pinned.already:
        yield from lines_of(_followers(pinned), style)
    if dry_run:
        yield NOT_WRITTEN
        return
    named = "" if pinned.first else f" --standard {pin.id if pinned.newest else _named(pin)}"
    yield from command_lines(f"pmo project new {FIRST_PROJECT}{named}", style.width, "Next: ")


def pinned_json(pinned: Pinned, *, dry_run: bool) -> str:
    """The same for programs."""
    value: JsonObject = {
        "pin": str(pinned.pin),
        "already": pinned.already,
        "line": pinned.line,
        "newest": pinned.newest,
        "first": pinned.first,
        "written": pinned.written,
    }
    return json_lines(value)


def _followers(pinned: Pinned) -> str:
    stay = "projects that are there stay as they are"
    name = pinned.pin.id
    if pinned.first:
        return f"New projects follow it unless they name another; {stay}."
    if pinned.newest:
        return f"New projects that name {name} follow it; {stay}."
    return f"New projects follow it that name {_named(pinned.pin)}; {stay}."


def _named(pin: Pin) -> str:
    return f"{pin.id}@{pin.version}"
