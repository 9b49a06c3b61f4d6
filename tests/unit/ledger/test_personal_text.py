"""S15.2: personal text stands beside the chain, salted, and can be erased."""

from __future__ import annotations

from pathlib import Path

from pmo_core.documents import digest_bytes
from pmo_core.ledger import Draft, Event, broken_link, private
from pmo_core.ledger.store import Store

from .chains import append, draft


def write_once(store: Store, one: Draft) -> tuple[Event, ...]:
    with store.write() as writing:
        return append(writing, "atlas", one, key="a")


def test_personal_text_stands_beside_the_chain(store: Store) -> None:
    """S15.2: reasons and marked texts, anywhere in a payload."""
    payload = {"by": [private("Ann Ho"), {"note": private("a cold")}], "$private": 3}
    with store.write() as writing:
        [event] = append(writing, "atlas", draft("noted", payload, reason="was ill"), key="a")
    stored = str(event.as_json())
    assert not [text for text in ("Ann Ho", "a cold", "was ill") if text in stored]
    assert store.revealed(event) == (
        event,
        "was ill",
        {"by": ["Ann Ho", {"note": "a cold"}], "$private": 3},
    )


def test_the_digest_of_a_text_is_salted(store: Store) -> None:
    """S15.2: an unsalted digest of short text could be guessed."""
    with store.write() as writing:
        [one, two] = append(writing, "atlas", draft(reason="ill"), draft(reason="ill"), key="a")
    assert len({one.reason, two.reason, digest_bytes(b"ill")}) == 3


def test_the_digest_is_sha_256_over_salt_and_text(tmp_path: Path) -> None:
    """S15.2."""
    with Store.create(tmp_path / "x.db", "brindal", random=lambda size: b"s" * size) as store:
        [event] = write_once(store, draft(reason="ill"))
    assert event.reason == digest_bytes(b"s" * 16 + b"ill")


def test_a_digest_of_a_kept_text_stays_as_it_is(store: Store) -> None:
    """What was read of an event may be written into another."""
    with store.write() as writing:
        [first] = append(writing, "atlas", draft("noted", {"by": private("Ann")}), key="a")
        [second] = append(writing, "atlas", draft("noted", first.payload), key="b")
    assert second.payload == first.payload
    assert store.revealed(second).payload == {"by": "Ann"}


def test_an_erased_text_is_gone_and_the_chain_is_whole(store: Store) -> None:
    """S15.2."""
    with store.write() as writing:
        [event] = append(
            writing, "atlas", draft("noted", {"by": private("Ann")}, reason="x"), key="a"
        )
    by = event.payload["by"]
    assert isinstance(by, dict)
    for digested in (str(by["$private"]), str(event.reason)):
        with store.write() as writing:
            assert writing.erase(digested)
            assert not writing.erase(digested)
    assert store.revealed(event) == (event, None, {"by": None})
    head = store.head("atlas")
    assert head is not None
    assert broken_link(store.events("atlas"), head=head.hash) is None
    with store.write() as writing:
        assert not writing.erase("sha256:none")
        [again] = append(writing, "atlas", draft("noted", event.payload), key="b")
    assert again.payload == event.payload


def test_an_erased_text_leaves_the_file(store: Store) -> None:
    """S15.2."""
    text = "a very long and personal reason " * 3
    with store.write() as writing:
        [event] = append(writing, "atlas", draft(reason=text), key="a")
    store.close()
    assert text.encode() in store.path.read_bytes()
    with store.write() as writing:
        writing.erase(str(event.reason))
    store.close()
    assert text.encode() not in store.path.read_bytes()
