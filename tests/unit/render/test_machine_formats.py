"""JSON, JSON Lines, JUnit and SARIF hold to their published forms, whatever is in the records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from referencing import Registry, Resource

from pmo_core.assessment import Reason, assess, assess_claim
from pmo_core.documents import Json
from pmo_core.office.lines import Checked, Line, Run
from pmo_core.render.formats import FORMATS, writer_of
from pmo_core.render.jsonl import LineWriter
from pmo_core.render.style import Style

from .small import ARCHIVE, NOW, PORTAL, record, small_lines, small_run, standard

SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "conformance" / "schemas"
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the official schemas lie in ../shared, which is not here"
)


def published(name: str, package: str = "pmo_core.render") -> Json:
    found: Json = json.loads(files(package).joinpath(name).read_text("utf-8"))
    return found


def validator(schema: Json) -> jsonschema.Draft202012Validator:
    line = published("check-line.schema.json")
    registry = Registry().with_resource("pmo:check-line", Resource.from_contents(line))
    return jsonschema.Draft202012Validator(schema, registry=registry)


def written(name: str, run: Run, lines: Iterable[Line]) -> bytes:
    return b"".join(writer_of(name)(run, lines, Style()))


@pytest.mark.parametrize("digests", [False, True])
def test_a_line_is_as_its_schema_says(digests: bool) -> None:
    small = standard()
    check = validator(published("check-line.schema.json"))
    for line in written(
        "jsonl", small_run(small, digests=digests), small_lines(small)
    ).splitlines():
        read = json.loads(line)
        check.validate(read)
        assert ("digests" in read) == (digests and read["verdict"] != "unreadable")


def test_a_blocked_line_says_what_would_free_it_where_that_is_asked_for() -> None:
    """S14: in `jsonl` and `json` alike, and only there where something blocks."""
    small = standard()
    check = validator(published("check-line.schema.json"))
    style = Style(explain=True)
    lines = list(writer_of("jsonl")(small_run(small), small_lines(small), style))
    read = [json.loads(line) for line in lines]
    for one in read:
        check.validate(one)
        assert ("explain" in one) == (one["verdict"] == "blocked")
        if "explain" in one:
            blocking = [found for found in one["findings"] if found["effect"] == "blocks"]
            names = [blocker["criterion"] for blocker in one["explain"]["blockers"]]
            assert names == [found["criterion"] for found in blocking]
    whole = json.loads(b"".join(writer_of("json")(small_run(small), small_lines(small), style)))
    validator(published("check-result.schema.json")).validate(whole)
    told = [one.get("explain") for one in whole["records"]]
    assert told == [one.get("explain") for one in read]


def test_an_explanation_on_a_ready_line_is_against_the_schema() -> None:
    small = standard()
    lines = writer_of("jsonl")(small_run(small), small_lines(small), Style(explain=True))
    read = [json.loads(line) for line in lines]
    explained = next(one["explain"] for one in read if "explain" in one)
    ready = next(one for one in read if one["verdict"] == "ready")
    check = validator(published("check-line.schema.json"))
    assert not check.is_valid({**ready, "explain": explained})


def test_the_whole_result_is_as_its_schema_says() -> None:
    small = standard()
    read = json.loads(written("json", small_run(small), small_lines(small)))
    validator(published("check-result.schema.json")).validate(read)
    assert read["summary"] == {
        "records": 3,
        "ready": 1,
        "blocked": 2,
        "unreadable": 1,
        "lines": 5,
        "blocking": 12,
    }


def test_a_result_of_nothing_is_one_too() -> None:
    small = standard()
    read = json.loads(written("json", small_run(small), []))
    validator(published("check-result.schema.json")).validate(read)


def test_an_assessment_is_as_its_schema_says() -> None:
    schema = published("assessment.schema.json", "pmo_core.assessment")
    check = jsonschema.Draft202012Validator(schema)
    for line in small_lines(standard()):
        if isinstance(line, Checked):
            check.validate(line.assessment.as_json())


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("pmo_core.render", "check-line.schema.json"),
        ("pmo_core.render", "check-result.schema.json"),
        ("pmo_core.assessment", "assessment.schema.json"),
    ],
)
def test_a_published_schema_is_one_and_says_what_it_describes(package: str, name: str) -> None:
    schema = published(name, package)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert isinstance(schema, dict)
    assert schema["title"]
    assert schema["description"]


def test_the_schemas_describe_a_finding_alike() -> None:
    line, whole = (
        published("check-line.schema.json"),
        published("assessment.schema.json", "pmo_core.assessment"),
    )
    assert isinstance(line, dict)
    assert isinstance(whole, dict)
    for name in ("finding", "reason", "digest"):
        assert line["$defs"][name] == whole["$defs"][name]


def test_lines_and_findings_say_the_same_as_the_assessment() -> None:
    """S11.7: passing findings are included, in the assessment's order."""
    small = standard()
    lines = small_lines(small)
    read = [json.loads(one) for one in written("jsonl", small_run(small), lines).splitlines()]
    for line, one in zip(lines, read, strict=True):
        if isinstance(line, Checked):
            assert one["findings"] == [found.as_json() for found in line.assessment.findings]
            assert one["verdict"] == line.assessment.verdict


def test_what_lines_share_is_written_right_when_it_is_shared() -> None:
    small = standard()
    lines: list[Line] = []
    for number in range(200):
        one = record(small, ARCHIVE.replace("records-archive", f"p-{number}"))
        lines.append(Checked(one, assess(small, "health", one, now=NOW), "x.jsonl", number + 1))
    read = [json.loads(one) for one in written("jsonl", Run(small, NOW), lines).splitlines()]
    assert [one["record"] for one in read] == [f"p-{number}" for number in range(200)]
    assert [one["source"]["line"] for one in read] == list(range(1, 201))
    assert {one["verdict"] for one in read} == {"ready"}


def test_what_lines_keep_for_each_other_stays_bounded() -> None:
    small = standard()
    writer = LineWriter(Run(small, NOW), marks=True)
    for _number in range(500):
        one = record(small, PORTAL)
        writer.write(Checked(one, assess(small, "ready", one, now=NOW), "x.yaml"))
    assert len(writer._kept) <= 64
    assert len(writer._findings) <= 64


def test_a_note_is_not_lost_on_a_line_that_shares_its_findings() -> None:
    small = standard()
    one = record(small, ARCHIVE)
    found = assess(small, "health", one, now=NOW)
    lines = [Checked(one, found, "x"), Checked(one.known_by_source(), found, "x")]
    first, second = (
        json.loads(line) for line in written("jsonl", Run(small, NOW), lines).splitlines()
    )
    assert "notes" not in first
    assert second["notes"] == [{"code": "id-shared"}]
    assert second["record"] == "projects/x.yaml"


def test_a_record_at_no_gate_has_a_line() -> None:
    """S11.7: gate null, with `record` and `claim` alone."""
    small = standard()
    one = record(small, ARCHIVE)
    found = Checked(one, assess_claim(small, one, now=NOW), "x")
    read = json.loads(written("jsonl", Run(small, NOW), [found]))
    validator(published("check-line.schema.json")).validate(read)
    assert (read["gate"], read["vacuous"]) == (None, True)


@needs_schemas
@pytest.mark.parametrize("schema", ["junit.xsd", "jenkins-junit-10.xsd"])
@pytest.mark.parametrize("count", [0, 5])
def test_junit_holds_to_both_schemas(schema: str, count: int) -> None:
    small = standard()
    read = etree.fromstring(written("junit", small_run(small), small_lines(small)[:count]))
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(read)


def test_junit_counts_what_it_holds() -> None:
    small = standard()
    read = etree.fromstring(written("junit", small_run(small), small_lines(small)))
    for suite in read:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        for name, many in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(many)) == len(suite.findall(f"testcase/{name}"))


def test_junit_fails_exactly_where_something_blocks() -> None:
    small = standard()
    lines = small_lines(small)
    read = etree.fromstring(written("junit", small_run(small), lines))
    for line, suite in zip(lines, read, strict=True):
        blocking = line.assessment.blocking if isinstance(line, Checked) else ()
        failed = [
            case.get("name")
            for case in suite.findall("testcase")
            if case.find("failure") is not None
        ]
        assert failed == [one.criterion for one in blocking]


@needs_schemas
@pytest.mark.parametrize("count", [0, 5])
def test_sarif_holds_to_its_schema(count: int) -> None:
    small = standard()
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    read = json.loads(written("sarif", small_run(small), small_lines(small)[:count]))
    jsonschema.Draft7Validator(schema).validate(read)


def test_every_sarif_result_names_a_rule() -> None:
    small = standard()
    (run,) = json.loads(written("sarif", small_run(small), small_lines(small)))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules


def test_a_waived_finding_is_suppressed_in_sarif() -> None:
    small = standard()
    (run,) = json.loads(written("sarif", small_run(small), small_lines(small)))["runs"]
    (waived,) = [one for one in run["results"] if "suppressions" in one]
    assert waived["ruleId"] == "within-tolerance"
    assert waived["suppressions"][0]["justification"] == "waiver w-1"


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "junit", "sarif", "markdown", "github"])
def test_what_was_skipped_is_in_every_format(name: str) -> None:
    """A run in which something was overridden says so, however it is written."""
    small = standard()
    run = Run(small, NOW, (Reason("fact-by-hand", None, {"fact": "lab.open"}),))
    one = record(small, ARCHIVE)
    line = Checked(one, assess(small, "health", one, now=NOW), "x.yaml")
    assert b"lab.open" in written(name, run, [line])
    assert name in FORMATS


@pytest.mark.parametrize("name", ["text", "jsonl", "json", "junit", "sarif", "github"])
def test_lines_are_written_as_they_come(name: str) -> None:
    """Nothing is held back, so that a stream of a million records needs no memory."""
    small = standard()
    taken: list[int] = []

    def lines() -> Iterable[Line]:
        for number in range(50):
            taken.append(number)
            one = record(small, PORTAL)
            yield Checked(one, assess(small, "health", one, now=NOW), "x.yaml")

    for piece in writer_of(name)(Run(small, NOW), lines(), Style()):
        if b"risks-owned" in piece and b'"rules"' not in piece:
            break
    assert len(taken) <= 3
