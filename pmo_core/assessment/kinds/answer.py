"""`answer`: what people attested to a criterion, with evidence and an age (S5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.freshness import staleness
from pmo_core.assessment.holders import held_by, holders_at, not_held_by
from pmo_core.assessment.kleene import every
from pmo_core.assessment.scene import PASSED, Judgement, Scene
from pmo_core.standards.model import NaRule
from pmo_core.standards.record import written_text

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
    """Where a criterion's answers stand, and each with its own pointer, oldest first.

    What is no entry in a list still takes its place there, so that none before it counts.
    """
    key = f"{criterion}@{scene.occurrence}" if scene.gate.per is not None else criterion
    where, written = scene.under(scene.standard.binding.answers, key)
    if isinstance(written, list):
        return where, [
            (f"{where}/{index}", entry if isinstance(entry, dict) else {})
            for index, entry in enumerate(written)
        ]
    return where, [(where, written)] if isinstance(written, dict) else []


def latest_by_person(
    entries: Sequence[tuple[str, JsonObject]],
) -> dict[str, tuple[str, JsonObject]]:
    """The last entry of each person who signed one."""
    signed = [(entry.get("by"), at, entry) for at, entry in entries]
    return {person: (at, entry) for person, at, entry in signed if isinstance(person, str)}


def _from_all(
    test: AnswerTest, role: str, entries: Sequence[tuple[str, JsonObject]], scene: Scene
) -> Judgement:
    holders = holders_at(role, None, scene)
    if not holders.all_known:
        return (Result.UNKNOWN, (Reason("holders-unknown", None, {"role": role}),))
    latest = latest_by_person(entries)
    judged = [
        _judge_entry(test, *latest[person], scene)
        for person in sorted(holders.people & latest.keys())
    ]
    missing = sorted(holders.people - latest.keys())
    if missing or not holders.people:
        waiting = Reason("unanswered-by", None, {"role": role, "people": list(missing)})
        judged.append((Result.UNKNOWN, (waiting,)))
    return every(judged)


def _judge_entry(test: AnswerTest, at: str, entry: JsonObject, scene: Scene) -> Judgement:
    value = answer_value(entry.get("value"))
    if value == NOT_APPLICABLE:
        refused = na_refused(test.na, entry.get("justification"), at)
        if refused is not None:
            return (Result.FAIL, (refused,))
        doubt = _wrong_person(test, at, entry, scene)
    elif not isinstance(value, str) or value not in test.values:
        doubt = Reason("answer-unknown", at, {"found": value, "values": list(test.values)})
    elif not test.values[value]:
        return (Result.FAIL, (Reason("answered", at, {"value": value}),))
    else:
        doubt = _wrong_person(test, at, entry, scene)
        if doubt is None and test.evidence and not has_evidence(entry.get("evidence")):
            doubt = Reason("no-evidence", at)
    doubt = doubt or staleness(entry.get("date"), test.max_age, scene, at)
    if doubt is not None:
        return (Result.UNKNOWN, (doubt,))
    if value == NOT_APPLICABLE:
        return (Result.NOT_APPLICABLE, (Reason("answered-na", at),))
    return PASSED


def _wrong_person(test: AnswerTest, at: str, entry: JsonObject, scene: Scene) -> Reason | None:
    person, date = entry.get("by"), entry.get("date")
    wrong = None
    if test.by is not None:
        wrong = held_by(person, test.by, date, scene, at)
    if wrong is None and test.by_not is not None:
        wrong = not_held_by(person, test.by_not, date, scene, at)
    return wrong


def na_refused(rule: NaRule, justification: Json, at: str) -> Reason | None:
    """Why "not applicable" is no answer here; None where it is one (S4 rows 5 and 6)."""
    if rule is NaRule.NO:
        return Reason("na-not-allowed", at)
    justified = isinstance(justification, str) and justification.strip()
    if rule is NaRule.JUSTIFIED and not justified:
        return Reason("na-unjustified", at)
    return None


def has_evidence(written: Json) -> bool:
    """Whether anything is named as evidence; blank text is nothing."""
    if isinstance(written, list):
        return any(has_evidence(one) for one in written)
    return bool(written.strip()) if isinstance(written, str) else bool(written)


def answer_value(value: Json) -> Json:
    """An answer's value; other YAML tools write booleans for yes and no (S5.5), and numbers."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if written_text(value) is None else written_text(value)
