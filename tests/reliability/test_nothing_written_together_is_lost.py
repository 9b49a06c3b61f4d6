"""S15.1: many write at once; no update is lost, and one version is made by one of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import pytest

from pmo_core.errors import Conflict
from pmo_core.ledger import broken_link
from pmo_core.ledger.store import Store

from .worker import PROJECT, change
from .workers import worker

THREADS = 8
TIMES = 10


def check_chain(store: Store, length: int) -> None:
    events, head, shown = store.events(PROJECT), store.head(PROJECT), store.projection(PROJECT)
    assert head is not None
    assert shown is not None
    assert [event.seq for event in events] == [*range(1, length + 1)]
    assert broken_link(events, head=head.hash) is None
    assert (shown.version, shown.head) == head


@pytest.mark.parametrize("shared", [True, False], ids=["one store", "a store each"])
def test_threads_that_write_at_once_lose_no_event(tmp_path: Path, shared: bool) -> None:
    path = tmp_path / "office.db"
    start = Barrier(THREADS)
    with Store.create(path, "brindal") as store, ThreadPoolExecutor(THREADS) as pool:

        def work(name: int) -> None:
            with ExitStack() as stack:
                mine = store if shared else stack.enter_context(Store.open(path))
                start.wait()
                for number in range(TIMES):
                    change(mine, f"{name}-{number}", None)

        list(pool.map(work, range(THREADS)))
        check_chain(store, THREADS * TIMES)
        keys = {event.key for event in store.events(PROJECT)}
        assert keys == {f"{name}-{number}" for name in range(THREADS) for number in range(TIMES)}


def test_of_threads_that_saw_one_version_exactly_one_wins(tmp_path: Path) -> None:
    with (
        Store.create(tmp_path / "office.db", "brindal") as store,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        for version in range(6):
            start = Barrier(THREADS)

            def work(name: int, version: int = version, start: Barrier = start) -> bool:
                start.wait()
                try:
                    return change(store, f"{name}-{version}", version).seq == version + 1
                except Conflict:
                    return False

            assert sum(pool.map(work, range(THREADS))) == 1
        check_chain(store, 6)


def test_a_key_used_by_threads_at_once_is_one_command(tmp_path: Path) -> None:
    start = Barrier(THREADS)
    with (
        Store.create(tmp_path / "office.db", "brindal") as store,
        ThreadPoolExecutor(THREADS) as pool,
    ):

        def work(_name: int) -> str:
            start.wait()
            return change(store, "same", 0).hash

        assert len(set(pool.map(work, range(THREADS)))) == 1
        check_chain(store, 1)


def test_of_processes_that_saw_one_version_exactly_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    Store.create(path, "brindal").close()
    with worker("race", path, "one", "40") as one, worker("race", path, "two", "40") as two:
        for process in (one, two):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        won = [[int(line) for line in process.stdout or ()] for process in (one, two)]
        assert one.wait() == two.wait() == 0
    assert len(won[0]) == len(won[1]) == 40
    assert sorted(won[0] + won[1]) == [*range(1, 81)]
    with Store.open(path) as store:
        check_chain(store, 80)


def test_readers_see_only_whole_commands_while_others_write(tmp_path: Path) -> None:
    """The projection that is read is the one of the last event, at every moment."""
    path = tmp_path / "office.db"
    with Store.create(path, "brindal") as store, ThreadPoolExecutor(1) as pool:
        change(store, "first", None)
        writer = pool.submit(lambda: [change(store, f"k-{number}", None) for number in range(60)])
        with Store.open(path, read_only=True) as reader:
            seen = 0
            while not writer.done():
                shown, head = reader.projection(PROJECT), reader.head(PROJECT)
                assert shown is not None
                assert head is not None
                assert seen <= shown.version <= head.seq
                seen = head.seq
        writer.result()
        check_chain(store, 61)
