"""S15.1, S15.2: any sequence of commands leaves whole chains, and is repeated without effect."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.documents import digest
from pmo_core.errors import Conflict
from pmo_core.ledger import Actor, Draft, Event, Projection, broken_link, private
from pmo_core.ledger.store import Store

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
FEW = settings(max_examples=25)


class Command(NamedTuple):
    """What one caller does in one transaction."""

    project: str
    drafts: tuple[Draft, ...]
    seen: int | None
    recorded: datetime
    fails: bool


TIMES = st.integers(-5_000, 5_000).map(lambda seconds: START + timedelta(seconds=seconds))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
DRAFTS = st.builds(
    Draft,
    name=st.sampled_from(["amended", "noted"]),
    payload=st.dictionaries(st.sampled_from("ab"), TEXTS | TEXTS.map(private), max_size=2),
    effective=TIMES,
    actor=st.just(Actor("ann", "login")),
    reason=st.none() | TEXTS,
)
COMMANDS = st.lists(
    st.builds(
        Command,
        project=st.sampled_from(["atlas", "borealis"]),
        drafts=st.lists(DRAFTS, min_size=1, max_size=3).map(tuple),
        seen=st.none() | st.integers(0, 4),
        recorded=TIMES,
        fails=st.booleans(),
    ),
    max_size=8,
)


@contextmanager
def new_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder) / "o.db", "o") as made:
        yield made


def do(store: Store, command: Command, key: str) -> tuple[Event, ...]:
    """The command as an office does it: events and projection in one transaction."""
    with store.write() as writing:
        events = writing.append(
            command.project,
            command.drafts,
            expected=command.seen,
            key=key,
            content=digest(key),
            recorded=command.recorded,
            versions={"core": "0.1.0"},
        )
        last = events[-1]
        if writing.head(command.project) == (last.seq, last.hash):
            writing.put_projection(
                command.project,
                Projection(command.project, last.seq, last.hash, "", "", b"{}", b"{}"),
            )
        if command.fails:
            raise InterruptedError
    return events


@FEW
@given(COMMANDS)
def test_any_sequence_of_commands_leaves_whole_chains(commands: list[Command]) -> None:
    """Stale commands and those that fail half-way leave nothing."""
    written: dict[str, list[Event]] = {"atlas": [], "borealis": []}
    order: list[Event] = []
    with new_store() as store:
        for number, command in enumerate(commands):
            before = written[command.project]
            try:
                events = do(store, command, f"k-{number}")
            except InterruptedError:
                assert command.seen in (None, len(before))
                continue
            except Conflict:
                assert command.seen not in (None, len(before))
                continue
            assert command.seen in (None, len(before))
            before.extend(events)
            order.extend(events)
        assert [placed.event for placed in store.all_events()] == order
        assert [placed.position for placed in store.all_events()] == [*range(1, len(order) + 1)]
        for project, events in written.items():
            head, shown = store.head(project), store.projection(project)
            assert store.events(project) == list(events)
            assert (head is None) is (shown is None) is (not events)
            if head is not None and shown is not None:
                assert broken_link(store.events(project), head=head.hash) is None
                assert (shown.version, shown.head) == head


@FEW
@given(COMMANDS, st.data())
def test_a_repeated_command_changes_nothing(commands: list[Command], data: st.DataObject) -> None:
    with new_store() as store:
        firsts: dict[str, tuple[Command, tuple[Event, ...]]] = {}
        for number, command in enumerate(commands):
            willing = command._replace(fails=False, seen=None)
            firsts[f"k-{number}"] = (willing, do(store, willing, f"k-{number}"))
        position = store.position
        for key in data.draw(st.permutations(sorted(firsts))):
            command, events = firsts[key]
            later = command._replace(recorded=START + timedelta(days=1), seen=0)
            assert do(store, later, key) == events
            with pytest.raises(Conflict):
                do(store, command._replace(project="other"), key)
        assert store.position == position


@FEW
@given(st.lists(DRAFTS, min_size=1, max_size=4))
def test_every_text_comes_back_until_it_is_erased(drafts: list[Draft]) -> None:
    """S15.2."""
    with new_store() as store:
        command = Command("atlas", tuple(drafts), None, START, False)
        events = do(store, command, "k")
        for draft, event in zip(drafts, events, strict=True):
            revealed = store.revealed(event)
            assert revealed.reason == draft.reason
            for name, value in draft.payload.items():
                expected = value["$private"] if isinstance(value, dict) else value
                assert revealed.payload[name] == expected
                if isinstance(value, dict):
                    assert event.payload[name] != value
        for event in events:
            kept = [member for member in event.payload.values() if isinstance(member, dict)]
            digests = [str(member["$private"]) for member in kept if "$private" in member]
            with store.write() as writing:
                for one in [*digests, *([event.reason] if event.reason else [])]:
                    writing.erase(one)
            revealed = store.revealed(event)
            assert revealed.reason is None
            for name, member in event.payload.items():
                if name != "clock" and isinstance(member, dict):
                    assert revealed.payload[name] is None
        head = store.head("atlas")
        assert head is not None
        assert broken_link(store.events("atlas"), head=head.hash) is None
