"""A proposal and its approval, put together as one record."""

from __future__ import annotations

import re

from pmo_core import (
    Document,
    InvalidDocument,
    Place,
    Scalars,
    document_at,
    join_documents,
    read_yaml,
)

_SEPARATOR = re.compile(rb"^---.*$", re.MULTILINE)
_LONGEST_TEXT = 10_000


def read_proposal(data: bytes, name: str, scalars: Scalars) -> Document:
    """The content of a kep.yaml.

    Raises:
        InvalidDocument: it is no YAML, or no mapping.
    """
    document = read_yaml(without_separators(data), name, scalars=scalars)
    if isinstance(document.value, dict):
        return document
    place = document.place("")
    raise InvalidDocument(
        "a kep.yaml is one mapping of field names to values, and this is none",
        source=place.source,
        line=place.line,
        column=place.column,
        remedy="Write 'name: value' lines",
    )


def read_approval(data: bytes, name: str, scalars: Scalars) -> Document:
    """The content of an approval file; what is no YAML stands as its text, at its first fault.

    A criterion that asks for a mapping then fails where the fault is, and one that does not ask
    is not disturbed.
    """
    try:
        return read_yaml(without_separators(data), name, scalars=scalars)
    except InvalidDocument as fault:
        text = data[:_LONGEST_TEXT].decode("utf-8", "replace")
        return document_at(text, Place(name, fault.line or 1, fault.column or 1))


def join(name: str, proposal: Document, approval: Document | None) -> Document:
    """The record `{kep, approval?}`, each part with the places of its own file."""
    return join_documents(name, {"kep": proposal, "approval": approval})


def without_separators(data: bytes) -> bytes:
    """The text without what stands on lines that begin with `---`; the lines themselves stay."""
    return _SEPARATOR.sub(b"", data) if b"---" in data else data
