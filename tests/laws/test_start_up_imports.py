"""S16: a short call is short: what is slow to import is imported by none that does without it.

Each of the modules named here takes from five to eighty milliseconds, where all of `pmo check` of
one file takes about a hundred.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Module -> when it is needed.
ELSEWHERE = {
    "asyncio": "never",
    "concurrent": "never",
    "difflib": "where a name is misspelt",
    "hashlib": "for digests",
    "http": "never",
    "importlib.metadata": "never: entry points are read without it",
    "jsonschema": "where a standard has faults",
    "multiprocessing": "never",
    "pluggy": "for plugins",
    "rfc8785": "for digests over unusual numbers",
    "sqlalchemy": "for ledgers",
    "subprocess": "never",
    "tempfile": "for streams",
    "transitions": "to draw or walk a lifecycle",
    "unittest": "for tests",
}
CHILD = """
import json, sys
sys.argv[0] = "pmo"
from pmo_core.cli import main
try:
    main()
except SystemExit as stop:
    print(json.dumps([stop.code or 0, sorted(sys.modules)]), file=sys.stderr)
"""
STANDARD = """
language: 1
standard: small
version: 1.0.0
title: A small standard
record: {schema: record.schema.json}
roles: {sponsor: {title: Sponsor}}
lifecycle:
  initial: idea
  phases: [idea, delivery]
  gates:
    approval:
      title: Approval
      from: idea
      outcomes: {go: delivery, hold: same}
      authority: {role: sponsor}
      criteria:
        sponsor-named:
          must: A sponsor is named
          schema: {required: [sponsor]}
        small:
          must: It is small
          expr: "size(record.title) < 50"
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the standard `small/`, and a ready and a blocked record."""
    package = tmp_path / "small"
    package.mkdir()
    (package / "standard.yaml").write_text(STANDARD, encoding="utf-8")
    (package / "record.schema.json").write_text(
        '{"type": "object", "properties": {"title": {"type": "string"}}}', encoding="utf-8"
    )
    ready = "{id: A-1, title: Ferry, phase: idea, sponsor: M. Hale}\n"
    (tmp_path / "ready.yaml").write_text(ready, encoding="utf-8")
    (tmp_path / "blocked.yaml").write_text("{id: A-2, title: F, phase: idea}\n", encoding="utf-8")
    return tmp_path


def imported_by(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """The exit code of a call of `pmo`, and all that was imported for it."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments], cwd=folder, capture_output=True, text=True
    )
    *told, last = done.stderr.splitlines()
    assert told == []
    code, modules = json.loads(last)
    return code, set(modules)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--help"], 0),
        (["check", "--help"], 0),
        (["check", "--standard", "small/", "ready.yaml"], 0),
        (["check", "--standard", "small/", "blocked.yaml"], 1),
        (["check", "--standard", "small/", "--format", "jsonl", "ready.yaml", "blocked.yaml"], 1),
    ],
    ids=["help", "check-help", "ready", "blocked", "jsonl"],
)
def test_a_short_call_imports_nothing_slow(
    files: Path, arguments: list[str], expected: int
) -> None:
    code, modules = imported_by(files, *arguments)
    assert code == expected
    assert modules & ELSEWHERE.keys() == set()


def test_help_imports_neither_the_engines_nor_the_commands(files: Path) -> None:
    _code, modules = imported_by(files, "--help")
    engines = {"yaml", "orjson", "jiter", "jsonschema_rs", "cel_expr_python"}
    assert modules & engines == set()
    assert "pmo_core.cli.check" not in modules
    assert "pmo_core.assessment" not in modules
    assert "pmo_core.standards" not in modules


def test_cel_is_imported_only_by_standards_with_expressions(files: Path) -> None:
    standard = files / "small" / "standard.yaml"
    text = standard.read_text(encoding="utf-8")
    _code, with_expression = imported_by(files, "check", "--standard", "small/", "ready.yaml")
    standard.write_text(text[: text.index("        small:")], encoding="utf-8")
    _code, without = imported_by(files, "check", "--standard", "small/", "ready.yaml")
    assert "cel_expr_python" in with_expression
    assert "cel_expr_python" not in without
