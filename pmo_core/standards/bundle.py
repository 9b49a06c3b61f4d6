"""A standard's record schema in one piece, for editors and tools that follow no `pmo:` reference.

Everything that it refers to moves into its `$defs`, and each reference becomes a local one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, join_pointer
from pmo_core.standards.schema_keywords import DIALECT, subschemas
from pmo_core.standards.schemas import PACKAGE, Shelf, absolute

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard


def bundled_record_schema(standard: Standard) -> JsonObject:
    """The record schema with all that it refers to; valid for the same records (S7)."""
    root = standard.record_schema.uri
    bundle = _local(root, root, standard.shelf)
    own = bundle.get("$defs")
    defs: JsonObject = dict(own) if isinstance(own, dict) else {}
    waiting, known = _targets(root, standard.shelf), {root}
    while waiting:
        uri = waiting.pop()
        if uri in known:
            continue
        known.add(uri)
        defs[_name(uri)] = _local(uri, root, standard.shelf)
        waiting.extend(_targets(uri, standard.shelf))
    head: JsonObject = {"$schema": DIALECT, "title": f"Project record of {standard.name}"}
    return {**head, **bundle, **({"$defs": defs} if defs else {})}


def _targets(uri: str, shelf: Shelf) -> list[str]:
    """The other resources that one refers to."""
    return [
        absolute(uri, reference)[0]
        for _pointer, schema in subschemas(shelf.resource(uri))
        if isinstance(reference := schema.get("$ref"), str)
    ]


def _local(uri: str, root: str, shelf: Shelf) -> JsonObject:
    """A copy of a resource whose references are local to the bundle."""
    copy: Json = json.loads(json.dumps(shelf.resource(uri)))
    if not isinstance(copy, dict):
        return {} if copy is True else {"not": {}}
    for _pointer, schema in subschemas(copy):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            target, fragment = absolute(uri, reference)
            schema["$ref"] = _reference(target, fragment, root)
    copy.pop("$id", None)
    if uri != root:
        copy.pop("$schema", None)
    return copy


def _reference(target: str, fragment: str, root: str) -> str:
    if fragment and not fragment.startswith("/"):
        return f"#{fragment}"
    inside = "" if target == root else join_pointer(("$defs", _name(target)))
    return f"#{inside}{fragment}"


def _name(uri: str) -> str:
    """The key of a resource among the bundle's definitions."""
    path = uri.removeprefix(PACKAGE)
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in path)
