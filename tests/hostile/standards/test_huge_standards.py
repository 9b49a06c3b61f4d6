"""Standards that are bad by their size alone load, or are refused, in bounded time (S1.5)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core.documents import Json
from pmo_core.errors import InvalidStandard
from pmo_core.standards import schema_cost
from pmo_core.standards.faults import MOST_SHOWN
from pmo_core.standards.load import load
from pmo_core.standards.schema_graph import SchemaGraph
from pmo_core.standards.schemas import Shelf, absolute
from pmo_core.standards.shipped import shipped_schema

pytestmark = pytest.mark.timeout(60)

BASE = Path(__file__).parent / "base"
REGISTERS = Path(schema_cost.__file__).parent / "registers"
GOOD = {
    path.relative_to(BASE).as_posix(): path.read_bytes()
    for path in BASE.rglob("*")
    if path.is_file()
}
TEXT = GOOD["standard.yaml"].decode()
ITEMS = "items: {required: [owner]}"
BEFORE = "        asked:\n"
SELF: Json = {"$ref": "#"}
SECONDS = 10
LOADS = ""


class Huge(NamedTuple):
    """A standard's text, the schema of its records, and how the error begins; "" if it loads."""

    name: str
    text: str
    record: Json | bytes
    error: str


def deep(levels: int) -> bytes:
    """The text of schemas inside one another."""
    return b'{"items": ' * levels + b"true" + b"}" * levels


def criteria(count: int, write: Callable[[int], str]) -> str:
    """The good standard's text with more criteria."""
    more = "".join(
        f"        c{index}:\n          must: It is so, {index}\n          {write(index)}\n"
        for index in range(count)
    )
    return TEXT.replace(BEFORE, more + BEFORE)


def ladder(steps: int, part: Callable[[list[Json]], Json]) -> Json:
    """Each schema looks at one value, or one part of it, by the next schema twice."""
    defs: dict[str, Json] = {
        f"a{step}": part([{"$ref": f"#/$defs/a{step + 1}"}, {"$ref": f"#/$defs/a{step + 1}"}])
        for step in range(steps)
    }
    return {"$ref": "#/$defs/a0", "$defs": {**defs, f"a{steps}": {"type": "object"}}}


def properties(count: int, schema: Callable[[int], Json]) -> Json:
    """An object of so many properties."""
    return {"properties": {f"p{index}": schema(index) for index in range(count)}}


TOO_MUCH = "base/record.schema.json:1:1: this schema takes too much work: "
CASES = [
    Huge("schema-of-a-thousand-levels", TEXT, deep(1_000), "base/record.schema.json:1:1001"),
    Huge("schema-as-deep-as-may-be", TEXT, deep(99), LOADS),
    Huge(
        "inline-schema-of-a-thousand-levels",
        TEXT.replace(ITEMS, "items: " + "{items: " * 1_000 + "true" + "}" * 1_000),
        {},
        "base/standard.yaml:41:752: more than 100 levels of nesting",
    ),
    Huge(
        "schema-of-eleven-megabytes",
        TEXT,
        {"description": "x" * 11_000_000},
        "base/record.schema.json:1:1: the document is larger than 10 MB",
    ),
    Huge("many-properties", TEXT, properties(30_000, lambda _n: {"type": "null"}), LOADS),
    Huge(
        "twenty-thousand-references",
        TEXT,
        {**properties(20_000, lambda _n: {"$ref": "#/$defs/a"}), "$defs": {"a": True}},  # type: ignore[dict-item]
        LOADS,
    ),
    Huge(
        "chain-of-references",
        TEXT,
        {"$ref": "#/$defs/0", "$defs": {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(5_000)}
         | {"5000": True}},
        LOADS,
    ),
    Huge(
        "chain-without-end",
        TEXT,
        {"$ref": "#/$defs/0", "$defs": {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(20_000)}
         | {"20000": True}},
        TOO_MUCH + "it reaches one value in more than 10,000 ways",
    ),
    Huge(
        "anchors-and-references-to-them",
        TEXT,
        {
            "$defs": {f"p{n}": {"$anchor": f"a{n}"} for n in range(3_000)},
            **properties(3_000, lambda n: {"$ref": f"#a{n}"}),  # type: ignore[dict-item]
        },
        LOADS,
    ),
    Huge("ladder-of-ten", TEXT, ladder(10, lambda both: {"allOf": both}), LOADS),
    Huge(
        "ladder-of-forty",
        TEXT,
        ladder(40, lambda both: {"anyOf": both}),
        TOO_MUCH + "it reaches one value in more than 10,000 ways",
    ),
    Huge(
        "stairs-of-forty",
        TEXT,
        ladder(40, lambda both: {"properties": {"a": {"allOf": both}}}),
        "base/record.schema.json:1:",
    ),
    Huge(
        "doubling-at-each-level",
        TEXT,
        {"properties": {"a": SELF}, "patternProperties": {"^a": SELF}},
        "base/record.schema.json:1:22: this schema takes too much work: "
        "schemas that refer to themselves reach one part of the value in two ways",
    ),
    Huge("a-tree", TEXT, {"properties": {"left": SELF, "right": SELF}}, LOADS),
    Huge(
        "choices-between-many-objects",
        TEXT,
        {"properties": {"a": {"enum": [{"a": n} for n in range(20_000)]}}},
        "base/record.schema.json:1:",
    ),
    Huge(
        "choices-between-many-words",
        TEXT,
        {"properties": {"a": {"enum": [str(n) for n in range(20_000)]}}},
        LOADS,
    ),
    Huge(
        "patterns-of-megabytes",
        TEXT,
        {"allOf": [{"pattern": f"x{n}\\p{{L}}{{200}}"} for n in range(300)]},
        TOO_MUCH + "the regular expressions of the standard take too much memory",
    ),
    Huge(
        "many-patterns",
        TEXT,
        properties(5_000, lambda n: {"pattern": f"^[A-Z]{{3}}-{n}$"}),
        LOADS,
    ),
    Huge(
        "many-patterns-that-are-none",
        TEXT,
        properties(3_000, lambda _n: {"pattern": "("}),
        "base/record.schema.json:1:35: pattern '('",
    ),
    Huge(
        "pattern-of-two-kilobytes",
        TEXT,
        {"pattern": "a" * 2_000},
        "base/record.schema.json:1:13: a regular expression of more than 1000 bytes",
    ),
    Huge(
        "unknown-keywords",
        TEXT,
        {f"k{n}": 1 for n in range(5_000)},
        "base/record.schema.json:1:8: unknown JSON Schema keyword 'k0'",
    ),
    Huge(
        "keyword-of-a-megabyte",
        TEXT,
        {"k" * 900_000: 1},
        "base/record.schema.json:1:900006: unknown JSON Schema keyword 'kkk",
    ),
    Huge(
        "references-to-nothing",
        TEXT,
        properties(5_000, lambda n: {"$ref": f"{n}.json"}),
        "base/record.schema.json:1:32: the package has no file '0.json'",
    ),
    Huge(
        "criteria-that-each-compile-a-large-schema",
        criteria(100, lambda _n: "schema: {properties: {a: {$ref: record.schema.json}}}"),
        properties(5_000, lambda _n: {"type": "null"}),
        "base/standard.yaml:",
    ),
    Huge(
        "criteria-with-a-misspelt-key",
        criteria(2_000, lambda _n: "expr: 'true'\n          wen: large"),
        {},
        "base/standard.yaml:50:11: criterion 'c0' has an unknown key 'wen'. Did you mean 'when'?",
    ),
    Huge(
        "criteria-of-nobody",
        criteria(2_000, lambda n: f"expr: 'true'\n          owner: r{n}"),
        {},
        "base/standard.yaml:50:18: no role or body 'r0' here",
    ),
    Huge(
        "nearly-right-names-among-many",
        criteria(2_000, lambda n: f"expr: 'true'\n          owner: role-nomber-{n}").replace(
            "roles:\n",
            "roles:\n" + "".join(f"  role-number-{n}: {{title: x}}\n" for n in range(300)),
        ),
        {},
        "base/standard.yaml:350:18: no role or body 'role-nomber-0' here. Did you mean",
    ),
    Huge(
        "a-circle-of-a-thousand-criteria",
        criteria(1_000, lambda n: f"expr: 'true'\n          after: [c{(n + 1) % 1_000}]"),
        {},
        "base/standard.yaml:50:18: 'after' goes round in a circle: c0 -> c1 -> c2",
    ),
    Huge(
        "expressions-as-long-as-may-be",
        criteria(60, lambda _n: "expr: " + " && ".join(["record.a == 1"] * 110)),
        {},
        LOADS,
    ),
    Huge(
        "expression-of-a-megabyte",
        TEXT.replace("record.cost < 1000", "record.cost <" + " 1" * 400_000),
        {},
        "base/standard.yaml:44:17: the expression has 800013 bytes, more than 2000",
    ),
    Huge(
        "phase-of-a-megabyte",
        TEXT.replace("from: idea", "from: " + "x" * 900_000),
        {},
        "base/standard.yaml:27:13: id 'xxx",
    ),
    Huge("title-of-a-megabyte", TEXT.replace("spoilt", "x" * 900_000), {}, LOADS),
    Huge(
        "keys-that-are-none",
        TEXT + "".join(f"k{n}: 1\n" for n in range(3_000)),
        {},
        "base/standard.yaml:62:1: the standard has an unknown key 'k0'",
    ),
    Huge("as-many-gates", TEXT.replace("    approval:\n", "".join(
        f"    g{n}:\n      title: G\n      from: idea\n      outcomes: {{go: delivery}}\n"
        f"      authority: {{role: sponsor}}\n      criteria: {{}}\n" for n in range(1_000)
    ) + "    approval:\n"), {}, LOADS),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_huge_standard_loads_or_is_refused_soon(case: Huge) -> None:
    record = case.record if isinstance(case.record, bytes) else json.dumps(case.record).encode()
    files = {**GOOD, "standard.yaml": case.text.encode(), "record.schema.json": record}
    began = time.process_time()
    if not case.error:
        load(files, "base")
    else:
        with pytest.raises(InvalidStandard) as caught:
            load(files, "base")
        assert str(caught.value).startswith(case.error)
        assert len(caught.value.message) < 10_000
        assert len(caught.value.also) <= MOST_SHOWN
    assert time.process_time() - began < SECONDS


def test_of_many_faults_the_number_of_the_rest_is_told() -> None:
    files = {**GOOD, "record.schema.json": json.dumps({f"k{n}": 1 for n in range(150)}).encode()}
    with pytest.raises(InvalidStandard) as caught:
        load(files, "base")
    assert str(caught.value.also[-1]) == (
        "base/standard.yaml: 50 more faults are not shown. Mend these first."
    )


def test_a_pattern_that_backtracks_elsewhere_runs_in_linear_time() -> None:
    """S7.2: a hundred letters would take an engine that backtracks for ever."""
    shelf = Shelf({}, shipped_schema)
    schema = shelf.inline({"items": {"pattern": "^(a+)+$"}}, "a")
    assert schema is not None
    began = time.process_time()
    assert not schema.is_valid(["a" * 999_999 + "!"])
    assert time.process_time() - began < 1


def test_the_schemas_that_the_core_ships_are_as_small_as_is_counted_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are not looked at when a standard loads."""
    monkeypatch.setattr(schema_cost, "MOST_WAYS", schema_cost.SHIPPED_WAYS)
    monkeypatch.setattr(schema_cost, "MOST_SCHEMAS", schema_cost.SHIPPED_SCHEMAS)
    graph = SchemaGraph(absolute)
    names = [path.name.removesuffix(".schema.json") for path in REGISTERS.glob("*.schema.json")]
    assert len(names) > 10
    for name in names:
        shipped = shipped_schema(f"pmo:registers/{name}")
        assert shipped is not None
        graph.add(f"own:registers/{name}", json.loads(shipped.replace(b"pmo:", b"own:")))
    assert graph.circle() is None
    for name in names:
        costs = schema_cost.SchemaCosts(graph)
        assert costs.too_much(f"own:registers/{name}#") is None
