"""How a record looks that we write: as people write theirs."""

from __future__ import annotations

import pytest
import yaml

from pmo_core.documents import Json, JsonObject, read_yaml
from pmo_core.errors import InvalidDocument
from pmo_core.render.record_yaml import record_yaml

PROSE = (
    "Applicants wait 21 days for a building permit, because each file is copied by hand from "
    "paper. In 2025 that were 3,400 people and 140 firms."
)
RECORD: JsonObject = {
    "id": "permit-portal",
    "title": "Permit portal",
    "purpose": PROSE,
    "scope": {"within": ["Building permits", "Appeals (see R-3)"], "without": []},
    "personal_data": True,
    "risks": [
        {
            "id": "R-1",
            "title": "Applicants cannot sign: online",
            "due": "2027-01-29",
            "chance": 0.25,
            "tiny": 1e-07,
            "notes": "First line\n\n- second, with a dash\n",
            "owner": None,
            "history": [[1, 2], []],
        }
    ],
}
WRITTEN = """\
# $schema: ../.pmo/pm2-3.1.0.record.schema.json
# $version: 2
id: permit-portal
title: Permit portal
purpose: >-
  Applicants wait 21 days for a building permit, because each file is copied by hand from
  paper. In 2025 that were 3,400 people and 140 firms.

scope:
  within:
    - Building permits
    - Appeals (see R-3)
  without: []
personal_data: true

risks:
  - id: R-1
    title: "Applicants cannot sign: online"
    due: "2027-01-29"
    chance: 0.25
    tiny: 1.0e-07
    notes: |
      First line

      - second, with a dash
    owner: null
    history:
      - - 1
        - 2
      - []
"""


def test_a_record_is_written_as_people_write_it() -> None:
    text = record_yaml(RECORD, schema_ref="../.pmo/pm2-3.1.0.record.schema.json", version=2)
    assert text == WRITTEN
    assert read_yaml(text.encode(), "a.yaml").value == yaml.safe_load(text) == RECORD


def test_a_record_needs_no_head() -> None:
    assert record_yaml({"a": 1}, schema_ref=None, version=None) == "a: 1\n"
    assert record_yaml({}, schema_ref=None, version=3) == "# $version: 3\n{}\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("21 days", "21 days"),
        ("R-3", "R-3"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("a, b [c] {d}", "a, b [c] {d}"),
        ("don't", "don't"),
        ("Zoë", "Zoë"),
        ("no", '"no"'),
        ("On", '"On"'),
        ("2026-01-01", '"2026-01-01"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("0o7", '"0o7"'),
        ("null", '"null"'),
        ("", '""'),
        ("=", '"="'),
        ("<<", '"<<"'),
        ('say "a": b', r'"say \"a\": b"'),
        ("a\tb\x07", r'"a\tb\x07"'),
        ("\u202egnp.exe", r'"\u202egnp.exe"'),
        ("\U000e0041", r'"\U000e0041"'),
        (2.0, "2"),
        (1.5e300, None),
        (-1, "-1"),
        (False, "false"),
        ({}, "{}"),
    ],
)
def test_a_scalar_is_quoted_only_where_it_would_be_read_otherwise(
    value: Json, written: str | None
) -> None:
    if written is None:
        with pytest.raises(InvalidDocument):
            record_yaml({"a": value}, schema_ref=None, version=None)
    else:
        assert record_yaml({"a": value}, schema_ref=None, version=None) == f"a: {written}\n"


def test_what_is_no_value_of_a_record_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidDocument) as error:
        record_yaml({"a": [1, float("nan")]}, schema_ref=None, version=None)
    assert error.value.pointer == "/a/1"
