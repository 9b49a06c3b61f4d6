"""What would free one blocking finding: its needs, and the sets of actions that meet each (S14).

A finding is freed when each of its needs is met, by one of the ways given for it. Most have one
need; an `all` has one for each test that does not pass, and a criterion that waits for others
(`after`) has theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.kinds import judge_test
from pmo_core.assessment.kinds.answer import answer_value, entries_of, latest_by_person
from pmo_core.assessment.kinds.dependency import circle_with, judge_project, named_projects
from pmo_core.assessment.kinds.score import (
    counted_entries,
    has_floor,
    rational,
    reaches,
    read_scores,
    total,
)
from pmo_core.assessment.plan import Action, Alternative
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
    from pmo_core.assessment.scene import Scene

OUTSIDE = frozenset(
    {
        "not-run",
        "plugin-missing",
        "check-missing",
        "plugin-failed",
        "plugin-raised",
        "plugin-result",
        "fact-unavailable",
        "timed-out",
    }
)
"""What a plugin did not tell: nobody in the project can put that right."""
LEDGER = MappingProxyType(
    {"entry-unknown": "entered", "last-occurrence-unknown": "last-occurrence"}
)
"""What only a ledger knows, by the reason that it is not known."""
TO_REFRESH = frozenset({"stale", "undated", "future", "no-evidence"})
OPEN = frozenset({Result.FAIL, Result.UNKNOWN})


class Need(NamedTuple):
    """Something that must come right, and the ways to it; none where nobody can.

    `criterion` is the one that is acted on, whose lead time counts; None for synthetic findings.
    """

    criterion: Criterion | None
    ways: tuple[Alternative, ...]


def needs_of(criterion: Criterion, scene: Scene, owner: tuple[str, ...]) -> list[Need]:
    """What turns a criterion's own test to a pass."""
    test = criterion.test
    if not isinstance(test, CombinedTest):
        return [Need(criterion, tuple(_single(test, criterion.id, scene, owner)))]
    parts = [
        _single(part, criterion.id, scene, owner)
        for part in test.tests
        if judge_test(part, criterion.id, scene)[0] in OPEN
    ]
    if test.every:
        return [Need(criterion, tuple(ways)) for ways in parts]
    return [Need(criterion, tuple(way for ways in parts for way in ways))]


def set_aside(
    criterion: Criterion, scene: Scene, owner: tuple[str, ...], *, deferring: bool
) -> list[Alternative]:
    """The waiver and, for a conditional go, the deferral, where the standard grants them."""
    found: list[Alternative] = []
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
    _result, reasons = judge_test(criterion.test, criterion.id, scene)
    return any(reason.params.get("band") in rule.bands for reason in reasons)


def _single(
    test: SingleTest, criterion: str, scene: Scene, owner: tuple[str, ...]
) -> list[Alternative]:
    reasons = judge_test(test, criterion, scene)[1]
    untold = _untold(reasons, scene)
    if untold:
        return [frozenset([*untold, *_further_scores(test, criterion, scene)])]
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
    if isinstance(test, CheckTest) and reasons and reasons[0].code in OUTSIDE:
        return _one(Action("supply", test.id))
    if isinstance(test, ExprTest):
        lacking = {str(r.params["fact"]): r.code for r in reasons if "fact" in r.params}
        if lacking:
            return [
                frozenset(
                    Action("supply", name, () if code in OUTSIDE else owner)
                    for name, code in lacking.items()
                )
            ]
    return _one(Action("fix", criterion, owner))


def _untold(reasons: Sequence[Reason], scene: Scene) -> list[Action]:
    """What must be said from outside the project before what stands in it can count.

    Nothing where something else is in doubt too, which is then put right first.
    """
    found = []
    for reason in reasons:
        if reason.code == "holders-unknown":
            found.append(Action("supply", f"holders:{reason.params['role']}"))
        elif reason.code in LEDGER:
            found.append(Action("supply", f"{LEDGER[reason.code]}:{scene.gate.id}"))
        else:
            return []
    return found


def _further_scores(test: SingleTest, criterion: str, scene: Scene) -> list[Action]:
    """What more is to be scored, where too few people did, whatever roles they hold."""
    if not isinstance(test, ScoreTest) or test.each is None:
        return []
    scorers = latest_by_person(entries_of(criterion, scene)[1])
    return [Action("answer", criterion, (test.each,))] if len(scorers) < test.at_least else []


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
        if judge_project(test, at, project, scene)[0] in OPEN
    ]
    # Who waits for one another waits for ever: only breaking the circle ends it.
    endless = [project for project in open_ones if circle_with(project, scene)]
    actions = {project: Action("await", project, owner) for project in open_ones}
    if test.any:
        return [frozenset({one}) for name, one in actions.items() if name not in endless]
    return [] if endless else [frozenset(actions.values())]


def _raises(
    test: ScoreTest, criterion: str, scene: Scene, owner: tuple[str, ...]
) -> list[Alternative]:
    """The fewest items that bring the score to its band: minimums first, then the most to gain."""
    where, entries = entries_of(criterion, scene)
    entries, doubts = counted_entries(test, entries, where, scene)
    read = read_scores(test, entries, where)
    roles = (test.each,) if test.each is not None else owner
    most = rational(test.maximum)
    counted = [item for item in test.items if item not in read.left_out]
    waits = doubts and not read.missing and not read.unusable and not read.under
    if waits and counted and reaches(test, total(test, counted, read.values)):
        return _one(Action("answer", criterion, roles))
    values = {item.id: read.values.get(item.id, rational(test.minimum)) for item in counted}
    known = {*read.values, *(item.id for item in read.missing)}
    chosen = [
        item
        for item in counted
        if item.id not in known
        or (item.minimum is not None and values[item.id] < rational(item.minimum))
        or (item in read.missing and has_floor(item, test))
    ]
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
    actions = [Action("raise", f"{criterion}#{item.id}", roles) for item in chosen]
    if doubts or not actions:
        actions.append(Action("answer", criterion, roles))
    return [frozenset(actions)]
