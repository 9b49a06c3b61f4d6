"""Gates and criteria of a resolved model, compiled into the values that are assessed by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.standards.build_tests import TestBuilder
from pmo_core.standards.expand import OBLIGATIONS
from pmo_core.standards.expressions import Expressions, ResultType, ValueType
from pmo_core.standards.faults import Fault
from pmo_core.standards.instants import parse_date
from pmo_core.standards.model import (
    Criterion,
    Deferrable,
    Gate,
    Guard,
    Obligation,
    Outcome,
    Recurrence,
    Repetition,
    Track,
    Waivable,
)
from pmo_core.standards.names import flat_phases
from pmo_core.standards.schemas import PACKAGE, Schema, Shelf
from pmo_core.standards.shipped import shipped_schema

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.standards.expand import Expanded
    from pmo_core.standards.instants import Duration, WorkingDays
    from pmo_core.standards.names import Names

GUARDS = ("when", "unless", "eased", "grandfathered")


class Builder:
    """Compiles one standard; what is wrong gathers in `names.faults` and `all_faults()`."""

    def __init__(
        self,
        expanded: Expanded,
        names: Names,
        tracks: Mapping[str, Track],
        files: Mapping[str, bytes],
    ) -> None:
        self.expanded = expanded
        self.names = names
        self.tracks = tracks
        self.files = files
        self.shelf = Shelf(files, shipped_schema)
        self.expressions = expressions_of(expanded.model, tracks)
        self._places: dict[str, str] = {}
        self._tests = TestBuilder(names, self.expressions, self.schema)
        self._predicates: dict[str, Guard] = {}
        self._statements: dict[str, tuple[Json, str]] = {}

    def all_faults(self) -> list[Fault]:
        """Everything found so far, faults in inline schemas at their place in the file."""
        return [*self.names.faults, *self._tests.faults, *self._schema_faults()]

    def file_schema(self, path: str, pointer: str) -> Schema | None:
        """The schema in a file of the package."""
        self._places[PACKAGE + path] = pointer
        before = len(self.shelf.faults)
        found = self.shelf.file(path)
        if found is None and len(self.shelf.faults) == before:
            self.names.faults.append(Fault(pointer, f"the package has no usable {path!r}"))
        return found

    def schema(self, value: Json, pointer: str) -> Schema | None:
        """A schema written at `pointer` of the standard's file."""
        name = pointer.strip("/").replace("/", "_").replace("~", "_")
        self._places[f"{PACKAGE}~{name}"] = pointer
        return self.shelf.inline(value, name)

    def span(self, value: Json) -> Duration | WorkingDays | None:
        """A duration or a number of working days; the grammar has checked its form."""
        return self._tests.span(value)

    def predicates(self) -> dict[str, Guard]:
        """Each named predicate, as the one-test guard that its name stands for."""
        for name, written in self.names.predicates.items():
            here = join_pointer(("predicates", name))
            self._predicates[name] = self._guard_part(written, here, name, item=True)
        self._tests.predicates = self._predicates
        return self._predicates

    def gates(self) -> dict[str, Gate]:
        """All gates, in file order."""
        return {
            name: self._gate(name, gate)
            for name, gate in self.names.gates.items()
            if isinstance(gate, dict)
        }

    def procedure(self, model: JsonObject) -> None:
        """Compile the expressions of tolerances and authorities, only to see that they hold."""
        for name, tolerance in _object(model.get("tolerances")).items():
            here = join_pointer(("tolerances", name))
            for key in ("forecast", "against"):
                part = _object(_object(tolerance).get(key))
                self._tests.expression(
                    part.get("expr"), f"{here}/{key}/expr", item=True, result=ResultType.INT
                )
        for name, cases in self.names.authorities.items():
            self._authority(cases, join_pointer(("authorities", name)))
        for name, gate in self.names.gates.items():
            here = join_pointer(("lifecycle", "gates", name, "authority"))
            self._authority(_object(gate).get("authority"), here)

    def _authority(self, written: Json, here: str) -> None:
        if isinstance(written, list):
            for index, case in enumerate(written):
                self._authority(case, f"{here}/{index}")
        elif isinstance(written, dict):
            self._guard(written.get("when"), f"{here}/when", item=True)
            self._authority(written.get("all-of"), f"{here}/all-of")

    def _gate(self, gate_id: str, written: JsonObject) -> Gate:
        here = join_pointer(("lifecycle", "gates", gate_id))
        per = _object(written.get("per"))
        standing = written.get("standing") is True
        sources = self._sources(written.get("from"), f"{here}/from", standing)
        if not standing and not written.get("outcomes"):
            self.names.faults.append(
                Fault(here, "a gate has outcomes, or is 'standing: true'", "Add 'outcomes'")
            )
        criteria = tuple(
            self._criterion(gate_id, name, _object(criterion), item=bool(per))
            for name, criterion in _object(written.get("criteria")).items()
        )
        self._check_after(criteria)
        return Gate(
            id=gate_id,
            title=text(written.get("title"), gate_id),
            pointer=here,
            standing=standing,
            sources=sources,
            outcomes=tuple(
                self._outcome(name, _object(outcome), here, sources)
                for name, outcome in _object(written.get("outcomes")).items()
            ),
            criteria=criteria,
            when=self._guard(written.get("when"), f"{here}/when"),
            unless=self._guard(written.get("unless"), f"{here}/unless"),
            eased=self._guard(written.get("eased"), f"{here}/eased"),
            recurs=self._recurrence(written.get("recurs"), f"{here}/recurs"),
            per=Repetition(
                items=str(per["items"]),
                id=str(per.get("id", "id")),
                order=_string(per.get("order")),
            )
            if per
            else None,
            owner=_string(written.get("owner")),
            guidance=optional_text(written.get("guidance")),
            model=written,
        )

    def _sources(self, written: Json, here: str, standing: bool) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        if isinstance(written, dict):
            for track, phases in written.items():
                if self.names.check("track", track, self.tracks, f"{here}{join_pointer((track,))}"):
                    found[track] = frozenset(
                        flat_phases(phases if isinstance(phases, list) else [phases])
                    )
        elif isinstance(written, list):
            for index, phase in enumerate(written):
                owners = [name for name, track in self.tracks.items() if phase in track.ranks]
                if not owners:
                    every = [one for track in self.tracks.values() for one in track.phases]
                    where = f"{here}/{index}" if len(written) > 1 else here
                    self.names.check("phase", phase, every, where)
                for owner in owners[:1]:
                    found[owner] = found.get(owner, frozenset()) | {str(phase)}
        elif not standing:
            self.names.faults.append(
                Fault(here.removesuffix("/from"), "a gate says from which phase it leads: 'from'")
            )
        for track, held in found.items():
            for phase in sorted(held):
                self.names.check("phase", phase, self.tracks[track].phases, here)
        return found

    def _outcome(
        self, name: str, written: JsonObject, gate: str, sources: Mapping[str, frozenset[str]]
    ) -> Outcome:
        here = f"{gate}{join_pointer(('outcomes', name))}"
        needs = written.get("needs")
        if needs is None:
            self.names.faults.append(
                Fault(
                    here,
                    f"outcome {name!r} is the standard's own and does not say what it needs",
                    "Add 'needs: ready', 'needs: deferrable' or 'needs: nothing'",
                )
            )
        to = written.get("to")
        target: dict[str, str] = {}
        if isinstance(to, dict):
            target = {track: str(phase) for track, phase in to.items()}
        elif isinstance(to, str) and to != "same":
            owners = [track for track in (*sources, *self.tracks) if to in self._phases(track)]
            target = {owners[0]: to} if owners else {}
        return Outcome(name, target, str(needs), written)

    def _phases(self, track: str) -> tuple[str, ...]:
        return self.tracks[track].phases if track in self.tracks else ()

    def _recurrence(self, written: Json, here: str) -> Recurrence | None:
        if written is None:
            return None
        if written == "on-demand":
            return Recurrence()
        recurs = _object(written)
        every = recurs.get("every")
        spans = every if isinstance(every, list) else [every]
        anchor = recurs.get("anchor")
        entered = anchor.get("entered") if isinstance(anchor, dict) else None
        phases = recurs.get("in")
        return Recurrence(
            every=tuple(span for one in spans if (span := self._tests.span(one)) is not None),
            anchor_date=self._date(anchor, f"{here}/anchor") if isinstance(anchor, str) else None,
            anchor_phase=str(entered) if entered is not None else None,
            within=frozenset(flat_phases(phases if isinstance(phases, list) else [phases])),
            keep_missed=recurs.get("missed") == "keep",
        )

    def _criterion(self, gate_id: str, name: str, model: JsonObject, *, item: bool) -> Criterion:
        here = self.expanded.origins[(gate_id, name)]
        self._one_statement(name, model.get("statement"), here)
        waivable = _object(model.get("waivable"))
        deferrable = _object(model.get("deferrable"))
        for role, key in (
            (model.get("owner"), "owner"),
            (waivable.get("by"), "waivable"),
            (deferrable.get("by"), "deferrable"),
            (_object(deferrable.get("verified")).get("role"), "deferrable"),
        ):
            self.names.role(role, f"{here}/{key}")
        if model.get("statutory") is True and waivable:
            self.names.faults.append(
                Fault(
                    f"{here}/waivable",
                    f"{name!r} is statutory, so nobody may waive it",
                    "Take out 'waivable' or 'statutory'",
                )
            )
        guards = {key: self._guard(model.get(key), f"{here}/{key}", item=item) for key in GUARDS}
        after = model.get("after")
        return Criterion(
            id=name,
            statement=text(model.get("statement"), name),
            obligation=Obligation(str(model["obligation"])),
            test=self._tests.test(model, here, item=item),
            pointer=here,
            origin=f"{self.expanded.model['standard']}@{self.expanded.model['version']}",
            model=model,
            entrance=model.get("for") == "entrance",
            when=guards["when"],
            unless=guards["unless"],
            eased=guards["eased"],
            grandfathered=guards["grandfathered"],
            after=tuple(str(one) for one in (after if isinstance(after, list) else []))
            or ((str(after),) if isinstance(after, str) else ()),
            binds=self._date(model.get("binds"), f"{here}/binds"),
            retires=self._date(model.get("retires"), f"{here}/retires"),
            statutory=model.get("statutory") is True,
            waivable=Waivable(str(waivable.get("by")), waivable) if waivable else None,
            deferrable=_deferrable(deferrable) if deferrable else None,
            explain_required=model.get("explain") == "required",
            owner=_string(model.get("owner")),
            lead_time=self._tests.span(model.get("lead-time")),
            guidance=optional_text(model.get("guidance")),
            example=optional_text(model.get("example")),
            training=optional_text(model.get("training")),
            template=_string(model.get("template")),
            remedy=optional_text(model.get("remedy")),
        )

    def _one_statement(self, name: str, statement: Json, here: str) -> None:
        known, where = self._statements.setdefault(name, (statement, here))
        if known != statement:
            self.names.faults.append(
                Fault(
                    here,
                    f"criterion {name!r} says something else here than at {where}; "
                    "an id means one statement in a whole standard",
                    "Give one of the two another id",
                )
            )

    def _check_after(self, criteria: tuple[Criterion, ...]) -> None:
        known = {criterion.id: criterion for criterion in criteria}
        for criterion in criteria:
            for index, name in enumerate(criterion.after):
                here = f"{criterion.pointer}/after/{index}"
                self.names.check("criterion of this gate", name, known, here)
        circle = _circle({name: criterion.after for name, criterion in known.items()})
        if circle:
            self.names.faults.append(
                Fault(
                    f"{known[circle[0]].pointer}/after",
                    f"'after' goes round in a circle: {' -> '.join((*circle, circle[0]))}",
                )
            )

    def _guard(self, written: Json, here: str, *, item: bool = False) -> Guard | None:
        if written is None:
            return None
        parts = written if isinstance(written, list) else [written]
        found: list[object] = []
        for index, part in enumerate(parts):
            where = f"{here}/{index}" if isinstance(written, list) else here
            if isinstance(part, str):
                if self.names.check("predicate", part, self.names.predicates, where):
                    found.extend(self._predicates.get(part, ()))
            else:
                found.extend(self._guard_part(part, where, None, item=item))
        return tuple(found)  # type: ignore[arg-type]

    def _guard_part(self, written: Json, here: str, predicate: str | None, *, item: bool) -> Guard:
        test = self._tests.predicate(_object(written), here, predicate, item=item)
        return () if test is None else (test,)

    def _date(self, written: Json, here: str) -> date | None:
        if written is None:
            return None
        try:
            return parse_date(str(written))
        except ValueError as error:
            self.names.faults.append(Fault(here, str(error), "Write a date as 2026-03-01"))
            return None

    def _schema_faults(self) -> Iterator[Fault]:
        for fault in self.shelf.faults:
            place = self._places.get(fault.uri)
            if place is not None and fault.uri.startswith(f"{PACKAGE}~"):
                yield Fault(place + fault.pointer, fault.message, fault.remedy)
            else:
                path = fault.uri.removeprefix(PACKAGE)
                where = f" at {fault.pointer}" if fault.pointer else ""
                yield Fault(place or "", f"{path}{where}: {fault.message}", fault.remedy)


def expressions_of(model: JsonObject, tracks: Mapping[str, Track]) -> Expressions:
    """The expression engine for a standard: its parameters, facts and tracks declared."""
    needs = _object(model.get("needs"))
    return Expressions(
        params={
            name: value_type(_object(param)) for name, param in _object(model.get("params")).items()
        },
        facts={
            name: value_type(_object(fact)) for name, fact in _object(needs.get("facts")).items()
        },
        tracks={name: track.ranks for name, track in tracks.items()},
    )


def value_type(declared: JsonObject) -> ValueType:
    """The declared type of a parameter or fact."""
    items = declared.get("items")
    if isinstance(items, dict):
        items = items.get("type")
    return ValueType(str(declared.get("type")), None if items is None else str(items))


def text(value: Json, otherwise: str) -> str | Mapping[str, str]:
    """A text for people, in one language or several."""
    found = optional_text(value)
    return otherwise if found is None else found


def optional_text(value: Json) -> str | Mapping[str, str] | None:
    """The same, where it may be absent."""
    if isinstance(value, dict):
        return {tag: str(words) for tag, words in value.items()}
    return None if value is None else str(value)


def _deferrable(written: JsonObject) -> Deferrable:
    return Deferrable(
        within=written.get("within"),
        by=_string(written.get("by")),
        values=tuple(str(value) for value in _list(written.get("values"))),
        bands=tuple(str(band) for band in _list(written.get("bands"))),
    )


def _circle(graph: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    from graphlib import CycleError, TopologicalSorter  # start-up: most gates have no 'after'

    if not any(graph.values()):
        return ()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1][1:]))
    return ()


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _string(value: Json) -> str | None:
    return value if isinstance(value, str) else None


__all__ = ["OBLIGATIONS", "Builder", "expressions_of", "optional_text", "text"]
