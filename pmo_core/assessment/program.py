"""A gate compiled for assessment: compile once, assess many.

All tests by plain schemas that nothing qualifies are merged into one validator, the screen, with
the record schema. Where it holds, all of them pass, and their findings are shared constants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_core.assessment.claim import CLAIM_PASSES, RECORD_PASSES
from pmo_core.assessment.findings import Effect, Finding, Result
from pmo_core.assessment.sieve import Sieve
from pmo_core.standards.instants import find_zone, start_of_day
from pmo_core.standards.model import Criterion, Force, Gate, Obligation, SchemaTest, Standard

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_core.assessment.findings import Reason
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.schemas import Schema

MOST_PROGRAMS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A gate at a time, with the force of each criterion settled.

    Attributes:
        criteria: those that are not retired, in order, each with its force.
        screen: holds exactly where the record schema and all plain schema criteria hold.
        plain: the schemas that the screen covers, by their criterion's position in `criteria`.
        others: positions of those that need a look of their own.
        passing: record, claim and a passing finding for each criterion, in order.
        entrance: whether any criterion is for entrance.
        sieves: holds the sieve once a record needed it.
        flips: when a force changes next; None where none does.
    """

    standard: Standard
    gate: Gate
    criteria: tuple[tuple[Criterion, Force], ...]
    screen: Callable[[Json], bool]
    plain: Mapping[int, Schema]
    others: tuple[int, ...]
    passing: tuple[Finding, ...]
    vacuous: bool
    entrance: bool
    sieves: list[Sieve]
    flips: datetime | None

    def plain_reasons(self, value: JsonObject) -> Mapping[int, tuple[Reason, ...]]:
        """Why a record fails the screen: by position in `criteria`, -1 for its own schema."""
        if not self.sieves:
            schemas = {-1: self.standard.record_schema, **self.plain}
            self.sieves.append(Sieve(self.standard.shelf, schemas))
        return self.sieves[0].reasons(value)


def program_for(standard: Standard, gate: Gate, now: datetime, zone: str) -> Program:
    """The program of a gate at an instant; compiled once for each set of forces.

    The cache lies in the standard, holds at most 256 programs, and is emptied when full.
    """
    found = standard.compiled.get(gate.id)
    if isinstance(found, Program):
        return found
    limits = _limits(_dated(gate), zone)
    if not limits:
        return _kept(standard, gate.id, _compile(standard, gate, None, None))
    forces = tuple(force_of(criterion, limits, now) for criterion in gate.criteria)
    flips = min((limit for limit in limits.values() if limit > now), default=None)
    key = f"{gate.id} {','.join(forces)} {flips}"
    found = standard.compiled.get(key)
    if isinstance(found, Program):
        return found
    return _kept(standard, key, _compile(standard, gate, forces, flips))


def _kept(standard: Standard, key: str, program: Program) -> Program:
    if len(standard.compiled) >= MOST_PROGRAMS:
        standard.compiled.clear()
    standard.compiled[key] = program
    return program


def _dated(gate: Gate) -> list[Criterion]:
    return [one for one in gate.criteria if one.binds is not None or one.retires is not None]


def _limits(criteria: list[Criterion], zone: str) -> Mapping[tuple[str, str], datetime]:
    office = find_zone(zone)
    limits: dict[tuple[str, str], datetime] = {}
    for criterion in criteria:
        for key, day in (("binds", criterion.binds), ("retires", criterion.retires)):
            if day is not None:
                limits[(criterion.id, key)] = start_of_day(day, office)
    return limits


def force_of(
    criterion: Criterion, limits: Mapping[tuple[str, str], datetime], now: datetime
) -> Force:
    """Announced before `binds`, retired from `retires` on (S4.5, S10.1)."""
    retires = limits.get((criterion.id, "retires"))
    if retires is not None and now >= retires:
        return Force.RETIRED
    binds = limits.get((criterion.id, "binds"))
    return Force.ANNOUNCED if binds is not None and now < binds else Force.BINDING


def passing_finding(criterion: Criterion, force: Force) -> Finding:
    """The finding of a criterion that passes: a constant, shared by all records."""
    return Finding(
        criterion=criterion.id,
        obligation=criterion.obligation,
        result=Result.PASS,
        effect=Effect.NONE,
        origin=criterion.origin,
        force=force,
        entrance=criterion.entrance,
    )


def _compile(
    standard: Standard, gate: Gate, forces: tuple[Force, ...] | None, flips: datetime | None
) -> Program:
    settled = forces or (Force.BINDING,) * len(gate.criteria)
    criteria = tuple(
        (criterion, force)
        for criterion, force in zip(gate.criteria, settled, strict=True)
        if force is not Force.RETIRED
    )
    plain = {
        index: schema
        for index, (one, _force) in enumerate(criteria)
        if gate.eased is None and (schema := _plain_schema(one)) is not None
    }
    screen = standard.shelf.merged([standard.record_schema, *plain.values()])
    passing = [passing_finding(criterion, force) for criterion, force in criteria]
    musts = [one for one, force in criteria if one.obligation is Obligation.MUST]
    return Program(
        standard=standard,
        gate=gate,
        criteria=criteria,
        screen=screen.is_valid,
        plain=plain,
        others=tuple(index for index in range(len(criteria)) if index not in plain),
        passing=(RECORD_PASSES, CLAIM_PASSES, *passing),
        vacuous=not musts,
        entrance=any(one.entrance for one, _force in criteria),
        sieves=[],
        flips=flips,
    )


def _plain_schema(criterion: Criterion) -> Schema | None:
    """The schema of a criterion that is nothing but one, over the whole record."""
    test = criterion.test
    qualified = (
        criterion.after
        or criterion.when
        or criterion.unless
        or criterion.grandfathered
        or criterion.eased
    )
    if qualified or not isinstance(test, SchemaTest) or test.of_item:
        return None
    return test.schema
