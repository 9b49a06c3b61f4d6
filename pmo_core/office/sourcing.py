"""What an office's sources know of all its projects (S8.2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_core.errors import PmoError
from pmo_core.standards.inputs import Fact

if TYPE_CHECKING:
    from pmo_core.office.office import Office


def shared_facts(office: Office) -> Mapping[str, Fact]:
    """The facts that the sources named in the settings give, by whole name.

    A source that cannot be read gives none, so that what asks for them is unknown.
    """
    from pmo_core.documents import Scalars
    from pmo_core.plugins.calling import read_source

    found: dict[str, Fact] = {}
    for name in office.settings.sources:
        scheme, _, target = name.partition(":")
        plugin = office.plugins.get(scheme.partition(".")[0])
        source = None if plugin is None else plugin.sources.get(scheme)
        if plugin is None or source is None:
            continue
        try:
            there = _from_office(office.folder, target)
            found.update(read_source(plugin, source, there, Scalars.TYPED).facts)
        except PmoError:
            continue
    return found


def _from_office(folder: Path, target: str) -> str:
    """A path as it counts from the office's folder; a target that is none there stays as it is."""
    path = folder / target
    try:
        return str(path) if path.exists() else target
    except (OSError, ValueError):  # no path at all, such as an address
        return target
