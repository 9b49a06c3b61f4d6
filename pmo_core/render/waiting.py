"""What waits for a person, and the office at a glance, each with the command to go on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from shlex import quote
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.assessment import Verdict
from pmo_core.governance.state import OPEN
from pmo_core.office.waiting import DECIDE, FIX, OPEN_REVIEW, RESUME
from pmo_core.render.deciding import bar_words, bars_json
from pmo_core.render.escape import json_lines
from pmo_core.render.founding import FIRST_PROJECT
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.moments import moment_words
from pmo_core.render.table import table
from pmo_core.render.values import counted, day_words, listed
from pmo_core.standards.instants import find_zone, format_instant, local_date, parse_instant

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import Review, State
    from pmo_core.office.settings import Settings
    from pmo_core.office.waiting import Glance, Queue, Waiting
    from pmo_core.render.style import Style

_MOST: Final = 5
"""Projects that are named in a sentence; the others are counted."""


class Lagging(NamedTuple):
    """What has not been brought together yet.

    Attributes:
        files: the project files that say something else than the ledger.
        unread: those that cannot be read, or that conflict with it.
        new: those whose project the ledger does not know.
        due: in how many projects something has come due that no tick has applied.
        last: when tick last ran; None: never.
    """

    files: tuple[str, ...]
    unread: tuple[str, ...]
    new: tuple[str, ...]
    due: int
    last: datetime | None


def queue_lines(queue: Queue, settings: Settings, style: Style) -> Iterator[str]:
    """How much waits for the person, then a line for each thing."""
    person = settings.people.get(queue.person)
    who = queue.person if person is None else person.name
    if not queue.roles:
        yield from lines_of(
            f"Nothing waits for {who}, who holds no role in any project now.", style
        )
        yield "Next: pmo status"
        return
    if not queue.waiting:
        projects = counted(queue.roles, "project")
        yield from lines_of(f"Nothing waits for {who}, who holds roles in {projects}.", style)
        return
    zone = find_zone(settings.zone)
    yield from lines_of(f"Waits for {who}: {len(queue.waiting)}", style)
    width = max(len(one.kind) for one in queue.waiting)
    for one in queue.waiting:
        begin = f"{one.kind}: " if style.plain else f"  {one.kind:<{width}}  "
        margin = "" if style.plain else " " * len(begin)
        yield from lines_of(_words(one, zone), style, begin, margin)
        for bar in one.bars:
            yield from lines_of(bar_words(bar, zone), style, margin, f"{margin}  ")
    yield from command_lines(_next_for(queue.waiting[0]), style.width, "Next: ")


def queue_json(queue: Queue) -> str:
    """The same for programs."""
    waiting: list[Json] = [
        {
            "kind": one.kind,
            "project": one.project,
            "key": one.key,
            "since": _stamp(one.since),
            "due": one.due,
            "verdict": one.verdict or None,
            "criteria": list(one.criteria),
            "bars": [*bars_json(one.bars)],
        }
        for one in queue.waiting
    ]
    value: JsonObject = {"person": queue.person, "roles": queue.roles, "waiting": waiting}
    return json_lines(value)


def glance_lines(
    glances: Sequence[Glance], lagging: Lagging, settings: Settings, style: Style
) -> Iterator[str]:
    """The office at a glance: the counts, its projects by phase, and what does not move."""
    if not glances:
        yield from lines_of(f"{settings.title}: no projects yet.", style)
        yield from _differing(lagging, style)
        yield f"Next: pmo project new {FIRST_PROJECT}"
        return
    counts = [_verdict(one) for one in glances]
    told = [f"{counts.count('ready')} ready", f"{counts.count('blocked')} blocked"]
    if counts.count(""):
        told.append(f"{counts.count('')} with no gate ahead")
    projects = counted(len(glances), "project")
    yield from lines_of(f"{settings.title}: {projects}, {', '.join(told)}", style)
    yield from _phases(glances, style)
    zone = find_zone(settings.zone)
    reviews = _open_reviews(glances)
    if reviews:
        named = [
            f"{state.project} at {review.key}, since {_day(parse_instant(review.opened), zone)}"
            for state, review in reviews
        ]
        yield from lines_of(f"{counted(len(named), 'review')} open: {_some(named)}", style)
    due = [f"{one.state.project} at {name}" for one in glances for name in one.due]
    if due:
        yield from lines_of(f"{len(due)} due and undecided: {_some(due)}", style)
    waits = [
        f"{one.state.project} at {name} until {day_words(until)}"
        for one in glances
        for name, until in one.waits
    ]
    if waits:
        yield from lines_of(f"{len(waits)} on hold: {_some(waits)}", style)
    held = [f"{one.state.project} at {name}" for one in glances for name in one.held]
    if held:
        ran = "its time has" if len(held) == 1 else "their time has"
        yield from lines_of(f"{len(held)} on hold, and {ran} run out: {_some(held)}", style)
    yield from _differing(lagging, style)
    if lagging.due:
        last = "" if lagging.last is None else f", last on {moment_words(lagging.last, zone)}"
        yield from lines_of(
            f"{counted(lagging.due, 'project')} with something that came due and is not applied "
            f"yet: pmo tick{last}",
            style,
        )
    yield from command_lines(_next_in(glances, reviews, lagging), style.width, "Next: ")


def glance_json(glances: Sequence[Glance], lagging: Lagging, settings: Settings) -> str:
    """The same for programs."""
    phases: list[Json] = [
        {
            "standard": standard,
            "phase": phase,
            "projects": total,
            "ready": ready,
            "blocked": blocked,
        }
        for (standard, phase), (total, ready, blocked) in _by_phase(glances).items()
    ]
    reviews: list[Json] = [
        {"project": state.project, "key": review.key, "since": review.opened}
        for state, review in _open_reviews(glances)
    ]
    due: list[Json] = [
        {"project": one.state.project, "key": name} for one in glances for name in one.due
    ]
    held: list[Json] = [
        {"project": one.state.project, "gate": name} for one in glances for name in one.held
    ]
    waits: list[Json] = [
        {"project": one.state.project, "gate": name, "until": until.isoformat()}
        for one in glances
        for name, until in one.waits
    ]
    counts = [_verdict(one) for one in glances]
    value: JsonObject = {
        "office": settings.office,
        "projects": len(glances),
        "ready": counts.count("ready"),
        "blocked": counts.count("blocked"),
        "phases": phases,
        "reviews": reviews,
        "due": due,
        "on-hold": waits,
        "holds-run-out": held,
        "files-that-differ": list(lagging.files),
        "files-with-faults": list(lagging.unread),
        "files-of-no-project": list(lagging.new),
        "projects-to-tick": lagging.due,
        "last-tick": _stamp(lagging.last),
    }
    return json_lines(value)


def _words(one: Waiting, zone: ZoneInfo) -> str:
    where = f"{one.project} at {one.key}"
    if one.kind == DECIDE:
        assert isinstance(one.since, datetime)
        return f"{where}, since {_day(one.since, zone)}, {one.verdict.upper()}"
    if one.kind == RESUME:
        assert one.since is not None
        return f"{where}: on hold, until {_day(one.since, zone)} at the latest"
    due = "" if one.since is None else f", due since {_day(one.since, zone)}"
    if one.kind == OPEN_REVIEW:
        return f"{where}{due}: {one.verdict.upper()}, no review is open"
    assert one.kind == FIX
    return f"{where}{due}: {listed(one.criteria)}"


def _next_for(one: Waiting) -> str:
    project, gate = quote(one.project), quote(one.key)
    if one.kind == DECIDE:
        return f"pmo review show {project}"
    if one.kind == FIX:
        return f"pmo gate explain {project} --gate {gate}"
    return f"pmo review open {project} --gate {gate}"


def _next_in(
    glances: Sequence[Glance], reviews: Sequence[tuple[State, Review]], lagging: Lagging
) -> str:
    if lagging.due:
        return "pmo tick"
    if reviews:
        return f"pmo review show {quote(reviews[0][0].project)}"
    for verdict, command in (("ready", "pmo review open"), ("blocked", "pmo gate explain")):
        for one in glances:
            if _verdict(one) == verdict and (verdict == "blocked" or _can_be_opened(one)):
                return f"{command} {quote(one.state.project)}"
    return "pmo project list"


def _can_be_opened(one: Glance) -> bool:
    """Whether a review is to be opened at the first gate ahead, which is not on hold."""
    if not one.standings:
        return False
    first = one.standings[0]
    return not first.gate.standing and first.held_until is None


def _verdict(one: Glance) -> str:
    """`ready` where every gate ahead is; empty where none is ahead."""
    if not one.standings:
        return ""
    is_ready = all(found.found.verdict is Verdict.READY for found in one.standings)
    return "ready" if is_ready else "blocked"


def _by_phase(glances: Sequence[Glance]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Projects, ready and blocked ones, by standard and phase, in the order of the standard."""
    counted_: dict[tuple[str, str], tuple[int, int, int]] = {}
    orders: dict[tuple[str, str], tuple[str, tuple[int, ...]]] = {}
    for one in glances:
        state = one.state
        key = (state.standard, ", ".join(state.phases.values()))
        total, ready, blocked = counted_.get(key, (0, 0, 0))
        verdict = _verdict(one)
        counted_[key] = (total + 1, ready + (verdict == "ready"), blocked + (verdict == "blocked"))
        orders[key] = (state.standard, one.ranks)
    return {key: counted_[key] for key in sorted(counted_, key=lambda key: (orders[key], key))}


def _phases(glances: Sequence[Glance], style: Style) -> Iterator[str]:
    rows = _by_phase(glances)
    several = len({standard for standard, _phase in rows}) > 1
    head: tuple[str, ...] = ("PHASE", "PROJECTS", "READY", "BLOCKED")
    cells = [(phase, *map(str, numbers)) for (_standard, phase), numbers in rows.items()]
    if several:
        head = (*head, "STANDARD")
        cells = [(*row, standard) for row, (standard, _phase) in zip(cells, rows, strict=True)]
    yield from table(head, cells, style, right=(1, 2, 3))


def _open_reviews(glances: Sequence[Glance]) -> list[tuple[State, Review]]:
    """The oldest first."""
    found = [
        (one.state, review)
        for one in glances
        for review in one.state.reviews
        if review.status == OPEN
    ]
    return sorted(found, key=lambda one: (one[1].opened, one[0].project))


def _differing(lagging: Lagging, style: Style) -> Iterator[str]:
    for files, one, many in (
        (lagging.files, "differs from the ledger", "differ from the ledger"),
        (
            lagging.unread,
            "cannot be read, or conflicts with the ledger",
            "cannot be read, or conflict with the ledger",
        ),
        (lagging.new, "is of no project in the ledger", "are of no project in the ledger"),
    ):
        if files:
            verb = one if len(files) == 1 else many
            yield from lines_of(f"{counted(len(files), 'file')} {verb}: {_some(files)}", style)


def _some(named: Sequence[str]) -> str:
    more = len(named) - _MOST
    if more <= 1:
        return "; ".join(named)
    return f"{'; '.join(named[:_MOST])}; and {more} more"


def _day(moment: datetime | date, zone: ZoneInfo) -> str:
    return day_words(local_date(moment, zone) if isinstance(moment, datetime) else moment)


def _stamp(moment: datetime | date | None) -> str | None:
    if moment is None:
        return None
    return format_instant(moment) if isinstance(moment, datetime) else moment.isoformat()
