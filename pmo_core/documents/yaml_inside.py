"""Where in a YAML file a character of a text stands, however the text was folded and quoted.

Folding and indentation change white space alone, so a place is found by counting the characters
that are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = " \t\r\n"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(........)|\r\n|.)", re.DOTALL)
_BLANK_ESCAPES = frozenset({"\\ ", "\\t", "\\\t", "\\n", "\\r", "\\\n", "\\\r\n"})


def index_inside(raw: str, value: str, offset: int) -> int:
    """The index in `raw`, a scalar as it is written, of the character at `offset` of its value.

    Where that is white space, or the end, it is the index after the last character before it.
    """
    before = sum(sign not in _SPACE for sign in value[:offset])
    at_end = offset >= len(value) or value[offset] in _SPACE
    last = 0
    for count, (start, end) in enumerate(_characters(raw)):
        if count == before and not at_end:
            return start
        last = end
        if count + 1 == before and at_end:
            break
    return last


def _characters(raw: str) -> Iterator[tuple[int, int]]:
    """Where each character of the value that is no white space begins and ends in `raw`."""
    properties = _PROPERTIES.match(raw)
    index = properties.end() if properties else 0
    style, stop = raw[index : index + 1], len(raw)
    if style in ("|", ">"):
        newline = raw.find("\n", index)
        index = stop if newline < 0 else newline + 1
    elif style in ("'", '"'):
        index, stop = index + 1, stop - 1
    while index < stop:
        start = index
        sign = raw[index]
        escape = _ESCAPE.match(raw, index) if style == '"' and sign == "\\" else None
        if escape is not None:
            index = escape.end()
            if escape[0] in _BLANK_ESCAPES or _decoded(escape) in _SPACE:
                continue
        elif style == "'" and raw.startswith("''", index):
            index += 2
        else:
            index += 1
            if sign in _SPACE:
                continue
        yield start, index


def _decoded(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    return chr(int(digits, 16)) if digits else "x"
