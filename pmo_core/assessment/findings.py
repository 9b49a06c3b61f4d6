"""What an assessment comes to: reasons, findings, the verdict. Codes and parameters, no prose (S3).

`as_json` of these is the published form (docs/reference/assessment.schema.json); its RFC 8785
bytes are the same for the same arguments, on any machine (S3.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.standards.model import Force, Obligation
from pmo_core.standards.schema_places import pointer_order

if TYPE_CHECKING:
    from pmo_core.documents import Digest, Json, JsonObject
    from pmo_core.standards.inputs import Inputs
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record

LANGUAGE = 1
NO_PARAMS: Mapping[str, Json] = MappingProxyType({})


class Result(StrEnum):
    """What one criterion came to on one record (S1.1)."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    WAIVED = "waived"


class Verdict(StrEnum):
    """Whether anything blocks the gate (S4.4)."""

    READY = "ready"
    BLOCKED = "blocked"


class Effect(StrEnum):
    """What a finding does to the verdict (S4.3)."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NONE = "none"


class Reason(NamedTuple):
    """Why a finding came out as it did: a code of docs/reference/reasons.md, where, with what.

    Attributes:
        code: for a schema its keyword (`required`, `minItems`); else one of our own.
        pointer: RFC 6901 pointer into the record; None where no place in it is meant.
        params: JSON values that the words need.
    """

    code: str
    pointer: str | None = None
    params: Mapping[str, Json] = NO_PARAMS

    def as_json(self) -> JsonObject:
        """`{code, pointer?, params?}`."""
        written: JsonObject = {"code": self.code}
        if self.pointer is not None:
            written["pointer"] = self.pointer
        if self.params:
            written["params"] = dict(self.params)
        return written


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """By pointer, then code (S3.6); what ties even then, by its parameters."""
    found = tuple(reasons)
    if len(found) < 2:
        return found
    ordered = sorted(found, key=place_order)
    places = [place_order(reason) for reason in ordered]
    if len(set(places)) < len(places):
        from pmo_core.documents import canonical  # start-up: only for ties

        ordered.sort(key=lambda reason: (place_order(reason), canonical(dict(reason.params))))
    return tuple(ordered)


def place_order(reason: Reason) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A sort key: pointer, token by token, then code."""
    return (pointer_order(reason.pointer or ""), reason.code)


class Finding(NamedTuple):
    """What one criterion came to on one record. A named tuple, since thousands are made a second.

    Attributes:
        criterion: its id; `record`, `claim`, `condition:ID` and `exception:ID` are synthetic.
        obligation: as it counted: an eased must is a should.
        effect: blocks, warns or none.
        origin: the standard, tailoring or authority that the criterion came from.
        was: what a waived finding was; None where no waiver changed it.
        waiver: id of the waiver that changed it, or lies idle on it.
        explain: a decision must carry a reason for it (`explain: required`).
    """

    criterion: str
    obligation: Obligation
    result: Result
    effect: Effect
    reasons: tuple[Reason, ...] = ()
    origin: str = ""
    force: Force = Force.BINDING
    entrance: bool = False
    eased: bool = False
    was: Result | None = None
    waiver: str | None = None
    explain: bool = False

    def as_json(self) -> JsonObject:
        """The finding as machines read it; what is usual is left out."""
        written: JsonObject = {
            "criterion": self.criterion,
            "obligation": self.obligation.value,
            "result": self.result.value,
            "effect": self.effect.value,
            "reasons": [reason.as_json() for reason in self.reasons],
        }
        if self.force is not Force.BINDING:
            written["force"] = self.force.value
        if self.entrance:
            written["for"] = "entrance"
        if self.eased:
            written["eased"] = True
        if self.was is not None:
            written["was"] = self.was.value
        if self.waiver is not None:
            written["waiver"] = self.waiver
        if self.explain:
            written["explain"] = "required"
        return written


class Assessment(NamedTuple):
    """All findings of a gate on one record, and the verdict. Same arguments, same bytes.

    Attributes:
        gate: its id; None where no gate is ahead and none stands (S11.7).
        occurrence: which time of a recurring or repeated gate; empty for a plain one.
        verdict: ready iff no finding blocks.
        entry: the same over the entrance criteria alone.
        vacuous: no must was applicable.
        limits: the instants at which a date that was looked at flips.
        notes: what a reader should know that is no finding, as codes.
    """

    standard: Standard
    record: Record
    inputs: Inputs
    gate: str | None
    occurrence: str
    now: datetime
    findings: tuple[Finding, ...]
    verdict: Verdict
    entry: Verdict
    vacuous: bool
    limits: tuple[datetime, ...] = ()
    notes: tuple[Reason, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that block, in order."""
        return tuple(one for one in self.findings if one.effect is Effect.BLOCKS)

    @property
    def valid_until(self) -> datetime | None:
        """When a date limit that was looked at flips at the earliest (S3.5); None: never."""
        return min(self.limits, default=None)

    def as_json(self) -> JsonObject:
        """The assessment with its digests, as S3.5 names the fields."""
        from pmo_core.assessment.engine import engine_versions  # start-up: only with digests
        from pmo_core.documents import digest
        from pmo_core.standards.instants import format_instant

        return {
            "language": LANGUAGE,
            "engine": dict(engine_versions()),
            "standard": {
                "id": self.standard.id,
                "version": self.standard.version,
                "digest": self.standard.digest,
            },
            "project": self.record.id,
            "record": digest(self.record.value),
            "inputs": digest(self.inputs.as_json()),
            "gate": self.gate,
            "occurrence": self.occurrence,
            "now": format_instant(self.now),
            "zone": self.inputs.zone,
            "findings": [finding.as_json() for finding in self.findings],
            "verdict": self.verdict.value,
            "entry": self.entry.value,
        }

    @property
    def digest(self) -> Digest:
        """SHA-256 of the RFC 8785 bytes of `as_json` (S3.5)."""
        from pmo_core.documents import digest  # start-up: only with digests

        return digest(self.as_json())
