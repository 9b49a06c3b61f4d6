"""A template filled from a record: values as text that Markdown leaves alone, gaps in view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.documents import MISSING, Missing
from pmo_core.render.escape import clean, markdown_document
from pmo_core.render.values import counted, plain
from pmo_core.standards.templates import Field, Section, parse_template

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.templates import Part

NOT_THERE = "not in the record"
NONE = "none in the record"
EMPTY = "empty in the record"

_WORDS = re.compile(r"[^|\n]+")
_BLANKS = re.compile(r" {2,}")


def filled(template_text: str, record: JsonObject, *, source: str = "template") -> str:
    """The template with the record's values in it, in Markdown.

    A value is text: what Markdown or HTML would read in it is escaped, and its line breaks are
    blanks. What the record lacks is told where it would stand, as `[people.sponsor: not in the
    record]`; of a section without items, once. Other text of the template stays as it is, except
    characters that could move a cursor (see `clean`).

    Args:
        source: the template's name, for messages.

    Raises:
        InvalidStandard: a placeholder is not one, or a section does not end.
    """
    parts = parse_template(template_text, source)
    lines = "".join(_written(parts, record)).split("\n")
    return "\n".join(clean(line.removesuffix("\r")) for line in lines)


def unfilled(template_text: str, *, source: str = "template") -> str:
    """The template for people to read: placeholders in brackets, each section once.

    Raises:
        InvalidStandard: a placeholder is not one, or a section does not end.
    """
    return "".join(_named(parse_template(template_text, source)))


def _named(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Section):
            yield from _named(part.parts)
        else:
            yield part if isinstance(part, str) else f"({part.written})"


def _written(parts: tuple[Part, ...], here: Json) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Field):
            yield _value(part, _found(here, part))
        else:
            yield from _section(part, _found(here, part.of))


def _section(section: Section, value: Json | Missing) -> Iterator[str]:
    if isinstance(value, Missing) or value is None or value == "":
        yield from _lacking(section, NOT_THERE)
    elif value in ([], {}):
        yield from _lacking(section, NONE)
    else:
        for item in value if isinstance(value, list) else [value]:
            yield from _written(section.parts, item)


def _lacking(section: Section, why: str) -> Iterator[str]:
    """The section once, with what is lacking where its first placeholder is.

    Of what follows, the bars of a table's row and the line breaks are left, to be filled in.
    """
    gap = _gap(section.of, why)
    blank = list(_blank(section.parts))
    first = next((at for at, part in enumerate(blank) if part is None), None)
    if first is None:
        yield f"{gap}\n"
        return
    yield from (part for part in blank[:first] if part is not None)
    rest = " ".join(part for part in blank[first + 1 :] if part is not None)
    yield gap + _BLANKS.sub(" ", _WORDS.sub(" ", rest)).replace(" \n", "\n").rstrip(" ")


def _blank(parts: tuple[Part, ...]) -> Iterator[str | None]:
    """The texts of a section and, where a placeholder is, None."""
    for part in parts:
        if isinstance(part, Section):
            yield from _blank(part.parts)
        else:
            yield None if isinstance(part, Field) else part


def _found(here: Json, field: Field) -> Json | Missing:
    for step in field.steps:
        if not isinstance(here, dict) or step not in here:
            return MISSING
        here = here[step]
    return here


def _value(field: Field, value: Json | Missing) -> str:
    if isinstance(value, Missing) or value is None:
        return _gap(field, NOT_THERE)
    if isinstance(value, str):
        return markdown_document(value) if value.strip() else _gap(field, EMPTY)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, list):
        return _list(field, value)
    if isinstance(value, dict) and {"amount", "currency"} == value.keys():
        return markdown_document(f"{value['amount']} {value['currency']}")
    return _gap(field, "several fields, each to be named" if value else NONE)


def _list(field: Field, value: list[Json]) -> str:
    if not value:
        return _gap(field, NONE)
    if any(isinstance(item, list | dict) for item in value):
        return _gap(field, f"{counted(len(value), 'item')}, for a section")
    return "; ".join(_value(field, item) for item in value)


def _gap(field: Field, why: str) -> str:
    return f"[{field.written}: {why}]"
