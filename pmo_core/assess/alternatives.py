"""The ways to free one blocking finding: sets of actions, by the kind of its test (S14.1-3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.kinds import judge_test
from pmo_core.assess.kinds.answer import NOT_APPLICABLE, answer_value, entries_of
from pmo_core.assess.kinds.dependency import judge_project, named_projects
from pmo_core.assess.kinds.score import item_value, rational, reaches, total
from pmo_core.assess.plan import Action, Alternative
from pmo_core.standards.model import (
    AnswerTest,
    ArtefactTest,
    CheckTest,
    CombinedTest,
    Criterion,
    DependencyTest,
    ExprTest,
    ScoreTest,
    SingleTest,
)

if TYPE_CHECKING:
    from pmo_core.assess.findings import Finding
    from pmo_core.assess.scene import Scene
    from pmo_core.standards.model import ScoreItem

MOST_ALTERNATIVES = 64
TO_REFRESH = frozenset({"stale", "undated", "future", "no-evidence"})


def alternatives_of(
    finding: Finding,
    criterion: Criterion,
    scene: Scene,
    owner: tuple[str, ...],
    *,
    deferring: bool,
) -> list[Alternative]:
    """What would free a finding, each way a set of actions; the waiver and the deferral last."""
    if finding.reasons and finding.reasons[0].code == "after":
        # It falls with the criteria that it waits for, and has no action of its own (S4 row 4).
        return [frozenset()]
    found = _ways(criterion, scene, owner)
    if criterion.waivable is not None and not criterion.statutory:
        found.append(frozenset({Action("waive", criterion.id, (criterion.waivable.by,))}))
    if deferring and may_defer(criterion, scene):
        by = criterion.deferrable.by if criterion.deferrable else None
        found.append(frozenset({Action("defer", criterion.id, (by,) if by else owner)}))
    return found


def may_defer(criterion: Criterion, scene: Scene) -> bool:
    """Whether a blocking finding may become a condition, as its value or band stands (S12.3)."""
    rule = criterion.deferrable
    if rule is None:
        return False
    if not rule.values and not rule.bands:
        return True
    _where, entries = entries_of(criterion.id, scene)
    if rule.values:
        value = answer_value(entries[-1][1].get("value")) if entries else None
        return value in rule.values
    test = criterion.test
    if not isinstance(test, ScoreTest):
        return False
    _result, reasons = judge_test(test, criterion.id, scene)
    return any(reason.params.get("band") in rule.bands for reason in reasons)


def _ways(criterion: Criterion, scene: Scene, owner: tuple[str, ...]) -> list[Alternative]:
    test = criterion.test
    if not isinstance(test, CombinedTest):
        return _single(test, criterion.id, scene, owner)
    parts = [
        _single(part, criterion.id, scene, owner)
        for part in test.tests
        if judge_test(part, criterion.id, scene)[0] in (Result.FAIL, Result.UNKNOWN)
    ]
    if not test.every:
        return [option for part in parts for option in part]
    unions: list[Alternative] = [
        frozenset().union(*choice) for choice in product(*parts[:MOST_ALTERNATIVES])
    ]
    return unions[:MOST_ALTERNATIVES]


def _single(
    test: SingleTest, criterion: str, scene: Scene, owner: tuple[str, ...]
) -> list[Alternative]:
    reasons = judge_test(test, criterion, scene)[1]
    if isinstance(test, ArtefactTest):
        return _one(_artefact(test, reasons, scene, owner))
    if isinstance(test, AnswerTest):
        by = (test.by,) if test.by is not None else owner
        fresh = bool(reasons) and reasons[0].code in TO_REFRESH
        return _one(Action("refresh" if fresh else "answer", criterion, by))
    if isinstance(test, ScoreTest):
        return _raises(test, criterion, scene, owner)
    if isinstance(test, DependencyTest):
        return _awaits(test, scene, owner)
    if isinstance(test, CheckTest) and reasons and reasons[0].code == "not-run":
        return _one(Action("supply", test.id, owner))
    if isinstance(test, ExprTest):
        lacking = [str(r.params["fact"]) for r in reasons if "fact" in r.params]
        if lacking:
            return [frozenset(Action("supply", name, owner) for name in lacking)]
    return _one(Action("fix", criterion, owner))


def _one(action: Action) -> list[Alternative]:
    return [frozenset({action})]


def _artefact(
    test: ArtefactTest, reasons: Sequence[Reason], scene: Scene, owner: tuple[str, ...]
) -> Action:
    accountable = scene.standard.artefacts[test.id].accountable
    roles = (accountable,) if accountable else owner
    if reasons and reasons[0].code in TO_REFRESH:
        return Action("refresh", test.id, roles)
    return Action("bring", f"{test.id}={test.state}", roles)


def _awaits(test: DependencyTest, scene: Scene, owner: tuple[str, ...]) -> list[Alternative]:
    if test.own:
        return _one(Action("await", f"self:{test.gate}", owner))
    open_ones = [
        project
        for at, project in named_projects(test, scene.value)
        if judge_project(test, at, project, scene)[0] in (Result.FAIL, Result.UNKNOWN)
    ]
    actions = [Action("await", project, owner) for project in open_ones]
    return [frozenset({one}) for one in actions] if test.any else [frozenset(actions)]


def _raises(
    test: ScoreTest, criterion: str, scene: Scene, owner: tuple[str, ...]
) -> list[Alternative]:
    """The fewest items that bring the score to its band: minimums first, then the most to gain."""
    where, entries = entries_of(criterion, scene)
    roles = (test.each,) if test.each is not None else owner
    values: dict[str, Fraction] = {}
    counted: list[ScoreItem] = []
    chosen: list[ScoreItem] = []
    for item in test.items:
        value = item_value(item, test, entries, where)
        if value == NOT_APPLICABLE:
            continue
        counted.append(item)
        if isinstance(value, Fraction):
            values[item.id] = value
            if item.minimum is not None and value < rational(item.minimum):
                chosen.append(item)
        else:
            values[item.id] = rational(test.minimum)
            if isinstance(value, Reason):
                chosen.append(item)
    most = rational(test.maximum)
    values.update({item.id: most for item in chosen})
    gains = sorted(
        (item for item in counted if item not in chosen),
        key=lambda item: (-rational(item.weight) * (most - values[item.id]), item.id),
    )
    for item in gains:
        if reaches(test, total(test, counted, values)):
            break
        chosen.append(item)
        values[item.id] = most
    if not counted or not reaches(test, total(test, counted, values)):
        return []
    if not chosen:
        return _one(Action("answer", criterion, roles))
    return [frozenset(Action("raise", f"{criterion}#{item.id}", roles) for item in chosen)]
