"""Tables for terminals: columns as wide as what they hold, numbers to the right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import columns, shortened

if TYPE_CHECKING:
    from pmo_core.render.style import Style

GAP = "  "
LEAST = 8
"""Columns that a shortened column keeps."""
LEAST_TEXT = 12
"""Those that running text keeps as long as something else can give way: a few words of it."""


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style,
    right: Collection[int] = (),
) -> Iterator[str]:
    """The lines of a table; two blanks between columns, none at a line's end.

    Where the style has a width, columns but the first are shortened to fit it: running text
    before dates and ids, of which a part is of little use. Where it is plain, each row is one
    sentence, for screen readers.

    Args:
        head: the columns' names.
        rows: a text for each column.
        right: positions of the columns that stand to the right.
    """
    cleaned = [[clean(cell) for cell in row] for row in (head, *rows)]
    if style.plain:
        yield from _sentences(cleaned)
        return
    widths = [max(columns(row[index]) for row in cleaned) for index in range(len(head))]
    if style.width is not None:
        texts = {
            index for index in range(len(head)) if any(" " in row[index] for row in cleaned[1:])
        }
        widths = _fitted(widths, style.width, texts)
    for row in cleaned:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            kept = shortened(cell, width)
            blank = " " * (width - columns(kept))
            cells.append(blank + kept if index in right else kept + blank)
        yield terminal(GAP.join(cells).rstrip())


def _sentences(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """`essentials@1.0.0: title Essentials, gates 8.`"""
    head, *others = rows
    for first, *more in others:
        told = [f"{name.lower()} {cell}" for name, cell in zip(head[1:], more, strict=True) if cell]
        yield terminal(f"{first}: {', '.join(told)}." if told else first)


def _fitted(widths: Sequence[int], most: int, texts: Collection[int]) -> list[int]:
    """The widths, the widest of all but the first made narrower until they fit.

    Args:
        texts: positions of the columns that hold running text, which give way first.
    """
    fitted = list(widths)
    over = sum(fitted) + len(GAP) * (len(fitted) - 1) - most
    running = [index for index in range(1, len(fitted)) if index in texts]
    others = [index for index in range(1, len(fitted)) if index not in texts]
    for chosen, least in ((running, LEAST_TEXT), (others, LEAST), (running, LEAST)):
        while over > 0 and chosen:
            widest = max(chosen, key=lambda index: fitted[index])
            if fitted[widest] <= least:
                break
            fitted[widest] -= 1
            over -= 1
    return fitted
