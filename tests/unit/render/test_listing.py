"""Every list of the office: columns chosen, rows sorted; the same rows as text, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json
from pmo_core.errors import UnknownName
from pmo_core.render.escape import terminal
from pmo_core.render.listing import (
    Cell,
    Column,
    Listing,
    cell,
    listing_csv,
    listing_json,
    listing_lines,
)
from pmo_core.render.style import Style
from pmo_core.render.values import one_line

COLUMNS = (
    Column("risk", "RISK"),
    Column("due", "DUE"),
    Column("days", "DAYS", right=True),
    Column("money", "MONEY", right=True, usual=False),
)


def row(risk: str, due: str | None, days: int | None, money: str) -> tuple[Cell, ...]:
    return (
        cell(risk),
        cell(due, due or "never"),
        cell(days),
        cell({"amount": money, "currency": "EUR"}, order=Decimal(money)),
    )


RISKS = Listing(
    COLUMNS,
    (
        row("R-10", "2026-11-24", 9, "100.50"),
        row("R-2", None, None, "9.75"),
        row("r-9", "2026-02-01", 10, "-3"),
    ),
)


def first_column(*sort: str) -> list[str]:
    """The risks as they are sorted, by their ids."""
    rows = json.loads(listing_json(RISKS, sort=sort))
    return [one["risk"] for one in rows]


def test_the_usual_columns_are_shown_where_nobody_chooses() -> None:
    assert list(listing_lines(RISKS, Style())) == [
        "RISK  DUE         DAYS",
        "R-10  2026-11-24     9",
        "R-2   never",
        "r-9   2026-02-01    10",
    ]


def test_columns_are_shown_in_the_order_in_which_they_are_named_and_each_once() -> None:
    shown = list(listing_lines(RISKS, Style(), columns=("money", "risk", "money")))
    assert shown[:2] == ["     MONEY  RISK", "100.50 EUR  R-10"]


def test_all_columns_can_be_shown() -> None:
    assert next(listing_lines(RISKS, Style(), columns=("all",))).split() == [
        "RISK",
        "DUE",
        "DAYS",
        "MONEY",
    ]


def test_numbers_sort_as_numbers_dates_by_time_and_ids_by_their_numbers() -> None:
    assert first_column("days") == ["R-10", "r-9", "R-2"]
    assert first_column("due") == ["r-9", "R-10", "R-2"]
    assert first_column("risk") == ["R-2", "r-9", "R-10"]
    assert first_column("money") == ["r-9", "R-2", "R-10"]


def test_a_minus_sorts_downwards_and_what_is_empty_still_comes_last() -> None:
    assert first_column("-days") == ["r-9", "R-10", "R-2"]
    assert first_column("-money") == ["R-10", "R-2", "r-9"]


def test_a_column_that_is_not_shown_sorts_too() -> None:
    shown = list(listing_lines(RISKS, Style(), columns=("risk",), sort=("money",)))
    assert shown == ["RISK", "r-9", "R-2", "R-10"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=12))
def test_equal_rows_keep_their_order_and_the_first_column_counts_most(
    pairs: list[tuple[str, str]],
) -> None:
    columns = (Column("one", "ONE"), Column("two", "TWO"), Column("at", "AT"))
    rows = tuple((cell(one), cell(two), cell(at)) for at, (one, two) in enumerate(pairs))
    told = json.loads(listing_json(Listing(columns, rows), sort=("one", "-two")))
    places = [one["at"] for one in told]
    expected = sorted(range(len(pairs)), key=lambda at: (pairs[at][0], -ord(pairs[at][1]), at))
    assert places == expected


ANY_VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=9)
)


@given(st.lists(ANY_VALUE, max_size=9))
def test_values_of_all_kinds_sort_together(values: list[Json]) -> None:
    listing = Listing((Column("v", "V"),), tuple((cell(value),) for value in values))
    for sort in ("v", "-v"):
        told = [one["v"] for one in json.loads(listing_json(listing, sort=(sort,)))]
        assert len(told) == len(values)
        empty = [one is None or one == "" for one in told]
        assert empty == sorted(empty)


def test_a_number_of_many_thousand_digits_sorts() -> None:
    listing = Listing((Column("v", "V"),), ((cell("9" * 5000),), (cell("1" * 5001),)))
    assert [len(one["v"]) for one in json.loads(listing_json(listing, sort=("-v",)))] == [
        5001,
        5000,
    ]


@pytest.mark.parametrize(("name", "hint"), [("rsik", "Did you mean 'risk'? "), ("colour", "")])
def test_a_column_that_is_not_there_is_told_with_those_that_are(name: str, hint: str) -> None:
    for columns, sort in (((name,), ()), ((), (f"-{name}",))):
        with pytest.raises(UnknownName) as caught:
            list(listing_lines(RISKS, Style(), columns=columns, sort=sort))
        assert caught.value.message == f"there is no column '{name}'"
        assert caught.value.remedy == f"{hint}Columns: risk, due, days, money"


def test_nothing_is_cut_where_the_style_has_no_width() -> None:
    long = Listing(
        (Column("id", "ID"), Column("title", "TITLE")), ((cell("P"), cell("word " * 60)),)
    )
    piped = list(listing_lines(long, Style()))
    assert piped[1].count("word") == 60
    assert all(len(line) <= 80 for line in listing_lines(long, Style(width=80)))


def test_a_screen_reader_gets_a_sentence_a_row() -> None:
    """PMO_ACCESSIBLE."""
    told = list(listing_lines(RISKS, Style(plain=True), columns=("risk", "due", "days")))
    assert told == [
        "R-10: due 2026-11-24, days 9.",
        "R-2: due never.",
        "r-9: due 2026-02-01, days 10.",
    ]


def test_csv_has_ids_for_a_header_and_values_for_cells() -> None:
    """RFC 4180: a comma between cells, CRLF after a row."""
    written = listing_csv(RISKS, columns=("all",), sort=("due",))
    assert written.decode().split("\r\n") == [
        "risk,due,days,money",
        "r-9,2026-02-01,10,'-3 EUR",
        "R-10,2026-11-24,9,100.50 EUR",
        "R-2,,,9.75 EUR",
        "",
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n+", "\uff1d", "\uff20"])
def test_what_a_spreadsheet_would_run_is_text(begin: str) -> None:
    listing = Listing((Column("title", "TITLE"),), ((cell(f"{begin}HYPERLINK(1)"),),))
    (_head, (told,)) = csv.reader(io.StringIO(listing_csv(listing).decode()))
    assert told.startswith("'")


def test_a_negative_number_stays_a_number_in_csv() -> None:
    listing = Listing((Column("days", "DAYS"),), ((cell(-4),), (cell(-0.5),)))
    assert listing_csv(listing) == b"days\r\n-4\r\n-0.5\r\n"


FORMULA_SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=6))
def test_csv_reads_back_as_the_inert_texts(rows: list[tuple[str, str]]) -> None:
    listing = Listing(
        (Column("one", "ONE"), Column("two", "TWO")),
        tuple((cell(one), cell(two)) for one, two in rows),
    )
    text = listing_csv(listing).decode()
    head, *read = csv.reader(io.StringIO(text, newline=""))
    assert head == ["one", "two"]
    for told, asked in zip(read, rows, strict=True):
        for one, text_given in zip(told, asked, strict=True):
            inert = terminal(one_line(text_given))
            assert one == (f"'{inert}" if inert[:1] in FORMULA_SIGNS else inert)
    # Nothing but the line breaks of the format itself.
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == len(rows) + 1


@given(st.lists(ANY_VALUE, max_size=5))
def test_json_has_the_exact_values_of_all_columns(values: list[Json]) -> None:
    columns = tuple(Column(f"c{at}", "C", usual=False) for at in range(len(values)))
    told = json.loads(listing_json(Listing(columns, (tuple(map(cell, values)),))))
    assert told == [dict(zip([one.id for one in columns], values, strict=True))]


def test_json_says_more_than_the_columns_where_there_is_more() -> None:
    listing = Listing(
        (Column("id", "ID"),),
        ((cell("b"),), (cell("a"),)),
        ({"id": "b", "more": 1}, {"id": "a", "more": 2}),
    )
    assert json.loads(listing_json(listing, sort=("id",))) == [
        {"id": "a", "more": 2},
        {"id": "b", "more": 1},
    ]
