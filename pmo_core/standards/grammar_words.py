"""From an error of the validator to a fault that an author understands.

An error says by which schema, on which way through the meta-schema, a value was refused. The way
gives the words: the `title` or `x-noun` of the thing, the `errorMessage` of what was asked for,
the `examples` of what is missing, `x-misplaced` for keys that people bring from elsewhere. Editors
show most of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jsonschema_rs

from pmo_core.documents.shapes import as_object
from pmo_core.standards.faults import Fault
from pmo_core.standards.grammar_forms import form, join_words, nearest, shown, size
from pmo_core.standards.grammar_way import Case, Path, at, keys_of, path_in, way

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

_FEW = 16
_FORMS = frozenset(
    [
        *("type", "pattern", "format", "enum", "const", "not", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum"),
    ]
)


@dataclass(frozen=True, slots=True)
class Told:
    """One fault before its place is known as it was written; one is told of each root cause."""

    path: Path
    root_cause: str
    message: str
    remedy: str | None = None
    on_key: bool = False

    def fault(self, pointer: str) -> Fault:
        """The fault, at the pointer that the file has for its path."""
        return Fault(pointer, self.message, self.remedy, self.on_key)


@dataclass(frozen=True, slots=True)
class UnknownKey(Told):
    """A key that the language does not have there; `meant` is the one to take it for."""

    meant: str | None = None


def tell(
    meta: JsonObject,
    error: jsonschema_rs.ValidationError,
    root: Json,
    written: Callable[[Path], str | None],
) -> Iterator[Told]:
    """The faults that an error of the validator stands for, in words.

    Args:
        meta: the meta-schema that the validator was made from.
        error: what it found.
        root: the whole value that it looked at.
        written: the characters of the scalar at a path, where they are known.
    """
    kinds = jsonschema_rs.ValidationErrorKind
    path = path_in(root, error.instance_path)
    on_key = isinstance(error.kind, kinds.PropertyNames)
    if isinstance(error.kind, kinds.PropertyNames):
        error = error.kind.error
        path = (*path, str(error.instance))
    value: Json = str(path[-1]) if on_key else at(root, path)
    text = None if on_key else written(path)
    case = Case(meta, path, value, way(meta, error.evaluation_path, path), on_key, text)
    keyword = error.kind.name
    if isinstance(error.kind, kinds.AdditionalProperties):
        yield from _unknown_keys(case, error.kind.unexpected)
    elif isinstance(error.kind, kinds.Required):
        companion = error.evaluation_path[-1] == "dependentRequired"
        yield (_without_companion if companion else _missing)(case, error.kind.property)
    elif keyword in ("oneOf", "anyOf"):
        if not isinstance(value, dict):
            return  # That it is no map is told by another error.
        yield from _choice(case, exactly=keyword == "oneOf")
    elif keyword == "falseSchema":
        yield _out_of_place(case)
    elif keyword in _FORMS:
        yield Told(path, "form", *form(case, keyword), on_key)
    else:
        yield Told(path, keyword, *size(case, keyword), on_key)


def _unknown_keys(case: Case, keys: list[str]) -> Iterator[UnknownKey]:
    assert isinstance(case.value, dict)
    allowed = list(as_object(case.schema.get("properties")))
    taken = set(case.value)
    pieces = [key for key in keys if case.value[key] is None]
    for key in keys:
        if key in pieces[1:] and not nearest(key, allowed):
            continue  # A sentence cut at each of its commas is one mistake.
        remedy, meant = _unknown_remedy(case, key, allowed)
        if meant in taken:
            meant = None
        elif meant is not None:
            taken.add(meant)
        yield UnknownKey(
            (*case.path, key),
            "key",
            f"{case.thing()} has an unknown key {shown(key)}",
            remedy,
            True,
            meant,
        )


def _unknown_remedy(case: Case, key: str, allowed: list[str]) -> tuple[str, str | None]:
    assert isinstance(case.value, dict)
    misplaced = as_object(case.schema.get("x-misplaced")).get(key)
    if isinstance(misplaced, str):
        return misplaced, None
    for step in reversed(case.steps[:-1]):
        if step.depth < len(case.path) and key in as_object(step.schema.get("properties")):
            return f"It is a key of {step.noun() or 'what is around it'}: indent it less", None
    above = _owner_below(case, key)
    if above is not None:
        return f"It goes under {above!r}", None
    near = nearest(key, allowed)
    keys = f"Its keys: {', '.join(allowed)}"
    if near is not None:
        more = f" {keys}" if len(allowed) <= _FEW else ""
        return f"Did you mean {near!r}?{more}", near
    if case.value[key] is None and _looks_cut(case, key):
        return "A comma inside { } begins a new key: quote the text, or write block style", None
    return keys, None


def _owner_below(case: Case, key: str) -> str | None:
    """The key of this thing under which the key belongs, where that is certain."""
    properties = case.properties()
    if key in properties:
        return None
    fits = [one for one in properties if key in keys_of(case.meta, as_object(properties[one]))]
    given = [one for one in fits if one in as_object(case.value)]
    return given[0] if given else fits[0] if len(fits) == 1 else None


def _looks_cut(case: Case, key: str) -> bool:
    assert isinstance(case.value, dict)
    return " " in key or any(isinstance(one, str) and " " in one for one in case.value.values())


def _missing(case: Case, key: str) -> Told:
    examples = as_object(case.properties().get(key)).get("examples")
    remedy = case.hint() or f"Add {key!r}"
    if isinstance(examples, list) and examples and isinstance(examples[0], str | int):
        remedy = f"{remedy}, for example {key}: {examples[0]}"
    return Told(case.path, f"no {key}", f"{case.thing()} has no {key!r}", remedy)


def _without_companion(case: Case, key: str) -> Told:
    assert isinstance(case.value, dict)
    companions = as_object(case.schema.get("dependentRequired"))
    given = next(
        one
        for one, needed in companions.items()
        if one in case.value and isinstance(needed, list) and key in needed
    )
    return Told(
        (*case.path, given),
        f"no {key}",
        f"{case.thing()} has {given!r} without {key!r}",
        f"Add {key!r}, or take {given!r} out",
        True,
    )


def _choice(case: Case, *, exactly: bool) -> Iterator[Told]:
    assert isinstance(case.value, dict)
    branches = case.schema.get("oneOf" if exactly else "anyOf")
    keys: list[str] = []
    usual: list[str] = []
    for branch in branches if isinstance(branches, list) else []:
        required = as_object(branch).get("required")
        key = str(required[0]) if isinstance(required, list) else ""
        keys.append(key)
        if "x-full-form" not in as_object(branch):
            usual.append(key)
    given = [key for key in case.value if key in keys]
    need = "exactly one is needed" if exactly else "one is needed"
    if not given:
        misplaced = as_object(case.schema.get("x-misplaced"))
        if any(_owner_below(case, key) in keys or key in misplaced for key in case.value):
            return  # The stray key says it already.
        message = f"{case.thing()} has none of {join_words(usual, 'and')}; {need}"
        yield Told(case.path, f"none of {keys}", message, case.hint() or "Add one of them")
        return
    takes = f"it takes exactly one of {join_words(usual, 'and')}"
    message = f"{case.thing()} has {join_words(given, 'and')}; {takes}"
    remedy = case.hint() or "Keep one of them"
    yield Told((*case.path, given[1]), "several", message, remedy, True)


def _out_of_place(case: Case) -> Told:
    owner = Case(case.meta, case.path[:-1], None, case.steps, False)
    return Told(
        case.path,
        "place",
        f"{owner.thing()} takes no {str(case.path[-1])!r}",
        owner.hint(),
        True,
    )
