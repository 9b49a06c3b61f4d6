"""Text: the answer, what blocks, nothing too wide, and never a colour without its word."""

from __future__ import annotations

import re

import pytest

from pmo_core.assessment import assess
from pmo_core.office.lines import Checked, Line, Run, Tally, tallied
from pmo_core.render.layout import columns, wrapped
from pmo_core.render.style import Style
from pmo_core.render.text import summary, text
from pmo_core.standards.record import checked_record

from .small import ARCHIVE, NOW, PORTAL, record, small_lines, small_run, standard

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def written(style: Style, lines: list[Line] | None = None) -> str:
    small = standard()
    chosen = small_lines(small) if lines is None else lines
    return b"".join(text(small_run(small), chosen, style)).decode()


def test_nothing_is_wider_than_the_terminal() -> None:
    told = COLOUR.sub("", written(Style(width=80, colour=True)))
    assert max(columns(line) for line in told.splitlines()) <= 80


def test_colour_is_only_added_to_the_same_words() -> None:
    coloured = written(Style(colour=True))
    assert COLOUR.search(coloured)
    assert COLOUR.sub("", coloured) == written(Style())


def test_without_being_told_there_is_no_colour() -> None:
    assert "\x1b" not in written(Style())


def test_the_last_line_is_the_next_command() -> None:
    told = written(Style(next_command="pmo guide {criterion} {gate} {record}"))
    assert told.splitlines()[-1] == "Next: pmo guide risks-owned health permit-portal"


def test_there_is_no_next_command_where_nothing_blocks() -> None:
    small = standard()
    one = record(small, ARCHIVE)
    ready = [Checked(one, assess(small, "health", one, now=NOW), "x.yaml")]
    told = b"".join(text(Run(small, NOW), ready, Style(next_command="pmo guide {criterion}")))
    assert told == b"1 record: 1 ready, 0 blocked, 0 unreadable.\n"


def test_quiet_gives_the_counts_where_all_is_ready_too() -> None:
    small = standard()
    one = record(small, ARCHIVE)
    ready = [Checked(one, assess(small, "health", one, now=NOW), "x.yaml")]
    told = b"".join(text(Run(small, NOW), ready, Style(quiet=True)))
    assert told == b"1 record: 1 ready, 0 blocked, 0 unreadable.\n"


def test_the_gate_is_named_where_a_record_stands_at_several() -> None:
    told = written(Style())
    assert "risks-owned (must) at health" in told
    assert "record (must)\n" in told


def test_lines_that_are_counted_already_are_not_counted_again() -> None:
    small, tally = standard(), Tally()
    counted_lines = tallied(iter(small_lines(small)), tally)
    told = b"".join(text(small_run(small), counted_lines, Style(tally=tally))).decode()
    assert "3 records: 1 ready, 2 blocked by 12 criteria, 1 unreadable." in told


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(), "0 records in 0.2 s: 0 ready, 0 blocked, 0 unreadable."),
        (
            Tally(records=1, blocked=1, blocking=1),
            "1 record in 0.2 s: 0 ready, 1 blocked by 1 criterion, 0 unreadable.",
        ),
        (
            Tally(records=5, ready=2, blocked=3, blocking=9),
            "5 records in 0.2 s: 2 ready, 3 blocked by 9 criteria, 0 unreadable.",
        ),
    ],
)
def test_the_summary_counts_in_words(tally: Tally, told: str) -> None:
    assert summary(tally, 0.2) == told


def test_wide_signs_count_as_two_columns() -> None:
    assert columns("日本") == 4
    assert columns("e\u0301") == 1
    assert wrapped("日本 日本 日本", 9, "", "  ") == ["日本 日本", "  日本"]


def test_a_word_that_is_too_wide_keeps_its_line() -> None:
    assert wrapped("a " + "b" * 20 + " c", 10, "  ") == ["  a", "  " + "b" * 20, "  c"]


def test_a_condition_that_is_not_true_stands_where_it_looks() -> None:
    """S2.5: rendering joins findings to places."""
    small = standard()
    one = record(small, PORTAL)
    found = Checked(one, assess(small, "ready", one, now=NOW), "x.yaml")
    told = b"".join(text(Run(small, NOW), [found])).decode()
    assert "projects/x.yaml:6:13: fail within-tolerance (must)" in told


def test_a_value_from_python_has_no_place_but_its_source() -> None:
    small = standard()
    one = checked_record(small, {"id": "a", "phase": "planning", "risks": [{}]})
    found = Checked(one, assess(small, "health", one, now=NOW), "memory")
    told = b"".join(text(Run(small, NOW), [found])).decode()
    assert told.startswith("memory:1:1: fail risks-owned (must)\n")
