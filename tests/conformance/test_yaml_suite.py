"""The YAML test suite over the reader, but for what docs/reference/conformance.md lists (S2.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from pmo_core.documents import Json, read_yaml_stream
from pmo_core.errors import InvalidDocument

Deviations = Callable[[str, str], dict[str, str]]
ROOT = Path(__file__).parents[2]

SUITE = ROOT.parent / "shared/data/conformance/yaml/src"
FILES = sorted(SUITE.glob("*.yaml"))

pytestmark = pytest.mark.skipif(not FILES, reason="needs ../shared/data/conformance/yaml")


class Case(NamedTuple):
    """One case: its text, and the values of its documents where the suite gives them."""

    name: str
    text: bytes
    is_invalid: bool
    values: list[Json] | None


def cases(file: Path) -> Iterator[Case]:
    """The cases of a file, which is YAML 1.2 without anything special."""
    listed = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for index, case in enumerate(listed):
        name = file.stem if len(listed) == 1 else f"{file.stem}-{index:02}"
        values = list(json_values(case["json"])) if "json" in case else None
        yield Case(name, visible(case["yaml"]).encode(), case.get("fail") == "true", values)


def visible(text: str) -> str:
    """The text of a case, in which the suite writes invisible characters as visible ones."""
    for sign, character in (("␣", " "), ("↵", ""), ("←", "\r"), ("⇔", "\ufeff")):
        text = text.replace(sign, character)
    return re.sub("∎\n$", "", re.sub("—*»", "\t", text))


def json_values(text: str) -> Iterator[Json]:
    """The JSON values that follow one another in `text`."""
    decoder, rest = json.JSONDecoder(), text.lstrip()
    while rest:
        value, end = decoder.raw_decode(rest)
        rest = rest[end:].lstrip()
        yield value


def outcome(case: Case) -> str:
    """What the reader makes of a case; an error says where, and what to do."""
    try:
        values = [document.value for document in read_yaml_stream(case.text, case.name)]
    except InvalidDocument as error:
        has_place = error.line is not None and error.column is not None
        return "refused" if has_place and error.remedy else "refused without a place"
    is_other = case.values is not None and not case.is_invalid and case.values != values
    return "another value" if is_other else "read"


ALL = [case for file in FILES for case in cases(file)]
INVALID = [case for case in ALL if case.is_invalid]
VALUED = [case for case in ALL if not case.is_invalid and case.values is not None]
OPEN = [case for case in ALL if not case.is_invalid and case.values is None]


@pytest.mark.parametrize("case", VALUED, ids=lambda c: c.name)
def test_a_value_is_that_of_the_suite_or_listed(case: Case, deviations: Deviations) -> None:
    assert outcome(case) == deviations("yaml", "read").get(case.name, "read")


@pytest.mark.parametrize("case", INVALID, ids=lambda c: c.name)
def test_invalid_text_is_refused_or_listed(case: Case, deviations: Deviations) -> None:
    assert outcome(case) == deviations("yaml", "refused").get(case.name, "refused")


@pytest.mark.parametrize("case", OPEN, ids=lambda c: c.name)
def test_text_without_a_json_value_is_read_or_refused_without_a_crash(case: Case) -> None:
    assert outcome(case) in ("read", "refused")


def test_the_table_lists_only_cases_that_differ(deviations: Deviations) -> None:
    for expected, listed in (("read", VALUED), ("refused", INVALID)):
        names = {case.name for case in listed}
        for case, ours in deviations("yaml", expected).items():
            assert case in names
            assert ours != expected


def test_few_values_differ_silently(deviations: Deviations) -> None:
    """S2.1: where libyaml cannot read YAML 1.2 it refuses; the exceptions are these five."""
    silent = [case for case, ours in deviations("yaml", "read").items() if ours != "refused"]
    assert sorted(silent) == ["652Z", "HM87-01", "L24T-01", "UKK6-02", "Y2GN"]
