"""What blocks, who can act, and the smallest set of actions that frees the gate (S14). Pure.

Each action is assumed to turn its findings to a result that does not block, others unchanged.
Making a criterion inapplicable is never an action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_core.assess.alternatives import alternatives_of
from pmo_core.assess.items import item_of
from pmo_core.assess.plan import Action, Alternative, Plan, cheapest_plan
from pmo_core.assess.scene import Scene
from pmo_core.errors import UnknownName
from pmo_core.standards.instants import Duration, WorkingDays, add_duration

if TYPE_CHECKING:
    from pmo_core.assess.findings import Assessment, Finding
    from pmo_core.standards.model import Criterion

GO, CONDITIONAL_GO = "go", "conditional-go"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One blocking finding, with the ways to free it; none where nobody can."""

    finding: Finding
    criterion: Criterion | None
    alternatives: tuple[Alternative, ...]
    roles: tuple[str, ...]
    waived_by: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a gate is blocked, and what would free it.

    Attributes:
        stuck: criteria that no action frees; the plan is then None.
        plan: the smallest set of actions; empty where nothing blocks.
        earliest: when the gate could be ready if everyone acted now, by the plan's lead times.
        people: who holds each role now, where appointments are known.
    """

    assessment: Assessment
    target: str
    blockers: tuple[Blocker, ...]
    stuck: tuple[str, ...]
    plan: Plan | None
    earliest: datetime | None
    people: dict[str, tuple[str, ...]]


def explain(assessment: Assessment, *, target: str = GO) -> Explanation:
    """The smallest set of actions that is assumed to make the assessment ready.

    Args:
        target: `go`, or `conditional-go`, for which findings may be deferred into conditions.

    Raises:
        UnknownName: another target.
    """
    if target not in (GO, CONDITIONAL_GO):
        raise UnknownName(f"no target {target!r}", remedy=f"Use {GO} or {CONDITIONAL_GO}")
    scene = _scene(assessment)
    blockers = tuple(
        _blocker(finding, assessment, scene, target) for finding in assessment.blocking
    )
    stuck = tuple(one.finding.criterion for one in blockers if not one.alternatives)
    plan = cheapest_plan({one.finding.criterion: one.alternatives for one in blockers})
    return Explanation(
        assessment=assessment,
        target=target,
        blockers=blockers,
        stuck=stuck,
        plan=plan,
        earliest=None if plan is None else _earliest(plan, blockers, assessment, scene),
        people=_people(assessment),
    )


def _scene(assessment: Assessment) -> Scene | None:
    if assessment.gate is None:
        return None
    gate = assessment.standard.gates[assessment.gate]
    item, pointer = item_of(gate, assessment.record, assessment.occurrence)
    return Scene(
        assessment.standard,
        gate,
        assessment.record,
        assessment.inputs,
        assessment.now,
        assessment.occurrence,
        item,
        pointer,
    )


def _blocker(finding: Finding, assessment: Assessment, scene: Scene | None, target: str) -> Blocker:
    criterion = _criterion(finding.criterion, assessment)
    if criterion is None or scene is None:
        action = Action("fix", finding.criterion, _owner(None, scene))
        return Blocker(finding, None, (frozenset({action}),), action.roles, None)
    roles = _owner(criterion, scene)
    found = alternatives_of(finding, criterion, scene, roles, deferring=target == CONDITIONAL_GO)
    waivable = criterion.waivable
    return Blocker(
        finding,
        criterion,
        tuple(found),
        _acting(found) or roles,
        waivable.by if waivable is not None and not criterion.statutory else None,
    )


def _criterion(name: str, assessment: Assessment) -> Criterion | None:
    gate = assessment.standard.gates.get(assessment.gate or "")
    known = (*(gate.criteria if gate else ()), *assessment.inputs.extra)
    return next((criterion for criterion in known if criterion.id == name), None)


def _owner(criterion: Criterion | None, scene: Scene | None) -> tuple[str, ...]:
    """The criterion's owner, else the gate's (S14.5)."""
    own = criterion.owner if criterion is not None else None
    owner = own or (scene.gate.owner if scene is not None else None)
    return (owner,) if owner else ()


def _acting(found: list[Alternative]) -> tuple[str, ...]:
    roles = [
        role
        for option in found
        for action in sorted(option, key=lambda one: one.id)
        if action.kind not in ("waive", "defer")
        for role in action.roles
    ]
    return tuple(dict.fromkeys(roles))


def _earliest(
    plan: Plan, blockers: tuple[Blocker, ...], assessment: Assessment, scene: Scene | None
) -> datetime:
    """`now` and the longest lead time within the plan: the criterion's, else the artefact's."""
    if scene is None:
        return assessment.now
    chosen = set(plan.actions)
    earliest = scene.now
    for blocker in blockers:
        if not any(option and option <= chosen for option in blocker.alternatives):
            continue
        for span in _lead_times(blocker, chosen, scene):
            after = add_duration(scene.now, span, scene.zone, scene.calendar)
            assert isinstance(after, datetime)
            earliest = max(earliest, after)
    return earliest


def _lead_times(
    blocker: Blocker, chosen: set[Action], scene: Scene
) -> list[Duration | WorkingDays]:
    criterion = blocker.criterion
    if criterion is not None and criterion.lead_time is not None:
        return [criterion.lead_time]
    artefacts = scene.standard.artefacts
    names = {
        action.target.partition("=")[0]
        for option in blocker.alternatives
        for action in option & chosen
        if action.kind == "bring"
    }
    spans = [artefacts[name].lead_time for name in sorted(names) if name in artefacts]
    return [span for span in spans if span is not None]


def _people(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    from pmo_core.standards.instants import find_zone, local_date  # start-up: explain is seldom

    today = local_date(assessment.now, find_zone(assessment.inputs.zone))
    return {
        role: tuple(
            person
            for person, start, end in held
            if start <= today and (end is None or today <= end)
        )
        for role, held in assessment.inputs.holders.items()
    }
