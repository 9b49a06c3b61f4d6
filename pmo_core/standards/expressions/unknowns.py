"""What an evaluation came to, and, where it came to nothing, why (S6.2).

The engine says why in words of its own. They become codes here, and the path at fault is found
by following the expression's paths through the values it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pmo_core.documents import join_pointer
from pmo_core.standards.expressions.functions import FunctionFailure, date, money, version
from pmo_core.standards.expressions.text import call_around, words_of

if TYPE_CHECKING:
    from pmo_core.documents import Pointer
    from pmo_core.standards.expressions.conversion import Bindings
    from pmo_core.standards.expressions.text import Path, Step


class Evaluation(NamedTuple):
    """What an expression came to for one record.

    Attributes:
        truth: true or false; None where unknown, and for expressions that yield a number.
        number: of an expression that yields one; None where unknown.
        code: why it is unknown: `missing`, `null`, `no-overload`, `overflow`,
            `division-by-zero`, `function-error`, `budget`, `not-boolean`, `not-integer`,
            `control-character`, `no-engine`.
        pointer: where in the record the reason lies, if it lies there and can be known.
        params: what else is known of the reason, by name: `path` as the expression writes it,
            `name` and `key` of a function's failure.
    """

    truth: bool | None = None
    number: int | None = None
    code: str | None = None
    pointer: Pointer | None = None
    params: tuple[tuple[str, str], ...] = ()


PASSES: Final = Evaluation(truth=True)
FAILS: Final = Evaluation(truth=False)

_FAILURE: Final = re.compile(r"[A-Z_]+: pmo:([a-z_]+):([a-z-]+)")
_NO_KEY: Final = re.compile(r'NOT_FOUND: Key not found in map : (?:"(.*)"|(.*))', re.DOTALL)
_NO_NAME: Final = re.compile(r'UNKNOWN: No value with name "([\w.]+)" found in Activation')
_WRONG_TYPE: Final = re.compile(r"Unexpected value type for '([\w.]+)")
_PROBES: Final[Mapping[str, Callable[[Any], object]]] = {
    "amount": money,
    "decimals": money,
    "date": date,
    "version": version,
}
_MOST_SHOWN: Final = 200

# In this order: the first that the engine's words contain.
_WORDS: Final = (
    ("Iteration budget exceeded", "budget"),
    ("divide by zero", "division-by-zero"),
    ("modulus by zero", "division-by-zero"),
    ("null_type", "null"),
    ("Index error: index=", "missing"),
    ("optional.none() dereference", "missing"),
    ("Applying SELECT to non-message", "no-overload"),
    ("No matching overloads", "no-overload"),
    ("Index error", "no-overload"),
    ("Invalid container type", "no-overload"),
    ("Invalid map key type", "no-overload"),
    ("OUT_OF_RANGE", "overflow"),
)


def unknown(code: str, **params: str) -> Evaluation:
    """Nothing, for that reason."""
    return Evaluation(code=code, params=tuple(sorted(params.items())))


def explain_error(message: str, text: str, paths: Sequence[Path], bindings: Bindings) -> Evaluation:
    """The code of an engine's error, and the path that it lies at where that can be found.

    `text` is the expression's, `paths` are its own.
    """
    failure = _FAILURE.fullmatch(message)
    if failure is not None:
        name, key = failure.groups()
        if key == "division-by-zero":
            return unknown(key)
        return _failure(name, key, _arguments(name, text, paths), bindings)
    absent = _NO_KEY.match(message)
    if absent is not None:
        return _missing(absent.group(1) or absent.group(2) or "", paths, bindings)
    nameless = _NO_NAME.match(message)
    if nameless is not None:
        return unknown("missing", path=nameless.group(1))
    ill_typed = _WRONG_TYPE.search(message)
    if ill_typed is not None:
        return unknown("no-overload", path=ill_typed.group(1))
    code = next((code for words, code in _WORDS if words in message), None)
    if code is None:
        return unknown("function-error", name="engine", key=_engine_key(message))
    if code == "missing":
        return _missing(None, paths, bindings)
    if code in ("null", "no-overload"):
        return _operand(code, paths, bindings)
    return unknown(code)


def _missing(key: str | None, paths: Sequence[Path], bindings: Bindings) -> Evaluation:
    """The first path that ends too early, at that key if it is given."""
    for path in paths:
        walked = _walk(path, bindings)
        if walked.absent is not None and (key is None or str(walked.absent) == key):
            return _at("missing", path, walked)
    return unknown("missing") if key is None else unknown("missing", key=key[:_MOST_SHOWN])


def _failure(name: str, key: str, paths: Sequence[Path], bindings: Bindings) -> Evaluation:
    """A function's failure, at the first path whose value it has that failure for."""
    params = (("key", key), ("name", name))
    probe = _PROBES.get(key)
    for path in paths:
        walked = _walk(path, bindings)
        if probe is None or walked.absent is not None or walked.partial:
            continue
        if isinstance(walked.value, str | int | float | Mapping) and _fails(probe, walked.value):
            found = _at("function-error", path, walked)
            return found._replace(params=(*params, *found.params))
    return unknown("function-error", name=name, key=key)


def _arguments(name: str, text: str, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths that stand among the arguments of that function."""
    words = words_of(text)
    starts = {path.start for path in paths}
    calls = {
        word.start: call_around(words, index)
        for index, word in enumerate(words)
        if word.start in starts
    }
    return tuple(path for path in paths if calls.get(path.start) == name)


def _fails(probe: Callable[[Any], object], value: object) -> bool:
    try:
        probe(value)
    except (FunctionFailure, TypeError):
        return True
    return False


def _operand(code: str, paths: Sequence[Path], bindings: Bindings) -> Evaluation:
    """The first path whose value is null, or that goes on through a value without fields."""
    walks = [(path, _walk(path, bindings)) for path in paths]
    for path, walked in walks:
        if walked.blocked:
            return _at("null" if walked.value is None else code, path, walked)
    for path, walked in walks:
        if walked.absent is None and not walked.partial and walked.value is None:
            return _at("null", path, walked)
    return unknown(code)


class _Walked(NamedTuple):
    """How far a path could be followed.

    `keys` are those followed, and the absent one; `value` is the last that is there; `absent`
    the key that is not; `blocked`: the last value has no keys at all; `partial`: a step's own
    key is not known.
    """

    keys: tuple[str | int, ...]
    value: object
    absent: str | int | None = None
    blocked: bool = False
    partial: bool = False


_ABSENT: Final = object()


def _walk(path: Path, bindings: Bindings) -> _Walked:
    if not bindings.has(path.root):
        return _Walked((), None, partial=True)
    value = bindings.original(path.root)
    keys: list[str | int] = []
    for step in path.steps[: path.sure]:
        key = _key(step, bindings)
        if key is None:
            return _Walked(tuple(keys), value, partial=True)
        inner = _value_at(value, key)
        if inner is _ABSENT:
            listed = isinstance(value, list) and isinstance(key, int)
            blocked = not listed and not isinstance(value, Mapping)
            ended = keys if blocked else [*keys, key]
            return _Walked(tuple(ended), value, absent=key, blocked=blocked)
        keys.append(key)
        value = inner
    return _Walked(tuple(keys), value)


def _key(step: Step, bindings: Bindings) -> str | int | None:
    if isinstance(step, str | int):
        return step
    inner = _walk(step, bindings)
    known = inner.absent is None and not inner.partial and isinstance(inner.value, str)
    return str(inner.value) if known else None


def _value_at(value: object, key: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(key, _ABSENT)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return _ABSENT


def _at(code: str, path: Path, walked: _Walked) -> Evaluation:
    pointer = join_pointer(walked.keys) if path.root == "record" else None
    return Evaluation(code=code, pointer=pointer, params=(("path", _written(path, walked.keys)),))


def _written(path: Path, keys: Iterable[str | int]) -> str:
    """The path as an expression would write it, as far as it was followed."""
    shown = path._replace(steps=tuple(keys))
    return str(shown)[:_MOST_SHOWN]


def _engine_key(message: str) -> str:
    for words, key in (("regular expression", "pattern"), ("cannot convert", "conversion")):
        if words in message:
            return key
    return "conversion" if "onversion" in message else "argument"
