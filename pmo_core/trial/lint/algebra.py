"""Questions about all values of a schema at once: is there one, and are these all?

The engine answers yes, no or unknown; unknown is no answer, and no finding rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, read_document, resolve
from pmo_core.errors import InvalidDocument
from pmo_core.standards.schemas import PACKAGE, absolute
from pmo_core.standards.shipped import shipped_schema

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard
    from pmo_core.standards.schemas import Schema


class Algebra:
    """The schemas of one standard, in the engine's canonical form."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._every: dict[bool, jsonschema_rs.CanonicalSchema | None] = {}

    def none_holds(self, schema: Schema, *, of_record: bool) -> bool:
        """Whether surely no value satisfies the schema; of records: none that its own allows."""
        found = self._canonical(self._together(schema, of_record=of_record))
        if found is None:
            return False
        return bool(found.satisfiability() == jsonschema_rs.canonical.Satisfiability.NO)

    def all_hold(self, schema: Schema, *, of_record: bool) -> bool:
        """Whether surely every value satisfies it; of records: every one that its own allows."""
        asked = self._canonical((schema,))
        if of_record not in self._every:
            every_record = (self._standard.record_schema,) if of_record else ()
            self._every[of_record] = self._canonical(every_record)
        every = self._every[of_record]
        if asked is None or every is None:
            return False
        try:
            return bool(asked.covers(every) == jsonschema_rs.canonical.Containment.YES)
        except jsonschema_rs.canonical.CanonicalizationError:
            return False

    def resolve(self, uri: str, schema: Json) -> tuple[str, Json]:
        """A schema behind its references, with the URI of the resource that it stands in."""
        for _step in range(_MOST_STEPS):
            if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
                break
            uri, fragment = absolute(uri, str(schema["$ref"]))
            schema = _inside(resource(self._standard, uri), fragment)
        return uri, schema

    def _together(self, schema: Schema, *, of_record: bool) -> tuple[Schema, ...]:
        return (schema, self._standard.record_schema) if of_record else (schema,)

    def _canonical(self, schemas: tuple[Schema, ...]) -> jsonschema_rs.CanonicalSchema | None:
        # A record is an object, whatever its schema says of that (S2.3).
        parts: list[Json] = [{"$ref": schema.uri} for schema in schemas]
        resources: dict[str, Json] = {}
        for schema in schemas:
            resources |= closure(self._standard, schema)
        try:
            return _canonicalize(
                {"allOf": [{"type": "object"}, *parts]},
                registry=jsonschema_rs.Registry(list(resources.items())),
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None


_MOST_STEPS = 32
_canonicalize = partial(
    jsonschema_rs.canonicalize,
    offline=True,
    validate_formats=True,
    pattern_options=jsonschema_rs.RegexOptions(),
)


def closure(standard: Standard, schema: Schema) -> dict[str, Json]:
    """The resources that a schema refers to, by URI, itself among them."""
    found: dict[str, Json] = {schema.uri: schema.value}
    waiting = [schema.uri]
    while waiting:
        uri = waiting.pop()
        for reference in _references(found[uri]):
            target = absolute(uri, reference)[0]
            if target not in found:
                found[target] = resource(standard, target)
                waiting.append(target)
    return found


def resource(standard: Standard, uri: str) -> Json:
    """A schema file of the package, or one that the core ships; true where there is none."""
    if uri == standard.record_schema.uri:
        return standard.record_schema.value
    path = uri.removeprefix(PACKAGE)
    data = standard.files.get(path) if uri.startswith(PACKAGE) else shipped_schema(uri)
    if data is None:
        return True
    try:
        value = read_document(data, path).value
    except InvalidDocument:
        return True
    return _without_id(value)


def _without_id(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    kept: JsonObject = {key: part for key, part in value.items() if key != "$id"}
    return kept


def _inside(value: Json, fragment: str) -> Json:
    return resolve(value, fragment, True) if fragment.startswith("/") else value


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("$ref", "$dynamicRef") and isinstance(part, str):
                yield part
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)
