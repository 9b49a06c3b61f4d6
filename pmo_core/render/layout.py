"""Lines of text on a terminal: their width in columns, and where they break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from pmo_core.render.escape import terminal
from pmo_core.render.values import one_line

if TYPE_CHECKING:
    from pmo_core.render.style import Style


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


def lines_of(told: str, style: Style, first: str = "", following: str = "") -> Iterator[str]:
    """A sentence as lines for a terminal, broken where it has a width.

    Args:
        first: what the first line begins with.
        following: what the others begin with.
    """
    return map(terminal, wrapped(one_line(told), style.width, first, following))


def shortened(text: str, width: int) -> str:
    """The text, its end given up for three full stops where it is wider than `width`."""
    if columns(text) <= width:
        return text
    kept = text
    while kept and columns(kept) > width - 3:
        kept = kept[:-1]
    return f"{kept.rstrip()}..."


def command_lines(command: str, width: int | None, before: str = "") -> list[str]:
    """A command as one types it; over several lines that a shell joins again, where it is wide.

    Args:
        command: as a shell reads it.
        width: None for no limit.
        before: what the first line begins with, such as `$ `.
    """
    whole = before + command
    if width is None or columns(whole) <= width:
        return [whole]
    from shlex import quote, split  # start-up: only for a wide one

    first, *parts = _parts([quote(word) for word in split(command)])
    line = before + first
    lines: list[str] = []
    for part in parts:
        if columns(line) + columns(part) + 3 > width:
            lines.append(f"{line} \\")
            line = f"    {part}"
        else:
            line = f"{line} {part}"
    return [*lines, line]


def _parts(words: list[str]) -> list[str]:
    """The words of a command; an option with the value that follows it is one."""
    parts: list[str] = []
    for word in words:
        if parts and parts[-1].startswith("--") and " " not in parts[-1] and word[0] != "-":
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(word)
    return parts
