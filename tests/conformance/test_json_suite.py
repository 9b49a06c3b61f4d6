"""JSONTestSuite over the reader, but for what docs/reference/conformance.md lists (S1.2, S2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_core.documents import read_json, read_json_lines
from pmo_core.errors import InvalidDocument

Deviations = Callable[[str, str], dict[str, str]]
ROOT = Path(__file__).parents[2]

SUITE = ROOT.parent / "shared/data/conformance/json/test_parsing"
CASES = sorted(SUITE.glob("*.json"))
EXPECTED = {"y": "read", "n": "refused"}

pytestmark = pytest.mark.skipif(not CASES, reason="needs ../shared/data/conformance/json")


def outcome(case: Path) -> str:
    """What the reader makes of a case; an error says where, and what to do."""
    try:
        read_json(case.read_bytes(), case.name)
    except InvalidDocument as error:
        has_place = error.line is not None and error.column is not None
        return "refused" if has_place and error.remedy else "refused without a place"
    return "read"


@pytest.mark.parametrize("case", [c for c in CASES if c.name[0] in EXPECTED], ids=lambda c: c.stem)
def test_the_reader_does_as_the_suite_says_or_as_the_table_says(
    case: Path, deviations: Deviations
) -> None:
    expected = EXPECTED[case.name[0]]
    assert outcome(case) == deviations("json", expected).get(case.stem, expected)


@pytest.mark.parametrize("case", [c for c in CASES if c.name[0] == "i"], ids=lambda c: c.stem)
def test_what_the_suite_leaves_open_is_read_or_refused_without_a_crash(case: Path) -> None:
    assert outcome(case) in ("read", "refused")


def test_the_table_lists_only_cases_that_differ(deviations: Deviations) -> None:
    for expected, prefix in (("read", "y"), ("refused", "n")):
        for case, ours in deviations("json", expected).items():
            assert case.startswith(prefix)
            assert ours != expected
            assert (SUITE / f"{case}.json").exists()


def test_every_case_on_one_line_is_the_same_as_json_lines() -> None:
    """S2: one bad line stops no other."""
    cases = [c for c in CASES if b"\n" not in c.read_bytes() and c.read_bytes().strip()]
    documents = read_json_lines([c.read_bytes() for c in cases], "suite.jsonl")
    for number, (case, found) in enumerate(zip(cases, documents, strict=True), start=1):
        is_refused = isinstance(found, InvalidDocument)
        assert is_refused == (outcome(case) == "refused"), case.name
        assert found.line == number
