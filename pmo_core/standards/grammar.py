"""Whether a `standard.yaml` is well formed: its keys, its types, its forms (S18, S17.3).

The grammar is the meta-schema in `language.schema.json`, which editors read too. A file that
satisfies it costs one run of the validator. A file that does not is read again, slowly, for faults
that teach: a misspelt key is taken for the key that was meant, so that it gives one fault and what
stands under it is still looked at. Whether names exist (phases, roles, predicates ...) is not
asked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Final, TypeAlias

import jsonschema_rs

from pmo_core.documents import join_pointer
from pmo_core.standards.faults import Fault

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

LANGUAGE: Final = 1
"""The version of the language that this grammar reads."""

_ROUNDS: Final = 8
_FREE: Final = frozenset({"schema", "with"})

_Path: TypeAlias = tuple[str | int, ...]


def meta_schema_text() -> str:
    """The JSON Schema 2020-12 of a standard, `pmo:language/1`, as it is shipped for editors."""
    data = get_data(__name__, "language.schema.json")
    assert data is not None
    return data.decode()


@cache
def meta_schema() -> JsonObject:
    """The same as a value; not to be changed by who gets it."""
    schema: JsonObject = json.loads(meta_schema_text())
    return schema


def faults(value: Json, texts: Callable[[], Json] | None = None) -> list[Fault]:
    """What is wrong in the structure of a standard, in the order of the file; [] where nothing is.

    Args:
        value: the content of `standard.yaml`, within the limits of S1.5.
        texts: gives the same with each scalar as the text that was written, so that 3.10 is told
            as such; asked for only where something is wrong.
    """
    if not isinstance(value, dict):
        return [
            Fault(
                "",
                f"a standard is a map of keys, and this is {_kind(value)}",
                f"Begin it with 'language: {LANGUAGE}' and 'standard: ID'",
            )
        ]
    language = value.get("language", LANGUAGE)
    if isinstance(language, int | float) and language is not True and language != LANGUAGE:
        return [
            Fault(
                "/language",
                f"the standard is written in language {language}; "
                f"this version of pmo reads language {LANGUAGE}",
                f"Install a pmo that reads it, or write the standard in language {LANGUAGE}",
            )
        ]
    if _validator().is_valid(value):
        return []
    return _explained(value, None if texts is None else texts())


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        meta_schema(),
        offline=True,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def _explained(written: JsonObject, texts: Json) -> list[Fault]:
    from pmo_core.standards.grammar_words import UnknownKey, tell  # start-up: only on an error

    found: dict[tuple[_Path, str], tuple[_Path, Fault]] = {
        (path, "key"): (path, fault) for path, fault in _empty_keys(written)
    }
    misspelt: dict[_Path, str] = {}
    value = _without_empty_keys(written)
    assert isinstance(value, dict)

    def text_at(path: _Path) -> str | None:
        return _text_at(texts, _as_written(path, misspelt))

    for round_left in reversed(range(_ROUNDS)):
        meant: dict[_Path, dict[str, str]] = {}
        told: list[tuple[_Path, str, Fault]] = []
        for error in _validator().iter_errors(value):
            for one in tell(meta_schema(), error, value, text_at):
                path = _as_written(one.path, misspelt)
                told.append((path, one.root_cause, one.fault(join_pointer(path))))
                if isinstance(one, UnknownKey) and one.meant is not None and round_left:
                    meant.setdefault(one.path[:-1], {})[str(one.path[-1])] = one.meant
                    found.setdefault((path, one.root_cause), (path, told[-1][2]))
        if not meant:
            for path, cause, fault in told:
                found.setdefault((path, cause), (path, fault))
            break
        # The deepest first: a path names its ancestors as they are spelt in this round.
        for parent in sorted(meant, key=len, reverse=True):
            value = _renamed(value, parent, meant[parent])
            for key, better in meant[parent].items():
                misspelt[(*parent, better)] = key
        misspelt = _respelt(misspelt, meant)
    if not found:
        return [Fault("", f"the standard breaks the meta-schema {meta_schema()['$id']}")]
    ordered = sorted(found.values(), key=lambda entry: _position(written, entry[0]))
    return list(dict.fromkeys(fault for _path, fault in ordered))


def _text_at(texts: Json, path: _Path) -> str | None:
    """The text of a scalar; None where there is none."""
    for token in path:
        if isinstance(texts, dict):
            texts = texts.get(str(token))
        elif isinstance(texts, list) and isinstance(token, int) and token < len(texts):
            texts = texts[token]
        else:
            return None
    return texts if isinstance(texts, str) else None


def _empty_keys(value: Json, path: _Path = ()) -> Iterator[tuple[_Path, Fault]]:
    """Faults for keys without any character, where keys are the language's or ids."""
    if isinstance(value, dict):
        for key, child in value.items():
            here = (*path, key)
            if not key:
                message, remedy = "a key is empty", "Give it a name, or take it out"
                yield here, Fault(join_pointer(here), message, remedy, True)
            elif key not in _FREE and not key.startswith("x-"):
                yield from _empty_keys(child, here)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _empty_keys(child, (*path, index))


def _without_empty_keys(value: Json) -> Json:
    """A copy without them, since the validator leaves them out of the paths that it gives."""
    if isinstance(value, dict):
        return {key: _without_empty_keys(child) for key, child in value.items() if key}
    return [_without_empty_keys(child) for child in value] if isinstance(value, list) else value


def _renamed(value: JsonObject, parent: _Path, names: dict[str, str]) -> JsonObject:
    """A copy of the value in which keys of the map at `parent` have other names."""
    root: JsonObject = dict(value)
    node: Json = root
    for token in parent:
        child: Json
        if isinstance(node, dict):
            child = node[str(token)] = _shallow(node[str(token)])
        else:
            assert isinstance(node, list)
            child = node[int(token)] = _shallow(node[int(token)])
        node = child
    assert isinstance(node, dict)
    items = [(names.get(key, key), child) for key, child in node.items()]
    node.clear()
    node.update(items)
    return root


def _shallow(value: Json) -> Json:
    return (
        dict(value)
        if isinstance(value, dict)
        else list(value)
        if isinstance(value, list)
        else value
    )


def _respelt(misspelt: dict[_Path, str], meant: dict[_Path, dict[str, str]]) -> dict[_Path, str]:
    """The map from repaired places to written keys, its own paths repaired as well."""

    def repaired(path: _Path) -> _Path:
        return tuple(
            meant.get(path[:depth], {}).get(str(token), token) for depth, token in enumerate(path)
        )

    return {repaired(path): key for path, key in misspelt.items()}


def _as_written(path: _Path, misspelt: dict[_Path, str]) -> _Path:
    return tuple(misspelt.get(path[: depth + 1], token) for depth, token in enumerate(path))


def _position(value: Json, path: Iterable[str | int]) -> tuple[int, ...]:
    """Where in the file a place stands: the index of each key on the way to it."""
    found: list[int] = []
    for token in path:
        if isinstance(value, dict) and isinstance(token, str) and token in value:
            found.append(list(value).index(token))
            value = value[token]
        elif isinstance(value, list) and isinstance(token, int) and token < len(value):
            found.append(token)
            value = value[token]
        else:
            break
    return tuple(found)


def _kind(value: Json) -> str:
    if value is None:
        return "empty"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else "a number or boolean"
