"""Did this person hold that role when they stamped it? Asked in one place (S5.4, S5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment.findings import Reason
from pmo_core.assessment.freshness import day_of, moment_of

if TYPE_CHECKING:
    from pmo_core.assessment.scene import Scene
    from pmo_core.documents import Json


class Holders(NamedTuple):
    """Who held a role, or any role of a body; `all_known` where nobody else can have held it."""

    people: frozenset[str]
    all_known: bool


def held_by(person: Json, role: str, stamped: Json, scene: Scene, at: str) -> Reason | None:
    """Why the stamp is not by a holder of `role` at its time; None where it is."""
    holders = holders_at(role, stamped, scene)
    if isinstance(person, str) and person in holders.people:
        return None
    if not holders.all_known:
        return Reason("holders-unknown", at, {"role": role})
    return Reason("wrong-person", at, {"role": role, "by": person})


def not_held_by(person: Json, role: str, stamped: Json, scene: Scene, at: str) -> Reason | None:
    """Why the stamp is by a holder of `role`, or may be; None where it is not."""
    holders = holders_at(role, stamped, scene)
    if not isinstance(person, str) or person in holders.people:
        return Reason("wrong-person", at, {"not": role, "by": person})
    return None if holders.all_known else Reason("holders-unknown", at, {"role": role})


def holders_at(role: str, stamped: Json, scene: Scene) -> Holders:
    """Who held a role, or any role of a body, at a stamp's time; now, where it bears no date."""
    appointed = scene.inputs.holders
    declared = scene.standard.roles.get(role)
    members = declared.members if declared else ()
    moment = moment_of(stamped)
    if moment is None:
        scene.looked_at_today()
    day = scene.today if moment is None else day_of(moment, scene)
    people = frozenset(
        person
        for name in (role, *members)
        for person, start, end in appointed.get(name, ())
        if start <= day and (end is None or day <= end)
    )
    through_members = bool(members) and all(member in appointed for member in members)
    return Holders(people, role in appointed or through_members)
