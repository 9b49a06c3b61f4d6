"""What the standard library says about a JSON text, in words for whoever wrote it."""

from __future__ import annotations

import json

from pmo_core.documents.values import shown
from pmo_core.errors import InvalidDocument

_QUOTES = "Put keys and texts into double quotes"
_IN_NUMBERS = frozenset("+-.0123456789abcdefABCDEFxX_")
_NO_JSON_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def syntax_fault(text: str, error: json.JSONDecodeError) -> tuple[int, InvalidDocument]:
    """Where the fault is in `text`, and the fault."""
    offset = error.pos
    problem = error.msg
    if problem.startswith("Unterminated string"):
        return offset, InvalidDocument(
            "the quote that opens here is never closed", remedy="Close it with '\"'"
        )
    if problem.startswith("Invalid control character"):
        return offset, InvalidDocument(
            f"the character {shown(text[offset : offset + 1])} cannot stand in a text as it is",
            remedy="Write \\n for a line break, \\t for a tab, \\u00NN for others",
        )
    if problem.startswith("Invalid \\"):
        return _escape(text, offset)
    if problem.startswith("Extra data"):
        return offset, InvalidDocument(
            f"{_found(text, offset)} follows the end of the value",
            remedy="Remove it; a file holds one value, a .jsonl file one in each line",
        )
    return _unexpected(text, offset, problem)


def _escape(text: str, offset: int) -> tuple[int, InvalidDocument]:
    """A backslash before something that needs none; the offset may be that of what follows it."""
    start = text.rfind("\\", 0, offset + 1)
    return start, InvalidDocument(
        f"{shown(text[start : start + 2])} begins no escape that JSON knows",
        remedy="Write '\\\\' for a backslash; \\u takes four hexadecimal digits",
    )


def _unexpected(text: str, offset: int, problem: str) -> tuple[int, InvalidDocument]:
    """Something other than what has to come next."""
    while offset < len(text) and text[offset] in " \t\r\n":
        offset += 1
    if offset >= len(text):
        return _ends_early(text)
    found = _found(text, offset)
    before = text[:offset].rstrip()
    if before.endswith(",") and text[offset] in "]}":
        return len(before) - 1, InvalidDocument(
            f"a comma before '{text[offset]}'", remedy="Remove the comma"
        )
    if text[offset] in "#/":
        return offset, InvalidDocument(
            "JSON has no comments", remedy="Remove the comment, or write the file as YAML"
        )
    if text[offset] == "'":
        return offset, InvalidDocument("JSON has no single quotes", remedy=_QUOTES)
    if problem.startswith("Expecting property name"):
        return offset, InvalidDocument(f"{found} stands where a key is expected", remedy=_QUOTES)
    if problem.startswith("Expecting ':'"):
        return offset, InvalidDocument(
            f"{found} stands where ':' is expected", remedy="Write ':' between key and value"
        )
    start = offset
    is_word = text[offset].isalnum() or text[offset] in "+-."
    while is_word and start and text[start - 1] in _IN_NUMBERS:
        start -= 1
    if text[start] in "+-.0123456789":
        return start, InvalidDocument(
            f"{_found(text, start)} is no number that JSON knows",
            remedy="Write it in decimal, without leading zero or plus, or quote it",
        )
    if problem.startswith("Expecting ','"):
        return offset, InvalidDocument(
            f"{found} stands where ',' or a closing bracket is expected",
            remedy="Write the comma, or a backslash before each quote inside a text",
        )
    word = next((word for word in _NO_JSON_WORDS if text.startswith(word, offset)), None)
    remedy = _QUOTES if word is None else f"Write {_NO_JSON_WORDS[word]}"
    return offset, InvalidDocument(f"{found} stands where a value is expected", remedy=remedy)


def _ends_early(text: str) -> tuple[int, InvalidDocument]:
    """Nothing more, where more is needed."""
    end = len(text.rstrip())
    if end == 0:
        return 0, InvalidDocument("there is no value", remedy="Write one, at least {}")
    return end, InvalidDocument(
        "the text ends before its value does", remedy="Close every bracket that is open"
    )


def _found(text: str, offset: int) -> str:
    """The word or sign at `offset`, for a message."""
    end = offset + 1
    if text[offset : offset + 1].isalnum() or text[offset] in _IN_NUMBERS:
        while end < len(text) and (text[end].isalnum() or text[end] in "_.+-"):
            end += 1
    return shown(text[offset:end])
