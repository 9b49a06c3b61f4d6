"""What a store answers: heads, projections, first results, texts."""

from __future__ import annotations

from typing import NamedTuple

from pmo_core.documents import Digest, JsonObject
from pmo_core.ledger.event import Event


class Head(NamedTuple):
    """The last event of a project: its number is the project's version."""

    seq: int
    hash: Digest


class Projection(NamedTuple):
    """What a project's events amount to, kept beside them in the same transaction.

    Attributes:
        project: its id.
        version: the number of the last event that is in it.
        head: the hash of that event.
        title: its title, for lists.
        standard: its pin, `ID@VERSION#sha256:...`.
        state: the state as JSON, without the record.
        record: the record as JSON.
    """

    project: str
    version: int
    head: str
    title: str
    standard: str
    state: bytes
    record: bytes


class Answered(NamedTuple):
    """What a key was used for first (S15.1).

    Attributes:
        project: the project it wrote to.
        content: the digest of the command that came with it.
        seqs: the numbers of the events that it made.
    """

    project: str
    content: Digest
    seqs: tuple[int, ...]


class Placed(NamedTuple):
    """An event and its position among all events of the office, from 1, in commit order."""

    position: int
    event: Event


class Revealed(NamedTuple):
    """An event with its personal texts, for those who may read them.

    Attributes:
        event: as the chain holds it.
        reason: the text; None where none was given, and where it was erased.
        payload: with texts in place of digests, null for a text that was erased.
    """

    event: Event
    reason: str | None
    payload: JsonObject
