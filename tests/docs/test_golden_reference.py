"""The page on golden projects: its example runs, and it names every key that a file may have."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema

from pmo_core.standards.load import load
from pmo_core.trial.golden import run_goldens
from pmo_core.trial.golden_file import golden_schema

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "golden-projects.md"
STANDARD = b"""\
language: 1
standard: small
version: 1.0.0
title: Small
record: {schema: record.schema.json}
roles: {sponsor: {title: Sponsor}}
lifecycle:
  initial: delivery
  phases: [delivery, closed]
  gates:
    closing:
      title: Closing
      from: delivery
      outcomes: {go: closed}
      authority: {role: sponsor}
      criteria:
        accepted:
          must: The results are accepted
          schema: {required: [accepted], properties: {accepted: {const: true}}}
"""


def test_the_example_passes_with_and_without_the_inputs_that_are_shown() -> None:
    example, inputs = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    files = {
        "standard.yaml": STANDARD,
        "record.schema.json": b"{}",
        "golden/example.yaml": example.encode(),
        "golden/with-inputs.yaml": (example + inputs).encode(),
    }
    results = run_goldens(load(files), files)
    assert [one.differences for one in results] == [(), ()]


def test_every_key_is_on_the_page() -> None:
    schema = golden_schema()
    page = PAGE.read_text(encoding="utf-8")
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for part in (schema, definitions["inputs"], definitions["expect"]):
        assert isinstance(part, dict)
        properties = part["properties"]
        assert isinstance(properties, dict)
        assert [key for key in properties if f"`{key}`" not in page] == []


def test_the_form_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(golden_schema())
