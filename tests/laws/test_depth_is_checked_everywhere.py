"""S1.5: depth is checked wherever a value enters, the Python API too.

Native validators and evaluators end the process on very deep values; Python's own recursion ends
in an error that no person can use.
"""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Never

import pytest

from pmo_core.documents import (
    Document,
    Json,
    JsonObject,
    Place,
    Scalars,
    document_at,
    join_documents,
    read_json,
    read_json_lines,
    read_yaml,
)
from pmo_core.errors import InvalidDocument, InvalidStandard
from pmo_core.plugins.calling import ask_facts, read_source
from pmo_core.plugins.calls import FactCall, FactSupplier, Reading, Source, SourceRecord
from pmo_core.plugins.hookspecs import hookimpl
from pmo_core.plugins.loading import plugin_from
from pmo_core.standards.inputs import CheckResult, Fact, Inputs
from pmo_core.standards.load import load
from pmo_core.standards.record import read_record
from pmo_core.testing.builders import (
    a_record,
    a_standard,
    assessed,
    finding,
    judged,
    standard_files,
)

DEPTHS = (101, 1_000, 100_000)
TREE = a_standard(
    {"it": {"must": "It is so", "schema": {"additionalProperties": {"$ref": "#"}}}},
    record_schema={"additionalProperties": {"$ref": "#"}},
)


def deep(depth: int) -> JsonObject:
    """Objects in one another, that many levels of them."""
    value: JsonObject = {}
    for _ in range(depth - 1):
        value = {"a": value}
    return value


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_a_record_of_python(depth: int) -> None:
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        a_record(TREE, {"deep": deep(depth)})


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_text(depth: int) -> None:
    text = b'{"a":' * depth + b"1" + b"}" * depth
    for read in (read_json, read_yaml):
        with pytest.raises(InvalidDocument, match="levels of nesting"):
            read_record(TREE, read(text, "deep"))


def test_what_is_just_within_is_judged() -> None:
    record = a_record(TREE, {"deep": deep(98)})
    assert assessed(TREE, record).verdict == "ready"


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_a_fact(depth: int) -> None:
    """An expression that reads it is unknown; the inputs are not digested."""
    inputs = Inputs(facts={"lab.data": Fact(deep(depth))})
    standard = a_standard(
        {"it": {"must": "It is so", "expr": "has(facts.lab.data.a)"}},
        needs="{facts: {lab.data: {type: object}}}",
    )
    found = assessed(standard, inputs=inputs)
    assert [one.code for one in finding(found, "it").reasons] == ["budget"]
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        found.as_json()


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_a_baseline(depth: int) -> None:
    inputs = Inputs(baselines={"plan": deep(depth)})
    standard = a_standard(
        {"it": {"must": "It is so", "expr": "has(baseline.plan.a)"}},
        gate="{outcomes: {go: {to: executing, baseline: {name: plan, of: [/a]}}}}",
    )
    found = assessed(standard, inputs=inputs)
    assert finding(found, "it").result == "unknown"
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        found.as_json()


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_what_a_check_says(depth: int) -> None:
    params: dict[str, Json] = {"a": deep(depth)}
    inputs = Inputs(checks={("it", "demo.open"): CheckResult("fail", "shut", None, params)})
    found = assessed(a_standard({"it": {"must": "It is so", "check": "demo.open"}}), inputs=inputs)
    assert found.verdict == "blocked"
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        found.as_json()


@pytest.mark.parametrize("depth", [101, 100_000])
def test_in_a_standard_and_its_schemas(depth: int) -> None:
    nested = '{"not":' * depth + "true" + "}" * depth
    files = standard_files({"it": {"must": "It is so", "schema": {}}})
    written = files["standard.yaml"].replace(b'"schema": {}', f'"schema": {nested}'.encode())
    assert written != files["standard.yaml"]
    with pytest.raises(InvalidStandard, match="levels of nesting"):
        load({**files, "standard.yaml": written})
    with pytest.raises(InvalidStandard, match="levels of nesting"):
        load({**standard_files(), "record.schema.json": nested.encode()})


def test_a_criterion_over_a_record_as_deep_as_may_be() -> None:
    """Each kind of look at it, at the very limit."""
    value = {"deep": deep(98)}
    for test in ("schema: {required: [nope]}", "expr: 'record.deep.nope == 1'"):
        assert judged(f"{{must: It is so, {test}}}", value).result in ("fail", "unknown")


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_a_line_among_others(depth: int) -> None:
    """The others go on."""
    text = b'{"a":' * depth + b"1" + b"}" * depth
    found = list(read_json_lines([b"{}", text, b"{}"], "lines"))
    assert [isinstance(one, InvalidDocument) for one in found] == [False, True, False]
    assert "levels of nesting" in str(found[1])


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_documents_that_are_put_together(depth: int) -> None:
    place = Place("table", 1, 1)
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        document_at(deep(depth), place)
    within = document_at(deep(100), place)
    with pytest.raises(InvalidDocument, match="levels of nesting"):
        join_documents("both", {"one": within})


def nowhere() -> Never:
    """Places of a document that a plugin made by itself."""
    raise AssertionError


@pytest.mark.parametrize("depth", DEPTHS)
def test_in_a_record_or_a_fact_of_a_plugin(depth: int) -> None:
    """S2.3, S8.1: a record of it is unreadable, a fact unknown."""
    document = Document("made", deep(depth), nowhere)

    @hookimpl
    def pmo_sources() -> list[Source]:
        return [Source("demo", lambda _call: Reading([SourceRecord(document, "made")]))]

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["demo.a"], lambda _call: {"demo.a": Fact(deep(depth))})]

    module = SimpleNamespace(pmo_sources=pmo_sources, pmo_facts=pmo_facts)
    plugin = plugin_from(module, "demo", version="1")
    (found,) = read_source(plugin, plugin.sources["demo"], "x", Scalars.TYPED).records
    assert isinstance(found, InvalidDocument)
    assert "levels of nesting" in str(found)
    call = FactCall(
        frozenset({"demo.a"}), {}, {}, "p", "s@1", "gate", datetime(2026, 11, 24, tzinfo=UTC)
    )
    fact = ask_facts(plugin, plugin.suppliers[0], call)["demo.a"]
    assert (fact.value, fact.failure is None) == (None, False)
