"""What a document may hold: JSON values within the limits of S1, and pointers into them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, Literal, NewType, TypeAlias, overload

from pmo_core.errors import InvalidDocument

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
JsonObject: TypeAlias = dict[str, Json]
Pointer = NewType("Pointer", str)


class Scalars(Enum):
    """How unquoted text is read (S2.1, S2.2)."""

    TYPED = "typed"
    """`3` is a number, `true` a boolean: the YAML 1.2 core schema, and JSON as it is."""

    STRINGS = "strings"
    """Every scalar is the text that was written; null is the empty text."""


class Missing(Enum):
    """The type of `MISSING`, so that a type checker can tell it from null."""

    MISSING = "missing"


MISSING: Final[Literal[Missing.MISSING]] = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be (S1.5).

    Attributes:
        document_bytes: bytes of one document, or of one line of a JSON Lines source; also what
            the aliases of a YAML document may repeat, in characters.
        depth: objects and arrays inside one another.
        nodes: values in all, after aliases are expanded.
        scalar_bytes: bytes of one text, key or number, in UTF-8.
    """

    document_bytes: int = 10_000_000
    depth: int = 100
    nodes: int = 1_000_000
    scalar_bytes: int = 1_000_000


DEFAULT_LIMITS: Final = Limits()
LARGEST_INTEGER: Final = 2**53 - 1

_SHOWN = 40
_MOST_KEPT = 1_024
_LONGEST_KEPT = 128


def join_pointer(tokens: Iterable[str | int]) -> Pointer:
    """The RFC 6901 pointer to what the keys and array indices in `tokens` lead to."""
    texts = list(map(str, tokens))
    joined = "/".join(texts)
    if "~" in joined or joined.count("/") >= len(texts):
        joined = "/".join([escape_token(text) for text in texts])
    return Pointer("/" + joined if texts else "")


def split_pointer(pointer: str) -> tuple[str, ...]:
    """The keys and array indices, all as text, that an RFC 6901 pointer goes through.

    Raises:
        InvalidDocument: it neither is empty nor begins with `/`, or has a `~` that is no escape.
    """
    if not pointer:
        return ()
    if pointer[0] != "/":
        raise InvalidDocument(
            f"{shown(pointer)} is no JSON pointer",
            remedy="Begin it with '/', as in /cost/approved",
        )
    if "~" not in pointer:
        return tuple(pointer[1:].split("/"))
    if any(rest[:1] not in ("0", "1") for rest in pointer.split("~")[1:]):
        raise InvalidDocument(
            f"{shown(pointer)} is no JSON pointer: '~' stands alone in it",
            remedy="Write '~0' for '~' and '~1' for '/'",
        )
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def escape_token(token: str) -> str:
    """A key as it stands in a pointer: `~` as `~0`, `/` as `~1`."""
    return token.replace("~", "~0").replace("/", "~1")


@overload
def resolve(value: Json, pointer: str) -> Json | Missing: ...
@overload
def resolve(value: Json, pointer: str, default: Json) -> Json: ...
@overload
def resolve(value: Json, pointer: str, default: Json | Missing) -> Json | Missing: ...
def resolve(value: Json, pointer: str, default: Json | Missing = MISSING) -> Json | Missing:
    """What `pointer` points to in `value`; `default` where there is nothing.

    Raises:
        InvalidDocument: `pointer` is no RFC 6901 pointer.
    """
    for token in _steps(pointer) if len(pointer) <= _LONGEST_KEPT else split_pointer(pointer):
        if isinstance(value, dict):
            if token not in value:
                return default
            value = value[token]
        elif isinstance(value, list):
            index = _index(token)
            if index is None or index >= len(value):
                return default
            value = value[index]
        else:
            return default
    return value


# A standard's few pointers are resolved in every record.
_steps = lru_cache(maxsize=_MOST_KEPT)(split_pointer)


def _index(token: str) -> int | None:
    """The array index that a token is: ASCII digits without leading zero (RFC 6901, 4)."""
    is_index = token.isascii() and token.isdecimal() and len(token) < 10
    return int(token) if is_index and (token == "0" or token[0] != "0") else None


def shown(text: str) -> str:
    """`text` in quotes for a message: cut at 40 characters, invisible ones escaped."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return "'" + "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut) + "'"


def is_over_long(text: str, limits: Limits) -> bool:
    """Whether `text` takes more bytes in UTF-8 than a scalar may."""
    if len(text) * 4 <= limits.scalar_bytes:
        return False
    return len(text.encode("utf-8", "surrogatepass")) > limits.scalar_bytes


def has_half_character(text: str) -> bool:
    """Whether `text` holds a lone surrogate, which no UTF-8 file can."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
