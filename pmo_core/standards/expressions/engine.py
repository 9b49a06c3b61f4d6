"""The one place that knows the CEL engine: names and functions declared, texts compiled and run.

Where the engine cannot be imported, expressions still load, and each evaluation is unknown with
the code `no-engine`: never a pass.

The engine holds the interpreter's lock while it compiles and runs, so that expressions may be
shared by threads; `Bindings` may not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.standards.expressions import functions
from pmo_core.standards.expressions.functions import FunctionFailure
from pmo_core.standards.expressions.text import is_dotted_name

if TYPE_CHECKING:
    from cel_expr_python import cel

_MOST_MATCHES: Final = 1_000
_LONGEST_PATTERN: Final = 1_000
_MARKS: Final = range(0xE000, 0x110000)  # for private use first; no digit, and no surrogate
_CONFIGURATION: Final = """
name: pmo
extensions:
- name: strings
  version: "3"
- name: optional
"""
# Only to ask whether a division has an operand that is surely a whole number: under this
# configuration `/` is declared anew, for doubles alone, so that each such division is an error.
_WITHOUT_DIVISION: Final = f"""{_CONFIGURATION}
stdlib:
  exclude_functions:
  - name: _/_
"""
_MATCHER: Final = """
name: pmo-matcher
extensions:
- name: optional
- name: regex
"""


class ValueType(NamedTuple):
    """The declared type of a parameter or fact, in JSON Schema's words; `items` for an array."""

    type: str
    items: str | None = None


class Environment(NamedTuple):
    """What texts with the same names in scope are compiled by.

    Attributes:
        open: the one they are checked by.
        strict: it divides doubles alone.
        loose: numbers of facts and parameters are of any type, as those of a record are, so that
            they compare with whole numbers (S6.3).
    """

    open: cel.Env
    strict: Callable[[], cel.Env]
    loose: Callable[[], cel.Env]


class Engine:
    """The engine with the language's functions, for one standard's tracks.

    Raises:
        ImportError: there is no engine for this platform.
    """

    def __init__(self, tracks: Mapping[str, Mapping[str, int]]) -> None:
        from cel_expr_python import cel  # start-up: 12 ms, and absent on some platforms

        self._cel = cel
        self._matches: cel.Expression | None = None
        self._functions = self._declare(tracks)

    def environment(
        self, names: frozenset[str], params: Mapping[str, ValueType], facts: Mapping[str, ValueType]
    ) -> Environment:
        """The environment in which those names have a meaning."""
        typed = self._variables(names, params, facts, self._cel.Type.DOUBLE)
        build = partial(self._build, typed)
        strict = partial(build, _WITHOUT_DIVISION, (self._doubles_only(),))
        any_number = self._variables(names, params, facts, self._cel.Type.DYN)
        loose = partial(self._build, any_number, _CONFIGURATION, ())
        return Environment(build(_CONFIGURATION, ()), strict, loose)

    def _variables(
        self,
        names: frozenset[str],
        params: Mapping[str, ValueType],
        facts: Mapping[str, ValueType],
        number: cel.Type,
    ) -> dict[str, cel.Type]:
        variables = {
            name: kind for name, kind in self._names().items() if name in names and name != "facts"
        }
        if "params" in names:
            variables.update(
                (f"params.{name}", self._type(kind, number))
                for name, kind in params.items()
                if is_dotted_name(name)
            )
        if "facts" in names:
            for name, kind in facts.items():
                if is_dotted_name(name):
                    variables[f"facts.{name}"] = self._type(kind, number)
                else:
                    variables["facts"] = self._names()["facts"]
        return variables

    def _build(
        self,
        variables: Mapping[str, cel.Type],
        configuration: str,
        more: Sequence[cel.FunctionDecl],
    ) -> cel.Env:
        return self._cel.NewEnv(
            config=self._cel.NewEnvConfigFromYaml(configuration),
            variables=variables,
            functions=[*self._functions, *more],
        )

    def _names(self) -> Mapping[str, cel.Type]:
        kind = self._cel.Type
        texts = kind.Map(kind.STRING, kind.STRING)
        values = kind.Map(kind.STRING, kind.DYN)
        return {
            "record": values,
            "item": kind.DYN,
            "now": kind.TIMESTAMP,
            "today": kind.STRING,
            "phase": texts,
            "entered": texts,
            "passed": texts,
            "gate": kind.STRING,
            "occurrence": kind.STRING,
            "baseline": values,
            "facts": values,
            "params": values,
            "exceptions": kind.List(kind.DYN),
            "other": values,
        }

    def _type(self, declared: ValueType, number: cel.Type) -> cel.Type:
        kind = self._cel.Type
        if declared.type == "array":
            return kind.List(self._type(ValueType(declared.items or ""), number))
        return {
            "string": kind.STRING,
            "boolean": kind.BOOL,
            "integer": number,
            "number": number,
            "object": kind.Map(kind.STRING, kind.DYN),
        }.get(declared.type, kind.DYN)

    def _doubles_only(self) -> cel.FunctionDecl:
        double = self._cel.Type.DOUBLE
        shape = [double, double]
        overload = self._cel.Overload("pmo_doubles_only", return_type=double, parameters=shape)
        return self._cel.FunctionDecl("_/_", [overload])

    def _declare(self, tracks: Mapping[str, Mapping[str, int]]) -> list[cel.FunctionDecl]:
        kind = self._cel.Type
        text, number, whole, dyn = kind.STRING, kind.DOUBLE, kind.INT, kind.DYN
        # The engine matches overloads by the type at run time, and a parameter of any type
        # matches none: each type that a function takes has an overload.
        amounts = (text, number, whole, kind.Map(dyn, dyn))
        numbers = (number, whole)
        pairs = [(first, second) for first in numbers for second in numbers]
        shapes = [(amount, percent) for amount in amounts for percent in numbers]
        one, two = [(text,)], [(text, text)]
        rank = partial(functions.rank, tracks)
        return [
            self._function("money", whole, [(amount,) for amount in amounts], functions.money),
            self._function("plus_percent", whole, shapes, functions.plus_percent),
            self._function("version", whole, one, functions.version),
            self._function("date", kind.TIMESTAMP, one, functions.date),
            self._function("days", whole, two, functions.days),
            self._function("add", text, two, functions.add),
            self._function("remove_prefix", text, two, _text_of(functions.remove_prefix)),
            self._function("lower", text, one, _text_of(functions.lower)),
            self._function("ascending", kind.BOOL, [(kind.List(dyn),)], functions.ascending),
            self._function("find_all", kind.List(text), two, self._find_all),
            self._function("rank", whole, two, rank),
            self._function("ratio", number, pairs, functions.ratio),
        ]

    def _function(
        self,
        name: str,
        result: cel.Type,
        shapes: Sequence[tuple[cel.Type, ...]],
        run: Callable[..., object],
    ) -> cel.FunctionDecl:
        overloads = [
            self._cel.Overload(
                f"pmo_{name}_{number}", return_type=result, parameters=list(shape), impl=run
            )
            for number, shape in enumerate(shapes)
        ]
        return self._cel.FunctionDecl(name, overloads)

    def _find_all(self, text: str, pattern: str) -> list[str]:
        """The matches of an RE2 pattern in the text, or those of its first group (S6.4)."""
        if len(pattern) > _LONGEST_PATTERN:
            raise FunctionFailure("find_all", "pattern")
        if "\0" in text or "\0" in pattern:
            raise FunctionFailure("find_all", "control-character")
        # The engine's own extraction leaves out empty matches; its replacement does not.
        mark = next((sign for sign in map(chr, _MARKS) if sign not in text), None)
        if mark is None:
            raise FunctionFailure("find_all", "matches")
        single = functions.only_first_group(pattern)
        for kept in ("\\1", "\\0"):  # without a group, the whole match
            found = self._matcher().eval(
                data={"text": text, "pattern": single, "kept": f"{mark}{kept}{mark}"}
            )
            if found.type() != self._cel.Type.ERROR:
                break
        else:
            raise FunctionFailure("find_all", "pattern")
        matches = str(found.plain_value()).split(mark)[1::2]
        if len(matches) > _MOST_MATCHES:
            raise FunctionFailure("find_all", "matches")
        return matches

    def _matcher(self) -> cel.Expression:
        if self._matches is None:
            text = self._cel.Type.STRING
            environment = self._cel.NewEnv(
                config=self._cel.NewEnvConfigFromYaml(_MATCHER),
                variables={"text": text, "pattern": text, "kept": text},
            )
            self._matches = environment.compile("regex.replace(text, pattern, kept)")
        return self._matches


def _text_of(function: Callable[..., str]) -> Callable[..., str]:
    """The function, refusing a text that the engine would cut short at U+0000."""

    def run(*arguments: str) -> str:
        found = function(*arguments)
        if "\0" in found:
            raise FunctionFailure(function.__name__, "control-character")
        return found

    return run
