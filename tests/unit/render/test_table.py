"""A table on a narrow terminal: what gives way first, and what stays whole."""

from __future__ import annotations

from pmo_core.render.style import Style
from pmo_core.render.table import table

HEAD = ("PROJECT", "PLANNED", "NEXT GATE", "TITLE")
ROWS = (
    ("permit-portal", "2026-11-27", "ready-for-planning", "A portal for all permits of the town"),
    ("street-works", "2026-10-05", "worth-defining", "Dig once, and tell the town before"),
)


def lines(width: int) -> list[str]:
    return list(table(HEAD, ROWS, Style(width=width)))


def test_running_text_gives_way_before_dates_and_ids() -> None:
    assert lines(70) == [
        "PROJECT        PLANNED     NEXT GATE           TITLE",
        "permit-portal  2026-11-27  ready-for-planning  A portal for all per...",
        "street-works   2026-10-05  worth-defining      Dig once, and tell t...",
    ]


def test_dates_and_ids_give_way_where_nothing_else_is_left() -> None:
    assert lines(55) == [
        "PROJECT        PLANNED     NEXT GATE       TITLE",
        "permit-portal  2026-11-27  ready-for-p...  A portal...",
        "street-works   2026-10-05  worth-defining  Dig once,...",
    ]


def test_a_table_is_no_wider_than_the_terminal_while_anything_can_give_way() -> None:
    for width in range(43, 100):
        assert max(map(len, lines(width))) <= width
