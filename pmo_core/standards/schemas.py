"""JSON Schemas of a standard: checked, closed over their own package, compiled (S7).

Nothing is ever fetched: a reference reaches its own schema, files of the same package and the
`pmo:` schemas that the core ships; anything else is a fault when the standard loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, final

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, Place, read_document, read_json
from pmo_core.documents.values import shown
from pmo_core.errors import InvalidDocument
from pmo_core.standards.schema_cost import SHIPPED_SCHEMAS, SchemaCosts, size_of
from pmo_core.standards.schema_engine import Validator, engine
from pmo_core.standards.schema_graph import SchemaGraph
from pmo_core.standards.schema_keywords import (
    SchemaFault,
    keyword_faults,
    plain_words,
    schema_at,
    subschemas,
    without_references,
)
from pmo_core.standards.schema_patterns import patterns_of
from pmo_core.standards.schema_places import pointer_of_error

if TYPE_CHECKING:
    from pmo_core.documents import Document

PACKAGE = "pmo-package:///"
SHIPPED = "pmo:"
_REFERENCE = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", re.ASCII)


@final
class Schema:
    """A compiled schema.

    Attributes:
        uri: where it stands: a file of the package, or a place in `standard.yaml`.
        value: as it was written.
        validator: the engine's.
        is_valid: the engine's own method, bound once for speed.
    """

    __slots__ = ("_compile", "_rest", "_rooted", "is_valid", "uri", "validator", "value")

    def __init__(
        self,
        uri: str,
        value: JsonObject | bool,
        validator: Validator,
        compile_: Callable[[JsonObject, str], Validator],
        rooted: Collection[str],
    ) -> None:
        self.uri = uri
        self.value = value
        self.validator = validator
        self.is_valid: Callable[[Json], bool] = validator.is_valid
        self._compile = compile_
        self._rooted = rooted
        self._rest: Validator | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that it asks for at its root, where they can be looked for by themselves.

        Empty where some schema refers to the root, for then they are asked for elsewhere too.
        """
        listed = self.value.get("required") if isinstance(self.value, dict) else None
        if not isinstance(listed, list) or self.uri in self._rooted:
            return ()
        return tuple(str(name) for name in listed)

    @property
    def rest(self) -> Validator:
        """The same without what it requires at its root, compiled when first asked for.

        An error at the root makes the engine copy the whole value, ten times the cost of the
        error itself; what is missing there is seen without it.
        """
        if self._rest is None:
            self._rest = self._compile(_without_required(self), self.uri)
        return self._rest


class Shelf:
    """All the schemas that a package can reach, by URI; it compiles what refers to them.

    Faults gather in `faults` rather than being raised, so that an author sees several at once.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        shipped: Callable[[str], bytes | None],
        where: str = "",
    ) -> None:
        """Begin with no schema.

        Args:
            files: the package's files by path.
            shipped: the bytes of a `pmo:` schema by its URI.
            where: the package's folder, as faults call it.
        """
        self._files = files
        self._shipped = shipped
        self._where = where
        self._resources: dict[str, Json] = {}
        self._documents: dict[str, Document] = {}
        self._registry: jsonschema_rs.Registry | None = None
        self._references: list[tuple[str, str, str]] = []
        self._referring: set[str] = set()
        self._rooted: set[str] = set()
        self._involved: set[str] = set()
        self._sizes: dict[str, tuple[int, int]] = {}
        self._unsorted: list[str] = []
        self._searched: set[str] = set()
        self._graph = SchemaGraph(absolute)
        self._costs = SchemaCosts(self._graph)
        self.faults: list[SchemaFault] = []

    def file(self, path: str) -> Schema | None:
        """The schema in a file of the package; None, with a fault, where it cannot be used."""
        uri = absolute(PACKAGE, path)[0]
        before = len(self.faults)
        self._load(uri, uri, "")
        return self._compiled(uri, before)

    def inline(self, value: Json, name: str) -> Schema | None:
        """A schema written inside `standard.yaml`; relative references start at the package."""
        uri = f"{PACKAGE}~{name}"
        before = len(self.faults)
        self._add(uri, value)
        return self._compiled(uri, before)

    def place(self, fault: SchemaFault) -> Place | None:
        """Where a fault in a file stands; None for one in `standard.yaml` itself."""
        if fault.unread is not None:
            one = fault.unread
            return Place(one.source or fault.uri, one.line or 1, one.column or 1)
        document = self._documents.get(fault.uri)
        return document.place(fault.pointer) if document is not None else None

    def resource(self, uri: str) -> Json:
        """The schema at a URI that a schema of this shelf is or refers to."""
        return self._resources[uri]

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
            {**_without_required(one), "$id": one.uri} if isinstance(one.value, dict) else one.value
            for one in schemas
        ]
        return self._engine({"allOf": parts})

    def _compiled(self, uri: str, faults_before: int) -> Schema | None:
        """The schema that was added last, unless it, or what it refers to, is at fault."""
        while self._references:  # a queue, since chains of them may be long
            self._follow(*self._references.pop())
        at_fault = len(self.faults) > faults_before or self._costs.is_spent
        if at_fault or self._is_endless(uri):
            return None
        value = self._resources[uri]
        assert isinstance(value, dict | bool)
        try:
            validator = self._engine(value, uri)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            self.faults.extend(self._faults_of(uri, error))
            return None
        return Schema(uri, value, validator, self._engine, self._rooted)

    def _is_endless(self, uri: str) -> bool:
        """Whether the engine would take the schema for what it is not, or never end (S7.1)."""
        if uri not in self._involved and self._costs.takes(*self._sizes[uri]):
            return False
        self._sort()
        circle = self._graph.circle()
        if circle is not None:
            self._fault_at(
                circle,
                "this schema refers to itself without looking at any part of the value",
                "Break the circle of '$ref'",
            )
            return True
        found = self._costs.too_much(f"{uri}#")
        if found is None:
            return False
        self._fault_at(found.place, f"this schema takes too much work: {found.why}", found.remedy)
        return True

    def _sort(self) -> None:
        """Put what was added into the graph; few standards need one."""
        for uri in self._unsorted:
            if self._graph.add(uri, self._resources[uri]):
                self._costs.forget()
        self._unsorted.clear()

    def _fault_at(self, place: str, message: str, remedy: str) -> None:
        uri, _, pointer = place.partition("#")
        self.faults.append(SchemaFault(uri, pointer, message, remedy))

    def _engine(self, schema: JsonObject | bool, uri: str | None = None) -> Validator:
        """A validator; with the registry, which is slow to build, only where others are meant."""
        alone = uri is not None and uri not in self._referring
        if self._registry is None and not alone:
            self._registry = jsonschema_rs.Registry(list(self._resources.items()))
        return engine(schema, None if alone else self._registry, uri)

    def _faults_of(self, uri: str, error: Exception) -> list[SchemaFault]:
        """What the engine refused, schema by schema, so that each has its place."""
        found: list[SchemaFault] = []
        for resource, value in self._resources.items():
            if resource in self._searched:
                continue
            self._searched.add(resource)
            for pointer, schema in subschemas(value):
                try:
                    engine(without_references(schema))
                except jsonschema_rs.ValidationError as inner:
                    at = pointer + pointer_of_error(inner, schema)
                    found.append(SchemaFault(resource, at, plain_words(inner)))
        if found or self.faults:
            return found
        return [SchemaFault(uri, "", plain_words(error))]

    def _add(self, uri: str, value: Json) -> None:
        if not isinstance(value, dict | bool):
            self.faults.append(SchemaFault(uri, "", "a JSON Schema is an object, true or false"))
            return
        if isinstance(value, dict) and "$id" in value:
            value = {key: part for key, part in value.items() if key != "$id"}
        self._resources[uri] = value
        self._registry = None
        # The core's own schemas have been judged by its tests.
        own = uri.startswith(SHIPPED)
        if not own:
            self._unsorted.append(uri)
        if isinstance(value, dict) and ("$anchor" in value or "$dynamicAnchor" in value):
            self._rooted.add(uri)
        size = patterns = 0
        for pointer, schema in subschemas(value):
            size += size_of(schema)
            patterns += sum(1 for _pattern in patterns_of(schema))
            if not own:
                self.faults.extend(keyword_faults(uri, pointer, schema))
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if not isinstance(reference, str):
                    continue
                self._references.append((uri, f"{pointer}/{keyword}", reference))
                if keyword == "$dynamicRef" or not reference.startswith("#"):
                    self._referring.add(uri)
                if reference.startswith(SHIPPED):
                    size += SHIPPED_SCHEMAS
                else:
                    self._involved.add(uri)
        self._sizes[uri] = (size, patterns)

    def _follow(self, uri: str, pointer: str, reference: str) -> None:
        if not _REFERENCE.fullmatch(reference):
            self.faults.append(
                SchemaFault(
                    uri,
                    pointer,
                    f"'$ref' to {shown(reference)} is no URI reference",
                    "Write blanks and letters beyond ASCII as '%20' and the like",
                )
            )
            return
        target, fragment = absolute(uri, reference)
        if not fragment:
            self._rooted.add(target)
        if target.startswith(f"{PACKAGE}~") and target != uri:
            # '~' begins the names of schemas that stand in 'standard.yaml'.
            wrong = f"the package has no file {shown(target[len(PACKAGE) :])}"
            self.faults.append(SchemaFault(uri, pointer, wrong))
            return
        if target != uri:
            self._load(target, uri, pointer)
        value = self._resources.get(target)
        if value is None or not fragment:
            return
        if fragment.startswith("/"):
            found = schema_at(value, fragment) is not None
        else:
            self._sort()
            found = self._graph.has_anchor(target, fragment)
        if not found:
            self.faults.append(
                SchemaFault(uri, pointer, f"'$ref' to {shown(reference)} leads to no schema")
            )

    def _load(self, target: str, uri: str, pointer: str) -> None:
        if target in self._resources:
            return
        name, data, remedy = target, None, None
        if target.startswith(SHIPPED):
            data = self._shipped(target)
            wrong = f"the core ships no schema {shown(target)}"
        elif target.startswith(f"{PACKAGE}.."):
            wrong = f"{shown(target[len(PACKAGE) :])} lies outside the package"
            remedy = "Put the schema in the package"
        elif target.startswith(PACKAGE):
            path = target[len(PACKAGE) :]
            name = f"{self._where}/{path}" if self._where else path
            data = self._files.get(path)
            wrong = f"the package has no file {shown(path)}"
        else:
            wrong = f"'$ref' to {shown(target)}: nothing is fetched from elsewhere"
            remedy = "Put the schema in the package and refer to it by its path"
        fault = SchemaFault(uri, pointer, wrong, remedy)
        if data is not None:
            try:
                read = read_json if target.startswith(SHIPPED) else read_document
                document = self._documents[target] = read(data, name)
                self._add(target, document.value)
                return
            except InvalidDocument as error:
                fault = SchemaFault(target, "", error.message, error.remedy, error)
        self.faults.append(fault)
        # Something must stand there, or the engine refuses every schema after this one too.
        self._resources[target] = True


def absolute(uri: str, reference: str) -> tuple[str, str]:
    """The URI that a reference leads to from `uri`, and its fragment.

    A path that leads above the package's root begins with `..` still.
    """
    path, _, fragment = reference.partition("#")
    if "%" in fragment:
        from urllib.parse import unquote  # start-up: few schemas need it

        fragment = unquote(fragment)
    if not path:
        return uri, fragment
    if path.startswith("//") or ":" in path.split("/", 1)[0]:
        return path, fragment
    if not uri.startswith(PACKAGE):
        return f"{uri.partition(':')[0]}:{path}", fragment
    parts = [] if path.startswith("/") else uri[len(PACKAGE) :].split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and parts[-1:] not in ([], [".."]):
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return PACKAGE + "/".join(parts), fragment


def _without_required(schema: Schema) -> JsonObject:
    """What it says, but for the fields that it asks for where they are looked for apart."""
    assert isinstance(schema.value, dict)
    if not schema.required:
        return schema.value
    return {key: part for key, part in schema.value.items() if key != "required"}
