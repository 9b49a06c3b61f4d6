"""Files of a tree, and nothing outside it."""

from __future__ import annotations

import os
import stat

MOST_BYTES = 10_000_000


class NotReadable(Exception):
    """Why a file is not read, in words."""


def read_inside(path: str, root: str) -> bytes:
    """The bytes of a regular file in the tree `root`, one more than a document may have at most.

    Raises:
        NotReadable: it is a link out of the tree, no regular file, or cannot be opened.
    """
    if os.path.islink(path) and not is_inside(path, root):
        raise NotReadable("it is a symbolic link that leads out of the tree")
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise NotReadable("it is no regular file")
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotReadable(f"it cannot be read: {error.strerror}") from None


def is_inside(path: str, root: str) -> bool:
    """Whether what `path` leads to, after all links, lies in the tree `root`."""
    real_root = os.path.realpath(root)
    return os.path.commonpath((os.path.realpath(path), real_root)) == real_root
