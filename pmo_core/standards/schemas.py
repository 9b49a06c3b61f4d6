"""JSON Schemas of a standard: checked, closed over their own package, compiled (S7).

Nothing is ever fetched: a reference reaches its own schema, files of the same package and the
`pmo:` schemas that the core ships; anything else is a fault when the standard loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol, final

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, join_pointer, read_document, read_json
from pmo_core.errors import InvalidDocument
from pmo_core.standards.schema_keywords import (
    IN_PLACE,
    SchemaFault,
    keyword_faults,
    plain_words,
    schema_at,
    subschemas,
    without_references,
)

PACKAGE = "pmo-package:///"
SHIPPED = "pmo:"
_REFERENCE = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", re.ASCII)


class Validator(Protocol):
    """What the engine gives: a verdict, and errors one by one."""

    def is_valid(self, instance: Json) -> bool:
        """Whether the value satisfies the schema."""
        ...

    def iter_errors(self, instance: Json) -> Iterator[jsonschema_rs.ValidationError]:
        """Each thing that is wrong."""
        ...


@final
class Schema:
    """A compiled schema.

    Attributes:
        uri: where it stands: a file of the package, or a place in `standard.yaml`.
        value: as it was written.
        validator: the engine's.
        is_valid: the engine's own method, bound once for speed.
        required: the fields that it asks for at its root.
    """

    __slots__ = ("_compile", "_rest", "is_valid", "required", "uri", "validator", "value")

    def __init__(
        self,
        uri: str,
        value: JsonObject | bool,
        validator: Validator,
        compile_: Callable[[JsonObject, str], Validator],
    ) -> None:
        self.uri = uri
        self.value = value
        self.validator = validator
        self.is_valid: Callable[[Json], bool] = validator.is_valid
        listed = value.get("required") if isinstance(value, dict) else None
        names = listed if isinstance(listed, list) else []
        self.required = tuple(str(name) for name in names)
        self._compile = compile_
        self._rest: Validator | None = None

    @property
    def rest(self) -> Validator:
        """The same without what it requires at its root, compiled when first asked for.

        An error at the root makes the engine copy the whole value, ten times the cost of the
        error itself; what is missing there is seen without it.
        """
        if self._rest is None:
            assert isinstance(self.value, dict)
            others = {key: part for key, part in self.value.items() if key != "required"}
            self._rest = self._compile(others, self.uri)
        return self._rest


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
        self._references: list[tuple[str, str, str]] = []
        self._referring: set[str] = set()
        self._unjudged: list[str] = []
        self._straight: set[str] = set()
        self.faults: list[SchemaFault] = []

    def file(self, path: str) -> Schema | None:
        """The schema in a file of the package; None, with a fault, where it cannot be used."""
        uri = absolute(PACKAGE, path)[0]
        before = len(self.faults)
        self._load(uri, uri, "")
        self._follow_all()
        if len(self.faults) > before:
            return None
        return self._compiled(uri)

    def inline(self, value: Json, name: str) -> Schema | None:
        """A schema written inside `standard.yaml`; relative references start at the package."""
        uri = f"{PACKAGE}~{name}"
        before = len(self.faults)
        self._add(uri, value)
        self._follow_all()
        if len(self.faults) > before:
            return None
        return self._compiled(uri)

    def package_schemas(self) -> JsonObject:
        """The schema files of the package that are in use, by path, as they were read."""
        return {
            uri.removeprefix(PACKAGE): value
            for uri, value in sorted(self._resources.items())
            if uri.startswith(PACKAGE) and not uri.startswith(f"{PACKAGE}~")
        }

    def merged(self, schemas: Sequence[Schema]) -> Validator:
        """One validator that holds exactly where all of `schemas` hold."""
        for schema in schemas:
            if schema.uri not in self._resources:
                self._resources[schema.uri] = schema.value
                self._registry = None
        return self._engine({"allOf": [{"$ref": schema.uri} for schema in schemas]})

    def rests(self, schemas: Sequence[Schema]) -> Validator:
        """One validator of what `schemas` ask beside the fields that they require at their root.

        The second token of an error's evaluation path is the position of the schema that it is of.
        """
        parts: list[Json] = [
            {**{key: part for key, part in one.value.items() if key != "required"}, "$id": one.uri}
            if isinstance(one.value, dict)
            else one.value
            for one in schemas
        ]
        return self._engine({"allOf": parts})

    def _compiled(self, uri: str) -> Schema | None:
        value = self._resources[uri]
        if self._goes_in_circles():
            return None
        try:
            assert isinstance(value, dict | bool)
            validator = self._engine(value, uri)
        except jsonschema_rs.ValidationError as error:
            self.faults.extend(self._faults_of(uri, error))
            return None
        return Schema(uri, value, validator, self._engine)

    def _engine(self, schema: JsonObject | bool, uri: str | None = None) -> Validator:
        """A validator; with the registry, which is slow to build, only where others are meant."""
        alone = uri is not None and uri not in self._referring
        if self._registry is None and not alone:
            self._registry = jsonschema_rs.Registry(list(self._resources.items()))
        return jsonschema_rs.Draft202012Validator(
            schema,
            registry=None if alone else self._registry,
            base_uri=uri,
            offline=True,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )

    def _faults_of(self, uri: str, error: jsonschema_rs.ValidationError) -> list[SchemaFault]:
        """What the engine refused, schema by schema, so that each has its place."""
        found: list[SchemaFault] = []
        for resource, value in self._resources.items():
            for pointer, schema in subschemas(value):
                try:
                    jsonschema_rs.Draft202012Validator(
                        without_references(schema),
                        offline=True,
                        pattern_options=jsonschema_rs.RegexOptions(),
                    )
                except jsonschema_rs.ValidationError as inner:
                    at = pointer + join_pointer(inner.instance_path)
                    found.append(SchemaFault(resource, at, plain_words(inner)))
        return found or [SchemaFault(uri, "", plain_words(error))]

    def _add(self, uri: str, value: Json) -> None:
        if not isinstance(value, dict | bool):
            self.faults.append(SchemaFault(uri, "", "a JSON Schema is an object, true or false"))
            return
        if isinstance(value, dict) and "$id" in value:
            value = {key: part for key, part in value.items() if key != "$id"}
        self._resources[uri] = value
        self._registry = None
        # The core's own schemas have been judged by its tests, and refer to no others.
        own = uri.startswith(SHIPPED)
        if not own:
            self._unjudged.append(uri)
        for pointer, schema in subschemas(value):
            if not own:
                self.faults.extend(keyword_faults(uri, pointer, schema))
            if "$dynamicAnchor" in schema:
                # References that were looked at before may lead here too.
                self._straight.clear()
                self._unjudged = list(self._resources)
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if isinstance(reference, str):
                    self._references.append((uri, f"{pointer}/{keyword}", reference))
                    if keyword == "$dynamicRef" or not reference.startswith("#"):
                        self._referring.add(uri)

    def _follow_all(self) -> None:
        """Load what references lead to, and what those do; a queue, since chains may be long."""
        while self._references:
            self._follow(*self._references.pop())

    def _follow(self, uri: str, pointer: str, reference: str) -> None:
        if not _REFERENCE.fullmatch(reference):
            self.faults.append(
                SchemaFault(
                    uri,
                    pointer,
                    f"'$ref' to {reference!r} is no URI reference",
                    "Write blanks and letters beyond ASCII as '%20' and the like",
                )
            )
            return
        target, fragment = absolute(uri, reference)
        if target != uri:
            self._load(target, uri, pointer)
        value = self._resources.get(target)
        if value is None or not fragment or uri.startswith(SHIPPED):
            return
        if fragment.startswith("/"):
            found = schema_at(value, fragment) is not None
        else:
            found = any(self._anchored((target,), fragment))
        if not found:
            self.faults.append(
                SchemaFault(uri, pointer, f"'$ref' to {reference!r} leads to no schema")
            )

    def _load(self, target: str, uri: str, pointer: str) -> None:
        if target in self._resources:
            return
        name, data = target, None
        remedy = None
        if target.startswith(SHIPPED):
            data = self._shipped(target)
            wrong = f"the core ships no schema {target!r}"
        elif target.startswith(PACKAGE):
            name = target[len(PACKAGE) :]
            data = self._files.get(name)
            wrong = f"the package has no file {name!r}"
        else:
            wrong = f"'$ref' to {target!r}: nothing is fetched from elsewhere"
            remedy = "Put the schema in the package and refer to it by its path"
        if data is not None:
            try:
                read = read_json if target.startswith(SHIPPED) else read_document
                self._add(target, read(data, name).value)
                return
            except InvalidDocument as error:
                wrong, remedy = f"{name} cannot be read: {error}", None
        self.faults.append(SchemaFault(uri, pointer, wrong, remedy))
        # Something must stand there, or the engine refuses every schema after this one too.
        self._resources[target] = True

    def _goes_in_circles(self) -> bool:
        """Whether a chain of references comes back without consuming input (S7.1), anywhere.

        The engine calls everything valid under such a schema, so it must not get through.
        """
        while self._unjudged:
            uri = self._unjudged.pop()
            for pointer, _schema in subschemas(self._resources[uri]):
                if self._comes_back(f"{uri}#{pointer}"):
                    self.faults.append(
                        SchemaFault(
                            uri,
                            pointer,
                            "this schema refers to itself without looking at any part of the value",
                            "Break the circle of '$ref'",
                        )
                    )
                    return True
        return False

    def _comes_back(self, start: str) -> bool:
        """Depth first, without recursion: chains of references may be long."""
        if start in self._straight:
            return False
        path = {start: self._in_place(start)}
        while path:
            location, steps = next(reversed(path.items()))
            step = next(steps, None)
            if step is None:
                del path[location]
                self._straight.add(location)
            elif step in path:
                return True
            elif step not in self._straight:
                path[step] = self._in_place(step)
        return False

    def _in_place(self, location: str) -> Iterator[str]:
        uri, _, pointer = location.partition("#")
        schema = schema_at(self._resources.get(uri, True), pointer)
        if not isinstance(schema, dict):
            return
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                target, fragment = absolute(uri, reference)
                if not fragment or fragment.startswith("/"):
                    yield f"{target}#{fragment}"
                else:
                    # Where a dynamic one leads is known only while a value is judged.
                    dynamic = keyword == "$dynamicRef"
                    yield from self._anchored(self._resources if dynamic else (target,), fragment)
        for keyword in sorted(IN_PLACE & schema.keys()):
            part = schema[keyword]
            if isinstance(part, list):
                yield from (f"{uri}#{pointer}/{keyword}/{index}" for index in range(len(part)))
            elif keyword == "dependentSchemas" and isinstance(part, dict):
                for key in part:
                    yield f"{uri}#{pointer}{join_pointer((keyword, key))}"
            else:
                yield f"{uri}#{pointer}/{keyword}"

    def _anchored(self, uris: Collection[str], anchor: str) -> Iterator[str]:
        for uri in tuple(uris):
            for pointer, schema in subschemas(self._resources.get(uri, True)):
                if anchor in (schema.get("$anchor"), schema.get("$dynamicAnchor")):
                    yield f"{uri}#{pointer}"


def absolute(uri: str, reference: str) -> tuple[str, str]:
    """The URI that a reference leads to from `uri`, and its fragment.

    Relative paths stay within the package: `..` cannot lead above its root.
    """
    path, _, fragment = reference.partition("#")
    if "%" in fragment:
        from urllib.parse import unquote  # start-up: few schemas need it

        fragment = unquote(fragment)
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
