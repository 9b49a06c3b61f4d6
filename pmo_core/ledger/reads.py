"""What can be asked of a ledger; the same of a store, of a snapshot, and within a transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from pmo_core.documents import Digest, digest_bytes
from pmo_core.errors import InvalidDocument, Unavailable, UnknownName
from pmo_core.ledger.event import Event, read_event
from pmo_core.ledger.faults import altered
from pmo_core.ledger.private import digests_in, reveal
from pmo_core.ledger.stored import Answered, Head, Placed, Projection, Revealed
from pmo_core.ledger.tables import blobs, events, marks, private, projections

_AT_ONCE: Final = 500
_LAST_CHARACTER: Final = "\U0010ffff"

_HEAD = (
    select(events.c.seq, events.c.hash)
    .where(events.c.project == bindparam("project"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_EVENTS = (
    select(events.c.seq, events.c.data)
    .where(events.c.project == bindparam("project"), events.c.seq >= bindparam("since"))
    .order_by(events.c.seq)
)
_ALL_EVENTS = (
    select(events.c.position, events.c.project, events.c.seq, events.c.data)
    .where(events.c.position > bindparam("after"))
    .order_by(events.c.position)
)
_KNOWN = select(events.c.project, events.c.seq, events.c.content, events.c.together).where(
    events.c.key == bindparam("key"), events.c.content.is_not(None)
)
_PROJECTION = select(projections).where(projections.c.project == bindparam("project"))
_PROJECTIONS = (
    select(projections)
    .where(projections.c.project > bindparam("after"))
    .order_by(projections.c.project)
)
_PROJECT_IDS = (
    select(projections.c.project)
    .where(projections.c.project.between(bindparam("first"), bindparam("last")))
    .order_by(projections.c.project)
    .limit(bindparam("limit"))
)
_TEXTS = select(private.c.digest, private.c.text).where(
    private.c.digest.in_(bindparam("digests", expanding=True))
)
_BLOB = select(blobs.c.data).where(blobs.c.digest == bindparam("digest"))
_HAS_BLOB = select(func.count()).where(blobs.c.digest == bindparam("digest"))
_MARK = select(marks.c.value).where(marks.c.name == bindparam("name"))
_COUNT = select(func.count()).select_from(projections)
_POSITION = select(func.coalesce(func.max(events.c.position), 0))


class Reads(ABC):
    """Questions to a ledger.

    Each raises Unavailable where the database or the disk fails, or a stored event is none.
    """

    path: Path

    @abstractmethod
    def _connection(self) -> AbstractContextManager[Connection]:
        """A connection within a transaction."""

    def head(self, project: str) -> Head | None:
        """The last event of the project; None where there is none."""
        with self._connection() as connection:
            row = connection.execute(_HEAD, {"project": project}).one_or_none()
        return None if row is None else Head(row.seq, Digest(row.hash))

    def projection(self, project: str) -> Projection | None:
        """What the project amounts to; None where there is no such project."""
        with self._connection() as connection:
            row = connection.execute(_PROJECTION, {"project": project}).one_or_none()
        return None if row is None else Projection(*row)

    def projections(self, *, after: str | None = None) -> Iterator[Projection]:
        """All projects in the order of their ids, read as they are taken.

        Args:
            after: begin behind this id.
        """
        with self._connection() as connection:
            rows = connection.execute(
                _PROJECTIONS, {"after": after or ""}, execution_options={"yield_per": _AT_ONCE}
            )
            for row in rows:
                yield Projection(*row)

    def project_ids(self, prefix: str = "", limit: int | None = None) -> tuple[str, ...]:
        """The ids that begin with `prefix`, in order; at most `limit`."""
        values = {
            "first": prefix,
            "last": prefix + _LAST_CHARACTER,
            "limit": -1 if limit is None else limit,
        }
        with self._connection() as connection:
            return tuple(connection.scalars(_PROJECT_IDS, values))

    def count(self) -> int:
        """How many projects there are."""
        with self._connection() as connection:
            return connection.scalar(_COUNT) or 0

    def events(self, project: str, since: int = 0) -> list[Event]:
        """The project's events in order, from number `since` on; none where there is no project."""
        with self._connection() as connection:
            rows = connection.execute(_EVENTS, {"project": project, "since": since}).all()
        return [self._event(project, row.seq, row.data) for row in rows]

    def event(self, project: str, seq: int) -> Event | None:
        """One event of the project; None where there is none of that number."""
        with self._connection() as connection:
            row = connection.execute(
                _EVENTS.limit(1), {"project": project, "since": seq}
            ).one_or_none()
        return None if row is None or row.seq != seq else self._event(project, seq, row.data)

    def all_events(self, *, after: int = 0) -> Iterator[Placed]:
        """All events of the office in commit order, read as they are taken.

        Args:
            after: begin behind this position.
        """
        with self._connection() as connection:
            rows = connection.execute(
                _ALL_EVENTS, {"after": after}, execution_options={"yield_per": _AT_ONCE}
            )
            for position, project, seq, data in rows:
                yield Placed(position, self._event(project, seq, data))

    @property
    def position(self) -> int:
        """The position of the last event of the office; 0 where there is none."""
        with self._connection() as connection:
            return connection.scalar(_POSITION) or 0

    def known(self, key: str) -> Answered | None:
        """What the key was used for; None where it is new (S15.1)."""
        with self._connection() as connection:
            row = connection.execute(_KNOWN, {"key": key}).one_or_none()
        if row is None:
            return None
        seqs = tuple(range(row.seq, row.seq + (row.together or 1)))
        return Answered(row.project, Digest(row.content), seqs)

    def blob(self, digest: str) -> bytes:
        """The bytes that have that digest.

        Raises:
            UnknownName: there are none.
            Unavailable: what is kept under it is something else.
        """
        with self._connection() as connection:
            data = connection.scalar(_BLOB, {"digest": digest})
        if data is None:
            raise UnknownName(
                f"the ledger keeps nothing under {digest}",
                source=str(self.path),
                remedy="See that the digest is whole, and of this office",
            )
        kept = data if isinstance(data, bytes) else str(data).encode()  # SQLite keeps either
        found = digest_bytes(kept)
        if found != digest:
            raise Unavailable(
                f"what the ledger keeps under {digest} was altered: it has the digest {found}",
                source=str(self.path),
                remedy="Put back the last good copy of the ledger",
            )
        return kept

    def has_blob(self, digest: str) -> bool:
        """Whether something is kept under the digest; it is not read."""
        with self._connection() as connection:
            return bool(connection.scalar(_HAS_BLOB, {"digest": digest}))

    def revealed(self, event: Event) -> Revealed:
        """The event with its personal texts; a text that was erased is null."""
        wanted = set(digests_in(event.payload))
        if event.reason is not None:
            wanted.add(event.reason)
        texts: dict[str, str | None] = {}
        if wanted:
            with self._connection() as connection:
                for digest, text in connection.execute(_TEXTS, {"digests": sorted(wanted)}):
                    texts[digest] = text
        reason = None if event.reason is None else texts.get(event.reason)
        payload = {name: reveal(member, texts) for name, member in event.payload.items()}
        return Revealed(event, reason, payload)

    def mark(self, name: str) -> str | None:
        """An office-level mark, such as the last tick; None where it was never set."""
        with self._connection() as connection:
            return connection.scalar(_MARK, {"name": name})

    def _event(self, project: str, seq: int, data: bytes) -> Event:
        if not isinstance(data, bytes):  # SQLite keeps in any column what it is given
            raise altered(self.path, project, seq, "it is no bytes")
        try:
            event = read_event(data)
        except InvalidDocument as error:
            raise altered(self.path, project, seq, error) from None
        if (event.project, event.seq) != (project, seq):
            raise altered(self.path, project, seq, f"it is event {event.seq} of {event.project}")
        return event
