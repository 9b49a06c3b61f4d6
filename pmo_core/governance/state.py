"""What a project is, by its ledger: the fold of its events (S15.5).

All values are JSON-like, so that a state can be kept beside the events and read back; see
`state_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.inputs import Passed

EMPTY: Mapping[str, Json] = MappingProxyType({})

DUE, MISSED, DECIDED = "due", "missed", "decided"
OPEN, CLOSED = "open", "closed"
ATTESTED = "attested"


class Stand(NamedTuple):
    """Where a project stands in one track.

    Attributes:
        entered: the office's date on which it came there.
        visit: how many times it has come there, from 1 (S11.5).
    """

    phase: str
    entered: str
    visit: int = 1


class Appointment(NamedTuple):
    """A person holds a role in this project, from an instant on, until another or for good."""

    role: str
    person: str
    start: str
    end: str | None = None
    by: str = ""


class Occurrence(NamedTuple):
    """One time of a recurring gate: due, missed or decided (S11.4)."""

    gate: str
    occurrence: str
    status: str


class Review(NamedTuple):
    """An occasion at which people look at an assessment (S12, S13).

    Attributes:
        key: `gate[@occurrence]/attempt`.
        subject: digest of what is reviewed (S12.1).
        version: the project's version on which it was opened.
        status: open, decided, or closed without a decision.
        ended: the instant at which it was decided or closed.
        restarted: since when its notice and comment windows run, where something made them begin
            again (S12.1); None: since it was opened.
    """

    key: str
    gate: str
    occurrence: str
    attempt: int
    opened: str
    by: str
    subject: str
    assessment: str
    verdict: str
    version: int
    status: str = OPEN
    ended: str | None = None
    restarted: str | None = None


class Decision(NamedTuple):
    """What the authority chose at a review, and on what it rests.

    Attributes:
        key: that of its review, `gate[@occurrence]/attempt`.
        seq: the number of its event, by which the ledger has the rest.
        by: the person; `automatic` where tick decided.
        subject, assessment, inputs: digests.
        moved: track to the phases before and after; empty where none changed.
        rule: the authority case that applied, as the standard has it.
        override: decided against the verdict (S12.3).
        resume_by: the date until which a hold waits; None for any other.
    """

    key: str
    gate: str
    occurrence: str
    attempt: int
    outcome: str
    at: str
    by: str
    seq: int
    verdict: str
    subject: str
    assessment: str
    inputs: str
    moved: Mapping[str, tuple[str, str]]
    rule: JsonObject
    override: bool = False
    resume_by: str | None = None


class State(NamedTuple):
    """All that the ledger says of a project.

    Attributes:
        version: the number of its last event.
        at: the latest `effective` of its events, as S1.4 writes it.
        standard: `id@version`; `package` the content digest of its package (S17.1).
        record: the project's record, answers and artefact states in it. Shared, never changed.
        position: by track.
        passed: the last go at each gate (S11.5); outcome `attested` for an entry (S11.8).
        visits: how many times each phase was entered, by `track/phase`.
        entries: the office's date of the last entry into each, by the same.
        extra: criteria that decisions added, by the gate at which they stand.
    """

    project: str
    version: int
    at: str
    standard: str
    package: str
    record: JsonObject
    position: Mapping[str, Stand]
    passed: Mapping[str, Passed] = MappingProxyType({})
    visits: Mapping[str, int] = MappingProxyType({})
    entries: Mapping[str, str] = MappingProxyType({})
    appointments: tuple[Appointment, ...] = ()
    reviews: tuple[Review, ...] = ()
    decisions: tuple[Decision, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    baselines: Mapping[str, Json] = EMPTY
    extra: Mapping[str, tuple[JsonObject, ...]] = MappingProxyType({})

    @property
    def phases(self) -> dict[str, str]:
        """Track to phase."""
        return {track: stand.phase for track, stand in self.position.items()}

    def open_review(self, gate: str, occurrence: str) -> Review | None:
        """The review of an occurrence that is open; at most one is."""
        for review in reversed(self.reviews):
            if (review.gate, review.occurrence, review.status) == (gate, occurrence, OPEN):
                return review
        return None

    def attempts(self, gate: str, occurrence: str) -> int:
        """How many reviews an occurrence has had."""
        return sum((one.gate, one.occurrence) == (gate, occurrence) for one in self.reviews)

    def status_of(self, gate: str, occurrence: str) -> str | None:
        """What became of an occurrence of a recurring gate; None where it never fell due."""
        for one in self.occurrences:
            if (one.gate, one.occurrence) == (gate, occurrence):
                return one.status
        return None
