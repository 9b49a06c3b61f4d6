"""A Markdown page as a terminal shows it: headings bare, paragraphs wrapped, code as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import wrapped

_ITEM = re.compile(r"(?:[-*+]|\d{1,2}\.) +")
_RULE = re.compile(r"\|?[ :|-]*-{3,}[ :|-]*")
_CODE_MARGIN = "    "


def page_lines(text: str, width: int | None, *, titled: bool = True) -> Iterator[str]:
    """The page's lines, without blank ones at its end.

    Args:
        width: columns of the terminal; None: a paragraph is one line.
        titled: whether its first heading is kept.
    """
    lines = text.splitlines()
    if not titled and lines[:1] and lines[0].startswith("# "):
        lines = lines[1:]
    paragraph: list[str] = []
    code = False
    blank = False
    for line in [*lines, ""]:
        if _continues(line, code):
            paragraph.append(line.strip())
            continue
        if paragraph:
            if blank:
                yield ""
                blank = False
            yield from _wrapped(" ".join(paragraph), width)
            paragraph = []
        if line.startswith("```"):
            code = not code
        elif not line.strip():
            blank = True
        elif not code and _ITEM.match(line):
            paragraph = [line.strip()]
        elif not _RULE.fullmatch(line):
            if blank:
                yield ""
                blank = False
            yield from _alone(line, width, code)


def _continues(line: str, code: bool) -> bool:
    """Whether a line is part of a paragraph or an item of a list."""
    return bool(line.strip()) and not code and not _stands_alone(line) and not _ITEM.match(line)


def _stands_alone(line: str) -> bool:
    return line.startswith(("#", "|", "```"))


def _alone(line: str, width: int | None, code: bool) -> Iterator[str]:
    """A heading, a row of a table, a line of code."""
    if code:
        margin = _CODE_MARGIN + " " * (len(line) - len(line.lstrip(" ")))
        for part in wrapped(clean(line.strip(" ")), width, margin, f"{margin}    "):
            yield terminal(part)
    else:
        yield from _wrapped(line.lstrip("#").strip(), width)


def _wrapped(words: str, width: int | None) -> Iterator[str]:
    item = _ITEM.match(words)
    hanging = " " * len(item[0]) if item else ""
    for part in wrapped(clean(words), width, "", hanging):
        yield terminal(part)
