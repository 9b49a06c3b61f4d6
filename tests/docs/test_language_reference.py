"""The meta-schema explains itself, and the page that is generated from it is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from pmo_core.documents import Json, JsonObject, join_pointer, resolve
from pmo_core.standards.grammar import LANGUAGE, meta_schema

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "language.md"
SCRIPT = ROOT / "scripts" / "generate_language_reference.py"
MAPS_OF_SCHEMAS = ("properties", "patternProperties", "$defs")


def schemas(value: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[str, JsonObject]]:
    """Each schema within the meta-schema, by pointer."""
    if isinstance(value, list):
        for index, child in enumerate(value):
            yield from schemas(child, (*path, str(index)))
    if not isinstance(value, dict):
        return
    if path and path[-1] in MAPS_OF_SCHEMAS and (len(path) < 2 or path[-2] not in MAPS_OF_SCHEMAS):
        for key, child in value.items():
            yield from schemas(child, (*path, key))
        return
    yield join_pointer(path), value
    for key, child in value.items():
        if key not in ("examples", "enum", "const", "required", "dependentRequired"):
            yield from schemas(child, (*path, key))


ALL = dict(schemas(meta_schema()))
EXPLAINED = {pointer: schema for pointer, schema in ALL.items() if "examples" in schema}
NAMED = [
    pointer
    for pointer in ALL
    if re.search(r"/(properties|\$defs)/[^/]+$", pointer) and not re.search(r"/(if|then)/", pointer)
]


def test_the_meta_schema_names_its_language() -> None:
    assert meta_schema()["$id"] == f"pmo:language/{LANGUAGE}"
    assert resolve(meta_schema(), "/properties/language/const") == LANGUAGE


@pytest.mark.parametrize("pointer", NAMED)
def test_each_definition_and_key_has_title_description_and_examples(pointer: str) -> None:
    schema = ALL[pointer]
    assert schema.get("title")
    assert schema.get("description")
    assert schema.get("examples")


@pytest.mark.parametrize("pointer", EXPLAINED)
def test_each_example_is_valid_where_it_stands(pointer: str) -> None:
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": f"pmo:language/1#{pointer}"},
        registry=jsonschema_rs.Registry([("pmo:language/1", meta_schema())]),
        offline=True,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )
    examples = EXPLAINED[pointer]["examples"]
    assert isinstance(examples, list)
    for example in examples:
        assert validator.is_valid(example), example


def test_each_map_with_fixed_keys_is_closed() -> None:
    """Save for keys that begin with `x-`; S18: unknown keys are errors."""
    open_maps = [
        pointer
        for pointer, schema in ALL.items()
        if schema.get("type") == "object"
        and "properties" in schema
        and schema.get("additionalProperties") is not False
        and not isinstance(schema.get("additionalProperties"), dict)
    ]
    assert open_maps == []


def test_the_meta_schema_is_valid_under_its_dialect() -> None:
    assert jsonschema_rs.meta.is_valid(meta_schema())


def test_the_page_is_what_the_meta_schema_says() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_link_within_the_page_leads_to_a_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= headings


def test_each_key_of_the_language_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    keys = {pointer.rpartition("/")[2] for pointer in NAMED if "/properties/" in pointer}
    assert {key for key in keys if f"{key}`" not in text} == set()
