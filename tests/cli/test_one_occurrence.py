"""`--gate GATE@OCCURRENCE` judges one time of a repeated or recurring gate (S11.4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .command_line import pmo

STANDARD = """language: 1
standard: small
version: 1.0.0
record: {schema: record.schema.json}
roles: {boss: {title: Boss}}
lifecycle:
  initial: open
  phases: [open, done]
  ends: [done]
  gates:
    stage-end:
      title: End of a stage
      from: open
      per: {items: /stages, id: id}
      outcomes: {go: same}
      authority: {role: boss}
      criteria: {told: {must: It is told, schema: true}}
    health:
      title: Health
      from: open
      recurs: {every: P1M, anchor: 2026-01-31}
      outcomes: {go: same}
      authority: {role: boss}
      criteria: {told: {must: It is told, schema: true}}
    finish:
      title: Finish
      from: open
      outcomes: {go: done}
      authority: {role: boss}
      criteria: {told: {must: It is told, schema: true}}
"""


@pytest.fixture(autouse=True)
def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "standard.yaml").write_text(STANDARD)
    (tmp_path / "record.schema.json").write_text("{}")
    (tmp_path / "a.yaml").write_text("id: a\nphase: open\nstages: [{id: s1}, {id: s2}]\n")
    monkeypatch.chdir(tmp_path)


def judged(monkeypatch: pytest.MonkeyPatch, gate: str) -> list[tuple[str, str]]:
    command = f"check --standard . --at 2026-03-02 --format jsonl --gate {gate} a.yaml"
    lines = [json.loads(line) for line in pmo(monkeypatch, command).out.splitlines()]
    return [(line["gate"], line.get("occurrence", "")) for line in lines]


@pytest.mark.parametrize(
    ("gate", "found"),
    [
        ("stage-end", [("stage-end", "s1"), ("stage-end", "s2")]),
        ("stage-end@s2", [("stage-end", "s2")]),
        ("health@2026-01-31", [("health", "2026-01-31")]),
        ("finish", [("finish", "")]),
    ],
)
def test_an_occurrence_that_is_named_is_judged_alone(
    gate: str, found: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged(monkeypatch, gate) == found


@pytest.mark.parametrize(
    ("gate", "told"),
    [
        ("stage-end@s9", "stage-end has no occurrence 's9' for a. Known: s1, s2"),
        ("stage-end@", "small@1.0.0 has no gate 'stage-end@'. Did you mean 'stage-end'?"),
        ("finish@s1", "finish has no occurrence 's1' for a"),
        ("health@soon", "health has no occurrence 'soon' for a"),
        ("stage-ent@s1", "small@1.0.0 has no gate 'stage-ent'. Did you mean 'stage-end'?"),
        ("@s1", "small@1.0.0 has no gate '@s1'"),
    ],
)
def test_an_occurrence_that_is_not_there_is_an_unknown_name(
    gate: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S16: unknown names are exit 2."""
    written = pmo(monkeypatch, f"check --standard . --at 2026-03-02 --gate {gate} a.yaml")
    assert (written.code, told in written.err) == (2, True), written.err
