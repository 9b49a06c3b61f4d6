"""The demo's office, built through the library: each event at its time, by the one whose act it is.

The five files under `projects/` say what is so on Tue 24 Nov 2026; `history` says how it came
about.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.cli.demo.world.history import STORIES, Story
from pmo_core.documents import Json, JsonObject, read_yaml
from pmo_core.errors import Unavailable
from pmo_core.governance.choices import Choice
from pmo_core.governance.stamps import Answer
from pmo_core.office.folders import PROJECTS
from pmo_core.office.founding import found_office
from pmo_core.office.office import Office
from pmo_core.office.record_files import with_version
from pmo_core.office.settings import FILE
from pmo_core.standards.instants import parse_instant

if TYPE_CHECKING:
    from pmo_core.governance.state import State
    from pmo_core.office.acts import Acting

STANDARD: Final = "pm2@3.1.0"
OFFICE: Final = "brindal"
TITLE: Final = "City of Brindal"
ZONE: Final = "Europe/Oslo"
LEAD: Final = "kira.dahl"
OWNER: Final = "eva.stern"
HOW: Final = "--as by a local user, who is trusted"

_WORLD: Final = files("pmo_core.cli.demo.world")
_STAMPED: Final = ("answers", "artefacts")


class _Act(NamedTuple):
    """Something that somebody did to a project, and when."""

    at: datetime
    by: str
    do: Callable[..., object]


def build(folder: Path) -> None:
    """Make the office of Brindal in a new folder, as it is on Tue 24 Nov 2026.

    Raises:
        Refused: an office, or a part of one, is there already.
        Unavailable: the disk, or its permissions, keep it from being made.
    """
    founded = found_office(folder, STANDARD, office_id=OFFICE, title=TITLE, zone=ZONE)
    settings = (_WORLD / FILE).read_text(encoding="utf-8").replace("PIN", str(founded.pin))
    try:
        if founded.example is not None:
            founded.example.unlink()
        (folder / FILE).write_text(settings, encoding="utf-8")
        with as_file(_WORLD / "evidence") as evidence:
            shutil.copytree(evidence, folder / "evidence")
        _relive(folder)
    except OSError as error:
        raise Unavailable(
            f"the office cannot be written: {error.strerror}",
            source=str(folder),
            remedy="Check the disk, and the permissions of the folder",
        ) from None


def _relive(folder: Path) -> None:
    """All that happened, in order, by a clock that goes with it."""
    texts = {
        story.project: (_WORLD / PROJECTS / f"{story.project}.yaml").read_text(encoding="utf-8")
        for story in STORIES
    }
    acts = sorted(
        (act for story in STORIES for act in _acts(story, _read(texts[story.project]))),
        key=lambda act: act.at,
    )
    now = acts[0].at
    with Office.open(folder, clock=lambda: now) as office:
        for act in acts:
            now = act.at
            acting: Acting = {"actor": act.by, "how": HOW, "at": act.at}
            act.do(office, **acting)
        for project, text in texts.items():
            written = with_version(text, office.project(project).version)
            (folder / PROJECTS / f"{project}.yaml").write_text(written, encoding="utf-8")


def _acts(story: Story, record: JsonObject) -> Iterator[_Act]:
    """What happened to one project, in no order."""
    project, manager = story.project, _person(record, "manager")
    begun = parse_instant(story.registered)
    first = _first(story, record, begun)
    roles = [(role, str(person)) for role, person in _object(record["people"]).items()]
    yield _Act(begun, LEAD, partial(Office.register, project=project, record=first, roles=roles))
    for amended in story.amended:
        new = {key: record[key] for key in amended.keys}
        if amended.early is not None:
            new |= _early(amended.early)
        change = partial(_with, new)
        yield _Act(
            parse_instant(amended.at),
            manager,
            partial(Office.amend, project=project, change=change),
        )
    for moved in story.moved:
        move = partial(
            Office.move_artefact, project=project, artefact=moved.artefact, state=moved.state
        )
        yield _Act(parse_instant(moved.at), moved.by, move)
    for passed in story.passed:
        opening = partial(Office.open_review, project=project, gate=passed.gate)
        yield _Act(parse_instant(passed.opened), manager, opening)
        choice = Choice("go", passed.reason)
        yield _Act(
            parse_instant(passed.decided),
            OWNER,
            partial(Office.decide, project=project, choice=choice),
        )
    for name, entry in _dated(record, "answers", begun):
        answer = Answer(
            name,
            entry["value"],
            evidence=_evidence(entry),
            justification=_text(entry.get("justification")),
        )
        yield _Act(
            parse_instant(str(entry["date"])),
            str(entry["by"]),
            partial(Office.answer, project=project, answer=answer),
        )
    for name, entry in _dated(record, "artefacts", begun):
        move = partial(
            Office.move_artefact,
            project=project,
            artefact=name,
            state=str(entry["state"]),
            evidence=_evidence(entry),
        )
        yield _Act(parse_instant(str(entry["date"])), str(entry["by"]), move)


def _first(story: Story, record: JsonObject, begun: datetime) -> JsonObject:
    """The record with which the project came into the office."""
    first = {key: value for key, value in record.items() if key not in story.later}
    first["phase"] = "initiating"
    if story.early is not None:
        first |= _early(story.early)
    for stamped in _STAMPED:
        later = dict(_dated(record, stamped, begun))
        kept = {key: value for key, value in _object(record[stamped]).items() if key not in later}
        first[stamped] = kept
    return first


def _with(new: JsonObject, state: State) -> JsonObject:
    return {**state.record, **new}


def _dated(record: JsonObject, stamped: str, begun: datetime) -> Iterator[tuple[str, JsonObject]]:
    """The answers or artefacts that were stamped in the office: those with a time."""
    for name, value in _object(record[stamped]).items():
        entry = _object(value)
        if "T" in str(entry["date"]) and parse_instant(str(entry["date"])) > begun:
            yield name, entry


def _early(name: str) -> JsonObject:
    return _read((_WORLD / "early" / f"{name}.yaml").read_text(encoding="utf-8"))


def _read(text: str) -> JsonObject:
    return _object(read_yaml(text.encode(), "the demo's world").value)


def _evidence(entry: JsonObject) -> tuple[Json, ...]:
    written = entry.get("evidence")
    return tuple(written) if isinstance(written, list) else ()


def _person(record: JsonObject, role: str) -> str:
    return str(_object(record["people"])[role])


def _object(value: Json) -> JsonObject:
    assert isinstance(value, dict)
    return value


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
