"""What a record schema says of each field, for whoever explains one or suggests what to write.

Read from the bundled schema (`bundle.py`), whose references are all local. It is a guess by nature:
a sample is what the schema's authors gave as an example, and valid only as far as they were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pmo_core.documents import MISSING, Missing, resolve
from pmo_core.documents.shapes import as_list, as_object

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

_DEEPEST: Final = 20


class Wish:
    """What somebody wants to see in a field: a value, or fields in it. Lists are looked through.

    Attributes:
        fields: by name, in the order in which they were asked for.
        value: the one that is asked for; missing where any will do.
    """

    __slots__ = ("fields", "value")

    def __init__(self) -> None:
        self.fields: dict[str, Wish] = {}
        self.value: Json | Missing = MISSING

    def field(self, name: str) -> Wish:
        """The wish for a field in it, a new one where there was none."""
        return self.fields.setdefault(name, Wish())

    def ask(self, schema: Json) -> None:
        """Ask for all that a schema requires, under conditions too, and for what it lists first."""
        if not isinstance(schema, dict):
            return
        choices = [schema["const"]] if "const" in schema else as_list(schema.get("enum"))
        if choices and self.value is MISSING:
            self.value = choices[0]
        for name in as_list(schema.get("required")):
            self.field(str(name))
        for keyword in ("items", "contains", "then", "else"):
            self.ask(schema.get(keyword))
        for part in as_list(schema.get("allOf")):
            self.ask(part)
        for keyword in ("anyOf", "oneOf"):
            for part in as_list(schema.get(keyword))[:1]:
                self.ask(part)
        for name, part in as_object(schema.get("properties")).items():
            if name in self.fields:
                self.fields[name].ask(part)


class Fields:
    """The fields of a bundled record schema, each with what its references say."""

    __slots__ = ("_root",)

    def __init__(self, root: JsonObject) -> None:
        self._root = root

    def whole(self) -> JsonObject:
        """The schema of the whole record."""
        return self.resolved(self._root)

    def resolved(self, schema: Json) -> JsonObject:
        """The schema with what it refers to; its own words count before those."""
        here = as_object(schema)
        for _step in range(_DEEPEST):
            reference = here.get("$ref")
            if not isinstance(reference, str) or not reference.startswith("#"):
                break
            target = as_object(resolve(self._root, reference.removeprefix("#"), None))
            own = {key: part for key, part in here.items() if key != "$ref"}
            here = {**target, **own}
            meant = _meant(own, here)
            if meant is not None:
                here["examples"] = [meant]
            if "$ref" not in target:
                break
        return here

    def properties(self, schema: JsonObject) -> JsonObject:
        """What is said of the fields of an object, in the parts of an `allOf` too."""
        found: JsonObject = {}
        for part in as_list(schema.get("allOf")):
            found |= as_object(self.resolved(part).get("properties"))
        return found | as_object(schema.get("properties"))

    def field(self, schema: JsonObject, name: str) -> JsonObject:
        """What is said of one field of an object, or of a list's items; empty where nothing is."""
        if "items" in schema:
            schema = self.resolved(schema["items"])
        found = self.properties(schema).get(name, schema.get("additionalProperties"))
        return self.resolved(found)

    def described(self, schema: JsonObject, wish: Wish) -> Iterator[tuple[str, str]]:
        """The name of each field that is wished for in it, with its description."""
        for name in wish.fields:
            description = self.field(schema, name).get("description")
            if isinstance(description, str):
                yield name, description

    def sample(self, schema: JsonObject, wish: Wish, depth: int = 0) -> Json:
        """A value with all that is wished for, such as a project might have."""
        if wish.value is not MISSING:
            return wish.value
        example = next(iter(as_list(schema.get("examples"))), None)
        if depth > _DEEPEST:
            return example
        if schema.get("type") == "array" and (wish.fields or example is None):
            own = as_object(schema.get("items"))
            item = self.resolved(own)
            meant = _meant({"description": schema.get("description"), **own}, item)
            shown: list[Json] = [meant] if meant is not None else as_list(example)
            if shown and (meant is not None or "examples" not in item):
                item = {**item, "examples": shown[:1]}
            return [self.sample(item, wish, depth + 1)]
        if wish.fields or (example is None and schema.get("type") == "object"):
            return self._object_with(schema, wish, as_object(example), depth)
        for value in (schema.get("const"), schema.get("default"), example):
            if value is not None:
                return value
        choices = as_list(schema.get("enum"))
        if choices:
            return choices[0]
        kinds = {"boolean": False, "integer": 1, "number": 1, "null": None}
        return kinds.get(str(schema.get("type")), "text")

    def _object_with(
        self, schema: JsonObject, wish: Wish, example: JsonObject, depth: int
    ) -> JsonObject:
        """An object with the fields that are wished for, and those that it must have."""
        wanted = dict.fromkeys([*map(str, as_list(schema.get("required"))), *wish.fields])
        known = [name for name in self.properties(schema) if name in wanted]
        written: JsonObject = {}
        for name in dict.fromkeys((*known, *wanted)):
            inner = wish.fields.get(name, Wish())
            if name in example and not inner.fields and inner.value is MISSING:
                written[name] = example[name]
            else:
                written[name] = self.sample(self.field(schema, name), inner, depth + 1)
        return written


def _meant(own: JsonObject, whole: JsonObject) -> str | None:
    """What a field of free text is for, as the text to be overwritten.

    An example for all texts, which the schema of a field refers to, says less of this one.
    """
    said, pattern = own.get("description"), whole.get("pattern", "")
    is_free = whole.get("type") == "string" and not {"format", "enum", "maxLength"} & set(whole)
    if "examples" in own or not is_free:
        return None
    if not isinstance(said, str) or not isinstance(pattern, str):
        return None
    try:
        return said.removesuffix(".") if re.search(pattern, said) else None
    except re.error:  # the patterns of JSON Schema are those of another language
        return None
