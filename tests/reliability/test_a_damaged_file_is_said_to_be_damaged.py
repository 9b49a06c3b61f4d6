"""S16: whatever happened to the file, it is answered or said to be damaged; never a traceback."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.documents import digest_bytes
from pmo_core.errors import PmoError
from pmo_core.ledger.store import Store

from .worker import PROJECT, change

CASES = 160


def complaints(path: Path) -> Iterator[PmoError]:
    """What is answered to every question and a change, if not what was asked for."""
    try:
        store = Store.open(path)
    except PmoError as error:
        yield error
        return
    for ask in (
        lambda: [store.revealed(event) for event in store.events(PROJECT)],
        lambda: list(store.all_events()),
        lambda: list(store.projections()),
        lambda: (store.projection(PROJECT), store.head(PROJECT), store.project_ids()),
        lambda: (store.count(), store.position, store.known("k-3"), store.mark("last")),
        lambda: store.blob(digest_bytes(b"k-3")),
        lambda: change(store, "new", None),
        store.close,
    ):
        try:
            ask()
        except PmoError as error:
            yield error


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_told_and_never_a_traceback(tmp_path: Path, seed: int) -> None:
    """Bytes are changed, anywhere in the file."""
    path = tmp_path / "office.db"
    with Store.create(path, "brindal") as store:
        for number in range(20):
            change(store, f"k-{number}", None)
    whole = path.read_bytes()
    drawn = random.Random(seed)
    told: list[PmoError] = []
    for _ in range(CASES // 4):
        damaged = bytearray(whole)
        for _ in range(drawn.choice([1, 3, 30])):
            damaged[drawn.randrange(len(damaged))] = drawn.randrange(256)
        for left in tmp_path.glob("office.db*"):
            left.unlink()
        path.write_bytes(damaged)
        told.extend(complaints(path))
    assert len(told) > 20
    assert {error.source for error in told} == {str(path)}
    assert all(error.remedy for error in told)
    assert {error.kind for error in told} <= {"unavailable", "unknown-name"}
