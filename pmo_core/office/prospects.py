"""Who may decide where a project stands, what bars it, and which gates come next (S12.2, S12.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pmo_core.errors import Refused
from pmo_core.governance.authority import case_of
from pmo_core.governance.bars import bars_to_deciding, bars_to_opening
from pmo_core.governance.judging import scene_of
from pmo_core.governance.reviews import check_applies, check_position
from pmo_core.office.standings import planned_for
from pmo_core.office.survey import ground_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmo_core.assessment import Assessment
    from pmo_core.governance.authority import Case
    from pmo_core.governance.bars import Bar
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import Review, State
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Standing
    from pmo_core.standards.model import Gate


class Prospect(NamedTuple):
    """Who may decide at a gate, and what stands against the next step there.

    Attributes:
        case: the authority case that applies now; None where nobody may decide.
        refusal: why nobody may, without a full stop.
        bars: against deciding the review that is open, else against opening one.
        away: why no review can be opened from where the project stands; None where one can.
    """

    case: Case | None
    refusal: str | None
    bars: tuple[Bar, ...]
    away: str | None = None


class Coming(NamedTuple):
    """A gate that is ahead: its key `gate`, and the date for which the record plans it."""

    gate: str
    planned: date | None


def prospect(office: Office, standing: Standing) -> Prospect:
    """What is ahead of people where a project stands, as of the assessment."""
    ground = ground_of(office, standing.state, standing.found.now)
    found, state, gate = standing.found, standing.state, standing.gate
    ahead = prospect_at(ground, state, gate, found, standing.review)
    try:
        check_position(ground, state, gate)
        check_applies(ground, state, gate, found)
    except Refused as error:
        return ahead._replace(away=error.message)
    return ahead


def prospect_of(
    office: Office, state: State, review: Review, at: datetime
) -> tuple[Assessment, Prospect]:
    """The same of a review of a state, also of one that a dry run came to."""
    ground = ground_of(office, state, at)
    gate = ground.standard.gates[review.gate]
    found = office.gatherer().assess(ground, state, gate, review.occurrence)
    return found, prospect_at(ground, state, gate, found, review)


def prospect_at(
    ground: Ground, state: State, gate: Gate, found: Assessment, review: Review | None
) -> Prospect:
    """The same of an assessment, with the review that is open of it."""
    scene = scene_of(ground, state, gate, found.occurrence, found.inputs)
    bars = (
        bars_to_opening(ground, state, gate, found.occurrence)
        if review is None
        else bars_to_deciding(ground, gate, review)
    )
    try:
        case = case_of(ground, state, gate, scene, None if review is None else review.by)
    except Refused as error:
        return Prospect(None, error.message, bars)
    return Prospect(case, None, bars)


def next_gates(office: Office, state: State, at: datetime) -> tuple[Coming, ...]:
    """The gates ahead of a state, without judging them; also of one that a dry run came to."""
    ground = ground_of(office, state, at)
    gates = office.gatherer().gates(ground, state, None)
    return tuple(Coming(one.id, planned_for(state, one)) for one in gates if not one.standing)
