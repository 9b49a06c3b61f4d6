"""A document: its value, and where each part of the value was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import final

from pmo_core.documents.checking import check_value
from pmo_core.documents.places import Place, Places
from pmo_core.documents.values import Json, JsonObject, escape_token, resolve, split_pointer


@final
class Document:
    """What was read from one file, line or part of a stream.

    Attributes:
        name: of the source, as the user gave it.
        value: what it holds, within the limits of S1; not to be changed, since YAML aliases
            share what they stand for.
        line: the line of the source on which the document begins, from 1.
    """

    __slots__ = ("_locate", "_places", "line", "name", "value")

    def __init__(self, name: str, value: Json, locate: Callable[[], Places], line: int = 1) -> None:
        """Keep `value`; `locate` finds the places once somebody asks for one."""
        self.name = name
        self.value = value
        self.line = line
        self._locate = locate
        self._places: Places | None = None

    def __repr__(self) -> str:
        return f"Document({self.name!r}, line={self.line})"

    def place(self, pointer: str) -> Place:
        """Where the node is written, or its nearest ancestor where it is absent itself.

        The line is that of the node's key, if it has one. The first call scans the source once
        more; reading does not keep positions, since most documents never need them.
        """
        return self._found().at(pointer)

    def place_of_key(self, pointer: str) -> Place:
        """Where the key that names the node is written; as `place` where it has none."""
        return self._found().key_at(pointer)

    def place_inside(self, pointer: str, line: int, column: int) -> Place:
        """Where a character of a text is written.

        Args:
            pointer: to the text.
            line: of the text itself, from 0.
            column: in that line, from 0.
        """
        text = resolve(self.value, pointer, None)
        if not isinstance(text, str):
            return self.place(pointer)
        offset = sum(len(one) + 1 for one in text.split("\n")[:line]) + column
        return self._found().inside(pointer, text, offset)

    def _found(self) -> Places:
        if self._places is None:
            self._places = self._locate()
        return self._places


def join_documents(name: str, parts: Mapping[str, Document | None]) -> Document:
    """One object of several documents, each under its key; places are those in each one's file.

    A part that is None is left out. Where a place is asked for that is in no part, it is the
    beginning of the first one.

    Raises:
        InvalidDocument: together they exceed the limits of S1.5.
    """
    present = {key: part for key, part in parts.items() if part is not None}
    value: JsonObject = {key: part.value for key, part in present.items()}
    check_value(value, name)
    places = _JoinedPlaces(name, present)
    return Document(name, value, places.itself)


class _JoinedPlaces:
    """Places in several files."""

    __slots__ = ("_name", "_parts")

    def __init__(self, name: str, parts: dict[str, Document]) -> None:
        self._name = name
        self._parts = parts

    def itself(self) -> Places:
        return self

    def at(self, pointer: str) -> Place:
        part, rest = self._part(pointer)
        return part.place(rest) if part else Place(self._name, 1, 1)

    def key_at(self, pointer: str) -> Place:
        part, rest = self._part(pointer)
        return part.place_of_key(rest) if part else Place(self._name, 1, 1)

    def inside(self, pointer: str, text: str, offset: int) -> Place:
        part, rest = self._part(pointer)
        if part is None:
            return Place(self._name, 1, 1)
        lines = text[:offset].split("\n")
        return part.place_inside(rest, len(lines) - 1, len(lines[-1]))

    def _part(self, pointer: str) -> tuple[Document | None, str]:
        tokens = split_pointer(pointer)
        if tokens and tokens[0] in self._parts:
            return self._parts[tokens[0]], pointer[1 + len(escape_token(tokens[0])) :]
        return next(iter(self._parts.values()), None), ""
