"""Gates that decide themselves, wait for other projects, are held for items, or stand for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_core import Office
from pmo_core.documents import Json, JsonObject

from .gate_office import START, office_under, settled, typed

LINKED = """
language: 1
standard: linked
version: 1.0.0
title: Linked
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}, team: {title: Team}}
lifecycle:
  initial: idea
  phases: [idea, work, late, done]
  ends: [done]
  gates:
    begin:
      from: idea
      outcomes: {go: {to: work, baseline: {name: start, of: [/title]}}}
      authority: automatic
      owner: manager
      criteria:
        upstream:
          must: What it waits for has begun
          dependency: {of: /depends_on, phase: work}
    accept:
      from: work
      per: {items: /deliverables}
      outcomes: {go: {to: same}}
      authority: {role: owner}
      owner: manager
      criteria:
        accepted: {must: It is accepted, answer: {}}
    finish:
      from: work
      outcomes: {go: late}
      owner: manager
      authority:
        - {when: {expr: "record.large"}, role: team}
        - {role: owner}
      criteria:
        upstream-too:
          must: What it waits for has begun
          dependency: {of: /depends_on, phase: work}
"""
CLAIMS = """
language: 1
standard: claims
version: 1.0.0
title: Claims
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}, team: {title: Team}}
lifecycle:
  initial: alpha
  phases: [alpha, beta]
  gates:
    fit:
      standing: true
      criteria:
        named: {must: It has a sponsor, schema: {required: [sponsor]}}
"""


@pytest.fixture
def under(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """What makes an office under a standard, and goes there."""
    for variable in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(variable, raising=False)

    def make(standard: str) -> Path:
        root = office_under(tmp_path, standard)
        monkeypatch.chdir(root)
        return root

    return make


def add(root: Path, project: str, **fields: Json) -> None:
    with Office.open(root, clock=lambda: START) as office:
        record: JsonObject = {"id": project, "title": project.title(), "large": False, **fields}
        office.register(project, record, roles=[("manager", "ana.ruiz")], actor="kira.dahl")


def test_a_gate_that_decides_itself_waits_for_tick(under: Callable[[str], Path]) -> None:
    root = under(LINKED)
    add(root, "first", depends_on=[])
    told = typed("gate explain first")
    assert told.code == 0
    assert "It is decided by itself as soon as it is ready, when pmo tick runs." in told.out
    assert told.out.endswith("Next: pmo tick\n")
    assert typed("tick").code == 0
    story = typed("decision show first")
    assert story.out.startswith("Go, Tue 24 Nov 2026 09:00, by pmo tick\n")
    assert "rule       decided by itself as soon as it is ready: linked@1.0.0" in story.out
    assert "identity   automatic: tick" in story.out
    assert "           Baseline start taken: title\n" in story.out


def test_who_waits_for_another_project_is_sent_there(under: Callable[[str], Path]) -> None:
    root = under(LINKED)
    add(root, "first", depends_on=["nowhere"])
    add(root, "second", depends_on=["first"])
    told = typed("gate explain second").out
    assert "  Ana Ruiz  pmo gate explain first\n" in told
    assert "Earliest ready: once others have done this; no date is known here" in told
    unknown = typed("gate explain first").out
    assert "  Ana Ruiz  wait for nowhere\n" in unknown


def test_a_decision_tells_the_other_projects_that_were_looked_at(
    under: Callable[[str], Path],
) -> None:
    root = under(LINKED)
    add(root, "first", depends_on=[])
    add(root, "second", depends_on=["first"])
    typed("tick")
    typed("review open second --gate finish --as ana.ruiz")
    assert typed("review decide second go --as eva.stern").code == 0
    story = settled(typed("decision show second finish").out)
    assert "inputs     project first in work, head ........\n" in story


def test_each_item_has_a_gate_of_its_own_one_after_the_other(
    under: Callable[[str], Path],
) -> None:
    root = under(LINKED)
    add(root, "first", depends_on=[], deliverables=[{"id": "D-1"}, {"id": "D-2"}])
    typed("tick")
    told = typed("gate explain first").out
    heads = [line for line in told.splitlines() if line.startswith("first at")]
    assert heads == [
        "first at accept@D-1: BLOCKED by 1 of 1 criterion",
        "first at accept@D-2: BLOCKED by 1 of 1 criterion",
        "first at finish: READY, only because no must applied",
    ]
    assert "pmo project answer first accepted@D-2 yes" in told
    assert "Also 0 pass: pmo gate status first --gate accept@D-2" in told
    assert typed("gate status").out.splitlines()[-1] == (
        "1 project: 0 ready, 1 blocked by 2 criteria."
    )
    typed("project answer first accepted@D-1 yes --as ana.ruiz")
    opened = typed("review open first --gate accept@D-1 --as ana.ruiz").out
    assert opened.startswith("Review accept@D-1/1 of first is open, on version 7: READY.\n")


def test_nobody_decides_where_the_case_is_not_known(under: Callable[[str], Path]) -> None:
    """S12.2: which authority it is depends on a value that the record does not have."""
    root = under(LINKED)
    add(root, "first", depends_on=[])
    typed("tick")
    with Office.open(root, clock=lambda: START) as office:
        office.amend(
            "first",
            lambda state: {key: one for key, one in state.record.items() if key != "large"},
            actor="ana.ruiz",
        )
    told = typed("gate explain first --gate finish").out
    assert "Nobody may decide at finish: it is unknown whether" in told


def test_a_standing_gate_has_findings_and_no_decision(under: Callable[[str], Path]) -> None:
    root = under(CLAIMS)
    add(root, "first", sponsor="eva.stern")
    told = typed("gate explain first").out
    assert told.splitlines()[0] == "first at fit: READY"
    assert "decide" not in told
    assert "review" not in told
    add(root, "second")
    assert typed("gate explain second").code == 1
