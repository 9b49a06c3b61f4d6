"""The registers keep their promise: strict in form, lenient about what is not yet known (S7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from pmo_core.standards.schemas import Shelf
from pmo_core.standards.shipped import shipped_schema

FOLDER = Path(__file__).parents[3] / "pmo_core" / "standards" / "registers"
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_bytes())
    for path in sorted(FOLDER.glob("*.schema.json"))
}
LISTS = sorted(name for name, schema in SCHEMAS.items() if schema.get("type") == "array")
FORMATS = {"date", "date-time", "time", "duration", "email", "uri", "uuid"}


def validator(pointer: str) -> jsonschema_rs.Draft202012Validator:
    """The schema at `NAME` or `NAME#/pointer`, compiled as the product compiles it: offline."""
    registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in SCHEMAS.values()])
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"pmo:registers/{pointer}"},
        registry=registry,
        offline=True,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def schemas_within(node: object, pointer: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Each schema that stands below `properties`, `$defs`, `items` or `anyOf`, with its pointer."""
    if not isinstance(node, dict):
        return
    yield pointer, node
    for keyword in ("properties", "$defs"):
        for name, child in node.get(keyword, {}).items():
            yield from schemas_within(child, f"{pointer}/{keyword}/{name}")
    for index, child in enumerate(node.get("anyOf", ())):
        yield from schemas_within(child, f"{pointer}/anyOf/{index}")
    yield from schemas_within(node.get("items"), f"{pointer}/items")


def list_at(node: dict[str, object], keyword: str) -> list[object]:
    found = node.get(keyword, [])
    assert isinstance(found, list)
    return found


EVERY = [
    (place, node)
    for name, schema in SCHEMAS.items()
    for place, node in schemas_within(schema, f"{name}#")
]
EXAMPLES = [
    pytest.param(place, example, id=f"{place}-{index}")
    for place, node in EVERY
    for index, example in enumerate(list_at(node, "examples"))
]
ITEMS = [
    pytest.param(name, pointer, id=name)
    for name in LISTS
    for pointer in [str(SCHEMAS[name]["items"]["$ref"])]
]


def item_schema(name: str) -> dict[str, object]:
    pointer: str = SCHEMAS[name]["items"]["$ref"]
    item: dict[str, object] = SCHEMAS[name]["$defs"][pointer.removeprefix("#/$defs/")]
    return item


def test_the_registers_of_a_project_management_office_are_all_there() -> None:
    assert set(SCHEMAS) == {
        "common", "risks", "issues", "assumptions", "milestones", "deliverables", "budget",
        "resources", "benefits", "stakeholders", "changes", "actions", "concerns", "lessons",
        "answers", "artefacts",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_compiles_offline_under_its_own_name(name: str) -> None:
    """S7.1: `pmo:` schemas reach only each other."""
    assert SCHEMAS[name]["$id"] == f"pmo:registers/{name}"
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(SCHEMAS[name])
    validator(name)


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES)
def test_each_example_is_valid_where_it_stands(pointer: str, example: object) -> None:
    errors = [error.message for error in validator(pointer).iter_errors(example)]
    assert errors == []


@pytest.mark.parametrize(("name", "pointer"), ITEMS)
def test_an_entry_needs_no_more_than_its_id_and_title(name: str, pointer: str) -> None:
    """What is not yet known may be left out: criteria ask for it when it is due."""
    entry = validator(name + pointer)
    assert entry.is_valid({"id": "X-1", "title": "Something"})
    assert not entry.is_valid({"title": "Something"})
    assert not entry.is_valid({"id": "X-1"})
    assert not entry.is_valid({"id": "X 1", "title": "Something"})
    assert not entry.is_valid({"id": "X-1", "title": "  "})


@pytest.mark.parametrize("name", LISTS)
def test_an_entry_has_an_example_of_its_own(name: str) -> None:
    assert item_schema(name).get("examples")


@pytest.mark.parametrize("name", LISTS)
def test_no_field_of_an_entry_takes_a_list_for_a_word(name: str) -> None:
    properties = item_schema(name)["properties"]
    assert isinstance(properties, dict)
    for field, schema in properties.items():
        if schema.get("type") != "array" and not schema.get("$ref", "").endswith("/ids"):
            entry = {"id": "X-1", "title": "Something", field: [[]]}
            assert not validator(f"{name}{SCHEMAS[name]['items']['$ref']}").is_valid(entry), field


@pytest.mark.parametrize(
    "wrong",
    ["2026-13-01", "2026-02-30", "24.11.2026", "2026-11-24T09:00:00Z", "soon", "", 20261124],
)
def test_a_date_is_a_day_that_exists(wrong: object) -> None:
    assert validator("common#/$defs/date").is_valid("2028-02-29")
    assert not validator("common#/$defs/date").is_valid(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 12.5, "currency": "NOK"},
        {"amount": "12,50", "currency": "NOK"},
        {"amount": "12.50000", "currency": "NOK"},
        {"amount": "123456789012345", "currency": "NOK"},
        {"amount": ".5", "currency": "NOK"},
        {"amount": "12.50", "currency": "kr"},
        {"amount": "12.50"},
        {"amount": "12.50", "currency": "NOK", "vat": "25"},
        "12.50",
    ],
)
def test_money_is_a_decimal_text_and_a_currency(wrong: object) -> None:
    """S1.3."""
    assert validator("common#/$defs/money").is_valid({"amount": "-12.50", "currency": "NOK"})
    assert not validator("common#/$defs/money").is_valid(wrong)


def test_every_field_says_what_it_is() -> None:
    silent = [
        place
        for place, node in EVERY
        if "/properties/" in place
        and "/anyOf/" not in place
        and not place.endswith("/items")
        and not {"title", "description"} <= node.keys()
    ]
    assert silent == []


def test_only_formats_that_are_asserted_are_used() -> None:
    """S7.2."""
    assert {node["format"] for _, node in EVERY if "format" in node} <= FORMATS


def test_patterns_need_no_look_around_and_no_class_that_engines_read_differently() -> None:
    """S7.2."""
    patterns = [str(node["pattern"]) for _, node in EVERY if "pattern" in node]
    assert patterns
    assert not [text for text in patterns if "(?" in text or "\\d" in text or "\\w" in text]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_register_would_pass_as_a_file_of_any_package(name: str) -> None:
    """S7: loading trusts the shipped schemas, so their keywords and circles are judged here."""
    shelf = Shelf({"a.json": json.dumps(SCHEMAS[name]).encode()}, shipped_schema)
    assert shelf.file("a.json") is not None
    assert shelf.faults == []
