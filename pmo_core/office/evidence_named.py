"""What somebody names as evidence: a file of the office with its digest, or a link (S5.5)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.errors import Refused, Unavailable, UnknownName

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.documents import JsonObject

_LINK: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?://)?\S+", re.ASCII)
_WEB: Final = ("http", "https")
_AT_ONCE: Final = 1 << 20


class Evidence(NamedTuple):
    """One piece of evidence.

    Attributes:
        entry: as `pmo:registers/common` has it: `{link, date, digest?}`.
        size: of the file, in bytes; None for a link, which is never followed.
        outside: the file lies outside the office's folder, so that nobody looks at it again.
    """

    entry: JsonObject
    size: int | None = None
    outside: bool = False


def evidence_of(names: Sequence[str], folder: Path, day: date) -> tuple[Evidence, ...]:
    """What the command line names as evidence, each a file or a link.

    A file is kept as its path relative to the office and the SHA-256 of its bytes, so that it
    shows later whether it is still the same; the file itself stays where it is.

    Args:
        names: paths from the working folder, else from the office's; or links with a scheme.
        folder: the office's root.
        day: from which the evidence counts: that of the answer.

    Raises:
        UnknownName: there is no such file, and the name is no link.
        Refused: the file is empty.
        Unavailable: it cannot be read.
    """
    return tuple(_one(name, folder, day) for name in names)


def _one(name: str, folder: Path, day: date) -> Evidence:
    path = _file(name, folder)
    if path is None:
        if _is_link(name):
            return Evidence({"link": name, "date": day.isoformat()})
        raise UnknownName(
            f"no file {name!r} to serve as evidence",
            remedy="Check the path, or name a link, such as https://example.org/minutes",
        )
    digest, size = _read(path, name)
    if size == 0:
        raise Refused(
            f"{name!r} is empty, so it shows nothing",
            remedy="Name the file that shows it, or a link",
        )
    link = link_of(path, folder)
    entry: JsonObject = {
        "link": link,
        "date": day.isoformat(),
        "digest": f"sha256:{digest}",
    }
    return Evidence(entry, size, outside=os.path.isabs(link))


def _is_link(name: str) -> bool:
    """A scheme and what follows it; a web address, or any other with `//`, names its host."""
    if not _LINK.fullmatch(name):
        return False
    from urllib.parse import urlsplit  # start-up: only for links

    try:
        parts = urlsplit(name)
        host = parts.hostname
    except ValueError:
        return False
    hosted = parts.scheme in _WEB or name[len(parts.scheme) + 1 :].startswith("//")
    return bool(host) or not hosted or parts.scheme == "file"


def link_of(path: Path, folder: Path) -> str:
    """The path of a file from the office's folder, with `/`; whole where it lies elsewhere."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    if real.startswith(os.path.join(root, "")):
        return Path(real).relative_to(root).as_posix()
    return Path(real).as_posix()


def _file(name: str, folder: Path) -> Path | None:
    if not name or "\0" in name:
        return None
    return next((one for one in (Path(name), folder / name) if os.path.lexists(one)), None)


def _read(path: Path, name: str) -> tuple[str, int]:
    if not path.is_file():
        raise UnknownName(f"{name!r} is no file", remedy="Name a file, or a link")
    found, size = sha256(), 0
    try:
        with path.open("rb") as stream:
            while part := stream.read(_AT_ONCE):
                found.update(part)
                size += len(part)
    except OSError as error:
        raise Unavailable(
            f"it cannot be read: {error.strerror}",
            source=name,
            remedy="Nothing was written. Check its permissions",
        ) from None
    return found.hexdigest(), size
