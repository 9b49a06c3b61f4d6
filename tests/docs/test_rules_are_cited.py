"""Each rule of the semantics that is built is cited by a test that holds it."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "list_uncited_rules.py"
TOLD = runpy.run_path(str(SCRIPT))
PAGE = """\
# A page

## S4 From this to that
| # | situation | result |
|---|---|---|
| 1 | it is old | nothing |
| 2 | it is new | something |

Words about S9.

1. **First**: it costs 3. Never more.
2. Second. 3. Third, on one line. 5. Not a rule: a number that does not follow.

## S18 Keys
| of | keys |
"""


def test_rules_are_numbered_within_their_section() -> None:
    assert TOLD["rules_of"](PAGE) == {
        "S4 row 1": "it is old | nothing |",
        "S4 row 2": "it is new | something |",
        "S4.1": "**First**: it costs 3. Never more.",
        "S4.2": "Second. 3. Third, on one line. 5. Not a rule: a number that does no...",
        "S4.3": "Third, on one line. 5. Not a rule: a number that does not follow.",
        "S18": "Keys",
    }


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("S4.3", {"S4.3"}),
        ("(S3.5, S3.6)", {"S3.5", "S3.6"}),
        ("S4.1 to S4.3", {"S4.1", "S4.2", "S4.3"}),
        ("S11.9 - 10", {"S11.9", "S11.10"}),
        ("S4 row 2", {"S4 row 2"}),
        ("S4 rows 5 and 6", {"S4 row 5", "S4 row 6"}),
        ("S9 and S10.1", {"S9", "S10.1"}),
        ("XS4.3 S999", set()),
    ],
)
def test_what_a_text_cites(text: str, rules: set[str]) -> None:
    assert TOLD["cited_in"](text) == rules


def test_what_is_not_built_need_not_be_cited() -> None:
    found = TOLD["uncited"](PAGE, {"S4.1", "S4.2", "S4 row 1"}, unbuilt=frozenset({"S4.3", "S18"}))
    assert list(found) == ["S4 row 2"]


def test_no_rule_that_is_built_is_without_a_test() -> None:
    if not any(page.exists() for page in TOLD["PAGES"]):
        pytest.skip("the semantics are neither in docs/reference nor beside the repository")
    command = [sys.executable, str(SCRIPT), "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert found.stdout == ""
    assert found.returncode == 0
