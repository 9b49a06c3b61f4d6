"""Drafts, chains and commands for the tests of the ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pmo_core.documents import Digest, Json, digest
from pmo_core.ledger import Actor, Draft, Event, Head, Projection, genesis, seal
from pmo_core.ledger.store import Store
from pmo_core.ledger.writing import Writing

NOW = datetime(2026, 11, 25, 15, 20, tzinfo=UTC)
ROSA = Actor("rosa.lind", "--as, a local user")
VERSIONS: dict[str, Json] = {"core": "0.1.0", "standard": "pm2@3.1.0", "plugins": {}}


def draft(
    name: str = "amended",
    payload: dict[str, Json] | None = None,
    *,
    effective: datetime = NOW,
    reason: str | None = None,
) -> Draft:
    return Draft(name, {} if payload is None else payload, effective, ROSA, reason)


def chain(*drafts: Draft, recorded: datetime = NOW) -> list[Event]:
    """A whole chain of one project, an event a minute."""
    events: list[Event] = []
    for number, one in enumerate(drafts):
        previous = events[-1] if events else None
        events.append(
            seal(
                one,
                office="brindal",
                project="permit-portal",
                previous=previous,
                prev=previous.hash if previous else genesis("brindal", "permit-portal"),
                id=f"id-{number}",
                recorded=recorded + timedelta(minutes=number),
                key=f"k-{number}",
                versions=VERSIONS,
            )
        )
    return events


def append(
    writing: Writing,
    project: str = "permit-portal",
    *drafts: Draft,
    key: str,
    expected: int | None = None,
    content: Digest | None = None,
    recorded: datetime = NOW,
) -> tuple[Event, ...]:
    """Append, `amended` where no draft is given; the content is the key's digest unless given."""
    return writing.append(
        project,
        drafts or (draft(),),
        expected=expected,
        key=key,
        content=content or digest(key),
        recorded=recorded,
        versions=VERSIONS,
    )


def projection(project: str, head: Head | None, record: bytes = b"{}") -> Projection:
    assert head is not None
    return Projection(project, head.seq, head.hash, "Title", "pm2@3.1.0#sha256:0", b"{}", record)


def register(store: Store, *projects: str) -> None:
    """Each project with one event and its projection."""
    with store.write() as writing:
        for project in projects:
            append(writing, project, draft("registered"), key=f"register {project}")
            writing.put_projection(project, projection(project, writing.head(project)))
