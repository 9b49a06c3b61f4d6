"""The templates of a standard, and the placeholders in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.errors import InvalidStandard, UnknownName
from pmo_core.standards.model import Standard
from pmo_core.standards.templates import (
    Field,
    Section,
    fields_of,
    parse_template,
    template_of,
    templates_of,
)
from pmo_core.testing.builders import a_standard

ARTEFACTS = """{
    plan: {title: Plan, states: [draft], template: templates/the-plan.md},
    minutes: {title: Minutes, states: [draft]},
    gone: {title: Gone, states: [draft], template: templates/gone.md},
}"""
CRITERIA = """{
    planned: {must: It is planned, schema: true, template: templates/the-plan.md},
    learnt: {must: It was learnt from, schema: true, template: templates/lessons.md},
}"""
FILES = {
    "templates/the-plan.md": "\ufeff# Plan: {{title}}\n".encode(),
    "templates/lessons.md": b"# Lessons\n",
}


def templated() -> Standard:
    return a_standard(CRITERIA, artefacts=ARTEFACTS, files=FILES)


def test_a_template_has_the_name_of_its_artefact_else_of_its_file() -> None:
    assert dict(templates_of(templated())) == {
        "plan": "templates/the-plan.md",
        "gone": "templates/gone.md",
        "lessons": "templates/lessons.md",
    }


def test_a_template_is_found_by_its_name_and_by_a_criterion_that_has_it() -> None:
    assert template_of(templated(), "plan") == "# Plan: {{title}}\n"
    assert template_of(templated(), "lessons") == "# Lessons\n"
    assert template_of(templated(), "learnt") == "# Lessons\n"


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        (
            "pln",
            "small@1.0.0 has no template 'pln'",
            "Did you mean 'plan'? Templates: plan, gone, lessons",
        ),
        (
            "minutes",
            "artefact 'minutes' of small@1.0.0 has no template",
            "Templates: plan, gone, lessons",
        ),
    ],
)
def test_a_template_that_is_not_there_is_told(name: str, message: str, remedy: str) -> None:
    with pytest.raises(UnknownName) as caught:
        template_of(templated(), name)
    assert (caught.value.message, caught.value.remedy) == (message, remedy)


def test_a_standard_without_templates_says_so() -> None:
    with pytest.raises(UnknownName) as caught:
        template_of(a_standard(), "plan")
    assert caught.value.remedy == "It has no templates at all"


def test_a_file_that_the_package_lacks_is_a_fault_of_the_standard() -> None:
    with pytest.raises(InvalidStandard, match=r"standard.yaml:\d+:\d+: the package has no file"):
        template_of(templated(), "gone")


def test_a_section_takes_the_lines_of_its_tags_with_it_where_they_are_alone() -> None:
    parts = parse_template("a\n  {{#risks}}  \n- {{ title }}\n{{/risks}}\nb {{#x}}{{.}}{{/x}}", "t")
    assert parts == (
        "a\n",
        Section(Field("risks", ("risks",), 2, 3), ("- ", Field("title", ("title",), 3, 3), "\n")),
        "b ",
        Section(Field("x", ("x",), 5, 3), (Field(".", (), 5, 9),)),
    )


def test_each_placeholder_is_told_with_the_sections_around_it() -> None:
    parts = parse_template("{{a.b}}{{#c}}{{#d}}{{e}}{{/d}}{{/c}}", "t")
    told = [([one.written for one in within], field.written) for within, field in fields_of(parts)]
    assert told == [([], "a.b"), ([], "c"), (["c"], "d"), (["c", "d"], "e")]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("ab {{title", "t.md:1:4", "a placeholder does not end on its line"),
        ("{{a}}\nb {{c\n}}", "t.md:2:3", "a placeholder does not end on its line"),
        ("x\n  {{#a}}\nb", "t.md:2:3", "the section 'a' does not end"),
        ("{{/a}}", "t.md:1:1", "the section 'a' ends, but no section is open"),
        ("{{#a}}{{#b}}{{/a}}", "t.md:1:13", "the section 'a' ends, but 'b' is open"),
        ("é {{.}}", "t.md:1:3", "'.' is the item of a section, and here is none"),
        ("{{}}", "t.md:1:1", "'' is no name of a field"),
        ("{{two words}}", "t.md:1:1", "'two words' is no name of a field"),
        ("{{a..b}}", "t.md:1:1", "'a..b' is no name of a field"),
        ("{{>other}}", "t.md:1:1", "'>other' is no name of a field"),
        ("{{^a}}{{/a}}", "t.md:1:1", "'^a' is no name of a field"),
        ("{{{raw}}}", "t.md:1:2", "a placeholder has two braces, not three"),
        ("{{#a}}" * 9, "t.md:1:49", "more than 8 sections within each other"),
    ],
)
def test_what_is_no_placeholder_is_told_with_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(InvalidStandard) as caught:
        parse_template(text, "t.md")
    assert (caught.value.place, caught.value.message) == (place, message)


def fault_of(text: str) -> InvalidStandard | None:
    """What is wrong with a template; None where it is one."""
    try:
        parse_template(text, "t")
    except InvalidStandard as error:
        return error
    return None


@given(st.text(st.sampled_from("{}#/. ab\n"), max_size=40))
def test_a_text_is_a_template_or_a_fault_in_its_place(text: str) -> None:
    fault = fault_of(text)
    if fault is None:
        told = [part for part in parse_template(text, "t") if isinstance(part, str)]
        assert not any("{{" in part for part in told)
    else:
        assert fault.line is not None
        assert fault.column is not None
        line = text.split("\n")[fault.line - 1]
        assert line[fault.column - 1 :].startswith("{{")


@given(st.text().filter(lambda text: "{{" not in text))
def test_a_text_without_placeholders_is_itself(text: str) -> None:
    assert "".join(str(part) for part in parse_template(text, "t")) == text
