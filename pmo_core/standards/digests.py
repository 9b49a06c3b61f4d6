"""What pins, assessments and waivers cite of a standard: its three digests (S17.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from pmo_core.documents import digest, digest_bytes
from pmo_core.documents.shapes import as_list, as_object

if TYPE_CHECKING:
    from pmo_core.documents import Digest, Json, JsonObject
    from pmo_core.standards.model import Standard

GUARDS = ("when", "unless", "eased", "grandfathered")
WORDS = frozenset({"guidance", "lead-time", "title", "example"})


def content_digest(files: Mapping[str, bytes]) -> Digest:
    """What a pin cites: the bytes of every file of a package, by path."""
    return digest({path: digest_bytes(files[path]) for path in files})


def resolved_digest(model: JsonObject, schemas: JsonObject) -> Digest:
    """What an assessment cites: the model without sugar, and the schema files that it uses."""
    return digest({"model": model, "schemas": schemas})


def criterion_digest(model: JsonObject, standard: Standard | None = None) -> Digest:
    """What a waiver binds to: a resolved criterion as it is judged. Better words do not end it.

    Args:
        standard: the one that it is judged by, for what it names: predicates, the states of its
            artefacts, and the schema files that it refers to. Without one the criterion stands for
            itself, as one does that names nothing.
    """
    kept: JsonObject = {key: value for key, value in model.items() if key not in WORDS}
    score = kept.get("score")
    items = score.get("items") if isinstance(score, dict) else None
    if isinstance(score, dict) and isinstance(items, dict):
        plain: JsonObject = {name: _without_title(item) for name, item in items.items()}
        kept["score"] = {**score, "items": plain}
    named = {} if standard is None else _named(model, standard)
    return digest({"criterion": kept, "named": named} if named else kept)


def _named(model: JsonObject, standard: Standard) -> JsonObject:
    """What a criterion is judged by besides its own words, by kind and name."""
    predicates: JsonObject = {}
    declared = as_object(standard.model.get("predicates"))
    tests = [model, *(as_object(one) for key in ("all", "any") for one in as_list(model.get(key)))]
    for key, test in [*((key, model) for key in GUARDS), *(("predicate", one) for one in tests)]:
        written = test.get(key)
        for name in written if isinstance(written, list) else [written]:
            if isinstance(name, str) and name in declared:
                predicates[name] = declared[name]
    artefacts: JsonObject = {}
    for test in tests:
        name = as_object(test.get("artefact")).get("id")
        if isinstance(name, str) and name in standard.artefacts:
            states: list[Json] = list(standard.artefacts[name].states)
            artefacts[name] = states
    found: JsonObject = {
        "predicates": predicates,
        "artefacts": artefacts,
        "schemas": _schemas([model, predicates], standard.shelf.package_schemas()),
    }
    return {kind: parts for kind, parts in found.items() if parts}


def _schemas(written: Json, files: JsonObject) -> JsonObject:
    """The schema files that are referred to, and those that these refer to, by path."""
    found: JsonObject = {}
    coming = [("", written)]
    while coming:
        base, value = coming.pop()
        for path in _referred(value):
            # As a URL does: from the folder of the file that refers.
            whole = normpath(join(dirname(base), path))
            if whole in files and whole not in found:
                found[whole] = files[whole]
                coming.append((whole, files[whole]))
    return found


def _referred(value: Json) -> Iterator[str]:
    """The files in `$ref` and `$dynamicRef`, without the place in them."""
    from urllib.parse import unquote  # start-up: few waive anything

    below = [value]
    while below:
        part = below.pop()
        if isinstance(part, list):
            below.extend(part)
        elif isinstance(part, dict):
            below.extend(part.values())
            for key in ("$ref", "$dynamicRef"):
                reference = part.get(key)
                if isinstance(reference, str) and not reference.startswith("#"):
                    yield unquote(reference.partition("#")[0])


def _without_title(item: Json) -> Json:
    if not isinstance(item, dict):
        return item
    return {key: value for key, value in item.items() if key != "title"}
