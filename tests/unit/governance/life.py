"""A project's life in memory: what commands make happen becomes events, folded as they come.

    life = Life(house(gates="{start: {...}}"))
    life.register()
    life.open("start", "ana")
    life.decide("go", "bo")
    assert life.state.phases == {"main": "build"}

People: ana manages, bo sponsors, cy audits, di is the executive; see `HOLDINGS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from pmo_core.assessment import Assessment
from pmo_core.documents import Json, JsonObject, read_document
from pmo_core.governance.choices import Choice
from pmo_core.governance.deciding import decide, decide_by_itself
from pmo_core.governance.due import Coming, automatic_gates, next_occurrence
from pmo_core.governance.events import Happening, Recorded
from pmo_core.governance.fold import fold
from pmo_core.governance.ground import ALWAYS, Ground, Holding
from pmo_core.governance.judging import (
    applies,
    extra_criteria,
    judged,
    known_by_ledger,
    scene_of,
)
from pmo_core.governance.records import Registration, amend, register
from pmo_core.governance.reviews import Kept, occurrence_to_review, open_review, withdraw
from pmo_core.governance.stamps import Answer, answer, move_artefact
from pmo_core.governance.state import Review, State
from pmo_core.standards.instants import Calendar, parse_instant
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
HOLDINGS = (
    Holding("manager", "ana", ALWAYS),
    Holding("sponsor", "bo", ALWAYS),
    Holding("auditor", "cy", ALWAYS),
    Holding("executive", "di", ALWAYS),
)
PACKAGE = "sha256:" + "0" * 64

HOUSE = """
language: 1
standard: house
version: 1.0.0
title: The house's way
record: {schema: record.schema.json}
roles:
  manager: {title: Manager}
  sponsor: {title: Sponsor}
  auditor: {title: Auditor}
  executive: {title: Executive}
bodies:
  board: {title: Board, chair: sponsor, members: [sponsor, executive]}
lifecycle:
  initial: idea
  phases: [idea, build, run, closed]
  ends: [closed]
"""


def house(gates: str, *, record_schema: str = "{}", lifecycle: str = "", **parts: str) -> Standard:
    """A standard of the phases idea, build, run, closed, with gates that are written as YAML.

    Args:
        lifecycle: further keys of the lifecycle, or others in place of the usual ones.
        parts: further keys of the standard.
    """
    written = _read(HOUSE)
    usual = written["lifecycle"]
    assert isinstance(usual, dict)
    given = _read(lifecycle)
    if "tracks" in given:
        usual = {}
    written["lifecycle"] = {**usual, **given, "gates": _read(gates)}
    written.update({name: _value(part) for name, part in parts.items()})
    return standard_of(written, record_schema)


def standard_of(written: str | JsonObject, record_schema: str = "{}") -> Standard:
    """The standard that YAML text, or its value, writes."""
    import json

    value = _read(written) if isinstance(written, str) else written
    files = {
        "standard.yaml": json.dumps(value).encode(),
        "record.schema.json": json.dumps(_read(record_schema)).encode(),
    }
    return load(files, "house")


class Life:
    """One project with its events, and the people and the clock around it.

    Attributes:
        now: the instant of the next command.
        events: all that were recorded, in order.
    """

    def __init__(
        self,
        standard: Standard,
        *,
        now: datetime = NOON,
        zone: str = "UTC",
        holdings: tuple[Holding, ...] = HOLDINGS,
        calendar: Calendar | None = None,
    ) -> None:
        self.standard = standard
        self.now = now
        self.zone = zone
        self.holdings = holdings
        self.calendar = calendar or Calendar()
        self.events: list[Recorded] = []
        self.known: State | None = None

    @property
    def state(self) -> State:
        """The state of the project, which is there."""
        assert self.known is not None
        return self.known

    def ground(self, actor: str = "ana", at: datetime | None = None) -> Ground:
        """What a command of that person stands on."""
        return Ground(self.standard, at or self.now, actor, self.zone, self.calendar, self.holdings)

    def happen(self, happened: Iterable[Happening], actor: str) -> State:
        """Record what a command made happen."""
        for one in happened:
            event = Recorded(
                "atlas", len(self.events) + 1, one.name, one.payload, one.effective, actor
            )
            self.events.append(event)
            self.known = fold([event], self.known)
        return self.state

    def at(self, instant: str) -> Life:
        """The same life at another instant, which `2026-03-01T09:00:00Z` writes."""
        self.now = parse_instant(instant)
        return self

    # Commands

    def register(
        self,
        record: JsonObject | None = None,
        *,
        position: Mapping[str, str] | None = None,
        evidence: tuple[Json, ...] = (),
        roles: tuple[tuple[str, str], ...] = (),
    ) -> State:
        """Take the project in, in its first phase unless a position is given."""
        usual: JsonObject = {"id": "atlas", "phase": "idea"}
        asked = Registration(record or usual, PACKAGE, roles, position, evidence)
        return self.happen(register(self.ground(), self.known, "atlas", asked), "ana")

    def amend(self, *, adopting: bool = False, **changes: Json) -> State:
        """Change fields of the record; None takes one out."""
        record = {**self.state.record, **changes}
        record = {name: value for name, value in record.items() if value is not None}
        return self.happen(amend(self.ground(), self.state, record, adopting=adopting), "ana")

    def answer(
        self,
        criterion: str,
        value: Json = "yes",
        actor: str = "ana",
        *,
        item: str = "",
        evidence: tuple[Json, ...] = (),
        justification: str | None = None,
    ) -> State:
        """Attest a criterion."""
        asked = Answer(criterion, value, item, evidence, justification)
        return self.happen(answer(self.ground(actor), self.state, asked), actor)

    def move(
        self, artefact: str, to: str, actor: str = "ana", evidence: tuple[Json, ...] = ()
    ) -> State:
        """Bring an artefact to a state."""
        ground = self.ground(actor)
        return self.happen(move_artefact(ground, self.state, artefact, to, evidence), actor)

    def assess(self, gate: str, occurrence: str = "", at: datetime | None = None) -> Assessment:
        """The project at a gate, by the ledger."""
        one, ground = self.standard.gates[gate], self.ground(at=at)
        extra = extra_criteria(ground, self.state, one)
        inputs = known_by_ledger(ground, self.state, one, occurrence, extra)
        return judged(ground, self.state, one, occurrence, inputs)

    def open(self, gate: str, actor: str = "ana", occurrence: str = "") -> Review:
        """Open a review of a gate: of the occurrence asked for, or of the one that counts."""
        one, ground = self.standard.gates[gate], self.ground(actor)
        time = occurrence_to_review(ground, self.state, one, occurrence)
        found = self.assess(gate, time)
        self.happen(open_review(ground, self.state, one, found, kept(found)), actor)
        return self.state.reviews[-1]

    def decide(
        self, outcome: str, actor: str = "bo", review: Review | None = None, **choice: object
    ) -> State:
        """Decide a review; the last that was opened, unless another is given."""
        chosen = Choice(outcome, **choice)  # type: ignore[arg-type]
        known = review or self.state.reviews[-1]
        one = next(one for one in self.state.reviews if one.key == known.key)
        found = self.assess(one.gate, one.occurrence)
        ground = self.ground(actor)
        return self.happen(decide(ground, self.state, one, chosen, found, kept(found)), actor)

    def withdraw(self, actor: str = "ana", review: Review | None = None) -> State:
        """End a review without a decision."""
        one = review or self.state.reviews[-1]
        return self.happen([withdraw(self.ground(actor), self.state, one, None)], actor)

    def tick(self, at: datetime | None = None) -> list[Coming]:
        """Write the occurrences that came due by an instant, earliest first."""
        ground = self.ground("automatic", at)
        written = []
        while (coming := next_occurrence(ground, self.state, self.applies)) is not None:
            self.happen(coming.happened, "automatic")
            written.append(coming)
        return written

    def applies(self, gate: object, at: datetime | None = None) -> bool:
        """Whether a gate's `when` is not false."""
        one = self.standard.gates[gate.id]  # type: ignore[attr-defined]
        inputs = known_by_ledger(self.ground(at=at), self.state, None, "", ())
        return applies(one, scene_of(self.ground(at=at), self.state, one, "", inputs))

    def automatic(self) -> list[str]:
        """Let each automatic gate that is ready decide; the gates that did."""
        decided = []
        for gate in automatic_gates(self.ground("automatic"), self.state):
            found = self.assess(gate.id)
            ground = self.ground("automatic")
            opened: tuple[Happening, ...] = ()
            if self.state.open_review(gate.id, "") is None:
                opened = open_review(ground, self.state, gate, found, kept(found))
            opening = [
                Recorded("atlas", 0, one.name, one.payload, one.effective, "") for one in opened
            ]
            review = fold(opening, self.state)
            assert review is not None
            known = review.open_review(gate.id, "")
            assert known is not None
            happened = decide_by_itself(ground, review, known, found, kept(found))
            if happened:
                self.happen((*opened, *happened), "automatic")
                decided.append(gate.id)
        return decided


def kept(found: Assessment) -> Kept:
    """The digests of what a decision rests on."""
    from pmo_core.documents import digest

    return Kept(found.digest, digest(found.inputs.as_json()))


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def _value(written: str) -> Json:
    return read_document(written.encode(), "written").value


def _read(written: str) -> JsonObject:
    value = _value(written) if written.strip() else {}
    assert isinstance(value, dict)
    return value
