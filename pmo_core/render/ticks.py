"""What a tick came to: what came due, when, in which project, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.governance import events
from pmo_core.render.changes import NOT_WRITTEN
from pmo_core.render.escape import json_lines
from pmo_core.render.layout import lines_of
from pmo_core.render.moments import moment_words
from pmo_core.render.table import table
from pmo_core.render.values import counted
from pmo_core.standards.instants import find_zone, format_instant, local_date, start_of_day

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.events import Recorded
    from pmo_core.office.ticking import Ticked
    from pmo_core.render.style import Style

_TOLD_BY_THE_DECISION = frozenset({events.PHASE_ENTERED})


def ticked_lines(
    ticked: Ticked, zone: str, style: Style, *, now: datetime, dry_run: bool = False
) -> Iterator[str]:
    """The answer, then a line for each thing that came due.

    Args:
        zone: the office's time zone, in which days are told.
        now: so that a tick into the future is noted.
    """
    tz = find_zone(zone)
    if ticked.earlier and ticked.last is not None:
        yield from lines_of(
            "Nothing was done: all that was due by "
            f"{moment_words(ticked.last, tz)} has been applied already, and "
            f"{moment_words(ticked.at, tz)} lies before it.",
            style,
        )
        return
    told = [one for one in ticked.events if one.name not in _TOLD_BY_THE_DECISION]
    if not told:
        by = "" if ticked.at == now else f" by {moment_words(ticked.at, tz)}"
        since = "" if ticked.last is None else f" since {moment_words(ticked.last, tz)}"
        came = f"comes due{by}" if dry_run else f"has come due{since}{by and ','}{by}"
        yield from lines_of(f"Nothing {came}.", style)
    else:
        things = counted(len(told), "thing")
        verb = ("comes" if len(told) == 1 else "come") if dry_run else "came"
        projects = counted(len({one.project for one in told}), "project")
        yield from lines_of(
            f"{things} {verb} due in {projects} by {moment_words(ticked.at, tz)}:", style
        )
        rows = [(_when(one.effective, zone), one.project, event_words(one)) for one in told]
        yield from table(("WHEN", "PROJECT", "WHAT"), rows, style)
    if dry_run:
        yield NOT_WRITTEN
    elif ticked.at > now:
        yield from lines_of(
            f"Note: that lies ahead. Until {moment_words(ticked.at, tz)} a tick without --at does "
            "nothing.",
            style,
        )
    elif told:
        yield "Next: pmo status"


def ticked_json(ticked: Ticked) -> str:
    """The same for programs."""
    told: list[Json] = [
        {
            "project": one.project,
            "seq": one.seq,
            "name": one.name,
            "effective": format_instant(one.effective),
            "payload": one.payload,
        }
        for one in ticked.events
    ]
    value: JsonObject = {
        "at": format_instant(ticked.at),
        "last": None if ticked.last is None else format_instant(ticked.last),
        "earlier": ticked.earlier,
        "written": ticked.written,
        "events": told,
    }
    return json_lines(value)


def event_words(event: Recorded) -> str:
    """What came due, in a few words."""
    payload = event.payload
    key = str(payload.get("key"))
    if event.name == events.OCCURRENCE_DUE:
        return f"{payload['gate']}@{payload['occurrence']} is due"
    if event.name == events.OCCURRENCE_MISSED:
        return f"{payload['gate']}@{payload['occurrence']} was missed"
    if event.name == events.REVIEW_OPENED:
        return f"review {key} is open, {str(payload['verdict']).upper()}"
    if event.name == events.REVIEW_CLOSED:
        return f"review {key} ended undecided"
    if event.name == events.DECIDED:
        return f"{key} decided by itself: {payload['outcome']}{_moved(payload.get('moved'))}"
    if event.name == events.BASELINE_TAKEN:
        return f"baseline {payload['name']} taken"
    return f"{event.name} {payload.get('name', '')}".rstrip()


def _when(instant: datetime, zone: str) -> str:
    """The office's day; with the time where it is not the day's beginning."""
    tz = find_zone(zone)
    day = local_date(instant, tz)
    if instant == start_of_day(day, tz):
        return day.isoformat()
    return f"{instant.astimezone(tz):%Y-%m-%d %H:%M}"


def _moved(moved: Json) -> str:
    if not isinstance(moved, dict) or not moved:
        return ""
    told = [f"{one[0]} -> {one[1]}" for one in moved.values() if isinstance(one, list)]
    return f", {', '.join(told)}"
