"""A fact that is given reaches every expression that reads it (S3.1, S8.1, S11.6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmo_core.cli.commands import pmo

STANDARD = """language: 1
standard: small
version: 1.0.0
record: {schema: record.schema.json}
needs: {facts: {lab.open: {type: boolean}}}
lifecycle:
  initial: open
  phases: [open, done]
  ends: [done]
  gates:
    finish:
      from: open
      outcomes: {go: done}
      GUARD
      criteria:
        told: {must: It is told, CRITERION}
"""


def results(folder: Path, guard: str, criterion: str, *options: str) -> list[tuple[object, object]]:
    """(gate, result of the criterion) of each line."""
    standard = STANDARD.replace("GUARD", guard).replace("CRITERION", criterion)
    (folder / "standard.yaml").write_text(standard)
    (folder / "record.schema.json").write_text("{}")
    record = folder / "a.yaml"
    record.write_text("id: a\nphase: open\ndepends_on: [b]\n---\nid: b\nphase: done\n")
    arguments = ["check", "--standard", str(folder), "--format", "jsonl", *options, str(record)]
    done = CliRunner().invoke(pmo, arguments)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        (line["gate"], one["result"])
        for line in lines
        if line["record"] == "a"
        for one in line["findings"]
        if one["criterion"] in ("told", "claim")
    ][1 if lines[0]["gate"] else 0 :]


WHERE = {
    "a test": ("owner: x", "expr: facts.lab.open"),
    "a guard": ("owner: x", "schema: {required: [nope]}, when: {expr: '!facts.lab.open'}"),
    "another project": (
        "owner: x",
        "dependency: {of: /depends_on, holds: \"facts.lab.open && other.phase.main == 'done'\"}",
    ),
}


@pytest.mark.parametrize("where", WHERE)
def test_a_fact_by_hand_is_read_in(where: str, tmp_path: Path) -> None:
    guard, criterion = WHERE[where]
    guard = guard.replace("owner: x", "title: T")
    (one,) = results(tmp_path, guard, criterion, "--fact", "lab.open=true")
    assert one[1] in ("pass", "not-applicable")
    (one,) = results(tmp_path, guard, criterion)
    assert one[1] == "unknown"


def test_whether_a_gate_is_held_may_rest_on_a_fact(tmp_path: Path) -> None:
    guard = "when: {expr: facts.lab.open}"
    criterion = "schema: {required: [id]}"
    assert results(tmp_path, guard, criterion, "--fact", "lab.open=true") == [("finish", "pass")]
    assert results(tmp_path, guard, criterion, "--fact", "lab.open=false") == [(None, "pass")]
    # Unknown is not false: the gate is ahead until somebody knows better.
    assert results(tmp_path, guard, criterion) == [("finish", "pass")]
