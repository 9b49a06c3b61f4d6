"""A value that has no text of its own to point into: all of it stands at one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.documents.checking import check_value
from pmo_core.documents.document import Document

if TYPE_CHECKING:
    from pmo_core.documents.places import Place, Places
    from pmo_core.documents.values import Json


def document_at(value: Json, place: Place) -> Document:
    """A document whose every node is shown at `place`.

    For a text inside another one (YAML in a JSON string), a row of a table, or what stands in for
    a part that could not be read.

    Raises:
        InvalidDocument: the value is no JSON, or beyond the limits of S1.5.
    """
    check_value(value, place.source)
    return Document(place.source, value, _OnePlace(place).itself, place.line)


class _OnePlace:
    """The same place for every node."""

    __slots__ = ("_place",)

    def __init__(self, place: Place) -> None:
        self._place = place

    def itself(self) -> Places:
        return self

    def at(self, pointer: str) -> Place:
        return self._place

    def key_at(self, pointer: str) -> Place:
        return self._place

    def inside(self, pointer: str, text: str, offset: int) -> Place:
        return self._place
