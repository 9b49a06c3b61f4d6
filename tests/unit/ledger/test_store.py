"""S15, S16: the file of an office: made whole, opened or refused, asked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from pmo_core.errors import Conflict, Unavailable
from pmo_core.ledger import Placed, Projection, private
from pmo_core.ledger.store import Store
from pmo_core.version import VERSION

from .chains import append, draft, projection, register

ROOT = getattr(os, "geteuid", lambda: 0)() == 0


def test_a_new_office_has_no_events(store: Store) -> None:
    assert (store.office, store.position, store.count()) == ("brindal", 0, 0)
    assert store.project_ids() == ()
    assert list(store.projections()) == list(store.all_events()) == []
    assert store.head("atlas") is store.projection("atlas") is store.event("atlas", 1) is None
    assert store.events("atlas") == []


def test_only_the_file_is_left_of_its_making(store: Store) -> None:
    store.close()
    assert [entry.name for entry in store.path.parent.iterdir()] == ["office.db"]


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(b"mine")
    with pytest.raises(Conflict, match="something of that name already"):
        Store.create(path, "brindal")
    assert path.read_bytes() == b"mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["office.db"]


def test_a_ledger_that_was_read_only_leaves_no_files_beside(store: Store) -> None:
    register(store, "atlas")
    store.close()
    with Store.open(store.path, read_only=True) as reader:
        assert reader.count() == 1
    assert [entry.name for entry in store.path.parent.iterdir()] == ["office.db"]


def test_a_link_that_leads_nowhere_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Conflict):
        Store.create(path, "brindal")
    assert not path.exists()


def test_the_log_of_a_ledger_that_is_gone_is_not_played_into_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "office.db-wal").write_bytes(b"rows")
    with pytest.raises(Conflict, match="left of a ledger that is gone"):
        Store.create(tmp_path / "office.db", "brindal")


def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Store.create(tmp_path / "none" / "office.db", "brindal")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "office.db"
    with pytest.raises(Unavailable, match="there is no ledger here") as refused:
        Store.open(path, read_only=read_only)
    assert refused.value.source == str(path)
    assert refused.value.exit_code == 69
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "data", [b"", b"projects: []\n", b"x" * 5_000, b"SQLite format 3\0" + bytes(5_000)]
)
def test_a_file_that_is_no_ledger_is_unavailable_and_untouched(
    tmp_path: Path, data: bytes, read_only: bool
) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(data)
    with pytest.raises(Unavailable) as refused:
        Store.open(path, read_only=read_only)
    assert refused.value.source == str(path)
    assert refused.value.remedy
    assert path.read_bytes() == data


def test_a_folder_in_its_place_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Store.open(tmp_path)


def test_a_database_of_others_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    with pytest.raises(Unavailable, match="no ledger of an office"):
        Store.open(path)


def set_meta(path: Path, name: str, value: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))


def test_a_ledger_of_a_newer_pmo_asks_for_the_upgrade(store: Store) -> None:
    store.close()
    set_meta(store.path, "schema", "2")
    set_meta(store.path, "written-by", "0.9.0")
    with pytest.raises(Unavailable) as refused:
        Store.open(store.path)
    assert refused.value.message == (
        "this ledger was written by pmo 0.9.0, in form 2; "
        f"this is pmo {VERSION}, which reads form 1"
    )
    assert refused.value.remedy == "Upgrade pmo to 0.9.0 or later"


def test_a_ledger_of_an_older_pmo_names_it(store: Store) -> None:
    store.close()
    set_meta(store.path, "schema", "0")
    set_meta(store.path, "written-by", "0.0.1")
    with pytest.raises(Unavailable, match=r"written by pmo 0\.0\.1, in form 0") as refused:
        Store.open(store.path)
    assert refused.value.remedy == "Open it with pmo 0.0.1"


def read_all(path: Path) -> tuple[int, int]:
    with Store.open(path) as store:
        return sum(1 for _ in store.all_events()), sum(1 for _ in store.projections())


def test_a_ledger_that_was_cut_is_unavailable(store: Store) -> None:
    register(store, *(f"p-{number}" for number in range(200)))
    store.close()
    whole = store.path.read_bytes()
    for length in range(1, len(whole), len(whole) // 7):
        store.path.write_bytes(whole[:length])
        with pytest.raises(Unavailable) as refused:
            read_all(store.path)
        assert refused.value.source == str(store.path)


def test_an_event_that_is_none_is_named(store: Store) -> None:
    register(store, "atlas")
    with store.write() as writing:
        writing._held.exec_driver_sql("UPDATE events SET data = x'7b'")
    for ask in (lambda: store.events("atlas"), lambda: list(store.all_events())):
        with pytest.raises(Unavailable, match="event 1 of atlas was altered") as refused:
            ask()
        assert refused.value.source == str(store.path)


def test_an_event_in_the_place_of_another_is_named(store: Store) -> None:
    register(store, "atlas")
    with store.write() as writing:
        writing._held.exec_driver_sql("UPDATE events SET project = 'other'")
    with pytest.raises(Unavailable, match="event 1 of other was altered: it is event 1 of atlas"):
        store.events("other")


def test_nothing_is_written_through_a_store_that_only_reads(store: Store) -> None:
    register(store, "atlas")
    with Store.open(store.path, read_only=True) as reader:
        assert reader.count() == 1
        with pytest.raises(Unavailable, match="read-only"), reader.write() as writing:
            writing.set_mark("tick", "now")
    assert store.mark("tick") is None


def test_a_ledger_that_others_write_is_read_meanwhile(store: Store) -> None:
    register(store, "atlas")
    with Store.open(store.path, read_only=True) as reader, store.write() as writing:
        append(writing, "borealis", key="a")
        assert reader.position == 1


def test_a_lock_that_is_held_too_long_is_unavailable(store: Store) -> None:
    other = Store.open(store.path, wait_seconds=0.0)
    refused = pytest.raises(Unavailable, match="kept it locked for too long")
    with store.write(), refused, other.write():
        pass
    with other.write() as writing:
        writing.set_mark("tick", "now")
    other.close()


def test_events_are_read_from_a_number_on(store: Store) -> None:
    with store.write() as writing:
        events = append(writing, "atlas", draft(), draft(), draft(), key="a")
        append(writing, "borealis", key="b")
    assert store.events("atlas", 2) == list(events[1:])
    assert store.events("atlas", 4) == []
    assert store.event("atlas", 3) == events[2]
    assert store.event("atlas", 0) is None
    assert store.event("atlas", 4) is None


def test_all_events_come_in_the_order_of_their_commits(store: Store) -> None:
    with store.write() as writing:
        [first] = append(writing, "zulu", key="a")
        [second] = append(writing, "alfa", key="b")
        [third] = append(writing, "zulu", key="c")
    assert list(store.all_events()) == [Placed(1, first), Placed(2, second), Placed(3, third)]
    assert list(store.all_events(after=2)) == [Placed(3, third)]
    assert store.position == 3


def test_projections_come_in_the_order_of_their_ids(store: Store) -> None:
    ids = ["zulu", "alfa", "a-2", "a-10", "Æ", "a"]
    register(store, *ids)
    ordered = sorted(ids, key=str.encode)
    assert [one.project for one in store.projections()] == ordered
    assert [one.project for one in store.projections(after="a-10")] == ordered[2:]
    assert store.project_ids() == tuple(ordered)
    assert store.project_ids("a-") == ("a-10", "a-2")
    assert store.project_ids("a", limit=2) == ("a", "a-10")
    assert store.project_ids("b") == ()
    assert store.count() == 6


def test_a_projection_is_read_as_it_was_put(store: Store) -> None:
    with store.write() as writing:
        [event] = append(writing, "atlas", key="a")
        put = Projection("atlas", 1, event.hash, "Títle", "pm2@1#x", b"\x00\xff", b'{"a":1}')
        writing.put_projection("atlas", put)
    assert store.projection("atlas") == put


def test_a_walk_through_all_may_be_left_and_written_beside(store: Store) -> None:
    register(store, *(f"p-{number:04}" for number in range(1_200)))
    for walk in (store.projections(), store.all_events()):
        next(walk)
        with store.write() as writing:
            writing.set_mark("tick", "now")
        assert sum(1 for _ in walk) == 1_199
    next(store.projections())
    with store.write() as writing:
        writing.set_mark("tick", "later")


def test_what_was_written_is_there_when_it_is_opened_again(store: Store) -> None:
    register(store, "atlas")
    events = store.events("atlas")
    store.close()
    with Store.open(store.path) as again:
        assert again.events("atlas") == events
        assert again.office == "brindal"


@pytest.mark.parametrize("name", ["office 100%.db", "ø?#.db", "a;b'c.db"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Store.create(tmp_path / name, "brindal") as store:
        register(store, "atlas")
    with Store.open(tmp_path / name, read_only=True) as again:
        assert again.count() == 1
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.create(Path("office.db"), "brindal") as store:
        (tmp_path / "below").mkdir()
        monkeypatch.chdir(tmp_path / "below")
        with store.write() as writing:
            writing.set_mark("tick", "now")
            assert store.mark("tick") is None
    assert (tmp_path / "office.db").exists()


def test_a_commit_waits_for_the_disk(store: Store) -> None:
    """What was acknowledged survives a power cut: WAL with synchronous=FULL."""
    with store.write() as writing:
        asked = {
            pragma: writing._held.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_nothing_about_one_project_reads_a_whole_table(store: Store) -> None:
    """`project show` takes as long among 100,000 projects as among ten."""
    asked: list[tuple[str, Sequence[object]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: Sequence[object], *_: object
    ) -> None:
        asked.append((statement, values))

    event.listen(store._engine, "before_cursor_execute", note)
    with store.write() as writing:
        [made] = append(writing, "atlas", draft(reason="x"), key="a", expected=0)
        append(writing, "atlas", draft("noted", {"by": private("Ann")}), key="b", expected=1)
        writing.put_projection("atlas", projection("atlas", writing.head("atlas")))
        writing.set_mark("tick", writing.put_blob(b"blob"))
        writing.erase("sha256:")
    store.projection("atlas")
    store.events("atlas", 2)
    store.event("atlas", 1)
    store.known("a")
    store.blob(str(store.mark("tick")))
    store.revealed(made)
    store.project_ids("at", limit=5)
    event.remove(store._engine, "before_cursor_execute", note)

    asked = [one for one in asked if not one[0].startswith(("BEGIN", "PRAGMA"))]
    assert len(asked) > 20
    with store.write() as writing:
        for statement, values in asked:
            one = values[0] if values and isinstance(values[0], tuple) else values
            plan = writing._held.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(one))
            steps = [row[3] for row in plan]
            assert not [step for step in steps if "SCAN" in step or "TEMP" in step], statement


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="the system does not say so")
def test_a_ledger_on_a_read_only_disk_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite writes beside a file that it reads, unless it is told that nobody writes there."""
    register(store, "atlas")
    store.close()
    asked = os.statvfs(store.path)
    frozen = SimpleNamespace(f_flag=asked.f_flag | os.ST_RDONLY)
    monkeypatch.setattr(os, "statvfs", lambda _path: frozen)
    with Store.open(store.path, read_only=True) as reader:
        assert reader.count() == 1
        assert [entry.name for entry in store.path.parent.iterdir()] == ["office.db"]
        with pytest.raises(Unavailable, match="read-only"), reader.write() as writing:
            writing.set_mark("tick", "now")


@pytest.mark.skipif(ROOT, reason="root may write anywhere")
def test_a_file_without_permission_is_unavailable(store: Store) -> None:
    register(store, "atlas")
    store.close()
    store.path.chmod(0o444)
    read_only = pytest.raises(Unavailable, match="read-only")
    with Store.open(store.path) as opened, read_only, opened.write() as writing:
        writing.set_mark("tick", "now")
    store.path.chmod(0)
    with pytest.raises(Unavailable):
        Store.open(store.path)


@pytest.mark.skipif(ROOT, reason="root may write anywhere")
def test_a_folder_without_permission_is_unavailable(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(Unavailable):
            Store.create(tmp_path / "office.db", "brindal")
    finally:
        tmp_path.chmod(0o755)
