"""Instants, dates, durations and calendars: what the rules S1.4 and S10 mean by time.

An instant is an aware `datetime` in UTC, of whole seconds. A date has no zone of its own; the
office's zone says when it begins and ends. Nothing here reads a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from itertools import count
from pkgutil import get_data
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Instant: TypeAlias = datetime
"""A moment: aware, UTC, whole seconds."""

_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_ZONE: Final = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DURATION: Final = re.compile(
    r"P(?=[\dT])(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
EARLIEST_YEAR: Final = 2
LATEST_YEAR: Final = 9998
_SECOND: Final = timedelta(seconds=1)
_MOST_WORKING_DAYS: Final = 10_000


class InvalidTime(ValueError):
    """A text that is no instant, date, duration or zone, or a sum outside the years 1 to 9999.

    Its message is one sentence without a final full stop; the caller knows the place.
    """


@dataclass(frozen=True, slots=True)
class Duration:
    """A span by the calendar and the clock, ISO 8601 without fractions (S1.4).

    The parts are kept apart, since a month is no fixed number of days: `P1M` and `P30D` differ.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    @property
    def total_months(self) -> int:
        """Years and months, in months."""
        return 12 * self.years + self.months

    @property
    def total_days(self) -> int:
        """Weeks and days, in days; months are not among them."""
        return 7 * self.weeks + self.days

    @property
    def total_seconds(self) -> int:
        """The time parts, in elapsed seconds."""
        return 3600 * self.hours + 60 * self.minutes + self.seconds

    def __str__(self) -> str:
        day = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        time = ((self.hours, "H"), (self.minutes, "M"), (self.seconds, "S"))
        by_day = "".join(f"{number}{unit}" for number, unit in day if number)
        by_clock = "".join(f"{number}{unit}" for number, unit in time if number)
        return f"P{by_day}T{by_clock}" if by_clock else f"P{by_day or '0D'}"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A span in working days of the office's calendar (S10.3)."""

    count: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which an office works.

    Attributes:
        weekdays: ISO numbers of its working weekdays, Monday is 1.
        holidays: dates on which it does not work, whatever the weekday.
    """

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.isoweekday() in self.weekdays and day not in self.holidays


def parse_instant(text: str) -> Instant:
    """The instant that `2026-03-01T09:00:00Z` writes; InvalidTime for any other shape."""
    if _INSTANT.fullmatch(text) is None:
        raise InvalidTime(f"{_shown(text)} is no instant such as 2026-03-01T09:00:00Z")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidTime(f"{_shown(text)} is no moment of the calendar") from None


def format_instant(instant: Instant) -> str:
    """The instant as `2026-03-01T09:00:00Z`."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def parse_date(text: str) -> date:
    """The date that `2026-03-01` writes; InvalidTime for any other shape."""
    if _DATE.fullmatch(text) is None:
        raise InvalidTime(f"{_shown(text)} is no date such as 2026-03-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidTime(f"{_shown(text)} is no day of the calendar") from None


def parse_duration(text: str) -> Duration:
    """The duration that `P1Y2M10DT2H` writes.

    Parts are whole and stand in the order of ISO 8601; weeks may stand beside others.

    Raises:
        InvalidTime: another shape, no part at all, a sign, a fraction, lower case.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise InvalidTime(f"{_shown(text)} is no duration such as P30D or P1Y6M")
    return Duration(*(int(part or 0) for part in match.groups()))


@lru_cache(maxsize=64)
def find_zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name, by the rules of the `tzdata` distribution.

    Not by the machine's own rules: assessments state which rules they were made by (S3.5), and
    small machines have none.

    Raises:
        InvalidTime: there is no such zone.
    """
    from zoneinfo import ZoneInfo  # start-up

    folders, _, file = name.rpartition("/")
    if _ZONE.fullmatch(name) is None:
        raise InvalidTime(f"{_shown(name)} is no time zone such as Europe/Oslo")
    try:
        data = get_data(".".join(("tzdata.zoneinfo", *folders.split("/"))).rstrip("."), file)
        return ZoneInfo.from_file(BytesIO(data or b""), key=name)
    except (ImportError, OSError, ValueError):
        raise InvalidTime(f"{_shown(name)} is no time zone such as Europe/Oslo") from None


def local_date(instant: Instant, zone: ZoneInfo) -> date:
    """The day that the clocks of the zone show at that instant."""
    return _shift(instant, zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> Instant:
    """The first instant of that local date: when "from DATE on" begins (S10.1).

    A date that the zone skipped begins where the next one does.
    """
    return at_local_time(datetime(day.year, day.month, day.day), zone)


def end_of_day(day: date, zone: ZoneInfo) -> Instant:
    """The first instant whose local date is later: when a date limit has ended (S10.1)."""
    return start_of_day(_plus_days(day, 1), zone)


def at_local_time(wall: datetime, zone: ZoneInfo) -> Instant:
    """The instant at which the zone's clocks show that naive time (S10.2).

    In a gap, when clocks go forward, it is the gap's end; in a fold, when an hour comes twice,
    the first of the two.
    """
    try:
        first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
        if second >= first:
            return first
        return _change_between(second, first, zone)
    except OverflowError:
        raise InvalidTime("the time lies outside the years 1 to 9999") from None


def add_duration(
    instant: Instant, duration: Duration | WorkingDays, zone: ZoneInfo, calendar: Calendar
) -> Instant:
    """The instant that lies the duration later (S10.2, S10.3).

    Years and months count on the local date, clamped to the month's end; then weeks and days;
    then the clock's time of day is kept, and time parts follow as elapsed seconds.
    """
    wall = _shift(instant, zone)
    day = limit_after(wall.date(), _without_time(duration), calendar)
    moved = instant
    if day != wall.date():
        naive = datetime.combine(day, wall.time())
        moved = at_local_time(naive, zone)
    seconds = duration.total_seconds if isinstance(duration, Duration) else 0
    try:
        return moved + timedelta(seconds=seconds)
    except OverflowError:
        raise InvalidTime("the time lies outside the years 1 to 9999") from None


def limit_after(day: date, duration: Duration | WorkingDays, calendar: Calendar) -> date:
    """The last day of a limit that begins on that day: the day itself counts as zero.

    Raises:
        InvalidTime: the duration has time parts, which a date cannot take.
    """
    if isinstance(duration, WorkingDays):
        return _plus_working_days(day, duration.count, calendar)
    if duration.total_seconds:
        raise InvalidTime(f"{duration} has hours, minutes or seconds, which a date cannot take")
    return _plus_days(_plus_months(day, duration.total_months), duration.total_days)


def limit_before(day: date, duration: Duration) -> date:
    """The first day of a window that leads up to that day, by the same steps as `limit_after`.

    Raises:
        InvalidTime: the duration has time parts, which a date cannot take.
    """
    if duration.total_seconds:
        raise InvalidTime(f"{duration} has hours, minutes or seconds, which a date cannot take")
    return _plus_days(_plus_months(day, -duration.total_months), -duration.total_days)


def limit_ends(
    begin: date | Instant, duration: Duration | WorkingDays, zone: ZoneInfo, calendar: Calendar
) -> Instant:
    """When what holds for that long from `begin` on has ended: the first instant that is too late.

    Without time parts it is a date limit, inclusive by S10.1, whether a date or an instant
    begins it; with time parts it is the exact instant.
    """
    if isinstance(duration, Duration) and duration.total_seconds:
        instant = begin if isinstance(begin, datetime) else start_of_day(begin, zone)
        return add_duration(instant, duration, zone, calendar)
    day = local_date(begin, zone) if isinstance(begin, datetime) else begin
    return end_of_day(limit_after(day, duration, calendar), zone)


def series(
    anchor: date, every: Sequence[Duration] | Sequence[WorkingDays], calendar: Calendar
) -> Iterator[date]:
    """The days of a recurrence, counted from its anchor: 31 Jan, 28 Feb, 31 Mar (S10.2, S11.4).

    The first day is the anchor plus the first step; the last step repeats for ever, up to the
    end of the calendar.

    Raises:
        InvalidTime: there is no step, a step is empty or has time parts, or steps mix working
            days with durations.
    """
    _check_steps(every)
    for number in count(1):
        try:
            yield limit_after(anchor, _sum_of(every, number), calendar)
        except InvalidTime:
            return


def last_due(
    anchor: date,
    every: Sequence[Duration] | Sequence[WorkingDays],
    today: date,
    calendar: Calendar,
) -> date | None:
    """The last day of a recurrence that is not after `today`; None where all are to come.

    The days only grow, so it is searched for by halving, however long ago the anchor is.

    Raises:
        InvalidTime: as `series`.
    """
    _check_steps(every)
    if not _is_due(anchor, every, 1, today, calendar):
        return None
    low, high = 1, 2
    while _is_due(anchor, every, high, today, calendar):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _is_due(anchor, every, middle, today, calendar):
            low = middle
        else:
            high = middle
    return limit_after(anchor, _sum_of(every, low), calendar)


def _is_due(
    anchor: date,
    every: Sequence[Duration | WorkingDays],
    number: int,
    today: date,
    calendar: Calendar,
) -> bool:
    try:
        return limit_after(anchor, _sum_of(every, number), calendar) <= today
    except InvalidTime:
        return False


def _check_steps(every: Sequence[Duration | WorkingDays]) -> None:
    if not every:
        raise InvalidTime("a recurrence needs a step")
    if len({type(step) for step in every}) > 1:
        raise InvalidTime("the steps of a recurrence mix working days with durations")
    for step in every:
        if isinstance(step, WorkingDays):
            length = step.count
        else:
            length = step.total_months + step.total_days
            if step.total_seconds:
                raise InvalidTime(f"{step} has hours, minutes or seconds, which a date cannot take")
        if length <= 0:
            raise InvalidTime("a step of a recurrence has no length")


def _sum_of(every: Sequence[Duration | WorkingDays], number: int) -> Duration | WorkingDays:
    """The first `number` steps as one; the last one repeats."""
    repeats = max(0, number - len(every))
    steps = every[:number]
    if isinstance(steps[-1], WorkingDays):
        whole = sum(step.count for step in steps if isinstance(step, WorkingDays))
        return WorkingDays(whole + repeats * steps[-1].count)
    spans = [step for step in steps if isinstance(step, Duration)]
    months = sum(step.total_months for step in spans) + repeats * spans[-1].total_months
    days = sum(step.total_days for step in spans) + repeats * spans[-1].total_days
    return Duration(months=months, days=days)


def _without_time(duration: Duration | WorkingDays) -> Duration | WorkingDays:
    if isinstance(duration, WorkingDays) or not duration.total_seconds:
        return duration
    return Duration(months=duration.total_months, days=duration.total_days)


def _plus_months(day: date, months: int) -> date:
    if not months:
        return day
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise InvalidTime("the date lies outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, _days_of(year, month + 1)))


def _days_of(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _plus_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise InvalidTime("the date lies outside the years 1 to 9999") from None


def _plus_working_days(day: date, number: int, calendar: Calendar) -> date:
    if not 0 <= number <= _MOST_WORKING_DAYS:
        raise InvalidTime(f"working days are 0 to {_MOST_WORKING_DAYS}, not {number}")
    if number and not calendar.weekdays:
        raise InvalidTime("the calendar has no working weekday")
    while number:
        day = _plus_days(day, 1)
        number -= calendar.works(day)
    return day


def _shift(instant: Instant, zone: ZoneInfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:
        raise InvalidTime("the time lies outside the years 1 to 9999") from None


def _change_between(before: Instant, after: Instant, zone: ZoneInfo) -> Instant:
    """The instant of the one change of offset in (before, after], to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _shown(text: str) -> str:
    """The text as a message quotes it, short and without line breaks."""
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
