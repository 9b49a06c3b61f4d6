"""An office with projects at every point at which a command can find them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pmo_core import Answer, Choice, Office, found_office

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
STANDARD = """
language: 1
standard: house
version: 1.0.0
title: House rules
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}}
artefacts:
  plan: {title: Plan, states: [draft, approved], template: templates/plan.md}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      outcomes:
        go: {to: work, baseline: {name: start, of: [/budget]}}
        more: {to: work, needs: ready, extra: allowed}
        bring: {to: work, needs: nothing, requires: {partner: person}}
        hold: {to: same, needs: nothing, resume-by: {within: P30D}}
        drop: {to: done, needs: nothing, reason: required}
      authority: {role: owner}
      criteria:
        titled: {must: It has a title, schema: {required: [title]}, owner: manager}
        planned: {must: The plan is approved, artefact: {id: plan, state: approved}}
        consulted:
          must: Those concerned were asked
          answer: {evidence: required, max_age: P90D}
          owner: manager
    finish:
      from: work
      outcomes: {go: done}
      authority: {role: owner}
      criteria: {sound: {must: It works, answer: {}}}
    health:
      from: work
      recurs: {every: P30D, anchor: 2026-11-01, in: [work]}
      outcomes: {go: {to: same}, stop: {to: done, needs: nothing}}
      authority: {role: owner}
      criteria: {looked-at: {should: Somebody looked at it, answer: {}}}
"""
SCHEMA = """
{"type": "object", "required": ["id"], "properties": {
  "id": {"type": "string"}, "title": {"type": "string"}, "phase": {"type": "string"},
  "budget": {"type": "number"},
  "risks": {"type": "array", "items": {"type": "object"}}}}
"""
PEOPLE = """
people:
  eva.stern: {name: Eva Stern}
  ana.ruiz: {name: Ana Ruiz}
roles: {owner: eva.stern, manager: ana.ruiz}
"""
EDITOR = "sed -i s/Atlas/Better/"


def build(root: Path) -> Path:
    """The office, below a new folder: `atlas` ready, `bela` in review, `cora` decided."""
    package(root / "house", STANDARD)
    package(root / "other", STANDARD.replace("standard: house", "standard: other"))
    folder = root / "office"
    found_office(folder, str(root / "house"), office_id="brindal", zone="Europe/Oslo")
    for example in (folder / "projects").iterdir():
        example.unlink()
    with (folder / "pmo.yaml").open("a") as settings:
        settings.write(PEOPLE)
    (folder / "docs").mkdir()
    (folder / "docs" / "minutes.txt").write_text("They agreed.")
    (folder / "more.yaml").write_text("id: more\ntitle: More\n")
    (folder / "late.yaml").write_text("id: late\ntitle: Late\n")
    (folder / "patch.json").write_text('[{"op": "add", "path": "/budget", "value": 7}]')
    with Office.open(folder, clock=lambda: NOW - timedelta(days=1)) as office:
        for project in ("atlas", "bela", "cora"):
            record = {"id": project, "title": project.title(), "risks": [{"id": "R-1"}]}
            office.register(project, record, roles=[("owner", "eva.stern")], actor="ana.ruiz")
            office.move_artefact(project, "plan", "approved", actor="ana.ruiz")
            evidence = {
                "link": "docs/minutes.txt",
                "date": "2026-11-24",
                "digest": f"sha256:{sha256(b'They agreed.').hexdigest()}",
            }
            answer = Answer("consulted", "yes", "", (evidence,))
            office.answer(project, answer, actor="ana.ruiz")
        for project in ("bela", "cora"):
            office.open_review(project, actor="ana.ruiz")
        office.decide("cora", Choice("go"), actor="eva.stern")
        version = office.project("atlas").version
    (folder / "projects" / "atlas.yaml").write_text(
        f"# $version: {version}\nid: atlas\ntitle: Atlas\nrisks:\n- id: R-1\n"
    )
    return folder


def package(folder: Path, standard: str) -> None:
    """A standard's package in a new folder."""
    (folder / "templates").mkdir(parents=True)
    (folder / "standard.yaml").write_text(standard)
    (folder / "record.schema.json").write_text(SCHEMA)
    (folder / "templates" / "plan.md").write_text("# Plan of {{ title }}\n")


def digests(folder: Path) -> dict[str, str]:
    """What lies in a folder, by path: files by their digest; not what SQLite keeps beside its own.

    An office's ledger is one of the files: what a command that has ended wrote stands in it.
    """
    return {
        path.relative_to(folder).as_posix(): _looks(path)
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-wal", "-shm"))
    }


def _looks(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    if not path.is_file():
        return "folder" if path.is_dir() else "special"
    if path.stat().st_size > 50_000_000:
        return f"{path.stat().st_size} bytes"
    return sha256(path.read_bytes()).hexdigest()
