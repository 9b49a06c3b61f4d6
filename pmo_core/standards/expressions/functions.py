"""The functions that the language adds to CEL (S6.4): pure, exact, total or an error.

Amounts of money are integers of 1/10,000. Nothing here knows the engine; `engine` declares each
function to it with its types.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final, TypeAlias

from pmo_core.standards.instants import (
    Calendar,
    InvalidTime,
    limit_after,
    parse_date,
    parse_duration,
)

Amount: TypeAlias = "str | float | int | Mapping[str, object]"

SIGNATURES: Final[Mapping[str, str]] = {
    "money": "money(amount)",
    "plus_percent": "plus_percent(amount, percent)",
    "version": "version(text)",
    "date": "date(text)",
    "days": "days(date, date)",
    "add": "add(date, duration)",
    "remove_prefix": "remove_prefix(text, prefix)",
    "lower": "lower(text)",
    "ascending": "ascending(list)",
    "find_all": "find_all(text, pattern)",
    "rank": "rank(track, phase)",
    "ratio": "ratio(a, b)",
}
"""How each function is called, for messages."""

_AMOUNT: Final = re.compile(r"(-?)(\d{1,14})(?:\.(\d{1,4}))?", re.ASCII)
_VERSION: Final = re.compile(r"v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?", re.ASCII)
# Parts of an RE2 pattern in which a parenthesis opens no group, and those that do open one.
_PATTERN_PART: Final = re.compile(
    r"""\\Q.*?(?:\\E|\Z) | \\. | \[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]
    | \(\?(?!P?<) | (?P<group>\(\?P?<\w+>|\()""",
    re.VERBOSE | re.DOTALL,
)
_PLACES: Final = 4
_LARGEST_AMOUNT: Final = 10**18
_LARGEST_INT: Final = 2**63 - 1
_UPPER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_NO_HOLIDAYS: Final = Calendar()


class FunctionFailure(ValueError):
    """A function has no value for its arguments.

    Attributes:
        name: the function.
        key: why, a word that `render` has a sentence for.
    """

    def __init__(self, name: str, key: str) -> None:
        super().__init__(f"pmo:{name}:{key}")
        self.name = name
        self.key = key


def money(amount: Amount) -> int:
    """An amount in 1/10,000: a text, a money value, or a number by its shortest decimal form.

    Raises:
        FunctionFailure: `amount` for what is none, `decimals` for more than four of them.
    """
    return _money("money", amount)


def plus_percent(amount: Amount, percent: float | int) -> int:
    """That amount and so many percent of it, exact, then rounded half to even, in 1/10,000."""
    whole = _money("plus_percent", amount)
    digits, places = _decimal("plus_percent", percent)
    hundred = 100 * 10**places
    result = _half_even(whole * (hundred + digits), hundred)
    if abs(result) > _LARGEST_INT:
        raise FunctionFailure("plus_percent", "range")
    return result


def version(text: str) -> int:
    """A number that orders versions: up to three numeric parts after an optional `v`."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise FunctionFailure("version", "version")
    major, minor, patch = (int(part or 0) for part in match.groups())
    return (major * 1_000_000 + minor) * 1_000_000 + patch


def date(text: str) -> datetime:
    """A date as the instant of its midnight in UTC, for comparison with other dates."""
    try:
        day = parse_date(text)
    except InvalidTime:
        raise FunctionFailure("date", "date") from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def days(first: str, second: str) -> int:
    """The calendar days from the first date to the second; negative where that is earlier."""
    try:
        return (parse_date(second) - parse_date(first)).days
    except InvalidTime:
        raise FunctionFailure("days", "date") from None


def add(day: str, duration: str) -> str:
    """The date that lies the duration later, by S10.2."""
    try:
        begin = parse_date(day)
    except InvalidTime:
        raise FunctionFailure("add", "date") from None
    try:
        return limit_after(begin, parse_duration(duration), _NO_HOLIDAYS).isoformat()
    except InvalidTime:
        raise FunctionFailure("add", "duration") from None


def remove_prefix(text: str, prefix: str) -> str:
    """The text without the prefix, where it begins with it."""
    return text.removeprefix(prefix)


def lower(text: str) -> str:
    """The text with A to Z in lower case; other letters stay."""
    return text.translate(_UPPER)


def ascending(items: Sequence[object]) -> bool:
    """Whether no item is less than the one before: all numbers, or all texts."""
    numbers = [
        item for item in items if isinstance(item, int | float) and not isinstance(item, bool)
    ]
    if len(numbers) == len(items):
        return all(left <= right for left, right in pairwise(numbers))
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) == len(items):
        return all(left <= right for left, right in pairwise(texts))
    raise FunctionFailure("ascending", "mixed")


def ratio(first: float | int, second: float | int) -> float:
    """The first number divided by the second."""
    if second == 0:
        raise FunctionFailure("ratio", "division-by-zero")
    result = first / second
    if not math.isfinite(result):
        raise FunctionFailure("ratio", "range")
    return result


def rank(tracks: Mapping[str, Mapping[str, int]], track: str, phase: str) -> int:
    """The place of a phase in the order of its track."""
    ranks = tracks.get(track)
    if ranks is None:
        raise FunctionFailure("rank", "track")
    place = ranks.get(phase)
    if place is None:
        raise FunctionFailure("rank", "phase")
    return place


def only_first_group(pattern: str) -> str:
    """The regular expression with each capturing group but the first made one that does not."""
    groups = 0

    def kept(part: re.Match[str]) -> str:
        nonlocal groups
        if part.lastgroup != "group":
            return part.group()
        groups += 1
        return part.group() if groups == 1 else "(?:"

    return _PATTERN_PART.sub(kept, pattern)


def _money(name: str, amount: Amount) -> int:
    if isinstance(amount, Mapping):
        written = amount.get("amount")
        if not isinstance(written, str):
            raise FunctionFailure(name, "amount")
        amount = written
    if isinstance(amount, str):
        match = _AMOUNT.fullmatch(amount)
        if match is None:
            raise FunctionFailure(name, "amount")
        sign, whole, part = match.groups()
        parts = int(whole) * 10**_PLACES + int((part or "").ljust(_PLACES, "0"))
        return -parts if sign else parts
    digits, places = _decimal(name, amount)
    if places > _PLACES:
        raise FunctionFailure(name, "decimals")
    value: int = digits * 10 ** (_PLACES - places)
    if abs(value) >= _LARGEST_AMOUNT:
        raise FunctionFailure(name, "amount")
    return value


def _decimal(name: str, number: float | int) -> tuple[int, int]:
    """Digits and decimal places of a number's shortest decimal form."""
    if isinstance(number, float) and not math.isfinite(number):
        raise FunctionFailure(name, "range")
    mantissa, _, power = repr(number).partition("e")
    whole, _, part = mantissa.partition(".")
    part = part.rstrip("0")
    digits, places = int(whole + part), len(part) - int(power or 0)
    return (digits, places) if places >= 0 else (digits * 10**-places, 0)


def _half_even(numerator: int, denominator: int) -> int:
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        return quotient + 1
    return quotient
