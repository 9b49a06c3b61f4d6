"""JSON Schemas of a standard: what may be referred to, and what is refused when it loads (S7)."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from pmo_core.documents import Json
from pmo_core.standards.schema_places import pointer_order
from pmo_core.standards.schemas import Schema, Shelf, absolute
from pmo_core.standards.shipped import shipped_schema


def shelf(**files: Json) -> Shelf:
    written = {
        name.replace("__", "/") + ".json": json.dumps(value) for name, value in files.items()
    }
    return Shelf({name: text.encode() for name, text in written.items()}, shipped_schema)


def inline(value: Json, **files: Json) -> tuple[Schema | None, list[str]]:
    found = shelf(**files)
    schema = found.inline(value, "here")
    return schema, [f"{fault.pointer}: {fault.message}" for fault in found.faults]


def refused(value: Json, **files: Json) -> str:
    schema, faults = inline(value, **files)
    assert schema is None
    assert len(faults) == 1
    return faults[0]


def accepted(value: Json, **files: Json) -> Schema:
    schema, faults = inline(value, **files)
    assert faults == []
    assert schema is not None
    return schema


class TestReferences:
    """S7.1: `#...`, files of the same package, and `pmo:` schemas that the core ships."""

    @pytest.mark.parametrize(
        ("reference", "valid", "invalid"),
        [
            ("#/$defs/text", "a", 1),
            ("#text", "a", 1),
            ("#/$defs/a~1b", 1, "a"),
            ("#/$defs/a%7E1b", 1, "a"),
            ("#/$defs/with%20blank", None, 1),
            ("file.json", True, 1),
            ("./file.json", True, 1),
            ("file.json#/$defs/text", "a", 1),
            ("file.json#named", [], 1),
            ("sub/other.json", 1, "a"),
            ("sub/../file.json", True, 1),
            ("/file.json", True, 1),
            ("pmo:registers/common#/$defs/text", "a", 1),
        ],
    )
    def test_what_may_be_referred_to(self, reference: str, valid: Json, invalid: Json) -> None:
        schema = accepted(
            {
                "properties": {"x": {"$ref": reference}},
                "$defs": {
                    "text": {"type": "string", "$anchor": "text"},
                    "a/b": {"type": "integer"},
                    "with blank": {"type": "null"},
                },
            },
            file={
                "type": "boolean",
                "$defs": {
                    "text": {"type": "string"},
                    "list": {"$anchor": "named", "type": "array"},
                },
            },
            sub__other={"$ref": "deep/third.json"},
            sub__deep__third={"$ref": "../../last.json#/$defs/number"},
            last={"$defs": {"number": {"type": "integer"}}},
        )
        assert schema.is_valid({"x": valid})
        assert not schema.is_valid({"x": invalid})

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            ("http://example.org/a.json", "nothing is fetched from elsewhere"),
            ("https://json-schema.org/draft/2020-12/schema", "nothing is fetched from elsewhere"),
            ("file:///etc/passwd", "nothing is fetched from elsewhere"),
            ("ftp://a", "nothing is fetched from elsewhere"),
            ("urn:x:y", "nothing is fetched from elsewhere"),
            ("//example.org/a.json", "nothing is fetched from elsewhere"),
            ("/etc/passwd", "the package has no file 'etc/passwd'"),
            ("../../../etc/passwd", "lies outside the package"),
            ("nowhere.json", "the package has no file 'nowhere.json'"),
            ("pmo:registers/nothing", "the core ships no schema"),
            ("pmo:../language", "the core ships no schema"),
            ("pmo:language/1", "the core ships no schema"),
            ("#/$defs/nothing", "leads to no schema"),
            ("#nothing", "leads to no schema"),
            ("#/$defs", "leads to no schema"),
            ("#/properties", "leads to no schema"),
            ("#/x-own/a", "leads to no schema"),
            ("#/required", "leads to no schema"),
            ("file.json#/type", "leads to no schema"),
            ("#/$defs/~9", "leads to no schema"),
            ("a b.json", "no URI reference"),
            ("#/$defs/é", "no URI reference"),
        ],
    )
    def test_what_may_not(self, reference: str, message: str) -> None:
        fault = refused(
            {
                "properties": {"x": {"$ref": reference}},
                "$defs": {"a": True},
                "required": ["x"],
                "x-own": {"a": {"type": "string"}},
            },
            file={"type": "boolean"},
        )
        assert fault.startswith("/properties/x/$ref: ")
        assert message in fault

    def test_a_file_that_cannot_be_read_says_why(self) -> None:
        found = Shelf({"a.json": b'{"type": }'}, shipped_schema)
        assert found.file("a.json") is None
        (fault,) = found.faults
        assert fault.message == "'}' stands where a value is expected"
        assert found.place(fault) == ("a.json", 1, 10)

    @pytest.mark.parametrize("value", [1, "x", None, []])
    def test_what_is_no_schema_is_none(self, value: Json) -> None:
        assert "a JSON Schema is an object, true or false" in refused(value)

    def test_a_chain_of_thousands_of_references_is_followed(self) -> None:
        many = 3_000
        chain: dict[str, Json] = {f"a{n}": {"$ref": f"#/$defs/a{n + 1}"} for n in range(many)}
        schema = accepted({"$ref": "#/$defs/a0", "$defs": {**chain, f"a{many}": {"type": "null"}}})
        assert schema.is_valid(None)

    def test_a_chain_of_hundreds_of_files_is_followed(self) -> None:
        files: dict[str, Json] = {f"f{n}": {"$ref": f"f{n + 1}.json"} for n in range(500)}
        accepted({"$ref": "f0.json"}, **files, f500={"type": "null"})

    @pytest.mark.parametrize(
        ("uri", "reference", "expected"),
        [
            ("pmo-package:///~x", "a.json#/b", ("pmo-package:///a.json", "/b")),
            ("pmo-package:///d/x.json", "../../../a.json", ("pmo-package:///../../a.json", "")),
            ("pmo-package:///d/x.json", "#", ("pmo-package:///d/x.json", "")),
            (
                "pmo:registers/risks",
                "registers/common#/$defs/id",
                ("pmo:registers/common", "/$defs/id"),
            ),
            ("pmo-package:///x", "pmo:registers/risks", ("pmo:registers/risks", "")),
        ],
    )
    def test_where_a_reference_leads(
        self, uri: str, reference: str, expected: tuple[str, str]
    ) -> None:
        assert absolute(uri, reference) == expected


CIRCLES: Mapping[str, Json] = {
    "itself": {"$ref": "#"},
    "a definition": {"$defs": {"a": {"$ref": "#/$defs/a"}}},
    "two definitions": {
        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"allOf": [True, {"$ref": "#/$defs/a"}]}}
    },
    "below a field": {
        "properties": {"x": {"$ref": "#/$defs/a"}},
        "$defs": {"a": {"$ref": "#/$defs/a"}},
    },
    "by not": {"$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}},
    "by if": {"$defs": {"a": {"if": {"$ref": "#/$defs/a"}}}},
    "by then": {"$defs": {"a": {"if": True, "then": {"$ref": "#/$defs/a"}}}},
    "by anyOf": {"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, True]}}},
    "by oneOf": {"$defs": {"a": {"oneOf": [{"$ref": "#/$defs/a"}, True]}}},
    "by dependentSchemas": {"$defs": {"a": {"dependentSchemas": {"x": {"$ref": "#/$defs/a"}}}}},
    "by an anchor": {"$defs": {"a": {"$anchor": "a", "$ref": "#a"}}},
    "by a dynamic anchor": {"$defs": {"a": {"$dynamicAnchor": "a", "$dynamicRef": "#a"}}},
    "in another file": {"properties": {"x": {"$ref": "loops.json#/$defs/ok"}}},
    "through another file": {"$ref": "back.json"},
    "by a dynamic anchor elsewhere": {"$dynamicAnchor": "node", "$ref": "dynamic.json"},
}
FILES: Mapping[str, Json] = {
    "loops": {
        "$defs": {
            "ok": {"properties": {"y": {"$ref": "#/$defs/loop"}}},
            "loop": {"$ref": "#/$defs/loop"},
        }
    },
    "back": {"$ref": "there.json"},
    "there": {"$ref": "back.json"},
    "dynamic": {"$dynamicRef": "#node", "$defs": {"x": {"$dynamicAnchor": "node"}}},
}


class TestCircles:
    """S7.1: a `$ref` cycle that consumes no input, found by us when the standard loads."""

    @pytest.mark.parametrize("name", CIRCLES)
    def test_one_that_looks_at_no_part_of_the_value_is_refused(self, name: str) -> None:
        assert "refers to itself without looking" in refused(CIRCLES[name], **FILES)

    @pytest.mark.parametrize(
        "schema",
        [
            {"properties": {"child": {"$ref": "#"}}},
            {"items": {"$ref": "#"}},
            {"additionalProperties": {"$ref": "#"}},
            {"prefixItems": [{"$ref": "#"}]},
            {"patternProperties": {"^x": {"$ref": "#"}}},
            {"contains": {"$ref": "#"}},
            {"unevaluatedItems": {"$ref": "#"}},
            {"propertyNames": {"$ref": "#"}},
            {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}},
            {"$dynamicAnchor": "node", "$ref": "tree.json", "unevaluatedProperties": False},
        ],
    )
    def test_one_that_goes_deeper_each_time_is_a_tree(self, schema: Json) -> None:
        tree = {"$dynamicAnchor": "node", "properties": {"c": {"items": {"$dynamicRef": "#node"}}}}
        accepted(schema, tree=tree)

    def test_a_circle_that_comes_with_a_later_schema_is_found(self) -> None:
        found = shelf()
        first = {
            "$ref": "#/$defs/a",
            "$defs": {"a": {"$dynamicRef": "#n"}, "n": {"$dynamicAnchor": "n"}},
        }
        assert found.inline(first, "one") is not None
        second = {"$dynamicAnchor": "n", "$ref": "~one"}
        assert found.inline(second, "two") is None


class TestDialect:
    def test_no_schema_means_2020_12(self) -> None:
        assert accepted({"prefixItems": [{"type": "string"}]}).is_valid(["a"])
        accepted({"$schema": "https://json-schema.org/draft/2020-12/schema"})

    @pytest.mark.parametrize(
        "dialect",
        [
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema#",
            "x",
            7,
        ],
    )
    def test_another_is_refused(self, dialect: Json) -> None:
        assert refused({"$schema": dialect}).startswith("/$schema: JSON Schema dialect")
        assert refused({"properties": {"a": {"$schema": dialect}}}).startswith(
            "/properties/a/$schema"
        )


class TestFormats:
    """S7.2."""

    @pytest.mark.parametrize(
        ("form", "right", "wrong"),
        [
            ("date", "2026-02-28", "2026-02-30"),
            ("date-time", "2026-02-28T10:00:00Z", "2026-02-28 10:00"),
            ("time", "10:00:00Z", "25:00:00Z"),
            ("duration", "P1M", "1 month"),
            ("email", "a@example.org", "a.example.org"),
            ("uri", "https://example.org/", "example"),
            ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08"),
        ],
    )
    def test_these_assert(self, form: str, right: str, wrong: str) -> None:
        schema = accepted({"format": form})
        assert schema.is_valid(right)
        assert not schema.is_valid(wrong)

    @pytest.mark.parametrize(
        "form", ["hostname", "ipv4", "regex", "uri-reference", "Date", "", None, 3, ["date"], {}]
    )
    def test_others_are_refused(self, form: Json) -> None:
        assert refused({"properties": {"a": {"format": form}}}).startswith("/properties/a/format: ")


class TestPatterns:
    """S7.2: a linear-time engine; searched, not anchored; S1.5: at most 1 kB."""

    @pytest.mark.parametrize(
        ("pattern", "right", "wrong"),
        [("b", "abc", "ac"), ("(?i)^abc$", "ABC", "abcd"), (r"^\p{L}+$", "é", "1"), ("", "", 1)],
    )
    def test_they_search(self, pattern: str, right: str, wrong: Json) -> None:
        schema = accepted({"type": "string", "pattern": pattern})
        assert schema.is_valid(right)
        assert not schema.is_valid(wrong)

    @pytest.mark.parametrize(
        "pattern", ["(?=a)", "(?!a)", "(?<=a)b", r"(a)\1", "(", "[", "a{2,1}", "*"]
    )
    def test_what_runs_in_no_linear_time_is_refused(self, pattern: str) -> None:
        assert refused({"properties": {"a": {"pattern": pattern}}}).startswith(
            "/properties/a/pattern"
        )
        fault = refused({"patternProperties": {pattern: True}})
        assert "linear time" in fault

    def test_all_of_them_are_named_at_once(self) -> None:
        _schema, faults = inline({"properties": {n: {"pattern": "(?=a)"} for n in "abc"}})
        assert [fault.partition(":")[0] for fault in faults] == [
            "/properties/a/pattern",
            "/properties/b/pattern",
            "/properties/c/pattern",
        ]

    def test_a_kilobyte_is_the_most(self) -> None:
        accepted({"pattern": "a" * 1_000})
        assert "more than 1000 bytes" in refused({"pattern": "a" * 1_001})
        assert "more than 1000 bytes" in refused({"patternProperties": {"é" * 501: True}})


class TestKeywords:
    """S7.2: unknown keywords are refused unless they begin `x-`."""

    @pytest.mark.parametrize(
        ("keyword", "remedy"),
        [
            ("requird", "Did you mean 'required'?"),
            ("additionalItems", "Did you mean 'additionalProperties'?"),
            ("zzz", "Keywords of your own begin with 'x-'"),
        ],
    )
    def test_an_unknown_one_teaches(self, keyword: str, remedy: str) -> None:
        found = shelf()
        assert found.inline({"items": {keyword: True}}, "here") is None
        fault = found.faults[0]
        assert fault.pointer == f"/items/{keyword}"
        assert keyword in fault.message
        assert fault.remedy == remedy

    def test_ones_of_your_own_are_free(self) -> None:
        assert accepted({"x-note": {"anything": 1}, "type": "string"}).is_valid("a")

    def test_names_of_fields_are_no_keywords(self) -> None:
        accepted({"properties": {"requird": True}, "$defs": {"zzz": True}, "default": {"zzz": 1}})

    def test_default_fills_nothing_in(self) -> None:
        schema = accepted({"properties": {"a": {"default": 1}}, "required": ["a"]})
        assert not schema.is_valid({})

    def test_the_schema_of_content_is_ignored(self) -> None:
        schema = accepted(
            {"contentMediaType": "application/json", "contentSchema": {"required": ["a"]}}
        )
        assert schema.is_valid("{}")

    def test_an_id_inside_is_refused_and_one_at_the_top_means_nothing(self) -> None:
        assert "an '$id' inside a schema" in refused({"$defs": {"a": {"$id": "b"}}})
        schema = accepted(
            {"$id": "https://example.org/x", "$ref": "#/$defs/a", "$defs": {"a": {"type": "null"}}}
        )
        assert schema.is_valid(None)

    @pytest.mark.parametrize(
        "value",
        [
            {"type": "strin"},
            {"required": "a"},
            {"minimum": "1"},
            {"properties": []},
            {"allOf": []},
            {"items": [True]},
            {"enum": 1},
            {"uniqueItems": 1},
            {"multipleOf": 0},
        ],
    )
    def test_what_is_no_json_schema_is_refused_at_its_place(self, value: Json) -> None:
        assert isinstance(value, dict)
        fault = refused({"properties": {"a": value}})
        assert fault.startswith("/properties/a")


class TestMerged:
    def test_one_validator_holds_where_all_hold(self) -> None:
        found = shelf()
        schemas = [
            found.inline({"required": ["a"]}, "one"),
            found.inline({"properties": {"a": {"type": "string"}}}, "two"),
        ]
        merged = found.merged([one for one in schemas if one is not None])
        assert merged.is_valid({"a": "x"})
        assert not merged.is_valid({"a": 1})
        assert not merged.is_valid({})

    def test_unevaluated_fields_are_each_schemas_own(self) -> None:
        """What one schema looks at says nothing of what another has not."""
        found = shelf()
        one = found.inline({"properties": {"a": True}, "unevaluatedProperties": False}, "one")
        two = found.inline({"properties": {"b": True}}, "two")
        assert one is not None
        assert two is not None
        assert not found.merged([one, two]).is_valid({"a": 1, "b": 1})


def test_the_order_of_pointers() -> None:
    """S3.6."""
    written = ["", "/a", "/a/0", "/a/9", "/a/10", "/a/b", "/a-", "/b", "/b/" + "9" * 5_000]
    mixed = dict.fromkeys(sorted(written))
    assert sorted(mixed, key=pointer_order) == written
