"""Guidance as it is written (S18): the text itself, or a file of the package that holds it."""

from __future__ import annotations

from collections.abc import Mapping

_ENDINGS = (".md", ".txt")


def is_path(written: str, files: Mapping[str, bytes]) -> bool:
    """Whether guidance names a file: one of the package, or what can only be meant as a path.

    Without a blank, and with a slash or a page's ending, it is meant as a path; a link is none.
    """
    if written in files:
        return True
    if not written or any(character.isspace() for character in written) or "://" in written:
        return False
    return "/" in written or written.lower().endswith(_ENDINGS)


def guidance_text(written: str, files: Mapping[str, bytes]) -> str | None:
    """The text that people read; None where the package lacks the file that is named."""
    if not is_path(written, files):
        return written
    data = files.get(written)
    return None if data is None else data.decode("utf-8", "replace")
