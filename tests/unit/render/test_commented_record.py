"""What `pmo project new` writes: what the next gate asks for, as examples that hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core import load_standard
from pmo_core.assessment import Assessment, Effect, assess
from pmo_core.documents import Json, JsonObject, read_yaml, same
from pmo_core.lifecycle.ahead import gates_ahead
from pmo_core.render.commented_record import commented_record
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.model import SchemaTest, Standard
from pmo_core.standards.record import checked_record
from pmo_core.testing.builders import a_standard

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SHIPPED = ["essentials", "pm2", "p3express"]


def bare(standard: Standard) -> JsonObject:
    return {
        "id": "street-works",
        "title": "Street works",
        "phase": next(iter(standard.tracks.values())).initial,
        "people": {"manager": "kim.dale"},
    }


def assessments(standard: Standard, value: JsonObject) -> list[Assessment]:
    position = {track.id: track.initial for track in standard.tracks.values()}
    record = checked_record(standard, value)
    return [
        assess(standard, gate.id, record, now=NOW, inputs=Inputs())
        for gate in gates_ahead(standard, position)
    ]


def written(standard: Standard, value: JsonObject) -> str:
    found = assessments(standard, value)
    return commented_record(value, standard, found, schema_ref="../.pmo/a.json", version=1)


def with_examples(text: str) -> JsonObject:
    """The record once the sign was taken away from every example."""
    value = read_yaml(re.sub(r"^( *)# (?!\$)", r"\1", text, flags=re.M).encode(), "a.yaml").value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("name", SHIPPED)
def test_the_file_reads_back_to_what_is_known(name: str) -> None:
    standard = load_standard(name)
    value = bare(standard)
    assert read_yaml(written(standard, value).encode(), "a.yaml").value == value


@pytest.mark.parametrize("name", SHIPPED)
def test_the_examples_make_a_valid_record_that_meets_what_the_record_can_meet(name: str) -> None:
    standard = load_standard(name)
    value = with_examples(written(standard, bare(standard)))
    assert standard.record_schema.is_valid(value)
    tests = {
        criterion.id: criterion.test
        for gate in standard.gates.values()
        for criterion in gate.criteria
    }
    open_ones = [
        finding.criterion
        for assessment in assessments(standard, value)
        for finding in assessment.findings
        if finding.effect is not Effect.NONE
        and isinstance(tests.get(finding.criterion), SchemaTest)
    ]
    assert open_ones == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_unmet_criterion_is_told(name: str) -> None:
    standard = load_standard(name)
    value = bare(standard)
    text = " ".join(written(standard, value).replace("##", " ").split())
    statements = {
        criterion.id: str(criterion.statement)
        for gate in standard.gates.values()
        for criterion in gate.criteria
    }
    for assessment in assessments(standard, value):
        for finding in assessment.blocking:
            assert statements[finding.criterion] in text


def test_a_field_is_explained_by_its_schema_and_its_criterion() -> None:
    standard = load_standard("pm2")
    text = written(standard, bare(standard))
    assert text.startswith("# $schema: ../.pmo/a.json\n# $version: 1\nid: street-works\n")
    assert (
        "## must: Every benefit has a measure and a target date\n"
        "##   Such as: Days from application to permit: 21 now, 10 by 31 December 2027.\n"
        "## Benefits: What gets better because of it.\n"
        "##   measure: What is counted, and how.\n"
        "##   target_date: By when it is to be reached.\n"
        "# benefits:\n"
        "#   - id: B-1\n"
    ) in text


def test_what_an_object_lacks_stands_inside_of_it() -> None:
    standard = load_standard("pm2")
    text = written(standard, bare(standard))
    assert "people:\n  manager: kim.dale\n  ## must: " in text
    assert "\n  # owner: ana.ruiz\n" in text
    assert "\n# people:" not in text


def test_answers_and_artefacts_are_left_to_their_commands() -> None:
    standard = load_standard("pm2")
    text = written(standard, bare(standard))
    assert "pmo project artefact street-works charter approved\n" in text
    assert "pmo project answer street-works stakeholders-consulted yes --evidence FILE\n" in text
    assert "# answers" not in text
    assert "# artefacts" not in text


def test_a_record_that_lacks_nothing_has_no_comments_but_its_head() -> None:
    standard = load_standard("essentials")
    text = commented_record({"id": "a"}, standard, [], schema_ref=None, version=None)
    assert text == "id: a\n"


def test_whatever_a_statement_holds_it_stays_a_comment() -> None:
    standard = a_standard(
        {"trap": {"must": "First\nid: other\r\n# x\u2028y: 1", "schema": {"required": ["budget"]}}}
    )
    value: JsonObject = {"id": "a", "title": "A"}
    gate = next(iter(standard.gates))
    found = assess(standard, gate, checked_record(standard, value), now=NOW)
    text = commented_record(value, standard, [found], schema_ref=None, version=None)
    assert "First id: other" in text
    assert read_yaml(text.encode(), "a.yaml").value == value


FIELDS = st.dictionaries(
    st.sampled_from(["id", "title", "people", "purpose", "risks", "benefits", "budget", "x-own"]),
    st.none()
    | st.text(max_size=5)
    | st.lists(st.integers(0, 3), max_size=2)
    | st.dictionaries(st.sampled_from(["owner", "manager", "id"]), st.text(max_size=3)),
)


@settings(max_examples=40)
@given(FIELDS)
def test_any_record_reads_back_from_between_the_examples(value: dict[str, Json]) -> None:
    standard = load_standard("pm2")
    found = read_yaml(written(standard, value).encode(), "a.yaml").value
    assert same(found, value)
