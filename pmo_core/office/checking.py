"""One run of `check`: every record of a batch at every gate that is due, line by line.

Ids that several records share are replaced by their sources (S2.4), which only the end of the
batch shows. Batches that are kept in memory are surveyed first; a stream is judged at once, on
the assumption that no id comes twice, and the run begins anew where one does (`SharedIds`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_core.assessment import assess, assess_claim
from pmo_core.assessment.neighbours import neighbour_of, waiting_circles
from pmo_core.assessment.selection import gates_due
from pmo_core.errors import InvalidDocument
from pmo_core.office.lines import Checked, Line, Unreadable
from pmo_core.standards.inputs import Circles, Inputs, Neighbour
from pmo_core.standards.looks import dependencies_of
from pmo_core.standards.record import read_record

if TYPE_CHECKING:
    from pmo_core.office.sources import Batch, Found
    from pmo_core.standards.inputs import Fact
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record

_ROWS = 256
NO_CIRCLES = Circles()


class SharedIds(Exception):
    """A stream seems to hold an id more than once: survey it for these, and judge it again.

    `suspects` are hashes of ids, of which a few may belong to different ones.
    """

    def __init__(self, suspects: frozenset[int]) -> None:
        super().__init__("ids stand more than once")
        self.suspects = suspects


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What a run judges by.

    Attributes:
        gate: the one gate that is asked for; None: those that are due (S11.7).
        occurrence: the one time of that gate that is asked for (S11.4); empty: all that are due.
        inputs_for: the inputs of one record at one gate, gathered by the caller; None where the
            standard wants nothing from outside its records.
        facts_for: the facts by which it is settled which gates are due for a record (S11.6);
            None where no gate's own `when` or `unless` reads one.
    """

    standard: Standard
    now: datetime
    gate: str | None
    zone: str
    inputs_for: Callable[[Record, str], Inputs] | None = None
    facts_for: Callable[[Record], Mapping[str, Fact]] | None = None
    occurrence: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What only a whole batch shows: shared ids, and who waits for whom (S9.3).

    `complete` is False for the assumption, made of a stream, that no id is shared.
    """

    shared: frozenset[str] = frozenset()
    projects: Mapping[str, Neighbour] | None = None
    circles: Circles = NO_CIRCLES
    complete: bool = True


ASSUMED = Survey(complete=False)


def must_be_surveyed(plan: Plan, batch: Batch) -> bool:
    """Whether a batch is read once before it is judged."""
    return not batch.streamed or looks_at_projects(plan)


def looks_at_projects(plan: Plan) -> bool:
    """Whether a gate of this run looks at other projects."""
    gates = plan.standard.gates
    named = gates.get(plan.gate or "")
    chosen = list(gates.values()) if named is None else [named]
    return any(True for gate in chosen for _test in dependencies_of(gate))


def survey(plan: Plan, batch: Batch, suspects: frozenset[int] | None = None) -> Survey:
    """Read a batch through: ids that several records share, and each project's claims.

    With `suspects`, ids of other hashes are known to be nobody else's, and are not kept.
    """
    ids: set[str] = set()
    shared: set[str] = set()
    projects: dict[str, Neighbour] = {}
    waits: dict[str, tuple[str, ...]] = {}
    look = looks_at_projects(plan)
    for found in batch:
        record = _record(plan.standard, found)
        if record is None or isinstance(record, InvalidDocument) or not record.id_is_own:
            continue
        if suspects is None or hash(record.id) in suspects:
            if record.id in ids:
                shared.add(record.id)
            ids.add(record.id)
        if look:
            neighbour, waiting = neighbour_of(plan.standard, record)
            projects[record.id] = neighbour
            waits[record.id] = waiting
    for name in shared:
        projects.pop(name, None)
        waits.pop(name, None)
    circles = waiting_circles(waits) if look else NO_CIRCLES
    return Survey(frozenset(shared), projects if look else None, circles)


def checked_lines(plan: Plan, batch: Batch, known: Survey) -> Iterator[Line]:
    """A line for each (record, gate), and one for each source that gave no record.

    Raises:
        SharedIds: at the end of a batch in which ids came twice that `known` does not name.
    """
    standard, now = plan.standard, plan.now
    base = _inputs(plan, known)
    marks = _Marks()
    for found in batch:
        source, _document, _error, line, column, _among_others = found
        record = _record(standard, found)
        if isinstance(record, InvalidDocument):
            yield Unreadable(source, record, line, column)
            continue
        if record.id_is_own:
            if record.id in known.shared:
                record = record.known_by_source()
            elif not known.complete:
                marks.add(record.id)
        settling = base if plan.facts_for is None else _with_facts(base, plan, record)
        due = gates_due(
            standard,
            record,
            now=now,
            gate=plan.gate,
            inputs=settling,
            occurrence=plan.occurrence,
        )
        for gate, occurrence in due:
            inputs = _full_inputs(plan, record, gate, known, base)
            assessment = assess(
                standard, gate.id, record, now=now, inputs=inputs, occurrence=occurrence
            )
            yield Checked(record, assessment, source, line, column)
        if not due:
            assessment = assess_claim(standard, record, now=now, inputs=base)
            yield Checked(record, assessment, source, line, column)
    twice = marks.twice()
    if twice:
        raise SharedIds(twice)


class _Marks:
    """The ids of a stream as hashes, eight bytes each, so that a long one needs little memory.

    They lie in many short rows, of which each is searched by itself.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        from array import array  # start-up: only where something is judged

        self._rows = tuple(array("q") for _row in range(_ROWS))

    def add(self, name: str) -> None:
        mark = hash(name)
        self._rows[mark % _ROWS].append(mark)

    def twice(self) -> frozenset[int]:
        """Those that were added more than once."""
        return frozenset(
            mark
            for row in self._rows
            if len(set(row)) < len(row)
            for mark, times in Counter(row).items()
            if times > 1
        )


def _record(standard: Standard, found: Found) -> Record | InvalidDocument:
    if found.document is None:
        return found.error or InvalidDocument("there is no record in it", source=found.source)
    try:
        return read_record(standard, found.document, found.place)
    except InvalidDocument as error:
        return error


def _inputs(plan: Plan, known: Survey) -> Inputs | None:
    if plan.zone == "UTC" and known.projects is None:
        return None
    projects = known.projects or {}
    shared = known.shared if projects else frozenset()
    return Inputs(projects=projects, cycles=known.circles, shared=shared, zone=plan.zone)


def _with_facts(base: Inputs | None, plan: Plan, record: Record) -> Inputs:
    from dataclasses import replace  # start-up: few standards ask a fact whether a gate is held

    facts = {} if plan.facts_for is None else plan.facts_for(record)
    return replace(base or Inputs(zone=plan.zone), facts=facts)


def _full_inputs(
    plan: Plan, record: Record, gate: Gate, known: Survey, base: Inputs | None
) -> Inputs | None:
    if plan.inputs_for is None:
        return base
    gathered = plan.inputs_for(record, gate.id)
    if known.projects is None:
        return gathered
    from dataclasses import replace  # start-up: only where projects are looked at

    return replace(gathered, projects=known.projects, cycles=known.circles, shared=known.shared)
