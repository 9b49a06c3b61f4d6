"""A JSON value as the shape that is wanted, and the empty one where it is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_core.documents.values import Json, JsonObject


def as_object(value: Json) -> JsonObject:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str | None:
    """The value where it is a text, else None."""
    return value if isinstance(value, str) else None


def texts_in(value: Json) -> list[str]:
    """The texts of a list, in order; none where it is no list."""
    return [one for one in as_list(value) if isinstance(one, str)]
