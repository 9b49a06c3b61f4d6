"""Assess a record at a gate: from criteria to findings to the verdict (S3, S4). Pure.

The usual record passes every plain schema at one look (see `program`); everything else goes the
long way through the rows of S4, criterion by criterion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pmo_core.assessment.claim import CLAIM_PASSES, RECORD, RECORD_PASSES, judge_claim, synthetic
from pmo_core.assessment.findings import Assessment, Effect, Finding, Reason, Result, Verdict
from pmo_core.assessment.items import item_of
from pmo_core.assessment.kinds.schema import schema_reasons
from pmo_core.assessment.program import Program, force_of, program_for
from pmo_core.assessment.rows import Judging, unmet
from pmo_core.assessment.scene import Scene
from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.instants import EARLIEST_YEAR, LATEST_YEAR, find_zone, start_of_day
from pmo_core.standards.model import Criterion, Force, Obligation

if TYPE_CHECKING:
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record

NO_INPUTS = Inputs()
READY = Verdict.READY


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
        ValueError: `now` has no time zone, or lies outside the years 2 to 9998; nobody knows the
            zone of `inputs`; or its `extra` criteria have an id of the gate's own, or one twice.
    """
    found = standard.gates.get(gate)
    if found is None:
        raise UnknownName(
            f"{standard.name} has no gate {gate!r}",
            remedy=did_you_mean(gate, standard.gates),
        )
    now = _instant(now)
    given = NO_INPUTS if inputs is None else inputs
    if given.extra:
        _check_extra(found, given.extra)
    program = program_for(standard, found, now, given.zone)
    if not program.others and given is NO_INPUTS and found.per is None:
        return _assess_plainly(program, record, now, occurrence)
    return _assess(program, record, given, now, occurrence)


def assess_claim(
    standard: Standard, record: Record, *, now: datetime, inputs: Inputs | None = None
) -> Assessment:
    """The assessment of a record at no gate: `record` and `claim` alone (S11.7).

    Raises:
        ValueError: `now` has no time zone, or lies outside the years 2 to 9998; or nobody knows
            the zone of `inputs`.
    """
    now = _instant(now)
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


def _check_extra(gate: Gate, extra: Sequence[Criterion]) -> None:
    """An added criterion does not stand in for one of the gate's, nor for another added one."""
    known = {criterion.id for criterion in gate.criteria}
    for criterion in extra:
        if criterion.id in known:
            raise ValueError(f"gate {gate.id!r} has a criterion {criterion.id!r} already")
        known.add(criterion.id)


def _instant(now: datetime) -> datetime:
    """The instant in UTC, of whole seconds (S1.4), so far from the calendar's ends that every
    zone has a date for it.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone; use datetime.now(UTC)")
    if not EARLIEST_YEAR <= now.year <= LATEST_YEAR:
        raise ValueError(f"now lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    if now.tzinfo is UTC and not now.microsecond:
        return now
    return now.astimezone(UTC).replace(microsecond=0)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Ready iff no finding blocks (S4.4)."""
    for finding in findings:
        if finding.effect is Effect.BLOCKS:
            return Verdict.BLOCKED
    return Verdict.READY


def _entry(findings: Iterable[Finding]) -> Verdict:
    """The verdict over the entrance criteria alone."""
    return verdict_of(one for one in findings if one.entrance)


def _assess_plainly(program: Program, record: Record, now: datetime, occurrence: str) -> Assessment:
    """The assessment at a gate of nothing but plain schemas, where nothing else is to be seen."""
    claim, notes = judge_claim(program.standard, record.value, NO_INPUTS)
    findings, verdict, entry = program.passing, READY, READY
    failed = {} if program.screen(record.value) else program.plain_reasons(record.value)
    if failed or claim is not CLAIM_PASSES:
        found = list(findings)
        found[1] = claim
        for index, reasons in failed.items():
            if index == -1:
                found[0] = synthetic(RECORD, Result.FAIL, reasons)
            else:
                found[index + 2] = unmet(*program.criteria[index], reasons)
        findings = tuple(found)
        verdict = verdict_of(findings)
        entry = _entry(findings) if program.entrance else READY
    return Assessment(
        program.standard,
        record,
        NO_INPUTS,
        program.gate.id,
        occurrence,
        now,
        findings,
        verdict,
        entry,
        program.vacuous and verdict is READY,
        () if program.flips is None else (program.flips,),
        notes,
    )


def _assess(
    program: Program, record: Record, inputs: Inputs, now: datetime, occurrence: str
) -> Assessment:
    standard, gate = program.standard, program.gate
    item, item_pointer = item_of(gate, record, occurrence)
    scene = Scene(standard, gate, record, inputs, now, occurrence, item, item_pointer)
    if program.flips is not None:
        scene.limits.append(program.flips)
    claim, notes = judge_claim(standard, record.value, inputs)
    criteria = program.criteria if not inputs.extra else _with_extra(program, inputs, now, scene)
    failed = {} if program.screen(record.value) else program.plain_reasons(record.value)
    findings = [
        synthetic(RECORD, Result.FAIL, failed[-1]) if -1 in failed else RECORD_PASSES,
        claim,
        *Judging(program, criteria, scene, failed).findings(),
    ]
    if inputs.conditions:
        findings.extend(_lapsed(inputs))
    if inputs.exceptions:
        findings.extend(_exceptions(inputs, gate))
    verdict = verdict_of(findings)
    return Assessment(
        standard,
        record,
        inputs,
        gate.id,
        occurrence,
        now,
        tuple(findings),
        verdict,
        _entry(findings) if program.entrance or inputs.extra else READY,
        verdict is Verdict.READY and _vacuous(findings[2:]),
        tuple(sorted(set(scene.limits))) if scene.limits else (),
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
        return RECORD_PASSES
    return synthetic(RECORD, Result.FAIL, schema_reasons(schema, record.value))


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
