"""What stands against opening a review or deciding now, and until when (S12.4).

A bar never changes a verdict. Kinds: `notice`, `comment`, `freeze`, `again-after`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents.shapes import as_list, as_object
from pmo_core.errors import Refused
from pmo_core.governance.local_time import time_there, until_there
from pmo_core.standards.instants import (
    Duration,
    InvalidTime,
    WorkingDays,
    end_of_day,
    limit_after,
    limit_before,
    limit_ends,
    parse_date,
    parse_duration,
    parse_instant,
    start_of_day,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import Review, State
    from pmo_core.standards.model import Gate

NEVER = datetime(9998, 12, 31, tzinfo=UTC)
"""An instant that no office will see."""


class Bar(NamedTuple):
    """Something that stands against an act now.

    Attributes:
        kind: as above.
        until: the first instant at which it no longer does.
        about: whom or what it is for: an audience, a calendar, an outcome.
    """

    kind: str
    until: datetime
    about: str = ""


def bars_to_opening(
    ground: Ground, state: State, gate: Gate, occurrence: str = ""
) -> tuple[Bar, ...]:
    """What stands against opening a review of the gate now; for an item, against that one's."""
    found = [*_freezes(ground, "open"), *_again(ground, state, gate, occurrence)]
    return tuple(bar for bar in found if ground.now < bar.until)


def bars_to_deciding(ground: Ground, gate: Gate, review: Review) -> tuple[Bar, ...]:
    """What stands against deciding an open review now."""
    found = [*_windows(ground, gate, review), *_freezes(ground, "decide")]
    return tuple(bar for bar in found if ground.now < bar.until)


def check_bars(act: str, bars: tuple[Bar, ...], zone: ZoneInfo) -> None:
    """Nothing stands against the act.

    Args:
        zone: in which the refusal tells the time.

    Raises:
        Refused: what does, and until when.
    """
    if not bars:
        return
    longest = max(bars, key=lambda bar: bar.until)
    told = ", ".join(f"{_told(bar)} until {until_there(bar.until, zone)}" for bar in bars)
    raise Refused(
        f"{act} is barred: {told}", remedy=f"Try again from {time_there(longest.until, zone)} on"
    )


_WORDS = {
    "notice": "notice was given and runs",
    "comment": "comments by {about} are awaited",
    "freeze": "a freeze around {about} lasts",
    "again-after": "after {about} it rests",
}


def _told(bar: Bar) -> str:
    return _WORDS[bar.kind].format(about=bar.about)


def _windows(ground: Ground, gate: Gate, review: Review) -> Iterator[Bar]:
    """Notice and comment windows run from the opening of the review, or from their restart."""
    settings = as_object(gate.model.get("review"))
    opened = parse_instant(review.restarted or review.opened)
    notice = span_of(settings.get("notice"))
    if notice is not None:
        yield Bar("notice", over_at(ground, opened, notice))
    for window in as_list(settings.get("comment")):
        told = as_object(window)
        span = span_of(told.get("for"))
        if span is not None:
            until = over_at(ground, opened, span)
            yield Bar("comment", until, str(told.get("audience")))


def _freezes(ground: Ground, act: str) -> Iterator[Bar]:
    model = ground.standard.model
    calendars = as_object(model.get("calendars"))
    for freeze in as_list(model.get("freezes")):
        told = as_object(freeze)
        if act not in as_list(told.get("bars")):
            continue
        name = str(told.get("calendar"))
        for entry in as_list(as_object(calendars.get(name)).get("entries")):
            one = as_object(entry)
            if told.get("around") not in (None, one.get("kind")):
                continue
            begins, until = _frozen(ground, told, one)
            if begins <= ground.now:
                yield Bar("freeze", until, str(one.get("kind")))


def _frozen(ground: Ground, freeze: JsonObject, entry: JsonObject) -> tuple[datetime, datetime]:
    """When a freeze around an entry of a calendar begins, and the first instant after it."""
    first = parse_date(str(entry["from"]))
    last = parse_date(str(entry.get("to", entry["from"])))
    before, after = span_of(freeze.get("before")), span_of(freeze.get("after"))
    begins = start_of_day(first, ground.tz)
    try:
        if isinstance(before, Duration):
            begins = start_of_day(limit_before(first, _by_day(before)), ground.tz)
            begins -= timedelta(seconds=before.total_seconds)
        elif before is not None:
            begins = start_of_day(_working_days_before(ground, first, before.count), ground.tz)
    except (InvalidTime, OverflowError):
        begins = datetime.min.replace(tzinfo=UTC)
    try:
        if isinstance(after, Duration):
            until = end_of_day(limit_after(last, _by_day(after), ground.calendar), ground.tz)
            return begins, until + timedelta(seconds=after.total_seconds)
        if after is not None:
            last = limit_after(last, after, ground.calendar)
        return begins, end_of_day(last, ground.tz)
    except (InvalidTime, OverflowError):
        return begins, NEVER


def _by_day(span: Duration) -> Duration:
    """The parts of a duration that count on dates."""
    return Duration(span.years, span.months, span.weeks, span.days)


def _working_days_before(ground: Ground, day: date, count: int) -> date:
    while count and day > date(2, 1, 1):
        day -= timedelta(days=1)
        count -= ground.calendar.works(day)
    return day


def _again(ground: Ground, state: State, gate: Gate, occurrence: str) -> Iterator[Bar]:
    """An outcome may keep the gate from being asked again at once; for an item, only that one."""
    last = next(
        (
            one
            for one in reversed(state.decisions)
            if one.gate == gate.id and (gate.per is None or one.occurrence == occurrence)
        ),
        None,
    )
    if last is None:
        return
    outcome = next((one for one in gate.outcomes if one.id == last.outcome), None)
    span = None if outcome is None else span_of(outcome.model.get("again-after"))
    if span is not None:
        until = over_at(ground, parse_instant(last.at), span)
        yield Bar("again-after", until, last.outcome)


def over_at(ground: Ground, begin: datetime, span: Duration | WorkingDays) -> datetime:
    """When what lasts that long from an instant on is over; one that outlasts the calendar, never.

    Without time parts it ends with a day of the office (S10.1).
    """
    try:
        return limit_ends(begin, span, ground.tz, ground.calendar)
    except InvalidTime:
        return NEVER


def span_of(written: Json) -> Duration | WorkingDays | None:
    """A duration as a standard writes it, checked when it was loaded."""
    if isinstance(written, str):
        return parse_duration(written)
    if isinstance(written, dict) and isinstance(days := written.get("working-days"), int):
        return WorkingDays(days)
    return None
