"""The ways in which a project's record is amended: by its file, by paths, by a patch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

from pmo_core.documents import Scalars, merged, read_document
from pmo_core.errors import Conflict, InvalidDocument
from pmo_core.office.changing import amend
from pmo_core.office.patches import patched
from pmo_core.office.proposals import amend_by_file, bytes_of, lag_of, read_proposal
from pmo_core.office.set_paths import with_set

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import State
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office


class FromFile(NamedTuple):
    """An amendment by a file.

    Attributes:
        lag: what the file lacks of the record afterwards, since others changed it meanwhile.
    """

    done: Done
    lag: tuple[JsonObject, ...]


def amend_from(office: Office, project: str, file: Path, **acting: Unpack[Acting]) -> FromFile:
    """Change a project's record to what a file proposes; as `amend_by_file`.

    Raises:
        UnknownName: no such project, or file.
        InvalidDocument: the file cannot be read, with its line.
        Conflict: as `amend_by_file`; the remedy says that nothing was written.
    """
    standard = office.standard(office.project(project).package)
    proposal = read_proposal(file, standard)
    try:
        done = amend_by_file(office, project, proposal, **acting)
    except Conflict as error:
        if error.source is not None:  # it stands in the file
            last = (error, *error.also)[-1]
            last.remedy = f"Nothing was written. {last.remedy}"
        raise
    lag = () if done.repeated else lag_of(office, proposal.value, done.after)
    return FromFile(done, lag)


def amend_by_paths(
    office: Office,
    project: str,
    assignments: Sequence[str],
    unset: Sequence[str],
    **acting: Unpack[Acting],
) -> Done:
    """Set and unset places of a project's record, as `with_set`.

    Raises:
        UnknownName: a path leads nowhere.
    """
    scalars = office.standard(office.project(project).package).scalars

    def change(state: State) -> JsonObject:
        return with_set(state.record, assignments, unset, scalars)

    command: JsonObject = {"set": list(assignments), "unset": list(unset)}
    return amend(office, project, change, command=command, **acting)


def amend_by_patch(office: Office, project: str, file: Path, **acting: Unpack[Acting]) -> Done:
    """Change a project's record by a JSON Patch (RFC 6902).

    Raises:
        InvalidDocument: the file holds none, or an operation of it fails.
    """
    return _by_file(office, project, file, "patch", patched, **acting)


def amend_by_merge(office: Office, project: str, file: Path, **acting: Unpack[Acting]) -> Done:
    """Change a project's record by a JSON Merge Patch (RFC 7396).

    Raises:
        InvalidDocument: the file holds no object.
    """
    return _by_file(office, project, file, "merge", _merged, **acting)


def _by_file(
    office: Office,
    project: str,
    file: Path,
    kind: str,
    changed: Callable[[JsonObject, Json], JsonObject],
    **acting: Unpack[Acting],
) -> Done:
    office.project(project)
    patch = read_document(bytes_of(file, str(file)), str(file), scalars=Scalars.TYPED).value

    def change(state: State) -> JsonObject:
        try:
            return changed(state.record, patch)
        except InvalidDocument as error:
            raise InvalidDocument(
                error.message,
                source=error.source or str(file),
                pointer=error.pointer,
                remedy=error.remedy,
            ) from None

    return amend(office, project, change, command={kind: patch}, **acting)


def _merged(record: JsonObject, patch: Json) -> JsonObject:
    if not isinstance(patch, dict):
        raise InvalidDocument(
            "a merge patch is an object of the fields to change",
            remedy='Write {"title": "..."}; null takes a field away',
        )
    found = merged(record, patch)
    assert isinstance(found, dict)
    return found
