"""What a file proposes and what the ledger has come to meanwhile, in one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from pmo_core.documents import (
    MISSING,
    Json,
    JsonObject,
    Pointer,
    apply,
    join_pointer,
    merge3,
    resolve,
    same,
    split_pointer,
)
from pmo_core.errors import Conflict
from pmo_core.governance import events
from pmo_core.governance.fold import evolve
from pmo_core.governance.records import with_value
from pmo_core.office.keeping import recorded
from pmo_core.office.placing import by_index

if TYPE_CHECKING:
    from pmo_core.documents import Document, Missing
    from pmo_core.governance.state import State
    from pmo_core.ledger.reads import Reads
    from pmo_core.standards.model import Standard


class Proposal(NamedTuple):
    """A project's record as a file proposes it.

    Attributes:
        path: of the file.
        document: what was read; keeps where each part stands.
        value: the record in it.
        version: of the ledger that the file was written from; None where it does not say.
    """

    path: Path
    document: Document
    value: JsonObject
    version: int | None


def merged_with(
    standard: Standard,
    proposal: Proposal,
    base: JsonObject | None,
    known: State,
    before: Callable[[str, Json], bool],
) -> JsonObject:
    """The record with the changes of the file and those of the ledger since.

    Answers, artefacts and the phase belong to the ledger: where the file lacks them, or has what
    the ledger had before, that is no change.

    Args:
        base: the record that the file was written from; None: as the ledger has it now.
        before: whether the ledger ever had that value at that pointer.

    Raises:
        Conflict: both changed the same place, each in its own way.
    """
    theirs = known.record
    start = theirs if base is None else base
    mine = with_own(standard, proposal.value, start, before)
    merge = merge3(start, mine, theirs)
    if merge.conflicts:
        raise _conflict(proposal, start, theirs, known, merge.conflicts)
    assert isinstance(merge.value, dict)
    return merge.value


def with_own(
    standard: Standard,
    value: JsonObject,
    start: JsonObject,
    before: Callable[[str, Json], bool],
) -> JsonObject:
    """What a file proposes, completed by what only commands change.

    Args:
        start: the record that says what a missing answer, artefact or phase is.
        before: as of `merged_with`.
    """
    binding = standard.binding
    for holder in (binding.answers, binding.artefacts):
        if resolve(start, holder) is MISSING and resolve(value, holder) in (None, {}):
            # Written out, ready to be filled in by the commands: nothing yet.
            value = cast("JsonObject", apply([{"op": "remove", "path": holder}], value))
    for pointer in _own_places(binding.answers, binding.artefacts, binding.phase.values(), start):
        wanted, here = resolve(start, pointer), resolve(value, pointer)
        if wanted is MISSING or same(here, wanted):
            continue
        if _can_hold(value, pointer) if here is MISSING else before(pointer, here):
            value = with_value(value, split_pointer(pointer), wanted)
    return value


def with_office_entries(
    reads: Reads, standard: Standard, state: State, value: JsonObject
) -> JsonObject:
    """Another system's record, with the answers and artefact states that were given in the office.

    An entry of the office stays until that system says something else of it than it said before.
    """
    places: list[Pointer] = []
    for holder in (standard.binding.answers, standard.binding.artefacts):
        known = resolve(state.record, holder)
        for key in known if isinstance(known, dict) else ():
            pointer = Pointer(holder + join_pointer((key,)))
            differs = not same(resolve(value, pointer), resolve(state.record, pointer))
            if differs and _can_hold(value, pointer):
                places.append(pointer)
    if not places:
        return value
    told = _told_by_others(reads, state.project, places)
    for pointer in places:
        if same(resolve(value, pointer), told[pointer]):
            entry = cast("Json", resolve(state.record, pointer))
            value = with_value(value, split_pointer(pointer), entry)
    return value


def _told_by_others(
    reads: Reads, project: str, places: list[Pointer]
) -> dict[Pointer, Json | Missing]:
    """What stood last at each place before, or between, the office's own commands for it."""
    told: dict[Pointer, Json | Missing] = dict.fromkeys(places, MISSING)
    state: State | None = None
    for event in reads.events(project):
        before = {} if state is None else state.record
        state = evolve(state, recorded(event))
        if event.name in (events.ANSWERED, events.ARTEFACT_MOVED) or state.record is before:
            continue
        for pointer in places:
            now = resolve(state.record, pointer)
            if not same(resolve(before, pointer), now):
                told[pointer] = now
    return told


def _own_places(
    answers: str, artefacts: str, phases: Iterable[str], start: JsonObject
) -> list[str]:
    """The pointers to each answer, artefact and phase that there is."""
    places: list[str] = []
    for holder in (answers, artefacts):
        value = resolve(start, holder)
        if isinstance(value, dict):
            places += [holder + join_pointer((key,)) for key in value]
    return [*places, *phases]


def _can_hold(mine: JsonObject, pointer: str) -> bool:
    """Whether all that stands above the place are objects, or nothing."""
    here: Json | Missing = mine
    for token in split_pointer(pointer)[:-1]:
        if not isinstance(here, dict):
            return False
        here = here.get(token, MISSING)
        if here is MISSING or here is None:
            return True
    return isinstance(here, dict)


class Before:
    """Whether a project's record ever had a value at a place; its history is read once."""

    def __init__(self, reads: Reads, project: str) -> None:
        self._reads = reads
        self._project = project
        self._records: list[JsonObject] | None = None

    def __call__(self, pointer: str, value: Json) -> bool:
        if self._records is None:
            self._records = []
            state: State | None = None
            for event in self._reads.events(self._project):
                state = evolve(state, recorded(event))
                self._records.append(state.record)
        return any(same(resolve(record, pointer), value) for record in self._records)


def _conflict(
    proposal: Proposal,
    start: JsonObject,
    theirs: JsonObject,
    known: State,
    conflicts: tuple[Pointer, ...],
) -> Conflict:
    """Each place that both changed, with both values, where it stands in the file."""
    last = len(conflicts) - 1
    errors = []
    for number, pointer in enumerate(conflicts):
        place = proposal.document.place(by_index(proposal.value, pointer))
        name = ".".join(split_pointer(pointer)) or "the record"
        told = [_shown(_by_id(value, pointer)) for value in (proposal.value, theirs, start)]
        errors.append(
            Conflict(
                f"{name} is {told[0]} here, and {told[1]} in version {known.version} of "
                f"{known.project}; it was {told[2]} before",
                source=place.source,
                line=place.line,
                column=place.column,
                pointer=pointer,
                remedy="Settle each such place in the file, and write "
                f"'# $version: {known.version}' in its head"
                if number == last
                else None,
            )
        )
    first, *more = errors
    return first.told_as(Conflict, also=tuple(more))


def _shown(value: Json | Missing) -> str:
    from pmo_core.documents.values import shown  # start-up: only on an error

    if value is MISSING:
        return "not there"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else f"a list of {len(value)}"
    return shown(value) if isinstance(value, str) else str(value)


def _by_id(value: Json, pointer: str) -> Json | Missing:
    """What a pointer leads to that names items of registers by their ids."""
    return resolve(value, by_index(value, pointer))
