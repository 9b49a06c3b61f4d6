"""Each lint rule has a page in the package; its examples show what it finds, and what not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core.errors import UnknownName
from pmo_core.trial.lint import explain_rule, lint, rules

from .clean import changed, clean

ROOT = Path(__file__).parents[3]
RULES = [rule.id for rule in rules()]
CHECKS = frozenset({"evidence.scorecard"})
HEADINGS = ["## What", "## Why", "## Example", "## Instead"]


def snippets(rule: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", explain_rule(rule), re.DOTALL)


def test_the_standard_that_pages_change_is_clean() -> None:
    assert lint(clean(), known_checks=CHECKS) == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_page_has_its_headings_in_order(rule: str) -> None:
    page = explain_rule(rule)
    assert page.startswith(f"# {rule}\n")
    assert re.findall(r"^## .*$", page, re.MULTILINE) == HEADINGS
    assert len(snippets(rule)) == 2


@pytest.mark.parametrize("rule", RULES)
def test_the_example_of_a_page_is_found(rule: str) -> None:
    found = lint(changed(snippets(rule)[0]), known_checks=CHECKS)
    assert rule in {finding.rule for finding in found}
    assert all(finding.place.line > 1 for finding in found if finding.rule == rule)


@pytest.mark.parametrize("rule", RULES)
def test_what_a_page_says_to_write_instead_is_clean(rule: str) -> None:
    assert lint(changed(snippets(rule)[1]), known_checks=CHECKS) == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_tests_of_its_own(rule: str) -> None:
    """Beside its page: where the rule ends, in a test that begins with its name."""
    name = f"def test_{rule.replace('-', '_')}"
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_lint_*.py")]
    assert any(name in text for text in texts), f"write {name}_..."


def test_no_page_is_without_a_rule() -> None:
    folder = ROOT / "pmo_core" / "trial" / "lint" / "pages"
    assert sorted(path.stem for path in folder.iterdir()) == RULES


def test_ids_of_rules_are_unique() -> None:
    assert len(set(RULES)) == len(RULES)


def test_a_misspelt_rule_gets_a_hint() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'schema-never'"):
        explain_rule("schema-nevr")


def test_the_reference_is_up_to_date() -> None:
    script = ROOT / "scripts" / "generate_lint_reference.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
