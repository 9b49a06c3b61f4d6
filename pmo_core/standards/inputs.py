"""Everything outside the record that an assessment uses, frozen and kept (S3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Never

from pmo_core.documents import check_value

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.documents import Digest, Json, JsonObject
    from pmo_core.standards.instants import Calendar
    from pmo_core.standards.model import Criterion

NOTHING: Mapping[str, Never] = MappingProxyType({})


class Fact(NamedTuple):
    """What a system knows about a project, or about all of them.

    Attributes:
        value: what is known, JSON.
        observed: when it was seen, an instant as S1.4 writes it; None where nobody said.
        source: who supplied it, for people: a plugin, a file, "by hand".
        failure: why there is no value, a reason code; None where there is one.
        by_hand: given on the command line, so that every output marks it.
    """

    value: Json
    observed: str | None = None
    source: str = ""
    failure: str | None = None
    by_hand: bool = False


class CheckResult(NamedTuple):
    """What a plugin's check answered: `result` is pass, fail or unknown (S5.3)."""

    result: str
    code: str = ""
    pointer: str | None = None
    params: Mapping[str, Json] = NOTHING
    observed: str | None = None


class Passed(NamedTuple):
    """The last go at a gate: its outcome and its date; `attested` for an entry (S11.8)."""

    outcome: str
    date: str


class Neighbour(NamedTuple):
    """Another project as dependencies see it (S9.1): what is recorded, never a verdict.

    Only `standard` and `phase` are needed. What is left out was never recorded, so that what asks
    for it is unknown or fails.

    Attributes:
        standard: the one it is under, `ID@VERSION`.
        phase: where it stands, by track.
        passed: its last go at each gate, by gate.
        artefacts: the state of each, by artefact.
        head: the digest of its newest event; None without a ledger.
        ranks: the place of each phase in its lifecycle, by track. Optional: where it is left out,
            the phases of the standard that assesses count.
        states: the states of each artefact, in order; optional likewise.
    """

    standard: str
    phase: Mapping[str, str]
    passed: Mapping[str, Passed] = NOTHING
    artefacts: Mapping[str, str] = NOTHING
    head: str | None = None
    ranks: Mapping[str, Mapping[str, int]] = NOTHING
    states: Mapping[str, tuple[str, ...]] = NOTHING


class WaiverInForce(NamedTuple):
    """A waiver as it counts at the instant of assessment (S13.1); the caller has asked that."""

    id: str
    criterion: str
    criterion_digest: Digest
    expires: str | None = None


class LapsedCondition(NamedTuple):
    """A condition that lapsed with the effect `block`: a must finding on the gates ahead."""

    id: str
    statement: str
    pointer: str | None = None


class OpenException(NamedTuple):
    """A tolerance that is broken and not yet planned for; it blocks the gates it names."""

    id: str
    tolerance: str
    raise_to: str
    blocks: tuple[str, ...]


class PositionInLedger(NamedTuple):
    """Where the ledger says that the project stands: phase and date of entry, by track."""

    phase: Mapping[str, str]
    entered: Mapping[str, str] = NOTHING
    passed: Mapping[str, Passed] = NOTHING
    last_occurrence: Mapping[str, str] = NOTHING


class Circles(tuple[tuple[str, ...], ...]):
    """Groups of projects that wait for one another, found by any of their members (S9.2)."""

    _by_member: dict[str, tuple[str, ...]]

    def of(self, project: str) -> tuple[str, ...]:
        """The circle that a project is in; empty where it is in none. No project is in two."""
        try:
            known = self._by_member
        except AttributeError:
            known = self._by_member = {name: circle for circle in self for name in circle}
        return known.get(project, ())


def circles_of(cycles: tuple[tuple[str, ...], ...]) -> Circles:
    """The circles with their look-up, which is kept where the caller made it for a whole run."""
    return cycles if isinstance(cycles, Circles) else Circles(cycles)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything outside the record that an assessment uses. What is not in it is unknown.

    Attributes:
        facts: by name.
        checks: results by (criterion id, check id).
        projects: other projects by id (S9); `cycles` the circles among them.
        shared: ids that several records of the run have, so that they mean no one project.
        position: what the ledger knows; None where no ledger does.
        baselines: captured values by name.
        holders: people by role, as of now, for tests that ask who may (`by`, `by-not`).
        extra: criteria that an authority added for this project at this gate, under ids that the
            gate does not have.
        zone: IANA name of the office's time zone.
        calendar: the office's working days.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    checks: Mapping[tuple[str, str], CheckResult] = field(default_factory=dict)
    projects: Mapping[str, Neighbour] = field(default_factory=dict)
    cycles: tuple[tuple[str, ...], ...] = ()
    shared: frozenset[str] = frozenset()
    position: PositionInLedger | None = None
    baselines: Mapping[str, Json] = field(default_factory=dict)
    waivers: tuple[WaiverInForce, ...] = ()
    conditions: tuple[LapsedCondition, ...] = ()
    exceptions: tuple[OpenException, ...] = ()
    holders: Mapping[str, tuple[tuple[str, date, date | None], ...]] = field(default_factory=dict)
    extra: tuple[Criterion, ...] = ()
    zone: str = "UTC"
    calendar: Calendar | None = None

    def as_json(self) -> JsonObject:
        """The inputs as they are digested and stored (S3.5); what is empty is left out.

        Raises:
            InvalidDocument: a value is no JSON, or beyond the limits (S1.5).
        """
        for name, fact in self.facts.items():
            check_value(fact.value, name)
        for (_criterion, check), result in self.checks.items():
            check_value(dict(result.params), check)
        check_value(dict(self.baselines), "baselines")
        parts: dict[str, object] = {
            "facts": self.facts,
            "checks": [
                {"criterion": criterion, "check": check, "result": result}
                for (criterion, check), result in sorted(self.checks.items())
            ],
            "projects": self.projects,
            "cycles": self.cycles,
            "shared": self.shared,
            "position": self.position,
            "baselines": self.baselines,
            "waivers": self.waivers,
            "conditions": self.conditions,
            "exceptions": self.exceptions,
            "holders": self.holders,
            "extra": [criterion.model for criterion in self.extra],
            "zone": None if self.zone == "UTC" else self.zone,
            "calendar": self.calendar
            and {
                "weekdays": self.calendar.weekdays,
                "holidays": self.calendar.holidays,
            },
        }
        return {name: _plain(part) for name, part in parts.items() if part}


def _plain(value: object) -> Json:
    """Named tuples, tuples, sets, mappings and dates as JSON."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted((_plain(part) for part in value), key=str)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
