"""Assess a record at a gate: from criteria to findings to the verdict (S3, S4). Pure.

The usual record passes every plain schema at one look (see `program`); everything else goes the
long way through the rows of S4, criterion by criterion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pmo_core.assess.claim import CLAIM_PASSES, RECORD, judge_claim, synthetic
from pmo_core.assess.findings import Assessment, Effect, Finding, Reason, Result, Verdict
from pmo_core.assess.kinds import judge_test
from pmo_core.assess.kinds.schema import schema_reasons
from pmo_core.assess.kleene import every_truth
from pmo_core.assess.program import (
    MOST_PROGRAMS,
    Program,
    force_of,
    passing_finding,
    program_for,
)
from pmo_core.assess.scene import Judgement, Scene
from pmo_core.documents import Json, join_pointer, resolve
from pmo_core.errors import UnknownName
from pmo_core.standards.criterion_digest import criterion_digest
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.instants import find_zone, start_of_day
from pmo_core.standards.model import (
    Criterion,
    ExprTest,
    Force,
    Guard,
    Obligation,
    SchemaTest,
)
from pmo_core.standards.record import claimed_text

if TYPE_CHECKING:
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record

NO_INPUTS = Inputs()


def assess(
    standard: Standard,
    gate: str,
    record: Record,
    *,
    now: datetime,
    inputs: Inputs | None = None,
    occurrence: str = "",
) -> Assessment:
    """All findings of a gate on a record, and the verdict.

    Args:
        standard: as `load_standard` gives it.
        gate: id of one of its gates.
        record: as `load_record` gives it.
        now: the instant of assessment; aware, taken to whole seconds.
        inputs: everything else that may be looked at; what is not in it is unknown (S3.2).
        occurrence: which time of a recurring or repeated gate (S11.4).

    Raises:
        UnknownName: the standard has no such gate, or the record no such item.
        ValueError: `now` has no time zone.
    """
    found = standard.gates.get(gate)
    if found is None:
        raise UnknownName(
            f"{standard.name} has no gate {gate!r}",
            remedy=did_you_mean(gate, standard.gates),
        )
    if now.tzinfo is not UTC or now.microsecond:
        if now.tzinfo is None:
            raise ValueError("now has no time zone; use datetime.now(UTC)")
        now = now.astimezone(UTC).replace(microsecond=0)
    given = NO_INPUTS if inputs is None else inputs
    program = program_for(standard, found, now, given.zone)
    if program.screen(record.value):
        if (
            not program.others
            and given is NO_INPUTS
            and (claimed := judge_claim(standard, record.value, given))[0] is CLAIM_PASSES
        ):
            return Assessment(
                standard,
                record,
                given,
                gate,
                occurrence,
                now,
                program.passing,
                Verdict.READY,
                Verdict.READY,
                program.vacuous,
                () if program.flips is None else (program.flips,),
                claimed[1],
            )
        return _assess(program, record, given, now, occurrence, screened=True)
    return _assess(program, record, given, now, occurrence, screened=False)


def assess_claim(
    standard: Standard, record: Record, *, now: datetime, inputs: Inputs | None = None
) -> Assessment:
    """The assessment of a record at no gate: `record` and `claim` alone (S11.7)."""
    given = NO_INPUTS if inputs is None else inputs
    claim, notes = judge_claim(standard, record.value, given)
    findings = (_record_finding(standard, record), claim)
    verdict = verdict_of(findings)
    return Assessment(
        standard,
        record,
        given,
        None,
        "",
        now,
        findings,
        verdict,
        Verdict.READY,
        verdict is Verdict.READY,
        (),
        notes,
    )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Ready iff no finding blocks (S4.4)."""
    blocked = any(finding.effect is Effect.BLOCKS for finding in findings)
    return Verdict.BLOCKED if blocked else Verdict.READY


def _assess(
    program: Program,
    record: Record,
    inputs: Inputs,
    now: datetime,
    occurrence: str,
    *,
    screened: bool,
) -> Assessment:
    standard, gate = program.standard, program.gate
    item, item_pointer = item_of(gate, record, occurrence)
    scene = Scene(standard, gate, record, inputs, now, occurrence, item, item_pointer)
    if program.flips is not None:
        scene.limits.append(program.flips)
    claim, notes = judge_claim(standard, record.value, inputs)
    criteria = program.criteria if not inputs.extra else _with_extra(program, inputs, now, scene)
    judged = _Judging(program, criteria, scene, screened=screened)
    findings = [
        program.passing[0] if screened else _record_finding(standard, record),
        claim,
        *judged.findings(),
        *_lapsed(inputs),
        *_exceptions(inputs, gate),
    ]
    verdict = verdict_of(findings)
    entrance = [finding for finding in findings if finding.entrance]
    return Assessment(
        standard,
        record,
        inputs,
        gate.id,
        occurrence,
        now,
        tuple(findings),
        verdict,
        verdict_of(entrance),
        _vacuous(findings[2:]),
        tuple(sorted(set(scene.limits))),
        notes,
    )


def _vacuous(findings: Sequence[Finding]) -> bool:
    return not any(
        finding.obligation is Obligation.MUST and finding.result is not Result.NOT_APPLICABLE
        for finding in findings
    )


def _record_finding(standard: Standard, record: Record) -> Finding:
    schema = standard.record_schema
    if schema.is_valid(record.value):
        return synthetic(RECORD, Result.PASS)
    return synthetic(RECORD, Result.FAIL, schema_reasons(schema, record.value))


def item_of(gate: Gate, record: Record, occurrence: str) -> tuple[Json, str]:
    """The item that an occurrence of a repeated gate is held for, and its pointer.

    Raises:
        UnknownName: the record lists no item of that id.
    """
    if gate.per is None:
        return None, ""
    for index, (name, item) in enumerate(items_of(gate, record)):
        if name == occurrence:
            return item, gate.per.items + join_pointer((str(index),))
    if not occurrence:
        return None, gate.per.items
    raise UnknownName(
        f"{record.id} has no {occurrence!r} under {gate.per.items}, for which {gate.id} is held",
        remedy=did_you_mean(occurrence, [name for name, _item in items_of(gate, record)]),
    )


def items_of(gate: Gate, record: Record) -> list[tuple[str, Json]]:
    """The items that a repeated gate is held for, by id, in their order (S11.4)."""
    if gate.per is None:
        return []
    found = resolve(record.value, gate.per.items, None)
    if not isinstance(found, list):
        return []
    return [
        (claimed_text(item.get(gate.per.id)) or str(index), item)
        for index, item in enumerate(found)
        if isinstance(item, dict)
    ]


def _with_extra(
    program: Program, inputs: Inputs, now: datetime, scene: Scene
) -> tuple[tuple[Criterion, Force], ...]:
    limits = {
        (criterion.id, key): start_of_day(day, find_zone(inputs.zone))
        for criterion in inputs.extra
        for key, day in (("binds", criterion.binds), ("retires", criterion.retires))
        if day is not None
    }
    scene.limits.extend(limit for limit in limits.values() if limit > now)
    added = [(criterion, force_of(criterion, limits, now)) for criterion in inputs.extra]
    return program.criteria + tuple(one for one in added if one[1] is not Force.RETIRED)


def _lapsed(inputs: Inputs) -> list[Finding]:
    return [
        synthetic(
            f"condition:{one.id}",
            Result.FAIL,
            (Reason("condition-lapsed", one.pointer, {"condition": one.id}),),
        )
        for one in sorted(inputs.conditions, key=lambda one: one.id)
    ]


def _exceptions(inputs: Inputs, gate: Gate) -> list[Finding]:
    return [
        synthetic(
            f"exception:{one.id}",
            Result.FAIL,
            (Reason("outside-tolerance", None, {"tolerance": one.tolerance, "exception": one.id}),),
        )
        for one in sorted(inputs.exceptions, key=lambda one: one.id)
        if gate.id in one.blocks
    ]


class _Judging:
    """The criteria of one gate on one record. Results are kept, since `after` asks for others'."""

    __slots__ = ("_criteria", "_known", "_program", "_scene", "_screened")

    def __init__(
        self,
        program: Program,
        criteria: tuple[tuple[Criterion, Force], ...],
        scene: Scene,
        *,
        screened: bool,
    ) -> None:
        self._program = program
        self._criteria = criteria
        self._scene = scene
        self._screened = screened
        self._known: dict[str, Judgement] = {}

    def findings(self) -> list[Finding]:
        """One finding a criterion, in order."""
        plain = self._program.plain if self._screened else frozenset()
        passing = self._program.passing
        return [
            passing[index + 2]
            if index in plain and not self._scene.inputs.waivers
            else self._finding(index, criterion, force)
            for index, (criterion, force) in enumerate(self._criteria)
        ]

    def _finding(self, index: int, criterion: Criterion, force: Force) -> Finding:
        result, reasons = self._judge(criterion)
        waiver = self._waiver(criterion)
        eased = self._is_eased(criterion)
        if result is Result.PASS and not reasons and waiver is None and not eased:
            passing = self._program.passing
            if index + 2 < len(passing):
                return passing[index + 2]
            return passing_finding(self._scene.standard, criterion, force)
        obligation = Obligation.SHOULD if eased else criterion.obligation
        was = None
        if waiver is not None and result in (Result.FAIL, Result.UNKNOWN):
            was, result = result, Result.WAIVED
        return Finding(
            criterion=criterion.id,
            obligation=obligation,
            result=result,
            effect=effect_of(obligation, force, result),
            reasons=reasons,
            origin=criterion.origin,
            force=force,
            entrance=criterion.entrance,
            eased=eased,
            was=was,
            waiver=waiver,
            explain=criterion.explain_required and result in (Result.FAIL, Result.UNKNOWN),
        )

    def _judge(self, criterion: Criterion) -> Judgement:
        found = self._known.get(criterion.id)
        if found is None:
            found = self._known[criterion.id] = self._rows(criterion)
        return found

    def _rows(self, criterion: Criterion) -> Judgement:
        """The rows of S4, from 2 on; row 1 (retired) is settled in the program."""
        scene = self._scene
        if criterion.grandfathered is not None and self._truth(criterion.grandfathered) is True:
            return (Result.NOT_APPLICABLE, (Reason("grandfathered"),))
        applies, why = self._applies(criterion)
        if applies is False:
            return (Result.NOT_APPLICABLE, (Reason(why),))
        held_up: list[Json] = [name for name in criterion.after if self._failed(name)]
        if held_up:
            return (Result.UNKNOWN, (Reason("after", None, {"criteria": held_up}),))
        judged = judge_test(criterion.test, criterion.id, scene)
        if applies is None and judged[0] in (Result.FAIL, Result.UNKNOWN):
            if any(reason.code.startswith("na-") for reason in judged[1]):
                return judged
            return (Result.UNKNOWN, (Reason("when-unknown"), *judged[1]))
        return judged

    def _failed(self, name: str) -> bool:
        for criterion, force in self._criteria:
            if criterion.id == name:
                return force is Force.BINDING and self._judge(criterion)[0] in (
                    Result.FAIL,
                    Result.UNKNOWN,
                )
        return False

    def _applies(self, criterion: Criterion) -> tuple[bool | None, str]:
        when = None if criterion.when is None else (self._truth(criterion.when),)
        if when is not None and when[0] is False:
            return False, "when"
        if criterion.unless is not None:
            unless = self._truth(criterion.unless)
            if unless is True:
                return False, "unless"
            if unless is None:
                return None, "when-unknown"
        return (True if when is None else when[0]), "when-unknown"

    def _truth(self, guard: Guard) -> bool | None:
        return guard_truth(guard, self._scene)

    def _is_eased(self, criterion: Criterion) -> bool:
        if criterion.obligation is not Obligation.MUST or criterion.statutory:
            return False
        return any(
            guard is not None and self._truth(guard) is True
            for guard in (criterion.eased, self._scene.gate.eased)
        )

    def _waiver(self, criterion: Criterion) -> str | None:
        if criterion.statutory:
            return None
        for waiver in self._scene.inputs.waivers:
            if waiver.criterion == criterion.id and waiver.criterion_digest == criterion_digest(
                criterion.model
            ):
                return waiver.id
        return None


def effect_of(obligation: Obligation, force: Force, result: Result) -> Effect:
    """What a finding does to the verdict (S4.3)."""
    if result not in (Result.FAIL, Result.UNKNOWN) or obligation is Obligation.MAY:
        return Effect.NONE
    if obligation is Obligation.MUST and force is Force.BINDING:
        return Effect.BLOCKS
    return Effect.WARNS


def guard_truth(guard: Guard, scene: Scene) -> bool | None:
    """Whether all parts of a guard hold, by Kleene; None is unknown. A schema never is."""
    truths: list[bool | None] = []
    for part in guard:
        truth = _part_truth(part, scene)
        if truth is False:
            return False
        truths.append(truth)
    return every_truth(truths)


def _part_truth(part: SchemaTest | ExprTest, scene: Scene) -> bool | None:
    if isinstance(part, SchemaTest):
        return part.schema.is_valid(scene.item if part.of_item else scene.value)
    result, _reasons = judge_test(part, "", scene)
    return {Result.PASS: True, Result.FAIL: False}.get(result)


__all__ = [
    "MOST_PROGRAMS",
    "NO_INPUTS",
    "assess",
    "assess_claim",
    "effect_of",
    "guard_truth",
    "item_of",
    "items_of",
    "verdict_of",
]
