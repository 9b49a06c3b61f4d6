"""The files in an office's folder `projects`: one a project, named by its id."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_core.office.folders import PROJECTS
from pmo_core.office.record_files import with_version
from pmo_core.office.whole_files import replace_file

if TYPE_CHECKING:
    from pmo_core.office.office import Office

ENDINGS: Final = (".yaml", ".yml", ".json")
"""Of a project's file; where several are there, the first of these counts."""


def renew_version(path: Path, known: int | None, version: int) -> bool:
    """Write the version into a file's head, in one piece; whether it was written.

    A JSON file has no head, and a file that cannot be written keeps its old one.

    Args:
        known: the version that the head names already; None for none.
    """
    if path.suffix.lower() == ".json" or known == version:
        return False
    try:
        text = path.read_bytes().decode("utf-8")
        replace_file(path, with_version(text, version).encode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return False
    return True


def project_files(office: Office) -> list[Path]:
    """The files in the office's folder `projects`, each of one project, in order."""
    folder = office.folder / PROJECTS
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        folder / name
        for name in names
        if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS
    ]


def file_of(office: Office, project: str) -> Path | None:
    """The project's own file, by its name; None where there is none."""
    if not is_file_name(project):
        return None
    folder = office.folder / PROJECTS
    return next(
        (folder / (project + end) for end in ENDINGS if (folder / (project + end)).is_file()), None
    )


def is_file_name(project: str) -> bool:
    """Whether a project's id can be the name of a file everywhere."""
    return (
        0 < len(project) <= 200
        and project.isprintable()
        and not project.startswith(".")
        and not set(project) & set('/\\:*?"<>|')
        and project == project.strip()
    )
