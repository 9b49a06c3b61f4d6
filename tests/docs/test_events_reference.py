"""The page on events: each event that a command writes, with all that its payload holds (S15.4)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pmo_core import Answer, Choice, JsonObject, Office, found_office
from pmo_core.governance import events
from pmo_core.ledger.event import Event

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "events.md"
NAMES = sorted(
    value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)
)
LEFT_OUT = " (may be left out)"
CLOCK = "clock"
STANDARD = """
language: 1
standard: small
version: 1.0.0
title: Small
record: {schema: record.schema.json}
roles: {owner: {title: Owner}}
artefacts: {plan: {title: Plan, states: [draft, approved]}}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  gates:
    begin:
      from: idea
      outcomes:
        go:
          to: work
          baseline: {name: start, of: [/title]}
          releases: {money: /budget}
          requires: {minutes: text}
          extra: allowed
        hold: {to: same, resume-by: required}
      authority: {role: owner}
      override: {by: owner}
      review: {restart-on: [amended, answered, artefact-moved]}
      criteria:
        asked: {must: Somebody asked, answer: {na: justified}}
    month:
      from: work
      recurs: {every: P1M, anchor: {entered: work}, in: [work]}
      outcomes: {go: same}
      authority: {role: owner}
      criteria: {}
"""
EXTRA: dict[str, JsonObject] = {"priced": {"must": "It is priced", "expr": "has(record.budget)"}}


class Clock:
    """A clock that a test sets."""

    now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def tables() -> dict[str, dict[str, bool]]:
    """Event name -> members of its payload on the page, and whether it is always there."""
    found = {}
    for part in PAGE.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, text = part.partition("\n")
        rows = re.findall(r"^\| `([a-z-]+)`( \(may be left out\))? \|", text, re.MULTILINE)
        found[name] = {member: left_out != LEFT_OUT for member, left_out in rows}
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Event]]:
    """The events of an office in which everything happened once."""
    folder = tmp_path_factory.mktemp("events")
    package = folder / "small"
    package.mkdir()
    (package / "standard.yaml").write_text(STANDARD, encoding="utf-8")
    (package / "record.schema.json").write_text("{}", encoding="utf-8")
    found_office(folder / "office", str(package))
    clock = Clock()
    with Office.open(folder / "office", clock=clock) as office:
        live(office, clock)
        yield [placed.event for placed in office.store.all_events()]


def live(office: Office, clock: Clock) -> None:
    """Two projects: one from the beginning, one that comes in later and misses a month."""
    record: JsonObject = {"id": "lamps", "title": "Lamps", "phase": "idea", "budget": 5}
    office.register("lamps", record, roles=[("owner", "eva")], actor="eva")
    office.open_review("lamps", "begin", actor="eva")
    office.amend("lamps", lambda state: {**state.record, "budget": 6}, actor="eva")
    office.answer("lamps", Answer("asked", "no"), actor="eva")
    office.move_artefact("lamps", "plan", "draft", actor="eva")
    office.withdraw("lamps", actor="eva", reason="Too early")
    office.open_review("lamps", "begin", actor="eva")
    held = Choice("hold", override=True, reason="So be it", resume_by=date(2026, 12, 1))
    office.decide("lamps", held, actor="eva")
    office.open_review("lamps", "begin", actor="eva")
    go = Choice(
        "go", "So be it", override=True, brings={"minutes": "m.pdf"}, extra={"begin": EXTRA}
    )
    office.decide("lamps", go, actor="eva")
    office.register(
        "desks",
        {"id": "desks", "title": "Desks", "phase": "work"},
        roles=[("owner", "eva")],
        position={"main": "work"},
        evidence=[{"link": "minutes.pdf"}],
        actor="eva",
    )
    clock.now += timedelta(days=40)
    office.tick()
    office.open_review("desks", "month", actor="eva")
    clock.now += timedelta(days=31)
    office.tick()


def test_each_name_of_an_event_has_its_part_on_the_page() -> None:
    assert sorted(tables()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_event_holds_what_the_page_says_and_nothing_else(
    written: list[Event], name: str
) -> None:
    payloads = [event.payload for event in written if event.name == name]
    assert payloads
    members = tables()[name]
    for payload in payloads:
        assert payload.keys() - members.keys() - {CLOCK} == set()
        assert {member for member, always in members.items() if always} <= payload.keys()


def test_each_field_of_an_event_is_on_the_page(written: list[Event]) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## The record")[0]
    fields = {field for event in written for field in json.loads(json.dumps(event.as_json()))}
    assert "reason" in fields
    assert {field for field in fields if f"`{field}`" not in text} == set()


def test_what_may_be_left_out_is_there_at_times(written: list[Event]) -> None:
    seen = {(event.name, member) for event in written for member in event.payload}
    rare = {("amended", "adopting")}  # by `project adopt` and `add` from other systems
    missing = {
        (name, member)
        for name, members in tables().items()
        for member, always in members.items()
        if not always and (name, member) not in seen | rare
    }
    assert missing == set()
