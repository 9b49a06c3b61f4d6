"""One decision whole, as of then: what it rested on, by what right it was taken (S12, S15.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from pmo_core.documents import Json, JsonObject, read_json
from pmo_core.errors import UnknownName
from pmo_core.governance.fold import fold
from pmo_core.governance.ground import ALWAYS
from pmo_core.governance.judging import extra_criteria
from pmo_core.governance.reviews import meant_by
from pmo_core.governance.state import DECIDED
from pmo_core.office.evidence_kept import kept_evidence, verified
from pmo_core.office.hints import unknown
from pmo_core.office.keeping import recorded
from pmo_core.office.survey import ground_of
from pmo_core.standards.instants import local_date, parse_date, parse_instant

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import Decision, Review, State
    from pmo_core.ledger.event import Event
    from pmo_core.ledger.stored import Revealed
    from pmo_core.office.evidence_kept import Verified
    from pmo_core.office.office import Office
    from pmo_core.standards.model import Standard


class Mandate(NamedTuple):
    """By what a person held a role when deciding.

    Attributes:
        start: the first day, None where nobody said; `end` the last, None for good.
        by: who appointed the person in the ledger; None where the office's settings do.
    """

    role: str
    person: str
    start: date | None
    end: date | None
    by: str | None


class DecisionStory(NamedTuple):
    """One decision whole, as of then: rule, evidence, findings, who, when, why.

    Attributes:
        assessment: as it was stored, JSON (docs/reference/assessment.schema.json).
        inputs: as they were stored.
        record: the record as it was assessed.
        event: the decision's event with its texts.
        hash: of that event.
        events: how many events the project has.
        opened: the review, as it ended.
        followed: the events of the same command, after the decision.
        package: content digest of the standard's package then.
        mandates: by what who decided held the deciding role then; empty for `automatic`.
        evidence: what the record named then, and whether the files are still what they were.
        zone: the office's time zone, by name.
    """

    state: State
    standard: Standard
    decision: Decision
    assessment: JsonObject
    inputs: JsonObject
    record: JsonObject
    event: Revealed
    hash: str
    events: int
    opened: Review
    followed: tuple[Revealed, ...]
    package: str
    mandates: tuple[Mandate, ...]
    evidence: tuple[Verified, ...]
    zone: str


def decision_story(
    office: Office, project: str, key: str | None, at: datetime | None = None
) -> DecisionStory:
    """A decision by its review's key; of occurrence and attempt, or of all left out, the newest.

    Args:
        at: looked for among what was decided by then; None: among all.

    Raises:
        UnknownName: no such project, or no such decision.
    """
    state = office.project(project)
    known = [one for one in state.decisions if at is None or parse_instant(one.at) <= at]
    if not known:
        raise UnknownName(
            f"nothing was decided on {project}{'' if at is None else ' by then'}",
            remedy=f"See what is ahead: pmo gate explain {project}",
        )
    alike = known if key is None else meant_by(key, known)
    if key is not None and not alike:
        raise unknown(
            f"{project} has no decision {key!r}",
            key,
            [one.key for one in known],
            f"Its decisions: pmo decision list {project}",
        )
    found = alike[-1]
    history = office.store.events(project)
    event = history[found.seq - 1]
    opened = next(one for one in state.reviews if one.key == found.key and one.status == DECIDED)
    command = _command(history, found.seq)
    followed = [one for one in history[found.seq :] if one.key.startswith(f"{command}#")]
    before = fold(recorded(one) for one in history[: found.seq - 1])
    assert before is not None
    # A project keeps its standard; what it was assessed by is the one it is under.
    standard = office.standard(before.package)
    gate, inputs = standard.gates[found.gate], _stored(office, found.inputs)
    item = found.occurrence if gate.per is not None else ""
    ground = ground_of(office, before, event.effective)
    criteria = (*gate.criteria, *extra_criteria(ground, before, gate))
    named = kept_evidence(standard, criteria, before.record, item)
    return DecisionStory(
        state=state,
        standard=standard,
        decision=found,
        assessment=_stored(office, found.assessment),
        inputs=inputs,
        record=before.record,
        event=office.store.revealed(event),
        hash=event.hash,
        events=len(history),
        opened=opened,
        followed=tuple(office.store.revealed(one) for one in followed),
        package=before.package,
        mandates=tuple(_mandates(before, found, standard, inputs, ground)),
        evidence=verified(named, office.folder),
        zone=office.settings.zone,
    )


def _stored(office: Office, digest: str) -> JsonObject:
    return cast("JsonObject", read_json(office.store.blob(digest), digest).value)


def _command(history: Sequence[Event], seq: int) -> str:
    """The key of the command that an event came with: `KEY` of `KEY`, `KEY#2`, `KEY#3`."""
    key = history[seq - 1].key
    base, sign, number = key.rpartition("#")
    if not sign or not number.isdecimal() or seq < 2:
        return key
    # A key that somebody gave may end so by itself; then no event of the command is before it.
    earlier = (base, f"{base}#{int(number) - 1}")
    return base if history[seq - 2].key in earlier else key


def _mandates(
    before: State, found: Decision, standard: Standard, inputs: JsonObject, ground: Ground
) -> Iterator[Mandate]:
    """By what the decider held the role that decided, or a seat of the body, on that day.

    Who held what stands in the inputs as they were stored; what no appointment in the ledger made
    came from the office's settings.
    """
    role = found.rule.get("role") or found.rule.get("by")
    held = inputs.get("holders")
    if not isinstance(role, str) or not isinstance(held, dict):
        return
    declared = standard.roles.get(role)
    appointed = {
        (one.role, one.person, local_date(parse_instant(one.start), ground.tz)): one.by
        for one in before.appointments
    }
    today = ground.today
    for name in (role, *(declared.members if declared else ())):
        for person, start, end in _holders(held.get(name)):
            if person == found.by and start <= today and (end is None or today <= end):
                by = appointed.get((name, person, start))
                yield Mandate(name, person, None if start == ALWAYS else start, end, by)


def _holders(written: Json) -> Iterator[tuple[str, date, date | None]]:
    """Person, first and last day, as inputs are stored."""
    for one in written if isinstance(written, list) else ():
        match one:
            case [str(person), str(start), None]:
                yield person, parse_date(start), None
            case [str(person), str(start), str(end)]:
                yield person, parse_date(start), parse_date(end)
