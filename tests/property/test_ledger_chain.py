"""S15.1: whatever is done to a chain shows, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from pmo_core.documents import Json, canonical
from pmo_core.errors import InvalidDocument
from pmo_core.ledger import Actor, Draft, Event, broken_link, genesis, read_event, seal

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.dictionaries(TEXTS.filter(lambda name: name != "clock"), VALUES, max_size=3)
SECONDS = st.integers(-100_000, 100_000).map(lambda seconds: timedelta(seconds=seconds))
DRAFTS = st.builds(
    Draft,
    name=TEXTS,
    payload=PAYLOADS,
    effective=SECONDS.map(START.__add__),
    actor=st.builds(Actor, TEXTS, TEXTS),
)


@st.composite
def chains(draw: st.DrawFn) -> list[Event]:
    """The events of one project, at times that go forward and back."""
    office, project = draw(TEXTS), draw(TEXTS)
    events: list[Event] = []
    for number, draft in enumerate(draw(st.lists(DRAFTS, min_size=1, max_size=5))):
        previous = events[-1] if events else None
        event = seal(
            draft,
            office=office,
            project=project,
            previous=previous,
            prev=genesis(office, project) if previous is None else previous.hash,
            id=f"id-{number}",
            recorded=START + draw(SECONDS),
            key=f"k-{number}",
            versions=draw(PAYLOADS),
        )
        events.append(event)
    return events


@given(chains())
def test_a_sealed_chain_is_whole_and_reads_as_it_was_written(events: list[Event]) -> None:
    assert broken_link(events, head=events[-1].hash) is None
    assert [read_event(canonical(event.as_json())) for event in events] == events


@given(chains(), st.data())
def test_a_changed_byte_of_any_event_is_found(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    written = bytearray(canonical(events[place].as_json()))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    try:
        altered = read_event(bytes(written))
    except InvalidDocument:
        return  # no event any more: found by the reading
    assert broken_link([*events[:place], altered, *events[place + 1 :]], head=events[-1].hash)


@given(chains(), st.data())
def test_a_changed_field_of_any_event_is_found(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    others = {
        "office": TEXTS,
        "project": TEXTS,
        "seq": st.integers(-1, 9),
        "prev": st.sampled_from([event.hash for event in events]),
        "id": TEXTS,
        "name": TEXTS,
        "effective": SECONDS.map(START.__add__),
        "recorded": SECONDS.map(START.__add__),
        "actor": st.builds(Actor, TEXTS, TEXTS),
        "reason": st.sampled_from([event.hash for event in events]),
        "key": TEXTS,
        "versions": PAYLOADS,
        "payload": PAYLOADS,
    }
    field = data.draw(st.sampled_from(sorted(others)))
    altered = events[place]._replace(**{field: data.draw(others[field])})
    assume(altered != events[place])
    assert broken_link([*events[:place], altered, *events[place + 1 :]], head=events[-1].hash)


@given(chains(), st.data())
def test_other_events_or_another_order_are_found(events: list[Event], data: st.DataObject) -> None:
    """Left out, repeated, exchanged: anything but the same events in the same order."""
    other = data.draw(st.lists(st.sampled_from(events), max_size=6))
    assume(other != events)
    assert broken_link(other, head=events[-1].hash) is not None
