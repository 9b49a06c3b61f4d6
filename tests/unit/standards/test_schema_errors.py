"""Errors of large values: some of those that there are, none that there is not; at least one."""

from __future__ import annotations

import tracemalloc

import pytest

from pmo_core.documents import Json, JsonObject
from pmo_core.standards.schema_errors import LARGE, errors_of, is_large
from pmo_core.standards.schemas import Schema, Shelf
from pmo_core.standards.shipped import shipped_schema

MANY = 30_000


def compiled(schema: JsonObject) -> Schema:
    """The schema as a standard has it."""
    found = Shelf({}, shipped_schema).inline(schema, "test")
    assert found is not None
    return found


def told(schema: JsonObject, value: Json) -> list[tuple[str, str]]:
    """Where errors are, and of what kind."""
    one = compiled(schema)
    assert is_large(value)
    assert not one.is_valid(value)
    return [
        ("/".join(str(step) for step in error.instance_path), error.kind.name)
        for error in errors_of(one.validator, value)
    ]


def test_a_small_value_has_all_its_errors() -> None:
    value: Json = [1] * (LARGE // 10)
    assert not is_large(value)
    errors = errors_of(compiled({"items": {"type": "string"}}).validator, value)
    assert len(errors) == len(value)


def test_a_large_value_has_its_first_errors() -> None:
    found = told({"items": {"type": "string"}}, [1] * MANY)
    assert 1_000 < len(found) < 10_000
    assert found[0] == ("0", "type")


def test_an_error_far_behind_is_found() -> None:
    """The first parts are valid, and the whole is not."""
    assert told({"items": {"type": "integer"}}, [*[1] * MANY, "x"]) == [(str(MANY), "type")]


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"maxItems": 10}, [1] * MANY, ("", "maxItems")),
        ({"minItems": MANY + 1}, [1] * MANY, ("", "minItems")),
        ({"uniqueItems": True}, [1] * MANY, ("", "uniqueItems")),
        ({"type": "object"}, [1] * MANY, ("", "type")),
        ({"contains": {"const": 2}}, [1] * MANY, ("", "contains")),
        ({"not": {"type": "array"}}, [1] * MANY, ("", "not")),
        ({"required": ["x"]}, {f"k{n}": 1 for n in range(MANY)}, ("", "required")),
        (
            {"properties": {"a": {"type": "string"}}},
            {"a": 1, "b": [1] * MANY},
            ("a", "type"),
        ),
        (
            {"properties": {"c": {"type": "string"}}},
            {"b": [1] * MANY, "c": 1},
            ("c", "type"),
        ),
    ],
)
def test_of_each_kind_the_error_is_the_one_that_there_is(
    schema: JsonObject, value: Json, expected: tuple[str, str]
) -> None:
    assert told(schema, value) == [expected]


@pytest.mark.parametrize(
    "schema",
    [
        {"minItems": MANY},
        {"contains": {"const": "end"}},
        {"if": {"maxItems": MANY - 1}, "then": {"items": {"type": "string"}}},
        {"anyOf": [{"minItems": MANY}, {"items": {"type": "string"}}]},
        {"not": {"maxItems": MANY - 1}},
    ],
)
def test_what_only_a_part_of_the_value_would_break_is_no_error(schema: JsonObject) -> None:
    """Beside it stands an error that there is."""
    value: Json = {"list": [*[1] * MANY, "end"], "wrong": 1}
    both: JsonObject = {"properties": {"list": schema, "wrong": {"type": "string"}}}
    assert told(both, value) == [("wrong", "type")]


def test_memory_does_not_grow_with_the_errors() -> None:
    """The engine keeps kilobytes of each."""
    validator = compiled({"items": {"type": "string"}}).validator
    value: Json = [1] * 900_000
    tracemalloc.start()
    try:
        assert errors_of(validator, value)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000
