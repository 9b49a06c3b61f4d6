"""The nodes of a JSON text one by one, with where each begins."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from pmo_core.documents.places import Places, TextPlaces, value_or_key
from pmo_core.documents.values import escape_token

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^ \t\r\n\[\]{},:"]+', re.DOTALL)


class Node(NamedTuple):
    """A value: its pointer, where it and its key begin in the text, and its first token."""

    pointer: str
    offset: int
    key_offset: int | None
    token: str


class Lines:
    """Offsets in a text as lines and columns."""

    __slots__ = ("_breaks", "_first_line")

    def __init__(self, text: str, first_line: int) -> None:
        """`first_line` is the line of its source on which `text` begins."""
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._first_line = first_line

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at `offset`."""
        before = bisect_left(self._breaks, offset)
        start = self._breaks[before - 1] + 1 if before else 0
        return self._first_line + before, offset - start + 1


def nodes(text: str) -> Iterator[Node]:
    """Every value of a syntactically valid JSON text, parents before what is in them."""
    pointer = ""
    index: int | None = None
    key: tuple[str, int] | None = None
    outside: list[tuple[str, int | None]] = []
    for found in TOKEN.finditer(text):
        token, offset = found[0], found.start()
        if token == ":":
            continue
        if token == ",":
            index = index + 1 if index is not None else None
        elif token in ("]", "}"):
            pointer, index = outside.pop()
        elif outside and index is None and key is None:
            key = (pointer + "/" + escape_token(text_of(token)), offset)
        else:
            here, key_offset = key if key is not None else (pointer, None)
            here = here if index is None else f"{pointer}/{index}"
            key = None
            yield Node(here, offset, key_offset, token)
            if token in ("[", "{"):
                outside.append((pointer, index))
                pointer, index = here, 0 if token == "[" else None


def text_of(token: str) -> str:
    """The text that a string token stands for."""
    return token[1:-1] if "\\" not in token else str(json.loads(token))


def decoded(data: bytes) -> str:
    """The characters of a JSON text in UTF-8, without byte order mark.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return data.decode("utf-8").removeprefix("\ufeff")


def json_places(data: bytes, name: str, first_line: int) -> Places:
    """The places of all nodes of a JSON text that was read without a fault."""
    text = decoded(data)
    lines = Lines(text, first_line)
    found: dict[str, tuple[int, int]] = {}
    keys: dict[str, tuple[int, int]] = {}
    for node in nodes(text):
        key = None if node.key_offset is None else lines.place(node.key_offset)
        if key is not None:
            keys[node.pointer] = key
        found[node.pointer] = value_or_key(lines.place(node.offset), key)
    return TextPlaces(name, found, keys, {})
