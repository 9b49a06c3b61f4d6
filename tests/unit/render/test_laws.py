"""Whatever text stands in a record or a reason, what is written out stays whole and inert."""

from __future__ import annotations

import json
import unicodedata
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import Assessment, Effect, Finding, Reason, Result, Verdict
from pmo_core.documents import Json
from pmo_core.office.lines import Checked, Line, Run
from pmo_core.render import escape
from pmo_core.render.catalogue import CATALOGUE
from pmo_core.render.formats import writer_of
from pmo_core.render.layout import columns, wrapped
from pmo_core.render.style import Style
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.model import Obligation
from pmo_core.standards.record import Record

from .small import NOW, standard

SMALL = standard()
TEXTS = st.text(max_size=30)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(TEXTS | st.sampled_from(["id", "title", "risks"]), VALUES, max_size=4)
FIELDS = ["property", "found", "limit", "options", "types", "date", "days", "expr", "path", "check"]
PARAMS = st.dictionaries(st.sampled_from(FIELDS) | TEXTS, VALUES, max_size=4)
POINTERS = st.none() | st.sampled_from(["", "/risks/0", "/risks/1/owner", "/title"]) | TEXTS


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """A blocked record with reasons of any code, parameters and places."""
    codes = st.sampled_from(sorted(CATALOGUE)) | TEXTS
    reasons = draw(st.lists(st.builds(Reason, codes, POINTERS, PARAMS), max_size=4))
    value: dict[str, Json] = draw(RECORDS)
    name = draw(TEXTS.filter(bool))
    record = Record(value, name, draw(TEXTS))
    found = Finding("c", Obligation.MUST, Result.FAIL, Effect.BLOCKS, tuple(reasons))
    assessment = Assessment(
        SMALL,
        record,
        Inputs(),
        "ready",
        draw(TEXTS),
        NOW,
        (found,),
        Verdict.BLOCKED,
        Verdict.READY,
        False,
    )
    return [Checked(record, assessment, draw(TEXTS))]


def written(name: str, those: list[Line], style: Style | None = None) -> str:
    run = Run(SMALL, NOW)
    return b"".join(writer_of(name)(run, those, style or Style())).decode("utf-8")


def controls(text: str) -> list[str]:
    return [
        sign for sign in text if sign not in "\n\t" and unicodedata.category(sign) in escape.HARMFUL
    ]


@given(lines(), st.sampled_from([None, 20, 80]))
@settings(max_examples=150, deadline=None)
def test_text_has_no_control_characters(those: list[Line], width: int | None) -> None:
    assert controls(written("text", those, Style(width=width))) == []


@given(lines())
@settings(max_examples=150, deadline=None)
def test_junit_is_xml(those: list[Line]) -> None:
    text = written("junit", those)
    assert ElementTree.fromstring(text).tag == "testsuites"
    assert controls(text) == []


@given(lines())
@settings(max_examples=100, deadline=None)
def test_a_line_of_json_is_one_line_and_exact(those: list[Line]) -> None:
    (line,) = written("jsonl", those).splitlines()
    (checked,) = those
    assert isinstance(checked, Checked)
    read = json.loads(line)
    assert read["findings"] == [one.as_json() for one in checked.assessment.findings]
    assert read["source"]["file"] == checked.source


@given(lines())
@settings(max_examples=75, deadline=None)
def test_each_other_format_is_whole(those: list[Line]) -> None:
    json.loads(written("json", those))
    json.loads(written("sarif", those))
    assert all(line.startswith("::error ") for line in written("github", those).splitlines())
    assert controls(written("markdown", those)) == []


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert escape.clean(escape.clean(text)) == escape.clean(text)
    assert len(escape.clean(text)) == len(text)


@given(st.text(max_size=200), st.integers(4, 100))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines_ = wrapped(text, width, "", "  ")
    rest = [line.removeprefix("  ") for line in lines_[1:]]
    assert " ".join([lines_[0], *rest]) == text
    assert all(columns(line) <= width or " " not in line.removeprefix("  ") for line in lines_)
