"""Every list of the office, written one way: columns chosen, rows sorted, as text, CSV or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents.values import shown as shown_name
from pmo_core.office.hints import unknown
from pmo_core.render.escape import json_lines, terminal
from pmo_core.render.table import table
from pmo_core.render.values import one_line, plain

if TYPE_CHECKING:
    from decimal import Decimal

    from pmo_core.documents import Json, JsonObject
    from pmo_core.render.style import Style

ALL = "all"
"""In place of columns: each that there is."""

_DIGITS = re.compile(r"([0-9]+)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula; in wide signs, too."""


class Column(NamedTuple):
    """A column that a list may show.

    Attributes:
        id: as `--columns`, CSV and JSON name it, such as `project`.
        head: as the table names it, such as `PROJECT`.
        right: whether it stands to the right, as numbers do.
        usual: whether it is shown where nobody chooses.
    """

    id: str
    head: str
    right: bool = False
    usual: bool = True


class Cell(NamedTuple):
    """What stands in one column of one row; `cell` makes it.

    Attributes:
        text: as people read it.
        value: as programs read it; dates and instants as ISO 8601 texts.
        order: what it is sorted by where that is not the value, such as the amount of money.
    """

    text: str
    value: Json
    order: int | float | Decimal | str | None = None


class Listing(NamedTuple):
    """A list: what it may show, and its rows in the order that suits most readers.

    Attributes:
        rows: a cell for each column.
        values: a JSON object for each row, where JSON says more than the columns do; else empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    values: tuple[JsonObject, ...] = ()


def cell(
    value: Json, text: str | None = None, order: int | float | Decimal | str | None = None
) -> Cell:
    """A cell of a value; people read the value itself where no text is given."""
    return Cell(_words(value) if text is None else text, value, order)


def listing_lines(
    listing: Listing, style: Style, *, columns: Sequence[str] = (), sort: Sequence[str] = ()
) -> Iterator[str]:
    """The list as a table; for screen readers each row is a sentence.

    Args:
        columns: ids of the columns to show, in that order; empty: the usual ones.
        sort: ids of the columns to sort by, the first before the second; `-id` downwards. One
            that is not shown may be among them.

    Raises:
        UnknownName: there is no such column.
    """
    shown = chosen_columns(listing.columns, columns)
    order = sorted_rows(listing, sort)
    head = [listing.columns[at].head for at in shown]
    rows = [[one_line(listing.rows[row][at].text) for at in shown] for row in order]
    right = {place for place, at in enumerate(shown) if listing.columns[at].right}
    return table(head, rows, style, right)


def listing_csv(
    listing: Listing, *, columns: Sequence[str] = (), sort: Sequence[str] = ()
) -> bytes:
    """The list for spreadsheets: RFC 4180 in UTF-8, its first line the ids of the columns.

    A cell is the value: a number in digits, a date as ISO 8601 has it, nothing where nothing is
    known; lists and objects are as people read them. What a spreadsheet would take for a formula
    has an apostrophe before it, except numbers. Line breaks are blanks.

    Raises:
        UnknownName: there is no such column.
    """
    import csv  # start-up: only where it is asked for
    import io

    shown = chosen_columns(listing.columns, columns)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([listing.columns[at].id for at in shown])
    for row in sorted_rows(listing, sort):
        writer.writerow([_csv_text(listing.rows[row][at]) for at in shown])
    return written.getvalue().encode("utf-8", "replace")


def listing_json(listing: Listing, *, sort: Sequence[str] = ()) -> str:
    """The list for programs: a JSON array of objects, each with all there is, shown or not.

    Raises:
        UnknownName: there is no such column.
    """
    names = [column.id for column in listing.columns]
    return json_lines(
        [
            listing.values[row]
            if listing.values
            else {name: one.value for name, one in zip(names, listing.rows[row], strict=True)}
            for row in sorted_rows(listing, sort)
        ]
    )


def chosen_columns(columns: Sequence[Column], names: Sequence[str]) -> tuple[int, ...]:
    """Positions of the columns that are named, in that order, each once; of the usual for none.

    Raises:
        UnknownName: there is no such column.
    """
    if not names:
        return tuple(at for at, column in enumerate(columns) if column.usual)
    if ALL in names:
        return tuple(range(len(columns)))
    return tuple(dict.fromkeys(position_of(columns, name) for name in names))


def sorted_rows(listing: Listing, sort: Sequence[str]) -> tuple[int, ...]:
    """Positions of the rows, sorted; equal rows keep their order, and the empty come last.

    Numbers sort as numbers. Texts sort without regard to case, the digits in them as numbers:
    `R-2` before `R-10`; dates and instants, being ISO 8601, by time.

    Raises:
        UnknownName: there is no such column.
    """
    order = tuple(range(len(listing.rows)))
    for written in reversed(sort):
        down, name = written.startswith("-"), written.removeprefix("-")
        at = position_of(listing.columns, name)
        keys = {row: _key(listing.rows[row][at]) for row in order}
        full = [row for row in order if keys[row] is not None]
        empty = tuple(row for row in order if keys[row] is None)
        order = (*sorted(full, key=keys.__getitem__, reverse=down), *empty)  # type: ignore[arg-type]
    return order


def position_of(columns: Sequence[Column], name: str) -> int:
    """Where a column stands among them.

    Raises:
        UnknownName: there is no such column.
    """
    names = [column.id for column in columns]
    if name in names:
        return names.index(name)
    raise unknown(
        f"there is no column {shown_name(name)}", name, names, f"Columns: {', '.join(names)}"
    )


def _key(one: Cell) -> tuple[object, ...] | None:
    """What a cell is sorted by: numbers before texts; None for an empty one."""
    by = one.value if one.order is None else one.order
    if by is None or by == "":
        return None
    if isinstance(by, str | list | dict):
        text = by if isinstance(by, str) else one.text
        # Text and digits take turns, so that a text is never compared with a number.
        parts = enumerate(_DIGITS.split(text.casefold()))
        return (1, *((_number(part) if at % 2 else part) for at, part in parts))
    return (0, by)


def _number(digits: str) -> tuple[int, str]:
    """Digits in the order of their numbers, however many they are."""
    bare = digits.lstrip("0")
    return len(bare), bare


def _csv_text(one: Cell) -> str:
    if isinstance(one.value, int | float):
        return plain(one.value)
    if one.value is None:
        return ""
    text = terminal(one_line(one.value if isinstance(one.value, str) else one.text))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _words(value: Json) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)
    return plain(value)
