"""The list of an office's projects: where each stands, and at which gate next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pmo_core.assessment import Verdict
from pmo_core.office.overview import roles_of
from pmo_core.render.changes import held_beside, verdict_words
from pmo_core.render.listing import Cell, Column, Listing, cell
from pmo_core.render.values import counted, one_line
from pmo_core.standards.record import written_text

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.office.overview import Seen
    from pmo_core.office.settings import Person
    from pmo_core.office.standings import Standing

COLUMNS: Final = (
    Column("project", "PROJECT"),
    Column("title", "TITLE", usual=False),
    Column("standard", "STANDARD", usual=False),
    Column("phase", "PHASE"),
    Column("gate", "NEXT GATE"),
    Column("planned", "PLANNED"),
    Column("verdict", "VERDICT"),
    Column("held", "HELD UNTIL", usual=False),
    Column("blocking", "BLOCKING", right=True, usual=False),
    Column("review", "REVIEW", usual=False),
    Column("version", "VERSION", right=True, usual=False),
    Column("changed", "CHANGED", usual=False),
    Column("owner", "OWNER", usual=False),
    Column("manager", "MANAGER", usual=False),
)
EMPTY: Final = "No projects yet. Begin with: pmo project new ID"


def projects_listing(projects: Iterable[Seen], people: Mapping[str, Person]) -> Listing:
    """A row for each project and gate ahead of it; one without gate where none is ahead."""
    rows: list[tuple[Cell, ...]] = []
    values: list[JsonObject] = []
    for seen in projects:
        for standing in seen.standings or (None,):
            row = _row(seen, standing, people)
            rows.append(row)
            values.append({**_values(row), **_more(seen, standing)})
    return Listing(COLUMNS, tuple(rows), tuple(values))


def _row(seen: Seen, standing: Standing | None, people: Mapping[str, Person]) -> tuple[Cell, ...]:
    state = seen.state
    roles = roles_of(seen)
    by_column: dict[str, Cell] = {
        "project": cell(state.project),
        "title": cell(title_of(seen)),
        "standard": cell(state.standard),
        "phase": cell(phase_text(state.phases)),
        "version": cell(state.version),
        "changed": cell(state.at, state.at[:10]),
        "owner": _holders(roles, "owner", people),
        "manager": _holders(roles, "manager", people),
    }
    if standing is not None:
        blocking = len(standing.found.blocking)
        planned = None if standing.planned is None else standing.planned.isoformat()
        verdict, value = verdict_words(standing), standing.found.verdict.value
        by_column |= {
            "gate": cell(standing.key),
            "planned": cell(planned),
            "verdict": Cell(held_beside(verdict, standing), value, blocking),
            "held": cell(None if standing.held_until is None else standing.held_until.isoformat()),
            "blocking": cell(blocking),
            "review": cell(None if standing.review is None else standing.review.key),
        }
    return tuple(by_column.get(column.id, cell(None)) for column in COLUMNS)


def _values(row: Sequence[Cell]) -> JsonObject:
    return {column.id: one.value for column, one in zip(COLUMNS, row, strict=True)}


def _more(seen: Seen, standing: Standing | None) -> JsonObject:
    """What JSON says beyond the columns: phases by track, the blocking criteria by id."""
    phases: JsonObject = dict(seen.state.phases)
    criteria: list[Json] = []
    if standing is not None:
        criteria = [one.criterion for one in standing.found.blocking]
    return {"phases": phases, "criteria": criteria, "head": seen.head}


def title_of(seen: Seen) -> str:
    """The project's title as its record has it, else its id."""
    from pmo_core.documents import resolve

    written = written_text(resolve(seen.state.record, seen.ground.standard.binding.title, None))
    return one_line(written) if written else seen.state.project


def phase_text(phases: Mapping[str, str]) -> str:
    """A project's phase; with several tracks `status implemented, stage beta`."""
    if len(phases) == 1:
        return next(iter(phases.values()))
    return ", ".join(f"{track} {phase}" for track, phase in phases.items())


def name_of(person: str, people: Mapping[str, Person]) -> str:
    """A person's name, else the id."""
    known = people.get(person)
    return one_line(known.name if known is not None else person)


def _holders(roles: Mapping[str, tuple[str, ...]], role: str, people: Mapping[str, Person]) -> Cell:
    held = roles.get(role, ())
    names = ", ".join(name_of(person, people) for person in held)
    return cell(", ".join(held) or None, names)


def projects_foot(projects: Sequence[Seen]) -> list[str]:
    """`5 projects: 2 ready, 3 blocked by 9 criteria.`"""
    if not projects:
        return []
    ready = blocked = nowhere = criteria = held = 0
    for seen in projects:
        found = [one.found for one in seen.standings]
        held += any(one.held_until is not None for one in seen.standings)
        if not found:
            nowhere += 1
        elif all(one.verdict is Verdict.READY for one in found):
            ready += 1
        else:
            blocked += 1
            criteria += sum(len(one.blocking) for one in found)
    told = [f"{ready} ready", f"{blocked} blocked"]
    if criteria:
        told[1] += f" by {counted(criteria, 'criterion', 'criteria')}"
    if nowhere:
        told.append(f"{nowhere} with no gate ahead")
    on_hold = f"; {held} on hold" if held else ""
    return [f"{counted(len(projects), 'project')}: {', '.join(told)}{on_hold}."]
