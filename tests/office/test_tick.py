"""S13.3: what comes due is applied earliest first, and how late the tick is changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core import Answer, Office, Refused
from pmo_core.documents import JsonObject
from pmo_core.ledger.stored import Placed

from .offices import START, Clock, office

CLOCKWORK = """
language: 1
standard: tiny
version: 1.0.0
title: What goes by itself
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}}
calendars:
  feasts:
    entries:
      - {kind: fair, from: "2026-03-20", to: "2026-03-22"}
freezes:
  - {calendar: feasts, around: fair, bars: [open, decide]}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      owner: manager
      outcomes: {go: work}
      authority: automatic
      review: {notice: P3D}
      criteria:
        budgeted: {must: It has a budget, schema: {required: [budget]}}
        strict: {must: It has a sponsor, schema: {required: [sponsor]}, retires: "2026-04-10"}
        asked:
          must: Somebody asked lately
          answer: {max_age: P30D}
          when: {schema: {required: [ask]}}
        later:
          must: Its day has come
          expr: 'today >= record.day'
          when: {schema: {required: [day]}}
        upstream: {must: What it waits for has begun, dependency: {of: /depends_on, gate: begin}}
    pulse:
      from: [idea, work]
      when: {expr: 'today < "2026-08-15"'}
      recurs: {every: P1M, anchor: "2026-01-31"}
      outcomes: {go: {to: same}}
      authority: {role: owner}
      criteria: {}
    count:
      from: work
      recurs: {every: P2W, anchor: {entered: work}, missed: keep}
      outcomes: {go: {to: same}}
      authority: automatic
      criteria:
        sound: {must: It is sound, schema: {required: [sound]}}
"""

Told = list[tuple[str, str, str, object]]


def told(placed: Sequence[Placed]) -> Told:
    """Project, name and effective instant of events, with what tells one from the other."""
    return [
        (one.project, one.name, f"{one.effective:%Y-%m-%dT%H:%M}", one.payload.get("occurrence"))
        for one in (entry.event for entry in placed)
    ]


def by_tick(here: Office) -> Told:
    """What tick wrote, in the order of the log."""
    return told([one for one in here.store.all_events() if one.event.actor.how == "tick"])


def clockwork(
    folder: Path, clock: Clock | None = None, standard: str = CLOCKWORK, zone: str = "UTC"
) -> Office:
    folder.mkdir(exist_ok=True)
    office(folder, clock, standard).close()
    file = folder / "office" / "pmo.yaml"
    file.write_text(file.read_text().replace("zone: UTC", f"zone: {zone}"))
    return Office.open(file.parent, clock=clock or Clock())


def project(here: Office, name: str, when: datetime | None = None, **fields: object) -> None:
    """A project of which the gates ask for more than it has."""
    record: JsonObject = {"id": name, "title": name, "phase": "idea", **fields}  # type: ignore[dict-item]
    here.register(name, record, roles=[("owner", "ola")], actor="kira", at=when)


def stands(here: Office) -> list[tuple[str, int, dict[str, str], list[tuple[str, str]]]]:
    """Project, version, phases and decisions; not the digests, in which random ids are."""
    return [
        (one.project, one.version, one.phases, [(done.key, done.at) for done in one.decisions])
        for one, _head in here.projects()
    ]


def ready(here: Office, name: str, when: datetime | None = None, **fields: object) -> None:
    """A project that has what `begin` asks for."""
    project(here, name, when, **{"budget": 3, "sponsor": "ola", **fields})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Office:
    return clockwork(tmp_path, clock)


def test_a_gate_that_decides_itself_opens_waits_for_its_bars_and_decides(here: Office) -> None:
    """S11.2, S12.4: three days of notice, by the end of the third."""
    ready(here, "atlas")
    here.tick(at("2026-03-05T23:59"))
    assert by_tick(here) == [("atlas", "review-opened", "2026-03-02T09:00", "")]
    here.tick(at("2026-03-07T12:00"))
    assert by_tick(here)[1:] == [
        ("atlas", "decided", "2026-03-06T00:00", ""),
        ("atlas", "phase-entered", "2026-03-06T00:00", None),
    ]
    assert here.project("atlas").phases == {"main": "work"}
    assert here.project("atlas").decisions[-1].by == "automatic"


def test_it_decides_as_of_when_it_became_ready_by_time(here: Office) -> None:
    """S4.5: a criterion that retires blocks no longer; the tick weeks later says since when."""
    project(here, "atlas", budget=3)
    here.tick(at("2026-05-20T12:00"))
    opened = [one for one in by_tick(here) if one[1] in ("review-opened", "decided")]
    assert opened == [
        ("atlas", "review-opened", "2026-04-10T00:00", ""),
        ("atlas", "decided", "2026-04-14T00:00", ""),
    ]


def test_it_is_found_ready_on_a_day_that_an_expression_names_however_far(here: Office) -> None:
    ready(here, "atlas", day="2027-03-01")
    here.tick(at("2027-06-01T00:00"))
    opened = [one for one in by_tick(here) if one[1] == "review-opened"]
    assert opened == [("atlas", "review-opened", "2027-03-01T00:00", "")]


def test_what_went_stale_before_the_notice_ended_is_not_decided(here: Office, clock: Clock) -> None:
    """S4: an answer of 30 days ago no longer counts on the day on which it could be decided."""
    ready(here, "atlas", ask=True)
    here.answer("atlas", Answer("asked", True), actor="ana")
    clock.now = START + timedelta(days=29)
    here.amend("atlas", lambda state: {**state.record, "title": "Later"}, actor="ana")
    here.tick(at("2026-05-01T00:00"))
    assert [one[1] for one in by_tick(here) if "occurrence" not in one[1]] == ["review-opened"]
    clock.now = at("2026-05-02T08:00")
    here.answer("atlas", Answer("asked", True), actor="ana")
    here.tick(at("2026-05-03T00:00"))
    decided = [one for one in by_tick(here) if one[1] == "decided"]
    assert decided == [("atlas", "decided", "2026-05-02T08:00", "")]


def test_what_was_ready_and_went_stale_before_a_late_tick_is_decided_as_of_then(
    tmp_path: Path,
) -> None:
    early, late = (clockwork(tmp_path / name) for name in ("early", "late"))
    for one in (early, late):
        ready(one, "atlas", ask=True)
        one.answer("atlas", Answer("asked", True), actor="ana")
    early.tick(at("2026-03-08T00:00"))
    early.tick(at("2026-06-08T00:00"))
    late.tick(at("2026-06-08T00:00"))
    assert by_tick(early) == by_tick(late)
    assert ("atlas", "decided", "2026-03-06T00:00", "") in by_tick(late)


def test_one_that_waits_for_another_follows_it_in_the_same_tick(here: Office) -> None:
    """S9.2: the other's decision is what it waits for, so it takes effect then, not at the tick."""
    ready(here, "borea", depends_on=["atlas"])
    ready(here, "caelum", depends_on=["borea"])
    ready(here, "atlas")
    here.tick(at("2026-04-01T12:00"))
    decided = [one[:3] for one in by_tick(here) if one[1] in ("review-opened", "decided")]
    assert decided == [
        ("atlas", "review-opened", "2026-03-02T09:00"),
        ("atlas", "decided", "2026-03-06T00:00"),
        ("borea", "review-opened", "2026-03-06T00:00"),
        ("borea", "decided", "2026-03-10T00:00"),
        ("caelum", "review-opened", "2026-03-10T00:00"),
        ("caelum", "decided", "2026-03-14T00:00"),
    ]


def test_a_freeze_is_waited_out(here: Office, clock: Clock) -> None:
    clock.now = at("2026-03-20T09:00")
    ready(here, "atlas")
    here.tick(at("2026-04-02T00:00"))
    assert [one[:3] for one in by_tick(here) if one[1] in ("review-opened", "decided")] == [
        ("atlas", "review-opened", "2026-03-23T00:00"),
        ("atlas", "decided", "2026-03-27T00:00"),
    ]


def test_occurrences_fall_due_and_are_missed_while_the_gate_applies(here: Office) -> None:
    """S11.4, S11.6: from 15 August on `when` is false, so nothing more falls due or is missed."""
    project(here, "atlas")
    here.tick(at("2026-12-01T00:00"))
    assert by_tick(here) == [
        ("atlas", "occurrence-due", "2026-03-31T00:00", "2026-03-31"),
        ("atlas", "occurrence-due", "2026-04-30T00:00", "2026-04-30"),
        ("atlas", "occurrence-missed", "2026-04-30T00:00", "2026-03-31"),
        ("atlas", "occurrence-due", "2026-05-31T00:00", "2026-05-31"),
        ("atlas", "occurrence-missed", "2026-05-31T00:00", "2026-04-30"),
        ("atlas", "occurrence-due", "2026-06-30T00:00", "2026-06-30"),
        ("atlas", "occurrence-missed", "2026-06-30T00:00", "2026-05-31"),
        ("atlas", "occurrence-due", "2026-07-31T00:00", "2026-07-31"),
        ("atlas", "occurrence-missed", "2026-07-31T00:00", "2026-06-30"),
    ]


def test_an_occurrence_that_decides_itself_falls_due_first(here: Office) -> None:
    ready(here, "atlas", sound=True)
    here.tick(at("2026-04-04T00:00"))
    assert [one for one in by_tick(here) if one[3] in ("2026-03-20", "2026-04-03")] == [
        ("atlas", "occurrence-due", "2026-03-20T00:00", "2026-03-20"),
        ("atlas", "review-opened", "2026-03-23T00:00", "2026-03-20"),  # after the freeze
        ("atlas", "decided", "2026-03-23T00:00", "2026-03-20"),
        ("atlas", "occurrence-due", "2026-04-03T00:00", "2026-04-03"),
        ("atlas", "review-opened", "2026-04-03T00:00", "2026-04-03"),
        ("atlas", "decided", "2026-04-03T00:00", "2026-04-03"),
    ]


def test_the_two_weeks_are_counted_from_the_phase_that_tick_itself_entered(here: Office) -> None:
    ready(here, "atlas")
    here.tick(at("2026-03-21T00:00"))
    assert ("atlas", "occurrence-due", "2026-03-20T00:00", "2026-03-20") in by_tick(here)


CIRCLE = """
language: 1
standard: tiny
version: 1.0.0
title: In a circle
record: {schema: record.schema.json}
roles: {owner: {title: Owner}}
lifecycle:
  initial: idea
  phases: [idea, work]
  gates:
    there: {from: idea, outcomes: {go: work}, authority: automatic, criteria: {}}
    back: {from: work, outcomes: {go: idea}, authority: automatic, criteria: {}}
    stay: {from: work, outcomes: {go: {to: same}, over: {to: idea, needs: ready}},
           authority: automatic, criteria: {}}
"""


def test_gates_that_lead_to_each_other_do_not_go_round_for_ever(
    tmp_path: Path, clock: Clock
) -> None:
    here = clockwork(tmp_path, clock, CIRCLE)
    project(here, "atlas")
    assert [one.name for one in here.tick().events].count("decided") == 2
    assert here.tick().events == ()
    here.amend("atlas", lambda state: {**state.record, "title": "Again"}, actor="ana")
    assert [one.name for one in here.tick().events].count("decided") == 2
    clock.now += timedelta(days=400)
    assert here.tick().events == ()


def test_a_tick_before_the_last_does_nothing(here: Office, clock: Clock) -> None:
    project(here, "atlas")
    here.tick(at("2026-03-31T00:00"))
    earlier = here.tick(at("2026-03-30T00:00"))
    assert (earlier.earlier, earlier.written, earlier.events) == (True, False, ())
    assert earlier.last == at("2026-03-31T00:00")
    assert here.tick(at("2026-03-31T00:00")).events == ()


def test_a_dry_run_tells_the_same_and_writes_nothing(here: Office) -> None:
    ready(here, "atlas")
    before = here.store.position
    dry = here.tick(at("2026-05-01T00:00"), dry_run=True)
    assert (dry.written, here.store.position, here.store.mark("tick")) == (False, before, None)
    wet = here.tick(at("2026-05-01T00:00"))
    assert wet.events == dry.events
    assert wet.last is None


def test_each_thing_is_kept_under_its_own_key_as_of_when_it_was_due(
    here: Office, clock: Clock
) -> None:
    clock.now = at("2026-04-01T06:30")
    project(here, "atlas", budget=3, when=START)
    here.tick()
    event = here.store.events("atlas")[-1]
    assert event.key == "tick:occurrence-due:atlas/pulse@2026-03-31:2026-03-31T00:00:00Z"
    assert (event.actor.id, event.actor.how) == ("automatic", "tick")
    assert (event.effective, event.recorded) == (at("2026-03-31T00:00"), clock.now)


DAYS = st.integers(0, 300)
PROJECTS: Sequence[tuple[str, Callable[[Office, datetime], None]]] = (
    ("waits", lambda here, now: ready(here, "waits", depends_on=["leads"], when=now)),
    ("leads", lambda here, now: ready(here, "leads", sound=True, when=now)),
    ("dated", lambda here, now: ready(here, "dated", day="2026-05-17", when=now)),
    ("poor", lambda here, now: project(here, "poor", budget=1, when=now)),
    ("idle", lambda here, now: project(here, "idle", when=now)),
)


@settings(max_examples=6, deadline=None)
@given(
    begun=st.lists(st.integers(0, 60), min_size=len(PROJECTS), max_size=len(PROJECTS)),
    ticks=st.lists(st.tuples(DAYS, st.integers(0, 23)), max_size=4),
    last=DAYS,
    zone=st.sampled_from(["UTC", "Pacific/Auckland", "America/St_Johns"]),
)
def test_ticks_between_change_nothing(
    begun: list[int], ticks: list[tuple[int, int]], last: int, zone: str
) -> None:
    """tick(b) is tick(a), then tick(b); a second tick writes nothing."""
    with TemporaryDirectory() as folder:
        often, once = (
            clockwork(Path(folder) / name, Clock(START + timedelta(days=400)), zone=zone)
            for name in ("often", "once")
        )
        with often, once:
            for days, (_name, add) in zip(begun, PROJECTS, strict=True):
                for one in (often, once):
                    add(one, START + timedelta(days=days))
            instants = sorted(START + timedelta(days=day, hours=hour) for day, hour in ticks)
            end = max([START + timedelta(days=last), *instants])
            for instant in instants:
                often.tick(instant)
            often.tick(end)
            once.tick(end)
            assert by_tick(often) == by_tick(once)
            assert stands(often) == stands(once)
            position = once.store.position
            once.tick(end)
            assert once.store.position == position
            assert all(one[2] <= f"{end:%Y-%m-%dT%H:%M}" for one in by_tick(once))


def test_a_tick_that_means_another_century_is_refused(tmp_path: Path) -> None:
    with office(tmp_path) as here:
        with pytest.raises(Refused, match="more than 10 years ahead") as caught:
            here.tick(START.replace(year=2200), dry_run=True)
        assert caught.value.remedy
        assert here.store.mark("tick") is None
