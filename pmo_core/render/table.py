"""Tables for terminals: columns as wide as what they hold, numbers to the right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pmo_core.render.escape import clean
from pmo_core.render.layout import columns


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()
) -> Iterator[str]:
    """The lines of a table; two blanks between columns, none at a line's end.

    Args:
        head: the columns' names.
        rows: a text for each column.
        right: positions of the columns that stand to the right.
    """
    cleaned = [[clean(cell) for cell in row] for row in (head, *rows)]
    widths = [max(columns(row[index]) for row in cleaned) for index in range(len(head))]
    for row in cleaned:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - columns(cell))
            cells.append(blank + cell if index in right else cell + blank)
        yield "  ".join(cells).rstrip()
