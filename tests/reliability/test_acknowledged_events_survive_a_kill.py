"""S15: what was acknowledged is there after `kill -9`, and what was not is whole or absent."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pmo_core.errors import PmoError
from pmo_core.ledger import broken_link
from pmo_core.ledger.store import Store

from .worker import PROJECT
from .workers import acknowledged, worker

ROUNDS = 20


def check_whole(store: Store, acknowledgements: list[str]) -> None:
    """All of the acknowledged, one chain, and the projection at its end."""
    events = store.events(PROJECT)
    head, shown, last = store.head(PROJECT), store.projection(PROJECT), store.mark("last")
    assert head is not None
    assert shown is not None
    assert broken_link(events, head=head.hash) is None
    assert (shown.version, shown.head) == head
    assert head.seq == len(events) == store.position
    assert last == events[-1].key
    written = {f"{event.seq} {event.key}" for event in events}
    assert set(acknowledgements) <= written
    # At most one commit can have returned without its acknowledgement in each round.
    assert len(written) <= len(acknowledgements) + ROUNDS
    assert all(store.revealed(event).reason == "because" for event in events)


def test_acknowledged_events_survive_a_kill_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    Store.create(path, "brindal").close()
    moments = random.Random(15)
    acknowledgements: list[str] = []
    for number in range(ROUNDS):
        with worker("append", path, f"r{number}") as process:
            acknowledgements += acknowledged(process, moments.randint(1, 25))
        with Store.open(path, read_only=bool(number % 2)) as store:
            check_whole(store, acknowledgements)


def test_an_office_whose_making_was_killed_is_whole_or_absent(tmp_path: Path) -> None:
    moments = random.Random(16)
    for number in range(6):
        folder = tmp_path / str(number)
        folder.mkdir()
        with worker("create", folder) as process:
            names = acknowledged(process, moments.randint(1, 8))
        assert all((folder / name).exists() for name in names)
        for path in folder.glob("[0-9]*.db"):
            with Store.open(path) as store:
                assert store.office == "brindal"
        Store.create(folder / "after.db", "brindal").close()


def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a disk: writes fail in the middle."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "office.db"
    seqs: list[int] = []
    from .worker import change

    with Store.create(path, "brindal") as store:
        change(store, "first", None)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, limits[1]))
        try:
            error = fill(store, seqs)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert error.kind == "unavailable"
        assert error.source == str(path)
        assert seqs
        assert [event.seq for event in store.events(PROJECT)] == [1, *seqs]
        assert change(store, "after", seqs[-1]).seq == seqs[-1] + 1


def fill(store: Store, seqs: list[int]) -> PmoError:
    """Append until the disk refuses; the refusal."""
    from .worker import change

    while True:
        try:
            seqs.append(change(store, f"k-{len(seqs)}", None).seq)
        except PmoError as error:
            return error
