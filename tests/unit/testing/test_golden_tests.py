"""Golden projects as tests of a pytest suite: with the plugin, or by parametrize."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core.errors import UnknownName
from pmo_core.testing import golden_cases

ROOT = Path(__file__).parents[3]
STANDARD = """\
language: 1
standard: small
version: 1.0.0
title: Small
record: {schema: record.schema.json}
roles: {sponsor: {title: Sponsor}}
lifecycle:
  initial: idea
  phases: [idea, done]
  gates:
    go-ahead:
      title: Go ahead
      from: idea
      owner: sponsor
      outcomes: {go: done}
      authority: {role: sponsor}
      criteria:
        named: {must: It has a name, schema: {required: [name]}}
"""
GOLDEN = """\
title: It has a name
gate: go-ahead
now: 2026-11-24T09:00:00Z
record: {id: a, phase: idea, name: Atlas}
expect: {verdict: ready}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A standard with a golden project that passes and one that differs."""
    folder = tmp_path / "small"
    (folder / "golden").mkdir(parents=True)
    (folder / "standard.yaml").write_text(STANDARD)
    (folder / "record.schema.json").write_text("{}")
    (folder / "golden" / "named.yaml").write_text(GOLDEN)
    (folder / "golden" / "nameless.yaml").write_text(GOLDEN.replace(", name: Atlas", ""))
    return folder


def run_pytest(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    plugin = "pmo_core.testing.pytest_plugin"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", plugin, "-W", "error", "-q", *arguments],
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_each_golden_project_is_a_test_with_a_failure_that_can_be_read(package: Path) -> None:
    done = run_pytest(package.parent, "--pmo-standard", "small")
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "the verdict is blocked, expected ready" in done.stdout
    assert "named is fail, and the file does not name it" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_golden_file_that_cannot_be_used_is_a_failure_with_its_place(package: Path) -> None:
    (package / "golden" / "nameless.yaml").write_text("title: Half\n")
    done = run_pytest(package.parent, "--pmo-standard", "small")
    assert "nameless.yaml:1:1: 'gate' is missing" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_the_ini_file_can_name_the_standards(package: Path) -> None:
    (package.parent / "pytest.ini").write_text("[pytest]\npmo_standards = small\n")
    assert "1 failed, 1 passed" in run_pytest(package.parent).stdout
    assert "1 passed" in run_pytest(package.parent, "-k", "named and not nameless").stdout


def test_naming_one_file_does_not_run_what_the_ini_file_names(package: Path) -> None:
    (package.parent / "pytest.ini").write_text("[pytest]\npmo_standards = small\n")
    (package.parent / "test_other.py").write_text("def test_other(): pass\n")
    assert "1 passed" in run_pytest(package.parent, "test_other.py").stdout
    assert "1 passed" in run_pytest(package.parent, "small/golden/named.yaml").stdout


def test_golden_projects_are_shared_among_workers(package: Path) -> None:
    done = run_pytest(package.parent, "--pmo-standard", "small", "-p", "xdist", "-n", "2")
    assert "1 failed, 1 passed" in done.stdout


def test_without_a_standard_nothing_is_collected_and_nothing_of_ours_imported(
    package: Path,
) -> None:
    (package.parent / "test_other.py").write_text(
        "import sys\n"
        "def test_other():\n"
        "    ours = [name for name in sys.modules if name.startswith('pmo_core')]\n"
        "    assert sorted(ours) == "
        "['pmo_core', 'pmo_core.testing', 'pmo_core.testing.pytest_plugin']\n"
    )
    assert "1 passed" in run_pytest(package.parent).stdout


def test_a_suite_can_be_parametrized_by_golden_cases(package: Path) -> None:
    named, nameless = golden_cases(package)
    assert (str(named), str(nameless)) == ("named", "nameless")
    named.check()
    with pytest.raises(AssertionError, match="the verdict is blocked"):
        nameless.check()


def test_golden_cases_of_no_standard_say_so() -> None:
    with pytest.raises(UnknownName):
        golden_cases("no-such-standard")
