"""The ledger: the append-only, hash-chained history of every project of an office (S15).

Drafts go in, events come out; a payload is JSON to it. What is here needs no database: the store
itself is `pmo_core.ledger.store.Store`, imported where an office is opened, since it takes a
quarter of a second.
"""

from pmo_core.ledger.chain import Broken, broken_link, genesis, seal
from pmo_core.ledger.event import Actor, Draft, Event, read_event
from pmo_core.ledger.private import private
from pmo_core.ledger.stored import Answered, Head, Placed, Projection, Revealed

__all__ = [
    "Actor",
    "Answered",
    "Broken",
    "Draft",
    "Event",
    "Head",
    "Placed",
    "Projection",
    "Revealed",
    "broken_link",
    "genesis",
    "private",
    "read_event",
    "seal",
]
