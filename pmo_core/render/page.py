"""A Markdown page as a terminal shows it: headings bare, paragraphs wrapped, code as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import wrapped

_ITEM = re.compile(r"(?:[-*+]|\d{1,2}\.) +")
_RULE = re.compile(r"\|?[ :|-]*-{3,}[ :|-]*")
_CODE_MARGIN = "    "


def page_lines(text: str, width: int | None, *, said: str | None = None) -> Iterator[str]:
    """The page's lines, without blank ones at its beginning and end.

    Args:
        width: columns of the terminal; None: a paragraph is one line.
        said: what stands above the page already, so that its title is left out: a first heading
            that repeats it, or the only one of the first level, above sections of the second.
    """
    lines = _without_blanks(text.splitlines())
    if said is not None and _is_titled(lines, said):
        lines = _without_blanks(lines[1:])
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


def _without_blanks(lines: list[str]) -> list[str]:
    """The lines from the first one that is not blank."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return lines[first:]


def _is_titled(lines: list[str], said: str) -> bool:
    """Whether the page begins with a heading that is its title, and no section of it."""
    if not lines or not lines[0].startswith("# "):
        return False
    if _plainly(lines[0].lstrip("#")) == _plainly(said):
        return True
    code, levels = False, []
    for line in lines[1:]:
        code ^= line.startswith("```")
        if not code and line.startswith(("# ", "## ")):
            levels.append(line.index(" "))
    return bool(levels) and 1 not in levels


def _plainly(words: str) -> str:
    return " ".join(words.split()).rstrip(".").casefold()


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
