"""`answer`: what people attested to a criterion, with evidence and an age (S5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.freshness import staleness
from pmo_core.assess.holders import held_by, holders_at, not_held_by
from pmo_core.assess.scene import PASSED, Judgement, Scene
from pmo_core.standards.model import NaRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import AnswerTest

NOT_APPLICABLE = "na"


def judge_answer(test: AnswerTest, criterion: str, scene: Scene) -> Judgement:
    """The last entry counts; with `from: all`, the last of each holder."""
    where, entries = entries_of(criterion, scene)
    if not entries:
        return (Result.UNKNOWN, (Reason("unanswered", where),))
    if test.from_all and test.by is not None:
        return _from_all(test, test.by, entries, scene)
    at, last = entries[-1]
    return _judge_entry(test, at, last, scene)


def entries_of(criterion: str, scene: Scene) -> tuple[str, Sequence[tuple[str, JsonObject]]]:
    """Where a criterion's answers stand, and each with its own pointer, oldest first."""
    key = f"{criterion}@{scene.occurrence}" if scene.gate.per is not None else criterion
    where, written = scene.under(scene.standard.binding.answers, key)
    if isinstance(written, list):
        return where, [
            (f"{where}/{index}", entry)
            for index, entry in enumerate(written)
            if isinstance(entry, dict)
        ]
    return where, [(where, written)] if isinstance(written, dict) else []


def _from_all(
    test: AnswerTest, role: str, entries: Sequence[tuple[str, JsonObject]], scene: Scene
) -> Judgement:
    holders = holders_at(role, None, scene)
    if holders is None:
        return (Result.UNKNOWN, (Reason("holders-unknown", None, {"role": role}),))
    latest = {str(entry.get("by")): (at, entry) for at, entry in entries}
    missing = sorted(holders - latest.keys())
    judged = [
        _judge_entry(test, *latest[person], scene) for person in sorted(holders & latest.keys())
    ]
    for result in (Result.FAIL, Result.UNKNOWN):
        reasons = tuple(reason for found, why in judged if found is result for reason in why)
        if any(found is result for found, _why in judged):
            return (result, reasons)
    if missing or not holders:
        return (
            Result.UNKNOWN,
            (Reason("unanswered-by", None, {"role": role, "people": list(missing)}),),
        )
    return PASSED


def _judge_entry(test: AnswerTest, at: str, entry: JsonObject, scene: Scene) -> Judgement:
    value = answer_value(entry.get("value"))
    date = entry.get("date")
    if value == NOT_APPLICABLE:
        return _judge_na(test, at, entry, scene)
    if not isinstance(value, str) or value not in test.values:
        return (
            Result.UNKNOWN,
            (Reason("answer-unknown", at, {"found": value, "values": list(test.values)}),),
        )
    if not test.values[value]:
        return (Result.FAIL, (Reason("answered", at, {"value": value}),))
    if test.by is not None:
        wrong = held_by(entry.get("by"), test.by, date, scene, at)
        if wrong is not None:
            return (Result.UNKNOWN, (wrong,))
    if test.by_not is not None:
        wrong = not_held_by(entry.get("by"), test.by_not, date, scene, at)
        if wrong is not None:
            return (Result.UNKNOWN, (wrong,))
    if test.evidence and not entry.get("evidence"):
        return (Result.UNKNOWN, (Reason("no-evidence", at),))
    stale = staleness(date, test.max_age, scene, at)
    return PASSED if stale is None else (Result.UNKNOWN, (stale,))


def _judge_na(test: AnswerTest, at: str, entry: JsonObject, scene: Scene) -> Judgement:
    """Rows 5 and 6 of S4: whether "not applicable" is allowed, justified and fresh."""
    refused = na_refused(test.na, entry.get("justification"), at)
    if refused is not None:
        return (Result.FAIL, (refused,))
    stale = staleness(entry.get("date"), test.max_age, scene, at)
    if stale is not None:
        return (Result.UNKNOWN, (stale,))
    return (Result.NOT_APPLICABLE, (Reason("answered-na", at),))


def na_refused(rule: NaRule, justification: Json, at: str) -> Reason | None:
    """Why "not applicable" is no answer here; None where it is one."""
    if rule is NaRule.NO:
        return Reason("na-not-allowed", at)
    justified = isinstance(justification, str) and justification.strip()
    if rule is NaRule.JUSTIFIED and not justified:
        return Reason("na-unjustified", at)
    return None


def answer_value(value: Json) -> Json:
    """An answer's value; other YAML tools write booleans for yes and no (S5.5)."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return value
