"""S15.1, S15.2: one transaction of events, projection, blobs and marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from pmo_core.documents import digest, digest_bytes
from pmo_core.errors import Conflict, InvalidDocument, Unavailable, UnknownName
from pmo_core.ledger import Answered, Head, broken_link, private
from pmo_core.ledger.store import Store

from .chains import NOW, VERSIONS, append, draft, projection, register


def test_appended_events_are_a_chain(store: Store) -> None:
    with store.write() as writing:
        first = append(writing, key="a")
        second = append(writing, "permit-portal", draft("noted"), draft("decided"), key="b")
    assert [event.seq for event in first + second] == [1, 2, 3]
    assert store.events("permit-portal") == [*first, *second]
    head = store.head("permit-portal")
    assert head == Head(3, second[-1].hash)
    assert broken_link(store.events("permit-portal"), head=head.hash) is None


def test_events_of_one_command_share_its_key(store: Store) -> None:
    """S15.1: (office, key) is unique."""
    with store.write() as writing:
        events = append(writing, "permit-portal", draft(), draft(), draft(), key="c-7")
    assert [event.key for event in events] == ["c-7", "c-7#2", "c-7#3"]
    assert store.known("c-7") == Answered("permit-portal", digest("c-7"), (1, 2, 3))
    assert store.known("c-7#2") is None
    assert store.known("c-8") is None


def test_a_repeated_command_gets_the_first_result(store: Store) -> None:
    """S15.1: the same key with the same content, whatever the version is by then."""
    with store.write() as writing:
        first = append(writing, "permit-portal", draft(), draft(), key="a", expected=0)
        append(writing, key="b")
    with store.write() as writing:
        again = append(
            writing,
            "permit-portal",
            draft(),
            draft(),
            key="a",
            expected=0,
            recorded=NOW + timedelta(days=1),
        )
    assert again == first
    assert store.position == 3


def test_a_key_with_other_content_is_a_conflict(store: Store) -> None:
    """S15.1."""
    with store.write() as writing:
        append(writing, key="a")
    other = digest("other")
    with (
        pytest.raises(Conflict, match="'a' was used for another command, on permit-portal"),
        store.write() as writing,
    ):
        append(writing, key="a", content=other)
    with pytest.raises(Conflict), store.write() as writing:
        append(writing, "atlas", key="a")
    assert store.position == 1


@pytest.mark.parametrize("key", ["", "k" * 201, "a\nb", "k#2", "k\x7f"])
def test_a_key_that_is_none_is_refused(store: Store, key: str) -> None:
    with pytest.raises(InvalidDocument, match="key"), store.write() as writing:
        append(writing, key=key)


def test_a_stale_version_is_refused_with_who_and_when(store: Store) -> None:
    """S16, and the fourth of the walkthrough's errors."""
    register(store, "permit-portal")
    with store.write() as writing:
        append(writing, "permit-portal", draft(), draft(), draft(), key="b")
        writing.put_projection(
            "permit-portal", projection("permit-portal", writing.head("permit-portal"))
        )
    with pytest.raises(Conflict) as refused, store.write() as writing:
        append(writing, key="c", expected=3)
    assert str(refused.value) == (
        "permit-portal: your change is to version 3, but rosa.lind made it version 4 on "
        "Wed 25 Nov 2026 15:20 UTC. Nothing was written. See it with pmo project history "
        "permit-portal --since 4, then repeat with --version 4."
    )
    assert store.head("permit-portal") == Head(4, store.events("permit-portal")[-1].hash)


def test_the_present_version_is_accepted(store: Store) -> None:
    with store.write() as writing:
        append(writing, key="a", expected=0)
        append(writing, key="b", expected=1)
    assert store.position == 2


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (0, "your change is to a project that is new, but rosa.lind made it version 1"),
        (7, "your change is to version 7, but rosa.lind made it version 1"),
    ],
)
def test_a_version_that_is_not_the_present_one_is_stale(
    store: Store, expected: int, message: str
) -> None:
    with store.write() as writing:
        append(writing, key="a")
    with pytest.raises(Conflict, match=message), store.write() as writing:
        append(writing, key="b", expected=expected)


def test_a_version_of_no_project_is_stale(store: Store) -> None:
    with pytest.raises(Conflict, match="there is no such project"), store.write() as writing:
        append(writing, key="a", expected=1)


def test_a_remedy_quotes_a_foreign_id_for_the_shell(store: Store) -> None:
    """S1.3: an id of a foreign source may hold blanks and quotes."""
    with store.write() as writing:
        append(writing, "it's; new", key="a")
    with pytest.raises(Conflict) as refused, store.write() as writing:
        append(writing, "it's; new", key="b", expected=0)
    assert refused.value.remedy is not None
    assert """history 'it'"'"'s; new' --since""" in refused.value.remedy


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    register(store, "atlas")

    def fail() -> None:
        with store.write() as writing:
            append(writing, "atlas", draft(reason="because"), key="a")
            writing.put_projection("atlas", projection("atlas", writing.head("atlas"), b"[]"))
            writing.put_blob(b"blob")
            writing.set_mark("tick", "now")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert store.position == 1
    assert store.known("a") is None
    assert store.mark("tick") is None
    assert not store.has_blob(digest_bytes(b"blob"))
    found = store.projection("atlas")
    assert found is not None
    assert (found.version, found.record) == (1, b"{}")
    with store.write() as writing:
        assert append(writing, "atlas", key="a")[0].seq == 2
        writing.put_projection("atlas", projection("atlas", writing.head("atlas")))


def test_an_error_of_the_caller_leaves_as_it_is(store: Store) -> None:
    """An OSError within the block is not the ledger's."""
    with pytest.raises(FileNotFoundError), store.write():
        Path(str(store.path) + ".none").read_bytes()


def test_a_transaction_sees_what_it_wrote_and_others_do_not(store: Store) -> None:
    with store.write() as writing:
        [event] = append(writing, "atlas", draft("noted", {"text": private("hm")}), key="a")
        writing.put_projection("atlas", projection("atlas", writing.head("atlas")))
        blob = writing.put_blob(b"blob")
        writing.set_mark("tick", "now")
        for reads, there in ((writing, True), (store, False)):
            assert (reads.head("atlas") is not None) is there
            assert (reads.projection("atlas") is not None) is there
            assert (reads.known("a") is not None) is there
            assert (reads.mark("tick") == "now") is there
            assert reads.has_blob(blob) is there
            assert reads.events("atlas") == ([event] if there else [])
            assert reads.position == reads.count() == (1 if there else 0)
            assert reads.revealed(event).payload == {"text": "hm" if there else None}


def test_a_projection_ends_at_the_last_event(store: Store) -> None:
    register(store, "atlas")
    head = store.head("atlas")
    assert head is not None
    stale = projection("atlas", head)
    with store.write() as writing:
        append(writing, "atlas", key="a")
        with pytest.raises(ValueError, match="does not end at its last event"):
            writing.put_projection("atlas", stale)
        with pytest.raises(ValueError, match="does not end at its last event"):
            writing.put_projection("atlas", stale._replace(version=2))
        with pytest.raises(ValueError, match="does not end at its last event"):
            writing.put_projection("other", projection("atlas", writing.head("atlas")))
        writing.put_projection("atlas", projection("atlas", writing.head("atlas")))


def test_events_do_not_go_in_beside_an_old_projection(store: Store) -> None:
    register(store, "atlas")
    with pytest.raises(ValueError, match="its projection is the old one"), store.write() as writing:
        append(writing, "atlas", key="a")
    assert store.position == 1


def test_the_last_event_must_be_whole_for_another_to_follow(store: Store) -> None:
    with store.write() as writing:
        append(writing, "atlas", key="a")
        other = "UPDATE events SET data = CAST(replace(data, 'rosa', 'anna') AS BLOB)"
        writing._held.exec_driver_sql(other)
    with (
        pytest.raises(Unavailable, match=r"event 1 of atlas was altered: it hashes to sha256:"),
        store.write() as writing,
    ):
        append(writing, "atlas", key="b")


def test_blobs_are_kept_once_under_their_digest(store: Store) -> None:
    with store.write() as writing:
        assert writing.put_blob(b"text") == writing.put_blob(b"text") == digest_bytes(b"text")
    assert store.blob(digest_bytes(b"text")) == b"text"
    assert not store.has_blob(digest_bytes(b"none"))
    with pytest.raises(UnknownName, match="keeps nothing under sha256:"):
        store.blob(digest_bytes(b"none"))


def test_a_blob_that_was_altered_is_named(store: Store) -> None:
    with store.write() as writing:
        kept = writing.put_blob(b"text")
        writing._held.exec_driver_sql("UPDATE blobs SET data = x'00'")
    with pytest.raises(Unavailable, match=f"under {kept} was altered"):
        store.blob(kept)


def test_marks_are_set_and_set_again(store: Store) -> None:
    assert store.mark("tick") is None
    for value in ("one", "two", "two"):
        with store.write() as writing:
            writing.set_mark("tick", value)
        assert store.mark("tick") == value


def test_a_clock_that_was_set_back_is_marked(store: Store) -> None:
    """S13.3, S15.1."""
    with store.write() as writing:
        append(writing, "atlas", key="a")
        [late] = append(
            writing, "atlas", draft("noted", {"a": 1}), key="b", recorded=NOW - timedelta(hours=1)
        )
    assert late.payload == {"a": 1, "clock": {"behind": 3600}}
    assert store.event("atlas", 2) == late


@pytest.mark.parametrize(
    "payload",
    [
        {"number": 2**53},
        {"number": float("nan")},
        {"text": "\ud800"},
        {"tuple": ()},
        {"clock": 1},
        {"by": private("\ud800")},
    ],
)
def test_a_payload_that_is_no_json_of_ours_is_refused(
    store: Store, payload: dict[str, object]
) -> None:
    """S1.2."""
    with pytest.raises(InvalidDocument), store.write() as writing:
        append(writing, "atlas", draft("noted", payload), key="a")  # type: ignore[arg-type]
    assert store.position == 0


def test_a_payload_of_any_depth_is_refused_and_a_record_of_the_greatest_taken(
    store: Store,
) -> None:
    """S1.5: depth is checked wherever a value enters."""
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    with pytest.raises(InvalidDocument), store.write() as writing:
        append(writing, "atlas", draft("noted", {"a": deep}), key="a")  # type: ignore[dict-item]
    record: dict[str, object] = {}
    for _ in range(99):
        record = {"a": record}
    with store.write() as writing:
        append(writing, "atlas", draft("noted", {"record": record}), key="a")  # type: ignore[dict-item]
    assert store.events("atlas")[0].payload == {"record": record}


@pytest.mark.parametrize("half", ["\ud800", "x\udcff"])
def test_half_a_character_in_a_name_is_an_error_and_no_traceback(store: Store, half: str) -> None:
    """What a command line held need be no UTF-8."""
    for ask in (store.head, store.projection, store.events, store.known, store.mark, store.blob):
        with pytest.raises(InvalidDocument, match="half a character"):
            ask(half)
    with pytest.raises(InvalidDocument), store.write() as writing:
        append(writing, half, key="a")
    with pytest.raises(InvalidDocument), store.write() as writing:
        append(writing, "atlas", draft(reason=half), key="a")
    with pytest.raises(InvalidDocument), store.write() as writing:
        append(writing, "atlas", key=half)


def test_the_same_random_bytes_give_the_same_ledger(tmp_path: Path) -> None:
    """Nothing in an event comes from elsewhere than the arguments."""
    made = []
    for name in ("one.db", "two.db"):
        numbers = count()
        source = lambda size, numbers=numbers: next(numbers).to_bytes(size)  # noqa: E731
        with Store.create(tmp_path / name, "brindal", random=source) as store:
            register(store, "atlas", "borealis")
            with store.write() as writing:
                append(writing, "cygnus", draft(reason="ill"), key="a")
            made.append([placed.event.as_json() for placed in store.all_events()])
    assert made[0] == made[1]


def test_an_id_holds_the_second_of_its_recording(store: Store) -> None:
    """S15.1: UUIDv7."""
    with store.write() as writing:
        [event] = append(writing, "atlas", key="a")
    milliseconds = int(event.id.replace("-", "")[:12], 16)
    assert datetime.fromtimestamp(milliseconds / 1000, UTC) == NOW == event.recorded
    assert event.versions == VERSIONS
