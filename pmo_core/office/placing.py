"""Where in a file an error about a record stands, though the record is not quite the file's.

What others changed meanwhile may have moved the items of a register: they are found by their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.documents import MISSING, Json, JsonObject, join_pointer, resolve, split_pointer
from pmo_core.errors import InvalidRecord, Refused

if TYPE_CHECKING:
    from pmo_core.documents import Document, Missing


def by_index(value: Json, pointer: str) -> str:
    """A pointer that names items by their ids as one by their indexes in the value."""
    tokens: list[str] = []
    here: Json | Missing = value
    for token in split_pointer(pointer):
        name = token
        if isinstance(here, list):
            ids = [one.get("id") if isinstance(one, dict) else None for one in here]
            name = str(ids.index(token)) if token in ids else token
        tokens.append(name)
        here = MISSING if here is MISSING else resolve(here, join_pointer((name,)))
    return join_pointer(tokens)


def by_id(value: Json, pointer: str) -> str:
    """A pointer by indexes as one that names items of registers by their ids."""
    tokens: list[str] = []
    here: Json | Missing = value
    for token in split_pointer(pointer):
        inner = MISSING if here is MISSING else resolve(here, join_pointer((token,)))
        named = inner.get("id") if isinstance(here, list) and isinstance(inner, dict) else None
        tokens.append(named if isinstance(named, str) else token)
        here = inner
    return join_pointer(tokens)


def placed(error: InvalidRecord, document: Document, record: JsonObject) -> InvalidRecord:
    """The same error, each of its reasons where it stands in the file.

    Args:
        record: the one that breaks the schema, at which the reasons point.
    """
    also = []
    for code, pointer, params in error.reasons:
        place = document.place(by_index(document.value, by_id(record, pointer or "")))
        also.append(
            InvalidRecord(
                "",
                source=place.source,
                line=place.line,
                column=place.column,
                pointer=pointer,
                reasons=((code, pointer, params),),
            )
        )
    return InvalidRecord(
        error.message,
        source=document.name,
        pointer=error.pointer,
        remedy=error.remedy,
        also=tuple(also),
        reasons=error.reasons,
    )


def placed_refusal(error: Refused, document: Document, record: JsonObject) -> Refused:
    """The same refusal, with the place in the file that it is about."""
    if error.pointer is None:
        return error
    place = document.place(by_index(document.value, by_id(record, error.pointer)))
    return error.told_as(Refused, source=place.source, line=place.line, column=place.column)
