"""A template filled from a record: values as text, gaps in plain view."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json, JsonObject, read_yaml
from pmo_core.office.packages import load_standard
from pmo_core.render.escape import markdown_document
from pmo_core.render.templates import filled, unfilled
from pmo_core.standards.templates import template_of, templates_of

ROOT = Path(__file__).parents[3]
RISKS = "| risk | owner |\n|---|---|\n{{#risks}}\n| {{title}} | {{owner}} |\n{{/risks}}\n"


def test_a_placeholder_is_the_value_of_its_field() -> None:
    record: JsonObject = {"title": "Permit portal", "people": {"business-owner": "rosa.lind"}}
    assert (
        filled("# {{title}}, {{people.business-owner}}\n", record) == "# Permit portal, rosa.lind\n"
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (12, "12"),
        (-2.5, "-2.5"),
        (3.0, "3"),
        (True, "yes"),
        (False, "no"),
        ({"amount": "90000.00", "currency": "NOK"}, "90000.00 NOK"),
        (["permits", "status"], "permits; status"),
        ("two\n\nparagraphs ", "two paragraphs"),
        ("2026-11-24", "2026-11-24"),
        (None, "[it: not in the record]"),
        ("  ", "[it: empty in the record]"),
        ([], "[it: none in the record]"),
        ({}, "[it: none in the record]"),
        ([{"id": "R-1"}, {"id": "R-2"}], "[it: 2 items, for a section]"),
        ({"a": 1}, "[it: several fields, each to be named]"),
    ],
)
def test_each_kind_of_value_has_its_words(value: Json, told: str) -> None:
    assert filled("{{it}}", {"it": value}) == told


def test_what_the_record_lacks_is_told_where_it_would_stand() -> None:
    told = "Sponsor: [people.sponsor: not in the record]"
    assert filled("Sponsor: {{people.sponsor}}", {}) == told
    assert filled("Sponsor: {{people.sponsor}}", {"people": "eva"}) == told


def test_a_section_stands_once_for_each_item() -> None:
    record: JsonObject = {
        "risks": [{"title": "Old data", "owner": "ana"}, {"title": "Late law"}],
        "title": "The project's title is not the item's",
    }
    assert filled(RISKS, record).splitlines()[2:] == [
        "| Old data | ana |",
        "| Late law | [owner: not in the record] |",
    ]


def test_an_item_of_words_is_itself() -> None:
    within: JsonObject = {"scope": {"within": ["permits", "status"]}}
    text = "{{#scope.within}}\n- {{.}}\n{{/scope.within}}\n"
    assert filled(text, within) == "- permits\n- status\n"


def test_a_section_of_an_object_stands_once() -> None:
    record: JsonObject = {"people": {"sponsor": "eva"}}
    assert filled("{{#people}}{{sponsor}}{{/people}}", record) == "eva"


def test_sections_stand_within_sections() -> None:
    record: JsonObject = {"a": [{"b": [1, 2]}, {"b": [3]}, {}]}
    text = "{{#a}}<{{#b}}{{.}},{{/b}}>{{/a}}"
    assert filled(text, record) == "<1,2,><3,><[b: not in the record]>"


@pytest.mark.parametrize(
    ("record", "why"),
    [({}, "not in the record"), ({"risks": []}, "none in the record")],
)
def test_a_section_without_items_is_one_row_that_says_so(record: JsonObject, why: str) -> None:
    assert filled(RISKS, record).splitlines()[2:] == [f"| [risks: {why}] | |"]


def test_a_section_without_items_leaves_none_of_its_words_around_the_gap() -> None:
    text = "{{#benefits}}\n- {{title}}: today {{baseline}}, {{target}} by {{date}}\n{{/benefits}}\n"
    assert filled(text, {}) == "- [benefits: not in the record]\n"


def test_a_section_without_placeholders_still_shows_its_gap() -> None:
    assert filled("{{#risks}}x{{/risks}}", {}) == "[risks: not in the record]\n"


HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "| another | cell |",
    "`code`",
    "*bold* _it_ ~~gone~~",
    "# heading",
    "> quote",
    "- item",
    "12. item",
    "&lt;b&gt;",
    "{{title}}",
    "$x^2$",
    "::error::gone",
    "##vso[task.complete]",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_text_and_no_markdown(text: str) -> None:
    markup = re.compile(
        r"(?<!\\)[`*\[\]|~$]|<|^(?:[-+=#>]|::|\d+[.)]\s)|&(?!lt;|amp;)(?=#?\w+;)|(?<![\\\w])_"
    )
    told = filled("{{it}}", {"it": text})
    assert not markup.search(told)
    plain = re.sub(r"\\(?=\W|_)", "", told.replace("&lt;", "<").replace("&amp;", "&"))
    assert plain == text


def test_what_people_write_every_day_stays_as_they_wrote_it() -> None:
    for text in ("R&D, 10 % of C#", "mara@example.org", "https://example.org/a_b", "10.5 days"):
        assert markdown_document(text) == text


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_value_begins_a_line_or_moves_a_cursor(one: str, other: str) -> None:
    record: JsonObject = {"risks": [{"title": one, "owner": other}]}
    told = filled(RISKS, record)
    assert told.count("\n") == RISKS.count("\n") - 2
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\u2028]", told)
    last = told.splitlines()[-1]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", last)) == 3


def test_people_read_an_unfilled_template_with_names_in_brackets() -> None:
    assert unfilled("# {{title}}\n{{#risks}}\n- {{owner}}\n{{/risks}}\n") == (
        "# (title)\n- (owner)\n"
    )


def test_the_house_standard_s_business_case_is_filled_from_a_record() -> None:
    path = ROOT / "tests" / "cli" / "files" / "projects" / "permit-portal.yaml"
    record = read_yaml(path.read_bytes(), path.name).value
    assert isinstance(record, dict)
    told = filled(template_of(load_standard("essentials"), "business-case"), record)
    assert told.startswith("# Business case: Permit portal\n")
    assert "600 by [target_date: not in the record]; rosa.lind answers for it" in told
    assert "- [assumptions: not in the record]\n" in told


@pytest.mark.parametrize("standard", ["essentials", "p3express", "pm2"])
def test_each_shipped_template_shows_every_gap_of_an_empty_record(standard: str) -> None:
    loaded = load_standard(standard)
    for name in templates_of(loaded):
        text = template_of(loaded, name)
        assert "[title: not in the record]" in filled(text, {})
        assert "{{" not in filled(text, {"title": "A"})
