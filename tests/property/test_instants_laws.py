"""Laws of S10: limits are whole local days, sums keep order, series do not drift."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pmo_core.standards.instants import (
    Calendar,
    Duration,
    WorkingDays,
    add_duration,
    at_local_time,
    end_of_day,
    find_zone,
    format_instant,
    limit_after,
    local_date,
    parse_duration,
    parse_instant,
    series,
    start_of_day,
)

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Oslo",
        "America/Havana",
        "America/St_Johns",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Kathmandu",
    ]
).map(find_zone)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
DURATIONS = st.builds(
    Duration,
    years=st.integers(0, 30),
    months=st.integers(0, 40),
    weeks=st.integers(0, 60),
    days=st.integers(0, 400),
)
TIMED = st.builds(
    Duration,
    months=st.integers(0, 40),
    days=st.integers(0, 400),
    hours=st.integers(0, 100),
    minutes=st.integers(0, 100),
    seconds=st.integers(0, 100_000),
)
CALENDARS = st.builds(
    Calendar,
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
    holidays=st.frozensets(DAYS, max_size=5),
)


@given(INSTANTS)
def test_instants_read_back_as_they_were_written(moment: datetime) -> None:
    """S1.4"""
    assert parse_instant(format_instant(moment)) == moment


@given(TIMED)
def test_durations_read_back_as_they_were_written(duration: Duration) -> None:
    """S1.4"""
    assert parse_duration(str(duration)) == duration


@given(DAYS, ZONES)
def test_one_second_before_the_end_of_a_day_it_is_not_later(day: date, zone: ZoneInfo) -> None:
    """S10.1"""
    end = end_of_day(day, zone)
    assert local_date(end, zone) > day
    assert local_date(end - timedelta(seconds=1), zone) <= day


@given(DAYS, ZONES)
def test_a_day_ends_where_the_next_begins(day: date, zone: ZoneInfo) -> None:
    """S10.1"""
    assert end_of_day(day, zone) == start_of_day(day + timedelta(days=1), zone)


@given(INSTANTS, ZONES)
def test_a_local_time_leads_back_to_the_first_instant_that_shows_it(
    moment: datetime, zone: ZoneInfo
) -> None:
    """S10.2"""
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    found = at_local_time(wall, zone)
    assert found <= moment
    assert found.astimezone(zone).replace(tzinfo=None, fold=0) == wall


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 12, 31)), ZONES)
def test_a_local_time_that_never_comes_is_the_first_that_does(
    wall: datetime, zone: ZoneInfo
) -> None:
    """S10.2"""
    wall = wall.replace(microsecond=0)
    found = at_local_time(wall, zone)
    shown = found.astimezone(zone).replace(tzinfo=None, fold=0)
    before = (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None, fold=0)
    assert shown >= wall
    assert shown == wall or before < wall


@given(DAYS, DAYS, DURATIONS)
def test_limits_keep_the_order_of_their_beginnings(
    one: date, other: date, duration: Duration
) -> None:
    """S10.2"""
    earlier, later = sorted((one, other))
    calendar = Calendar()
    assert limit_after(earlier, duration, calendar) <= limit_after(later, duration, calendar)


@given(DAYS, st.integers(0, 300), st.integers(0, 300), CALENDARS)
def test_working_days_add_up(day: date, first: int, second: int, calendar: Calendar) -> None:
    """S10.3"""
    middle = limit_after(day, WorkingDays(first), calendar)
    assert limit_after(middle, WorkingDays(second), calendar) == limit_after(
        day, WorkingDays(first + second), calendar
    )


@given(DAYS, st.integers(1, 300), CALENDARS)
def test_between_a_day_and_its_limit_lie_so_many_working_days(
    day: date, count: int, calendar: Calendar
) -> None:
    """S10.3"""
    last = limit_after(day, WorkingDays(count), calendar)
    between = (day + timedelta(days=step) for step in range(1, (last - day).days + 1))
    assert sum(calendar.works(one) for one in between) == count
    assert calendar.works(last)


@given(INSTANTS, TIMED, ZONES)
def test_adding_a_duration_is_its_days_then_its_seconds(
    moment: datetime, duration: Duration, zone: ZoneInfo
) -> None:
    """S10.2"""
    whole = add_duration(moment, duration, zone, Calendar())
    days = Duration(months=duration.months, days=duration.days)
    by_day = add_duration(moment, days, zone, Calendar())
    assert whole == by_day + timedelta(seconds=duration.total_seconds)


@given(DAYS, st.lists(st.integers(1, 18), min_size=1, max_size=3))
def test_each_item_of_a_series_lies_whole_steps_from_the_anchor(
    anchor: date, months: list[int]
) -> None:
    """S10.2, S11.4"""
    steps = [Duration(months=number) for number in months]
    found = list(islice(series(anchor, steps, Calendar()), 12))
    total = 0
    for number, day in enumerate(found):
        total += months[min(number, len(months) - 1)]
        assert day == limit_after(anchor, Duration(months=total), Calendar())
    assert all(left < right for left, right in pairwise(found))
