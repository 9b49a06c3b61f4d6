"""The standards that are shipped: lint finds nothing, and golden projects show all they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.office.packages import PackageFiles
from pmo_core.render.trial_words import coverage_lines, difference_lines, lint_lines
from pmo_core.standards.load import load
from pmo_core.trial.coverage import coverage
from pmo_core.trial.golden import run_goldens
from pmo_core.trial.lint import lint

ROOT = Path(__file__).parents[2] / "standards" / "pmo_standards"
EACH = pytest.mark.parametrize(
    "folder",
    sorted(path.parent for path in ROOT.glob("*/*/standard.yaml")),
    ids=lambda folder: "-".join(folder.relative_to(ROOT).parts),
)


@EACH
def test_lint_finds_nothing(folder: Path) -> None:
    findings = lint(load(PackageFiles(folder), folder.name))
    assert findings == (), "\n".join(lint_lines(findings))


@EACH
def test_each_golden_project_comes_out_as_it_says(folder: Path) -> None:
    files = PackageFiles(folder)
    results = run_goldens(load(files, folder.name), files, folder.name)
    differing = [line for one in results if not one.passed for line in difference_lines(one)]
    assert results
    assert differing == []


@EACH
def test_each_result_of_each_criterion_is_shown(folder: Path) -> None:
    files = PackageFiles(folder)
    standard = load(files, folder.name)
    found = coverage(standard, run_goldens(standard, files))
    assert found.missing == (), "\n".join(coverage_lines(found))
