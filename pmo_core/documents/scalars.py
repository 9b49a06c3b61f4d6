"""Unquoted text to value: the YAML 1.2 core schema (S2.1) and the numbers of I-JSON (S1.2)."""

from __future__ import annotations

import math

from pmo_core.documents import faults
from pmo_core.documents.values import LARGEST_INTEGER, Json

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_TYPED_STARTS = frozenset("+-.0123456789~nNtTfF")
_ENDLESS = frozenset(
    sign + word for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")
) | frozenset((".nan", ".NaN", ".NAN"))
_OCTAL = frozenset("01234567")
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_REAL = frozenset("0123456789+-.eE")


def plain_value(text: str) -> Json:
    """The value of a plain YAML scalar.

    Raises:
        InvalidDocument: a number that S1.2 refuses; without a place.
    """
    if text and text[0] not in _TYPED_STARTS:
        return text
    if text in _NULLS:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _REAL.issuperset(text):
        return _number(text)
    if text.startswith("0x") and len(text) > 2 and _HEXADECIMAL.issuperset(text[2:]):
        return whole_number(text, 16)
    if text.startswith("0o") and len(text) > 2 and _OCTAL.issuperset(text[2:]):
        return whole_number(text, 8)
    if text in _ENDLESS:
        raise faults.not_finite(text)
    return text


def _number(text: str) -> Json:
    """The number that a text of digits, signs, points and exponents is, or the text."""
    unsigned = text[1:] if text[0] in "+-" else text
    if unsigned.isdecimal():
        return whole_number(text)
    try:  # of these signs alone, float() takes exactly what the core schema has as a float
        return real_number(text)
    except ValueError:
        return text


def is_null(text: str) -> bool:
    """Whether a plain scalar is one of the ways to write null."""
    return text in _NULLS


def whole_number(text: str, base: int = 10) -> int:
    """A written whole number, within what doubles hold exactly.

    Raises:
        InvalidDocument: it is larger; without a place.
    """
    # Digits are counted first: int() takes time that grows with their square.
    if len(text) > 20 and len(text.lstrip("+-").lstrip("0")) > 20:
        raise faults.not_exact(text)
    number = int(text, base)
    if not -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        raise faults.not_exact(text)
    return number


def real_number(text: str) -> int | float:
    """A written number with fraction or exponent; the integer it equals, where there is one.

    Raises:
        InvalidDocument: it overflows, or is a whole number beyond ±(2^53-1); without a place.
    """
    return settled(float(text), text)


def settled(number: float, text: str | None = None) -> int | float:
    """`number`, as the integer it equals where there is one (S1.2).

    Raises:
        InvalidDocument: not finite, or whole and beyond ±(2^53-1); without a place.
    """
    if not math.isfinite(number):
        raise faults.not_finite(text if text is not None else repr(number))
    if not number.is_integer():
        return number
    if not -LARGEST_INTEGER <= number <= LARGEST_INTEGER:
        raise faults.not_exact(text if text is not None else repr(number))
    return int(number)


def written_scalars(value: Json) -> Json:
    """The value with booleans and null as text; its numbers must be text already (S2.2)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(member, str):
                value[key] = written_scalars(member)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if not isinstance(item, str):
                value[index] = written_scalars(item)
    return value
