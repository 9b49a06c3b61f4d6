"""Templates of documents: which a standard has, and the placeholders in them.

A placeholder is `{{title}}`, or `{{people.sponsor}}` with full stops between the fields on the
way. A section, `{{#risks}}` to `{{/risks}}`, stands once for each item of a list; the placeholders
in it are the item's fields, and `{{.}}` is the item itself. This is a part of Mustache
(https://mustache.github.io/mustache.5.html), without what would let a gap go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pmo_core.documents import join_pointer
from pmo_core.errors import InvalidStandard, UnknownName
from pmo_core.standards.faults import did_you_mean

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard

DEEPEST = 8
"""Sections within sections."""

_TAG = re.compile(
    # A section's tag that is alone on its line takes the line with it.
    r"^[ \t]*\{\{[ \t]*([#/][^{}\n]*)\}\}[ \t]*(?:\r?\n|\Z)|\{\{([^{}\n]*)\}\}",
    re.MULTILINE,
)
_FORMS = "Write {{title}}, {{people.sponsor}}, or {{#risks}} ... {{/risks}}"
_NAME = re.compile(r"[^\s.#/^>&!={}]+(?:\.[^\s.#/^>&!={}]+)*")


class Field(NamedTuple):
    """A placeholder.

    Attributes:
        written: the name as it stands there.
        steps: the fields on the way to the value; empty for the item itself.
        line: from 1.
        column: from 1.
    """

    written: str
    steps: tuple[str, ...]
    line: int
    column: int


class Section(NamedTuple):
    """What stands once for each item of a list, or once for an object."""

    of: Field
    parts: tuple[Part, ...]


Part: TypeAlias = "str | Field | Section"
"""Text as it is, a placeholder, or a section."""


class _Open(NamedTuple):
    of: Field | None
    parts: list[Part]


def parse_template(text: str, source: str) -> tuple[Part, ...]:
    """The parts of a template, in order.

    Args:
        source: the template's name, for messages.

    Raises:
        InvalidStandard: a placeholder is not one, or a section does not end.
    """
    opened = [_Open(None, [])]
    at, line, line_start = 0, 1, 0
    for tag in _TAG.finditer(text):
        _take_text(text[at : tag.start()], opened[-1], source, (line, at - line_start))
        begin = text.index("{{", tag.start())
        line += text.count("\n", at, begin)
        line_start = max(line_start, text.rfind("\n", at, begin) + 1)
        place = (line, begin - line_start + 1)
        if text[begin - 1 : begin] == "{":
            raise _fault("a placeholder has two braces, not three", source, place, _FORMS)
        _take_tag((tag[1] or tag[2] or "").strip(), opened, source, place)
        line += text.count("\n", begin, tag.end())
        line_start = max(line_start, text.rfind("\n", begin, tag.end()) + 1)
        at = tag.end()
    _take_text(text[at:], opened[-1], source, (line, at - line_start))
    of = opened[-1].of
    if of is not None:
        raise _fault(
            f"the section {of.written!r} does not end",
            source,
            (of.line, of.column),
            f"Write {{{{/{of.written}}}}} where it ends",
        )
    return tuple(opened[0].parts)


def fields_of(
    parts: tuple[Part, ...], within: tuple[Field, ...] = ()
) -> Iterator[tuple[tuple[Field, ...], Field]]:
    """Each placeholder and each section's name, with the sections that it stands in."""
    for part in parts:
        if isinstance(part, Field):
            yield within, part
        elif isinstance(part, Section):
            yield within, part.of
            yield from fields_of(part.parts, (*within, part.of))


def templates_of(standard: Standard) -> Mapping[str, str]:
    """The templates of a standard: name -> path in its package, in file order.

    A template has the name of its artefact; one that only criteria name, that of its file.
    """
    found = {one.id: one.template for one in standard.artefacts.values() if one.template}
    paths = set(found.values())
    for gate in standard.gates.values():
        for criterion in gate.criteria:
            path = criterion.template
            if path and path not in paths:
                paths.add(path)
                stem = path.rpartition("/")[2].rpartition(".")[0] or path
                found.setdefault(stem if stem not in found else criterion.id, path)
    return found


def template_of(standard: Standard, name: str) -> str:
    """The text of a template, its placeholders unfilled.

    Args:
        name: as `templates_of` has it; or the id of a criterion that has a template.

    Raises:
        UnknownName: there is no such artefact or template, or the artefact has none.
        InvalidStandard: the package lacks the file that the standard names.
    """
    path = template_path(standard, name)
    data = standard.files.get(path)
    if data is None:
        pointer = join_pointer(("artefacts", name, "template"))
        place = standard.document.place(pointer)
        raise InvalidStandard(
            f"the package has no file {path!r}, which is the template of {name!r}",
            source=place.source,
            line=place.line,
            column=place.column,
            pointer=pointer,
            remedy="Write the file, or correct the path: it is seen from the package's folder",
        )
    return data.decode("utf-8-sig", "replace")


def template_path(standard: Standard, name: str) -> str:
    """Where a template lies in the package.

    Raises:
        UnknownName: there is no such artefact or template, or the artefact has none.
    """
    known = templates_of(standard)
    if name in known:
        return known[name]
    for gate in standard.gates.values():
        for criterion in gate.criteria:
            if criterion.id == name and criterion.template:
                return criterion.template
    listed = f"Templates: {', '.join(known)}" if known else "It has no templates at all"
    if name in standard.artefacts:
        raise UnknownName(f"artefact {name!r} of {standard.name} has no template", remedy=listed)
    hint = did_you_mean(name, known) or ""
    raise UnknownName(
        f"{standard.name} has no template {name!r}",
        remedy=f"{hint} {listed}" if hint.endswith("?") else listed,
    )


def _take_text(text: str, here: _Open, source: str, place: tuple[int, int]) -> None:
    """Text between tags, in which a tag that is none would be left as it is.

    Args:
        place: its line from 1, and its column from 0.
    """
    stray = text.find("{{")
    if stray >= 0:
        line, column = place
        breaks = text.count("\n", 0, stray)
        column = stray - text.rfind("\n", 0, stray) if breaks else column + stray + 1
        raise _fault(
            "a placeholder does not end on its line",
            source,
            (line + breaks, column),
            "Close it by }}",
        )
    if text:
        here.parts.append(text)


def _take_tag(written: str, opened: list[_Open], source: str, place: tuple[int, int]) -> None:
    sign = written[:1] if written[:1] in ("#", "/") else ""
    name = written[len(sign) :].strip()
    field = Field(name, _steps(name, source, place), *place)
    if sign == "/":
        of = opened[-1].of
        if of is None or of.written != name:
            expected = "no section is open" if of is None else f"{of.written!r} is open"
            remedy = "Remove it" if of is None else f"Write {{{{/{of.written}}}}} before it"
            raise _fault(f"the section {name!r} ends, but {expected}", source, place, remedy)
        closed = opened.pop()
        opened[-1].parts.append(Section(of, tuple(closed.parts)))
    elif sign == "#":
        if len(opened) > DEEPEST:
            raise _fault(f"more than {DEEPEST} sections within each other", source, place, None)
        opened.append(_Open(field, []))
    elif not field.steps and len(opened) == 1:
        raise _fault(
            "'.' is the item of a section, and here is none", source, place, "Name a field"
        )
    else:
        opened[-1].parts.append(field)


def _steps(name: str, source: str, place: tuple[int, int]) -> tuple[str, ...]:
    if name == ".":
        return ()
    if _NAME.fullmatch(name):
        return tuple(name.split("."))
    raise _fault(
        f"{name!r} is no name of a field",
        source,
        place,
        _FORMS,
    )


def _fault(
    message: str, source: str, place: tuple[int, int], remedy: str | None
) -> InvalidStandard:
    line, column = place
    return InvalidStandard(message, source=source, line=line, column=column, remedy=remedy)
