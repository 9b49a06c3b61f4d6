"""JSON to values: the quick way where nothing can have been lost, the careful one elsewhere.

orjson keeps the last of two equal keys, and does not say so. So its value is taken only if it
writes the same bytes again, or, of a text without escapes, as many quotes; else jiter reads, which
does see double keys; and where one of them refuses, the careful reader says why, and where.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Final, cast

import orjson

from pmo_core.documents import faults
from pmo_core.documents.document import Document
from pmo_core.documents.places import Places
from pmo_core.documents.scalars import settled, written_scalars
from pmo_core.documents.values import (
    DEFAULT_LIMITS,
    LARGEST_INTEGER,
    Json,
    JsonObject,
    Limits,
    Scalars,
    is_over_long,
)
from pmo_core.errors import InvalidDocument

# A text this short breaks neither the limit for scalars nor that for nodes, whatever is in it.
_SHORT: Final = min(DEFAULT_LIMITS.scalar_bytes, DEFAULT_LIMITS.nodes)

# What is left of a line when only brackets, digits, points, commas and quotes are kept: "[" for
# each opening bracket, "," for a comma and each closing one, "1" for each digit but 0. One pass
# over the line, so that what is looked for next is looked for in little.
_KEPT = b'{[}],.0123456789"'
_OUTLINE: Final = bytes.maketrans(b"{}]123456789", b"[,,111111111")
_DROPPED: Final = bytes(byte for byte in range(256) if byte not in _KEPT)


def read_json(
    data: bytes,
    name: str,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read one JSON text (RFC 8259, restricted to S1.2).

    Args:
        data: the text in UTF-8, with or without byte order mark.
        name: what errors and places call the source.
        scalars: `STRINGS` makes a number the text that was written, a boolean its word and null
            the empty text (S2.2).
        limits: the limits, if lower than the usual ones.

    Raises:
        InvalidDocument: it breaks S1; with line and column.
    """
    value = parse_line(data, name, scalars=scalars, limits=limits)
    return Document(name, value, partial(places_of, data, name, 1))


def places_of(data: bytes, name: str, first_line: int) -> Places:
    """The places of all nodes of a JSON text that was read without a fault."""
    from pmo_core.documents.json_text import json_places  # start-up: most texts need none

    return json_places(data, name, first_line)


def parse_line(
    line: bytes,
    name: str | None = None,
    number: int = 1,
    *,
    scalars: Scalars = Scalars.TYPED,
    limits: Limits = DEFAULT_LIMITS,
) -> Json:
    """The value of one JSON text, for those who read very many and need no places.

    Args:
        line: the text in UTF-8; it may end in white space.
        name: what an error calls the source.
        number: the line of the source on which the text begins, for an error.
        scalars: as of `read_json`.
        limits: as of `read_json`.

    Raises:
        InvalidDocument: as of `read_json`.
    """
    try:
        return _quick(line, limits) if scalars is Scalars.TYPED else _quick_strings(line, limits)
    except (InvalidDocument, ValueError, RecursionError, orjson.JSONEncodeError):
        from pmo_core.documents.json_careful import read_carefully  # start-up

        return read_carefully(line, name, number, scalars, limits)


def _quick(line: bytes, limits: Limits) -> Json:
    """The value, or an error that only says that there is a fault."""
    line = line.rstrip()
    if len(line) > _SHORT or limits is not DEFAULT_LIMITS:
        return _settled(_without_double_keys(line, limits), limits, 0)
    value: Json = orjson.loads(line)
    written = orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER)
    outline = written.translate(_OUTLINE, _DROPPED)
    # A line without escapes that has as many quotes as what was read of it has lost no key.
    if written != line and (b"\\" in line or outline.count(b'"') != line.count(b'"')):
        value = _without_double_keys(line, limits)
        written = orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER)
        outline = written.translate(_OUTLINE, _DROPPED)
    if outline.count(b"[") > limits.depth or not outline.endswith(b","):
        return _settled(value, limits, 0)
    if b".0," in outline or (b"+" in written and b"e+" in written):
        _settle_floats(value)
    return value


def _settle_floats(value: Json) -> None:
    """Make each integral float in an object or array an integer (S1.2), or raise."""
    waiting = [value]
    for part in waiting:
        members = part.items() if isinstance(part, dict) else enumerate(cast("list[Json]", part))
        for key, member in members:
            kind = type(member)
            if kind is float:
                part[key] = settled(member)  # type: ignore[index, arg-type]
            elif kind is dict or kind is list:
                waiting.append(member)


def _without_double_keys(line: bytes, limits: Limits) -> Json:
    """The value as jiter reads it, which refuses double keys and half characters."""
    if len(line) > limits.document_bytes:
        raise faults.too_large(limits)
    if len(line) > limits.nodes and _most_nodes(line) > limits.nodes:
        raise faults.too_many(limits)
    import jiter  # start-up: most lines need it never

    value: Json = jiter.from_json(line, allow_inf_nan=False, catch_duplicate_keys=True)
    return value


def _most_nodes(line: bytes) -> int:
    """No fewer than there are nodes: each is the root, follows a comma, or is the first inside."""
    return line.count(b",") + line.count(b"[") + line.count(b"{") + 1


def _settled(value: Json, limits: Limits, depth: int) -> Json:
    """The value with each integral float made an integer (S1.2), or an error at the first limit."""
    kind = type(value)
    if isinstance(value, str):
        if is_over_long(value, limits):
            raise faults.too_long(limits)
    elif kind is float:
        return settled(value)  # type: ignore[arg-type]
    elif kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # type: ignore[operator]
            raise faults.not_exact("")
    elif isinstance(value, (dict, list)):
        if depth >= limits.depth:
            raise faults.too_deep(limits)
        if isinstance(value, dict):
            for key, member in value.items():
                if is_over_long(key, limits):
                    raise faults.too_long(limits)
                value[key] = _settled(member, limits, depth + 1)
        else:
            for index, item in enumerate(value):
                value[index] = _settled(item, limits, depth + 1)
    return value


def _quick_strings(line: bytes, limits: Limits) -> Json:
    """The value with every scalar as it is written, or an error that there is a fault."""
    if len(line) > min(limits.scalar_bytes, limits.nodes, limits.document_bytes):
        raise ValueError("a text that long is read with care")
    if line.count(b"{") + line.count(b"[") > limits.depth or b"\\ud" in line.lower():
        raise ValueError("a text that may be deep, or may hold half a character")
    return written_scalars(
        json.loads(
            line.decode("utf-8"),
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_word,
            object_pairs_hook=_unique,
        )
    )


def _refuse_word(word: str) -> Json:
    raise ValueError(word)


def _unique(members: list[tuple[str, Json]]) -> JsonObject:
    """The members as an object, if no key is among them twice."""
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a key is there twice")
    return found
