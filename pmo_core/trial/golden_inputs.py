"""The inputs of a golden project: from what its file says to `Inputs` (S3.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.documents.shapes import as_list, as_object, as_text
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.faults import Fault, did_you_mean
from pmo_core.standards.inputs import (
    CheckResult,
    Fact,
    Inputs,
    LapsedCondition,
    Neighbour,
    OpenException,
    Passed,
    PositionInLedger,
    WaiverInForce,
)
from pmo_core.standards.instants import InvalidTime, parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.standards.model import Standard

LEDGER = "golden"
"""Stands for the last event of a neighbour whose file says what gates it passed (S9.3)."""


def read_inputs(standard: Standard, written: JsonObject) -> tuple[Inputs, list[Fault]]:
    """The inputs of a golden file whose form has been checked, and what is wrong in them."""
    given = as_object(written.get("inputs"))
    faults: list[Fault] = []
    inputs = Inputs(
        facts={name: _fact(as_object(one)) for name, one in as_object(given.get("facts")).items()},
        checks={
            (criterion, check): _check(as_object(result))
            for criterion, results in as_object(given.get("checks")).items()
            for check, result in as_object(results).items()
        },
        projects={
            name: _neighbour(standard, as_object(one))
            for name, one in as_object(given.get("projects")).items()
        },
        position=_position(standard, given.get("position")),
        baselines=as_object(given.get("baselines")),
        waivers=_waivers(standard, written, faults),
        conditions=tuple(
            _condition(name, as_object(one))
            for name, one in as_object(given.get("conditions")).items()
        ),
        exceptions=tuple(
            _exception(name, as_object(one))
            for name, one in as_object(given.get("exceptions")).items()
        ),
        holders={
            role: tuple(
                _holder(held, join_pointer(("inputs", "holders", role)), faults)
                for held in as_list(holders)
            )
            for role, holders in as_object(given.get("holders")).items()
        },
        zone=str(written.get("zone", "UTC")),
    )
    return inputs, faults


def _fact(written: JsonObject) -> Fact:
    return Fact(
        value=written.get("value"),
        observed=as_text(written.get("observed")),
        source=str(written.get("source", "")),
        failure=as_text(written.get("failure")),
    )


def _check(written: JsonObject) -> CheckResult:
    return CheckResult(
        result=str(written["result"]),
        code=str(written.get("code", "")),
        pointer=as_text(written.get("pointer")),
        params=as_object(written.get("params")),
        observed=as_text(written.get("observed")),
    )


def _neighbour(standard: Standard, written: JsonObject) -> Neighbour:
    return Neighbour(
        standard=str(written.get("standard", standard.name)),
        phase=_phases(standard, written["phase"]),
        passed=_passed(written.get("passed")),
        artefacts={name: str(state) for name, state in as_object(written.get("artefacts")).items()},
        head=LEDGER if "passed" in written else None,
    )


def _position(standard: Standard, value: Json) -> PositionInLedger | None:
    if value is None:
        return None
    written = as_object(value)
    return PositionInLedger(
        phase=_phases(standard, written["phase"]),
        entered=_texts(written.get("entered")),
        passed=_passed(written.get("passed")),
        last_occurrence=_texts(written.get("last_occurrence")),
    )


def _phases(standard: Standard, written: Json) -> Mapping[str, str]:
    """Track to phase; a phase alone is that of the one track, or of the track that has it."""
    if isinstance(written, dict):
        return _texts(written)
    phase = str(written)
    owners = [name for name, track in standard.tracks.items() if phase in track.ranks]
    return {(owners or [*standard.tracks])[0]: phase}


def _passed(written: Json) -> Mapping[str, Passed]:
    return {
        gate: Passed(str(as_object(one)["outcome"]), str(as_object(one)["date"]))
        for gate, one in as_object(written).items()
    }


def _condition(name: str, written: JsonObject) -> LapsedCondition:
    return LapsedCondition(name, str(written["statement"]), as_text(written.get("pointer")))


def _exception(name: str, written: JsonObject) -> OpenException:
    return OpenException(
        name,
        str(written["tolerance"]),
        str(written["raise_to"]),
        tuple(str(gate) for gate in as_list(written["blocks"])),
    )


def _waivers(
    standard: Standard, written: JsonObject, faults: list[Fault]
) -> tuple[WaiverInForce, ...]:
    given = as_object(as_object(written.get("inputs")).get("waivers"))
    gate = standard.gates[str(written["gate"])]
    known = {criterion.id: criterion for criterion in gate.criteria}
    found = []
    for name, one in given.items():
        waiver = as_object(one)
        criterion = known.get(str(waiver["criterion"]))
        if criterion is None:
            faults.append(
                Fault(
                    join_pointer(("inputs", "waivers", name, "criterion")),
                    f"gate {gate.id!r} has no criterion {waiver['criterion']!r}",
                    did_you_mean(str(waiver["criterion"]), known),
                )
            )
            continue
        digest = criterion_digest(criterion.model, standard)
        found.append(WaiverInForce(name, criterion.id, digest, as_text(waiver.get("expires"))))
    return tuple(found)


def _holder(written: Json, here: str, faults: list[Fault]) -> tuple[str, date, date | None]:
    person, *span = as_list(written)
    begins = _day(span[0], here, faults)
    ends = span[1] if len(span) > 1 else None
    return str(person), begins, None if ends is None else _day(ends, here, faults)


def _day(written: Json, here: str, faults: list[Fault]) -> date:
    try:
        return parse_date(str(written))
    except InvalidTime as error:
        faults.append(Fault(here, str(error), "Write a date as 2026-03-01"))
        return date.min


def _texts(written: Json) -> Mapping[str, str]:
    return {name: str(one) for name, one in as_object(written).items()}
