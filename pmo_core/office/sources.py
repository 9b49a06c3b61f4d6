"""Where records come from: files, folders, globs, standard input, JSON Lines, plugins' schemes.

A batch can be read again, since ids shared by several records are known only at its end (S2.4).
Files are kept in memory up to a limit; JSON Lines are streamed, and never kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pmo_core.documents import (
    DEFAULT_LIMITS,
    Document,
    Scalars,
    read_json,
    read_json_lines,
    read_yaml_stream,
)
from pmo_core.errors import InvalidDocument
from pmo_core.office.paths import FoundFile, files_named, nothing
from pmo_core.office.streams import Form, copied, form_of

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_core.standards.inputs import Fact

LINES_ENDINGS = (".jsonl", ".ndjson")
KEPT_BYTES = 64_000_000
KEPT_RECORDS = 20_000
MOST_DOCUMENTS = 100_000
"""Of one YAML file, all of which are kept; JSON Lines are not kept, and may be any number."""
STDIN = "-"


class Found(NamedTuple):
    """A document, or why there is none, and the source it stands in."""

    source: str
    document: Document | None
    error: InvalidDocument | None = None
    line: int = 1
    column: int = 1
    among_others: bool = False

    @property
    def place(self) -> str:
        """What names the record where it has no id of its own (S2.4)."""
        return f"{self.source}:{self.line}" if self.among_others else self.source


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One file, stream, or plugin's source: `read` reads it from the start each time.

    `size` is in bytes; None where nobody knows, as of a plugin's source.
    """

    name: str
    read: Callable[[], Iterator[Found]]
    size: int | None = 0
    streamed: bool = False


class Batch:
    """All the sources of one run, in the order they were named.

    Attributes:
        facts: what the sources know of all their records (S8.2).
        streamed: whether any of them is read as a stream, too large to keep.
    """

    def __init__(self, units: Sequence[Unit], facts: Mapping[str, Fact] | None = None) -> None:
        self._units = tuple(units)
        self._kept: dict[int, tuple[Found, ...]] = {}
        self._left = KEPT_BYTES
        self.facts: Mapping[str, Fact] = facts or {}
        self.streamed = any(unit.streamed for unit in units)

    def __len__(self) -> int:
        return len(self._units)

    def __iter__(self) -> Iterator[Found]:
        for index, unit in enumerate(self._units):
            kept = self._kept.get(index)
            if kept is not None:
                yield from kept
            elif unit.size is None:
                yield from self._kept_if_few(index, unit)
            elif unit.streamed or unit.size > self._left:
                yield from unit.read()
            else:
                self._left -= unit.size
                kept = self._kept[index] = tuple(unit.read())
                yield from kept

    def _kept_if_few(self, index: int, unit: Unit) -> Iterator[Found]:
        kept: list[Found] | None = []
        for found in unit.read():
            yield found
            if kept is not None:
                kept.append(found)
                if len(kept) > KEPT_RECORDS:
                    kept = None
        if kept is not None:
            self._kept[index] = tuple(kept)


def open_batch(
    names: Iterable[str],
    scalars: Scalars,
    stdin: Callable[[], BinaryIO],
    plugin_source: Callable[[str, str], tuple[Unit, Mapping[str, Fact]] | None],
    apart: Callable[[Path], bool] = nothing,
) -> Batch:
    """The batch that a command line names.

    Args:
        names: files, folders, globs, `-`, or `scheme:target`.
        scalars: how the standard reads scalars (S2.2).
        stdin: gives standard input, as a stream that can be read again from its start (see
            `streams.rereadable`).
        plugin_source: the unit of a plugin's scheme; None where no plugin has it.
        apart: as of `files_named`.

    Raises:
        UnknownName: a source is not there, or a folder holds nothing to read.
    """
    units: list[Unit] = []
    facts: dict[str, Fact] = {}
    standard_input: Unit | None = None
    for name in names:
        scheme, separator, target = name.partition(":")
        if separator and len(scheme) > 1 and not os.path.lexists(name):
            found = plugin_source(scheme, target)
            if found is not None:
                units.append(found[0])
                facts.update(found[1])
                continue
        if name == STDIN:
            standard_input = standard_input or _stream_unit(STDIN, stdin, scalars)
            units.append(standard_input)
        else:
            units.extend(_file_unit(found, scalars) for found in files_named(name, apart))
    return Batch(units, facts)


def _file_unit(found: FoundFile, scalars: Scalars) -> Unit:
    name = str(found.path)
    if found.wrong is not None:
        unreadable = _unreadable(name, found.wrong, found.remedy)
        return Unit(name, lambda: iter((unreadable,)))
    if not found.is_regular:
        return _stream_unit(name, lambda: _copy_of(found.path), scalars)
    lines = found.path.suffix.lower() in LINES_ENDINGS

    def read() -> Iterator[Found]:
        try:
            with found.path.open("rb") as stream:
                if lines:
                    yield from _lines(stream, name, scalars)
                else:
                    yield from _whole(_capped(stream), name, scalars)
        except OSError as error:
            yield _denied(name, error)

    return Unit(name, read, found.size, streamed=lines)


def _copy_of(path: Path) -> BinaryIO:
    """What a pipe or a device gives, which can be read but once."""
    with path.open("rb") as stream:
        return copied(stream)


def _denied(name: str, error: OSError) -> Found:
    wrong = f"it cannot be read: {error.strerror}"
    return _unreadable(name, wrong, "Check the path, and its permissions")


def _unreadable(name: str, wrong: str, remedy: str) -> Found:
    return Found(name, None, InvalidDocument(wrong, source=name, remedy=remedy))


def _capped(stream: BinaryIO) -> bytes:
    """The bytes, one more than a document may have at the most, so that it is seen as too long."""
    return stream.read(DEFAULT_LIMITS.document_bytes + 1)


def _stream_unit(name: str, opened: Callable[[], BinaryIO], scalars: Scalars) -> Unit:
    """A stream without a file's ending: JSON Lines where its first line is a whole object."""
    try:
        stream = opened()
        start = stream.tell()
        form = form_of(stream)
    except OSError as error:
        denied = _denied(name, error)
        return Unit(name, lambda: iter((denied,)))

    def read() -> Iterator[Found]:
        stream.seek(start)
        if form is Form.LINES:
            return _lines(stream, name, scalars)
        return _whole(_capped(stream), name, scalars, as_json=form is Form.JSON)

    return Unit(name, read, streamed=form is Form.LINES)


def _lines(stream: BinaryIO, name: str, scalars: Scalars) -> Iterator[Found]:
    read = None
    for read in read_json_lines(stream, name, scalars=scalars):
        if isinstance(read, InvalidDocument):
            yield Found(name, None, read, read.line or 1, read.column or 1, True)
        else:
            yield Found(name, read, None, read.line, 1, True)
    if read is None:
        yield nothing_in(name)


def nothing_in(name: str) -> Found:
    """A source without a single record: no success, or a gate would pass on an empty export."""
    error = InvalidDocument(
        "there is no project record in it",
        source=name,
        line=1,
        column=1,
        remedy="Write at least one, or leave the source out",
    )
    return Found(name, None, error)


def _whole(data: bytes, name: str, scalars: Scalars, *, as_json: bool = False) -> Iterator[Found]:
    if as_json or name.lower().endswith(".json"):
        try:
            document = read_json(data, name, scalars=scalars)
        except InvalidDocument as error:
            yield Found(name, None, error, error.line or 1, error.column or 1)
        else:
            yield Found(name, document, None, 1, 1)
        return
    yield from _documents(data, name, scalars)


def _documents(data: bytes, name: str, scalars: Scalars) -> Iterator[Found]:
    """The documents of a YAML file; what cannot be read ends it, the ones before count."""
    found: list[Found] = []
    try:
        for document in read_yaml_stream(data, name, scalars=scalars):
            found.append(Found(name, document, None, document.line, 1))
            if len(found) > MOST_DOCUMENTS:
                raise _too_many(name, document.line)
    except InvalidDocument as error:
        found.append(Found(name, None, error, error.line or 1, error.column or 1))
    if not found:
        found.append(nothing_in(name))
    several = len(found) > 1
    yield from (one._replace(among_others=several) for one in found)


def _too_many(name: str, line: int) -> InvalidDocument:
    return InvalidDocument(
        f"more than {MOST_DOCUMENTS:,} documents in one file",
        source=name,
        line=line,
        column=1,
        remedy="Split it, or write JSON Lines",
    )
