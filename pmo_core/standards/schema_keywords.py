"""The keywords of JSON Schema that standards may use, and what is wrong where they use others (S7).

Which keyword holds a schema, a list of them or a map of them is settled here, once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import jsonschema_rs

from pmo_core.documents import Json, JsonObject, join_pointer, resolve, split_pointer
from pmo_core.documents.values import shown
from pmo_core.errors import PmoError

if TYPE_CHECKING:
    from pmo_core.errors import InvalidDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
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
IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})
PARTS = {
    "additionalProperties": ("object", True),
    "contains": ("array", False),
    "items": ("array", True),
    "patternProperties": ("object", False),
    "prefixItems": ("array", False),
    "properties": ("object", False),
    "propertyNames": ("names", False),
    "unevaluatedItems": ("array", True),
    "unevaluatedProperties": ("object", True),
}
"""What looks at parts of a value: of which kind, and whether only at those left over."""

_KEYWORDS = _PLAIN | _SCHEMA | _SCHEMA_LISTS | _SCHEMA_MAPS
LONGEST_PATTERN = 1_000
"""Bytes of a regular expression (S1.5)."""
_LONGEST_MESSAGE = 300


class SchemaFault(NamedTuple):
    """What is wrong in a schema: where in it, what, and what to do.

    Attributes:
        unread: why the file could not be read, where that is the fault.
    """

    uri: str
    pointer: str
    message: str
    remedy: str | None = None
    unread: InvalidDocument | None = None


def schema_at(value: Json, pointer: str) -> Json:
    """The schema at a pointer; None where no schema stands there, though something else may."""
    try:
        tokens = split_pointer(pointer)
    except PmoError:
        return None
    inside = _SCHEMA
    for token in tokens:
        if inside is _SCHEMA and isinstance(value, dict) and token in _SCHEMA_LISTS | _SCHEMA_MAPS:
            inside = _SCHEMA_LISTS if token in _SCHEMA_LISTS else _SCHEMA_MAPS
        elif inside is _SCHEMA and token not in _SCHEMA:
            return None
        else:
            inside = _SCHEMA
        value = resolve(value, join_pointer((token,)), None)
    return value if inside is _SCHEMA and isinstance(value, dict | bool) else None


def subschemas(value: Json, pointer: str = "") -> Iterator[tuple[str, JsonObject]]:
    """Each schema inside a schema, itself first, with its pointer."""
    if not isinstance(value, dict):
        return
    yield pointer, value
    for keyword, part in value.items():
        if keyword in _SCHEMA:
            yield from subschemas(part, f"{pointer}/{keyword}")
        elif keyword in _SCHEMA_LISTS and isinstance(part, list):
            for index, item in enumerate(part):
                yield from subschemas(item, f"{pointer}/{keyword}/{index}")
        elif keyword in _SCHEMA_MAPS and isinstance(part, dict):
            for key, item in part.items():
                yield from subschemas(item, f"{pointer}{join_pointer((keyword, key))}")


def keyword_faults(uri: str, pointer: str, schema: JsonObject) -> Iterator[SchemaFault]:
    """Keywords that are unknown, or used as S7 does not allow."""
    for keyword, part in schema.items():
        here = f"{pointer}{join_pointer((keyword,))}"
        if keyword == "$schema" and part != DIALECT:
            dialect = f"JSON Schema dialect {_name(part)}; only 2020-12 is read"
            yield SchemaFault(uri, here, dialect, f"Use {DIALECT}")
        elif keyword == "$id" and pointer:
            yield SchemaFault(
                uri, here, "an '$id' inside a schema", "Refer to it by '$defs' and '#/$defs/...'"
            )
        elif keyword == "format" and not (isinstance(part, str) and part in FORMATS):
            yield SchemaFault(
                uri,
                here,
                f"format {_name(part)} is not checked by every engine",
                f"Use one of {', '.join(sorted(FORMATS))}, or a 'pattern'",
            )
        elif keyword == "pattern" and isinstance(part, str):
            yield from _long_pattern(uri, here, part)
        elif keyword == "patternProperties" and isinstance(part, dict):
            for pattern in part:
                yield from _long_pattern(uri, here + join_pointer((pattern,)), pattern)
        elif keyword not in _KEYWORDS and not keyword.startswith("x-"):
            from difflib import get_close_matches  # start-up: only on an error

            near = get_close_matches(keyword, sorted(_KEYWORDS), 1)
            yield SchemaFault(
                uri,
                here,
                f"unknown JSON Schema keyword {shown(keyword)}",
                f"Did you mean {near[0]!r}?" if near else "Keywords of your own begin with 'x-'",
            )


def _long_pattern(uri: str, pointer: str, pattern: str) -> Iterator[SchemaFault]:
    if len(pattern.encode("utf-8", "surrogatepass")) > LONGEST_PATTERN:
        yield SchemaFault(
            uri,
            pointer,
            f"a regular expression of more than {LONGEST_PATTERN} bytes",
            "Split it, or list what is allowed under 'enum'",
        )


def without_references(schema: JsonObject) -> JsonObject:
    """The schema without its references and inner schemas, so that it can be judged alone."""
    hidden = _SCHEMA | _SCHEMA_LISTS | _SCHEMA_MAPS
    kept: JsonObject = {
        key: part
        for key, part in schema.items()
        if key not in hidden and not (key in ("$ref", "$dynamicRef") and isinstance(part, str))
    }
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


def plain_words(error: Exception) -> str:
    """The engine's refusal of a schema, without its jargon."""
    if not isinstance(error, jsonschema_rs.ValidationError):
        return f"no valid JSON Schema here: {error}"
    if isinstance(error.instance, str) and error.message.endswith(' is not a "regex"'):
        return (
            f"pattern {shown(error.instance)} is not a regular expression that runs in linear time "
            "(no look-around, no back-references)"
        )
    return f"no valid JSON Schema here: {_cut(error.message)}"


def _name(value: Json) -> str:
    return shown(value) if isinstance(value, str) else _cut(json.dumps(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"
