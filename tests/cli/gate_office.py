"""A small office with gates of every sort, typed at in this process at times that a test sets."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pmo_core import Office, found_office
from pmo_core.cli.commands import call
from pmo_core.cli.complaints import exit_code, tell
from pmo_core.cli.invocation import Invocation
from pmo_core.documents import read_yaml
from pmo_core.version import VERSION

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
STANDARD = """
language: 1
standard: house
version: 1.0.0
title: House rules
record: {schema: record.schema.json}
roles:
  owner: {title: Owner}
  manager: {title: Manager}
  team: {title: Business team}
bodies:
  board: {title: Board, members: [owner, team], chair: owner}
artefacts:
  plan: {title: Plan, states: [draft, approved], accountable: manager, lead-time: P5D,
         template: templates/plan.md}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      owner: manager
      outcomes:
        go:
          to: work
          baseline: {name: start, of: [/budget, /benefits]}
          releases: {money: /budget}
        hold: {to: same, resume-by: {within: P30D}}
        promise: {to: work, needs: nothing, requires: {next-date: date, partner: person}}
        more: {to: work, needs: ready, extra: allowed}
        drop: {to: done, needs: nothing, reason: required}
      authority: {role: owner, never: [manager], self: never}
      override: {by: team}
      criteria:
        measured:
          must: Every benefit has a measure and a target date
          schema:
            required: [benefits]
            properties: {benefits: {minItems: 1, items: {required: [measure, target_date]}}}
          owner: manager
          guidance: guidance/measured.md
        owned:
          must: Every risk has an owner
          schema: {properties: {risks: {items: {required: [owner]}}}}
          owner: manager
          waivable: {by: owner}
        planned:
          must: The plan is approved
          artefact: {id: plan, state: approved}
        consulted:
          must: Those concerned were asked in the last 90 days
          answer: {evidence: required, max_age: P90D}
          owner: team
          lead-time: P1D
        lawful:
          must: The law was looked at
          statutory: true
          answer: {na: allowed}
          owner: board
        rated:
          should: It was rated
          explain: required
          score:
            combine: sum
            scale: {min: 0, max: 5}
            items: {fit: {title: Fit, weight: 1}, worth: {title: Worth, weight: 1}}
            bands: [{id: low, at-least: 0}, {id: high, at-least: 6}]
            pass: high
          owner: owner
    finish:
      from: work
      owner: manager
      review: {notice: P3D}
      outcomes: {go: done, again: {to: idea, needs: nothing, again-after: P10D}}
      authority: {role: owner}
      criteria:
        sponsor-left:
          must: A sponsor is named
          schema: {required: [sponsor]}
    health:
      from: work
      recurs: {every: P30D, anchor: 2026-11-01, in: [work]}
      outcomes: {go: {to: same}, stop: {to: done, needs: nothing}}
      authority: {role: owner}
      criteria:
        looked-at: {should: Somebody looked at it, answer: {}}
"""
SCHEMA = """
{"type": "object", "required": ["id"], "properties": {
  "id": {"type": "string"},
  "title": {"type": "string"},
  "phase": {"type": "string"},
  "sponsor": {"type": "string"},
  "budget": {"type": "number"},
  "benefits": {"type": "array", "items": {"type": "object", "properties": {
    "id": {"type": "string"}, "title": {"type": "string"}, "measure": {"type": "string"},
    "target_date": {"type": "string", "format": "date"}}}},
  "risks": {"type": "array", "items": {"type": "object"}}}}
"""
SETTINGS = """
people:
  eva.stern: {name: Eva Stern}
  ana.ruiz: {name: Ana Ruiz}
  rosa.lind: {name: Rosa Lind}
  kira.dahl: {name: Kira Dahl}
roles:
  owner: [{person: eva.stern, from: 2026-01-01}]
  team: rosa.lind
"""
PORTAL = """\
# The portal, on its way to its first gate.
id: portal
title: Permit portal
phase: idea
budget: 5
milestones:
  - {gate: begin, planned: "2026-11-27"}
  - {gate: finish, planned: "2027-02-26"}
benefits:
  - {id: B-1, title: Sooner, measure: Days, target_date: "2027-12-31"}
  - id: B-2
    title: Fewer visits
    measure: Visits
risks:
  - {id: R-1, title: Supplier fails, owner: eva.stern}
  - {id: R-3, title: Old data cannot be moved}
artefacts:
  plan:
    state: approved
    by: ana.ruiz
    date: "2026-11-20"
    evidence:
      - link: docs/plan.pdf
        date: "2026-11-20"
        digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
answers:
  consulted: {value: "yes", by: rosa.lind, date: "2026-07-20", evidence: [docs/minutes.pdf]}
  lawful: {value: "na"}
"""
_SHORT = re.compile(r"\b[0-9a-f]{8}\b")
_TZDATA = re.compile(r'"tzdata": "[^"]*"')
_WHOLE = re.compile(r"sha256:[0-9a-f]{64}")


class Written(NamedTuple):
    """What a command wrote, and its exit code."""

    out: str
    err: str
    code: int


def office_in(folder: Path) -> Path:
    """An office in a new folder, with two projects: one half done, one empty."""
    root = office_under(folder, STANDARD)
    (root / "projects" / "portal.yaml").write_text(PORTAL)
    record = read_yaml(PORTAL.encode(), "portal").value
    assert isinstance(record, dict)
    with Office.open(root, clock=lambda: datetime(2026, 11, 23, 8, tzinfo=UTC)) as office:
        office.register("portal", record, roles=[("manager", "ana.ruiz")], actor="kira.dahl")
        office.register("street", {"id": "street", "title": "Street"}, actor="kira.dahl")
    return root


def office_under(folder: Path, standard: str) -> Path:
    """An office without projects, in a new folder, under a standard."""
    package, root = folder / "house", folder / "brindal"
    (package / "templates").mkdir(parents=True)
    (package / "guidance").mkdir()
    (package / "standard.yaml").write_text(standard)
    (package / "record.schema.json").write_text(SCHEMA)
    (package / "templates" / "plan.md").write_text("# Plan of {{ title }}\n")
    (package / "guidance" / "measured.md").write_text("Why: else it can never be missed.\n")
    found_office(root, str(package), office_id="brindal", zone="Europe/Oslo")
    for example in (root / "projects").glob("*"):
        example.unlink()
    file = root / "pmo.yaml"
    file.write_text(file.read_text() + SETTINGS)
    (root / "docs").mkdir()
    (root / "docs" / "plan.pdf").write_bytes(b"test")
    (root / "docs" / "minutes.pdf").write_bytes(b"They agreed.")
    (root / "docs" / "extra.yaml").write_text(
        "finish: {insured: {must: It is insured, answer: {}}}\n"
    )
    return root


def typed(command: str, at: datetime = START) -> Written:
    """One command line without its `pmo`, as it is answered in the working folder at a time."""
    words = shlex.split(command)
    invocation = Invocation(words, clock=lambda: at)
    out, err = _stream(), _stream()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = call(words, invocation)
        except Exception as error:
            tell(error, as_json=invocation.json)
            code = exit_code(error)
    return Written(_written(out), _written(err), code)


def settled(text: str) -> str:
    """The text without what differs from run to run: digests, versions of what made it."""
    text = _TZDATA.sub('"tzdata": "..."', text.replace(f'"{VERSION}"', '"VERSION"'))
    text = _SHORT.sub("........", _WHOLE.sub("sha256:...", text))
    return text.replace(f"core {VERSION}", "core VERSION")


def played(session: str) -> Iterator[str]:
    """A session as it is now; `# at TIME` sets the clock in UTC, other comments are kept."""
    now = START
    for line in session.splitlines():
        if not line.startswith(("$ ", "# ")):
            continue
        yield line
        if line.startswith("# at "):
            now = datetime.fromisoformat(line.removeprefix("# at ")).replace(tzinfo=UTC)
        if line.startswith("# "):
            continue
        written = typed(line.removeprefix("$ pmo"), now)
        yield from settled(written.out).splitlines()
        yield from (f"2> {one}".rstrip() for one in settled(written.err).splitlines())
        if written.code:
            yield f"(exit {written.code})"


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
