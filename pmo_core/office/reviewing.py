"""Reviews and decisions, as an office does and tells them (S12, S15.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Unpack

from pmo_core.documents import JsonObject
from pmo_core.errors import Refused, UnknownName
from pmo_core.governance import deciding, reviews
from pmo_core.governance.judging import extra_criteria, subject_of
from pmo_core.governance.local_time import time_there
from pmo_core.governance.offers import offers, override_of
from pmo_core.governance.state import OPEN
from pmo_core.office.evidence_kept import kept_evidence, verified
from pmo_core.office.hints import no_gate, unknown
from pmo_core.office.performing import perform
from pmo_core.office.prospects import prospect_at
from pmo_core.office.standings import occurrence_ahead
from pmo_core.office.survey import ground_of
from pmo_core.standards.instants import format_instant, parse_instant

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.assessment import Assessment
    from pmo_core.governance.authority import Case
    from pmo_core.governance.bars import Bar
    from pmo_core.governance.choices import Choice
    from pmo_core.governance.events import Happening
    from pmo_core.governance.offers import Offer, Override
    from pmo_core.governance.state import Review, State
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.evidence_kept import Verified
    from pmo_core.office.office import Office
    from pmo_core.office.performing import Desk
    from pmo_core.office.standings import Gatherer
    from pmo_core.standards.model import Gate, Standard


class ReviewView(NamedTuple):
    """A review as people look at it.

    Attributes:
        found: the assessment as of now; None for a review that has ended.
        changed: what is reviewed is no longer what it was when the review was opened (S12.1).
        case: who decides, by the authority case that applies now; None where nobody may.
        refusal: why nobody may.
        bars: what stands against deciding now.
        offers: the outcomes, each with whether it may be chosen now; none for one that has ended.
        override: who may decide against the verdict; None where nobody may.
        evidence: what the record names for the gate, and whether the files are what they were.
        now: as of when all this is.
        zone: the office's time zone, by name.
    """

    state: State
    standard: Standard
    review: Review
    gate: Gate
    found: Assessment | None
    changed: bool
    case: Case | None
    refusal: str | None
    bars: tuple[Bar, ...]
    offers: tuple[Offer, ...]
    override: Override | None
    evidence: tuple[Verified, ...]
    now: datetime
    zone: str


def find_review(state: State, key: str | None) -> Review:
    """The review of a key; without one, the review that is open.

    Where the key leaves out occurrence or attempt: the one that is open, else the newest.

    Raises:
        UnknownName: there is none, or several are open and none is named.
    """
    if key is None:
        found = [one for one in state.reviews if one.status == OPEN]
        if len(found) == 1:
            return found[0]
        if not found:
            raise UnknownName(
                f"no review of {state.project} is open",
                remedy=f"Open one: pmo review open {state.project}",
            )
        raise _several_open(state, found)
    alike = reviews.meant_by(key, state.reviews)
    still = [one for one in alike if one.status == OPEN]
    if len(still) > 1:
        raise _several_open(state, still)
    if alike:
        return (still or alike)[-1]
    raise unknown(
        f"{state.project} has had no review {key!r}",
        key,
        [one.key for one in state.reviews],
        f"Its reviews: pmo project show {state.project}",
    )


def _several_open(state: State, found: Sequence[Review]) -> UnknownName:
    names = ", ".join(one.key for one in found)
    return UnknownName(
        f"{len(found)} reviews of {state.project} are open: {names}", remedy="Name one of them"
    )


def open_review(
    office: Office, project: str, gate: str | None, occurrence: str, **acting: Unpack[Acting]
) -> Done:
    """Open a review of the gate that is named, else of the only one ahead."""
    state = office.project(project)
    name = gate or _only_gate_ahead(office, state, acting)
    before = None
    if office.asks_others:
        before = _asked_before(office, state, name, occurrence, acting)

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        ground = desk.ground
        _check_clock(desk, state)
        found = _known_gate(ground.standard, name)
        reviews.check_position(ground, state, found)
        time = reviews.occurrence_to_review(ground, state, found, occurrence)
        assessment = desk.assess(state, found, time)
        return reviews.open_review(ground, state, found, assessment, desk.keep(assessment))

    command: JsonObject = {"command": "review-open", "gate": name, "occurrence": occurrence}
    return perform(office, project, command, decide, prepared=before, **acting)


def _asked_before(
    office: Office, state: State, gate: str, occurrence: str, acting: Acting
) -> Gatherer:
    """What plugins say of the project at the gate, asked while nobody is held up by it."""
    ground = ground_of(office, state, acting.get("at") or office.now())
    gatherer = office.gatherer()
    found = _known_gate(ground.standard, gate)
    time = occurrence or occurrence_ahead(ground, state, found)
    if found.per is None or time:
        gatherer.inputs(ground, state, found, time)
    return gatherer


def _only_gate_ahead(office: Office, state: State, acting: Acting) -> str:
    ground = ground_of(office, state, acting.get("at") or office.now())
    gatherer = office.gatherer()
    gates = gatherer.gates(ground, state)
    names = [one.id for one in gates if not one.standing]
    if len(names) == 1:
        return names[0]
    if not names:
        raise Refused(
            f"no gate is ahead of {state.project}: it stands in {', '.join(state.phases.values())}",
            remedy=f"See the lifecycle: pmo standard diagram {ground.standard.name}",
        )
    raise UnknownName(
        f"{len(names)} gates are ahead of {state.project}: {', '.join(names)}",
        remedy="Name one of them with --gate",
    )


def _known_gate(standard: Standard, name: str) -> Gate:
    found = standard.gates.get(name)
    if found is None:
        raise no_gate(standard, name)
    return found


def decide(
    office: Office, project: str, choice: Choice, review: str | None, **acting: Unpack[Acting]
) -> Done:
    """Decide a review; it is assessed anew in the transaction (S12.3)."""
    before = None
    if office.asks_others:
        known = office.project(project)
        asked = find_review(known, review)
        before = _asked_before(office, known, asked.gate, asked.occurrence, acting)

    def settle(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        ground = desk.ground
        _check_clock(desk, state)
        one = find_review(state, review)
        gate = _known_gate(ground.standard, one.gate)
        reviews.check_open(ground, state, one)
        reviews.check_item_is_there(state, gate, one)
        deciding.outcome_named(ground, gate, choice.outcome)
        found = desk.assess(state, gate, one.occurrence)
        why = acting.get("reason") if choice.reason is None else choice.reason
        return deciding.decide(
            ground, state, one, choice._replace(reason=why), found, desk.keep(found)
        )

    # Without the reason, which may be erased: from a digest that stays it could be guessed (S15.2).
    command: JsonObject = {
        "command": "decide",
        "review": review,
        "outcome": choice.outcome,
        "resume-by": None if choice.resume_by is None else choice.resume_by.isoformat(),
        "override": choice.override,
        "brings": dict(choice.brings),
        "extra": {gate: dict(one) for gate, one in choice.extra.items()},
    }
    return perform(office, project, command, settle, prepared=before, **acting)


def _check_clock(desk: Desk, state: State) -> None:
    """Nobody decides in the past: what was known then is no longer all that is known.

    Raises:
        Refused: an event of the project lies ahead; which, whose, and the way on.
    """
    ground = desk.ground
    if ground.now >= parse_instant(state.at):
        return
    ahead = max(desk.writing.events(state.project), key=lambda one: (one.effective, one.seq))
    zone, stamp = ground.tz, format_instant(ahead.effective)
    raise Refused(
        f"it is {time_there(ground.now, zone)} here, and event {ahead.seq} of {state.project} "
        f"({ahead.name}, by {ahead.actor.id}) is of {time_there(ahead.effective, zone)}: nobody "
        "decides before what already happened",
        remedy=f"Give --at of that time or later, such as --at {stamp}, or set the clock right",
    )


def withdraw(office: Office, project: str, review: str | None, **acting: Unpack[Acting]) -> Done:
    """End a review without a decision."""
    office.project(project)

    def decide(desk: Desk, state: State | None) -> Sequence[Happening]:
        if state is None:
            raise office.no_project(project)
        one = find_review(state, review)
        return (reviews.withdraw(desk.ground, state, one, acting.get("reason")),)

    command: JsonObject = {"command": "review-withdraw", "review": review}
    return perform(office, project, command, decide, **acting)


def review_view(
    office: Office, project: str, key: str | None, at: datetime | None = None
) -> ReviewView:
    """A review with what matters for deciding it now.

    Raises:
        UnknownName: no such project or review.
    """
    state = office.project(project)
    review = find_review(state, key)
    ground = ground_of(office, state, at or office.now())
    gate = _known_gate(ground.standard, review.gate)
    item = review.occurrence if gate.per is not None else ""
    criteria = (*gate.criteria, *extra_criteria(ground, state, gate))
    named = kept_evidence(ground.standard, criteria, state.record, item)
    view = ReviewView(
        state=state,
        standard=ground.standard,
        review=review,
        gate=gate,
        found=None,
        changed=False,
        case=None,
        refusal=None,
        bars=(),
        offers=(),
        override=None,
        evidence=verified(named, office.folder),
        now=ground.now,
        zone=ground.zone,
    )
    if review.status != OPEN:
        return view
    reviews.check_item_is_there(state, gate, review)
    found = office.gatherer().assess(ground, state, gate, review.occurrence)
    ahead = prospect_at(ground, state, gate, found, review)
    return view._replace(
        found=found,
        changed=subject_of(state, review.key, found) != review.subject,
        case=ahead.case,
        refusal=ahead.refusal,
        bars=ahead.bars,
        offers=offers(ground, state, gate, found),
        override=override_of(ground, state, gate, found),
    )
