"""Files written as a whole: whoever reads one sees what was there or what is now, never a half."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pmo_core.errors import Unavailable


def replace_file(path: Path, data: bytes) -> None:
    """Put other bytes in the place of a file's, or make it; its permissions stay, and so do links.

    Raises:
        OSError: the disk, or its permissions, keep it from being written; nothing has changed.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        beside.write_bytes(data)
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of the disk leave this block as `Unavailable`."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"it cannot be written: {error.strerror}",
            source=str(path),
            remedy="Check the disk, and the permissions of the folder",
        ) from None
