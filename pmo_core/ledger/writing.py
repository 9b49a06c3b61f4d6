"""One transaction that writes: events, projections, blobs and marks, all or none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam, select

from pmo_core.documents import (
    DEFAULT_LIMITS,
    Digest,
    Json,
    Limits,
    canonical,
    check_value,
    digest_bytes,
)
from pmo_core.errors import InvalidDocument
from pmo_core.ledger.chain import genesis, seal
from pmo_core.ledger.event import Draft, Event, hash_of, is_digest, whole_second
from pmo_core.ledger.faults import altered
from pmo_core.ledger.private import SALT_BYTES, Secret, conceal, secret
from pmo_core.ledger.reads import Reads
from pmo_core.ledger.stale import stale, used_key
from pmo_core.ledger.stored import Answered, Projection
from pmo_core.ledger.tables import blobs, events, marks, private, projections
from pmo_core.ledger.uuid7 import RANDOM_BYTES, uuid7

# A record of the greatest depth must fit into an event.
_LIMITS: Final = Limits(
    document_bytes=2 * DEFAULT_LIMITS.document_bytes,
    depth=DEFAULT_LIMITS.depth + 20,
    nodes=2 * DEFAULT_LIMITS.nodes,
)
_KEY: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_NUMBERED: Final = re.compile(r".*#\d+")

_LAST = (
    select(events.c.seq, events.c.hash, events.c.data)
    .where(events.c.project == bindparam("project"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_HELD_TEXT = select(private.c.digest).where(private.c.digest == bindparam("digest"))
_ERASE = (
    private.update()
    .where(private.c.digest == bindparam("erased"), private.c.text.is_not(None))
    .values(salt=None, text=None)
)
_UPDATE_PROJECTION = projections.update().where(projections.c.project == bindparam("id"))
_UPDATE_MARK = marks.update().where(marks.c.name == bindparam("mark"))


class Writing(Reads):
    """A transaction that writes; its questions see what it wrote."""

    def __init__(
        self,
        connection: Connection,
        path: Path,
        office: str,
        random: Callable[[int], bytes],
    ) -> None:
        self.path = path
        self.office = office
        self._held = connection
        self._random = random
        self._appended: set[str] = set()

    def append(
        self,
        project: str,
        drafts: Sequence[Draft],
        *,
        expected: int | None,
        key: str,
        content: Digest,
        recorded: datetime,
        versions: Mapping[str, Json],
    ) -> tuple[Event, ...]:
        """Put the events of one command at the end of the project's chain.

        A key that was used for the same content answers the events that it made then, and writes
        nothing; ask `known` first where more than events hangs on it. A draft's personal text goes
        beside the chain; what already is a digest of such a text stays.

        Args:
            drafts: in order; none leaves no trace, not of the key either. The further ones have
                the keys `KEY#2`, `KEY#3`.
            expected: the version that the caller saw, 0 for none; None does not check.
            key: the idempotency key, 1 to 200 characters without controls.
            content: the digest of the command, to tell a repetition from another use of its key.
            recorded: now.
            versions: what made the events: `core`, `standard`, `plugins`.

        Raises:
            Conflict: the project has moved on from `expected`, or the key was used for other
                content.
            InvalidDocument: a payload or the key has a form that no event may have.
            Unavailable: the last event was altered: nothing can follow it.
        """
        _check_key(key)
        answered = self.known(key)
        if answered is not None:
            return self._repeated(answered, project, content, key)
        check_value(dict(versions), "the versions of an event")
        previous, prev = self._last(project)
        if expected is not None and expected != (0 if previous is None else previous.seq):
            raise stale(project, expected, previous)
        secrets: list[Secret] = []
        sealed: list[Event] = []
        rows: list[dict[str, object]] = []
        for number, draft in enumerate(drafts, start=1):
            event = seal(
                self._concealed(draft, secrets),
                office=self.office,
                project=project,
                previous=previous,
                prev=prev,
                id=uuid7(whole_second(recorded), self._random(RANDOM_BYTES)),
                recorded=recorded,
                key=key if number == 1 else f"{key}#{number}",
                versions=versions,
                reason=None if draft.reason is None else self._kept(draft.reason, secrets),
            )
            data = canonical(event.as_json())
            previous, prev = event, hash_of(data)
            sealed.append(event)
            rows.append(
                {
                    "project": project,
                    "seq": event.seq,
                    "key": event.key,
                    "content": content if number == 1 else None,
                    "together": len(drafts) if number == 1 else None,
                    "hash": prev,
                    "data": data,
                }
            )
        if rows:
            self._held.execute(events.insert(), rows)
            self._appended.add(project)
        if secrets:
            self._held.execute(private.insert(), [one._asdict() for one in secrets])
        return tuple(sealed)

    def put_projection(self, project: str, projection: Projection) -> None:
        """Keep what the project's events amount to.

        Raises:
            ValueError: it is not of this project, or does not end at the last event.
        """
        head = self.head(project)
        if projection.project != project or head != (projection.version, projection.head):
            raise ValueError(f"the projection of {project} does not end at its last event, {head}")
        values = projection._asdict()
        if not self._held.execute(_UPDATE_PROJECTION, {"id": project, **values}).rowcount:
            self._held.execute(projections.insert(), values)
        self._appended.discard(project)

    def put_blob(self, data: bytes) -> Digest:
        """Keep bytes under their digest, once."""
        digest = digest_bytes(data)
        if not self.has_blob(digest):
            self._held.execute(blobs.insert(), {"digest": digest, "data": data})
        return digest

    def set_mark(self, name: str, value: str) -> None:
        """Set an office-level mark: what is no fold of events, such as the last tick."""
        if not self._held.execute(_UPDATE_MARK, {"mark": name, "value": value}).rowcount:
            self._held.execute(marks.insert(), {"name": name, "value": value})

    def erase(self, digest: str) -> bool:
        """Delete a personal text and its salt; whether there was one. The chain is untouched.

        Pages of the file that held it are overwritten. Copies of the file keep it, and so may the
        `-wal` file beside it, until the last command that has the ledger open ends.
        """
        self._held.exec_driver_sql("PRAGMA secure_delete=ON")
        return bool(self._held.execute(_ERASE, {"erased": digest}).rowcount)

    def check_projections(self) -> None:
        """Refuse to commit events without the projection that they change; ValueError."""
        for project in sorted(self._appended):
            if self.projection(project) is not None:
                raise ValueError(f"{project} has new events, but its projection is the old one")

    def _connection(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._held)

    def _last(self, project: str) -> tuple[Event | None, Digest]:
        row = self._held.execute(_LAST, {"project": project}).one_or_none()
        if row is None:
            return None, genesis(self.office, project)
        last = self._event(project, row.seq, row.data)
        found = last.hash
        if found != row.hash:
            why = f"it hashes to {found}, the ledger names {row.hash}"
            raise altered(self.path, project, row.seq, why)
        return last, found

    def _repeated(
        self, answered: Answered, project: str, content: Digest, key: str
    ) -> tuple[Event, ...]:
        if (answered.project, answered.content) != (project, content):
            raise used_key(key, answered.project)
        found = (self.event(project, seq) for seq in answered.seqs)
        return tuple(event for event in found if event is not None)

    def _concealed(self, draft: Draft, secrets: list[Secret]) -> Draft:
        check_value([draft.payload, draft.reason], f"the event {draft.name}", limits=_LIMITS)
        payload = {
            name: conceal(member, lambda text: self._kept(text, secrets))
            for name, member in draft.payload.items()
        }
        return draft._replace(payload=payload)

    def _kept(self, text: str, secrets: list[Secret]) -> Digest:
        if is_digest(text) and self._held.scalar(_HELD_TEXT, {"digest": text}) is not None:
            return Digest(text)
        kept = secret(text, self._random(SALT_BYTES))
        secrets.append(kept)
        return kept.digest


def _check_key(key: str) -> None:
    if _KEY.fullmatch(key) is None:
        raise InvalidDocument(
            f"{key[:40]!r} is no key: it has 1 to 200 characters, and no controls",
            remedy="Choose another key",
        )
    if _NUMBERED.fullmatch(key) is not None:
        raise InvalidDocument(
            f"the key {key!r} ends as those of a command's further events do",
            remedy="Choose a key that does not end in '#' and a number",
        )
