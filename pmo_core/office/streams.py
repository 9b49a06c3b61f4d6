"""Pipes and standard input as streams that can be read again, and what is in them."""

from __future__ import annotations

from enum import Enum
from io import BytesIO
from typing import BinaryIO, cast

from pmo_core.documents import DEFAULT_LIMITS, read_json
from pmo_core.errors import InvalidDocument

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Form(Enum):
    """How a stream is read that has no name to tell by."""

    LINES = "lines"
    JSON = "json"
    YAML = "yaml"


def form_of(stream: BinaryIO) -> Form:
    """JSON Lines where the first line with something in it is a JSON value of its own.

    That is a whole object, or any whole value that more lines follow. All else is JSON, or YAML.

    Raises:
        OSError: it cannot be read.
    """
    start = stream.tell()
    form = _form(stream.read(DEFAULT_LIMITS.document_bytes + 1))
    stream.seek(start)
    return form


def rereadable(stream: BinaryIO) -> BinaryIO:
    """The stream itself, if it can be read again from its start, else a copy.

    Raises:
        OSError: it cannot be read.
    """
    return stream if stream.seekable() else copied(stream)


def copied(stream: BinaryIO) -> BinaryIO:
    """A copy in memory; of many JSON Lines, in a temporary file.

    Of what is no JSON Lines only as much is copied as a document may have, and a byte more, so
    that a pipe without end fills neither memory nor disk.

    Raises:
        OSError: it cannot be read.
    """
    begin = stream.read(DEFAULT_LIMITS.document_bytes + 1)
    if len(begin) <= DEFAULT_LIMITS.document_bytes or _form(begin) is not Form.LINES:
        return BytesIO(begin)
    from shutil import copyfileobj  # start-up: only for long pipes
    from tempfile import TemporaryFile

    kept = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - it lives as long as the run
    kept.write(begin)
    copyfileobj(stream, kept)
    kept.seek(0)
    return kept


def _form(begin: bytes) -> Form:
    first, _, rest = begin.removeprefix(_BYTE_ORDER_MARK).lstrip().partition(b"\n")
    text, more = first.strip(), rest.lstrip()[:1]
    is_object = text.startswith(b"{") and text.endswith(b"}")
    # A line may be meant as an object and be broken; the lines after it are read all the same.
    if (is_object and more in (b"", b"{")) or (more and _is_json(text)):
        return Form.LINES
    return Form.JSON if text[:1] in (b"{", b"[") else Form.YAML


def _is_json(text: bytes) -> bool:
    try:
        read_json(text, "")
    except InvalidDocument:
        return False
    return True
