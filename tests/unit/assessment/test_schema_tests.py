"""Tests by schema: reasons, their places and order; items of repeated gates (S5.1, S3.6)."""

from __future__ import annotations

import json

import pytest

from pmo_core.assessment import Finding
from pmo_core.testing.builders import a_standard, assessed, finding, judged


def told(found: Finding) -> list[tuple[str, str | None]]:
    return [(reason.code, reason.pointer) for reason in found.reasons]


def against(schema: object, record: object) -> Finding:
    return judged({"must": "It is so", "schema": schema}, record)  # type: ignore[dict-item, arg-type]


def test_it_is_never_unknown_and_what_it_does_not_reach_is_no_error() -> None:
    """S5.1: write `required`."""
    schema = {"properties": {"a": {"properties": {"b": {"const": 1}}}}}
    assert against(schema, {}).result == "pass"
    assert against(schema, {"a": 3}).result == "pass"
    assert against(schema, {"a": {"b": 2}}).result == "fail"


def test_one_reason_an_error_each_with_its_place() -> None:
    schema = {
        "required": ["a", "b"],
        "properties": {
            "list": {"items": {"type": "string", "minLength": 2}},
            "kind": {"enum": ["x", "y"]},
        },
    }
    found = against(schema, {"list": ["ab", 1, "a"], "kind": "z", "a": 1})
    assert told(found) == [
        ("required", ""),
        ("enum", "/kind"),
        ("type", "/list/1"),
        ("minLength", "/list/2"),
    ]
    assert found.reasons[0].params == {"property": "b"}
    assert found.reasons[1].params == {"options": ["x", "y"]}


def test_array_indices_are_ordered_as_numbers() -> None:
    """S3.6: token by token, array indices as numbers."""
    found = against({"properties": {"list": {"items": False}}}, {"list": [0] * 12})
    assert [pointer for _code, pointer in told(found)] == [f"/list/{n}" for n in range(12)]


def test_the_order_is_by_pointer_then_code() -> None:
    schema = {
        "properties": {
            "b": {"maxLength": 1, "pattern": "^x", "enum": ["q"]},
            "a": {"type": "number"},
        }
    }
    assert told(against(schema, {"b": "yy", "a": "n"})) == [
        ("type", "/a"),
        ("enum", "/b"),
        ("maxLength", "/b"),
        ("pattern", "/b"),
    ]


@pytest.mark.parametrize(
    ("key", "pointer"),
    [
        ("007", "/m/007"),
        ("+1", "/m/+1"),
        ("a/b", "/m/a~1b"),
        ("m~n", "/m/m~0n"),
        ("²", "/m/²"),
        ("٣", "/m/٣"),
        ("9" * 30, "/m/" + "9" * 30),
        ("9" * 5_000, "/m/" + "9" * 5_000),
        ("-1", "/m/-1"),
        ("", "/m/"),
    ],
)
def test_any_key_can_be_pointed_at(key: str, pointer: str) -> None:
    """Keys of digits, signs that RFC 6901 escapes, digits beyond ASCII, thousands of digits."""
    schema = {"properties": {"m": {"additionalProperties": {"required": ["x"]}}}}
    assert told(against(schema, {"m": {key: {}}})) == [("required", pointer)]


def test_names_that_are_not_known_are_listed_in_order() -> None:
    """S3.4: whatever order the record has them in."""
    schema = {"properties": {"a": True}, "additionalProperties": False}
    for record in ({"id": 1, "z": 1, "b": 1}, {"b": 1, "z": 1, "id": 1}):
        found = against(schema, record)
        assert found.reasons[0].params == {"unexpected": ["b", "id", "phase", "z"]}


def test_a_name_that_breaks_a_rule_is_pointed_at() -> None:
    found = against({"propertyNames": {"maxLength": 5}}, {"too-long": 1})
    assert told(found) == [("propertyNames", "/too-long")]
    assert found.reasons[0].params == {"name": "too-long", "rule": "maxLength"}


def test_of_several_ways_the_nearest_is_shown() -> None:
    schema = {
        "properties": {
            "who": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "object", "required": ["name", "mail"]},
                ]
            }
        }
    }
    found = against(schema, {"who": {"mail": "a@b"}})
    assert found.reasons[0].params == {
        "branches": 2,
        "nearest": [{"code": "required", "pointer": "/who", "params": {"property": "name"}}],
    }


def test_at_most_a_hundred_reasons_the_first_by_place() -> None:
    found = against({"properties": {"list": {"items": False}}}, {"list": [0] * 300})
    assert [pointer for _code, pointer in told(found)] == [f"/list/{n}" for n in range(100)]


def test_which_hundred_does_not_depend_on_the_order_of_keys() -> None:
    keys = [f"k{number:03}" for number in range(150)]
    schema = {"additionalProperties": False, "properties": {}, "patternProperties": {"^k": False}}
    forwards = against(schema, dict.fromkeys(keys, 1))
    backwards = against(schema, dict.fromkeys(reversed(keys), 1))
    assert json.dumps(forwards.as_json()) == json.dumps(backwards.as_json())


class TestItems:
    """S11.4: `subject: item` judges the item of a repeated gate."""

    STANDARD = (
        "{it: {must: It is so, subject: item, schema: {required: [budget],"
        " properties: {lead: {anyOf: [{type: string}, {required: [name]}]}}}},"
        " all: {must: The record is so, schema: {required: [id]}}}"
    )

    def test_the_item_is_judged_and_its_place_is_in_the_record(self) -> None:
        standard = a_standard(self.STANDARD, gate="{per: {items: /stages}}")
        record = "{stages: [{id: s1, budget: 1}, {id: s2, lead: {}}]}"
        first = assessed(standard, record, occurrence="s1")
        second = finding(assessed(standard, record, occurrence="s2"), "it")
        assert first.verdict == "ready"
        assert told(second) == [("required", "/stages/1"), ("anyOf", "/stages/1/lead")]
        assert second.reasons[1].params["nearest"] == [
            {"code": "required", "pointer": "/stages/1/lead", "params": {"property": "name"}}
        ]

    def test_fields_are_missed_in_objects_alone(self) -> None:
        standard = a_standard(
            "{it: {must: It is so, subject: item, schema: {type: object, required: [budget]}}}",
            gate="{per: {items: /stages}}",
        )
        found = assessed(standard, "{stages: [none]}", occurrence="/stages/0")
        assert told(finding(found, "it")) == [("type", "/stages/0")]


def test_a_field_that_is_there_is_never_called_missing() -> None:
    """The engine calls `a` missing, since it is asked for and forbidden."""
    inner = {"properties": {}, "required": ["a"], "additionalProperties": False}
    schema = {"properties": {"m": inner}}
    assert told(against(schema, {"m": {"a": 1}})) == [("additionalProperties", "/m")]
    assert told(against(schema, {"m": {}})) == [("required", "/m")]
    branches = {"anyOf": [schema, {"required": ["x", "y"]}]}
    nearest = against(branches, {"m": {"a": 1}}).reasons[0].params["nearest"]
    assert isinstance(nearest, list)
    assert [one["code"] for one in nearest if isinstance(one, dict)] == ["additionalProperties"]
