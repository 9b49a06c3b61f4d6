"""Many records taken in at once: projects that are new, and those whose record has changed (S11.8).

All of it is one transaction; a record that cannot be taken in keeps none of the others out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Unpack

from pmo_core.errors import InvalidDocument, InvalidRecord, PmoError, UnknownName
from pmo_core.office.changing import amend, register
from pmo_core.office.evidence_named import evidence_of
from pmo_core.office.folders import HIDDEN, PROJECTS
from pmo_core.office.merging import Proposal, with_office_entries
from pmo_core.office.performing import together
from pmo_core.office.placing import placed
from pmo_core.office.project_files import renew_version
from pmo_core.office.proposals import amend_by_file, lag_of
from pmo_core.office.record_files import read_header
from pmo_core.office.session import plugin_unit
from pmo_core.office.settings import FILE
from pmo_core.office.sources import Batch, Found, Unit, open_batch
from pmo_core.standards.record import claimed_position, read_record

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.documents import Json, JsonObject
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.office import Office
    from pmo_core.standards.inputs import Fact
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record


class Added(NamedTuple):
    """What became of one record.

    Attributes:
        project: under which it was taken in; None where it was not.
        place: its source.
        done: what happened; None where nothing did.
        error: why it was not taken in.
    """

    project: str | None
    place: str
    done: Done | None = None
    error: PmoError | None = None

    @property
    def is_new(self) -> bool:
        """Whether the project was not there before."""
        return self.done is not None and self.done.before is None


class _Read(NamedTuple):
    """A record that was read, or why it was not.

    `adopting` where a plugin brought it, by its `scheme` from a `target`.
    """

    found: Found
    record: Record | None
    error: PmoError | None
    adopting: bool
    scheme: str = ""
    target: str = ""


def add_projects(
    office: Office,
    sources: Sequence[str],
    stdin: Callable[[], BinaryIO],
    standard_name: str | None,
    roles: Sequence[tuple[str, str]],
    evidence: Sequence[str] = (),
    **acting: Unpack[Acting],
) -> tuple[Added, ...]:
    """Take in the records that sources hold: register what is new, amend what differs.

    A record of another system comes whole, with its answers, artefacts and phase, valid or not
    (S16.1); a file is a proposal, as `amend_by_file` has it.

    Args:
        sources: files, folders, globs, `-`, or `scheme:target` of a plugin of the office.
        roles: for the projects that are new.
        evidence: files and links that show where new projects of files stand, if that is later
            than the beginning (S11.8). What another system says stands for itself.

    Raises:
        UnknownName: a source, standard, role or person is not there.
        PluginError: a plugin's source failed.
    """
    pin = office.pin_named(standard_name)
    standard = office.standard(pin.digest)
    for _role, person in roles:
        office.check_person(person)
    reads = _named(list(_read(office, standard, sources, stdin)))
    now = acting.get("at") or office.now()
    ground = office.ground(pin.digest, now=now, actor=acting["actor"], project="")
    dry_run = bool(acting.get("dry_run"))
    with together(office, dry_run=dry_run) as writing:
        shown = tuple(one.entry for one in evidence_of(evidence, office.folder, ground.today))
        taking = _Taking(office, standard, str(pin), tuple(roles), ground.today, shown, writing)
        added = [taking.take(one, acting) for one in reads]
    if dry_run:
        return tuple(map(_unwritten, added))
    for read, one in zip(reads, added, strict=True):
        if one.done is not None and one.done.written:
            _renew(office, read, one.done)
    return tuple(added)


def _unwritten(one: Added) -> Added:
    return one if one.done is None else one._replace(done=one.done._replace(written=False))


def _read(
    office: Office, standard: Standard, sources: Sequence[str], stdin: Callable[[], BinaryIO]
) -> list[_Read]:
    reads: list[_Read] = []
    for source in sources:
        batch, scheme, target = _batch(office, standard, source, stdin)
        for found in batch:
            one = _one(standard, found, adopting=bool(scheme))
            reads.append(one._replace(scheme=scheme, target=target))
    return reads


def _batch(
    office: Office, standard: Standard, source: str, stdin: Callable[[], BinaryIO]
) -> tuple[Batch, str, str]:
    """A source, with scheme and target where a plugin reads it; else those are empty."""
    by: list[str] = ["", ""]

    def plugin_source(scheme: str, target: str) -> tuple[Unit, Mapping[str, Fact]] | None:
        if not scheme.replace("-", "").replace(".", "").isalnum():
            return None
        name = scheme.partition(".")[0]
        plugin = office.plugins.get(name)
        if plugin is None:
            raise UnknownName(
                f"no file {source!r}, and the office has switched on no plugin {name!r}",
                remedy=f"Write in pmo.yaml, under 'plugins': {name}: {{}}",
            )
        by[:] = scheme, target
        return plugin_unit(plugin, scheme, target, standard.scalars)

    apart = _owned_by(office)
    return open_batch([source], standard.scalars, stdin, plugin_source, apart), by[0], by[1]


def _owned_by(office: Office) -> Callable[[Path], bool]:
    """Whether a file is the office's own: its settings, or what stands beside its ledger."""
    root = os.path.realpath(office.folder)
    settings, hidden = os.path.join(root, FILE), os.path.join(root, HIDDEN, "")

    def is_own(path: Path) -> bool:
        real = os.path.realpath(path)
        return real == settings or real.startswith(hidden)

    return is_own


def _one(standard: Standard, found: Found, *, adopting: bool) -> _Read:
    if found.document is None:
        error = found.error or InvalidDocument("there is no record in it", source=found.source)
        return _Read(found, None, error, adopting)
    try:
        record = read_record(standard, found.document, found.place)
    except InvalidDocument as wrong:
        return _Read(found, None, wrong, adopting)
    return _Read(found, record, None, adopting)


def _named(reads: list[_Read]) -> list[_Read]:
    """The same; a record without an id of its own stands under its source, or is an error (S2.4).

    Another system's source stays what it is; a file can be given an id.
    """
    ids = Counter(one.record.id for one in reads if one.record is not None)
    return [_with_id(one, ids) for one in reads]


def _with_id(one: _Read, ids: Counter[str]) -> _Read:
    record = one.record
    if record is None or (record.id_is_own and ids[record.id] == 1):
        return one
    shared = record.id_is_own
    if one.adopting:
        within = _place_within(one.found.place, one.target)
        return one._replace(record=record.known_by_source()._replace(id=within))
    assert record.document is not None
    place = record.document.place("")
    wrong = (
        f"{ids[record.id]} records have the id {record.id!r}"
        if shared
        else "the record has no id, by which the office would know it"
    )
    error = InvalidRecord(
        wrong,
        source=place.source,
        line=place.line,
        column=place.column,
        remedy="Give each an id of its own",
    )
    return one._replace(record=None, error=error)


def _place_within(place: str, target: str) -> str:
    """The source of a record from its system's own root on, so that a moved copy is the same."""
    root = f"{target.rstrip('/')}/"
    return place.removeprefix(root) if target else place


class _Taking:
    """Takes in one record after the other, within one transaction."""

    __slots__ = ("_day", "_office", "_pin", "_roles", "_shown", "_standard", "_writing")

    def __init__(
        self,
        office: Office,
        standard: Standard,
        pin: str,
        roles: tuple[tuple[str, str], ...],
        day: date,
        shown: tuple[JsonObject, ...],
        writing: Writing,
    ) -> None:
        self._office = office
        self._standard = standard
        self._pin = pin
        self._roles = roles
        self._day = day
        self._shown = shown
        self._writing = writing

    def take(self, one: _Read, acting: Acting) -> Added:
        """Register or amend a project by a record."""
        record = one.record
        if record is None:
            return Added(None, one.found.place, error=one.error)
        key = acting.get("key")
        own: Acting = {**acting, "key": None if key is None else f"{key}/{record.id}"}
        try:
            if self._is_new(record.id, own["key"]):
                done = self._registered(one, record, own)
            else:
                done = self._amended(one, record, own)
        except InvalidRecord as error:
            document = record.document
            told = error if document is None else placed(error, document, record.value)
            return Added(None, one.found.place, error=told)
        except PmoError as error:
            return Added(None, one.found.place, error=_sourced(error, one.found))
        return Added(record.id, one.found.place, done)

    def _is_new(self, project: str, key: str | None) -> bool:
        """Whether it is to be registered; what was under this key, is asked for again."""
        known = None if key is None else self._writing.known(key)
        if known is not None:
            return known.seqs[0] == 1
        return self._writing.projection(project) is None

    def _registered(self, one: _Read, record: Record, acting: Acting) -> Done:
        position = self._position(record.value, adopting=one.adopting)
        return register(
            self._office,
            record.id,
            record.value,
            self._pin,
            self._roles,
            position,
            () if position is None else self._evidence(one),
            adopting=one.adopting,
            within=self._writing,
            **acting,
        )

    def _position(self, value: JsonObject, *, adopting: bool) -> dict[str, str] | None:
        """Where the record claims that it stands, if that is not where projects begin."""
        claimed = claimed_position(self._standard, value)
        tracks = self._standard.tracks
        listed = {name: phase for name, phase in claimed.items() if phase in tracks[name].ranks}
        if len(listed) < len(claimed) and not adopting:
            return None
        later = any(phase != tracks[name].initial for name, phase in listed.items())
        # A file cannot be its own evidence: without any it claims what nobody has shown.
        return listed if later and (adopting or self._shown) else None

    def _evidence(self, one: _Read) -> tuple[Json, ...]:
        """What shows where the project stands: what was named, else the other system."""
        if not one.adopting:
            return self._shown
        place = f"{one.scheme}:{_place_within(one.found.place, one.target)}"
        return (*self._shown, {"link": place, "date": self._day.isoformat()})

    def _amended(self, one: _Read, record: Record, acting: Acting) -> Done:
        if not one.adopting:
            proposal = proposal_of(one.found, record)
            return amend_by_file(
                self._office,
                record.id,
                proposal,
                renew=False,
                within=self._writing,
                **acting,
            )
        value = record.value
        return amend(
            self._office,
            record.id,
            lambda state: with_office_entries(
                self._writing, self._office.standard(state.package), state, value
            ),
            command={"record": value},
            adopting=True,
            within=self._writing,
            **acting,
        )


def proposal_of(found: Found, record: Record) -> Proposal:
    """A record that was read, as a proposal; only a file of its own has a head."""
    document = found.document
    assert document is not None
    path = Path(found.source)
    version = None
    if not found.among_others and path.suffix.lower() in (".yaml", ".yml") and path.is_file():
        version = read_header(path.read_bytes().decode("utf-8", "replace")).version
    return Proposal(path, document, record.value, version)


def _sourced(error: PmoError, found: Found) -> PmoError:
    """The same error, with its source where it names none."""
    if error.source is None:
        error.source = found.source
        if found.document is not None:
            place = found.document.place(error.pointer or "")
            error.line, error.column = place.line, place.column
    return error


def _renew(office: Office, one: _Read, done: Done) -> None:
    """A file in the office's own folder names the version that it led to."""
    if one.adopting or one.record is None or one.found.among_others:
        return
    path = Path(one.found.source)
    if path.is_file() and path.resolve().parent == (office.folder / PROJECTS).resolve():
        proposal = proposal_of(one.found, one.record)
        if lag_of(office, proposal.value, done.after):
            return
        renew_version(path, proposal.version, done.after.version)
