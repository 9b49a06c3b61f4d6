"""The careful JSON reader: slow, and able to say what is wrong and where."""

from __future__ import annotations

import json
from typing import NoReturn

from pmo_core.documents import faults
from pmo_core.documents.json_faults import syntax_fault
from pmo_core.documents.json_text import TOKEN, Lines, decoded, nodes, text_of
from pmo_core.documents.scalars import real_number, whole_number, written_scalars
from pmo_core.documents.values import (
    Json,
    Limits,
    Scalars,
    has_half_character,
    is_over_long,
)
from pmo_core.errors import InvalidDocument


def read_carefully(
    data: bytes, name: str | None, first_line: int, scalars: Scalars, limits: Limits
) -> Json:
    """The value of a JSON text, as `parse_line` has it.

    Raises:
        InvalidDocument: with line and column.
    """
    if len(data) > limits.document_bytes:
        raise faults.placed(faults.too_large(limits), name, first_line, 1)
    try:
        text = decoded(data)
    except UnicodeDecodeError:
        raise faults.no_utf8(data, name, first_line) from None
    return _Text(text, name, first_line, limits).value(scalars)


class _Text:
    """A JSON text under examination."""

    __slots__ = ("limits", "lines", "name", "text")

    def __init__(self, text: str, name: str | None, first_line: int, limits: Limits) -> None:
        self.text = text
        self.name = name
        self.limits = limits
        self.lines = Lines(text, first_line)

    def value(self, scalars: Scalars) -> Json:
        """Look for each kind of fault, then read."""
        self.check_depth()
        try:
            written: Json = json.loads(
                self.text, parse_int=str, parse_float=str, parse_constant=str
            )
        except json.JSONDecodeError as error:
            offset, fault = syntax_fault(self.text, error)
            self.refuse(fault, offset)
        self.check_nodes(scalars)
        if scalars is Scalars.STRINGS:
            return written_scalars(written)
        typed: Json = json.loads(self.text, parse_int=whole_number, parse_float=real_number)
        return typed

    def check_depth(self) -> None:
        """Refuse what nests too deep, before a parser recurses into it."""
        if self.text.count("[") + self.text.count("{") <= self.limits.depth:
            return
        depth = 0
        for found in TOKEN.finditer(self.text):
            if found[0] in ("[", "{"):
                depth += 1
                if depth > self.limits.depth:
                    self.refuse(faults.too_deep(self.limits), found.start())
            elif found[0] in ("]", "}"):
                depth -= 1

    def check_nodes(self, scalars: Scalars) -> None:
        """Refuse what is no I-JSON, in a text whose syntax is valid."""
        seen: dict[str, int] = {}
        for count, node in enumerate(nodes(self.text), start=1):
            if count > self.limits.nodes:
                self.refuse(faults.too_many(self.limits), node.offset, node.pointer)
            if node.key_offset is not None:
                self.check_key(node.pointer, node.key_offset, seen)
            try:
                self.check_scalar(node.token, scalars)
            except InvalidDocument as fault:
                self.refuse(fault, node.offset, node.pointer)

    def check_key(self, pointer: str, offset: int, seen: dict[str, int]) -> None:
        """Refuse a key that its object already has, or that is no text."""
        token = pointer.rpartition("/")[2]
        if pointer in seen:
            key = token.replace("~1", "/").replace("~0", "~")
            first = self.lines.place(seen[pointer])
            self.refuse(faults.duplicate_key(key, *first), offset, pointer)
        seen[pointer] = offset
        try:
            self.check_text(token)
        except InvalidDocument as fault:
            self.refuse(fault, offset)

    def check_scalar(self, token: str, scalars: Scalars) -> None:
        """Refuse a scalar that S1.2 or S1.5 does; brackets and words are never at fault."""
        if token[0] == '"':
            self.check_text(text_of(token))
        elif token in ("NaN", "Infinity", "-Infinity"):
            raise faults.not_finite(token)
        elif token[0] in "-0123456789":
            self.check_text(token)
            if scalars is Scalars.TYPED:
                is_real = "." in token or "e" in token or "E" in token
                (real_number if is_real else whole_number)(token)

    def check_text(self, text: str) -> None:
        """Refuse what no text may be."""
        if has_half_character(text):
            raise faults.half_character()
        if is_over_long(text, self.limits):
            raise faults.too_long(self.limits)

    def refuse(self, fault: InvalidDocument, offset: int, pointer: str | None = None) -> NoReturn:
        """Raise `fault` at its place."""
        raise faults.placed(fault, self.name, *self.lines.place(offset), pointer) from None
