"""Expressions of a standard: compiled once, evaluated for any number of records (S6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import join_pointer
from pmo_core.standards.expressions.checking import (
    Cost,
    check_hyphens,
    check_left_out,
    check_loop_names,
    check_numbers,
    check_text,
    cost_of,
    division_offsets,
    patterns_of,
    unsafe_division,
)
from pmo_core.standards.expressions.conversion import MOST_NODES, NOTHING, Bindings, Converted
from pmo_core.standards.expressions.engine import Engine, Environment, ValueType
from pmo_core.standards.expressions.faults import (
    ExpressionFault,
    engine_fault,
    error_places,
    fault_at,
    meaning_of,
    nearest,
    without_comparisons,
)
from pmo_core.standards.expressions.items import item_texts
from pmo_core.standards.expressions.literals import check_literals
from pmo_core.standards.expressions.text import (
    Path,
    Word,
    fact_path,
    is_dotted_name,
    paths_of,
    place_of,
    with_inner,
    words_of,
)
from pmo_core.standards.expressions.unknowns import (
    FAILS,
    PASSES,
    Evaluation,
    explain_error,
    unknown,
)

if TYPE_CHECKING:
    from cel_expr_python import cel

    from pmo_core.documents import Pointer

NAMES: Final = frozenset(
    {
        "record",
        "item",
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
        "other",
    }
)
"""All names of S6.1; the caller of `compile` says which of them mean something."""

_NO_ENGINE: Final = unknown("no-engine")
_BUDGET: Final = unknown("budget")
_NOT_BOOLEAN: Final = unknown("not-boolean")
_NOT_INTEGER: Final = unknown("not-integer")


class ResultType(Enum):
    """What an expression must yield."""

    BOOL = "bool"
    INT = "int"


class Expression:
    """One compiled expression.

    Attributes:
        text: as the standard has it.
        uses_now: it reads `now`, so that its result may differ in a second.
        uses_today: it reads `today`, so that its result may differ tomorrow.
        facts: the facts that it reads, by name.
        item_place: what it reads first of `item`, as a pointer below that; None where nothing.
    """

    __slots__ = (
        "_cost",
        "_kind",
        "_needs",
        "_nested",
        "_paths",
        "_program",
        "_typed",
        "facts",
        "item_place",
        "text",
        "uses_now",
        "uses_today",
    )

    def __init__(
        self,
        text: str,
        paths: tuple[Path, ...],
        cost: Cost,
        program: cel.Expression | None,
        result: ResultType,
        facts: frozenset[str],
    ) -> None:
        roots = {path.root for path in paths}
        self.text = text
        self.facts = facts
        self.uses_now = "now" in roots
        self.uses_today = "today" in roots
        self.item_place = next(
            (join_pointer(path.keys) for path in paths if path.root == "item"), None
        )
        self._paths = paths
        self._cost = cost
        self._program = program
        self._kind = result.name
        self._needs = _needs_of(paths)
        self._typed = _typed_of(paths, facts)
        self._nested = tuple(sorted(name for name in facts if not is_dotted_name(name)))

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def evaluate(self, bindings: Bindings) -> Evaluation:
        """What it comes to with these values; never an exception for what a record holds."""
        program = self._program
        if program is None:
            return _NO_ENGINE
        values: dict[str, object] = {}
        parts: list[Converted] = []
        for variable, root, field in self._typed:
            fields = bindings.fields(root)
            if fields is not None and field in fields:
                part = bindings.converted(root, field)
                values[variable] = part.value
                parts.append(part)
        for root, names in self._needs:
            if not bindings.has(root):
                continue
            fields = None if names is None else bindings.fields(root)
            if fields is None or names is None:
                part = bindings.converted(root, None)
                values[root] = part.value
                parts.append(part)
                continue
            chosen: dict[str, object] = {}
            for name in names:
                if name in fields:
                    part = bindings.converted(root, name)
                    chosen[name] = part.value
                    parts.append(part)
            values[root] = chosen
        if self._nested:
            values["facts"] = self._nested_facts(bindings, parts)
        refusal = self._refusal(parts)
        if refusal is not None:
            return refusal
        try:
            return self._read(program.eval(data=values), bindings)
        except RuntimeError as error:
            return explain_error(str(error), self.text, self._paths, bindings)
        except MemoryError:
            return _BUDGET

    def _refusal(self, parts: Sequence[Converted]) -> Evaluation | None:
        """Why these values are not given to the engine; None where they are."""
        size = NOTHING
        for part in parts:
            if part.fault is not None:
                return unknown(part.fault)
            size = size.beside(part.size) if size.nodes else part.size
        within = size.nodes <= MOST_NODES and self._cost.allows(size)
        return None if within else _BUDGET

    def _nested_facts(self, bindings: Bindings, parts: list[Converted]) -> dict[str, object]:
        """The facts whose names an expression can only write with brackets, as objects."""
        found: dict[str, object] = {}
        known = bindings.fields("facts") or {}
        for name in self._nested:
            *outer, last = name.split(".")
            inner = found
            for key in outer:
                below = inner.setdefault(key, {})
                inner = below if isinstance(below, dict) else {}
            if name in known:
                part = bindings.converted("facts", name)
                inner[last] = part.value
                parts.append(part)
        return found

    def _read(self, value: cel.Value, bindings: Bindings) -> Evaluation:
        # `plain_value` of null takes a reference too few, and ends the process in time: it is
        # asked for only where the result is a boolean, a whole number or an error.
        kind = value.type().name()
        if kind == "NULL":
            return explain_error("null_type", self.text, self._paths, bindings)
        if kind not in ("ERROR", self._kind):
            return self._wrong_type()
        try:
            found = value.plain_value()
        except TypeError:  # an optional value, whose type the engine gives as ERROR
            return self._wrong_type()
        if found is True:
            return PASSES
        if found is False:
            return FAILS
        if isinstance(found, int):
            return Evaluation(number=found)
        if str(found).startswith("ABORTED"):  # what the engine makes of it inside a function
            raise KeyboardInterrupt
        return explain_error(str(found), self.text, self._paths, bindings)

    def _wrong_type(self) -> Evaluation:
        return _NOT_BOOLEAN if self._kind == "BOOL" else _NOT_INTEGER


class ItemTest(NamedTuple):
    """A list of the record, and what an expression asks of each of its items (`item`)."""

    pointer: Pointer
    test: Expression


class Expressions:
    """Compiles the expressions of one standard.

    Attributes:
        params: declared types of the parameters, by name.
        facts: declared types of the facts, by name.
        tracks: rank of each phase, by track.
        gates: ids for `passed`; None where any will do.
        baselines: names for `baseline`; None where any will do.
        unlisted: tracks in which a claim that is no phase is only noted (S11.7).
    """

    def __init__(
        self,
        *,
        params: Mapping[str, ValueType],
        facts: Mapping[str, ValueType],
        tracks: Mapping[str, Mapping[str, int]],
        gates: Collection[str] | None = None,
        baselines: Collection[str] | None = None,
        unlisted: Collection[str] = (),
    ) -> None:
        self._unlisted = unlisted
        self._params = params
        self._facts = facts
        self._known: Mapping[str, Collection[str] | None] = {
            "params": params,
            "phase": tracks,
            "entered": tracks,
            "passed": gates,
            "baseline": baselines,
        }
        self._tracks = tracks
        self._engine: Engine | None = None
        self._environments: dict[frozenset[str], Environment] = {}
        self._item_tests: dict[str, tuple[ItemTest, ...]] = {}

    def compile(self, text: str, *, names: frozenset[str], result: ResultType) -> Expression:
        """The expression, checked as far as it can be without a record.

        Raises:
            ExpressionFault: it is too long or too deep, names what is not there, mixes types,
                or yields another type than `result`.
        """
        check_text(text)
        words = words_of(text)
        check_hyphens(text, words, NAMES)
        paths = tuple(self._resolved(text, path) for path in paths_of(words, names))
        facts = frozenset(str(path.steps[0]) for path in with_inner(paths) if path.root == "facts")
        check_numbers(text, words, paths)
        check_loop_names(text, words, NAMES)
        check_left_out(text, words)
        check_literals(text, words, paths, self._tracks, self._unlisted)
        cost = cost_of(text, words)
        try:
            environment = self._environment(names)
        except ImportError:
            return Expression(text, paths, cost, None, result, facts)
        program, static = self._compile(text, environment, names)
        self._check_divisions(text, division_offsets(words), environment)
        for pattern in patterns_of(words):
            self._check_pattern(text, pattern, environment.open)
        if static not in (result.name, "DYN"):
            raise fault_at(
                text,
                0,
                f"the expression yields {meaning_of(static.lower())}, "
                f"not {meaning_of(result.value)}",
            )
        return Expression(text, paths, cost, program, result, facts)

    def item_tests(self, expression: Expression) -> tuple[ItemTest, ...]:
        """The lists that the expression asks something of all items of, each with that question.

        Compiled when first asked for, which is when an expression did not pass; one that is too
        long to stand alone is left out.
        """
        known = self._item_tests.get(expression.text)
        if known is None:
            known = self._item_tests[expression.text] = tuple(self._item_tests_of(expression.text))
        return known

    def _item_tests_of(self, text: str) -> Iterator[ItemTest]:
        for found in item_texts(text):
            try:
                test = self.compile(found.text, names=NAMES - {"other"}, result=ResultType.BOOL)
            except ExpressionFault:
                continue
            yield ItemTest(found.pointer, test)

    def _environment(self, names: frozenset[str]) -> Environment:
        known = self._environments.get(names)
        if known is None:
            if self._engine is None:
                self._engine = Engine(self._tracks)
            known = self._engine.environment(names, self._params, self._facts)
            self._environments[names] = known
        return known

    def _compile(
        self, text: str, environment: Environment, names: frozenset[str]
    ) -> tuple[cel.Expression, str]:
        """The program and the name of its static type.

        Numbers of facts and parameters are doubles, so that sums with whole numbers are refused;
        where comparisons are all that the engine refuses, it is asked again with numbers that
        compare with either.
        """
        try:
            return _compiled(environment.open, text)
        except RuntimeError as error:
            refused = without_comparisons(str(error))
        if refused:
            raise engine_fault(text, refused, names, NAMES)
        try:
            return _compiled(environment.loose(), text)
        except RuntimeError as error:
            raise engine_fault(text, str(error), names, NAMES) from None

    def _check_divisions(
        self, text: str, offsets: tuple[int, ...], environment: Environment
    ) -> None:
        """Refuse each division that is not surely one of whole numbers."""
        if not offsets:
            return
        try:
            environment.strict().compile(text)
            refused: frozenset[tuple[int, int]] = frozenset()
        except RuntimeError as error:
            refused = error_places(str(error))
        for offset in offsets:
            if place_of(text, offset) not in refused:
                raise unsafe_division(text, offset)

    def _check_pattern(self, text: str, pattern: Word, environment: cel.Env) -> None:
        """Refuse a regular expression that RE2 does not take, as it is written in the text."""
        found = environment.compile(f"''.matches({pattern.text})").eval()
        if found.type().name() == "ERROR":
            raise fault_at(
                text,
                pattern.start,
                "the regular expression is none that RE2 takes",
                "RE2 has no look-around and no back-references",
            )

    def _resolved(self, text: str, path: Path) -> Path:
        """The path, its names looked up; the name of a fact becomes one step."""
        if any(isinstance(step, Path) for step in path.steps):
            path = path._replace(
                steps=tuple(
                    self._resolved(text, step) if isinstance(step, Path) else step
                    for step in path.steps
                )
            )
        if path.root == "facts":
            return self._resolved_fact(text, path)
        known = self._known.get(path.root)
        name = path.steps[0] if path.steps else None
        if known is not None and isinstance(name, str) and name not in known:
            kind = {"params": "parameter", "passed": "gate", "baseline": "baseline"}
            raise fault_at(
                text,
                path.start,
                f"the standard has no {kind.get(path.root, 'track')} '{name}'",
                nearest(name, known),
            )
        return path

    def _resolved_fact(self, text: str, path: Path) -> Path:
        parts = [step for step in path.steps if isinstance(step, str)]
        for length in range(len(parts), 0, -1):
            name = ".".join(parts[:length])
            if name in self._facts and path.steps[:length] == tuple(parts[:length]):
                if length <= name.count("."):
                    raise fault_at(
                        text,
                        path.start,
                        "the parts of a fact's name stand by themselves in an expression",
                        f"Write {fact_path(name)}",
                    )
                steps = (name, *path.steps[length:])
                return path._replace(steps=steps, sure=max(1, path.sure - length + 1))
        written = ".".join(parts)
        raise fault_at(
            text,
            path.start,
            f"'needs' declares no fact '{written}'" if written else "no fact is named here",
            nearest(written, self._facts) or "Declare it under needs: facts:",
        )


def _compiled(environment: cel.Env, text: str) -> tuple[cel.Expression, str]:
    program = environment.compile(text)
    return program, program.return_type().name()


def _needs_of(paths: tuple[Path, ...]) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """What must be bound: each root but `facts`, with the fields named; None for all of it."""
    found: dict[str, dict[str, None] | None] = {}
    for path in with_inner(paths):
        if path.root == "facts":
            continue
        named = found.setdefault(path.root, {})
        first = path.steps[0] if path.steps else None
        if not isinstance(first, str):
            found[path.root] = None
        elif named is not None:
            named[first] = None
    return tuple((root, None if named is None else tuple(named)) for root, named in found.items())


def _typed_of(paths: tuple[Path, ...], facts: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """The variables of facts and parameters with a declared type: (variable, root, field)."""
    names = {
        str(path.steps[0]) for path in with_inner(paths) if path.root == "params" and path.steps
    }
    typed = [(f"params.{name}", "params", name) for name in sorted(names) if is_dotted_name(name)]
    typed += [(f"facts.{name}", "facts", name) for name in sorted(facts) if is_dotted_name(name)]
    return tuple(typed)
