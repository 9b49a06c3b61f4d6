"""Is what somebody attested still fresh? One function answers it for every kind of test (S10.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason
from pmo_core.assessment.scene import Scene
from pmo_core.documents import Json
from pmo_core.standards.instants import (
    InvalidTime,
    limit_ends,
    local_date,
    parse_date,
    parse_instant,
    start_of_day,
)

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.standards.model import MaxAge


def staleness(date_written: Json, max_age: MaxAge | None, scene: Scene, at: str) -> Reason | None:
    """Why a stamp does not count now: `undated`, `future`, `stale`; None where it is fresh.

    Args:
        date_written: a date, or an instant, as the record has it.
        max_age: the rule; None asks for no freshness, then only a future date counts against it.
        at: pointer of the date's place.
    """
    if date_written is None:
        return None if max_age is None else Reason("undated", at)
    moment = _moment(date_written)
    if moment is None:
        return None if max_age is None else Reason("undated", at, {"written": date_written})
    begins = _begins(moment, scene)
    if begins > scene.now:
        scene.limits.append(begins)
        return Reason("future", at, {"date": str(date_written)})
    if max_age is None:
        return None
    day = day_of(moment, scene)
    if max_age.since_phase:
        return _since_phase(str(date_written), day, scene, at)
    if max_age.since_last_occurrence:
        return _since_last_occurrence(str(date_written), day, scene, at)
    if max_age.duration is None:
        return None
    try:
        ends = limit_ends(moment, max_age.duration, scene.zone, scene.calendar)
    except InvalidTime:  # beyond the calendar: it never ends
        return None
    if scene.now < ends:
        scene.limits.append(ends)
        return None
    days = (scene.today - day).days
    return Reason("stale", at, {"date": str(date_written), "days": days})


def moment_of(written: Json) -> date | datetime | None:
    """The date or instant that a record writes; None where it is neither."""
    return _moment(written)


def _moment(written: Json) -> date | datetime | None:
    if not isinstance(written, str):
        return None
    try:
        return parse_instant(written) if "T" in written else parse_date(written)
    except InvalidTime:
        return None


def day_of(moment: date | datetime, scene: Scene) -> date:
    """The local date of a moment."""
    if not isinstance(moment, datetime):
        return moment
    try:
        return local_date(moment, scene.zone)
    except InvalidTime:  # the zone leads out of the calendar
        return moment.date()


def _begins(moment: date | datetime, scene: Scene) -> datetime:
    if isinstance(moment, datetime):
        return moment
    try:
        return start_of_day(moment, scene.zone)
    except InvalidTime:  # the zone leads out of the calendar, before its first day
        return datetime.min.replace(tzinfo=UTC)


def _since_phase(written: str, day: date, scene: Scene, at: str) -> Reason | None:
    ledger = scene.inputs.position
    tracks = scene.gate.sources or scene.standard.tracks
    entries = [ledger.entered[track] for track in tracks if ledger and track in ledger.entered]
    if not entries:
        return Reason("entry-unknown", at, {"tracks": list(tracks)})
    entry = _moment(max(entries))
    if entry is not None and day >= day_of(entry, scene):
        return None
    return Reason("stale", at, {"date": written, "since": max(entries), "rule": "phase"})


def _since_last_occurrence(written: str, day: date, scene: Scene, at: str) -> Reason | None:
    ledger = scene.inputs.position
    if ledger is None:
        return Reason("last-occurrence-unknown", at)
    last = ledger.last_occurrence.get(scene.gate.id)
    if last is None:
        return None
    before = _moment(last)
    if before is not None and day > day_of(before, scene):
        return None
    return Reason("stale", at, {"date": written, "since": last, "rule": "last-occurrence"})
