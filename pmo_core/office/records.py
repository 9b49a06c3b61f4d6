"""Records from files, for those who embed `pmo`: one call each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_core.errors import InvalidDocument, UnknownName
from pmo_core.office.sources import STDIN, Found, open_batch
from pmo_core.standards.record import read_record

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record


def load_record(path: str | Path, standard: Standard) -> Record:
    """The one record in a file.

    Raises:
        UnknownName: there is no such file.
        InvalidDocument: the file holds no record, more than one, or cannot be read as one.
    """
    found = list(_found(path, standard))
    if len(found) != 1:
        raise InvalidDocument(
            f"{len(found)} records where one is asked for",
            source=str(path),
            remedy="Use load_records",
        )
    return _record(found[0], standard)


def load_records(path: str | Path, standard: Standard) -> Iterator[Record]:
    """Every record in a file, folder or glob, in order.

    Raises:
        UnknownName: there is no such file.
        InvalidDocument: at the first source that gives no record.
    """
    for found in _found(path, standard):
        yield _record(found, standard)


def _found(path: str | Path, standard: Standard) -> Iterator[Found]:
    if str(path) == STDIN:
        raise UnknownName("'-' names no file here", remedy="Read it yourself, and use record_of")
    return iter(
        open_batch([str(path)], standard.scalars, lambda: sys.stdin.buffer, lambda _name, _to: None)
    )


def _record(found: Found, standard: Standard) -> Record:
    if found.document is None:
        raise found.error or InvalidDocument("there is no record in it", source=found.source)
    return read_record(standard, found.document, found.place)
