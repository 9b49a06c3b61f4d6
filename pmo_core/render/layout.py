"""Lines of text on a terminal: their width in columns, and where they break."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def columns(text: str) -> int:
    """How many columns a text takes: wide signs two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )


def wrapped(
    text: str, width: int | None, indent: str = "", hanging: str | None = None
) -> list[str]:
    """Lines of at most `width` columns, broken at blanks; a longer word keeps its line to itself.

    Args:
        text: one line.
        width: None for no limit.
        indent: what the first line begins with.
        hanging: what the others begin with; None: as the first.
    """
    following = indent if hanging is None else hanging
    if width is None or columns(indent) + columns(text) <= width:
        return [indent + text]
    lines: list[str] = []
    line, empty = indent, True
    for word in text.split(" "):
        if not empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, empty = following, True
        line = line + word if empty else f"{line} {word}"
        empty = False
    return [*lines, line]
