"""Proposals as they once were: one JSON object a line, with the texts of the two files in it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pmo_core import (
    Document,
    InvalidDocument,
    Place,
    Reading,
    Scalars,
    SourceRecord,
    Unavailable,
    document_at,
    read_json_lines,
)
from pmo_kep.joining import join, read_approval, read_proposal
from pmo_kep.owners import approvers

PROPOSAL = "kep"
APPROVAL = "prr"


def read_history(path: str, scalars: Scalars) -> Reading:
    """One record a line; the list of approvers is looked for beside the file."""
    return Reading(_records(path, scalars), approvers(os.path.dirname(path) or os.curdir))


def _records(path: str, scalars: Scalars) -> Iterator[SourceRecord | InvalidDocument]:
    try:
        with open(path, "rb") as file:
            for row in read_json_lines(file, path):
                if isinstance(row, InvalidDocument):
                    yield row
                    continue
                try:
                    yield SourceRecord(_record(row, scalars), path, row.line)
                except InvalidDocument as fault:
                    yield fault
    except OSError as error:
        raise Unavailable(
            f"it cannot be read: {error.strerror}", source=path, remedy="Check its permissions"
        ) from None


def _record(row: Document, scalars: Scalars) -> Document:
    """The record of one row. All of it stands on the row's line: the texts have no file of theirs.

    Raises:
        InvalidDocument: the row has no text of a proposal, or that text is no YAML mapping.
    """
    name = f"{row.name}:{row.line}"
    here = Place(row.name, row.line, 1)
    proposal = document_at(_proposal(row, name, scalars).value, here)
    text = _text(row, APPROVAL)
    if text is None:
        return join(name, proposal, None)
    approval = read_approval(text.encode(), name, scalars)
    return join(name, proposal, document_at(approval.value, here))


def _proposal(row: Document, name: str, scalars: Scalars) -> Document:
    text = _text(row, PROPOSAL)
    if text is None:
        raise InvalidDocument(
            f"this row has no text under {PROPOSAL!r}",
            source=row.name,
            line=row.line,
            column=1,
            remedy="A row is an object with the text of a kep.yaml under 'kep'",
        )
    try:
        return read_proposal(text.encode(), name, scalars)
    except InvalidDocument as fault:
        raise InvalidDocument(
            f"{fault.message} (line {fault.line}, column {fault.column} of the text under "
            f"{PROPOSAL!r})",
            source=row.name,
            line=row.line,
            column=1,
            pointer=f"/{PROPOSAL}",
            remedy=fault.remedy,
        ) from None


def _text(row: Document, key: str) -> str | None:
    value = row.value.get(key) if isinstance(row.value, dict) else None
    return value if isinstance(value, str) else None
