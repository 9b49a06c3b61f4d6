"""The files that a command line means: one by name, those in a folder, those of a pattern.

Nothing that looks like a record is left out without a word: what cannot be read is found, too, with
the reason. Links to folders are not followed; one that leads out of its folder is told.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pmo_core.errors import UnknownName

ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
_MAGIC = frozenset("*?[")
_MOST_PARTS = 100
"""Of a pattern: the standard library goes through them by recursion."""
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FoundFile(NamedTuple):
    """A file, or why there is none to read.

    Attributes:
        wrong: what keeps it from being read; None where nothing is known to.
        remedy: what to do about that.
        is_regular: False for pipes and devices, which can be read only once.
        size: in bytes; 0 where it is not known.
    """

    path: Path
    wrong: str | None = None
    remedy: str = "Check the path, and its permissions"
    is_regular: bool = True
    size: int = 0


def nothing(path: Path) -> bool:
    """Leaves no file of a folder out."""
    return False


def files_named(name: str, apart: Callable[[Path], bool] = nothing) -> list[FoundFile]:
    """The files that one word of a command line means.

    Args:
        apart: whether a file of a folder or a pattern is known to be no record, and is left out;
            one that is named by itself never is.

    Raises:
        UnknownName: there are none.
    """
    if os.path.isdir(name):
        found = [one for one in _in_folder(Path(name)) if not apart(one.path)]
        if not found:
            raise UnknownName(
                f"folder {name!r} holds no project record",
                remedy=f"Records end in {', '.join(ENDINGS)}",
            )
        return found
    if os.path.lexists(name):
        return [_looked_at(Path(name))]
    found = [one for one in _matched(name) if not apart(one.path)]
    if found:
        return found
    raise UnknownName(f"no file, folder or source {name!r}", remedy="Check the path")


def _in_folder(root: Path) -> list[FoundFile]:
    found: list[FoundFile] = []
    real = os.path.realpath(root)

    def denied(error: OSError) -> None:
        path = Path(str(error.filename or root))
        found.append(FoundFile(path, f"the folder cannot be read: {error.strerror}"))

    for folder, folders, files in os.walk(root, onerror=denied):
        folders[:] = [one for one in folders if not one.startswith(".")]
        here = Path(folder)
        for name in folders:
            if _leads_out(here / name, real):
                found.append(
                    FoundFile(
                        here / name,
                        "a link to a folder elsewhere, which is not followed",
                        "Name that folder as a source of its own",
                    )
                )
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS:
                found.append(_only_regular(_looked_at(here / name)))
    return sorted(found, key=lambda one: one.path)


def _leads_out(path: Path, root: str) -> bool:
    if not path.is_symlink():
        return False
    real = os.path.realpath(path)
    return real != root and not real.startswith(os.path.join(root, ""))


def _matched(pattern: str) -> Iterator[FoundFile]:
    """The files of a pattern, and those in folders that match it; `**` follows no links."""
    parts = Path(pattern).parts
    plain = next((i for i, part in enumerate(parts) if _MAGIC & set(part)), len(parts))
    if plain == len(parts) or len(parts) > _MOST_PARTS:
        return
    base, rest = Path(*parts[:plain]), parts[plain:]
    shows_hidden = any(part.startswith(".") for part in rest)
    try:
        matches = sorted(base.glob(os.path.join(*rest)))
    except (ValueError, OSError):
        return  # no pattern, or nothing there
    for path in matches:
        own = path.parts[plain:]
        if not shows_hidden and any(part.startswith(".") for part in own):
            continue
        if os.path.isdir(path):
            if not path.is_symlink():
                yield from _in_folder(path)
        else:
            yield _only_regular(_looked_at(path))


def _looked_at(path: Path) -> FoundFile:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return FoundFile(path, f"it cannot be read: {reason}")
    regular = stat.S_ISREG(status.st_mode)
    return FoundFile(path, None, is_regular=regular, size=status.st_size if regular else 0)


def _only_regular(found: FoundFile) -> FoundFile:
    """The same; a pipe that nobody named is not read, since that may never end."""
    if found.wrong is not None or found.is_regular:
        return found
    mode = os.stat(found.path).st_mode
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "no file")
    return found._replace(wrong=f"{kind} is not read", remedy="Name it as a source of its own")
