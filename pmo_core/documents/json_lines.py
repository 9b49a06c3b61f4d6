"""JSON Lines: one document a line, and one bad line stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, Protocol, cast

from pmo_core.documents import faults
from pmo_core.documents.document import Document
from pmo_core.documents.json_reader import parse_line, places_of
from pmo_core.documents.values import DEFAULT_LIMITS, Limits, Scalars
from pmo_core.errors import InvalidDocument

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_json_lines(
    lines: Iterable[bytes],
    name: str,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document | InvalidDocument]:
    """Read each line as a document of its own; a line that is none comes as its error.

    Args:
        lines: the lines, or a file opened in binary mode, of which no more than one line is
            ever held. White space alone is no line.
        name: what errors and places call the source.
        scalars: as of `read_json`.
        limits: as of `read_json`; the limit for a document is that for a line.
    """
    most = limits.document_bytes
    for number, line in enumerate(bounded_lines(lines, limits), start=1):
        if len(line) > most:
            yield faults.placed(faults.too_large(limits, "the line"), name, number, 1)
        elif line and not line.isspace():
            try:
                value = parse_line(line, name, number, scalars=scalars, limits=limits)
            except InvalidDocument as fault:
                yield fault
            else:
                yield Document(name, value, partial(places_of, line, name, number), number)


def bounded_lines(lines: Iterable[bytes], limits: Limits = DEFAULT_LIMITS) -> Iterator[bytes]:
    """The lines in order, without byte order mark, each cut one byte beyond what a line may have.

    A line that is longer than `limits.document_bytes` thus is one that was cut. A file is never
    asked for more than that, so that one without line ends does not fill the memory.
    """
    whole = _file_lines(cast("_File", lines), limits) if hasattr(lines, "readline") else iter(lines)
    for line in whole:
        yield line.removeprefix(_BYTE_ORDER_MARK)
        break
    yield from whole


class _File(Protocol):
    """A file opened in binary mode."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or its first `limit` bytes."""


def _file_lines(file: _File, limits: Limits) -> Iterator[bytes]:
    """The lines of a file, each cut; what was cut off is read past."""
    most = limits.document_bytes + 2  # a line end is no part of the line
    while line := file.readline(most):
        rest = line
        while len(rest) == most and not rest.endswith(b"\n"):
            rest = file.readline(most)
        yield line.rstrip(b"\r\n")
