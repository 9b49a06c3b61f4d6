"""JSON Schemas of a standard: checked, closed over their own package, compiled (S7).

Nothing is ever fetched: a reference reaches its own schema, files of the same package and the
`pmo:` schemas that the core ships; anything else is a fault when the standard loads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, join_pointer, read_document, resolve, split_pointer
from pmo_core.errors import InvalidDocument, PmoError

if TYPE_CHECKING:
    from pmo_core.documents import Pointer

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PACKAGE = "pmo-package:///"
FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "uri", "uuid"})

_SCHEMA = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SCHEMA_MAPS = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
_REFERENCES = frozenset({"$anchor", "$comment", "$dynamicAnchor", "$dynamicRef", "$id", "$ref"})
_LIMITS = frozenset(
    f"{bound}{what}"
    for bound in ("min", "max")
    for what in ("imum", "Contains", "Items", "Length", "Properties")
)
_PLAIN = (
    _REFERENCES
    | _LIMITS
    | frozenset(
        {
            "$schema",
            "const",
            "contentEncoding",
            "contentMediaType",
            "default",
            "dependentRequired",
            "deprecated",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "multipleOf",
            "pattern",
            "readOnly",
            "required",
            "title",
            "type",
            "uniqueItems",
            "writeOnly",
        }
    )
)
_IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """What is wrong in a schema: where in it, what, and what to do."""

    uri: str
    pointer: str
    message: str
    remedy: str | None = None


class Validator(Protocol):
    """What the engine gives: a verdict, and errors one by one."""

    def is_valid(self, instance: Json) -> bool:
        """Whether the value satisfies the schema."""
        ...

    def iter_errors(self, instance: Json) -> Iterator[jsonschema_rs.ValidationError]:
        """Each thing that is wrong."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """A compiled schema. `is_valid` is the engine's own method, bound once for speed."""

    uri: str
    value: JsonObject | bool
    validator: Validator
    is_valid: Callable[[Json], bool]


class Shelf:
    """All the schemas that a package can reach, by URI; it compiles what refers to them.

    `files` are the package's files by path. Faults gather in `faults` rather than being raised,
    so that an author sees several at once.
    """

    def __init__(self, files: Mapping[str, bytes], shipped: Callable[[str], bytes | None]) -> None:
        self._files = files
        self._shipped = shipped
        self._resources: dict[str, Json] = {}
        self._registry: jsonschema_rs.Registry | None = None
        self.faults: list[SchemaFault] = []

    def file(self, path: str) -> Schema | None:
        """The schema in a file of the package; None, with a fault, where it cannot be used."""
        uri = absolute(PACKAGE, path)[0]
        before = len(self.faults)
        self._load(uri, uri, "")
        if len(self.faults) > before:
            return None
        return self._compiled(uri)

    def inline(self, value: Json, name: str) -> Schema | None:
        """A schema written inside `standard.yaml`; relative references start at the package."""
        uri = f"{PACKAGE}~{name}"
        before = len(self.faults)
        self._add(uri, value)
        if len(self.faults) > before:
            return None
        return self._compiled(uri)

    def merged(self, schemas: Sequence[Schema]) -> Validator:
        """One validator that holds exactly where all of `schemas` hold."""
        for schema in schemas:
            if schema.uri not in self._resources:
                self._resources[schema.uri] = schema.value
                self._registry = None
        return self._engine({"allOf": [{"$ref": schema.uri} for schema in schemas]})

    def _compiled(self, uri: str) -> Schema | None:
        value = self._resources[uri]
        if uri in self._cyclic_from(uri):
            return None
        try:
            validator = self._engine({"$ref": uri})
        except jsonschema_rs.ValidationError as error:
            self.faults.append(self._fault_of(uri, error))
            return None
        assert isinstance(value, dict | bool)
        return Schema(uri, value, validator, validator.is_valid)

    def _engine(self, schema: JsonObject) -> Validator:
        if self._registry is None:
            self._registry = jsonschema_rs.Registry(list(self._resources.items()))
        return jsonschema_rs.Draft202012Validator(
            schema,
            registry=self._registry,
            offline=True,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )

    def _fault_of(self, uri: str, error: jsonschema_rs.ValidationError) -> SchemaFault:
        for resource, value in self._resources.items():
            for pointer, schema in _subschemas(value):
                try:
                    jsonschema_rs.Draft202012Validator(
                        _shallow(schema), offline=True, pattern_options=jsonschema_rs.RegexOptions()
                    )
                except jsonschema_rs.ValidationError as inner:
                    at = pointer + "".join(f"/{token}" for token in inner.instance_path)
                    return SchemaFault(resource, at, _plain_words(inner))
        return SchemaFault(uri, "", _plain_words(error))

    def _add(self, uri: str, value: Json) -> None:
        if not isinstance(value, dict | bool):
            self.faults.append(SchemaFault(uri, "", "a JSON Schema is an object, true or false"))
            return
        if isinstance(value, dict) and "$id" in value:
            value = {key: part for key, part in value.items() if key != "$id"}
        self._resources[uri] = value
        self._registry = None
        for pointer, schema in _subschemas(value):
            self.faults.extend(_keyword_faults(uri, pointer, schema))
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if isinstance(reference, str):
                    self._follow(uri, f"{pointer}/{keyword}", reference)

    def _follow(self, uri: str, pointer: str, reference: str) -> None:
        target, fragment = absolute(uri, reference)
        if target != uri:
            self._load(target, uri, pointer)
        value = self._resources.get(target)
        if value is None or not fragment.startswith("/"):
            return
        if _at(value, fragment) is None:
            self.faults.append(
                SchemaFault(uri, pointer, f"'$ref' to {reference!r} leads to nothing")
            )

    def _load(self, target: str, uri: str, pointer: str) -> None:
        if target in self._resources:
            return
        if target.startswith("pmo:"):
            data = self._shipped(target)
            wrong = f"the core ships no schema {target!r}"
            name = target
        elif target.startswith(PACKAGE):
            name = target[len(PACKAGE) :]
            data = self._files.get(name)
            wrong = f"the package has no file {name!r}"
        else:
            self.faults.append(
                SchemaFault(
                    uri,
                    pointer,
                    f"'$ref' to {target!r}: nothing is fetched from elsewhere",
                    "Put the schema in the package and refer to it by its path",
                )
            )
            return
        if data is None:
            self.faults.append(SchemaFault(uri, pointer, wrong))
            return
        try:
            value = read_document(data, name).value
        except InvalidDocument as error:
            self.faults.append(SchemaFault(uri, pointer, f"{name} cannot be read: {error}"))
            return
        self._add(target, value)

    def _cyclic_from(self, start: str) -> frozenset[str]:
        """`start`, where a chain of references from it comes back without consuming input (S7.1).

        The engine calls everything valid under such a schema, so it must not get through.
        """
        finished: set[str] = set()
        path: list[str] = []

        def visit(location: str) -> bool:
            if location in path:
                return True
            if location in finished:
                return False
            path.append(location)
            found = any(visit(step) for step in self._in_place(location))
            path.pop()
            finished.add(location)
            return found

        for pointer, _schema in _subschemas(self._resources[start]):
            if visit(f"{start}#{pointer}"):
                self.faults.append(
                    SchemaFault(
                        start,
                        pointer,
                        "this schema refers to itself without looking at any part of the value",
                        "Break the circle of '$ref'",
                    )
                )
                return frozenset({start})
        return frozenset()

    def _in_place(self, location: str) -> Iterator[str]:
        uri, _, pointer = location.partition("#")
        schema = _at(self._resources.get(uri, True), pointer)
        if not isinstance(schema, dict):
            return
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                target, fragment = absolute(uri, reference)
                if not fragment or fragment.startswith("/"):
                    yield f"{target}#{fragment}"
                else:
                    yield from self._anchored(target, fragment)
        for keyword in _IN_PLACE & schema.keys():
            part = schema[keyword]
            if isinstance(part, list):
                yield from (f"{uri}#{pointer}/{keyword}/{index}" for index in range(len(part)))
            elif keyword == "dependentSchemas" and isinstance(part, dict):
                for key in part:
                    yield f"{uri}#{pointer}{join_pointer((keyword, key))}"
            else:
                yield f"{uri}#{pointer}/{keyword}"

    def _anchored(self, uri: str, anchor: str) -> Iterator[str]:
        for pointer, schema in _subschemas(self._resources.get(uri, True)):
            if anchor in (schema.get("$anchor"), schema.get("$dynamicAnchor")):
                yield f"{uri}#{pointer}"


def absolute(uri: str, reference: str) -> tuple[str, str]:
    """The URI that a reference leads to from `uri`, and its fragment.

    Relative paths stay within the package: `..` cannot lead above its root.
    """
    path, _, fragment = reference.partition("#")
    if not path:
        return uri, fragment
    if ":" in path.split("/", 1)[0]:
        return path, fragment
    if not uri.startswith(PACKAGE):
        return f"{uri.partition(':')[0]}:{path}", fragment
    parts = [] if path.startswith("/") else uri[len(PACKAGE) :].split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return PACKAGE + "/".join(parts), fragment


def _at(value: Json, pointer: str) -> Json:
    try:
        found = resolve(value, pointer, None)
    except PmoError:
        return None
    return found if isinstance(found, dict | bool) else None


def _subschemas(value: Json, pointer: str = "") -> Iterator[tuple[str, JsonObject]]:
    if not isinstance(value, dict):
        return
    yield pointer, value
    for keyword, part in value.items():
        if keyword in _SCHEMA:
            yield from _subschemas(part, f"{pointer}/{keyword}")
        elif keyword in _SCHEMA_LISTS and isinstance(part, list):
            for index, item in enumerate(part):
                yield from _subschemas(item, f"{pointer}/{keyword}/{index}")
        elif keyword in _SCHEMA_MAPS and isinstance(part, dict):
            for key, item in part.items():
                yield from _subschemas(item, f"{pointer}{join_pointer((keyword, key))}")


def _keyword_faults(uri: str, pointer: str, schema: JsonObject) -> Iterator[SchemaFault]:
    for keyword, part in schema.items():
        here = f"{pointer}{join_pointer((keyword,))}"
        if keyword == "$schema" and part != DIALECT:
            yield SchemaFault(
                uri, here, f"JSON Schema dialect {part!r}; only 2020-12 is read", f"Use {DIALECT}"
            )
        elif keyword == "$id" and pointer:
            yield SchemaFault(
                uri, here, "an '$id' inside a schema", "Refer to it by '$defs' and '#/$defs/...'"
            )
        elif keyword == "format" and part not in FORMATS:
            yield SchemaFault(
                uri,
                here,
                f"format {part!r} is not checked by every engine",
                f"Use one of {', '.join(sorted(FORMATS))}, or a 'pattern'",
            )
        elif keyword not in _PLAIN | _SCHEMA | _SCHEMA_LISTS | _SCHEMA_MAPS and not (
            keyword.startswith("x-")
        ):
            from difflib import get_close_matches  # start-up: only on an error

            known = sorted(_PLAIN | _SCHEMA | _SCHEMA_LISTS | _SCHEMA_MAPS)
            near = get_close_matches(keyword, known, 1)
            yield SchemaFault(
                uri,
                here,
                f"unknown JSON Schema keyword {keyword!r}",
                f"Did you mean {near[0]!r}?" if near else "Keywords of your own begin with 'x-'",
            )


def _shallow(schema: JsonObject) -> JsonObject:
    """The schema without its references and inner schemas, so that it can be judged alone."""
    hidden = _SCHEMA | _SCHEMA_LISTS | _SCHEMA_MAPS | {"$ref", "$dynamicRef"}
    kept: JsonObject = {key: part for key, part in schema.items() if key not in hidden}
    for keyword in (_SCHEMA_LISTS | _SCHEMA_MAPS | _SCHEMA) & schema.keys():
        part = schema[keyword]
        wrong_list = keyword in _SCHEMA_LISTS and not (isinstance(part, list) and part)
        wrong_map = keyword in _SCHEMA_MAPS and not isinstance(part, dict)
        wrong_one = keyword in _SCHEMA and not isinstance(part, dict | bool)
        if wrong_list or wrong_map or wrong_one:
            kept[keyword] = part
        elif keyword == "patternProperties" and isinstance(part, dict):
            kept[keyword] = dict.fromkeys(part, True)
    return kept


def _plain_words(error: jsonschema_rs.ValidationError) -> str:
    message = error.message
    pattern, found, _ = message.partition(' is not a "regex"')
    if found:
        return (
            f"pattern {pattern} is not a regular expression that runs in linear time "
            "(no look-around, no back-references)"
        )
    return f"no valid JSON Schema here: {message}"


def pointer_of_path(path: Sequence[str | int], value: Json) -> Pointer:
    """The pointer of an engine's path of keys and indexes into `value`.

    The engine writes a key of digits as a number (`"007"` as 7) and drops an empty key, so the
    value is asked which key was meant.
    """
    tokens: list[str] = []
    for token in path:
        if isinstance(value, dict):
            if token not in value and "" in value and not _digits(token, value):
                tokens.append("")
                value = value[""]
            if isinstance(value, dict):
                key = str(token) if str(token) in value else _digits(token, value)
                tokens.append(str(token) if key is None else key)
                value = value.get(tokens[-1])
                continue
        tokens.append(str(token))
        inside = isinstance(value, list) and isinstance(token, int) and token < len(value)
        value = value[token] if inside else None  # type: ignore[index]
    return join_pointer(tokens)


def _digits(token: str | int, value: JsonObject) -> str | None:
    """The key of digits that the engine shows as this number."""
    if not isinstance(token, int):
        return None
    return next((key for key in value if key.isdigit() and int(key) == token), None)


def pointer_order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: token by token, array indexes as numbers (S3.6)."""
    return tuple(
        (0, int(token), "") if token.isdigit() and token.isascii() else (1, 0, token)
        for token in split_pointer(pointer)
    )
