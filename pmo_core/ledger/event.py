"""What the ledger keeps: drafts as a command wrote them, events as the chain holds them (S15.1)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from pmo_core.documents import Digest, Json, JsonObject, canonical
from pmo_core.errors import InvalidDocument

VERSION: Final = 1
"""The form of events that this core writes: S15.1's `v`."""

_EVENT_PREFIX: Final = b"pmo-event-1\n"
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_TEXTS: Final = ("office", "project", "prev", "id", "name", "effective", "recorded", "key")
_FIELDS: Final = frozenset({*_TEXTS, "v", "seq", "actor", "versions", "payload"})


class Actor(NamedTuple):
    """Who did it.

    Attributes:
        id: the person's or automaton's id.
        how: how the office knows: `--as, a local user`, `login`.
    """

    id: str
    how: str


class Draft(NamedTuple):
    """An event as the command wrote it, before it has a place in the chain.

    Attributes:
        name: of S15.4: `registered`, `amended`, `decided`.
        payload: what happened. Personal text in it stands as `private(text)`; the key `clock` is
            the ledger's own.
        effective: when it holds from; for a tick, when it was due.
        actor: who did it.
        reason: why, in their words; personal text (S15.2).
    """

    name: str
    payload: JsonObject
    effective: datetime
    actor: Actor
    reason: str | None = None


class Event(NamedTuple):
    """One thing that happened to a project, in its place in the project's chain (S15.1).

    Attributes:
        v: the form of the event, 1.
        seq: its number in the project, from 1 without gaps: the project's version after it.
        prev: the hash of the event before it; for the first, `genesis`.
        id: a UUIDv7.
        effective: when it holds from; UTC, whole seconds, as is `recorded`.
        recorded: when the ledger took it in.
        reason: the digest under which the ledger keeps the reason's text, None where no reason was
            given; `Store.revealed` has the text.
        key: the idempotency key; further events of one command have `KEY#2`, `KEY#3`.
        versions: what made it: `core`, `standard`, `plugins`.
        payload: as drafted, with digests in place of personal text, and `clock: {behind: SECONDS}`
            where its time lies before its predecessor's.
    """

    v: int
    office: str
    project: str
    seq: int
    prev: Digest
    id: str
    name: str
    effective: datetime
    recorded: datetime
    actor: Actor
    reason: Digest | None
    key: str
    versions: Mapping[str, Json]
    payload: JsonObject

    def as_json(self) -> JsonObject:
        """The event as it is hashed, stored and exported; `reason` is left out where None."""
        value: JsonObject = {
            "v": self.v,
            "office": self.office,
            "project": self.project,
            "seq": self.seq,
            "prev": self.prev,
            "id": self.id,
            "name": self.name,
            "effective": instant_text(self.effective),
            "recorded": instant_text(self.recorded),
            "actor": {"id": self.actor.id, "how": self.actor.how},
            "key": self.key,
            "versions": dict(self.versions),
            "payload": self.payload,
        }
        if self.reason is not None:
            value["reason"] = {"$private": self.reason}
        return value

    @property
    def hash(self) -> Digest:
        """SHA-256 over `pmo-event-1`, a line feed and the event as canonical JSON."""
        return hash_of(canonical(self.as_json()))


def hash_of(data: bytes) -> Digest:
    """The hash of the event whose canonical JSON is `data`."""
    return Digest("sha256:" + hashlib.sha256(_EVENT_PREFIX + data).hexdigest())


def is_digest(text: str) -> bool:
    """Whether the text has the form of a digest (S1.3)."""
    return _DIGEST.fullmatch(text) is not None


def whole_second(instant: datetime) -> datetime:
    """The instant in UTC without its fraction (S1.4); ValueError for one that has no zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no zone: an instant of the ledger is aware")
    return instant.astimezone(UTC).replace(microsecond=0)


def instant_text(instant: datetime) -> str:
    """The instant as `2026-03-01T09:00:00Z`."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def read_event(data: bytes) -> Event:
    """The event that canonical JSON writes.

    Raises:
        InvalidDocument: it is no event of the form that this core knows, or not canonical.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise _no_event("it is no JSON") from None
    event = _event(value)
    if canonical(event.as_json()) != data:
        raise _no_event("it is not canonical")
    return event


def _event(value: Json) -> Event:
    if not isinstance(value, dict):
        raise _no_event("it is no object")
    if value.get("v") != VERSION:
        raise _no_event(f"its form v is {value.get('v')!r}, this core reads {VERSION}")
    if value.keys() - {"reason"} != _FIELDS:
        odd = sorted((value.keys() - {"reason"}) ^ _FIELDS)
        raise _no_event(f"it lacks or should not have {', '.join(odd)}")
    texts = {name: value[name] for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise _no_event("a field that is text is none")
    seq, versions, payload = value["seq"], value["versions"], value["payload"]
    if type(seq) is not int or not isinstance(versions, dict) or not isinstance(payload, dict):
        raise _no_event("seq, versions or payload has the wrong type")
    return Event(
        v=VERSION,
        office=str(texts["office"]),
        project=str(texts["project"]),
        seq=seq,
        prev=Digest(str(texts["prev"])),
        id=str(texts["id"]),
        name=str(texts["name"]),
        effective=_instant(str(texts["effective"])),
        recorded=_instant(str(texts["recorded"])),
        actor=_actor(value["actor"]),
        reason=_reason(value["reason"]) if "reason" in value else None,
        key=str(texts["key"]),
        versions=versions,
        payload=payload,
    )


def _actor(value: Json) -> Actor:
    match value:
        case {"id": str(identity), "how": str(how), **rest} if not rest:
            return Actor(identity, how)
        case _:
            raise _no_event("its actor is no {id, how}")


def _reason(value: Json) -> Digest:
    match value:
        case {"$private": str(digest), **rest} if not rest and is_digest(digest):
            return Digest(digest)
        case _:
            raise _no_event("its reason is no digest of a text")


def _instant(text: str) -> datetime:
    if _INSTANT.fullmatch(text) is None:
        raise _no_event(f"{text[:40]!r} is no instant")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _no_event(f"{text!r} is no moment of the calendar") from None


def _no_event(why: str) -> InvalidDocument:
    return InvalidDocument(f"this is no event of a ledger: {why}")
