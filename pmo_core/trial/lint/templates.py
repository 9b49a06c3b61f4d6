"""Lint of templates: can they be read, and does a record have the fields that they ask for?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.documents import join_pointer
from pmo_core.errors import InvalidStandard
from pmo_core.standards.templates import fields_of, parse_template
from pmo_core.trial.lint.algebra import Algebra
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import criteria_of

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Standard
    from pmo_core.standards.templates import Field

_OPEN = frozenset(
    {"allOf", "anyOf", "oneOf", "if", "patternProperties", "dependentSchemas", "$dynamicRef"}
)
"""Keywords by which a schema may know fields that its `properties` do not name."""
_SCALAR = frozenset({"string", "number", "integer", "boolean", "null"})


class _Placed(NamedTuple):
    """A template: where the standard names it, its path, and its text."""

    pointer: str
    path: str
    text: str


_Schema: TypeAlias = "tuple[str, Json]"
"""The URI of a resource, and a schema in it."""


def broken_templates(standard: Standard) -> Iterator[Spot]:
    """Templates whose placeholders cannot be read."""
    for placed in _placed(standard):
        try:
            parse_template(placed.text, placed.path)
        except InvalidStandard as error:
            yield Spot(
                placed.pointer,
                f"{error.place}: {error.message}",
                error.remedy or "Write fewer sections within each other",
            )


def unknown_fields(standard: Standard) -> Iterator[Spot]:
    """Placeholders for fields that the record schema does not declare."""
    algebra = Algebra(standard)
    record: _Schema = (standard.record_schema.uri, standard.record_schema.value)
    for placed in _placed(standard):
        try:
            parts = parse_template(placed.text, placed.path)
        except InvalidStandard:
            continue
        told: set[tuple[str, ...]] = set()
        for within, field in fields_of(parts):
            way = (*(one.written for one in within), field.written)
            if way in told or not _is_undeclared(algebra, record, within, field):
                continue
            told.add(way)
            of = f" of {within[-1].written!r}" if within else ""
            yield Spot(
                placed.pointer,
                f"{placed.path}:{field.line}:{field.column}: "
                f"the record schema has no field {field.written!r}{of}",
                "Correct the name, or declare the field in the record schema",
            )


def _placed(standard: Standard) -> Iterator[_Placed]:
    """Each template that is there, once."""
    named: list[tuple[str, str | None]] = [
        (join_pointer(("artefacts", one.id, "template")), one.template)
        for one in standard.artefacts.values()
    ]
    named += [(f"{one.pointer}/template", one.template) for _gate, one in criteria_of(standard)]
    seen: set[str] = set()
    for pointer, path in named:
        data = standard.files.get(path or "")
        if path is not None and data is not None and path not in seen:
            seen.add(path)
            yield _Placed(pointer, path, data.decode("utf-8-sig", "replace"))


def _is_undeclared(
    algebra: Algebra, record: _Schema, within: tuple[Field, ...], field: Field
) -> bool:
    """Whether the schema surely knows no such field; where a section itself is unknown, no."""
    here: _Schema | None = record
    for section in within:
        here = _item(algebra, _at(algebra, here, section.steps))
    return here is not None and _at(algebra, here, field.steps) is None


def _at(algebra: Algebra, here: _Schema | None, steps: tuple[str, ...]) -> _Schema | None:
    """The schema at the end of some steps; true where anything may be, None where nothing is."""
    for step in steps:
        if here is None:
            return None
        uri, schema = algebra.resolve(*here)
        if not isinstance(schema, dict):
            return uri, True
        properties = schema.get("properties")
        more = schema.get("additionalProperties")
        if isinstance(properties, dict) and step in properties:
            here = uri, properties[step]
        elif isinstance(more, dict):
            here = uri, more
        elif _OPEN & schema.keys() or (properties is None and schema.get("type") not in _SCALAR):
            return uri, True
        else:
            here = None
    return here


def _item(algebra: Algebra, here: _Schema | None) -> _Schema | None:
    """What a section's placeholders stand in: an item of the list, or the object itself."""
    if here is None:
        return None
    uri, schema = algebra.resolve(*here)
    if isinstance(schema, dict) and "items" in schema:
        return uri, schema["items"]
    is_list = isinstance(schema, dict) and schema.get("type") == "array"
    return (uri, True) if is_list else (uri, schema)


RULES = (
    Rule("broken-template", "files", Severity.ERROR, broken_templates),
    Rule("unknown-template-field", "files", Severity.WARNING, unknown_fields),
)
