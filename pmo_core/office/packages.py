"""Standards on disk and installed: found by `id`, `id@version` or path, read file by file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_core.errors import InvalidStandard, Unavailable, UnknownName
from pmo_core.plugins.entry_points import entry_points
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.load import FILE, load
from pmo_core.standards.schema_places import is_number

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard

GROUP = "pmo.standards"
MOST_BYTES = 10_000_000


class PackageFiles(Mapping[str, bytes]):
    """The files of a package, read when they are asked for; nothing outside it can be reached.

    Symbolic links, `..` and absolute paths are no files of a package.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def __getitem__(self, path: str) -> bytes:
        found = self._path(path)
        if found is None:
            raise KeyError(path)
        try:
            with found.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise _denied(found, error) from None
        if len(data) > MOST_BYTES:
            raise InvalidStandard(
                "the file is larger than 10 MB",
                source=str(found),
                remedy="Split it, or take out what is not needed",
            )
        return data

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._path(path) is not None

    def __iter__(self) -> Iterator[str]:
        for found in sorted(self._root.rglob("*")):
            path = found.relative_to(self._root).as_posix()
            if self._path(path) is not None:
                yield path

    def __len__(self) -> int:
        return sum(1 for _path in self)

    def _path(self, path: str) -> Path | None:
        parts = path.split("/")
        if "\\" in path or any(part in ("", ".", "..") for part in parts):
            return None
        found = self._root
        try:
            for part in parts:
                found = found / part
                if found.is_symlink():
                    return None
            return found if found.is_file() else None
        except ValueError:
            return None  # a character that no path has
        except OSError as error:
            if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
                return None
            raise _denied(found, error) from None


def _denied(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        f"it cannot be read: {error.strerror}", source=str(path), remedy="Check its permissions"
    )


def load_standard(name: str | Path) -> Standard:
    """The standard of that id, `id@version`, or path of a package folder.

    Without a version it is the highest that is installed.

    Raises:
        UnknownName: nothing of that name is installed, and it is no folder.
        InvalidStandard: what is wrong in it, where, and what to do.
    """
    root = find_package(name)
    if (root / FILE).is_symlink():
        raise InvalidStandard(
            "a symbolic link, and nothing outside a package is read",
            source=str(root / FILE),
            remedy="Put the file itself there",
        )
    return load(PackageFiles(root), str(root))


def find_package(name: str | Path) -> Path:
    """The folder of a standard by id, `id@version`, or path.

    Raises:
        UnknownName: there is none.
    """
    path = Path(name)
    text = str(name)
    if path.name == FILE and os.path.isfile(text):
        return path.parent
    if isinstance(name, Path) or "/" in text or "\\" in text or text.startswith("."):
        if os.path.isdir(text):
            return _only_version(path)
        if os.path.isfile(text):
            raise _no_folder(text)
        raise UnknownName(
            f"no folder {text!r} with a standard in it",
            remedy="Check the path. Installed standards: pmo standard list",
        )
    wanted, _, version = text.partition("@")
    known = installed_packages()
    versions = known.get(wanted, {})
    if not versions:
        if os.path.isdir(text):
            return _only_version(path)
        if os.path.isfile(text):
            raise _no_folder(text)
        hint = did_you_mean(wanted, known) or "Installed standards: pmo standard list"
        raise UnknownName(f"no standard {wanted!r} is installed", remedy=hint)
    if not version:
        return versions[max(versions, key=version_order)]
    if version not in versions:
        raise UnknownName(
            f"standard {wanted!r} has no version {version!r} here",
            remedy=f"Installed: {', '.join(sorted(versions, key=version_order))}",
        )
    return versions[version]


def _no_folder(text: str) -> UnknownName:
    return UnknownName(
        f"{text!r} is a file, and a standard is a folder with a {FILE} in it",
        remedy="Name the folder. Installed standards: pmo standard list",
    )


def _only_version(path: Path) -> Path:
    """A package folder itself, or the highest version in a folder `ID/` of them."""
    if (path / FILE).is_file():
        return path
    versions = {one.parent.name: one.parent for one in path.glob(f"*/{FILE}")}
    return versions[max(versions, key=version_order)] if versions else path


def installed_packages() -> dict[str, dict[str, Path]]:
    """Every installed standard: id -> version -> folder, from entry points of `pmo.standards`."""
    found: dict[str, dict[str, Path]] = {}
    for point in entry_points(GROUP):
        for root in _roots(point.value):
            for file in sorted(Path(root).glob(f"*/*/{FILE}")):
                folder = file.parent
                found.setdefault(folder.parent.name, {})[folder.name] = folder
    return found


def _roots(package: str) -> Iterable[str]:
    """Where a top-level package lies, without importing it; nowhere, if it is not there.

    Of a dotted name Python would import the outer package, and so run code that nobody named.
    """
    try:
        spec = find_spec(package) if package.isidentifier() else None
    except (ImportError, ValueError):
        return ()
    return (spec.submodule_search_locations or ()) if spec else ()


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key for versions: numeric parts as numbers, a text part before any number."""
    return tuple(
        (1, int(part), "") if is_number(part) else (0, 0, part) for part in version.split(".")
    )
