"""The tests of criteria, compiled: one function a kind, found by the one key that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, split_pointer
from pmo_core.documents.shapes import as_list, as_object, as_text
from pmo_core.errors import InvalidDocument
from pmo_core.standards.expressions import (
    Expression,
    ExpressionFault,
    Expressions,
    ResultType,
)
from pmo_core.standards.faults import Fault
from pmo_core.standards.instants import Duration, WorkingDays, parse_duration
from pmo_core.standards.model import (
    AnswerTest,
    ArtefactTest,
    Band,
    CheckTest,
    CombinedTest,
    DependencyTest,
    ExprTest,
    Guard,
    MaxAge,
    NaRule,
    SchemaTest,
    ScoreItem,
    ScoreTest,
    SingleTest,
    Test,
)

if TYPE_CHECKING:
    from pmo_core.standards.names import Names
    from pmo_core.standards.schemas import Schema

NAMES = frozenset(
    [
        "record",
        "now",
        "today",
        "phase",
        "entered",
        "passed",
        "gate",
        "occurrence",
        "baseline",
        "facts",
        "params",
        "exceptions",
    ]
)

ATTESTED = "attested"
"""What a dependency calls the outcome of a gate that was entered behind (S11.8)."""


class TestBuilder:
    """Builds tests; faults gather in `faults`."""

    __test__ = False

    def __init__(
        self,
        names: Names,
        expressions: Expressions,
        schema: Callable[[Json, str], Schema | None],
    ) -> None:
        self.names = names
        self.faults: list[Fault] = []
        self.predicates: Mapping[str, Guard] = {}
        self.of_items: set[str] = set()
        self._expressions = expressions
        self._schema = schema

    def test(self, written: JsonObject, here: str, *, item: bool) -> Test:
        """The one test of a criterion that the grammar has accepted."""
        for kind in ("all", "any"):
            parts = written.get(kind)
            if isinstance(parts, list):
                single = [
                    self._single(part, f"{here}/{kind}/{index}", item=item)
                    for index, part in enumerate(parts)
                    if isinstance(part, dict)
                ]
                self._check_twice(parts, f"{here}/{kind}")
                return CombinedTest(kind == "all", tuple(one for one in single if one is not None))
        found = self._single(written, here, item=item)
        return CombinedTest(True, ()) if found is None else found

    def predicate(
        self, written: JsonObject, here: str, name: str | None, *, item: bool
    ) -> SchemaTest | ExprTest | None:
        """A predicate: a schema or an expression."""
        if "expr" in written:
            program = self.expression(written["expr"], f"{here}/expr", item=item)
            return None if program is None else ExprTest(program, name)
        if "schema" not in written:
            return None
        schema = self._schema(written["schema"], f"{here}/schema")
        return None if schema is None else SchemaTest(schema, False, name)

    def named_predicate(self, name: Json, here: str, *, item: bool) -> Guard:
        """What a predicate's name stands for; a fault where it means nothing at this gate."""
        if not self.names.check("predicate", name, self.names.predicates, here):
            return ()
        if not item and name in self.of_items:
            self.faults.append(
                Fault(
                    here,
                    f"predicate {name!r} reads 'item', which only a repeated gate has",
                    "Use it at a gate that has 'per'",
                )
            )
        return self.predicates.get(str(name), ())

    def expression(
        self,
        text: Json,
        here: str,
        *,
        item: bool = False,
        other: bool = False,
        result: ResultType = ResultType.BOOL,
    ) -> Expression | None:
        """A compiled expression; None, with a fault at its place, where it cannot be."""
        if not isinstance(text, str):
            return None
        names = NAMES | ({"item"} if item else set()) | ({"other"} if other else set())
        try:
            return self._expressions.compile(text, names=frozenset(names), result=result)
        except ExpressionFault as fault:
            self.faults.append(
                Fault(
                    here,
                    fault.message,
                    fault.remedy,
                    line=fault.offset_line - 1,
                    column=fault.offset_column - 1,
                )
            )
            return None

    def span(self, value: Json) -> Duration | WorkingDays | None:
        """A duration or working days; None for anything else (`next-gate`, a fault of form)."""
        if isinstance(value, dict) and isinstance(value.get("working-days"), int):
            return WorkingDays(int(str(value["working-days"])))
        if isinstance(value, str):
            try:
                return parse_duration(value)
            except ValueError:
                return None
        return None

    def _single(self, written: JsonObject, here: str, *, item: bool) -> SingleTest | None:
        if "schema" in written:
            of_item = written.get("subject") == "item"
            if of_item and not item:
                self.faults.append(
                    Fault(
                        f"{here}/subject",
                        "only a repeated gate has an 'item'",
                        "Take out 'subject', or use it at a gate that has 'per'",
                    )
                )
            schema = self._schema(written["schema"], f"{here}/schema")
            return None if schema is None else SchemaTest(schema, of_item)
        if "expr" in written:
            program = self.expression(written["expr"], f"{here}/expr", item=item)
            return None if program is None else ExprTest(program)
        if "predicate" in written:
            guard = self.named_predicate(written["predicate"], f"{here}/predicate", item=item)
            return guard[0] if guard else None
        if "check" in written:
            check = as_object(written["check"])
            return CheckTest(str(check.get("id")), as_object(check.get("with")))
        if "artefact" in written:
            return self._artefact(as_object(written["artefact"]), f"{here}/artefact")
        if "answer" in written:
            return self._answer(as_object(written["answer"]), f"{here}/answer")
        if "score" in written:
            return self._score(as_object(written["score"]), f"{here}/score")
        if "dependency" in written:
            return self._dependency(as_object(written["dependency"]), f"{here}/dependency")
        return None

    def _check_twice(self, parts: list[Json], here: str) -> None:
        """Results of checks are known by criterion and check, so each may stand there once."""
        seen: set[str] = set()
        for index, part in enumerate(parts):
            name = as_text(as_object(as_object(part).get("check")).get("id"))
            if name is not None and name in seen:
                self.faults.append(
                    Fault(
                        f"{here}/{index}",
                        f"check {name!r} stands twice in one criterion",
                        "Make it a criterion of its own",
                    )
                )
            elif name is not None:
                seen.add(name)

    def _artefact(self, written: JsonObject, here: str) -> ArtefactTest:
        name, state = str(written.get("id")), str(written.get("state"))
        if self.names.check("artefact", name, self.names.artefacts, f"{here}/id"):
            states = [
                str(one) for one in as_list(as_object(self.names.artefacts[name]).get("states"))
            ]
            self.names.check("state", state, states, f"{here}/state")
        approved_by = as_text(written.get("approved-by"))
        if approved_by not in ("accountable", "responsible"):
            self.names.role(approved_by, f"{here}/approved-by")
        else:
            declared = as_object(self.names.artefacts.get(name))
            if approved_by not in declared:
                self.faults.append(
                    Fault(f"{here}/approved-by", f"artefact {name!r} names nobody {approved_by}")
                )
            approved_by = as_text(declared.get(approved_by))
        return ArtefactTest(name, state, approved_by, self._max_age(written.get("max_age")))

    def _answer(self, written: JsonObject, here: str) -> AnswerTest:
        values = {
            value: verdict == "pass" for value, verdict in as_object(written.get("values")).items()
        }
        for key in ("by", "by-not"):
            self.names.role(written.get(key), f"{here}/{key}")
        return AnswerTest(
            values=values or {"yes": True, "no": False},
            na=NaRule(str(written.get("na", "no"))),
            evidence=written.get("evidence") == "required",
            by=as_text(written.get("by")),
            by_not=as_text(written.get("by-not")),
            from_all=written.get("from") == "all",
            max_age=self._max_age(written.get("max_age")),
        )

    def _score(self, written: JsonObject, here: str) -> ScoreTest:
        scale, by = as_object(written.get("scale")), as_object(written.get("by"))
        self.names.role(by.get("each"), f"{here}/by/each")
        bands = tuple(
            Band(
                id=str(as_object(band).get("id")),
                limit=as_object(band).get("above", as_object(band).get("at-least")),
                exclusive="above" in as_object(band),
            )
            for band in as_list(written.get("bands"))
        )
        passing = str(written.get("pass"))
        names = [band.id for band in bands]
        self.names.check("band", passing, names, f"{here}/pass")
        for index, name in enumerate(names):
            if name in names[:index]:
                self.faults.append(Fault(f"{here}/bands/{index}", f"band {name!r} stands twice"))
        least, most = scale.get("min"), scale.get("max")
        if isinstance(least, int | float) and isinstance(most, int | float) and least >= most:
            self.faults.append(
                Fault(f"{here}/scale", f"a scale from {least} to {most} leaves nothing to score")
            )
        at_least = by.get("at-least", 1)
        return ScoreTest(
            combine=str(written.get("combine", "mean")),
            minimum=scale.get("min", 0),
            maximum=scale.get("max", 1),
            items=tuple(
                ScoreItem(
                    id=name,
                    title=_text(as_object(item).get("title"), name),
                    weight=as_object(item).get("weight", 1),
                    minimum=as_object(item).get("minimum"),
                    na=NaRule(str(as_object(item).get("na", "no"))),
                )
                for name, item in as_object(written.get("items")).items()
            ),
            each=as_text(by.get("each")),
            at_least=at_least if isinstance(at_least, int) else 1,
            bands=bands,
            passing=passing,
        )

    def _dependency(self, written: JsonObject, here: str) -> DependencyTest:
        of = written.get("of")
        pointer = of if isinstance(of, str) and of.startswith("/") else None
        if pointer is not None:
            self._check_pointer(pointer, f"{here}/of")
        ids = as_list(of) if isinstance(of, list) else [of] if pointer is None else []
        own = of == "self"
        gate, outcome, phase = written.get("gate"), written.get("outcome"), written.get("phase")
        if own and gate is None:
            self.faults.append(
                Fault(
                    here,
                    "of 'self' only a gate can be asked for",
                    "Add 'gate', or use an 'artefact' or 'expr' test for this project's own state",
                )
            )
        if own:
            self._check_own_gate(gate, outcome, here)
        if "self" in as_list(of):
            self.faults.append(
                Fault(
                    f"{here}/of/{as_list(of).index('self')}",
                    "'self' stands alone: this project is none of a list of others",
                    "Write 'of: self' in a test of its own",
                )
            )
        artefact = as_object(written.get("artefact"))
        return DependencyTest(
            pointer=pointer,
            ids=() if own else tuple(str(one) for one in ids),
            own=own,
            gate=as_text(gate),
            outcomes=tuple(
                str(one) for one in (outcome if isinstance(outcome, list) else [outcome])
            )
            if outcome is not None
            else (),
            phase={track: str(one) for track, one in phase.items()}
            if isinstance(phase, dict)
            else {"": str(phase)}
            if phase is not None
            else None,
            artefact=(str(artefact["id"]), str(artefact["state"])) if artefact else None,
            holds=self.expression(written.get("holds"), f"{here}/holds", other=True),
            any=written.get("any") is True,
        )

    def _check_own_gate(self, gate: Json, outcome: Json, here: str) -> None:
        """A gate of this project is known, and so are its outcomes."""
        if not self.names.check("gate", gate, self.names.gates, f"{here}/gate"):
            return
        outcomes = as_object(as_object(self.names.gates.get(str(gate))).get("outcomes"))
        known = {*outcomes, ATTESTED}
        for index, name in enumerate(as_list(outcome)):
            self.names.check("outcome", name, known, f"{here}/outcome/{index}")
        self.names.check("outcome", outcome, known, f"{here}/outcome")

    def _check_pointer(self, pointer: str, here: str) -> None:
        try:
            split_pointer(pointer)
        except InvalidDocument as fault:
            self.faults.append(Fault(here, fault.message, fault.remedy))

    def _max_age(self, written: Json) -> MaxAge | None:
        if written is None:
            return None
        if written == "phase":
            return MaxAge(since_phase=True)
        if isinstance(written, dict) and "since" in written:
            return MaxAge(since_last_occurrence=True)
        return MaxAge(self.span(written))


def _text(value: Json, otherwise: str) -> str | Mapping[str, str]:
    if isinstance(value, dict):
        return {tag: str(words) for tag, words in value.items()}
    return str(value) if value is not None else otherwise
