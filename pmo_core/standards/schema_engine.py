"""The engine that judges values by JSON Schemas, set up as standards have it (S7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import jsonschema_rs

from pmo_core.documents import Json, JsonObject


class Validator(Protocol):
    """What the engine gives: a verdict, and errors one by one."""

    def is_valid(self, instance: Json) -> bool:
        """Whether the value satisfies the schema."""
        ...

    def validate(self, instance: Json) -> None:
        """Raise the first thing that is wrong."""
        ...

    def iter_errors(self, instance: Json) -> Iterator[jsonschema_rs.ValidationError]:
        """Each thing that is wrong."""
        ...


def engine(
    schema: JsonObject | bool,
    registry: jsonschema_rs.Registry | None = None,
    base_uri: str | None = None,
) -> Validator:
    """A validator as standards have it: nothing is fetched, formats count, patterns are linear."""
    return jsonschema_rs.Draft202012Validator(
        schema,
        registry=registry,
        base_uri=base_uri,
        offline=True,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )
