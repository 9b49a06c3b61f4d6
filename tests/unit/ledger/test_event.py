"""S15.1: what an event is, and what is hashed of it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

import pytest
import rfc8785

from pmo_core.documents import canonical
from pmo_core.errors import InvalidDocument
from pmo_core.ledger import genesis, read_event

from .chains import NOW, chain, draft

DIGEST = "sha256:" + "0" * 64


def test_an_event_is_written_with_the_fields_of_the_rule_and_no_others() -> None:
    """S15.1."""
    [event] = chain(draft("registered", {"record": {"title": "Portal"}}))
    assert event.as_json() == {
        "v": 1,
        "office": "brindal",
        "project": "permit-portal",
        "seq": 1,
        "prev": genesis("brindal", "permit-portal"),
        "id": "id-0",
        "name": "registered",
        "effective": "2026-11-25T15:20:00Z",
        "recorded": "2026-11-25T15:20:00Z",
        "actor": {"id": "rosa.lind", "how": "--as, a local user"},
        "key": "k-0",
        "versions": {"core": "0.1.0", "standard": "pm2@3.1.0", "plugins": {}},
        "payload": {"record": {"title": "Portal"}},
    }


def test_a_reason_is_written_as_a_digest() -> None:
    """S15.2."""
    [event] = chain(draft())
    reasoned = event._replace(reason=DIGEST)
    assert reasoned.as_json()["reason"] == {"$private": DIGEST}
    assert reasoned.hash != event.hash


def test_the_hash_is_sha_256_over_the_prefix_and_rfc_8785() -> None:
    """S15.1, by the reference writer of RFC 8785."""
    [event] = chain(draft("amended", {"ø": [1.5, None, "\U00010000"], "a": 3}))
    text = b"pmo-event-1\n" + rfc8785.dumps(event.as_json())
    assert event.hash == "sha256:" + hashlib.sha256(text).hexdigest()


def test_the_genesis_is_of_office_and_project() -> None:
    """S15.1."""
    expected = hashlib.sha256(b"pmo-chain-1\nbrindal\natlas").hexdigest()
    assert genesis("brindal", "atlas") == f"sha256:{expected}"


def test_an_event_is_read_as_it_was_written() -> None:
    [event] = chain(draft("amended", {"patch": [{"op": "add", "value": 1.25}]}))
    for one in (event, event._replace(reason=DIGEST)):
        assert read_event(canonical(one.as_json())) == one


def test_times_are_kept_in_utc_and_whole_seconds() -> None:
    """S1.4."""
    oslo = timezone(timedelta(hours=1))
    late = datetime(2026, 11, 25, 16, 20, 0, 999_999, tzinfo=oslo)
    [event] = chain(draft(effective=late))
    assert event.effective == NOW
    assert event.as_json()["effective"] == "2026-11-25T15:20:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    """S1.4: an instant is aware."""
    with pytest.raises(ValueError, match="has no zone"):
        chain(draft(effective=datetime(2026, 11, 25)))


GOOD = canonical(chain(draft())[0].as_json())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b" " + GOOD,
        GOOD.replace(b'"v":1', b'"v":2'),
        GOOD.replace(b'"v":1', b'"v":true'),
        GOOD.replace(b'"seq":1', b'"seq":"1"'),
        GOOD.replace(b'"seq":1', b'"seq":1.0'),
        GOOD.replace(b'"seq":1', b'"seq":12345678901234567890'),
        GOOD.replace(b'"seq":1', b'"seq":NaN'),
        GOOD.replace(b'"name":"amended",', b""),
        GOOD.replace(b'"name":"amended"', b'"name":null'),
        GOOD.replace(b'"name":"amended"', b'"name":"\\ud800"'),
        GOOD.replace(b'"name":', b'"more":1,"name":'),
        GOOD.replace(b'"id":"rosa.lind"', b'"id":"rosa.lind","more":1'),
        GOOD.replace(b'"how":"--as, a local user"', b'"how":3'),
        GOOD.replace(b'"payload":{}', b'"payload":[]'),
        GOOD.replace(b'"recorded":"2026-11-25T15:20:00Z"', b'"recorded":"2026-11-25"'),
        GOOD.replace(b'"recorded":"2026-11-25T15:20:00Z"', b'"recorded":"2026-13-25T15:20:00Z"'),
        GOOD.replace(b'"seq":', b'"reason":"plain","seq":'),
        GOOD.replace(b'"seq":', b'"reason":{"$private":"plain"},"seq":'),
    ],
)
def test_what_is_no_event_is_refused(data: bytes) -> None:
    assert data != GOOD
    with pytest.raises(InvalidDocument):
        read_event(data)
