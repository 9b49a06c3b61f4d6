"""Facts that the caller gives: of the type that the standard declares, and read by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pmo_core.assessment import Reason
from pmo_core.errors import InvalidDocument
from pmo_core.standards.inputs import Fact
from pmo_core.standards.looks import facts_read

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard


def facts_by_hand(standard: Standard, values: Mapping[str, Json]) -> dict[str, Fact]:
    """The values as facts, by name.

    Raises:
        InvalidDocument: a value is not of the type that the standard declares for it.
    """
    for name, value in values.items():
        declared = standard.facts.get(name)
        if declared is None:
            continue
        wanted, items = declared.get("type"), declared.get("items")
        if not _is(value, wanted):
            raise _wrong(name, f"{_type(value)}", f"{wanted}")
        strangers = [one for one in value if not _is(one, items)] if isinstance(value, list) else []
        if strangers and items is not None:
            raise _wrong(name, f"an array that holds {_type(strangers[0])}", f"array of {items}")
    return {name: Fact(value, source="by hand", by_hand=True) for name, value in values.items()}


def unused_marks(standard: Standard, names: Iterable[str]) -> list[Reason]:
    """A mark for each fact that the standard neither reads nor declares, with what was meant."""
    from difflib import get_close_matches  # start-up: only where facts are given

    known = sorted(facts_read(standard) | standard.facts.keys())
    marks = []
    for name in names:
        if name not in known:
            near: list[Json] = [*get_close_matches(name, known, 1)]
            meant: dict[str, Json] = {"meant": near[0]} if near else {}
            marks.append(Reason("fact-unused", None, {"fact": name, **meant}))
    return marks


def _wrong(name: str, found: str, wanted: str) -> InvalidDocument:
    return InvalidDocument(
        f"the fact {name} is {found}; the standard declares it as {wanted}",
        remedy=f"Give it as {wanted}: --fact {name}=JSON",
    )


def _is(value: Json, wanted: Json) -> bool:
    if wanted == "number":
        return _type(value) in ("integer", "number")
    return wanted is None or _type(value) == wanted


def _type(value: Json) -> str:
    """JSON Schema's name for the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if value == int(value) else "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"
