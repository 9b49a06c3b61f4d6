"""How projects stand at their gates: as a list, and as JSON. Form: gates.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Result, Verdict
from pmo_core.assessment.explain import GO, explain
from pmo_core.render.actions import Steps
from pmo_core.render.changes import held_beside
from pmo_core.render.deciding import bars_json, case_json
from pmo_core.render.explain import told_findings
from pmo_core.render.explanation_json import explanation_json
from pmo_core.render.gate_explain import RESULT_WORDS, found_at, statement_of
from pmo_core.render.listing import Column, Listing, cell
from pmo_core.render.text import strength
from pmo_core.render.values import counted
from pmo_core.render.words import word_lines
from pmo_core.standards.instants import format_instant

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment, Finding
    from pmo_core.documents import Json, JsonObject
    from pmo_core.office.standings import Standing
    from pmo_core.render.gate_explain import Ahead
    from pmo_core.render.listing import Cell

GATE_COLUMNS = (
    Column("project", "PROJECT"),
    Column("gate", "GATE"),
    Column("planned", "PLANNED"),
    Column("verdict", "VERDICT"),
    Column("held", "HELD UNTIL", usual=False),
    Column("blocking", "BLOCKING", right=True),
    Column("pass", "PASS", right=True),
    Column("fail", "FAIL", right=True, usual=False),
    Column("unknown", "UNKNOWN", right=True, usual=False),
    Column("not-applicable", "N/A", right=True, usual=False),
    Column("waived", "WAIVED", right=True, usual=False),
    Column("warnings", "WARNINGS", right=True, usual=False),
    Column("review", "REVIEW", usual=False),
    Column("phase", "PHASE", usual=False),
    Column("standard", "STANDARD", usual=False),
    Column("version", "VERSION", right=True, usual=False),
)
FINDING_COLUMNS = (
    Column("project", "PROJECT", usual=False),
    Column("gate", "GATE"),
    Column("result", "RESULT"),
    Column("criterion", "CRITERION"),
    Column("obligation", "OBLIGATION"),
    Column("effect", "EFFECT"),
    Column("found", "FOUND"),
    Column("statement", "STATEMENT", usual=False),
    Column("place", "PLACE", usual=False),
)
_COUNTED = (Result.PASS, Result.FAIL, Result.UNKNOWN, Result.NOT_APPLICABLE, Result.WAIVED)


def gates_listing(standings: Iterable[Standing]) -> Listing:
    """A row for each project at each gate ahead of it."""
    return Listing(GATE_COLUMNS, tuple(_gate_row(one) for one in standings))


def gates_foot(standings: Sequence[Standing]) -> str:
    """`5 projects: 2 ready, 3 blocked by 9 criteria.`"""
    blocked = {one.state.project for one in standings if is_blocked(one.found)}
    projects = {one.state.project for one in standings}
    total = sum(len(one.found.blocking) for one in standings)
    told = f"{len(blocked)} blocked"
    if total:
        told += f" by {counted(total, 'criterion', 'criteria')}"
    return f"{counted(len(projects), 'project')}: {len(projects) - len(blocked)} ready, {told}."


def findings_listing(ahead: Sequence[Ahead]) -> Listing:
    """A row for each criterion of the gates ahead of a project."""
    rows = tuple(
        _finding_row(one, finding) for one in ahead for finding in told_findings(one.standing.found)
    )
    return Listing(FINDING_COLUMNS, rows)


def is_blocked(found: Assessment) -> bool:
    """Whether anything blocks."""
    return found.verdict is Verdict.BLOCKED


def counts_of(found: Assessment) -> dict[str, Json]:
    """How many criteria came to each result, by its name."""
    findings = told_findings(found)
    return {result.value: sum(one.result is result for one in findings) for result in _COUNTED}


def gates_json(
    project: str, ahead: Sequence[Ahead], *, explained: bool = False, target: str = GO
) -> JsonObject:
    """A project at its gates: `{project, gates: [...]}`.

    Args:
        explained: with what would free each blocked gate, and by which commands.
        target: the outcome that it is explained for.
    """
    return {
        "project": project,
        "gates": [_gate_json(one, explained=explained, target=target) for one in ahead],
    }


def _gate_row(standing: Standing) -> tuple[Cell, ...]:
    found, state = standing.found, standing.state
    counts = counts_of(found)
    warnings = sum(one.effect is Effect.WARNS for one in found.findings)
    return (
        cell(state.project),
        cell(standing.key),
        cell(None if standing.planned is None else standing.planned.isoformat()),
        cell(found.verdict.value, held_beside(found.verdict.value.upper(), standing)),
        cell(None if standing.held_until is None else standing.held_until.isoformat()),
        cell(len(found.blocking)),
        *(cell(counts[result.value]) for result in _COUNTED),
        cell(warnings),
        cell(None if standing.review is None else standing.review.key),
        cell(", ".join(state.phases.values())),
        cell(state.standard),
        cell(state.version),
    )


def _finding_row(ahead: Ahead, finding: Finding) -> tuple[Cell, ...]:
    found = ahead.standing.found
    told = [] if finding.result is Result.PASS else _words(ahead, finding)
    return (
        cell(ahead.standing.state.project),
        cell(ahead.standing.key),
        cell(finding.result.value, RESULT_WORDS[finding.result]),
        cell(finding.criterion),
        cell(finding.obligation.value, strength(finding)),
        cell(finding.effect.value),
        cell("; ".join(told)),
        cell(statement_of(finding, found, ahead.people.lang)),
        cell(found_at(ahead, finding)),
    )


def _gate_json(ahead: Ahead, *, explained: bool, target: str) -> JsonObject:
    standing, found = ahead.standing, ahead.standing.found
    review, prospect = standing.review, ahead.prospect
    written: JsonObject = {
        "gate": standing.gate.id,
        "occurrence": standing.occurrence,
        "planned": None if standing.planned is None else standing.planned.isoformat(),
        "verdict": found.verdict.value,
        "entry": found.entry.value,
        "vacuous": found.vacuous,
        "now": format_instant(found.now),
        "version": standing.state.version,
        "phase": dict(standing.state.phases),
        "standard": standing.state.standard,
        "counts": counts_of(found),
        "blocking": len(found.blocking),
        "findings": [_finding_json(ahead, one) for one in found.findings],
        "notes": [one.as_json() for one in found.notes],
        "review": None
        if review is None
        else {"key": review.key, "opened": review.opened, "by": review.by},
        "hold": None
        if standing.hold is None or standing.held_until is None
        else {"decision": standing.hold.decision, "until": standing.held_until.isoformat()},
        "deciders": None if prospect is None else case_json(prospect.case, prospect.refusal),
        "bars": [] if prospect is None else bars_json(prospect.bars),
        "away": None if prospect is None else prospect.away,
        "digests": {
            "assessment": found.digest,
            **{name: found.as_json()[name] for name in ("record", "inputs")},
            "standard": found.standard.digest,
            "package": standing.state.package,
        },
    }
    if explained and is_blocked(found):
        written["explain"] = {
            **explanation_json(found, target),
            "commands": _commands(ahead, target),
        }
    return written


def _commands(ahead: Ahead, target: str) -> list[Json]:
    """The plan's actions as commands, by the roles that may do them; capitals are to be filled."""
    found = ahead.standing.found
    plan = explain(found, target=target).plan
    actions = () if plan is None else plan.actions
    steps = Steps(found)
    told: list[Json] = []
    for roles in dict.fromkeys(one.roles for one in actions):
        theirs = [one for one in actions if one.roles == roles]
        for step in steps.of(theirs, dict.fromkeys(theirs, "")):
            if step.is_command:
                told.append({"roles": list(roles), "command": step.text})
    return told


def _finding_json(ahead: Ahead, finding: Finding) -> JsonObject:
    written = finding.as_json()
    statement = statement_of(finding, ahead.standing.found, ahead.people.lang)
    if statement:
        written["statement"] = statement
    place = found_at(ahead, finding)
    if place is not None:
        written["place"] = place
    return written


def _words(ahead: Ahead, finding: Finding) -> list[str]:
    found = ahead.standing.found
    return word_lines(finding, found.record, found.standard, lang=ahead.people.lang)
