"""Where in a value an error of the schema engine lies, and the order of such places (S3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject, Pointer, split_pointer
from pmo_core.documents.values import escape_token

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError


def pointer_of_error(error: ValidationError, value: Json) -> Pointer:
    """The pointer to what is wrong in `value`.

    The engine writes a key of digits as a number (`"007"` as 7) and drops an empty key, so the
    value is asked which key was meant.
    """
    pointer = ""
    for token in error.instance_path:
        if type(token) is str and type(value) is dict and token in value:
            pointer += f"/{escape_token(token)}" if "~" in token or "/" in token else f"/{token}"
            value = value[token]
            continue
        if isinstance(value, dict):
            if token not in value and "" in value and not _digits(token, value):
                pointer += "/"
                value = value[""]
            if isinstance(value, dict):
                key = str(token) if str(token) in value else _digits(token, value)
                key = str(token) if key is None else key
                pointer += f"/{escape_token(key)}"
                value = value.get(key)
                continue
        pointer += f"/{escape_token(str(token))}"
        inside = isinstance(value, list) and isinstance(token, int) and token < len(value)
        value = value[token] if inside else None  # type: ignore[index]
    while isinstance(value, dict) and "" in value and value != error.instance:
        pointer += "/"
        value = value[""]
    return Pointer(pointer)


def _digits(token: str | int, value: JsonObject) -> str | None:
    """The key of digits that the engine shows as this number; the first by bytes of several."""
    if not isinstance(token, int):
        return None
    shown = (key for key in value if is_number(key.removeprefix("+")) and int(key) == token)
    return min(shown, default=None)


def pointer_order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: token by token, array indexes as numbers (S3.6)."""
    return tuple(
        (0, int(token), token) if is_number(token) else (1, 0, token)
        for token in split_pointer(pointer)
    )


def is_number(token: str) -> bool:
    """Whether a text is a whole number that can be read: ASCII digits, twenty at the most."""
    # Python refuses to read thousands of digits, and an engine's index has no more than twenty.
    return len(token) <= 20 and token.isascii() and token.isdigit()
