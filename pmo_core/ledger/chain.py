"""The chain of one project: how an event is sealed into it, and where it is broken (S15.1).

Imported alone, it verifies an exported ledger without the program that wrote it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from pmo_core.documents import Digest, Json, JsonObject
from pmo_core.errors import InvalidDocument
from pmo_core.ledger.event import VERSION, Draft, Event, whole_second

Fault: TypeAlias = Literal["altered", "gap", "stranger", "clock", "head"]
"""`altered`: an event's hash is not what its successor names, or the first does not begin at the
genesis. `gap`: numbers are missing or repeated. `stranger`: an event of another project or office.
`clock`: an event before its predecessor's time that does not say so. `head`: the last event is not
the one that the ledger names as last."""


class Broken(NamedTuple):
    """Where a chain is broken first.

    Attributes:
        seq: the number of the event at fault; for `gap`, the number that should stand there.
        fault: what is wrong with it.
        expected: what others say of it: the hash that the successor names, the number, the id.
        found: what it is.
    """

    seq: int
    fault: Fault
    expected: str
    found: str


def genesis(office: str, project: str) -> Digest:
    """What the first event of a project names as its predecessor."""
    text = f"pmo-chain-1\n{office}\n{project}"
    return Digest("sha256:" + hashlib.sha256(text.encode()).hexdigest())


def seal(
    draft: Draft,
    *,
    office: str,
    project: str,
    previous: Event | None,
    prev: Digest,
    id: str,
    recorded: datetime,
    key: str,
    versions: Mapping[str, Json],
    reason: Digest | None = None,
) -> Event:
    """The draft as the next event of its project.

    Times lose their fraction of a second. An event that was recorded, or holds from, before its
    predecessor gets `clock: {behind: SECONDS}` in its payload, the greater of the two: nothing is
    refused for a clock that was set back, and nothing goes in unmarked.

    Args:
        draft: with digests in place of personal text (`private.conceal`).
        previous: the event before it, None for the first.
        prev: the hash of `previous`, or `genesis`.
        reason: the digest of the draft's reason.

    Raises:
        InvalidDocument: the payload has a `clock` of its own.
    """
    if "clock" in draft.payload:
        raise InvalidDocument(
            f"the payload of {draft.name} has a member 'clock', which is the ledger's own",
            remedy="Name it otherwise",
        )
    event = Event(
        v=VERSION,
        office=office,
        project=project,
        seq=1 if previous is None else previous.seq + 1,
        prev=prev,
        id=id,
        name=draft.name,
        effective=whole_second(draft.effective),
        recorded=whole_second(recorded),
        actor=draft.actor,
        reason=reason,
        key=key,
        versions=versions,
        payload=draft.payload,
    )
    behind = 0 if previous is None else _seconds_behind(event, previous)
    if not behind:
        return event
    clock: JsonObject = {"behind": behind}
    return event._replace(payload={**draft.payload, "clock": clock})


def broken_link(events: Iterable[Event], *, head: Digest | None = None) -> Broken | None:
    """Where the chain of one project is broken first; None where it is whole.

    An event is vouched for by its successor, which names its hash; the last one only by `head`.

    Args:
        events: all events of the project, from the first, in order.
        head: the hash that the ledger or a checkpoint gives for the last event.
    """
    previous: Event | None = None
    hash_before: Digest | None = None
    unmarked: Broken | None = None
    for event in events:
        # What a successor says of an event counts before what the event says of its own time.
        broken = _misplaced(event, previous, hash_before) or unmarked
        if broken is not None:
            return broken
        unmarked = _unmarked(event, previous)
        previous, hash_before = event, event.hash
    if head is not None and hash_before != head:
        seq = 0 if previous is None else previous.seq
        return Broken(seq, "head", head, hash_before or "nothing")
    return unmarked


def _misplaced(event: Event, previous: Event | None, hash_before: Digest | None) -> Broken | None:
    if previous is None or hash_before is None:
        start = genesis(event.office, event.project)
        if event.seq != 1:
            return Broken(1, "gap", "1", str(event.seq))
        return None if event.prev == start else Broken(1, "altered", start, event.prev)
    if (event.office, event.project) != (previous.office, previous.project):
        home, other = (f"{one.office}/{one.project}" for one in (previous, event))
        return Broken(event.seq, "stranger", home, other)
    if event.seq != previous.seq + 1:
        return Broken(previous.seq + 1, "gap", str(previous.seq + 1), str(event.seq))
    if event.prev != hash_before:
        return Broken(previous.seq, "altered", event.prev, hash_before)
    return None


def _unmarked(event: Event, previous: Event | None) -> Broken | None:
    behind = 0 if previous is None else _seconds_behind(event, previous)
    marked = _marked_behind(event)
    return None if behind == marked else Broken(event.seq, "clock", str(behind), str(marked))


def _seconds_behind(event: Event, previous: Event) -> int:
    """By how much the event's times lie before its predecessor's; zero where neither does."""
    recorded = previous.recorded - event.recorded
    effective = previous.effective - event.effective
    return max(0, int(max(recorded, effective).total_seconds()))


def _marked_behind(event: Event) -> int:
    match event.payload.get("clock"):
        case {"behind": int(seconds)}:
            return seconds
        case _:
            return 0
