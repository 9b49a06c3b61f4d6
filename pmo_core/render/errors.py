"""An error for people: where, what is wrong, what to do (S16.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pmo_core.errors import InvalidRecord
from pmo_core.render import escape
from pmo_core.render.layout import wrapped

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.errors import PmoError

_COMMAND_LAST = re.compile(r": (?:pmo|python) [^:]*$")


def error_lines(error: PmoError, width: int | None = None) -> list[str]:
    """The error, and further faults that the same reading found, each on lines of its own."""
    lines: list[str] = []
    for one in (error, *error.also):
        where = escape.clean(f"{one.place}: ") if one.place else ""
        message = one.message or _reason(one)
        told = " ".join(_sentence(escape.clean(part)) for part in (message, one.remedy) if part)
        lines.extend(escape.terminal(line) for line in wrapped(where + told, width, "", "  "))
    if not error.also:
        for told in _reasons(error):
            lines.extend(
                escape.terminal(line) for line in wrapped(_sentence(told), width, "  ", "    ")
            )
    return lines


def error_json(error: PmoError) -> str:
    """`{"error": {...}}`, as standard output gets it where JSON was asked for."""
    return escape.json_bytes({"error": error_fields(error)}).decode()


def error_fields(error: PmoError) -> JsonObject:
    """`{kind, message, source?, line?, column?, pointer?, remedy?, also?}`."""
    fields: JsonObject = dict(error.as_json())
    if error.also:
        fields["also"] = [
            {**one.as_json(), "message": one.message or _reason(one)} for one in error.also
        ]
    elif told := _reasons(error):
        fields["also"] = [{"kind": error.kind, "message": one} for one in told]
    return fields


def told_without_place(error: PmoError) -> str:
    """What is wrong and what to do, for a line whose beginning says where; no final full stop."""
    message = escape.clean(error.message)
    remedy = escape.clean(error.remedy or "")
    return f"{_sentence(message)} {remedy}" if remedy else message


def _reason(error: PmoError) -> str:
    """What an error about one reason alone says; it leaves the words to whoever shows it."""
    return "; ".join(_reasons(error)) or error.kind


def _reasons(error: PmoError) -> list[str]:
    """What a schema refuses of a record, in words; empty for any other error."""
    if not isinstance(error, InvalidRecord) or not error.reasons:
        return []
    from pmo_core.assessment import Reason  # start-up: only for such an error
    from pmo_core.render.words import reason_words

    return [
        reason_words(Reason(code, pointer, cast("JsonObject", params)))
        for code, pointer, params in error.reasons
    ]


def _sentence(text: str) -> str:
    """With a full stop, unless a command stands last: that is to be pasted."""
    if text.endswith((".", "?", "!", ":")) or _COMMAND_LAST.search(text):
        return text
    return f"{text}."
