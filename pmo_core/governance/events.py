"""The events of a project: their names, and what each holds (S15.4).

A `Happening` is an event as governance makes and reads it. What the ledger adds to it (number,
hash, who and when it was recorded) is the ledger's own.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject

REGISTERED: Final = "registered"
ENTERED: Final = "entered"
AMENDED: Final = "amended"
ANSWERED: Final = "answered"
ARTEFACT_MOVED: Final = "artefact-moved"
APPOINTED: Final = "appointed"
REVIEW_OPENED: Final = "review-opened"
REVIEW_CLOSED: Final = "review-closed"
DECIDED: Final = "decided"
PHASE_ENTERED: Final = "phase-entered"
BASELINE_TAKEN: Final = "baseline-taken"
RELEASED_FUNDS: Final = "released-funds"
OCCURRENCE_DUE: Final = "occurrence-due"
OCCURRENCE_MISSED: Final = "occurrence-missed"


class Happening(NamedTuple):
    """Something that a command makes happen.

    Attributes:
        name: one of the names above.
        payload: what S15.4 lists for it, and what its fold needs.
        effective: the instant from which it counts; for what came due, when it was due.
        reason: why, in the words of who did it; personal, so kept apart by the ledger (S15.2).
    """

    name: str
    payload: JsonObject
    effective: datetime
    reason: str | None = None


class Recorded(NamedTuple):
    """An event read back: what the fold looks at."""

    project: str
    seq: int
    name: str
    payload: JsonObject
    effective: datetime
    by: str
