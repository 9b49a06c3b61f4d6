"""Decision 9: the quick way, over many schemas at once, finds what each finds by itself."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import Finding, Verdict, assess
from pmo_core.assessment.kinds.schema import reasons_in_order
from pmo_core.documents import Json, JsonObject
from pmo_core.standards.model import SchemaTest, Standard
from pmo_core.standards.schemas import PACKAGE
from pmo_core.testing.builders import NOW, a_record, a_standard

NAMES = st.sampled_from(("a", "b", "c", "d"))
SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(("", "x", "yy"))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
LEAVES = st.one_of(
    st.booleans(),
    st.builds(
        lambda kind: {"type": kind}, st.sampled_from(("object", "array", "string", "integer"))
    ),
    st.builds(lambda names: {"required": sorted(names)}, st.sets(NAMES, min_size=1, max_size=2)),
    st.builds(lambda value: {"const": value}, SCALARS),
    st.builds(lambda limit: {"minimum": limit}, st.integers(-1, 1)),
    st.builds(lambda length: {"maxLength": length}, st.integers(0, 1)),
    st.builds(lambda items: {"minItems": items}, st.integers(1, 2)),
    st.sampled_from(
        (
            {"$ref": "#"},
            {"$ref": "#/$defs/shared"},
            {"$ref": "record.schema.json"},
            {"$ref": "record.schema.json#/$defs/part"},
            {"$ref": "#node"},
        )
    ),
)


def object_schemas(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[JsonObject]:
    """Schemas of several keywords, over others."""
    return st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.sets(NAMES, min_size=1, max_size=2).map(sorted),
            "additionalProperties": inner,
            "unevaluatedProperties": st.just(False),
            "propertyNames": st.sampled_from(({"enum": ["a", "b"]}, {"maxLength": 1})),
            "items": inner,
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
            "if": inner,
            "then": inner,
            "dependentRequired": st.just({"a": ["b"]}),
            "maxProperties": st.integers(0, 2),
        },
    )


INNER = st.recursive(LEAVES, object_schemas, max_leaves=6)
SHARED = {"shared": {"$anchor": "node", "required": ["c"], "maxProperties": 2}}
ROOTS = st.builds(lambda schema: {**schema, "$defs": SHARED}, object_schemas(INNER))
RECORD_SCHEMAS = st.builds(
    lambda schema: {**schema, "$defs": {"part": {"required": ["d"]}, **SHARED}},
    object_schemas(INNER),
)
OBLIGATIONS = st.sampled_from(("must", "should", "may"))


def loads(record_schema: Json, schemas: list[tuple[str, Json]]) -> Standard | None:
    """The standard, or nothing where its schemas are refused (circles, mostly)."""
    from pmo_core.errors import InvalidStandard

    criteria: dict[str, Json] = {
        f"c{number}": {obligation: "It is so", "schema": schema}
        for number, (obligation, schema) in enumerate(schemas)
    }
    try:
        return a_standard(criteria, record_schema=record_schema)
    except InvalidStandard:
        return None


class Alone:
    """Each schema by an engine that was told of nothing but it and the record's schema."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard

    def reasons(self, schema: Any, value: JsonObject) -> tuple[object, ...]:
        others = [
            (f"{PACKAGE}record.schema.json", self.standard.record_schema.value),
            (schema.uri, schema.value),
        ]
        validator = jsonschema_rs.Draft202012Validator(
            {"$ref": schema.uri},
            registry=jsonschema_rs.Registry(others),
            validate_formats=True,
            offline=True,
        )
        return reasons_in_order((), list(validator.iter_errors(value)), value)


def results(found: list[Finding]) -> list[tuple[str, tuple[object, ...]]]:
    return [(one.result.value, one.reasons) for one in found]


@settings(max_examples=250, deadline=None)
@given(
    RECORD_SCHEMAS,
    st.lists(st.tuples(OBLIGATIONS, ROOTS), min_size=1, max_size=4),
    st.lists(RECORDS, min_size=1, max_size=4),
)
def test_many_schemas_at_once_find_what_each_finds_alone(
    record_schema: JsonObject, schemas: list[tuple[str, Json]], records: list[JsonObject]
) -> None:
    standard = loads(record_schema, schemas)
    if standard is None:
        return
    alone = Alone(standard)
    tests = [one.test for one in standard.gates["ready"].criteria]
    for fields in records:
        value: JsonObject = {"phase": "planning", **fields}
        found = assess(standard, "ready", a_record(standard, value), now=NOW)
        record = a_record(standard, value).value
        expected = [alone.reasons(standard.record_schema, record)]
        expected += [
            alone.reasons(test.schema, record) for test in tests if isinstance(test, SchemaTest)
        ]
        judged = [found.findings[0], *found.findings[2:]]
        assert [one.reasons for one in judged] == expected
        assert [one.result.value for one in judged] == [
            "fail" if reasons else "pass" for reasons in expected
        ]
        blocked = any(one.result == "fail" and one.obligation == "must" for one in judged)
        assert (found.verdict is Verdict.BLOCKED) == blocked


@settings(max_examples=80, deadline=None)
@given(st.lists(ROOTS, min_size=1, max_size=3), RECORDS, st.integers(0, 2))
def test_a_schema_beside_others_and_one_that_is_qualified_agree(
    schemas: list[Json], fields: JsonObject, chosen: int
) -> None:
    """A `when` that is always true takes a criterion off the quick way, and changes nothing."""
    plain = loads(True, [("must", schema) for schema in schemas])
    if plain is None:
        return
    criteria: dict[str, Json] = {
        f"c{number}": {
            "must": "It is so",
            "schema": schema,
            **({"when": {"schema": True}} if number == chosen % len(schemas) else {}),
        }
        for number, schema in enumerate(schemas)
    }
    qualified = a_standard(criteria, record_schema=True)
    value: JsonObject = {"phase": "planning", **fields}
    one = assess(plain, "ready", a_record(plain, value), now=NOW)
    two = assess(qualified, "ready", a_record(qualified, value), now=NOW)
    assert results(list(one.findings)) == results(list(two.findings))


def test_a_schema_that_is_referred_to_is_asked_in_full_there() -> None:
    """What is missing at the root is looked for apart, and must not be forgotten elsewhere."""
    standard = loads(
        {"required": ["name"], "properties": {"child": {"$ref": "#"}}},
        [
            ("must", {"required": ["b"], "properties": {"child": {"$ref": "#"}}}),
            ("must", {"properties": {"other": {"$ref": "record.schema.json"}}}),
        ],
    )
    assert standard is not None
    value: JsonObject = {"name": 1, "b": 1, "child": {}, "other": {}, "phase": "planning"}
    found = assess(standard, "ready", a_record(standard, value), now=NOW)
    pointers = [[reason.pointer for reason in one.reasons] for one in found.findings]
    assert pointers == [["/child"], [], ["/child"], ["/other"]]
