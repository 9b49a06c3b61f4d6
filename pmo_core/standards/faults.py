"""What is wrong in a standard, as its author sees it: several at once, each in its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.errors import InvalidStandard, PmoError

if TYPE_CHECKING:
    from pmo_core.documents import Document, Place


MOST_SHOWN = 100
"""Faults told at a time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (a pointer into the file), what, and what to do.

    `line` and `column` count from 0 inside a text, for faults in an expression. `place` is where
    it stands, if in another file than the standard's own.
    """

    pointer: str
    message: str
    remedy: str | None = None
    on_key: bool = False
    line: int | None = None
    column: int = 0
    place: Place | None = None


def did_you_mean(name: str, known: Collection[str]) -> str | None:
    """A hint for a misspelt name: the nearest, or all where there are few."""
    from difflib import get_close_matches  # start-up: only on an error

    near = get_close_matches(name, sorted(known), 1)
    if near:
        return f"Did you mean {near[0]!r}?"
    if 0 < len(known) <= 12:
        return f"Known: {', '.join(sorted(known))}"
    return None


def raise_all(
    document: Document, faults: Collection[Fault], kind: type[PmoError] = InvalidStandard
) -> None:
    """Raise the faults as one error, in the order of the file; nothing where there is none.

    Those in other files come after.

    Args:
        kind: what the document was to be.

    Raises:
        InvalidStandard: or another `kind`: the first fault, with the others, up to 100 in all,
            in `also`.
    """
    if not faults:
        return
    errors = sorted(
        (_error(document, fault, kind) for fault in dict.fromkeys(faults)),
        key=lambda error: (
            error.source != document.name,
            error.source or "",
            error.line or 0,
            error.column or 0,
        ),
    )
    first, *also = errors[:MOST_SHOWN]
    if len(errors) > MOST_SHOWN:
        also.append(
            kind(
                f"{len(errors) - MOST_SHOWN:,} more faults are not shown",
                source=document.name,
                remedy="Mend these first",
            )
        )
    first.also = tuple(also)
    raise first


def _error(document: Document, fault: Fault, kind: type[PmoError]) -> PmoError:
    find = document.place_of_key if fault.on_key else document.place
    place = fault.place or find(fault.pointer)
    if fault.line is not None:
        place = document.place_inside(fault.pointer, fault.line, fault.column)
    return kind(
        fault.message,
        source=place.source,
        line=place.line,
        column=place.column,
        pointer=fault.pointer,
        remedy=fault.remedy.removesuffix(".") if fault.remedy else None,
    )
