"""Each event of the ledger is told in words, and nothing about its time is hidden (S15.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmo_core.documents import Digest, Json, JsonObject
from pmo_core.governance import events
from pmo_core.ledger.chain import Broken, genesis, seal
from pmo_core.ledger.event import Actor, Draft, Event
from pmo_core.ledger.stored import Revealed
from pmo_core.render.history import (
    History,
    chain_words,
    event_json,
    event_words,
    history_lines,
)
from pmo_core.render.style import Style

NOW = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
SHA = "sha256:" + "9c41e07d" * 8
EVIDENCE: list[Json] = [{"link": "minutes.pdf", "digest": SHA}, "https://example.org"]
NAMES = [value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)]
TOLD: dict[str, tuple[JsonObject, str]] = {
    events.REGISTERED: (
        {"standard": "pm2@3.1.0", "position": {"main": "initiating"}},
        "registered under pm2@3.1.0, in phase initiating",
    ),
    events.ENTERED: (
        {
            "position": {"status": "open", "stage": "beta"},
            "evidence": EVIDENCE,
            "attested": ["a", "b"],
        },
        "entered at status open, stage beta, evidence minutes.pdf 9c41e07d, https://example.org; "
        "attested: a, b",
    ),
    events.AMENDED: (
        {
            "patch": [{"op": "remove", "path": f"/x~1y/{name}"} for name in "abcde"],
            "restarts": ["begin/1"],
        },
        "amended x/y.a, x/y.b, x/y.c and 2 more; begin/1 begins anew",
    ),
    events.ANSWERED: (
        {
            "criterion": "fit",
            "item": "D-1",
            "entry": {"value": {"a": 1, "b": 2.5}, "justification": "Small"},
        },
        "answered fit@D-1: a=1, b=2.5, since Small",
    ),
    events.ARTEFACT_MOVED: (
        {"artefact": "plan", "from": "draft", "to": "approved", "entry": {}},
        "moved artefact plan: draft -> approved",
    ),
    events.APPOINTED: (
        {"role": "owner", "person": "eva", "from": "2026-01-01", "to": "2026-12-31"},
        "appointed eva as owner until 2026-12-31",
    ),
    events.REVIEW_OPENED: (
        {"key": "begin/1", "verdict": "ready"},
        "opened review begin/1, READY",
    ),
    events.REVIEW_CLOSED: (
        {"key": "health@2026-11-01/1", "cause": "missed"},
        "closed review health@2026-11-01/1 without a decision: its gate was missed",
    ),
    events.DECIDED: (
        {"key": "begin/1", "outcome": "hold", "override": True, "resume-by": "2026-12-01"},
        "decided hold at begin/1, against the verdict, until 2026-12-01",
    ),
    events.PHASE_ENTERED: (
        {"track": "main", "from": "a", "to": "b", "visit": 2},
        "entered phase b, visit 2",
    ),
    events.BASELINE_TAKEN: ({"name": "charter", "value": {}}, "took baseline charter"),
    events.RELEASED_FUNDS: (
        {"name": "funds", "value": {"amount": "5", "currency": "NOK"}},
        "released 5 NOK (funds)",
    ),
    events.OCCURRENCE_DUE: (
        {"gate": "health", "occurrence": "2026-11-01"},
        "health@2026-11-01 fell due",
    ),
    events.OCCURRENCE_MISSED: (
        {"gate": "health", "occurrence": "2026-11-01"},
        "health@2026-11-01 was missed",
    ),
}


def sealed(name: str, payload: JsonObject, previous: Event | None = None, **at: datetime) -> Event:
    when = at.get("effective", NOW)
    return seal(
        Draft(name, payload, when, Actor("ana", "told")),
        office="town",
        project="atlas",
        previous=previous,
        prev=genesis("town", "atlas") if previous is None else previous.hash,
        id="id",
        recorded=at.get("recorded", when),
        key="key",
        versions={},
    )


def shown(event: Event, reason: str | None = None) -> Revealed:
    return Revealed(event, reason, event.payload)


@pytest.mark.parametrize("name", NAMES)
def test_each_event_is_told_in_words(name: str) -> None:
    payload, words = TOLD[name]
    assert event_words(shown(sealed(name, payload))) == words


def test_a_reason_is_quoted_and_an_erased_one_is_told() -> None:
    """S15.2"""
    event = sealed("noted", {})._replace(reason=Digest(SHA))
    assert event_words(shown(event, "As agreed")) == 'noted; "As agreed"'
    assert event_words(shown(event)) == "noted; reason erased"
    assert event_json(shown(event))["reason"] is None


def test_a_clock_that_was_set_back_is_told() -> None:
    """S15.1"""
    first = sealed(events.OCCURRENCE_DUE, TOLD[events.OCCURRENCE_DUE][0])
    earlier = NOW - timedelta(hours=3)
    second = sealed(events.OCCURRENCE_DUE, TOLD[events.OCCURRENCE_DUE][0], first, effective=earlier)
    assert event_words(shown(second)).endswith("; clock 3 hours behind")


def test_what_was_recorded_later_than_it_holds_says_so() -> None:
    event = sealed("noted", {}, effective=NOW, recorded=NOW + timedelta(days=2))
    assert event_words(shown(event)) == "noted; recorded 2026-11-27 23:30 UTC"


def test_strange_text_is_made_inert() -> None:
    payload: JsonObject = {"role": "owner", "person": "eva\x1b[31m\nx", "from": ""}
    words = event_words(shown(sealed(events.APPOINTED, payload)))
    assert "\x1b" not in words
    assert "\n" not in words


def test_times_are_the_offices_and_the_last_line_counts_all() -> None:
    first = sealed(
        events.REGISTERED,
        {
            "standard": "pm2@3.1.0",
            "position": {"main": "a"},
            "package": SHA,
            "record": {"risks": [{"id": "R-1"}]},
            "date": "2026-11-25",
        },
    )
    change: JsonObject = {"op": "add", "path": "/risks/0/owner", "value": "eva"}
    second = sealed(events.AMENDED, {"patch": [change]}, first)
    history = History((shown(first), shown(second)), since=2)
    lines = list(history_lines(history, None, SHA, ZoneInfo("Europe/Oslo"), Style()))
    assert lines[1:] == [
        "2  2026-11-26 00:30  ana  amended risks.R-1.owner",
        "1 of 2 events; chain whole, head 9c41e07d",
    ]


def test_a_broken_chain_is_told_with_its_place() -> None:
    told = chain_words(Broken(3, "gap", "3", "4"), SHA)
    assert told == "chain broken: event 3 is missing (expected 3, found 4)"
