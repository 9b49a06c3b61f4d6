"""A record as the YAML that a person goes on writing, and that reads back to the same value.

It is our own writer: those of YAML 1.1 leave `0o7` and `1e3` without quotes, which YAML 1.2 reads
as numbers. What either version would take for something else than text is quoted here, so that
tools of both read the same.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pmo_core.documents import check_value
from pmo_core.documents.scalars import plain_value
from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

_WIDTH: Final = 88
_LONGEST_KEY: Final = 1_000
"""Characters; libyaml takes a longer one for no key unless it is marked as one."""

_SHOWN_AS_IT_IS: Final = "\u00a0\u202f\u200c\u200d"
"""Invisible, but part of how French and Persian are written, and of joined emoji."""

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=<~.+")
_NUMBER_LIKE: Final = re.compile(r"[0-9][0-9a-fA-FxXoOtTzZ_:.+\- ]*", re.ASCII)
_WORDS: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_ESCAPES: Final = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"
}  # fmt: skip


def record_yaml(value: JsonObject, *, schema_ref: str | None, version: int | None) -> str:
    """The record in block style, with keys in their order, below the comments of its head.

    Args:
        schema_ref: where editors find the JSON Schema of the record, relative to the file.
        version: of the ledger that the file is written from; an amendment by it is based on that.

    Raises:
        InvalidDocument: the value is no record within the limits of S1.
    """
    check_value(value, "the record")
    return "".join(f"{line}\n" for line in (*head(schema_ref, version), *_top(value)))


def head(schema_ref: str | None, version: int | None) -> list[str]:
    """The comment lines that a record's file begins with."""
    lines = [] if schema_ref is None else [f"# $schema: {schema_ref}"]
    return lines if version is None else [*lines, f"# $version: {version}"]


def block(value: Json) -> list[str]:
    """The lines of a value, in block style as far as it has parts."""
    if isinstance(value, dict) and value:
        return [line for key, member in value.items() for line in entry(key, member)]
    if isinstance(value, list) and value:
        return [line for item in value for line in _item(item)]
    return _scalar(value)


def _top(value: JsonObject) -> list[str]:
    """The lines of a whole record: what has parts itself stands apart by a blank line."""
    if not value:
        return ["{}"]
    lines: list[str] = []
    for key, member in value.items():
        own = entry(key, member)
        if lines and len(own) > 1 and isinstance(member, (dict, list)):
            lines.append("")
        lines.extend(own)
    return lines


def entry(key: str, value: Json) -> list[str]:
    """The lines of a key with its value."""
    name = _text(key)
    if len(name) > _LONGEST_KEY:
        return [f"? {name}", *_behind(":", value)]
    return _behind(f"{name}:", value)


def _behind(begin: str, value: Json) -> list[str]:
    """`begin` and the value: on its line if it has no parts, else below it."""
    lines = block(value)
    if isinstance(value, (dict, list)) and value:
        return [begin, *_indented(lines)]
    return [f"{begin} {lines[0]}", *_indented(lines[1:])]


def _item(value: Json) -> list[str]:
    first, *rest = block(value)
    return [f"- {first}", *_indented(rest)]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


def _scalar(value: Json) -> list[str]:
    """The lines of what has no parts; those behind the first are to be indented."""
    if isinstance(value, str):
        return _lines_of(value)
    if isinstance(value, (dict, list)):
        return ["{}" if isinstance(value, dict) else "[]"]
    if value is None or isinstance(value, bool):
        return [{None: "null", True: "true", False: "false"}[value]]
    return [_number(value)]


def _number(value: int | float) -> str:
    """Digits; with a point where there is an exponent, as YAML 1.1 has no number without."""
    if float(value).is_integer():
        return str(int(value))
    text = repr(value)
    digits, sign, exponent = text.partition("e")
    return f"{digits}.0e{exponent}" if sign and "." not in digits else text


def _lines_of(text: str) -> list[str]:
    """A text: in paragraphs as it is, long prose folded, all else on one line."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > 1 and _is_bare(text, "\n") and all(map(_keeps_its_edges, lines)):
        if lines[0] and lines[-1]:
            return ["|" if text.endswith("\n") else "|-", *lines]
    elif len(text) > _WIDTH and len(lines) == 1 and _is_bare(text, "") and _keeps_its_edges(text):
        folded = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        if " ".join(folded) == text:
            return [">-", *folded]
    return [_text(text)]


def _keeps_its_edges(line: str) -> bool:
    """Whether an editor that trims lines, and a parser that measures indents, leave it alone."""
    return line == line.strip() and not line.startswith("#")


def _is_bare(text: str, also: str) -> bool:
    """Whether all of the text can be seen, and stand in YAML, without escapes."""
    return all(sign.isprintable() or sign in _SHOWN_AS_IT_IS or sign in also for sign in text)


def _text(text: str) -> str:
    """A text on one line: plain where every reader takes it for that text, else quoted."""
    if _is_plain(text):
        return text
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _is_plain(text: str) -> bool:
    return (
        bool(text)
        and text[0] not in _INDICATORS
        and text == text.strip()
        and _is_bare(text, "")
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and text.lower() not in _WORDS
        and _NUMBER_LIKE.fullmatch(text) is None
        and _reads_as_text(text)
    )


def _reads_as_text(text: str) -> bool:
    try:
        return plain_value(text) == text
    except InvalidDocument:  # a number that is too large
        return False


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable() or sign in _SHOWN_AS_IT_IS:
        return sign
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
