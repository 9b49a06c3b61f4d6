"""An error for people: where, what is wrong, what to do (S16.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.render import escape
from pmo_core.render.layout import wrapped

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.errors import PmoError


def error_lines(error: PmoError, width: int | None = None) -> list[str]:
    """The error, and further faults that the same reading found, each on lines of its own."""
    lines: list[str] = []
    for one in (error, *error.also):
        lines.extend(escape.terminal(line) for line in wrapped(escape.clean(str(one)), width))
    return lines


def error_json(error: PmoError) -> str:
    """`{"error": {...}}`, as standard output gets it where JSON was asked for."""
    return escape.json_bytes({"error": error_fields(error)}).decode()


def error_fields(error: PmoError) -> JsonObject:
    """`{kind, message, source?, line?, column?, pointer?, remedy?, also?}`."""
    fields: JsonObject = dict(error.as_json())
    if error.also:
        fields["also"] = [dict(one.as_json()) for one in error.also]
    return fields


def told_without_place(error: PmoError) -> str:
    """What is wrong and what to do, for a line whose beginning says where."""
    message = escape.clean(error.message)
    remedy = escape.clean(error.remedy or "")
    return f"{message}. {remedy}" if remedy else message
