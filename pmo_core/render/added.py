"""What became of many records: how many were added, changed, left as they are, or unreadable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.render.changes import NOT_WRITTEN, changed_words
from pmo_core.render.errors import error_fields, error_lines
from pmo_core.render.escape import json_lines
from pmo_core.render.layout import lines_of
from pmo_core.render.projects import phase_text
from pmo_core.render.values import counted

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.office.acts import Done
    from pmo_core.office.adding import Added
    from pmo_core.render.style import Style

MOST_LINES = 20
"""Projects that are told one by one; of more there is only the sum."""


def added_lines(added: Sequence[Added], seconds: float, style: Style) -> Iterator[str]:
    """The sum first; then what could not be taken in, and, of few, what became of each."""
    yield from lines_of(_sum(added, seconds), style)
    for one in added:
        if one.error is not None:
            yield from error_lines(one.error, style.width)
    happened = [one for one in added if one.done is not None and one.done.events]
    if len(happened) <= MOST_LINES:
        for one in happened:
            yield from lines_of(_line(one), style, "  ", "    ")
    if any(one.done is not None and not one.done.written for one in happened):
        yield NOT_WRITTEN
    elif happened:
        yield "Next: pmo project list"


def _sum(added: Sequence[Added], seconds: float) -> str:
    done = [one for one in added if one.done is not None]
    new = sum(one.is_new for one in done)
    changed = sum(bool(one.done and one.done.events) and not one.is_new for one in done)
    told = [
        f"{new} added",
        f"{changed} changed",
        f"{len(done) - new - changed} unchanged",
        f"{len(added) - len(done)} not taken in",
    ]
    trying = any(one.events and not one.written and not one.repeated for one in map(_done, done))
    would = "would be " if trying else ""
    return f"{counted(len(added), 'record')} in {seconds:.1f} s: {would}{', '.join(told)}."


def _done(one: Added) -> Done:
    assert one.done is not None
    return one.done


def _line(one: Added) -> str:
    after = _done(one).after
    if one.is_new:
        stands = phase_text(after.phases) or "no phase"
        return f"{one.project}: added at version {after.version}, in {stands}"
    before = _done(one).before
    was = before.version if before is not None else 0
    return f"{one.project}: {changed_words(_done(one))}, version {was} -> {after.version}"


def added_json(added: Sequence[Added]) -> str:
    """Each record for programs: what became of it, under which project, at which version."""
    return json_lines([_json(one) for one in added])


def _json(one: Added) -> JsonObject:
    if one.done is None:
        error: Json = None if one.error is None else error_fields(one.error)
        return {"source": one.place, "project": None, "result": "refused", "error": error}
    result = "added" if one.is_new else "changed" if one.done.events else "unchanged"
    return {
        "source": one.place,
        "project": one.project,
        "result": result,
        "version": one.done.after.version,
        "written": one.done.written,
    }
