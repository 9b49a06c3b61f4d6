"""Commands that stamp the record with who and when: answers, and states of artefacts (S2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.assessment.items import items_of
from pmo_core.assessment.kinds.answer import NOT_APPLICABLE, answer_value, has_evidence
from pmo_core.assessment.kinds.score import rational
from pmo_core.documents import Json, JsonObject, digest, join_pointer, resolve, split_pointer
from pmo_core.documents.changes import diff
from pmo_core.errors import Refused, UnknownName
from pmo_core.governance import events
from pmo_core.governance.events import Happening
from pmo_core.governance.ground import people_in
from pmo_core.governance.judging import extra_criteria, record_in_ledger
from pmo_core.governance.records import check_record, restarts, with_value
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.looks import single_tests
from pmo_core.standards.model import AnswerTest, NaRule, ScoreTest

if TYPE_CHECKING:
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.model import Gate

Test: TypeAlias = "AnswerTest | ScoreTest"


class Answer(NamedTuple):
    """What a person attests to a criterion.

    Attributes:
        value: `yes`, `no`, `na` or a value of the criterion's; for a score a number an item.
        item: for a criterion of a repeated gate, the id of the item; else empty.
        evidence: as `pmo:registers/answers` has it.
    """

    criterion: str
    value: Json
    item: str = ""
    evidence: tuple[Json, ...] = ()
    justification: str | None = None


def answer(ground: Ground, state: State, asked: Answer) -> tuple[Happening, ...]:
    """A person attests a criterion; who and when is stamped on it (S5.5).

    Raises:
        UnknownName: no such criterion, or its gate is held for no such item.
        Refused: nobody answers it, not with this value, or not this person.
    """
    places = _answered(ground, state, asked.criterion)
    gate, test = _place(places, asked)
    if gate.per is not None:
        _check_item(state, gate, asked)
    if isinstance(test, AnswerTest):
        _check_answer(ground, state, asked, test)
    else:
        _check_scores(ground, state, asked, test)
    key = f"{asked.criterion}@{asked.item}" if asked.item else asked.criterion
    entry: JsonObject = {"value": asked.value, "by": ground.actor, "date": ground.stamp}
    if asked.evidence:
        entry["evidence"] = list(asked.evidence)
    if asked.justification is not None:
        entry["justification"] = asked.justification
    pointer = ground.standard.binding.answers
    known = resolve(state.record, pointer + join_pointer((key,)), None)
    kept: Json = entry
    several = isinstance(test, ScoreTest) or test.from_all
    if isinstance(known, list):
        kept = [*known, entry]
    elif known is not None and (several or any(one.recurs is not None for one, _test in places)):
        kept = [known, entry]
    about: JsonObject = {"criterion": asked.criterion, "item": asked.item, "entry": entry}
    return _stamped(ground, state, events.ANSWERED, pointer, key, kept, about)


def _answered(ground: Ground, state: State, name: str) -> list[tuple[Gate, Test]]:
    """The gates at which a criterion stands, each with the test that a person answers."""
    standard = ground.standard
    found = [
        (gate, criterion)
        for gate in standard.gates.values()
        for criterion in (*gate.criteria, *extra_criteria(ground, state, gate))
        if criterion.id == name
    ]
    if not found:
        known = dict.fromkeys(one.id for gate in standard.gates.values() for one in gate.criteria)
        raise UnknownName(
            f"{standard.name} has no criterion {name!r}",
            remedy=did_you_mean(name, known) or f"All criteria: pmo standard show {standard.name}",
        )
    places: list[tuple[Gate, Test]] = []
    for gate, criterion in found:
        for test in single_tests(criterion):
            if isinstance(test, AnswerTest | ScoreTest):
                places.append((gate, test))
                break
    if places:
        return places
    raise Refused(
        f"{name} is not answered by a person: it looks at the record itself",
        remedy=f"See what it asks for: pmo guide {name}",
    )


def _place(places: list[tuple[Gate, Test]], asked: Answer) -> tuple[Gate, Test]:
    """The gate at which the answer counts: one held for items where an item is named, else not."""
    for gate, test in places:
        if (gate.per is not None) == bool(asked.item):
            return gate, test
    gate = places[0][0]
    if gate.per is not None:
        raise Refused(
            f"{asked.criterion} is answered for each item under {gate.per.items}",
            remedy=f"Name the item: {asked.criterion}@ITEM",
        )
    raise Refused(
        f"{asked.criterion} is answered once for the whole project, not for {asked.item!r}",
        remedy=f"Leave the item out: {asked.criterion}",
    )


def _check_item(state: State, gate: Gate, asked: Answer) -> None:
    known = [one.occurrence for one in items_of(gate, record_in_ledger(state))]
    if asked.item in known:
        return
    under = "" if gate.per is None else gate.per.items
    raise UnknownName(
        f"{state.project} has no {asked.item!r} under {under}, for which {asked.criterion} is "
        "answered",
        remedy=did_you_mean(asked.item, known)
        or (f"Items: {', '.join(known)}" if known else f"Add it to the record under {under}"),
    )


def _check_answer(ground: Ground, state: State, asked: Answer, test: AnswerTest) -> None:
    name, value = asked.criterion, answer_value(asked.value)
    known = [*test.values, *([] if test.na is NaRule.NO else [NOT_APPLICABLE])]
    if value == NOT_APPLICABLE:
        if test.na is NaRule.NO:
            raise Refused(
                f"{name} cannot be answered 'na': {ground.standard.name} says it always applies",
                remedy=f"Answer one of: {', '.join(test.values)}",
            )
        _check_justified(name, test.na, asked)
    elif not isinstance(value, str) or value not in test.values:
        shown = repr(value) if isinstance(value, str) else "with a list or an object"
        raise Refused(
            f"{name} cannot be answered {shown}",
            remedy=f"Answer one of: {', '.join(known)}",
        )
    elif test.values[value] and test.evidence and not has_evidence(list(asked.evidence)):
        raise Refused(
            f"{name} is answered {value!r} with evidence only",
            remedy="Name the file that shows it: --evidence FILE",
        )
    for role, wanted in ((test.by, True), (test.by_not, False)):
        if role is not None:
            _check_role(ground, state, name, role, wanted=wanted)


def _check_justified(name: str, rule: NaRule, asked: Answer) -> None:
    if rule is NaRule.JUSTIFIED and not (asked.justification or "").strip():
        raise Refused(
            f"{name} is answered 'na' with a justification only",
            remedy="Say why it does not apply: --justification TEXT",
        )


def _check_scores(ground: Ground, state: State, asked: Answer, test: ScoreTest) -> None:
    """Each value is on the scale, or N/A where its item allows it (S5.6); some may be missing."""
    name, items = asked.criterion, {item.id: item for item in test.items}
    if not isinstance(asked.value, dict) or not asked.value:
        raise Refused(
            f"{name} is answered by a number for each item",
            remedy=f"Items, from {test.minimum} to {test.maximum}: {', '.join(items)}",
        )
    for item, value in asked.value.items():
        if item not in items:
            raise UnknownName(
                f"{name} scores no {item!r}",
                remedy=did_you_mean(item, items) or f"Items: {', '.join(items)}",
            )
        scale = f"Give a number from {test.minimum} to {test.maximum}"
        if value == NOT_APPLICABLE:
            if items[item].na is NaRule.NO:
                raise Refused(f"{item} of {name} cannot be scored 'na'", remedy=scale)
            _check_justified(f"{item} of {name}", items[item].na, asked)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(f"{item} of {name} is scored by a number", remedy=scale)
        elif not rational(test.minimum) <= rational(value) <= rational(test.maximum):
            raise Refused(f"{item} of {name} cannot be scored {value}", remedy=scale)
    if test.each is not None:
        _check_role(ground, state, name, test.each, wanted=True)


def _check_role(ground: Ground, state: State, name: str, role: str, *, wanted: bool) -> None:
    people = people_in(ground, state, role)
    if (ground.actor in people) is wanted:
        return
    if wanted:
        raise Refused(
            f"{ground.actor} may not answer {name}: it is for {role}",
            remedy=f"May answer: {', '.join(people)}"
            if people
            else f"Nobody holds {role} now: name one in pmo.yaml under 'roles'",
        )
    raise Refused(
        f"{ground.actor} may not answer {name}: whoever holds {role} must not",
        remedy=f"Ask somebody who does not hold {role}",
    )


def move_artefact(
    ground: Ground, state: State, artefact: str, to: str, evidence: Sequence[Json] = ()
) -> tuple[Happening, ...]:
    """An artefact comes to a state, stamped with who and when (S5.4).

    Raises:
        UnknownName: the standard has no such artefact, or it no such state.
    """
    standard = ground.standard
    declared = standard.artefacts.get(artefact)
    if declared is None:
        raise UnknownName(
            f"{standard.name} has no artefact {artefact!r}",
            remedy=did_you_mean(artefact, standard.artefacts)
            or f"Artefacts: {', '.join(standard.artefacts)}",
        )
    if to not in declared.states:
        near = did_you_mean(to, declared.states) or ""
        listing = f"Its states, in order: {', '.join(declared.states)}"
        raise UnknownName(
            f"artefact {artefact} has no state {to!r}",
            remedy=f"{near} {listing}" if near.endswith("?") else listing,
        )
    pointer = standard.binding.artefacts
    known = resolve(state.record, pointer + join_pointer((artefact,)), None)
    before = known.get("state") if isinstance(known, dict) else known
    kept = dict(known) if isinstance(known, dict) else {}
    kept.pop("evidence", None)
    entry: JsonObject = {**kept, "state": to, "by": ground.actor, "date": ground.stamp}
    if evidence:
        entry["evidence"] = list(evidence)
    about: JsonObject = {"artefact": artefact, "from": before, "to": to, "entry": entry}
    return _stamped(ground, state, events.ARTEFACT_MOVED, pointer, artefact, entry, about)


def _stamped(
    ground: Ground,
    state: State,
    name: str,
    pointer: str,
    key: str,
    value: Json,
    about: JsonObject,
) -> tuple[Happening, ...]:
    """The event that puts a stamped entry at a bound place of the record."""
    holder = resolve(state.record, pointer, None)
    if holder is not None and not isinstance(holder, dict):
        raise Refused(
            f"nothing can be stamped under {pointer}: the record of {state.project} has something "
            "else there than named entries",
            pointer=pointer,
            remedy="Have the record adopted again with an object there",
        )
    record = with_value(state.record, (*split_pointer(pointer), key), value)
    check_record(ground.standard, record, state.project, before=state.record)
    patch = diff(state.record, record)
    payload: JsonObject = {**about, "patch": list(patch), "digest": digest(record)}
    restarted = restarts(ground.standard, state, name, patch)
    if restarted:
        payload["restarts"] = restarted
    return (Happening(name, payload, ground.now),)
