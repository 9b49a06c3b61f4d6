"""YAML documents from bytes (S2.1), within the limits of S1.5."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from functools import partial

from pmo_core.documents import faults
from pmo_core.documents.document import Document
from pmo_core.documents.values import DEFAULT_LIMITS, Limits, Scalars
from pmo_core.documents.yaml_places import StreamPlaces
from pmo_core.documents.yaml_values import ValueStream
from pmo_core.errors import InvalidDocument

# YAML 1.2 calls U+0085, U+2028 and U+2029 ordinary characters; libyaml ends a line at each.
_LINE_ENDS_OF_LIBYAML = ("\u0085".encode(), "\u2028".encode(), "\u2029".encode())


def read_yaml(
    data: bytes,
    name: str,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read one YAML document; no document at all is null.

    Args:
        data: the text in UTF-8, with or without byte order mark, or UTF-16 with one.
        name: what errors and places call the source.
        scalars: whether unquoted text is typed or left as it is written (S2.2).
        limits: the limits, if lower than the usual ones.

    Raises:
        InvalidDocument: it breaks S2.1 or S1, or holds a second document; with line and column.
    """
    data = _as_utf8(data, name, limits)
    stream = ValueStream(data, name, scalars, limits)
    found = stream.document()
    if found is None:
        return Document(name, None, partial(StreamPlaces(data, name).document, 0))
    value, line = found
    stream.expect_end()
    return Document(name, value, partial(StreamPlaces(data, name).document, 0), line)


def read_yaml_stream(
    data: bytes,
    name: str,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document]:
    """Read the documents of a YAML stream one after the other; arguments as of `read_yaml`.

    Raises:
        InvalidDocument: at the first document that breaks S2.1 or S1; there is no reading on
            behind it.
    """
    data = _as_utf8(data, name, limits)
    stream = ValueStream(data, name, scalars, limits)
    places = StreamPlaces(data, name)
    index = 0
    while (found := stream.document()) is not None:
        value, line = found
        yield Document(name, value, partial(places.document, index), line)
        index += 1


def _as_utf8(data: bytes, name: str, limits: Limits) -> bytes:
    """The text in UTF-8, if it is within the limits and all of it can stand in YAML."""
    if len(data) > limits.document_bytes:
        raise faults.placed(faults.too_large(limits), name, 1, 1)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            fault = InvalidDocument(
                "the file begins as UTF-16 and is not", remedy="Save the file as UTF-8"
            )
            raise faults.placed(fault, name, 1, 1) from None
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            raise faults.no_utf8(data, name) from None
        if any(character in data for character in _LINE_ENDS_OF_LIBYAML):
            from pmo_core.documents.yaml_faults import unreadable  # start-up

            raise unreadable(data, name)
    return data
