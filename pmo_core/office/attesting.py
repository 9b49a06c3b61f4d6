"""What people attest, with their evidence and how long it counts (S5.5, S10.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Unpack

from pmo_core.assessment.kinds.answer import answer_value
from pmo_core.governance.ground import people_in
from pmo_core.governance.judging import extra_criteria
from pmo_core.office.changing import answer, move_artefact
from pmo_core.office.evidence_named import Evidence, evidence_of
from pmo_core.office.survey import ground_of
from pmo_core.standards.instants import InvalidTime, limit_after
from pmo_core.standards.looks import single_tests
from pmo_core.standards.model import AnswerTest

if TYPE_CHECKING:
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.stamps import Answer
    from pmo_core.governance.state import State
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office


class Meant(NamedTuple):
    """For whom an answer or an artefact is by the standard, where somebody else attests it.

    Attributes:
        of: the criterion, or the artefact.
        role: that the standard names for it.
        people: who hold the role.
        by: who attests it, and holds it not.
    """

    of: str
    role: str
    people: tuple[str, ...]
    by: str


class Attested(NamedTuple):
    """What a person attested.

    Attributes:
        evidence: what was named for it.
        day: the office's date, from which it counts.
        until: the last day on which it does; None where it does not age.
        meant: for whom it is; None where it is for who attests it, or nobody is named.
    """

    done: Done
    evidence: tuple[Evidence, ...]
    day: date
    until: date | None = None
    meant: Meant | None = None


def attest(
    office: Office, project: str, asked: Answer, names: Sequence[str], **acting: Unpack[Acting]
) -> Attested:
    """Answer a criterion.

    Args:
        names: files and links that show it.

    Raises:
        UnknownName: no such project, criterion, item or file.
        Refused: nobody answers it, not with this value, or not this person.
    """
    state = office.project(project)
    ground = ground_of(office, state, acting.get("at") or office.now())
    evidence = evidence_of(names, office.folder, ground.today)
    given = asked._replace(evidence=tuple(one.entry for one in evidence))
    done = answer(office, project, given, **acting)
    roles = _owners(ground, state, asked.criterion)
    meant = _meant(ground, state, asked.criterion, roles, acting["actor"])
    return Attested(done, evidence, ground.today, _until(ground, state, asked), meant)


def move(
    office: Office,
    project: str,
    artefact: str,
    state: str,
    names: Sequence[str],
    **acting: Unpack[Acting],
) -> Attested:
    """Bring an artefact to a state.

    Raises:
        UnknownName: no such project, artefact, state or file.
    """
    known = office.project(project)
    ground = ground_of(office, known, acting.get("at") or office.now())
    evidence = evidence_of(names, office.folder, ground.today)
    entries = [one.entry for one in evidence]
    done = move_artefact(office, project, artefact, state, entries, **acting)
    declared = ground.standard.artefacts[artefact]
    last = state == declared.states[-1]
    roles = [declared.accountable] if last and declared.accountable else []
    meant = _meant(ground, known, artefact, roles, acting["actor"])
    return Attested(done, evidence, ground.today, meant=meant)


def _owners(ground: Ground, state: State, criterion: str) -> list[str]:
    """The roles that own the criterion; none where it says itself who answers it."""
    found = []
    for gate in ground.standard.gates.values():
        for one in (*gate.criteria, *extra_criteria(ground, state, gate)):
            if one.id == criterion and one.owner is not None:
                said = [test.by for test in single_tests(one) if isinstance(test, AnswerTest)]
                if not any(said):
                    found.append(one.owner)
    return found


def _meant(ground: Ground, state: State, of: str, roles: Sequence[str], actor: str) -> Meant | None:
    """The first of the roles that somebody holds, unless the actor holds one of them."""
    held = [(role, people) for role in roles if (people := people_in(ground, state, role))]
    if not held or any(actor in people for _role, people in held):
        return None
    role, people = held[0]
    return Meant(of, role, people, actor)


def _until(ground: Ground, state: State, asked: Answer) -> date | None:
    """The last day on which the answer counts, at whichever gate asks most often.

    None where it does not age, or does not meet the criterion anyway.
    """
    ends: list[date] = []
    for test in _tests(ground, state, asked.criterion):
        span = None if test.max_age is None else test.max_age.duration
        if span is not None and test.values.get(str(answer_value(asked.value))):
            try:
                ends.append(limit_after(ground.today, span, ground.calendar))
            except InvalidTime:  # it has hours, or ends beyond the calendar
                continue
    return min(ends, default=None)


def _tests(ground: Ground, state: State, criterion: str) -> Iterator[AnswerTest]:
    """The tests that a person answers, of each criterion of that id."""
    for gate in ground.standard.gates.values():
        for one in (*gate.criteria, *extra_criteria(ground, state, gate)):
            if one.id == criterion:
                tests = single_tests(one)
                yield from (test for test in tests if isinstance(test, AnswerTest))
