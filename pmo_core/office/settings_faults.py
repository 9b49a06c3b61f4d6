"""What is wrong in an office's settings, all of it at once, each fault in its place.

A misspelt key is taken for the key that was meant, so that it gives one fault, and what stands
under it is still looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

import jsonschema_rs

from pmo_core.documents import join_pointer, resolve, split_pointer
from pmo_core.documents.shapes import as_object
from pmo_core.errors import InvalidSettings
from pmo_core.office.settings import LANGUAGE, settings_schema
from pmo_core.office.settings_meaning import faults_of_meaning
from pmo_core.standards.faults import Fault, raise_all
from pmo_core.standards.grammar_forms import form, nearest, shown, size
from pmo_core.standards.grammar_way import Case, Path, at, path_in, way
from pmo_core.standards.schema_engine import engine

if TYPE_CHECKING:
    from pmo_core.documents import Document, Json, Pointer

_ROUNDS: Final = 3
_SIZES: Final = frozenset({"minItems", "uniqueItems", "minProperties", "maxProperties"})


def raise_faults(document: Document, texts: Callable[[], Json]) -> NoReturn:
    """Raise all that is wrong with settings that are known to be wrong.

    Args:
        document: as it was read.
        texts: gives the same with each scalar as the text that was written, so that 3.10 is told
            as such.

    Raises:
        InvalidSettings: the first fault by its place, the others in `also`.
    """
    raise_all(document, list(_faults(document.value, texts)), InvalidSettings)
    raise AssertionError("settings that were found wrong have a fault")


def _faults(value: Json, texts: Callable[[], Json]) -> Iterator[Fault]:
    if not isinstance(value, dict):
        kind = "empty" if value is None else "a list" if isinstance(value, list) else "no map"
        yield Fault(
            "",
            f"the file is {kind}, where the settings of an office are a map of keys",
            f"Begin it with 'language: {LANGUAGE}' and 'office: ID', or found one: pmo init DIR",
        )
        return
    language = value.get("language", LANGUAGE)
    if isinstance(language, int | float) and language is not True and language != LANGUAGE:
        yield Fault(
            "/language",
            f"the settings are written in language {language}; "
            f"this version of pmo reads language {LANGUAGE}",
            "Install a pmo that reads it",
        )
        return
    yield from _empty_keys(value)
    meant = _without_empty_keys(value)
    spelt: dict[Path, str] = {}
    found = list(_wrong_in_form(meant, texts()))
    for _round in range(_ROUNDS):
        misspelt = [one for one in found if one.meant is not None]
        yield from (one.fault(spelt) for one in misspelt)
        if not misspelt:
            break
        for one in misspelt:
            assert one.meant is not None
            meant = _with_key(meant, one.path, one.meant)
            spelt[*one.path[:-1], one.meant] = str(one.path[-1])
        found = list(_wrong_in_form(meant, texts(), spelt))
    yield from (one.fault(spelt) for one in found if one.meant is None)
    malformed = {join_pointer(map(str, one.path)) for one in found}
    for fault in faults_of_meaning(meant):
        if fault.pointer not in malformed:
            path = path_in(meant, split_pointer(fault.pointer))
            yield replace(fault, pointer=_pointer(path, spelt))


class _Wrong(NamedTuple):
    """One fault of form; `meant` is the key to take an unknown one for, where one is like it."""

    path: Path
    message: str
    remedy: str | None
    on_key: bool = False
    meant: str | None = None

    def fault(self, spelt: Mapping[Path, str]) -> Fault:
        """The fault, at the pointer that the file has for its path."""
        return Fault(_pointer(self.path, spelt), self.message, self.remedy, self.on_key)


def _wrong_in_form(
    value: Json, texts: Json, spelt: Mapping[Path, str] = MappingProxyType({})
) -> Iterator[_Wrong]:
    for error in engine(settings_schema()).iter_errors(value):
        path = path_in(value, error.instance_path)
        on_key = isinstance(error.kind, jsonschema_rs.ValidationErrorKind.PropertyNames)
        if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.PropertyNames):
            error = error.kind.error
            path = (*path, str(error.instance))
        steps = way(settings_schema(), error.evaluation_path, path)
        text = resolve(texts, _pointer(path, spelt), None)
        yield from _told(
            error,
            Case(
                settings_schema(),
                path,
                str(path[-1]) if on_key else at(value, path),
                steps,
                on_key,
                text if isinstance(text, str) and not on_key else None,
            ),
        )


def _told(error: jsonschema_rs.ValidationError, case: Case) -> Iterator[_Wrong]:
    keyword = error.kind.name
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        yield from _unknown_keys(case, error.kind.unexpected)
    elif isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
        yield _missing(case, error.kind.property)
    elif keyword in _SIZES:
        yield _Wrong(case.path, *size(case, keyword))
    else:
        yield _Wrong(case.path, *form(case, keyword), case.on_key)


def _unknown_keys(case: Case, keys: Iterable[str]) -> Iterator[_Wrong]:
    allowed = list(as_object(case.schema.get("properties")))
    taken = set(as_object(case.value))
    for key in keys:
        meant = nearest(key, allowed)
        remedy = f"Did you mean {meant!r}?" if meant else f"Its keys: {', '.join(allowed)}"
        if meant in taken:
            meant = None
        elif meant is not None:
            taken.add(meant)
        message = f"{_thing(case)} has an unknown key {shown(key)}"
        yield _Wrong((*case.path, key), message, remedy, True, meant)


def _missing(case: Case, key: str) -> _Wrong:
    schema = as_object(case.properties().get(key))
    examples = schema.get("examples")
    example = examples[0] if isinstance(examples, list) and examples else None
    remedy = f"Add {key!r}"
    if isinstance(example, str | int):
        remedy = f"{remedy}, for example {key}: {example}"
    elif key == "standards":
        remedy = "Add 'standards' with the pin of each, as pmo init writes it"
    return _Wrong(case.path, f"{_thing(case)} has no {key!r}", remedy)


def _thing(case: Case) -> str:
    """What the fault is in: the office itself where nothing smaller has a name."""
    inner = [step for step in case.steps if step.depth]
    return case.thing() if any(step.noun() for step in inner) else "the office"


def _with_key(value: Json, path: Path, key: str) -> Json:
    """A copy in which the key at the end of `path` is another, at the same place."""
    token, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(token, int):
        return [_with_key(one, rest, key) if at == token else one for at, one in enumerate(value)]
    assert isinstance(value, dict)
    if not rest:
        return {key if name == token else name: one for name, one in value.items()}
    return {
        name: _with_key(one, rest, key) if name == token else one for name, one in value.items()
    }


def _pointer(path: Path, spelt: Mapping[Path, str]) -> Pointer:
    """The pointer into the file, where misspelt keys are as they are written there."""
    tokens = (spelt.get(path[: depth + 1], token) for depth, token in enumerate(path))
    return join_pointer(map(str, tokens))


def _empty_keys(value: Json, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Faults for keys without any character, save in what is a plugin's or an author's own."""
    if not isinstance(value, dict) or (path[:1] == ("plugins",) and len(path) > 1):
        return
    for key, part in value.items():
        here = (*path, key)
        if not key:
            message, remedy = "a key is empty", "Give it a name, or take it out"
            yield Fault(join_pointer(here), message, remedy, True)
        elif not key.startswith("x-"):
            yield from _empty_keys(part, here)


def _without_empty_keys(value: Json) -> Json:
    """A copy without them, since the validator leaves them out of the paths that it gives."""
    if isinstance(value, dict):
        return {key: _without_empty_keys(part) for key, part in value.items() if key}
    return value
