"""Did this person hold that role when they stamped it? Asked in one place (S5.4, S5.5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason
from pmo_core.assess.freshness import moment_of
from pmo_core.standards.instants import local_date

if TYPE_CHECKING:
    from pmo_core.assess.scene import Scene
    from pmo_core.documents import Json


def held_by(person: Json, role: str, stamped: Json, scene: Scene, at: str) -> Reason | None:
    """Why the stamp is not by a holder of `role` at its time; None where it is."""
    holders = holders_at(role, stamped, scene)
    if holders is None:
        return Reason("holders-unknown", at, {"role": role})
    if isinstance(person, str) and person in holders:
        return None
    return Reason("wrong-person", at, {"role": role, "by": person})


def not_held_by(person: Json, role: str, stamped: Json, scene: Scene, at: str) -> Reason | None:
    """Why the stamp is by a holder of `role`, or may be; None where it is not."""
    holders = holders_at(role, stamped, scene)
    if holders is None:
        return Reason("holders-unknown", at, {"role": role})
    if isinstance(person, str) and person not in holders:
        return None
    return Reason("wrong-person", at, {"not": role, "by": person})


def holders_at(role: str, stamped: Json, scene: Scene) -> frozenset[str] | None:
    """Who held a role, or any role of a body, at a stamp's time; None where nobody knows."""
    appointed = scene.inputs.holders
    declared = scene.standard.roles.get(role)
    names = [name for name in (role, *(declared.members if declared else ())) if name in appointed]
    if not names:
        return None
    moment = moment_of(stamped)
    day = scene.today if moment is None else _day(moment, scene)
    return frozenset(
        person
        for name in names
        for person, start, end in appointed[name]
        if start <= day and (end is None or day <= end)
    )


def _day(moment: date | datetime, scene: Scene) -> date:
    return local_date(moment, scene.zone) if isinstance(moment, datetime) else moment
