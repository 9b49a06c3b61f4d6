"""One project whole: where it stands, who is who, what is ahead, what was decided, and its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from pmo_core.errors import Conflict
from pmo_core.governance.state import DUE, MISSED, OPEN
from pmo_core.governance.state_json import state_as_json
from pmo_core.office.overview import roles_of
from pmo_core.render.changes import hold_words, patch_words, verdict_words
from pmo_core.render.errors import told_without_place
from pmo_core.render.escape import clean, json_lines
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.moments import moment_words
from pmo_core.render.projects import name_of, title_of
from pmo_core.render.values import (
    counted,
    day_in_words,
    day_words,
    in_language,
    listed,
    one_line,
    plain,
)
from pmo_core.standards.instants import parse_instant

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.errors import PmoError
    from pmo_core.office.overview import Seen
    from pmo_core.office.proposals import Differing
    from pmo_core.office.settings import Person
    from pmo_core.office.standings import Standing
    from pmo_core.render.style import Style

MARGIN = 11
MOST_DECISIONS = 5
MOST_CHANGES = 5


def project_lines(
    seen: Seen, files: Sequence[Differing], people: Mapping[str, Person], style: Style
) -> Iterator[str]:
    """What there is to know of a project, one subject a line, the next command last."""
    state = seen.state
    for told in (f"{state.project}: {title_of(seen)}", _head(seen)):
        yield from lines_of(told, style)
    yield from _told("phase", _phases(seen), style)
    yield from _told("people", _people(seen, people, style.lang), style)
    yield from _told("ahead", [_ahead(one) for one in seen.standings] or ["no gate"], style)
    yield from _told("waits", list(filter(None, map(hold_words, seen.standings))), style)
    yield from _told("review", _reviews(seen, people), style)
    yield from _told("decided", _decisions(seen, people), style)
    yield from _told("due", _occurrences(seen, DUE), style)
    yield from _told("missed", _occurrences(seen, MISSED), style)
    yield from _told("baseline", [plain(name) for name in state.baselines], style)
    for one in files:
        yield from differing_lines(one, style)
    yield from command_lines(_next(seen, files), style.width, "Next: ")


def differing_lines(one: Differing, style: Style) -> Iterator[str]:
    """`projects/x.yaml differs from the ledger: ...`, or why it cannot be read."""
    if one.error is not None:
        place = one.error.place or one.path
        yield from lines_of(f"{place}: {_fault_words(one.error)}", style)
        return
    if one.new:
        yield from lines_of(f"{one.path}: there is no project {one.project} yet", style)
        return
    changes = list(patch_words(one.record or {}, one.patch))
    shown = changes[:MOST_CHANGES]
    rest = len(changes) - len(shown)
    more = f" and {rest} more" if rest else ""
    yield from lines_of(
        f"{one.path} differs from the ledger: {', '.join(shown)}{more}", style, "", "  "
    )


def waiting_lines(files: Sequence[Differing], style: Style) -> Iterator[str]:
    """After a command: the project's file has changes that do not count yet."""
    for one in files:
        if one.patch:
            told = f"note: {one.path} has {counted(len(one.patch), 'change')} that do not count yet"
            if len(one.patch) == 1:
                told = f"note: {one.path} has 1 change that does not count yet"
            yield from lines_of(f"{told}.", style)
            command = f"pmo project amend {quote(one.project or '')} --from {quote(one.path)}"
            yield from command_lines(command, style.width, "Next: ")
        elif one.error is not None:
            place = one.error.place or one.path
            told = f"note: {place}: {_fault_words(one.error)}"
            yield from lines_of(told, style, "", "  ")


def _fault_words(error: PmoError) -> str:
    """Why a file cannot be read; of a conflict its first place, and how to settle them all."""
    if not isinstance(error, Conflict):
        return told_without_place(error)
    more = f" (and so {counted(len(error.also), 'place')} more)" if error.also else ""
    remedy = (error, *error.also)[-1].remedy or ""
    return f"the file differs from the ledger: {clean(error.message)}{more}. {clean(remedy)}."


def _head(seen: Seen) -> str:
    changed = _moment(seen.state.at, seen)
    return f"{seen.state.standard}, version {seen.state.version}, changed {changed}"


def _moment(written: str, seen: Seen) -> str:
    """An instant of the ledger, in the office's time zone."""
    return moment_words(parse_instant(written), seen.ground.tz)


def _phases(seen: Seen) -> list[str]:
    several = len(seen.state.position) > 1
    told = []
    for track, stand in seen.state.position.items():
        since = day_in_words(stand.entered) or stand.entered
        visit = f", visit {stand.visit}" if stand.visit > 1 else ""
        name = f"{track} {stand.phase}" if several else stand.phase
        told.append(f"{name} since {since}{visit}")
    return told


def _people(seen: Seen, people: Mapping[str, Person], lang: str) -> list[str]:
    told = []
    for role, held in roles_of(seen).items():
        if held:
            title = in_language(seen.ground.standard.roles[role].title, lang) or role
            names = listed(_who(person, people) for person in held)
            told.append(f"{one_line(title)}: {names}")
    return told


def _who(person: str, people: Mapping[str, Person]) -> str:
    name = name_of(person, people)
    return name if name == person else f"{name} ({one_line(person)})"


def _ahead(one: Standing) -> str:
    planned = f", planned {day_words(one.planned)}" if one.planned is not None else ""
    criteria = [finding.criterion for finding in one.found.blocking]
    names = f": {listed(criteria)}" if criteria else ""
    return f"{one.key}: {verdict_words(one)}{names}{planned}"


def _reviews(seen: Seen, people: Mapping[str, Person]) -> list[str]:
    return [
        f"{one.key} open since {_moment(one.opened, seen)}, by {name_of(one.by, people)}"
        for one in seen.state.reviews
        if one.status == OPEN
    ]


def _decisions(seen: Seen, people: Mapping[str, Person]) -> list[str]:
    decisions = seen.state.decisions[-MOST_DECISIONS:]
    told = [
        f"{one.key}: {one.outcome}, {_moment(one.at, seen)}, by {name_of(one.by, people)}"
        + (", against the verdict" if one.override else "")
        for one in reversed(decisions)
    ]
    rest = len(seen.state.decisions) - len(decisions)
    return [*told, f"and {counted(rest, 'decision')} before"] if rest else told


def _occurrences(seen: Seen, status: str) -> list[str]:
    return [
        f"{one.gate}@{one.occurrence}" for one in seen.state.occurrences if one.status == status
    ]


def _next(seen: Seen, files: Sequence[Differing]) -> str:
    project = quote(seen.state.project)
    changed = next((one for one in files if one.patch), None)
    if changed is not None:
        return f"pmo project amend {project} --from {quote(changed.path)}"
    if len(seen.standings) == 1:
        return f"pmo gate explain {project}"
    return f"pmo project history {project}"


def _told(name: str, values: Sequence[str], style: Style) -> Iterator[str]:
    """A subject with what there is to say of it; nothing where there is nothing."""
    for number, value in enumerate(values):
        if style.plain:
            yield from lines_of(f"{name}: {value}", style)
        else:
            begin = f"{'' if number else name:<{MARGIN}}"
            yield from lines_of(value, style, begin, " " * MARGIN)


def project_json(seen: Seen, files: Sequence[Differing]) -> str:
    """The state as the ledger has it, its record, who holds what, how it stands at its gates."""
    roles: JsonObject = {role: list(held) for role, held in roles_of(seen).items() if held}
    standings: list[Json] = [
        {
            "gate": one.gate.id,
            "occurrence": one.occurrence,
            "verdict": one.found.verdict.value,
            "blocking": [finding.criterion for finding in one.found.blocking],
            "planned": None if one.planned is None else one.planned.isoformat(),
            "review": None if one.review is None else one.review.key,
            "held": None if one.held_until is None else one.held_until.isoformat(),
        }
        for one in seen.standings
    ]
    position: JsonObject = {
        track: {"phase": stand.phase, "entered": stand.entered, "visit": stand.visit}
        for track, stand in seen.state.position.items()
    }
    written: JsonObject = {
        **state_as_json(seen.state),
        "title": title_of(seen),
        "head": seen.head,
        "position": position,
        "passed": {gate: one._asdict() for gate, one in seen.state.passed.items()},
        "appointments": [one._asdict() for one in seen.state.appointments],
        "reviews": [one._asdict() for one in seen.state.reviews],
        "occurrences": [one._asdict() for one in seen.state.occurrences],
        "people": roles,
        "ahead": standings,
        "files": [differing_json(one) for one in files],
        "record": seen.state.record,
    }
    return json_lines(written)


def differing_json(one: Differing) -> JsonObject:
    """A file that differs, for programs."""
    written: JsonObject = {"path": one.path, "project": one.project, "patch": list(one.patch)}
    if one.new:
        written["new"] = True
    if one.error is not None:
        written["error"] = dict(one.error.as_json())
    return written
