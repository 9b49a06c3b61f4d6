"""What a standard is once it is loaded: tracks, gates, criteria, tests. Frozen, resolved, no sugar.

Every name in it has been looked up, every expression and schema compiled. The definition of the
words is docs/reference/semantics.md (S1, S4, S5, S11); the keys are S18.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.documents import Digest, Document, Json, JsonObject, Scalars
    from pmo_core.standards.expressions import Expression, Expressions
    from pmo_core.standards.instants import Duration, WorkingDays
    from pmo_core.standards.schemas import Schema, Shelf

_DIGEST = "the digest"  # no id has a blank in it, so no gate can be called that

Text: TypeAlias = str | Mapping[str, str]
"""A text for people: a string, or one for each language tag."""


class Obligation(StrEnum):
    """How strongly a criterion asks: a must blocks, a should warns, a may informs."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Force(StrEnum):
    """Whether a criterion counts at an instant (S4.5)."""

    ANNOUNCED = "announced"
    BINDING = "binding"
    RETIRED = "retired"


class SchemaTest(NamedTuple):
    """The record (or the item of a repeated gate) is valid against a JSON Schema (S5.1)."""

    schema: Schema
    of_item: bool = False
    predicate: str | None = None


class ExprTest(NamedTuple):
    """A CEL expression is true (S6)."""

    expression: Expression
    predicate: str | None = None


class CheckTest(NamedTuple):
    """A plugin's check passes (S5.3)."""

    id: str
    settings: JsonObject


class MaxAge(NamedTuple):
    """How old evidence may be: a duration, since the phase began, or since the last occurrence."""

    duration: Duration | WorkingDays | None = None
    since_phase: bool = False
    since_last_occurrence: bool = False


class ArtefactTest(NamedTuple):
    """An artefact is at or after a state (S5.4)."""

    id: str
    state: str
    approved_by: str | None
    max_age: MaxAge | None


class NaRule(StrEnum):
    """Whether an answer may be "not applicable" (S4 rows 5 and 6)."""

    NO = "no"
    ALLOWED = "allowed"
    JUSTIFIED = "justified"


class AnswerTest(NamedTuple):
    """A person attested it, with evidence where asked for (S5.5)."""

    values: Mapping[str, bool]
    na: NaRule
    evidence: bool
    by: str | None
    by_not: str | None
    from_all: bool
    max_age: MaxAge | None


class ScoreItem(NamedTuple):
    """One thing that is scored: its weight, and the value under which the whole test fails."""

    id: str
    title: Text
    weight: Json
    minimum: Json
    na: NaRule


class Band(NamedTuple):
    """A range of totals, from `limit` up (`exclusive`: only above it)."""

    id: str
    limit: Json
    exclusive: bool


class ScoreTest(NamedTuple):
    """Weighted items reach a band (S5.6); `bands` stand lowest first."""

    combine: str
    minimum: Json
    maximum: Json
    items: tuple[ScoreItem, ...]
    each: str | None
    at_least: int
    bands: tuple[Band, ...]
    passing: str


class DependencyTest(NamedTuple):
    """Others have passed a gate, reached a phase or state, or satisfy an expression (S9)."""

    pointer: str | None
    ids: tuple[str, ...]
    own: bool
    gate: str | None
    outcomes: tuple[str, ...]
    phase: Mapping[str, str] | None
    artefact: tuple[str, str] | None
    holds: Expression | None
    any: bool


SingleTest: TypeAlias = (
    SchemaTest | ExprTest | CheckTest | ArtefactTest | AnswerTest | ScoreTest | DependencyTest
)


class CombinedTest(NamedTuple):
    """`all` or `any` over single tests, by Kleene (S5.8)."""

    every: bool
    tests: tuple[SingleTest, ...]


Test: TypeAlias = SingleTest | CombinedTest
Guard: TypeAlias = tuple[SchemaTest | ExprTest, ...]
"""A `when`, `unless`, `eased` or `grandfathered`: all of these hold (S4)."""


class Waivable(NamedTuple):
    """Who may set a criterion aside, and within what (S13.1)."""

    by: str
    settings: JsonObject


class Deferrable(NamedTuple):
    """Within what a blocking finding may become a condition (S12.3)."""

    within: Json
    by: str | None
    values: tuple[str, ...]
    bands: tuple[str, ...]


class Criterion(NamedTuple):
    """One testable statement at a gate: one obligation, one test.

    `pointer` is where the standard's file says it; `model` its resolved JSON, of which the
    criterion digest (S17.1) is taken; `origin` the standard, or tailoring, that it came from.
    """

    id: str
    statement: Text
    obligation: Obligation
    test: Test
    pointer: str
    origin: str
    model: JsonObject
    entrance: bool = False
    when: Guard | None = None
    unless: Guard | None = None
    after: tuple[str, ...] = ()
    eased: Guard | None = None
    grandfathered: Guard | None = None
    binds: date | None = None
    retires: date | None = None
    statutory: bool = False
    waivable: Waivable | None = None
    deferrable: Deferrable | None = None
    explain_required: bool = False
    owner: str | None = None
    lead_time: Duration | WorkingDays | None = None
    guidance: Text | None = None
    example: Text | None = None
    training: Text | None = None
    template: str | None = None
    remedy: Text | None = None


class Outcome(NamedTuple):
    """What a decision at a gate may be, and where each track goes with it (S11.3).

    `to` maps track to phase; empty where every phase stays (`same`). `needs` is `ready`,
    `deferrable` or `nothing`. `model` holds the effects that an office executes.
    """

    id: str
    to: Mapping[str, str]
    needs: str
    model: JsonObject


class Recurrence(NamedTuple):
    """When a recurring gate falls due; `every` empty where it is held on demand (S11.4)."""

    every: tuple[Duration | WorkingDays, ...] = ()
    anchor_date: date | None = None
    anchor_phase: str | None = None
    within: frozenset[str] = frozenset()
    keep_missed: bool = False


class Repetition(NamedTuple):
    """The items that a gate is held for, one occurrence each (S11.4)."""

    items: str
    id: str
    order: str | None


class Gate(NamedTuple):
    """A passage, or a standing gate: is the record entitled to what it claims? (S11.2)

    `sources` maps each track that the gate starts from to the phases it may start from.
    """

    id: str
    title: Text
    pointer: str
    standing: bool
    sources: Mapping[str, frozenset[str]]
    outcomes: tuple[Outcome, ...]
    criteria: tuple[Criterion, ...]
    when: Guard | None
    unless: Guard | None
    eased: Guard | None
    recurs: Recurrence | None
    per: Repetition | None
    owner: str | None
    guidance: Text | None
    model: JsonObject


class Track(NamedTuple):
    """An ordered list of phases. `ranks` gives each phase its place; equal rank for a group."""

    id: str
    initial: str
    phases: tuple[str, ...]
    ranks: Mapping[str, int]
    ends: frozenset[str]
    values: Mapping[str, str]
    unlisted_is_note: bool
    missing_is_initial: bool


class Artefact(NamedTuple):
    """A deliverable of management with states in order of maturity."""

    id: str
    title: Text
    states: tuple[str, ...]
    accountable: str | None
    responsible: str | None
    template: str | None
    lead_time: Duration | WorkingDays | None


class Role(NamedTuple):
    """A role or body, as decisions and owners name it."""

    id: str
    title: Text
    members: tuple[str, ...] = ()
    is_body: bool = False


class Binding(NamedTuple):
    """Where in a record its id, title, claimed phases, answers and artefact states stand (S2.4)."""

    id: str
    title: str
    phase: Mapping[str, str]
    answers: str
    artefacts: str


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """A loaded standard, ready to assess by.

    Attributes:
        digest: the resolved digest (S17.1), which assessments cite.
        model: the resolved JSON model; parts that only an office executes are read from it.
        document: the standard's own file, for positions in messages.
        cases: the `when` of each authority case, by the pointer of the case.
        compiled: what later stages compile from it, kept with it so that a process compiles once.
    """

    id: str
    version: str
    title: Text
    scalars: Scalars
    binding: Binding
    record_schema: Schema
    facts: Mapping[str, JsonObject]
    params: Mapping[str, Json]
    predicates: Mapping[str, Guard]
    artefacts: Mapping[str, Artefact]
    roles: Mapping[str, Role]
    tracks: Mapping[str, Track]
    gates: Mapping[str, Gate]
    model: JsonObject
    document: Document
    expressions: Expressions
    shelf: Shelf
    files: Mapping[str, bytes]
    cases: Mapping[str, Guard]
    compiled: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """`id@version`, as people and pins write it."""
        return f"{self.id}@{self.version}"

    @property
    def digest(self) -> Digest:
        """The resolved digest (S17.1), which assessments cite: the model and its schemas."""
        found = self.compiled.get(_DIGEST)
        if found is None:
            from pmo_core.standards.digests import resolved_digest  # start-up: only when cited

            schemas = self.shelf.package_schemas()
            found = self.compiled[_DIGEST] = resolved_digest(self.model, schemas)
        return found  # type: ignore[return-value]
