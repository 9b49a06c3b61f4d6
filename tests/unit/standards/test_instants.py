"""Time by S1.4 and S10: shapes, days of a zone, sums by the calendar, working days, series."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice

import pytest

from pmo_core.standards.instants import (
    Calendar,
    Duration,
    InvalidTime,
    WorkingDays,
    add_duration,
    at_local_time,
    end_of_day,
    find_zone,
    format_instant,
    limit_after,
    limit_before,
    limit_ends,
    local_date,
    parse_date,
    parse_duration,
    parse_instant,
    series,
    start_of_day,
)

OSLO = find_zone("Europe/Oslo")
UTC_ZONE = find_zone("UTC")
OFFICE = Calendar()


def instant(text: str) -> datetime:
    return parse_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T09:00:00",
        "2026-03-01T09:00:00+00:00",
        "2026-03-01T09:00:00.5Z",
        "2026-03-01 09:00:00Z",
        "2026-03-01T09:00:00z",
        "2026-03-01",
        "2026-W01-1",
        "20260301T090000Z",
        "2026-02-30T09:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T09:00:00Z\n",
        "\u0662\u0660\u0662\u0666-03-01T09:00:00Z",
        "",
    ],
)
def test_an_instant_has_one_shape_only(text: str) -> None:
    """S1.4"""
    with pytest.raises(InvalidTime):
        parse_instant(text)


def test_an_instant_reads_and_writes_the_same() -> None:
    """S1.4"""
    assert format_instant(instant("2026-03-01T09:00:00Z")) == "2026-03-01T09:00:00Z"
    assert format_instant(instant("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "text", ["2026-W01-1", "20260301", "2026-3-1", "2026-02-29", "0000-01-01", "2026-03-01 ", ""]
)
def test_a_date_has_one_shape_only(text: str) -> None:
    """S1.4"""
    with pytest.raises(InvalidTime):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P90D", Duration(days=90)),
        ("P2W", Duration(weeks=2)),
        ("P1Y2M10DT2H", Duration(years=1, months=2, days=10, hours=2)),
        ("PT36H", Duration(hours=36)),
        ("PT5M", Duration(minutes=5)),
        ("P1M1W", Duration(months=1, weeks=1)),
        ("P0D", Duration()),
    ],
)
def test_a_duration_keeps_its_parts_apart(text: str, parts: Duration) -> None:
    """S1.4"""
    assert parse_duration(text) == parts
    assert str(parts) == text


@pytest.mark.parametrize(
    "text", ["P", "PT", "P1DT", "P1.5D", "P1,5D", "-P1D", "P-1D", "p1d", "P1H", "P1D2W", "1D", ""]
)
def test_a_duration_without_parts_or_with_fractions_is_refused(text: str) -> None:
    """S1.4"""
    with pytest.raises(InvalidTime):
        parse_duration(text)


@pytest.mark.parametrize("name", ["", "Oslo", "../etc/passwd", "/etc/passwd", "Europe", "a\0b"])
def test_a_zone_is_an_iana_name(name: str) -> None:
    """S3.2"""
    with pytest.raises(InvalidTime, match="time zone"):
        find_zone(name)


def test_the_local_date_is_that_of_the_office() -> None:
    """S10.1"""
    late = instant("2026-06-30T22:30:00Z")
    assert local_date(late, UTC_ZONE) == date(2026, 6, 30)
    assert local_date(late, OSLO) == date(2026, 7, 1)


def test_a_date_limit_includes_its_whole_day() -> None:
    """S10.1: it ends at the first instant whose local date is later."""
    assert end_of_day(date(2026, 6, 30), OSLO) == instant("2026-06-30T22:00:00Z")
    assert end_of_day(date(2026, 12, 31), OSLO) == instant("2026-12-31T23:00:00Z")
    assert end_of_day(date(2026, 6, 30), UTC_ZONE) == instant("2026-07-01T00:00:00Z")


def test_from_a_date_on_begins_with_its_first_instant() -> None:
    """S10.1"""
    assert start_of_day(date(2026, 7, 1), OSLO) == instant("2026-06-30T22:00:00Z")


def test_a_day_begins_when_its_midnight_falls_in_a_gap() -> None:
    """S10.2: clocks in Beirut went from 00:00 to 01:00 on 27 March 2022."""
    beirut = find_zone("Asia/Beirut")
    assert start_of_day(date(2022, 3, 27), beirut) == instant("2022-03-26T22:00:00Z")


def test_a_day_that_a_zone_skipped_begins_where_the_next_one_does() -> None:
    """S10.1: Samoa had no 30 December 2011."""
    apia = find_zone("Pacific/Apia")
    assert start_of_day(date(2011, 12, 30), apia) == start_of_day(date(2011, 12, 31), apia)
    assert end_of_day(date(2011, 12, 29), apia) == end_of_day(date(2011, 12, 30), apia)


def test_a_time_in_a_gap_is_the_gaps_end() -> None:
    """S10.2: Oslo's clocks go from 02:00 to 03:00 on 29 March 2026."""
    for minute in (0, 1, 30, 59):
        wall = datetime(2026, 3, 29, 2, minute)
        assert at_local_time(wall, OSLO) == instant("2026-03-29T01:00:00Z")


def test_a_time_in_a_fold_is_the_first_of_the_two() -> None:
    """S10.2: 02:30 comes twice in Oslo on 25 October 2026."""
    assert at_local_time(datetime(2026, 10, 25, 2, 30), OSLO) == instant("2026-10-25T00:30:00Z")


@pytest.mark.parametrize(
    ("day", "duration", "last"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2026-08-31", "P6M", "2027-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-12-15", "P1M", "2027-01-15"),
        ("2026-03-01", "P2W", "2026-03-15"),
        ("1900-01-31", "P1M", "1900-02-28"),
        ("2000-01-31", "P1M", "2000-02-29"),
    ],
)
def test_months_come_first_clamped_then_days(day: str, duration: str, last: str) -> None:
    """S10.2"""
    assert limit_after(parse_date(day), parse_duration(duration), OFFICE) == parse_date(last)


def test_a_window_before_a_date_goes_back_by_the_same_steps() -> None:
    """S10.2"""
    assert limit_before(date(2026, 3, 31), parse_duration("P1M")) == date(2026, 2, 28)
    assert limit_before(date(2026, 3, 31), parse_duration("P4W")) == date(2026, 3, 3)


def test_a_date_takes_no_hours() -> None:
    """S10.2"""
    hour = parse_duration("PT1H")
    with pytest.raises(InvalidTime, match="hours"):
        limit_after(date(2026, 1, 1), hour, OFFICE)
    with pytest.raises(InvalidTime, match="hours"):
        limit_before(date(2026, 1, 1), hour)


def test_an_instant_keeps_its_time_of_day_across_a_change_of_clocks() -> None:
    """S10.2: days count on the local date, hours as elapsed seconds."""
    noon = instant("2026-03-28T11:00:00Z")
    assert add_duration(noon, parse_duration("P1D"), OSLO, OFFICE) == instant(
        "2026-03-29T10:00:00Z"
    )
    assert add_duration(noon, parse_duration("PT24H"), OSLO, OFFICE) == instant(
        "2026-03-29T11:00:00Z"
    )
    assert add_duration(noon, parse_duration("P1DT1H"), OSLO, OFFICE) == instant(
        "2026-03-29T11:00:00Z"
    )


def test_nothing_added_leaves_an_instant_in_a_fold_where_it_is() -> None:
    """S10.2: the second 02:30 is not turned into the first."""
    second = instant("2026-10-25T01:30:00Z")
    assert add_duration(second, Duration(), OSLO, OFFICE) == second


def test_working_days_skip_weekends_and_holidays_and_the_first_day_counts_as_zero() -> None:
    """S10.3"""
    friday = date(2026, 12, 18)
    christmas = Calendar(holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))
    assert limit_after(friday, WorkingDays(0), christmas) == friday
    assert limit_after(friday, WorkingDays(1), christmas) == date(2026, 12, 21)
    assert limit_after(friday, WorkingDays(4), christmas) == date(2026, 12, 28)
    assert limit_after(date(2026, 12, 19), WorkingDays(1), christmas) == date(2026, 12, 21)


def test_working_days_need_a_working_weekday() -> None:
    """S10.3"""
    with pytest.raises(InvalidTime, match="no working weekday"):
        limit_after(date(2026, 1, 1), WorkingDays(1), Calendar(weekdays=frozenset()))
    with pytest.raises(InvalidTime):
        limit_after(date(2026, 1, 1), WorkingDays(-1), OFFICE)
    with pytest.raises(InvalidTime):
        limit_after(date(2026, 1, 1), WorkingDays(10**9), OFFICE)


def test_a_limit_without_hours_lasts_to_the_end_of_its_day() -> None:
    """S10.1, S10.4"""
    noon = instant("2026-03-01T11:00:00Z")
    month = parse_duration("P1M")
    assert limit_ends(noon, month, OSLO, OFFICE) == instant("2026-04-01T22:00:00Z")
    assert limit_ends(date(2026, 3, 1), month, OSLO, OFFICE) == instant("2026-04-01T22:00:00Z")
    assert limit_ends(noon, parse_duration("PT36H"), OSLO, OFFICE) == instant(
        "2026-03-02T23:00:00Z"
    )
    assert limit_ends(date(2026, 3, 1), parse_duration("PT1H"), OSLO, OFFICE) == instant(
        "2026-03-01T00:00:00Z"
    )


def test_a_series_is_counted_from_its_anchor() -> None:
    """S10.2: 31 Jan, 28 Feb, 31 Mar."""
    found = islice(series(date(2026, 1, 31), [parse_duration("P1M")], OFFICE), 4)
    assert list(found) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]


def test_the_last_step_of_a_series_repeats() -> None:
    """S11.4"""
    steps = [parse_duration(step) for step in ("P3M", "P3M", "P6M")]
    found = islice(series(date(2026, 1, 31), steps, OFFICE), 5)
    assert [day.isoformat() for day in found] == [
        "2026-04-30",
        "2026-07-31",
        "2027-01-31",
        "2027-07-31",
        "2028-01-31",
    ]


def test_a_series_in_working_days() -> None:
    """S10.3"""
    found = islice(series(date(2026, 1, 2), [WorkingDays(5)], OFFICE), 3)
    assert list(found) == [date(2026, 1, 9), date(2026, 1, 16), date(2026, 1, 23)]


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Duration()],
        [Duration(hours=5)],
        [Duration(days=1, hours=5)],
        [WorkingDays(0)],
        [WorkingDays(1), Duration(days=1)],
    ],
)
def test_a_series_needs_steps_of_one_kind_with_a_length(steps: list[Duration]) -> None:
    """S11.4"""
    with pytest.raises(InvalidTime):
        next(series(date(2026, 1, 1), steps, OFFICE))


def test_a_series_ends_with_the_calendar() -> None:
    found = list(series(date(9998, 1, 1), [parse_duration("P1Y")], OFFICE))
    assert found == [date(9999, 1, 1)]


def test_sums_beyond_the_calendar_are_refused() -> None:
    """S10.2"""
    end = date(9999, 12, 31)
    for duration in ("P1D", "P1M", "P999999Y", "P999999D"):
        with pytest.raises(InvalidTime, match="9999"):
            limit_after(end, parse_duration(duration), OFFICE)
    with pytest.raises(InvalidTime, match="9999"):
        end_of_day(end, UTC_ZONE)
    with pytest.raises(InvalidTime, match="9999"):
        start_of_day(date(1, 1, 1), OSLO)
    with pytest.raises(InvalidTime, match="9999"):
        local_date(instant("9999-12-31T23:59:59Z"), OSLO)
    with pytest.raises(InvalidTime, match="9999"):
        add_duration(
            datetime(9999, 12, 31, tzinfo=UTC), parse_duration("PT999999H"), UTC_ZONE, OFFICE
        )
