"""Gates and criteria of a resolved model, compiled into the values that are assessed by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.documents.shapes import as_list, as_object, as_text
from pmo_core.standards.build_passage import date_of, outcome_of, recurrence_of, sources_of
from pmo_core.standards.build_tests import TestBuilder
from pmo_core.standards.expand import OBLIGATIONS
from pmo_core.standards.expressions import Expressions, ResultType, ValueType
from pmo_core.standards.faults import Fault
from pmo_core.standards.model import (
    Criterion,
    Deferrable,
    Gate,
    Guard,
    Obligation,
    Repetition,
    Track,
    Waivable,
)
from pmo_core.standards.schemas import PACKAGE, Schema, Shelf
from pmo_core.standards.shipped import shipped_schema

if TYPE_CHECKING:
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
        where: str,
    ) -> None:
        self.expanded = expanded
        self.names = names
        self.tracks = tracks
        self.files = files
        self.shelf = Shelf(files, shipped_schema, where)
        self.expressions = expressions_of(expanded.model, tracks)
        self._places: dict[str, str] = {}
        self._tests = TestBuilder(names, self.expressions, self.schema)
        self._predicates: dict[str, Guard] = {}
        self.cases: dict[str, Guard] = {}
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
        # No id holds '!', so that no two places have one name.
        name = pointer.removeprefix("/").replace("/", "!")
        self._places[f"{PACKAGE}~{name}"] = pointer
        return self.shelf.inline(value, name)

    def span(self, value: Json) -> Duration | WorkingDays | None:
        """A duration or a number of working days; the grammar has checked its form."""
        return self._tests.span(value)

    def predicates(self) -> dict[str, Guard]:
        """Each named predicate, as the one-test guard that its name stands for."""
        faults = self._tests.faults
        for name, written in self.names.predicates.items():
            here = join_pointer(("predicates", name))
            before = len(faults)
            guard = self._guard_part(written, here, name, item=False)
            if len(faults) > before:
                del faults[before:]
                guard = self._guard_part(written, here, name, item=True)
                if len(faults) == before:
                    self._tests.of_items.add(name)
            self._predicates[name] = guard
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
        """Compile the guards of authority cases; of tolerances only to see that they hold."""
        for name, tolerance in as_object(model.get("tolerances")).items():
            here = join_pointer(("tolerances", name))
            for key in ("forecast", "against"):
                part = as_object(as_object(tolerance).get(key))
                self._tests.expression(
                    part.get("expr"), f"{here}/{key}/expr", item=True, result=ResultType.INT
                )
        for name, cases in self.names.authorities.items():
            self._authority(cases, join_pointer(("authorities", name)))
        for name, gate in self.names.gates.items():
            here = join_pointer(("lifecycle", "gates", name))
            self._authority(as_object(gate).get("authority"), f"{here}/authority")
            self._check_automatic(as_object(gate), here)

    def _check_automatic(self, gate: JsonObject, here: str) -> None:
        """What decides by itself takes `go`, and gives nothing that only a person can (S11.2)."""
        written = gate.get("authority")
        named = (
            self.names.authorities.get(written, written) if isinstance(written, str) else written
        )
        cases = named if isinstance(named, list) else [named]
        if not any(one == "automatic" or as_object(one).get("automatic") for one in cases):
            return
        go = as_object(as_object(gate.get("outcomes")).get("go"))
        for key in ("reason", "requires", "resume-by"):
            if isinstance(go.get(key), str if key != "requires" else dict):
                self.names.faults.append(
                    Fault(
                        f"{here}/outcomes/go/{key}",
                        f"'automatic' decides 'go', and nobody is there to give its {key!r}",
                        "Take it out, or name a role that decides",
                    )
                )

    def _authority(self, written: Json, here: str) -> None:
        if isinstance(written, list):
            for index, case in enumerate(written):
                self._authority(case, f"{here}/{index}")
        elif isinstance(written, dict):
            guard = self._guard(written.get("when"), f"{here}/when", item=True)
            if guard is not None:
                self.cases[here] = guard
            self._authority(written.get("all-of"), f"{here}/all-of")

    def _gate(self, gate_id: str, written: JsonObject) -> Gate:
        here = join_pointer(("lifecycle", "gates", gate_id))
        per = as_object(written.get("per"))
        standing = written.get("standing") is True
        sources = sources_of(written.get("from"), f"{here}/from", standing, self.names, self.tracks)
        if per and written.get("recurs") is not None:
            self.names.faults.append(
                Fault(
                    f"{here}/recurs",
                    "a gate recurs, or is held for each item of a list, not both",
                    "Take out 'recurs' or 'per'",
                )
            )
        if not standing and not written.get("outcomes"):
            self.names.faults.append(
                Fault(here, "a gate has outcomes, or is 'standing: true'", "Add 'outcomes'")
            )
        criteria = tuple(
            self._criterion(gate_id, name, as_object(criterion), item=bool(per))
            for name, criterion in as_object(written.get("criteria")).items()
        )
        self._check_after(criteria)
        return Gate(
            id=gate_id,
            title=text(written.get("title"), gate_id),
            pointer=here,
            standing=standing,
            sources=sources,
            outcomes=tuple(
                outcome_of(name, as_object(outcome), here, sources, self.names, self.tracks)
                for name, outcome in as_object(written.get("outcomes")).items()
            ),
            criteria=criteria,
            when=self._guard(written.get("when"), f"{here}/when"),
            unless=self._guard(written.get("unless"), f"{here}/unless"),
            eased=self._guard(written.get("eased"), f"{here}/eased"),
            recurs=recurrence_of(
                written.get("recurs"), f"{here}/recurs", self._tests.span, self.names.faults
            ),
            per=Repetition(
                items=str(per["items"]),
                id=str(per.get("id", "id")),
                order=as_text(per.get("order")),
            )
            if per
            else None,
            owner=as_text(written.get("owner")),
            guidance=optional_text(written.get("guidance")),
            model=written,
        )

    def _criterion(self, gate_id: str, name: str, model: JsonObject, *, item: bool) -> Criterion:
        here = self.expanded.origins[(gate_id, name)]
        self._one_statement(name, model.get("statement"), here)
        waivable = as_object(model.get("waivable"))
        deferrable = as_object(model.get("deferrable"))
        for role, key in (
            (model.get("owner"), "owner"),
            (waivable.get("by"), "waivable"),
            (deferrable.get("by"), "deferrable"),
            (as_object(deferrable.get("verified")).get("role"), "deferrable"),
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
        self._check_deferrable(model, deferrable, f"{here}/deferrable")
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
            binds=date_of(model.get("binds"), f"{here}/binds", self.names.faults),
            retires=date_of(model.get("retires"), f"{here}/retires", self.names.faults),
            statutory=model.get("statutory") is True,
            waivable=Waivable(str(waivable.get("by")), waivable) if waivable else None,
            deferrable=_deferrable(deferrable) if deferrable else None,
            explain_required=model.get("explain") == "required",
            owner=as_text(model.get("owner")),
            lead_time=self._tests.span(model.get("lead-time")),
            guidance=optional_text(model.get("guidance")),
            example=optional_text(model.get("example")),
            training=optional_text(model.get("training")),
            template=as_text(model.get("template")),
            remedy=optional_text(model.get("remedy")),
        )

    def _check_deferrable(self, model: JsonObject, deferrable: JsonObject, here: str) -> None:
        """The values and bands that may be put off are those of the criterion's own test."""
        answer, score = model.get("answer"), as_object(model.get("score"))
        values: tuple[str, ...] = ("yes", "no")
        if isinstance(answer, dict) and isinstance(answer.get("values"), dict):
            values = tuple(as_object(answer["values"]))
        known = {
            "values": values if isinstance(answer, dict) else (),
            "bands": [as_object(band).get("id") for band in as_list(score.get("bands"))],
        }
        for key, names in known.items():
            for index, name in enumerate(as_list(deferrable.get(key))):
                kind = "value of its answer" if key == "values" else "band of its score"
                self.names.check(kind, name, [str(one) for one in names], f"{here}/{key}/{index}")

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
                found.extend(self._tests.named_predicate(part, where, item=item))
            else:
                found.extend(self._guard_part(part, where, None, item=item))
        return tuple(found)  # type: ignore[arg-type]

    def _guard_part(self, written: Json, here: str, predicate: str | None, *, item: bool) -> Guard:
        test = self._tests.predicate(as_object(written), here, predicate, item=item)
        return () if test is None else (test,)

    def _schema_faults(self) -> Iterator[Fault]:
        for fault in self.shelf.faults:
            place = self.shelf.place(fault)
            pointer = fault.pointer if place else self._places.get(fault.uri, "") + fault.pointer
            yield Fault(pointer, fault.message, fault.remedy, place=place)


def expressions_of(model: JsonObject, tracks: Mapping[str, Track]) -> Expressions:
    """The expression engine for a standard: its parameters, facts and tracks declared."""
    needs = as_object(model.get("needs"))
    return Expressions(
        params={
            name: value_type(as_object(param))
            for name, param in as_object(model.get("params")).items()
        },
        facts={
            name: value_type(as_object(fact))
            for name, fact in as_object(needs.get("facts")).items()
        },
        tracks={name: track.ranks for name, track in tracks.items()},
        gates=tuple(as_object(as_object(model.get("lifecycle")).get("gates"))),
        unlisted=tuple(name for name, track in tracks.items() if track.unlisted_is_note),
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
        by=as_text(written.get("by")),
        values=tuple(str(value) for value in as_list(written.get("values"))),
        bands=tuple(str(band) for band in as_list(written.get("bands"))),
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


__all__ = ["OBLIGATIONS", "Builder", "expressions_of", "optional_text", "text"]
