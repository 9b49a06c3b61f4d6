"""The smallest believable project that a standard takes, so that a new office has one to look at.

It is made from the record schema alone: what that requires, with the values that it gives as
examples. Whatever comes out is checked; where a schema asks for more than can be guessed, there is
none.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pmo_core.documents import read_yaml, resolve, split_pointer
from pmo_core.documents.shapes import as_list, as_object
from pmo_core.standards.bundle import bundled_record_schema

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Standard

ID: Final = "example"
_TITLE: Final = "An example"
_DEEPEST: Final = 20
_WIDTH: Final = 88


def example_text(standard: Standard, head: str) -> str | None:
    """The example as YAML that a person can go on with, with what the schema says of each field.

    Its id is `example`; it holds what the record schema requires, and besides, as far as the schema
    takes them, a title and the phase that projects begin in.

    Args:
        standard: whose record it is.
        head: comment lines to begin with.

    Returns:
        None where no valid record can be made without knowing more.
    """
    schema = bundled_record_schema(standard)
    parts = [head]
    for name, value in _record(standard, schema).items():
        described = _resolved(_properties(schema, schema).get(name), schema).get("description")
        if isinstance(described, str):
            lines = wrap(described, _WIDTH, break_long_words=False, break_on_hyphens=False)
            parts.extend(f"# {line}\n" for line in lines)
        parts.append(as_yaml({name: value}))
    text = "".join(parts)
    record = read_yaml(text.encode(), "", scalars=standard.scalars).value
    if not standard.record_schema.is_valid(record):
        return None
    return text if resolve(record, standard.binding.id, None) == ID else None


def as_yaml(value: Json) -> str:
    """A value as YAML in block style that reads back as the same value."""
    import yaml  # start-up: few commands write YAML

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=_WIDTH)
    text = text.removesuffix("...\n")
    if read_yaml(text.encode(), "").value != value:
        # The writer keeps to YAML 1.1, where texts such as 1e3 and 0o7 need no quotes.
        text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, default_style='"')
    return text


def _record(standard: Standard, schema: JsonObject) -> JsonObject:
    """A record that is probably valid."""
    sample = _sample(schema, schema, 0)
    record: JsonObject = sample if isinstance(sample, dict) else {}
    binding = standard.binding
    title = _sample(_schema_at(schema, binding.title), schema, 0)
    record = _bettered(record, binding.id, ID, standard)
    record = _bettered(record, binding.title, title or _TITLE, standard)
    for track, pointer in binding.phase.items():
        one = standard.tracks[track]
        written = next((text for text, phase in one.values.items() if phase == one.initial), None)
        record = _bettered(record, pointer, written or one.initial, standard)
    return record


def _bettered(record: JsonObject, pointer: str, value: Json, standard: Standard) -> JsonObject:
    """The record with the value there, unless only the record without it is valid."""
    tokens = split_pointer(pointer)
    changed = _with(record, tokens, value)
    if changed is None:
        return record
    valid = standard.record_schema.is_valid
    return record if valid(record) and not valid(changed) else changed


def _with(value: Json, tokens: tuple[str, ...], new: Json) -> JsonObject | None:
    if not tokens or not isinstance(value, dict):
        return None
    name, rest = tokens[0], tokens[1:]
    inner = _with(value.get(name, {}), rest, new) if rest else new
    return None if rest and inner is None else {**value, name: inner}


def _sample(schema: Json, root: JsonObject, depth: int) -> Json:
    """A value that the schema probably takes; None where nothing is known of it."""
    here = _resolved(schema, root)
    if depth > _DEEPEST:
        return None
    for key in ("const", "default"):
        if key in here:
            return here[key]
    for key in ("examples", "enum"):
        choices = here.get(key)
        if isinstance(choices, list) and choices:
            return choices[0]
    kinds = here.get("type")
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    required = as_list(here.get("required"))
    if kind == "object" or required:
        properties = _properties(here, root)
        return {str(name): _sample(properties.get(str(name)), root, depth + 1) for name in required}
    if kind == "array":
        fewest = here.get("minItems")
        count = fewest if isinstance(fewest, int) else 0
        return [_sample(here.get("items"), root, depth + 1)] * min(count, 1)
    if kind in ("integer", "number"):
        least = here.get("minimum")
        return least if isinstance(least, int | float) else 0
    if kind == "boolean":
        return False
    return _TITLE if kind == "string" else None


def _schema_at(schema: JsonObject, pointer: str) -> Json:
    """The schema of the value at a pointer into the record, by properties alone."""
    here: Json = schema
    for token in split_pointer(pointer):
        here = _properties(_resolved(here, schema), schema).get(token)
    return here


def _properties(schema: JsonObject, root: JsonObject) -> JsonObject:
    """What is said of the fields of an object, with what stands in the parts of an `allOf`."""
    found: JsonObject = {}
    for part in as_list(schema.get("allOf")):
        found |= as_object(_resolved(part, root).get("properties"))
    return found | as_object(schema.get("properties"))


def _resolved(schema: Json, root: JsonObject) -> JsonObject:
    """The schema with what its local reference says; its own words count before those."""
    here = as_object(schema)
    for _step in range(_DEEPEST):
        reference = here.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#"):
            break
        target = as_object(resolve(root, reference.removeprefix("#"), None))
        here = {**target, **{key: part for key, part in here.items() if key != "$ref"}}
        if "$ref" not in target:
            break
    return here
