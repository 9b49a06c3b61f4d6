"""What waits for a person, and where the office stands (S12.2, S14.5).

What waits is worked out anew each time it is asked for, from the ledger, the appointments and the
clock; nothing is kept, so nothing has to be ticked off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.assessment import Verdict
from pmo_core.errors import Refused, UnknownName
from pmo_core.governance.authority import case_of, deciding_roles
from pmo_core.governance.bars import Bar, bars_to_deciding, bars_to_opening
from pmo_core.governance.ground import people_in
from pmo_core.governance.judging import hold_at, scene_of
from pmo_core.governance.state import DECIDED, DUE, OPEN
from pmo_core.lifecycle.ahead import starts_from
from pmo_core.office.survey import surveyed
from pmo_core.standards.instants import parse_date, parse_instant

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.judging import Hold
    from pmo_core.governance.state import Review, State
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Gatherer, Standing
    from pmo_core.standards.model import Gate

DECIDE: Final = "decide"
RESUME: Final = "resume"
OPEN_REVIEW: Final = "open"
FIX: Final = "fix"
KINDS: Final = (DECIDE, RESUME, OPEN_REVIEW, FIX)
"""In the order in which they are told: what holds up others most comes first."""


class Waiting(NamedTuple):
    """One thing that waits for a person.

    Attributes:
        kind: `decide` a review that is open; `resume`: the time of a hold has run out; `open` a
            review; `fix` what blocks a gate.
        key: `gate[@occurrence]`, of a review with its attempt.
        since: from when on it waits, where that is known; of an occurrence the day it fell due.
        bars: what stands against it now.
        criteria: those that block and are the person's.
        due: it is an occurrence that has fallen due.
    """

    kind: str
    project: str
    key: str
    since: datetime | date | None = None
    bars: tuple[Bar, ...] = ()
    criteria: tuple[str, ...] = ()
    due: bool = False
    verdict: str = ""


class Queue(NamedTuple):
    """All that waits for a person.

    Attributes:
        roles: in how many projects the person holds a role.
    """

    person: str
    waiting: tuple[Waiting, ...]
    roles: int


class Glance(NamedTuple):
    """One project, as far as a glance over the office needs it.

    Attributes:
        standings: at the gates ahead.
        due: the occurrences that have fallen due, undecided.
        held: the gates at which it was put on hold, and the time of that has run out.
        waits: those at which it is on hold, each with the last day of that.
        ranks: of its phases, one a track: where they stand in the standard's order.
    """

    state: State
    standings: tuple[Standing, ...]
    due: tuple[str, ...]
    held: tuple[str, ...]
    waits: tuple[tuple[str, date], ...]
    ranks: tuple[int, ...]


def waiting_for(office: Office, person: str, now: datetime) -> Queue:
    """What waits for a person in all projects, most urgent first."""
    found: list[Waiting] = []
    roles_held = 0
    for state, _head, ground, gatherer in surveyed(office, now):
        roles = _roles_of(ground, state, person)
        roles_held += bool(roles)
        if not roles:
            continue
        found += _decisions(ground, state, gatherer, person)
        found += _to_resume(ground, state, roles)
        for standing in gatherer.standings(ground, state):
            found += _at_gate(ground, standing, roles)
    found.sort(key=lambda one: (KINDS.index(one.kind), one.project, one.key))
    return Queue(person, tuple(found), roles_held)


def glances(office: Office, now: datetime) -> Iterator[Glance]:
    """Each project of the office in the order of ids, with its gates ahead."""
    for state, _head, ground, gatherer in surveyed(office, now):
        standings = tuple(gatherer.standings(ground, state))
        tracks = ground.standard.tracks
        yield Glance(
            state,
            standings,
            due=tuple(one.key for one in standings if _is_due(ground, one)),
            held=tuple(key for _gate, key, hold in _holds(ground, state) if hold.is_over),
            waits=tuple(
                (key, hold.until) for _gate, key, hold in _holds(ground, state) if not hold.is_over
            ),
            ranks=tuple(tracks[name].ranks[phase] for name, phase in state.phases.items()),
        )


def _roles_of(ground: Ground, state: State, person: str) -> frozenset[str]:
    """The roles that the person holds in the project now, and the bodies they sit in."""
    return frozenset(
        role for role in ground.standard.roles if person in people_in(ground, state, role)
    )


def _decisions(ground: Ground, state: State, gatherer: Gatherer, person: str) -> Iterator[Waiting]:
    """The open reviews that the person may decide."""
    for review in state.reviews:
        gate = ground.standard.gates.get(review.gate)
        if review.status != OPEN or gate is None or not starts_from(gate, state.phases):
            continue
        try:
            found = gatherer.assess(ground, state, gate, review.occurrence)
        except UnknownName:
            continue  # the item that it is about has left the record
        if person in _may_decide(ground, state, gate, found, review):
            yield Waiting(
                DECIDE,
                state.project,
                review.key,
                parse_instant(review.opened),
                bars_to_deciding(ground, gate, review),
                verdict=found.verdict.value,
            )


def _may_decide(
    ground: Ground, state: State, gate: Gate, found: Assessment, review: Review
) -> Sequence[str]:
    scene = scene_of(ground, state, gate, review.occurrence, found.inputs)
    try:
        case = case_of(ground, state, gate, scene, review.by)
    except Refused:
        return ()
    return () if case.beyond is not None or case.automatic else case.people


def _to_resume(ground: Ground, state: State, roles: frozenset[str]) -> Iterator[Waiting]:
    """Holds whose time has run out, at gates that the person owns or decides at."""
    for gate, key, hold in _holds(ground, state):
        if hold.is_over and roles.intersection(
            (gate.owner, *deciding_roles(ground.standard, gate))
        ):
            yield Waiting(RESUME, state.project, key, hold.until)


def _holds(ground: Ground, state: State) -> Iterator[tuple[Gate, str, Hold]]:
    """The gates, or items of them, at which it was decided last to wait: by key, with that hold."""
    last: dict[str, tuple[Gate, str]] = {}
    for one in state.decisions:
        gate = ground.standard.gates.get(one.gate)
        if gate is not None:
            key = gate.id if gate.per is None else f"{gate.id}@{one.occurrence}"
            last[key] = (gate, one.occurrence)
    for key, (gate, occurrence) in last.items():
        hold = hold_at(ground, state, gate, occurrence)
        if hold is not None:
            yield gate, key, hold


def _at_gate(ground: Ground, standing: Standing, roles: frozenset[str]) -> Iterator[Waiting]:
    """A review to open by who owns the gate, or what blocks it to be put right."""
    state, gate = standing.state, standing.gate
    due = _is_due(ground, standing)
    if _recurs_by_date(gate) and not due:
        return
    since = parse_date(standing.occurrence) if due else None
    may_open = not gate.standing and standing.review is None and gate.owner in roles
    # On hold it is not asked for; once that is over, `resume` asks.
    if may_open and standing.hold is None and not _by_itself(ground, standing):
        ready = standing.found.verdict is Verdict.READY
        if ready or due:
            bars = bars_to_opening(ground, state, gate, standing.occurrence)
            yield Waiting(
                OPEN_REVIEW,
                state.project,
                standing.key,
                since,
                bars,
                due=due,
                verdict=standing.found.verdict.value,
            )
    if standing.found.verdict is Verdict.BLOCKED:
        criteria = _criteria_of(standing.found, roles)
        if criteria:
            yield Waiting(FIX, state.project, standing.key, since, (), criteria, due)


def _criteria_of(found: Assessment, roles: frozenset[str]) -> tuple[str, ...]:
    """The criteria that block, and on which one of the roles can act."""
    from pmo_core.assessment.explain import explain  # start-up: only where something blocks

    return tuple(
        one.finding.criterion for one in explain(found).blockers if roles.intersection(one.roles)
    )


def _by_itself(ground: Ground, standing: Standing) -> bool:
    """Whether tick opens and decides the review."""
    found = standing.found
    scene = scene_of(ground, standing.state, standing.gate, standing.occurrence, found.inputs)
    try:
        return case_of(ground, standing.state, standing.gate, scene, None).automatic
    except Refused:
        return False


def _is_due(ground: Ground, standing: Standing) -> bool:
    """Whether it is an occurrence that has fallen due, undecided, be it written yet or not."""
    if not _recurs_by_date(standing.gate) or not standing.occurrence:
        return False
    status = standing.state.status_of(standing.gate.id, standing.occurrence)
    if status == DECIDED:
        return False
    return status == DUE or parse_date(standing.occurrence) <= ground.today


def _recurs_by_date(gate: Gate) -> bool:
    return gate.recurs is not None and bool(gate.recurs.every)
