"""What lies where in the folder of an office, and the record schemas that editors find there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_core.office.record_files import schema_file_name
from pmo_core.office.whole_files import replace_file, told

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard

HIDDEN: Final = ".pmo"
"""The folder of an office that pmo keeps for itself."""

PROJECTS: Final = "projects"
"""The folder of an office with a file for each project."""

_LEDGER: Final = "ledger.sqlite"


def ledger_path(folder: Path) -> Path:
    """Where the ledger of the office in that folder lies."""
    return folder / HIDDEN / _LEDGER


def record_schema_path(folder: Path, standard: Standard) -> Path:
    """Where the office in that folder keeps the record schema of a standard, for editors."""
    return folder / HIDDEN / schema_file_name(standard)


def record_schema_ref(standard: Standard) -> str:
    """The same as a file in `projects/` names it."""
    return f"../{HIDDEN}/{schema_file_name(standard)}"


def write_record_schema(folder: Path, standard: Standard) -> Path:
    """Write the standard's record schema, in one piece, where the office's project files find it.

    What is there already is replaced as a whole, and left alone where it says the same.

    Args:
        folder: the office's root.
        standard: whose record schema it is.

    Raises:
        Unavailable: the disk, or its permissions, keep it from being written.
    """
    from pmo_core.standards.bundle import bundled_record_schema  # start-up: few commands need it

    path = record_schema_path(folder, standard)
    text = json.dumps(bundled_record_schema(standard), ensure_ascii=False, indent=1)
    data = f"{text}\n".encode()
    with told(path):
        path.parent.mkdir(exist_ok=True)
        if not path.is_file() or path.read_bytes() != data:
            replace_file(path, data)
    return path
