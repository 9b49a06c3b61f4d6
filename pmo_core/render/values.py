"""How values, names and dates stand in a sentence: quoted where needed, cut where too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from pmo_core.render.escape import clean

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.model import Text

MOST_SHOWN = 4096
"""Characters of one value, in any output (S1.5); the rest is told by its length."""
MOST_LISTED = 10
DIGITS = 8
"""Of a digest, as people read and compare it."""

_WORD = re.compile(r"[\w/$.-](?:[\w .@:/+*%$-]*[\w/%*$-])?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_BREAKS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def found(value: Json, most: int = MOST_SHOWN) -> str:
    """What stands in a record, as a sentence tells it: `"x"`, `3`, `empty`, `a list of 3`."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{_quoted(value, most)}"' if value else "empty"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, Mapping):
        return _object(value, most)
    return plain(value, most)


def plain(value: Json, most: int = MOST_SHOWN) -> str:
    """A name or a number as it is, several by commas; a text that is no plain word in quotes."""
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) and len(value) <= most else found(value, most)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, list | tuple):
        return listed(plain(part, most) for part in value)
    if value is None or isinstance(value, Mapping):
        return found(value, most)
    return str(value)


def listed(words: Iterable[str], unnamed: int = 0) -> str:
    """Words by commas; of more than ten, how many more there are, and so of those not named."""
    shown = list(words)
    if not unnamed and len(shown) <= MOST_LISTED + 1:
        return ", ".join(shown)
    named = shown[:MOST_LISTED]
    return f"{', '.join(named)} and {len(shown) - len(named) + unnamed} more"


def day_in_words(written: Json) -> str | None:
    """`Fri 27 Nov 2026` of a date, with ` 09:00 UTC` of an instant; None where it is neither."""
    if not isinstance(written, str):
        return None
    try:
        if _DATE.fullmatch(written):
            return day_words(date.fromisoformat(written))
        if _INSTANT.fullmatch(written):
            moment = datetime.fromisoformat(written)
            return f"{day_words(moment)} {moment:%H:%M} UTC"
    except ValueError:
        return None
    return None


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 record`, `2 records`; `many` where it is not the one with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def in_language(text: Text | None, lang: str) -> str:
    """A text for people in one language: the one asked for, a wider one of it, else the first."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    for tag in (lang, lang.partition("-")[0]):
        if tag in text:
            return text[tag]
    return next(iter(text.values()), "")


def one_line(text: str) -> str:
    """A text of several lines as one, its blanks as single spaces; `clean` follows."""
    return clean(" ".join(text.split()))


def day_words(day: date) -> str:
    """`Fri 27 Nov 2026`."""
    # Not strftime, whose names follow the machine's language.
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_beside(day: date, today: date) -> str:
    """`Fri 27 Nov` beside another day of the same year, else with its own."""
    return day_words(day) if day.year != today.year else day_words(day)[:-5]


def short(digest: str) -> str:
    """As much of a digest as people compare; what is none as it is."""
    return digest.partition(":")[2][:DIGITS] if digest.startswith("sha256:") else digest


def _quoted(text: str, most: int) -> str:
    cut = text
    if len(text) > most:
        cut = f"{text[: max(most - 20, 10)]}... ({len(text)} characters)"
    return clean("".join(_BREAKS.get(sign, sign) for sign in cut))


def _object(value: Mapping[str, Json], most: int) -> str:
    amount, currency = value.get("amount"), value.get("currency")
    if isinstance(amount, str) and isinstance(currency, str) and len(value) == 2:
        return f"{plain(amount, most)} {plain(currency, most)}"
    if not value:
        return "an empty object"
    return f"an object with {listed(plain(key, most) for key in value)}"
