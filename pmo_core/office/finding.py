"""Which office a command means: the one that is named, else the one around the place it runs in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pmo_core.errors import Unavailable, UnknownName
from pmo_core.office.settings import FILE

VARIABLE: Final = "PMO_OFFICE"
"""The environment variable that names an office's folder."""


def working_folder() -> Path:
    """The folder in which the process runs.

    Raises:
        Unavailable: it has been removed.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise Unavailable(
            f"the folder in which this runs cannot be read: {error.strerror}",
            remedy="Change to another folder, or name the office with --office",
        ) from None


def find_office(named: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """The folder of the office that is meant; that its settings are sound is not asked.

    What is named counts, and nothing else is tried where it is wrong: a command that fell back to
    the office around it would act on another one than was meant.

    Args:
        named: the folder that `--office` gives, or the `pmo.yaml` in it; None where it is not
            given.
        environment: looked at for `PMO_OFFICE`; an empty value names nothing.
        here: the folder from which relative names count, and in which the search upwards begins.

    Raises:
        UnknownName: what is named is no office, or there is none here or above.
    """
    if named is not None:
        return _named(named, "--office", here)
    variable = environment.get(VARIABLE)
    if variable:
        return _named(variable, VARIABLE, here)
    start = Path(os.path.abspath(here))
    for folder in (start, *start.parents):
        if _has_settings(folder):
            return folder
    raise UnknownName(
        f"no office here or above {str(here)!r}: there is no {FILE}",
        remedy="Found one with pmo init DIR, or name one with --office DIR",
    )


def _named(name: str, by: str, here: Path) -> Path:
    folder = here / name
    if not name or "\0" in name:
        raise UnknownName(f"{by} {name!r} names no folder", remedy="Name the office's folder")
    if folder.name == FILE and os.path.isfile(folder):
        return folder.parent
    if _has_settings(folder):
        return folder
    if os.path.isdir(folder):
        raise UnknownName(
            f"{by} {name!r} is no office: there is no {FILE} in it",
            remedy=f"Name the folder with the {FILE}, or found an office there: pmo init {name}",
        )
    if os.path.lexists(folder):
        raise UnknownName(
            f"{by} {name!r} is no folder", remedy=f"Name the folder with the {FILE} of the office"
        )
    raise UnknownName(
        f"{by} {name!r}: there is no such folder",
        remedy=f"Check the path, or found an office there: pmo init {name}",
    )


def _has_settings(folder: Path) -> bool:
    """Whether something is there under the settings' name, be it a broken link or a folder."""
    return os.path.lexists(folder / FILE)
