"""The threat model: each threat has an id and a test, and the defences that stand nowhere else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core import InvalidStandard, load_standard

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "THREAT_MODEL.md"
ROWS = re.findall(r"^\| (T-\d+) \|.*\| (.+) \|$", MODEL.read_text(encoding="utf-8"), re.M)
STANDARD = """\
language: 1
standard: small
version: 1.0.0
title: Small
record: {schema: record.schema.json}
lifecycle:
  initial: open
  phases: [open, done]
  ends: [done]
  gates:
    close:
      title: Close
      from: open
      outcomes: {go: done}
      authority: automatic
      criteria:
        one:
          must: It holds
          schema: SCHEMA
"""


def package(folder: Path, schema: object, record: object = True) -> Path:
    """A standard of one criterion."""
    folder.mkdir(exist_ok=True)
    (folder / "standard.yaml").write_text(STANDARD.replace("SCHEMA", json.dumps(schema)))
    (folder / "record.schema.json").write_text(json.dumps(record))
    return folder


def pmo(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "pmo_core.cli", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_are_threats() -> None:
    assert len(ROWS) > 10


def test_each_threat_has_an_id_of_its_own() -> None:
    assert len({name for name, _shown in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("threat", "shown"), ROWS)
def test_each_threat_names_a_test_that_is_there(threat: str, shown: str) -> None:
    paths = re.findall(r"\]\(([^)]+)\)", shown)
    assert paths
    assert [path for path in paths if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("pattern", ["(a)\\1", "(?=a)b", "(?<!a)b"])
def test_a_pattern_that_may_backtrack_is_refused(tmp_path: Path, pattern: str) -> None:
    """T-06; S7.2."""
    with pytest.raises(InvalidStandard):
        load_standard(package(tmp_path / "s", {"properties": {"a": {"pattern": pattern}}}))


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/schema.json",
        "https://example.org/schema.json",
        "file:///etc/passwd",
        "../outside.json",
        "//example.org/schema.json",
        "pmo:registers/../../outside",
    ],
)
def test_a_schema_reaches_nothing_outside_its_package(tmp_path: Path, reference: str) -> None:
    """T-07; S7.1."""
    (tmp_path / "outside.json").write_text("{}")
    with pytest.raises(InvalidStandard) as raised:
        load_standard(package(tmp_path / "s", {"$ref": reference}))
    assert raised.value.line is not None


def test_a_reference_that_goes_in_circles_is_refused(tmp_path: Path) -> None:
    """T-08; S7.1."""
    with pytest.raises(InvalidStandard):
        load_standard(
            package(tmp_path / "s", {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}})
        )


@pytest.mark.parametrize(
    "path", ["../outside.json", "/etc/hostname", "link.json", "a/../../x.json"]
)
def test_a_standard_names_no_file_outside_its_folder(tmp_path: Path, path: str) -> None:
    """T-09."""
    (tmp_path / "outside.json").write_text("{}")
    folder = package(tmp_path / "s", True)
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    text = (folder / "standard.yaml").read_text()
    (folder / "standard.yaml").write_text(text.replace("record.schema.json", path))
    with pytest.raises(InvalidStandard):
        load_standard(folder)


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "junit", "sarif", "markdown", "github"])
def test_a_clock_and_a_fact_by_hand_are_marked_in_each_format(tmp_path: Path, form: str) -> None:
    """T-12; S8.1."""
    package(tmp_path / "s", True)
    (tmp_path / "a.yaml").write_text("id: a\nphase: open\n")
    done = pmo(
        tmp_path, "check", "--standard", "./s", "--at", "2026-11-24T09:00Z",
        "--fact", "lab.open=true", "--format", form, "a.yaml",
    )  # fmt: skip
    assert done.returncode == 0
    assert "lab.open" in done.stdout
    assert re.search(r"2026-11-24T09:00:00Z|24 Nov 2026 09:00", done.stdout)


def test_an_id_that_two_records_claim_stands_for_neither(tmp_path: Path) -> None:
    """T-14; S2.4."""
    package(tmp_path / "s", True)
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("id: twin\nphase: open\n")
    done = pmo(tmp_path, "check", "--standard", "./s", "--format", "jsonl", "a.yaml", "b.yaml")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["record"] for line in lines] == ["a.yaml", "b.yaml"]
    assert all(line["notes"] for line in lines)


def test_a_bug_of_ours_shows_no_traceback_unless_asked(tmp_path: Path) -> None:
    """T-15; S16."""
    code = (
        "import sys; import pmo_core.office.packages as p;"
        "p.load_standard = lambda name: 1 / 0;"
        "sys.argv = ['pmo', 'standard', 'show', 'x'];"
        "from pmo_core.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "bug in pmo" in done.stderr
