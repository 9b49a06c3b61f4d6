"""Pipes and standard input as streams that can be read again, and what is in them."""

from __future__ import annotations

from enum import Enum
from typing import BinaryIO, cast

from pmo_core.documents import DEFAULT_LIMITS


class Form(Enum):
    """How a stream is read that has no name to tell by."""

    LINES = "lines"
    JSON = "json"
    YAML = "yaml"


def form_of(stream: BinaryIO) -> Form:
    """JSON Lines where the first line is a whole object and another begins, else JSON or YAML.

    Raises:
        OSError: it cannot be read.
    """
    start = stream.tell()
    form = _form(stream.read(DEFAULT_LIMITS.document_bytes + 1))
    stream.seek(start)
    return form


def rereadable(stream: BinaryIO) -> BinaryIO:
    """The stream itself, if it can be read again from its start, else a copy in a temporary file.

    Of what is no JSON Lines only as much is copied as a document may have, and a byte more, so
    that a pipe without end does not fill the disk.

    Raises:
        OSError: it cannot be read.
    """
    if stream.seekable():
        return stream
    from shutil import copyfileobj  # start-up: only for pipes
    from tempfile import TemporaryFile

    kept = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - it lives as long as the run
    begin = stream.read(DEFAULT_LIMITS.document_bytes + 1)
    kept.write(begin)
    if len(begin) > DEFAULT_LIMITS.document_bytes and _form(begin) is Form.LINES:
        copyfileobj(stream, kept)
    kept.seek(0)
    return kept


def _form(begin: bytes) -> Form:
    first, _, rest = begin.partition(b"\n")
    text = first.strip()
    more = rest[:2].strip()
    if text.startswith(b"{") and text.endswith(b"}") and (not more or more[:1] == b"{"):
        return Form.LINES
    return Form.JSON if text[:1] in (b"{", b"[") else Form.YAML
