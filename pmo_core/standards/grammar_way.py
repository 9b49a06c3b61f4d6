"""A refused value, and the way through the meta-schema to the schema that refused it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pmo_core.documents.shapes import as_object

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

Path: TypeAlias = tuple[str | int, ...]

_BY_NAME = frozenset({"properties", "patternProperties"})
_BY_PLACE = frozenset({"additionalProperties", "items"})
_BRANCHES = frozenset({"allOf", "anyOf", "oneOf"})
_IN_PLACE = frozenset({"if", "then", "else", "not", "propertyNames"})


@dataclass(frozen=True, slots=True)
class Step:
    """One schema on the way.

    Attributes:
        schema: the schema.
        depth: how many tokens of the value's path lead to what this schema judges.
        named: whether the last of those tokens is an id that the author chose.
        shared: whether it is a definition, reached by `$ref`, so that its title is a noun.
        key: the last of those tokens.
    """

    schema: JsonObject
    depth: int
    named: bool
    shared: bool
    key: str

    def noun(self) -> str | None:
        """What people call the thing: "a gate", or its quoted key; None where it is no thing."""
        given = self.schema.get("x-noun")
        if isinstance(given, str):
            return given
        title = self.schema.get("title")
        if not isinstance(title, str) or "properties" not in self.schema:
            return None
        if not self.shared:
            return repr(self.key)
        article = "an" if title[0] in "AEIOU" else "a"
        return f"{article} {title[0].lower()}{title[1:]}"


def way(
    meta: JsonObject, tokens: Sequence[str | int], path: Sequence[str | int]
) -> tuple[Step, ...]:
    """The schemas from the root to the one that holds the keyword at fault, which is the last.

    Args:
        meta: the meta-schema.
        tokens: the error's evaluation path; its last token is the keyword.
        path: the path of the value at fault.
    """
    steps = [Step(meta, 0, False, True, "")]
    at = 0
    while at < len(tokens) - 1:
        here = steps[-1]
        token = tokens[at]
        at += 1
        child: Json
        if token == "$ref":
            child = _referred(meta, here.schema)
            steps.append(Step(as_object(child), here.depth, here.named, True, here.key))
        elif token in _IN_PLACE:
            child = here.schema[str(token)]
            steps.append(Step(as_object(child), here.depth, here.named, False, here.key))
        elif token in _BRANCHES:
            branches = here.schema[str(token)]
            assert isinstance(branches, list)
            child = branches[int(tokens[at])]
            at += 1
            steps.append(Step(as_object(child), here.depth, here.named, False, here.key))
        elif token in _BY_PLACE or (token in _BY_NAME and at < len(tokens) - 1):
            child = here.schema[str(token)]
            if token in _BY_NAME:
                child = as_object(child)[str(tokens[at])]
                at += 1
            key = str(path[here.depth])
            named = "propertyNames" in here.schema
            steps.append(Step(as_object(child), here.depth + 1, named, False, key))
        else:
            break
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Case:
    """One refused value, or key of a map, and the way to the schema that refused it.

    Attributes:
        meta: the meta-schema.
        path: the keys and indices that lead to the value.
        value: the value; the key itself where a key was refused.
        steps: the way, see `way`.
        on_key: whether the key was refused and not what stands under it.
        written: the characters that a value without quotes was written with; None where nobody
            knows them.
    """

    meta: JsonObject
    path: Path
    value: Json
    steps: tuple[Step, ...]
    on_key: bool
    written: str | None = None

    @property
    def schema(self) -> JsonObject:
        """The schema that holds the keyword at fault."""
        return self.steps[-1].schema

    def properties(self) -> JsonObject:
        """The keys that the language has for the map at hand."""
        found: JsonObject = {}
        for step in self.steps:
            if step.depth == len(self.path):
                found |= keys_of(self.meta, step.schema)
        return found

    def thing(self) -> str:
        """The nearest thing of the language on the way: "gate 'close'", "'verified'"."""
        for step in reversed(self.steps):
            noun = step.noun()
            if noun is None:
                continue
            if step.depth == 0:
                return "the standard"
            token = self.path[step.depth - 1]
            if step.named and not noun.startswith("'"):
                return f"{noun.partition(' ')[2]} {token!r}"
            return noun
        return "the standard"

    def name(self) -> str:
        """The value by its key or its place in a list."""
        token = self.path[-1] if self.path else "standard"
        if isinstance(token, str):
            return repr(token)
        owner = next((one for one in reversed(self.path) if isinstance(one, str)), "the list")
        return f"item {token + 1} of {owner!r}"

    def hint(self) -> str | None:
        """What the schema says of the form it wants; the nearest that says something of this."""
        for step in reversed(self.steps):
            message = step.schema.get("errorMessage")
            if isinstance(message, str):
                return message
            if step.noun() is not None:
                return None
        return None


def path_in(root: Json, tokens: Sequence[str | int]) -> Path:
    """The path that an error means, in a value without empty keys.

    The validator gives keys that look like numbers as integers: `"0"` and `"007"` as 0 and 7.
    """
    path: list[str | int] = []
    node = root
    for token in tokens:
        if isinstance(node, dict):
            like = (key for key in node if isinstance(token, int) and _number(key) == token)
            key = str(token) if str(token) in node else next(like, str(token))
            path.append(key)
            node = node.get(key)
        else:
            path.append(token)
            node = node[token] if isinstance(node, list) and isinstance(token, int) else None
    return tuple(path)


def at(root: Json, path: Path) -> Json:
    """The value that a path of `path_in` leads to."""
    for token in path:
        root = root[token]  # type: ignore[index]
    return root


def _number(key: str) -> int | None:
    digits = key.removeprefix("+")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 20 else None


def keys_of(meta: JsonObject, schema: JsonObject) -> JsonObject:
    """The properties of a schema, with those of the definitions that it refers to for a map."""
    found = dict(as_object(schema.get("properties")))
    if "$ref" in schema:
        found |= keys_of(meta, _referred(meta, schema))
    branches = schema.get("allOf")
    for branch in branches if isinstance(branches, list) else []:
        found |= keys_of(meta, as_object(as_object(branch).get("then")))
    return found


def _referred(meta: JsonObject, schema: JsonObject) -> JsonObject:
    name = str(schema["$ref"]).removeprefix("#/$defs/")
    return as_object(as_object(meta["$defs"])[name])
