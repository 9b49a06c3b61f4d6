"""How projects stand at their gates by the ledger: inputs gathered, gates assessed (S8, S11.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pmo_core.assessment import wanted
from pmo_core.assessment.scene import USUAL_CALENDAR, Scene
from pmo_core.assessment.selection import gates_due
from pmo_core.documents import resolve
from pmo_core.errors import UnknownName
from pmo_core.governance.authority import facts_of_cases
from pmo_core.governance.judging import (
    applies,
    extra_criteria,
    hold_at,
    judged,
    known_by_ledger,
    passed_items,
    position_at,
    record_in_ledger,
    stay_of,
)
from pmo_core.governance.state import DECIDED
from pmo_core.lifecycle.ahead import gates_ahead, standing_gates
from pmo_core.lifecycle.recurrence import due_until
from pmo_core.office.gather import gather
from pmo_core.office.hints import no_gate
from pmo_core.standards.instants import InvalidTime, parse_date
from pmo_core.standards.looks import facts_of_guards

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.judging import Hold
    from pmo_core.governance.state import Review, State
    from pmo_core.office.neighbourhood import Neighbourhood
    from pmo_core.plugins.plugin import Plugin
    from pmo_core.standards.inputs import Fact, Inputs
    from pmo_core.standards.model import Criterion, Gate


class Standing(NamedTuple):
    """A project at one of its gates.

    Attributes:
        occurrence: which time of a recurring or repeated gate.
        found: the assessment, as of now.
        planned: the date for which the record plans the gate; None where it does not say.
        review: the review that is open; None where none is.
        hold: what was decided there last, if that is to wait; None where it is not.
    """

    state: State
    gate: Gate
    occurrence: str
    found: Assessment
    planned: date | None
    review: Review | None
    hold: Hold | None = None

    @property
    def key(self) -> str:
        """`gate[@occurrence]`."""
        return f"{self.gate.id}@{self.occurrence}" if self.occurrence else self.gate.id

    @property
    def held_until(self) -> date | None:
        """The last day on which it waits, by what was decided; None where it waits no longer."""
        return None if self.hold is None or self.hold.is_over else self.hold.until


class Known(Protocol):
    """What an office knows of all its projects: its plugins, and the facts of its sources."""

    @property
    def plugins(self) -> Mapping[str, Plugin]:
        """The loaded plugins, by name."""
        ...

    @property
    def shared_facts(self) -> Mapping[str, Fact]:
        """Facts of the office's sources (S8.2)."""
        ...


class Gatherer:
    """Brings together what assessments in an office look at (S3.2).

    What plugins answered about a version of a project at a gate is kept, so that a command may
    ask before its transaction and use it within.
    """

    def __init__(self, known: Known, neighbours: Neighbourhood) -> None:
        self._known = known
        self._neighbours = neighbours
        self._asked: dict[tuple[str, int, str, str], Inputs] = {}

    def looking_at(self, neighbours: Neighbourhood) -> Gatherer:
        """The same answers of plugins, with other eyes for the projects around."""
        found = Gatherer(self._known, neighbours)
        found._asked = self._asked
        return found

    def inputs(self, ground: Ground, state: State, gate: Gate, occurrence: str) -> Inputs:
        """Everything that the gate's tests look at outside the record."""
        extra = extra_criteria(ground, state, gate)
        known = known_by_ledger(ground, state, gate, occurrence, extra)
        record = record_in_ledger(state)
        names = wanted(ground.standard, gate.id, record, extra)
        deciding = facts_of_cases(ground.standard, gate)
        if names.facts or names.checks or deciding:
            asked = self._ask(ground, state, gate, occurrence, extra, deciding)
            known = replace(known, facts=asked.facts, checks=asked.checks)
        if names.projects:
            projects, circles = self._neighbours.of(state, names.projects)
            known = replace(known, projects=projects, cycles=circles)
        return known

    def _ask(
        self,
        ground: Ground,
        state: State,
        gate: Gate,
        occurrence: str,
        extra: tuple[Criterion, ...],
        deciding: frozenset[str],
    ) -> Inputs:
        """What plugins and sources say, each asked once about a version of a project."""
        key = (state.project, state.version, gate.id, occurrence)
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = gather(
                ground.standard,
                gate.id,
                record_in_ledger(state),
                self._known.plugins.values(),
                ground.now,
                shared=self._known.shared_facts,
                zone=ground.zone,
                extra=extra,
                beyond=deciding,
            )
        return found

    def assess(self, ground: Ground, state: State, gate: Gate, occurrence: str) -> Assessment:
        """The project at a gate, as of `ground.now`."""
        inputs = self.inputs(ground, state, gate, occurrence)
        return judged(ground, state, gate, occurrence, inputs)

    def applies(self, ground: Ground, state: State, gate: Gate) -> bool:
        """Whether the gate's `when` is not false and its `unless` not true, for the project."""
        if gate.when is None and gate.unless is None:
            return True
        known = known_by_ledger(ground, state, None, "", ())
        if facts_of_guards(gate):
            known = replace(known, facts=self.inputs(ground, state, gate, "").facts)
        scene = Scene(ground.standard, gate, record_in_ledger(state), known, ground.now, "")
        return applies(gate, scene)

    def standings(
        self, ground: Ground, state: State, gate: str | None = None, occurrence: str = ""
    ) -> Iterator[Standing]:
        """The project at the gate that is named, else at each gate ahead of it, in file order.

        A project of a standard without passages stands at its standing gates.

        Raises:
            UnknownName: the standard has no such gate, or the gate no such occurrence.
        """
        for one in self.gates(ground, state, gate):
            for time in self._occurrences(ground, state, one, occurrence, named=gate is not None):
                yield Standing(
                    state,
                    one,
                    time,
                    self.assess(ground, state, one, time),
                    planned_for(state, one),
                    state.open_review(one.id, time),
                    hold_at(ground, state, one, time),
                )

    def gates(self, ground: Ground, state: State, gate: str | None = None) -> tuple[Gate, ...]:
        """The gate that is named; else those ahead, then the standing ones (S11.6, S11.2).

        Of both only those whose `when` is not false.
        """
        standard = ground.standard
        if gate is not None:
            found = standard.gates.get(gate)
            if found is None:
                raise no_gate(standard, gate)
            return (found,)
        found_gates = (*gates_ahead(standard, state.phases), *standing_gates(standard))
        return tuple(one for one in found_gates if self.applies(ground, state, one))

    def _occurrences(
        self, ground: Ground, state: State, gate: Gate, asked: str, *, named: bool
    ) -> list[str]:
        if gate.recurs is not None and not asked:
            return [occurrence_ahead(ground, state, gate)]
        if gate.recurs is not None or gate.per is not None:
            position = position_at(ground, state, gate, asked)
            inputs = replace(known_by_ledger(ground, state, None, "", ()), position=position)
            due = gates_due(
                ground.standard,
                record_in_ledger(state),
                now=ground.now,
                gate=gate.id,
                inputs=inputs,
                occurrence=asked,
            )
            found = [one.occurrence for one in due]
            if named or asked:
                return found
            passed = passed_items(state, gate)
            return [one for one in found if one not in passed]
        if asked:
            raise UnknownName(
                f"{gate.id} neither recurs nor repeats, so it has no {asked!r}",
                remedy=f"Leave it out: --gate {gate.id}",
            )
        return [""]


def occurrence_ahead(ground: Ground, state: State, gate: Gate) -> str:
    """The occurrence of a recurring gate that counts now: the last due undecided, else the next."""
    if gate.recurs is None:
        return ""
    if not gate.recurs.every:
        return str(1 + sum(one.gate == gate.id for one in state.decisions))
    calendar = ground.calendar or USUAL_CALENDAR
    due, coming = due_until(gate, stay_of(state), calendar, ground.today)
    if due and state.status_of(gate.id, due[-1].isoformat()) != DECIDED:
        return due[-1].isoformat()
    if coming is not None and state.status_of(gate.id, coming.isoformat()) == DECIDED:
        return coming.isoformat()
    return "" if coming is None else coming.isoformat()


def planned_for(state: State, gate: Gate) -> date | None:
    """The date of the milestone that the record gives for a gate (`pmo:registers/milestones`).

    The forecast counts before the plan.
    """
    milestones = resolve(state.record, "/milestones", None)
    for one in milestones if isinstance(milestones, list) else ():
        if isinstance(one, dict) and one.get("gate") == gate.id:
            for name in ("forecast", "planned"):
                written = one.get(name)
                if isinstance(written, str):
                    try:
                        return parse_date(written)
                    except InvalidTime:
                        return None
    return None
