"""Small offices in a folder, with a clock that a test sets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pmo_core import Office, found_office

START = datetime(2026, 3, 2, 9, tzinfo=UTC)

TWO_GATES = """
language: 1
standard: tiny
version: 1.0.0
title: Two gates
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}}
artefacts:
  plan: {title: Plan, states: [draft, approved]}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      owner: manager
      outcomes:
        go: {to: work, baseline: {name: start, of: [/title]}}
        hold: {to: same, resume-by: required}
        drop: {to: done, needs: nothing, reason: required}
      authority: {role: owner, never: [manager]}
      criteria:
        budgeted: {must: It has a budget, schema: {required: [budget]}, owner: manager}
        upstream:
          must: What it waits for has begun
          dependency: {of: /depends_on, gate: begin}
    finish:
      from: work
      owner: manager
      outcomes:
        go: done
        again: {to: idea, needs: nothing}
      authority: {role: owner}
      criteria:
        planned: {must: The plan is approved, artefact: {id: plan, state: approved}}
        asked:
          must: Somebody asked
          answer: {na: justified, max_age: P30D}
"""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def package(folder: Path, standard: str = TWO_GATES, schema: object = None) -> Path:
    """A standard's package in a folder of its own."""
    root = folder / "package"
    root.mkdir()
    (root / "standard.yaml").write_text(standard)
    shape = schema or {"type": "object", "properties": {"budget": {"type": "number"}}}
    (root / "record.schema.json").write_text(json.dumps(shape))
    return root


def office(
    folder: Path, clock: Clock | None = None, standard: str = TWO_GATES, settings: str = ""
) -> Office:
    """A new office under a standard; `settings` are added to its `pmo.yaml`."""
    root = folder / "office"
    found_office(root, str(package(folder, standard)), office_id="tests")
    if settings:
        file = root / "pmo.yaml"
        file.write_text(f"{file.read_text()}\n{settings}\n")
    return Office.open(root, clock=clock or Clock())


def project(office: Office, name: str, **fields: object) -> None:
    """A project of Ola's (owner) and Mia's (manager)."""
    record = {"id": name, "title": name.title(), "phase": "idea", "budget": 5, **fields}
    office.register(name, record, roles=[("owner", "ola"), ("manager", "mia")], actor="kira")
