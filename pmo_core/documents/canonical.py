"""One text for one value: canonical JSON (RFC 8785), and digests over it."""

from __future__ import annotations

from typing import NewType

import orjson

from pmo_core.documents.values import Json
from pmo_core.errors import InvalidDocument

Digest = NewType("Digest", str)

_LAST_OF_BASIC_PLANE = "\uffff"
_SMALLEST = 1e-3
_LARGEST = 1e15
_FAST = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


def canonical(value: Json) -> bytes:
    """The value as canonical JSON: the same bytes for the same value, on every machine.

    Raises:
        InvalidDocument: it is no JSON value, or holds NaN, an infinity, a lone surrogate, or an
            integer beyond ±(2^53-1). Floats may be larger, as RFC 8785 has it.
    """
    try:
        if _is_plain(value):
            return orjson.dumps(value, option=_FAST)
    except (orjson.JSONEncodeError, RecursionError):
        pass  # the reference writer says why
    return _by_reference(value)


def _by_reference(value: Json) -> bytes:
    """The value as the `rfc8785` package writes it, which knows every float and refuses no less."""
    import rfc8785  # start-up: most values need it never

    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise InvalidDocument(
            f"the value has no canonical JSON: {error}", remedy="Write it as text"
        ) from None
    except RecursionError:
        raise InvalidDocument(
            "the value has no canonical JSON: it is nested too deep", remedy="Flatten it"
        ) from None


def digest(value: Json) -> Digest:
    """`sha256:` and the SHA-256 of the value's canonical JSON.

    Raises:
        InvalidDocument: as `canonical`.
    """
    return digest_bytes(canonical(value))


def digest_bytes(data: bytes) -> Digest:
    """`sha256:` and the SHA-256 of `data`, in 64 lower-case hexadecimal digits."""
    import hashlib  # start-up: it loads OpenSSL, and most calls need no digest

    return Digest(f"sha256:{hashlib.sha256(data).hexdigest()}")


def _is_plain(value: Json) -> bool:
    """Whether orjson writes the value as RFC 8785 has it.

    They differ in how they write floats that are integral, very large or very small, and in the
    order of keys beyond the basic plane: orjson sorts by code points, RFC 8785 by UTF-16 units.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return True
    if isinstance(value, float) and kind is float:
        return _SMALLEST <= abs(value) < _LARGEST and not value.is_integer()
    if isinstance(value, dict) and kind is dict:
        for key, member in value.items():
            if type(key) is not str or not (key.isascii() or max(key) <= _LAST_OF_BASIC_PLANE):
                return False
            if type(member) is not str and not _is_plain(member):
                return False
        return True
    if isinstance(value, list) and kind is list:
        return all(type(item) is str or _is_plain(item) for item in value)
    return False
