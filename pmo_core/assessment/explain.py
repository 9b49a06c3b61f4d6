"""What blocks, who can act, and the smallest set of actions that frees the gate (S14). Pure.

Each action is assumed to turn its findings to a result that does not block, others unchanged.
Making a criterion inapplicable is never an action. A criterion that waits for others (`after`) is
freed by putting those right; a waiver of them does not free it, since it looks at what they came
to before waivers (S4 row 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_core.assessment.alternatives import Need, needs_of, set_aside
from pmo_core.assessment.items import item_of
from pmo_core.assessment.plan import Action, Plan, cheapest_plan, shared
from pmo_core.assessment.scene import Scene
from pmo_core.errors import UnknownName
from pmo_core.standards.instants import InvalidTime, add_duration

if TYPE_CHECKING:
    from pmo_core.assessment.findings import Assessment, Finding
    from pmo_core.standards.instants import Duration, WorkingDays
    from pmo_core.standards.model import Criterion

GO, CONDITIONAL_GO = "go", "conditional-go"
ASIDE = frozenset({"waive", "defer"})


@dataclass(frozen=True, slots=True)
class Blocker:
    """One blocking finding, and what would free it: a way for each of its needs.

    Attributes:
        roles: who can act; empty where only others can, or the standard does not say.
    """

    finding: Finding
    criterion: Criterion | None
    needs: tuple[Need, ...]
    roles: tuple[str, ...]
    waived_by: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a gate is blocked, and what would free it.

    Attributes:
        stuck: criteria that no action frees; the plan is then None.
        plan: the smallest set of actions; empty where nothing blocks.
        earliest: when the gate could be ready if everyone acted now, by the plan's lead times;
            how long others take (`Action.by_others`) is not known and not counted. None where
            there is no plan, or that lies beyond the calendar.
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
    states = {name: one.states for name, one in assessment.standard.artefacts.items()}
    needs = [need for blocker in blockers for need in blocker.needs]
    ways = shared([need.ways for need in needs], states)
    plan = cheapest_plan(ways)
    met = [need._replace(ways=found) for need, found in zip(needs, ways, strict=True)]
    return Explanation(
        assessment=assessment,
        target=target,
        blockers=blockers,
        stuck=tuple(
            one.finding.criterion for one in blockers if not all(need.ways for need in one.needs)
        ),
        plan=plan,
        earliest=None if plan is None else _earliest(plan, met, assessment, scene),
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
    roles = _owner(criterion, scene)
    if criterion is None or scene is None:
        way = frozenset({Action("fix", finding.criterion, roles)})
        return Blocker(finding, None, (Need(None, (way,)),), roles, None)
    waivable = criterion.waivable
    waived_by = waivable.by if waivable is not None and not criterion.statutory else None
    awaited = _awaited(finding, assessment)
    if awaited:
        found = [need for one in awaited for need in needs_of(one, scene, _owner(one, scene))]
        return Blocker(finding, criterion, tuple(found), roles, waived_by)
    own = needs_of(criterion, scene, roles)
    aside = set_aside(criterion, scene, roles, deferring=target == CONDITIONAL_GO)
    found = [need._replace(ways=(*need.ways, *aside)) for need in own]
    return Blocker(finding, criterion, tuple(found), _acting(own, roles), waived_by)


def _awaited(finding: Finding, assessment: Assessment) -> list[Criterion]:
    """The criteria that a waiting one waits for in the end; empty where it waits for none."""
    findings = {one.criterion: one for one in assessment.findings}
    found: dict[str, Criterion] = {}
    coming = _held_up_by(finding)
    seen = set(coming)
    while coming:
        name = coming.pop()
        further = [one for one in _held_up_by(findings[name]) if one not in seen]
        seen.update(further)
        coming.extend(further)
        criterion = _criterion(name, assessment)
        if not _held_up_by(findings[name]) and criterion is not None:
            found[name] = criterion
    return [found[name] for name in sorted(found)]


def _held_up_by(finding: Finding) -> list[str]:
    for reason in finding.reasons:
        names = reason.params.get("criteria")
        if reason.code == "after" and isinstance(names, list):
            return [str(name) for name in names]
    return []


def _criterion(name: str, assessment: Assessment) -> Criterion | None:
    gate = assessment.standard.gates.get(assessment.gate or "")
    known = (*(gate.criteria if gate else ()), *assessment.inputs.extra)
    return next((criterion for criterion in known if criterion.id == name), None)


def _owner(criterion: Criterion | None, scene: Scene | None) -> tuple[str, ...]:
    """The criterion's owner, else the gate's (S14.5)."""
    own = criterion.owner if criterion is not None else None
    owner = own or (scene.gate.owner if scene is not None else None)
    return (owner,) if owner else ()


def _acting(needs: list[Need], owner: tuple[str, ...]) -> tuple[str, ...]:
    """Who can act; nobody where all that is needed is supplied by others."""
    ways = [way for need in needs for way in need.ways]
    if ways and all(action.by_others and not action.roles for way in ways for action in way):
        return ()
    roles = [
        role
        for way in ways
        for action in sorted(way, key=lambda one: one.id)
        for role in action.roles
    ]
    return tuple(dict.fromkeys(roles)) or owner


def _earliest(
    plan: Plan, needs: list[Need], assessment: Assessment, scene: Scene | None
) -> datetime | None:
    """`now` and the longest lead time within the plan: the criterion's, else the artefact's."""
    if scene is None:
        return assessment.now
    chosen = set(plan.actions)
    earliest = scene.now
    for need in needs:
        for way in need.ways:
            if way <= chosen and not any(action.kind in ASIDE for action in way):
                for span in _lead_times(need.criterion, way, scene):
                    try:
                        after = add_duration(scene.now, span, scene.zone, scene.calendar)
                    except InvalidTime:
                        return None
                    earliest = max(earliest, after)
    return earliest


def _lead_times(
    criterion: Criterion | None, way: frozenset[Action], scene: Scene
) -> list[Duration | WorkingDays]:
    if criterion is not None and criterion.lead_time is not None:
        return [criterion.lead_time]
    names = sorted(action.target.partition("=")[0] for action in way if action.kind == "bring")
    spans = [scene.standard.artefacts[name].lead_time for name in names]
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
