"""Small standards, records and assessments for tests, written in a line or two each.

    standard = a_standard("{it: {must: It is so, check: demo.open}}")
    found = finding(assessed(standard, a_record(standard)), "it")
    assert found.result == "unknown"

What a test does not say is filled in with something harmless: one track `planning`, `executing`,
`closed`, and one gate `ready` between the first two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from pmo_core.assessment import assess
from pmo_core.documents import JsonObject, read_document
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.load import load
from pmo_core.standards.record import checked_record

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment, Finding
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
"""When `assessed` assesses unless told otherwise: Sunday 1 March 2026, 09:00 UTC."""

NO_FILES: Mapping[str, bytes] = MappingProxyType({})
Written: TypeAlias = "Json"
"""JSON, or YAML text that is read as such."""


def a_standard(
    criteria: Written = None,
    /,
    *,
    gate: Written = None,
    gates: Written = None,
    record_schema: Written = None,
    files: Mapping[str, bytes] = NO_FILES,
    **parts: Written,
) -> Standard:
    """A standard that loads, with what the test is about.

    Args:
        criteria: of the gate `ready`, by id.
        gate: further keys of the gate `ready`.
        gates: further gates, by id; `ready: null` takes that one out.
        record_schema: JSON Schema of a record; any object where it is left out.
        files: further files of the package, by path.
        parts: top-level keys of the standard (`predicates`, `artefacts`, ...); `lifecycle` adds to
            the usual one, a key with null takes one out.

    Raises:
        InvalidStandard: it does not load.
    """
    return load(standard_files(criteria, gate, gates, record_schema, files, parts), "small")


def standard_files(
    criteria: Written = None,
    gate: Written = None,
    gates: Written = None,
    record_schema: Written = None,
    files: Mapping[str, bytes] = NO_FILES,
    parts: Mapping[str, Written] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The files of the package that `a_standard` loads."""
    ready: JsonObject = {
        "title": "Ready for executing",
        "from": "planning",
        "outcomes": {"go": "executing", "hold": {"to": "same", "resume-by": "required"}},
        "authority": "automatic",
        "criteria": read(criteria) or {},
    }
    lifecycle: JsonObject = {
        "initial": "planning",
        "phases": ["planning", "executing", "closed"],
        "ends": ["closed"],
        "gates": _merged({"ready": _merged(ready, read(gate))}, read(gates)),
    }
    standard: JsonObject = {
        "language": 1,
        "standard": "small",
        "version": "1.0.0",
        "title": "A small standard",
        "record": {"schema": "record.schema.json"},
        "lifecycle": _merged(lifecycle, read(parts.get("lifecycle"))),
    }
    others = {name: read(part) for name, part in parts.items() if name != "lifecycle"}
    schema = read(record_schema)
    return {
        "standard.yaml": json.dumps(_merged(standard, others), indent=1).encode(),
        "record.schema.json": json.dumps({} if schema is None else schema).encode(),
        **files,
    }


def a_record(standard: Standard, value: Written = None, /, **fields: Written) -> Record:
    """A record of the project `atlas` in phase `planning`, with what the test is about."""
    usual: JsonObject = {"id": "atlas", "phase": "planning"}
    given = {name: read(field) for name, field in fields.items()}
    return checked_record(standard, _merged(_merged(usual, read(value)), given), "atlas.yaml")


def assessed(
    standard: Standard,
    record: Record | Written = None,
    /,
    *,
    gate: str = "ready",
    now: datetime = NOW,
    inputs: Inputs | None = None,
    occurrence: str = "",
) -> Assessment:
    """The assessment of a record, or of one that is written here, at the gate `ready`."""
    from pmo_core.standards.record import Record  # start-up

    one = record if isinstance(record, Record) else a_record(standard, record)
    return assess(standard, gate, one, now=now, inputs=inputs, occurrence=occurrence)


def judged(
    criterion: Written,
    record: Written = None,
    /,
    *,
    gate: Written = None,
    now: datetime = NOW,
    inputs: Inputs | None = None,
    **parts: Written,
) -> Finding:
    """What one criterion of the gate `ready`, whose id is `it`, comes to on a record.

    Args:
        gate: further keys of the gate.
        parts: further top-level keys of the standard, as in `a_standard`.
    """
    standard = load(standard_files({"it": read(criterion)}, gate, parts=parts), "small")
    return finding(assessed(standard, record, now=now, inputs=inputs), "it")


def finding(assessment: Assessment, criterion: str) -> Finding:
    """What one criterion came to.

    Raises:
        LookupError: the assessment has no such finding.
    """
    for one in assessment.findings:
        if one.criterion == criterion:
            return one
    raise LookupError(f"no finding of {criterion!r}")


def read(written: Written) -> Json:
    """YAML text as the value that it writes; anything else as it is."""
    if isinstance(written, str):
        return read_document(written.encode(), "written").value
    return written


def _merged(usual: JsonObject, given: Json) -> JsonObject:
    """The usual keys with the given ones over them; null takes one out."""
    if not isinstance(given, dict):
        return usual
    return {key: part for key, part in {**usual, **given}.items() if part is not None}
