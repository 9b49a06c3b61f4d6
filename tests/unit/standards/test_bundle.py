"""A bundled record schema says of every record what the standard's own schema says (S7)."""

from __future__ import annotations

import json

import jsonschema
import jsonschema_rs
import pytest

from pmo_core.office.packages import installed_packages, load_standard
from pmo_core.standards.bundle import bundled_record_schema
from pmo_core.standards.load import load
from pmo_core.trial.golden import run_goldens

SHIPPED = [
    f"{name}@{version}"
    for name, versions in sorted(installed_packages().items())
    for version in sorted(versions)
]
STANDARD = b"""language: 1
standard: small
version: 1.0.0
record: {schema: schemas/record.json}
lifecycle:
  initial: open
  phases: [open, done]
  ends: [done]
  gates:
    finish: {from: open, outcomes: {go: done}, criteria: {}}
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_it_agrees_with_the_standard_on_every_golden_record(name: str) -> None:
    standard = load_standard(name)
    bundle = bundled_record_schema(standard)
    alone = jsonschema_rs.Draft202012Validator(bundle, offline=True, validate_formats=True)
    jsonschema.Draft202012Validator.check_schema(bundle)
    records = [one.assessment.record.value for one in run_goldens(standard, standard.files)]
    spoilt = [{**record, "risks": {"R-1": 1}, "kep": []} for record in records]
    for record in [*records, *spoilt]:
        assert alone.is_valid(record) == standard.record_schema.is_valid(record)


def test_every_reference_is_local() -> None:
    text = json.dumps(bundled_record_schema(load_standard("essentials")))
    references = [part.split('"', 1)[0] for part in text.split('"$ref": "')[1:]]
    assert references
    assert all(reference.startswith("#") for reference in references)


def test_files_of_the_package_come_along_and_circles_stay() -> None:
    files = {
        "standard.yaml": STANDARD,
        "schemas/record.json": b'{"properties": {"parts": {"$ref": "../common/part.json#/$defs/p"},'
        b' "self": {"$ref": "#"}}}',
        "common/part.json": b'{"$defs": {"p": {"type": "array", "items": {"$ref": "#/$defs/p"}}}}',
    }
    bundle = bundled_record_schema(load(files))
    alone = jsonschema_rs.Draft202012Validator(bundle, offline=True)
    assert alone.is_valid({"parts": [[], [[]]], "self": {"parts": []}})
    assert not alone.is_valid({"self": {"parts": [[1]]}})
