"""Documents that begin from a template, in the office's folder `documents/PROJECT/`.

They are people's own from then on: nothing is written over unless somebody asks for it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from pmo_core.errors import Refused
from pmo_core.office.whole_files import told

DOCUMENTS: Final = "documents"
"""The folder of an office with a folder of documents for each project."""


def document_path(folder: Path, project: str, name: str, template: str) -> Path:
    """Where the document of a template lies that nobody put elsewhere.

    Args:
        folder: the office's root.
        name: of the artefact or template.
        template: path of the template in its package, whose ending the document gets.
    """
    ending = os.path.splitext(template)[1] or ".md"
    return folder / DOCUMENTS / project / f"{name.replace('/', '-')}{ending}"


def write_document(path: Path, text: str, *, force: bool = False) -> None:
    """Write a document; over another only by `force`, and then in one piece.

    Raises:
        Refused: there is a file already, or what is there is none.
        Unavailable: the disk, or its permissions, keep it from being written.
    """
    check_free(path, force=force)
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(text.encode("utf-8", "replace"))
            # Nobody else's may have come meanwhile; a link is replaced, not what it leads to.
            check_free(path, force=force)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def check_free(path: Path, *, force: bool = False) -> None:
    """Nothing stands where the document is to be; with `force` a file may.

    Raises:
        Refused: something does.
    """
    if os.path.isdir(path):
        raise Refused(
            "it is a folder", source=str(path), remedy="Name a file, or leave --output out"
        )
    if os.path.lexists(path) and not force:
        raise _taken(path)


def _taken(path: Path) -> Refused:
    return Refused(
        "there is a file already, and nothing was written",
        source=str(path),
        remedy="Go on with it; or name another by --output FILE, or write over it by --force",
    )
