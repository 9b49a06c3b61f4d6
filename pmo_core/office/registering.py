"""New projects: a minimal record, and a file that asks for what the next gate needs (S11.8)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

from pmo_core.documents import MISSING, JsonObject, resolve, split_pointer
from pmo_core.errors import InvalidRecord, Refused, Unavailable, UnknownName
from pmo_core.governance.records import with_value
from pmo_core.office.changing import register
from pmo_core.office.evidence_named import evidence_of
from pmo_core.office.folders import PROJECTS, write_record_schema
from pmo_core.office.hints import unknown
from pmo_core.office.merging import Proposal
from pmo_core.office.placing import placed
from pmo_core.office.project_files import file_of, is_file_name, renew_version
from pmo_core.office.proposals import read_proposal
from pmo_core.standards.record import read_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office
    from pmo_core.standards.model import Standard

PEOPLE = "people"


class Registered(NamedTuple):
    """A project that was taken in.

    Attributes:
        path: of the file that was written for it; None for a dry run.
    """

    done: Done
    path: Path | None = None


def register_new(
    office: Office,
    project: str,
    title: str | None,
    standard_name: str | None,
    roles: Sequence[tuple[str, str]],
    text_of: Callable[[Standard, Done, str], str],
    **acting: Unpack[Acting],
) -> Registered:
    """Register a project by its id and title, and write a file for what is still to be said.

    Args:
        title: for people; made of the id where None.
        roles: role and person, each an appointment; in the record too, where it has a place.
        text_of: makes the file's text, in the office's language.

    Raises:
        Refused: there is such a project, or such a file, which is never overwritten.
        InvalidRecord: the standard's record schema refuses the id or the title.
        UnknownName: no such standard, role or person.
        Unavailable: the disk refuses.
    """
    if not is_file_name(project):
        raise InvalidRecord(
            f"{project!r} cannot be the name of a project's file",
            remedy="Use letters, digits, '.', '_' and '-'",
        )
    pin = office.pin_named(standard_name)
    standard = office.standard(pin.digest)
    path = office.folder / PROJECTS / f"{project}.yaml"
    there = file_of(office, project)
    if (there is not None or os.path.lexists(path)) and not _is_known(office, acting):
        raise _file_there(office, project, there or path)
    record = first_record(standard, project, title, roles)
    done = register(office, project, record, str(pin), roles, None, (), **acting)
    if acting.get("dry_run") or done.repeated:
        return Registered(done)
    lang = office.settings.language_tag or "en"
    _write_file(office, path, standard, project, text_of(standard, done, lang))
    return Registered(done, path)


def _is_known(office: Office, acting: Acting) -> bool:
    """Whether something was done under the command's key already."""
    key = acting.get("key")
    return key is not None and office.store.known(key) is not None


def _file_there(office: Office, project: str, path: Path) -> Refused:
    name = path.relative_to(office.folder).as_posix()
    if office.store.projection(project) is not None:
        return Refused(
            f"there is a project {project!r} already, and its file {name}",
            remedy=f"See pmo project show {project}",
        )
    return Refused(
        f"there is a file {name} already, and it is not overwritten",
        remedy=f"Nothing was written. Take in what is in it: pmo project add {name}",
    )


def _write_file(office: Office, path: Path, standard: Standard, project: str, text: str) -> None:
    """Write a new project's file, which nobody else may have made meanwhile."""
    write_record_schema(office.folder, standard)
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise Unavailable(
            f"{project} is registered, but its file cannot be written: {error.strerror}",
            source=str(path),
            remedy=f"Write it yourself: pmo project show {project} --yaml",
        ) from None


def first_record(
    standard: Standard, project: str, title: str | None, roles: Sequence[tuple[str, str]]
) -> JsonObject:
    """The least that a record says: its id and title, and its people where it has a place."""
    binding = standard.binding
    record: JsonObject = {}
    record = with_value(record, split_pointer(binding.id), project)
    record = with_value(record, split_pointer(binding.title), title or title_of(project))
    for track, pointer in binding.phase.items():
        begun = with_value(record, split_pointer(pointer), standard.tracks[track].initial)
        if standard.record_schema.is_valid(begun):
            record = begun
    people: JsonObject = dict(roles)
    if people and _has_people(standard):
        whole: JsonObject = {**record, PEOPLE: people}
        if standard.record_schema.is_valid(whole):
            return whole
    return record


def title_of(project: str) -> str:
    """A title made of an id: `street-works` -> `Street works`."""
    words = project.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}" if words else project


def _has_people(standard: Standard) -> bool:
    schema = standard.record_schema.value
    return isinstance(schema, dict) and resolve(schema, f"/properties/{PEOPLE}") is not MISSING


def enter_project(
    office: Office,
    project: str,
    file: Path,
    phases: Sequence[str],
    evidence: Sequence[str],
    standard_name: str | None,
    roles: Sequence[tuple[str, str]],
    **acting: Unpack[Acting],
) -> Done:
    """Register a project that stands at a later phase already, on declared evidence (S11.8).

    Args:
        phases: `PHASE` or `TRACK=PHASE`.
        evidence: files and links that show that it stands there.

    Raises:
        UnknownName: no such file, phase, track, role or person.
        Refused: there is such a project, or the record claims another phase or id.
    """
    pin = office.pin_named(standard_name)
    standard = office.standard(pin.digest)
    proposal = read_proposal(file, standard)
    _check_id(standard, proposal, project)
    now = acting.get("at") or office.now()
    day = office.ground(pin.digest, now=now, actor=acting["actor"], project=project).today
    shown = [one.entry for one in evidence_of(evidence, office.folder, day)]
    position = position_named(standard, phases)
    try:
        done = register(office, project, proposal.value, str(pin), roles, position, shown, **acting)
    except InvalidRecord as error:
        raise placed(error, proposal.document, proposal.value) from None
    if done.written and file.resolve().parent == (office.folder / PROJECTS).resolve():
        renew_version(file, proposal.version, done.after.version)
    return done


def _check_id(standard: Standard, proposal: Proposal, project: str) -> None:
    record = read_record(standard, proposal.document)
    if record.id_is_own and record.id == project:
        return
    place = proposal.document.place(standard.binding.id)
    told = f"its id is {record.id!r}" if record.id_is_own else "it has no id"
    raise Refused(
        f"this is no record of {project}: {told}",
        source=place.source,
        line=place.line,
        column=place.column,
        pointer=standard.binding.id,
        remedy=f"Write {project!r} there, or enter it under its own id",
    )


def position_named(standard: Standard, phases: Sequence[str]) -> Mapping[str, str]:
    """Track to phase, as a command line names them.

    Raises:
        UnknownName: no such track or phase, or several tracks have the phase.
    """
    position: dict[str, str] = {}
    for named in phases:
        track, sign, phase = named.partition("=")
        if not sign:
            track, phase = _track_of(standard, named), named
        position[track] = phase
    return position


def _track_of(standard: Standard, phase: str) -> str:
    tracks = [name for name, track in standard.tracks.items() if phase in track.ranks]
    if len(tracks) == 1:
        return tracks[0]
    if tracks:
        raise UnknownName(
            f"{standard.name} has the phase {phase!r} in {' and '.join(tracks)}",
            remedy=f"Name the track: --phase {tracks[0]}={phase}",
        )
    known = [one for track in standard.tracks.values() for one in track.phases]
    raise unknown(
        f"{standard.name} has no phase {phase!r}", phase, known, f"Phases: {', '.join(known)}"
    )
