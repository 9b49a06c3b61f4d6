"""Moments by the office's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmo_core.render.moments import distance_words, moment_words, until_words

OSLO = ZoneInfo("Europe/Oslo")


def test_a_moment_is_told_by_the_clock_of_the_office() -> None:
    assert moment_words(datetime(2026, 11, 26, 23, 30, tzinfo=UTC), OSLO) == "Fri 27 Nov 2026 00:30"


def test_what_ends_at_midnight_lasts_until_the_end_of_the_day_before() -> None:
    """The first instant that no longer counts is told as the last day that does."""
    assert until_words(datetime(2026, 11, 27, 23, tzinfo=UTC), OSLO) == "the end of Fri 27 Nov 2026"
    assert until_words(datetime(2026, 11, 27, 11, tzinfo=UTC), OSLO) == "Fri 27 Nov 2026 12:00"
    summer = datetime(2026, 7, 27, 22, tzinfo=UTC)
    assert until_words(summer, OSLO) == "the end of Mon 27 Jul 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [(27, "in 3 days"), (25, "in 1 day"), (24, "today"), (23, "1 day ago"), (20, "4 days ago")],
)
def test_how_far_a_day_is_away(day: int, words: str) -> None:
    assert distance_words(date(2026, 11, day), date(2026, 11, 24)) == words
