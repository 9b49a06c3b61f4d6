"""A project's record as its standard reads it: who it is, and what it claims (S2.4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import check_value, resolve
from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from pmo_core.documents import Document, Json, JsonObject
    from pmo_core.standards.model import Standard, Track

_LONGEST_TEXT = 200


class Record(NamedTuple):
    """One project's JSON object, with the names its standard finds in it.

    A named tuple, as it is made for each of very many lines.

    Attributes:
        value: the object. It is shared, not copied: do not change it after it was handed over.
        id: from the record, else `source` (S2.4).
        id_is_own: False where `id` stands in for a missing or shared one.
        source: where it was read: a file, `FILE:LINE` in a file of several, or a plugin's name.
        document: keeps positions; None for a value handed over in Python.
        notes: codes of what a reader should know (`id-missing`, `id-shared`).
    """

    value: JsonObject
    id: str
    source: str
    document: Document | None = None
    id_is_own: bool = True
    notes: tuple[str, ...] = ()

    def known_by_source(self) -> Record:
        """The same record under its source, since others in the run claim its id."""
        return self._replace(id=self.source, id_is_own=False, notes=("id-shared",))


def read_record(standard: Standard, document: Document, source: str | None = None) -> Record:
    """The record in a document.

    Raises:
        InvalidDocument: the document is no JSON object (S2.3).
    """
    value = document.value
    if not isinstance(value, dict):
        place = document.place("")
        raise InvalidDocument(
            f"a project record is one object with named fields, not {_kind(value)}",
            source=place.source,
            line=place.line,
            column=place.column,
            remedy="Write 'name: value' lines",
        )
    return record_of(standard, value, source or document.name, document)


def record_of(
    standard: Standard, value: JsonObject, source: str, document: Document | None = None
) -> Record:
    """The record of a value that has been read, or checked, already."""
    found = claimed_text(resolve(value, standard.binding.id, None))
    if found is None:
        return Record(value, source, source, document, False, ("id-missing",))
    return Record(value, found, source, document)


def checked_record(standard: Standard, value: JsonObject, source: str = "record") -> Record:
    """The record of a value from Python, its limits checked as a file's are (S1.5).

    Raises:
        InvalidDocument: beyond the limits, or no JSON.
    """
    check_value(value, source)
    return record_of(standard, value, source)


def written_text(value: Json) -> str | None:
    """What a record writes at a bound place: 1 to 200 characters, or an integer's digits (S2.4)."""
    if type(value) is str:
        return value if 0 < len(value) <= _LONGEST_TEXT else None
    if type(value) is int:
        return str(value)
    if type(value) is float and value.is_integer():
        found = str(int(value))
        return found if len(found) <= _LONGEST_TEXT else None
    return None


def claimed_text(value: Json) -> str | None:
    """The id of a project as a record writes it: such a text in NFC, without controls (S1.3)."""
    if type(value) is str:
        if value.isascii():
            if value.isprintable():
                return value if 0 < len(value) <= _LONGEST_TEXT else None
        elif len(value) <= 10 * _LONGEST_TEXT:
            value = unicodedata.normalize("NFC", value)
    found = written_text(value)
    if found is None or found.isprintable():
        return found
    return None if any(unicodedata.category(sign) == "Cc" for sign in found) else found


def claims(standard: Standard, record: JsonObject) -> Mapping[str, str | None]:
    """The phase that a record claims in each track, as written; None where it says nothing."""
    return {
        track: written_text(resolve(record, pointer, None))
        for track, pointer in standard.binding.phase.items()
    }


def claimed_position(standard: Standard, record: JsonObject) -> dict[str, str]:
    """Track to phase, through the track's `values` (S11.1); a missing claim is left out.

    A claim that is no phase of its track stands as written.
    """
    position = {}
    for name, written in claims(standard, record).items():
        phase = phase_of_claim(standard.tracks[name], written)
        if phase is not None:
            position[name] = phase
    return position


def phase_of_claim(track: Track, written: str | None) -> str | None:
    """The phase id that a claim stands for; the initial one where the track says so (S11.7)."""
    if written is None:
        return track.initial if track.missing_is_initial else None
    return track.values.get(written, written)


def _kind(value: Json) -> str:
    if value is None:
        return "an empty document"
    if isinstance(value, list):
        return "a list"
    return "a single value"
