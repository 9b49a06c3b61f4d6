"""A small standard of which lint says nothing, and changes of it."""

from __future__ import annotations

import json

from pmo_core.documents import Json, read_document
from pmo_core.documents.merge_patch import merge_patch
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard
from pmo_core.trial.lint import lint

STANDARD = """\
language: 1
standard: small
version: 1.0.0
title: A small standard
record: {schema: record.schema.json}
roles:
  sponsor: {title: Sponsor}
  manager: {title: Project manager}
bodies:
  board: {title: Board, chair: sponsor, members: [sponsor, manager]}
artefacts:
  business-case:
    title: Business case
    states: [draft, approved]
    accountable: sponsor
    template: templates/business-case.md
predicates:
  large: {expr: "money(record.cost) > money('1000.00')"}
lifecycle:
  initial: idea
  phases: [idea, delivery, closed]
  ends: [closed]
  gates:
    approval:
      title: Approval
      from: idea
      owner: manager
      outcomes:
        go: delivery
        conditional-go: delivery
        hold: {to: same, resume-by: required}
        kill: closed
      authority: {role: sponsor, self: never}
      criteria:
        case-approved:
          must: The business case is approved
          artefact: {id: business-case, state: approved}
          guidance: guidance/case.md
        independently-reviewed:
          should: Somebody from outside reviewed it
          answer: {evidence: required}
          when: large
          guidance: guidance/review.md
    closing:
      title: Closing
      from: delivery
      owner: manager
      outcomes:
        go: closed
        hold: {to: same, resume-by: required}
      authority: {body: board, rule: majority, quorum: 2}
      criteria:
        accepted:
          must: The results are accepted
          schema: {required: [accepted], properties: {accepted: {const: true}}}
          guidance: guidance/accepted.md
"""
RECORD_SCHEMA: Json = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": {"type": "string"},
        "title": {"type": "string"},
        "phase": {"type": "string"},
        "budget": {"type": "number"},
        "accepted": {"type": "boolean"},
        "risks": {
            "type": "array",
            "items": {"type": "object", "properties": {"owner": {"type": "string"}}},
        },
    },
}


GUIDANCE = (
    "accepted,attractive,benefits,budget,case,codes,criterion,damage,labelled,lessons,"
    "measured,named,review,risks,secure,titled,tolerance"
)


def files(standard: str | Json = STANDARD) -> dict[str, bytes]:
    """The files of a package; guidance is there for every path that anybody might name."""
    text = standard if isinstance(standard, str) else json.dumps(standard, indent=2)
    found = {
        "standard.yaml": text.encode(),
        "record.schema.json": json.dumps(RECORD_SCHEMA).encode(),
        "templates/business-case.md": b"# Business case of {{id}}\n",
        "templates/misspelt.md": b"# Business case: {{titel}}\n",
        "templates/broken.md": b"{{#risks}}\n",
    }
    for name in GUIDANCE.split(","):
        found[f"guidance/{name}.md"] = b"How to do it well.\n"
    return found


def changed(patch: str) -> Standard:
    """The clean standard with a merge patch, written as YAML; or a whole standard."""
    written = read_document(patch.encode(), "patch.yaml").value
    if isinstance(written, dict) and "language" in written:
        return load(files(patch), "small")
    clean = read_document(STANDARD.encode(), "standard.yaml").value
    return load(files(merge_patch(clean, written)), "small")


def clean() -> Standard:
    """The clean standard itself."""
    return load(files(), "small")


def said(rule: str, patch: str) -> list[str]:
    """The messages of a rule on the clean standard with a change."""
    return [finding.message for finding in lint(changed(patch)) if finding.rule == rule]
