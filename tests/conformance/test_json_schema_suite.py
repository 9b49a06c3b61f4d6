"""JSON-Schema-Test-Suite, draft 2020-12, over the engine that standards use, and over another (S7).

Both do as the suite says, or as docs/reference/conformance.md lists; so wherever the two differ,
one of them is listed. Tests of a file are named GROUP/TEST, both counted from 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import jsonschema_rs
import pytest
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from pmo_core.standards.schema_engine import engine
from pmo_core.standards.schemas import Shelf
from pmo_core.standards.shipped import shipped_schema

Deviations = Callable[[str, str], dict[str, str]]
DATA = Path(__file__).parents[3] / "shared/data/conformance/json-schema"
SUITE = DATA / "tests/draft2020-12"
FILES = sorted(SUITE.rglob("*.json"))
REMOTES = {
    f"http://localhost:1234/{path.relative_to(DATA / 'remotes').as_posix()}": json.loads(
        path.read_bytes()
    )
    for path in sorted((DATA / "remotes").rglob("*.json"))
}
ENGINE_REMOTES = jsonschema_rs.Registry(list(REMOTES.items()))
SECOND_REMOTES: Registry[Any] = Registry().with_resources(
    (uri, DRAFT202012.create_resource(schema)) for uri, schema in REMOTES.items()
)
FORMATS = jsonschema.FormatChecker(["date", "email", "ipv4", "ipv6", "regex", "uuid"])
"""Those that the second one knows without further libraries."""
WORDS = {True: "valid", False: "invalid"}

pytestmark = pytest.mark.skipif(not FILES, reason="needs ../shared/data/conformance/json-schema")


class Case(NamedTuple):
    """One test of the suite: where it stands, and whether the value is valid."""

    name: str
    schema: Any
    value: Any
    expected: str


def cases(path: Path) -> Iterator[Case]:
    """The tests of a file."""
    for group, one in enumerate(json.loads(path.read_bytes())):
        for index, test in enumerate(one["tests"]):
            name = f"{name_of(path)} {group}/{index}"
            yield Case(name, one["schema"], test["data"], WORDS[test["valid"]])


def name_of(path: Path) -> str:
    """A file of the suite, as the table calls it."""
    return path.relative_to(SUITE).as_posix().removesuffix(".json")


def by_the_engine(case: Case) -> str:
    """What standards get; not by way of a package, since the suite refers to elsewhere."""
    try:
        validator = engine(case.schema, ENGINE_REMOTES)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return "refused"
    assert bool(list(validator.iter_errors(case.value))) is not validator.is_valid(case.value)
    return WORDS[validator.is_valid(case.value)]


def by_the_second(case: Case) -> str:
    """What `jsonschema` makes of it."""
    try:
        jsonschema.Draft202012Validator.check_schema(case.schema)
        validator = jsonschema.Draft202012Validator(
            case.schema, registry=SECOND_REMOTES, format_checker=FORMATS
        )
        return WORDS[validator.is_valid(case.value)]
    except (jsonschema.SchemaError, Unresolvable):
        return "refused"


ENGINES = {"json-schema": by_the_engine, "json-schema, second": by_the_second}


def listed(deviations: Deviations, suite: str) -> dict[tuple[str, str], str]:
    """(test, expected) to what comes out instead; a row of the table has many tests."""
    return {
        (f"{row.split()[0]} {test}", expected): ours
        for expected in WORDS.values()
        for row, ours in deviations(suite, expected).items()
        for test in row.split()[1:]
    }


@pytest.mark.parametrize("suite", ENGINES)
@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_value_is_valid_as_the_suite_says_or_as_the_table_says(
    path: Path, suite: str, deviations: Deviations
) -> None:
    table = listed(deviations, suite)
    for case in cases(path):
        expected = table.get((case.name, case.expected), case.expected)
        assert (case.name, ENGINES[suite](case)) == (case.name, expected)


@pytest.mark.parametrize("suite", ENGINES)
def test_the_table_lists_only_tests_that_differ(suite: str, deviations: Deviations) -> None:
    known = {case.name: case.expected for path in FILES for case in cases(path)}
    table = listed(deviations, suite)
    assert table
    for (name, expected), ours in table.items():
        assert known[name] == expected
        assert ours != expected


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_a_standard_may_say_means_what_the_suite_says(
    path: Path, deviations: Deviations
) -> None:
    """S7: a schema inside a standard is refused, with a reason, or it means just that."""
    table = listed(deviations, "json-schema")
    accepted: dict[str, Any] = {}
    for case in cases(path):
        written = json.dumps(case.schema)
        if written not in accepted:
            shelf = Shelf({}, shipped_schema)
            accepted[written] = shelf.inline(case.schema, "suite")
            assert (accepted[written] is None) is bool(shelf.faults)
        if accepted[written] is not None:
            expected = table.get((case.name, case.expected), case.expected)
            assert WORDS[accepted[written].is_valid(case.value)] == expected, case.name


def test_most_schemas_of_the_suite_may_be_said() -> None:
    schemas = [
        one["schema"]
        for path in FILES
        for one in json.loads(path.read_bytes())
        if "optional" not in path.parts
    ]
    accepted = [Shelf({}, shipped_schema).inline(schema, "suite") for schema in schemas]
    assert len([one for one in accepted if one is not None]) > len(schemas) * 0.75
