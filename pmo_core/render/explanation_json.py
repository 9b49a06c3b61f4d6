"""What would free a blocked gate, as JSON: `explain` in check-line.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.explain import GO, explain
from pmo_core.documents import Json
from pmo_core.standards.instants import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_core.assessment import Assessment
    from pmo_core.assessment.explain import Blocker
    from pmo_core.assessment.plan import Action
    from pmo_core.documents import JsonObject


def explanation_json(assessment: Assessment, target: str = GO) -> JsonObject:
    """`{target, blockers, stuck, plan, earliest, people?}` of a blocked assessment (S14)."""
    found = explain(assessment, target=target)
    written: JsonObject = {
        "target": found.target,
        "blockers": [_blocker(one) for one in found.blockers],
        "stuck": list[Json](found.stuck),
        "plan": None
        if found.plan is None
        else {"actions": _actions(found.plan.actions), "proved": found.plan.proved},
        "earliest": None if found.earliest is None else format_instant(found.earliest),
    }
    if found.people:
        written["people"] = {role: list[Json](held) for role, held in found.people.items()}
    return written


def _blocker(blocker: Blocker) -> JsonObject:
    written: JsonObject = {
        "criterion": blocker.finding.criterion,
        "roles": list[Json](blocker.roles),
        "needs": [
            {"alternatives": [_actions(sorted(way, key=_action_id)) for way in need.ways]}
            for need in blocker.needs
        ],
    }
    if blocker.waived_by is not None:
        written["waived_by"] = blocker.waived_by
    return written


def _actions(actions: Iterable[Action]) -> list[Json]:
    return [
        {"kind": one.kind, "target": one.target, "roles": list[Json](one.roles)} for one in actions
    ]


def _action_id(action: Action) -> str:
    return action.id
