"""Where the values of a project's record stand in its file under `projects/`.

The ledger is the truth and the file a proposal, so a place is told only for what both have alike.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_core.documents import DEFAULT_LIMITS, read_document, resolve
from pmo_core.errors import InvalidDocument
from pmo_core.office.folders import PROJECTS
from pmo_core.office.project_files import ENDINGS

if TYPE_CHECKING:
    from pmo_core.documents import Document, JsonObject, Place, Scalars


def record_document(folder: Path, project: str, scalars: Scalars) -> Document | None:
    """The project's file, by its path from where the command runs; None where none can be read.

    Args:
        folder: the office's.
    """
    for ending in ENDINGS:
        path = folder / PROJECTS / f"{project}{ending}"
        try:
            if not path.is_file() or path.stat().st_size > DEFAULT_LIMITS.document_bytes:
                continue
            return read_document(path.read_bytes(), _from_here(path), scalars=scalars)
        except (OSError, InvalidDocument):
            return None
    return None


def place_of(document: Document | None, record: JsonObject, pointer: str) -> Place | None:
    """Where a pointer into the ledger's record leads in the file; None where the two differ.

    Of what is absent in both: the nearest thing around it that is there, where it is alike.
    """
    if document is None:
        return None
    try:
        while pointer and resolve(document.value, pointer, None) is None:
            if resolve(record, pointer, None) is not None:
                return None
            pointer = pointer.rpartition("/")[0]
        # The whole is never quite alike: the ledger moves claims of phases on.
        if pointer and resolve(document.value, pointer, None) != resolve(record, pointer, None):
            return None
        return document.place(pointer)
    except InvalidDocument:  # a plugin may have sent a pointer that is none
        return None


def _from_here(path: Path) -> str:
    """As one would type it: below the working folder by the way there, else in full."""
    whole, here = Path(os.path.abspath(path)), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
