"""The commands on records, as an office does them: register, amend, answer, move an artefact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

from pmo_core.documents import Json, JsonObject, check_value
from pmo_core.governance import records, stamps
from pmo_core.office.performing import perform

if TYPE_CHECKING:
    from pmo_core.governance.events import Happening
    from pmo_core.governance.stamps import Answer
    from pmo_core.governance.state import State
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office
    from pmo_core.office.performing import Desk


def register(
    office: Office,
    project: str,
    record: JsonObject,
    standard: str | None,
    roles: Sequence[tuple[str, str]],
    position: Mapping[str, str] | None,
    evidence: Sequence[Json],
    *,
    adopting: bool = False,
    within: Writing | None = None,
    **acting: Unpack[Acting],
) -> Done:
    """Take a project in under one of the office's pinned standards.

    Args:
        adopting: the record comes whole from another system (S16.1).
        within: as of `perform`; of many projects at once it is not told how each stands.
    """
    check_value(record, project)
    pin = office.pin_named(standard)
    for _role, person in roles:
        office.check_person(person)
    asked = records.Registration(
        record, pin.digest, tuple(roles), position, tuple(evidence), adopting
    )

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        return records.register(desk.ground, state, project, asked)

    command: JsonObject = {
        "command": "register",
        "record": record,
        "standard": str(pin),
        "roles": [list(one) for one in roles],
        "position": None if position is None else dict(position),
        "evidence": list(evidence),
    }
    return perform(
        office,
        project,
        command,
        decide,
        package=pin.digest,
        compared=within is None,
        within=within,
        **acting,
    )


def amend(
    office: Office,
    project: str,
    change: Callable[[State], JsonObject],
    *,
    command: JsonObject | None = None,
    adopting: bool = False,
    within: Writing | None = None,
    **acting: Unpack[Acting],
) -> Done:
    """Change a project's record, from what it is in the transaction.

    Args:
        command: what is asked for, as JSON, to know it again by; None: the record it leads to.
        adopting: the record comes whole from another system (S16.1).
        within: as of `perform`; of many projects at once it is not told how each stands.
    """
    asked: JsonObject = command or {"record": change(office.project(project))}

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        record = change(state)
        check_value(record, project)
        return records.amend(desk.ground, state, record, adopting=adopting)

    return perform(
        office,
        project,
        {"command": "amend", **asked},
        decide,
        compared=within is None,
        within=within,
        **acting,
    )


def answer(office: Office, project: str, asked: Answer, **acting: Unpack[Acting]) -> Done:
    """Attest a criterion."""
    office.project(project)

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        return stamps.answer(desk.ground, state, asked)

    command: JsonObject = {
        "command": "answer",
        "criterion": asked.criterion,
        "item": asked.item,
        "value": asked.value,
        "evidence": list(asked.evidence),
        "justification": asked.justification,
    }
    return perform(office, project, command, decide, compared=True, **acting)


def move_artefact(
    office: Office,
    project: str,
    artefact: str,
    to: str,
    evidence: Sequence[Json],
    **acting: Unpack[Acting],
) -> Done:
    """Bring an artefact to a state."""
    office.project(project)

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        return stamps.move_artefact(desk.ground, state, artefact, to, evidence)

    command: JsonObject = {
        "command": "artefact",
        "artefact": artefact,
        "state": to,
        "evidence": list(evidence),
    }
    return perform(office, project, command, decide, compared=True, **acting)
