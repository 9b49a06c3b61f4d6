"""Project files as proposals: the ledger is the truth, and a file is what somebody wants it to be.

A file says in its head from which version it was written. What was changed in it since is brought
together with what the ledger has come to meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

from pmo_core.documents import (
    DEFAULT_LIMITS,
    JsonObject,
    diff,
    read_document,
)
from pmo_core.errors import Conflict, InvalidDocument, InvalidRecord, PmoError, Refused, UnknownName
from pmo_core.governance.fold import evolve
from pmo_core.office.changing import amend
from pmo_core.office.keeping import recorded, state_in
from pmo_core.office.merging import Before, Proposal, merged_with, with_own
from pmo_core.office.placing import placed, placed_refusal
from pmo_core.office.project_files import file_of, project_files, renew_version
from pmo_core.office.record_files import read_header
from pmo_core.standards.record import read_record

if TYPE_CHECKING:
    from pmo_core.governance.state import State
    from pmo_core.ledger.reads import Reads
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office
    from pmo_core.standards.model import Standard


class Differing(NamedTuple):
    """A project's file that says something else than the ledger.

    Attributes:
        project: its id; None where the file cannot be read.
        path: of the file, from the office's folder.
        patch: what would change if the file were amended; empty where that is not known.
        record: the one in the ledger, which the patch is about; empty for none.
        error: why the file cannot be read, or conflicts; None where it can be amended.
        new: there is no such project: the file was never added.
    """

    project: str | None
    path: str
    patch: tuple[JsonObject, ...] = ()
    record: JsonObject | None = None
    error: PmoError | None = None
    new: bool = False


def read_proposal(path: Path, standard: Standard, name: str | None = None) -> Proposal:
    """The record that a file proposes.

    Args:
        name: of the file, in errors; its path where None.

    Raises:
        UnknownName: there is no such file.
        InvalidDocument: it cannot be read, or holds no record; with its line.
    """
    named = name or str(path)
    data = bytes_of(path, named)
    document = read_document(data, named, scalars=standard.scalars)
    record = read_record(standard, document)
    head = "" if named.lower().endswith(".json") else data.decode("utf-8", "replace")
    return Proposal(path, document, record.value, read_header(head).version)


def bytes_of(path: Path, name: str) -> bytes:
    """What a file holds, one byte more than a document may, so that it is seen as too long.

    Raises:
        UnknownName: there is no such file.
        InvalidDocument: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(DEFAULT_LIMITS.document_bytes + 1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise UnknownName(f"no file {name!r}", remedy="Check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidDocument(
            f"it cannot be read: {reason}",
            source=name,
            remedy="Check the path, and its permissions",
        ) from None


def amend_by_file(
    office: Office,
    project: str,
    proposal: Proposal,
    *,
    renew: bool = True,
    within: Writing | None = None,
    **acting: Unpack[Acting],
) -> Done:
    """Change a project's record to what a file proposes, keeping what others changed meanwhile.

    Afterwards the file's head names the new version, and nothing else in it is touched. A file
    that lacks what others changed keeps its version, or the next change of it would undo that.

    Args:
        renew: whether the head is to be renewed.
        within: as of `perform`.

    Raises:
        Conflict: both changed the same place, each in its own way; with each place.
        InvalidRecord: the record would break its schema; with each place in the file.
        Refused: the file is another project's, or changes what has commands of its own.
    """
    reads = office.store if within is None else within
    kept = reads.projection(project)
    if kept is None:
        raise office.no_project(project)
    state = state_in(kept, reads)
    standard = office.standard(state.package)
    _check_project(standard, proposal, project)
    base = base_of(reads, state, proposal)
    before = Before(reads, project)

    def change(known: State) -> JsonObject:
        return merged_with(standard, proposal, base, known, before)

    command: JsonObject = {"from": proposal.value}
    try:
        done = amend(office, project, change, command=command, within=within, **acting)
    except InvalidRecord as error:
        raise placed(error, proposal.document, change(state)) from None
    except Refused as error:
        raise placed_refusal(error, proposal.document, change(state)) from None
    renews = renew and not done.repeated and not acting.get("dry_run")
    if renews and not lag_of(office, proposal.value, done.after):
        renew_version(proposal.path, proposal.version, done.after.version)
    return done


def lag_of(office: Office, value: JsonObject, state: State) -> tuple[JsonObject, ...]:
    """What a file's record lacks of the one in the ledger, as a patch; empty where they agree.

    Answers, artefacts and the phase may be missing in the file, or what they were before.
    """
    standard = office.standard(state.package)
    completed = with_own(standard, value, state.record, Before(office.store, state.project))
    return tuple(diff(completed, state.record))


def _check_project(standard: Standard, proposal: Proposal, project: str) -> None:
    """The file is about the project that is named: a wrong file would undo all of the record."""
    record = read_record(standard, proposal.document)
    if not record.id_is_own or record.id == project:
        return
    place = proposal.document.place(standard.binding.id)
    raise Refused(
        f"this is the file of {record.id}, not of {project}",
        source=place.source,
        line=place.line,
        column=place.column,
        pointer=standard.binding.id,
        remedy=f"Name its project: pmo project amend {record.id} --from {place.source}",
    )


def base_of(reads: Reads, state: State, proposal: Proposal) -> JsonObject | None:
    """The record at the version from which a file was written; None where it does not say.

    Raises:
        Conflict: the file names a version that the project does not have yet.
    """
    version = proposal.version
    if version is None or version == state.version:
        return None if version is None else state.record
    if version > state.version or version < 1:
        raise Conflict(
            f"the file names version {version}, and {state.project} is at version {state.version}",
            source=proposal.document.name,
            remedy=f"See pmo project history {state.project}, then correct the line '# $version:'",
        )
    found: State | None = None
    for event in reads.events(state.project):
        if event.seq <= version:
            found = evolve(found, recorded(event))
    return None if found is None else found.record


def differences(office: Office, state: State | None = None) -> tuple[Differing, ...]:
    """The project files that say something else than the ledger, or cannot be read.

    Args:
        state: look at this project's file only; None: at all files in `projects`.
    """
    if state is not None:
        path = file_of(office, state.project)
        files = [] if path is None else [path]
    else:
        files = project_files(office)
    found = (_difference(office, path, state) for path in files)
    return tuple(one for one in found if one is not None)


def _difference(office: Office, path: Path, state: State | None) -> Differing | None:
    name = path.relative_to(office.folder).as_posix()
    standard = office.standard(
        office.settings.default_pin.digest if state is None else state.package
    )
    if not path.is_file():  # a pipe that nobody named is not read, since that may never end
        wrong = InvalidDocument("it is no file to be read", source=name, remedy="Take it away")
        return Differing(None if state is None else state.project, name, error=wrong)
    try:
        proposal = read_proposal(path, standard, name)
        record = read_record(standard, proposal.document)
        project = record.id if record.id_is_own else path.stem
        if state is None:
            state = _state(office, project)
            if state is None:
                return Differing(project, name, new=True)
            own = office.standard(state.package)
            if own is not standard:
                standard = own
                proposal = read_proposal(path, standard, name)
        _check_project(standard, proposal, state.project)
        base = base_of(office.store, state, proposal)
        before = Before(office.store, state.project)
        merged = merged_with(standard, proposal, base, state, before)
    except PmoError as error:
        return Differing(None if state is None else state.project, name, error=error)
    patch = diff(state.record, merged)
    if not patch:
        return None
    return Differing(state.project, name, tuple(patch), state.record)


def _state(office: Office, project: str) -> State | None:
    kept = office.store.projection(project)
    return None if kept is None else state_in(kept, office.store)
