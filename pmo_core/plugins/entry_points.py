"""What installed distributions announce, found without `importlib.metadata` (65 ms of start-up).

Only `entry_points.txt` is read, in the `*.dist-info` and `*.egg-info` folders of `sys.path`, which
is where pip puts it, for editable installs too. What is installed in another way (in a zip file,
through a finder of its own) is asked for from `importlib.metadata`, once nothing was found here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_ENDINGS = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"
_HEADERS = ("METADATA", "PKG-INFO")


class EntryPoint(NamedTuple):
    """One name that a distribution announces in a group.

    Attributes:
        name: as in `kep = "pmo_kep"` the part before the sign.
        value: the part after it: a module, or `module:attribute`.
        distribution: name of the distribution, as its author wrote it.
        version: of the distribution; empty where its metadata say none.
    """

    name: str
    value: str
    distribution: str
    version: str


def entry_points(group: str, path: Sequence[str] | None = None) -> tuple[EntryPoint, ...]:
    """Everything that is announced in `group`, by name, then distribution.

    A distribution that stands on the path twice counts where it comes first, as for imports.

    Args:
        group: such as `pmo.plugins`.
        path: folders to look in; `sys.path` where None.
    """
    found = _in_order(_scanned(group, sys.path if path is None else path))
    return found if found or path is not None else all_entry_points(group)


def all_entry_points(group: str) -> tuple[EntryPoint, ...]:
    """As `entry_points`, in the standard library's slower words, however they are installed."""
    from importlib import metadata  # start-up: 65 ms

    return _in_order(
        EntryPoint(
            point.name,
            point.value.partition("[")[0].strip(),
            point.dist.name if point.dist else "",
            point.dist.version if point.dist else "",
        )
        for point in metadata.entry_points(group=group)
    )


def _in_order(points: Iterable[EntryPoint]) -> tuple[EntryPoint, ...]:
    return tuple(sorted(points, key=lambda point: (point.name, point.distribution, point.value)))


def _scanned(group: str, path: Sequence[str]) -> Iterator[EntryPoint]:
    seen: set[str] = set()
    for folder in dict.fromkeys(path):
        for where in _metadata_folders(folder or os.curdir):
            name = _known_as(where)
            if name in seen:
                continue
            seen.add(name)
            pairs = tuple(_announced(_text(os.path.join(where, _FILE)), group))
            if pairs:
                distribution, version = _identity(where)
                yield from (EntryPoint(*pair, distribution, version) for pair in pairs)


def _metadata_folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.path for entry in entries if entry.name.endswith(_ENDINGS))
    except OSError:
        return []


def _known_as(where: str) -> str:
    """The distribution's name as its folder has it: `pmo_kep` of `pmo_kep-0.1.0.dist-info`."""
    stem = os.path.basename(where).rpartition(".")[0]
    return stem.partition("-")[0].lower().replace(".", "_")


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _announced(text: str, group: str) -> Iterator[tuple[str, str]]:
    """The `name = value` lines under `[group]`."""
    inside = False
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            inside = line[1:].partition("]")[0].strip() == group
        elif inside and line and line[0] not in "#;":
            name, sign, value = line.partition("=")
            if sign:
                yield name.strip(), value.partition("[")[0].strip()


def _identity(where: str) -> tuple[str, str]:
    """Name and version as the distribution's own metadata give them, else as its folder does."""
    stem = os.path.basename(where).rpartition(".")[0]
    name, _, version = stem.partition("-")
    for header in _HEADERS:
        for line in _text(os.path.join(where, header)).splitlines():
            if not line:
                break
            key, _, value = line.partition(":")
            if key == "Name":
                name = value.strip()
            elif key == "Version":
                version = value.strip()
    return name, version
