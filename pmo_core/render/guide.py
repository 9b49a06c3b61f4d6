"""Guidance for people: what a criterion, gate or artefact means, why, and how it is done well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.office.hints import unknown
from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.page import page_lines
from pmo_core.render.values import in_language, one_line

if TYPE_CHECKING:
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Artefact, Criterion, Gate, Standard, Text

HOUSE_STANDARD = "essentials"
"""What `pmo guide` explains where no standard is named."""


def topics_lines(standard: Standard, style: Style) -> Iterator[str]:
    """What there is to learn about a standard, gate by gate."""
    yield from _wrapped(f"{standard.name}: {_text(standard.title)}", style)
    for gate in standard.gates.values():
        yield from _wrapped(f"{gate.id}: {_text(gate.title)}", style)
        names = ", ".join(criterion.id for criterion in gate.criteria)
        yield from _wrapped(names or "no criteria", style, "  ", "  ")
    if standard.artefacts:
        yield from _wrapped(f"Artefacts: {', '.join(standard.artefacts)}", style, "", "  ")
    first = next(iter(standard.gates), "GATE")
    yield terminal(f"One of them: pmo guide {first}{_of(standard, style)}")


def guide_lines(standard: Standard, name: str, style: Style) -> Iterator[str]:
    """What a name of the standard means; its page of guidance where it has one.

    Raises:
        UnknownName: the standard has no criterion, gate or artefact of that name.
    """
    criteria = {one.id: (gate, one) for gate in standard.gates.values() for one in gate.criteria}
    if name in criteria:
        return _criterion(standard, *criteria[name], style)
    if name in standard.gates:
        return _gate(standard, standard.gates[name], style)
    if name in standard.artefacts:
        return _artefact(standard, standard.artefacts[name], style)
    raise unknown(
        f"{standard.name} has no criterion, gate or artefact {name!r}",
        name,
        [*criteria, *standard.gates, *standard.artefacts],
        f"All of them: pmo guide{_of(standard, style)}",
    )


def _criterion(standard: Standard, gate: Gate, criterion: Criterion, style: Style) -> Iterator[str]:
    head = f"{criterion.id} ({criterion.obligation.value}, at {_gates(standard, criterion.id)})"
    yield from _wrapped(head, style, "", "  ")
    yield from _wrapped(f"{_text(criterion.statement)}.", style)
    yield from _page(standard, criterion.guidance, style)
    if criterion.example is not None:
        yield from _wrapped(f"Example: {_text(criterion.example)}", style)
    if criterion.remedy is not None:
        yield from _wrapped(f"To do: {_text(criterion.remedy)}.", style)
    owner = criterion.owner or gate.owner
    if owner is not None:
        role = standard.roles.get(owner)
        yield f"Who: {_text(role.title) if role else owner}"
    if criterion.template is not None:
        yield f"Template: {clean(criterion.template)} of {standard.name}"
    if criterion.training is not None:
        yield from _wrapped(f"Learn: {_text(criterion.training)}", style)


def _gate(standard: Standard, gate: Gate, style: Style) -> Iterator[str]:
    yield from _wrapped(f"{gate.id}: {_text(gate.title)}", style, "", "  ")
    yield from _page(standard, gate.guidance, style)
    yield "What it asks:"
    for criterion in gate.criteria:
        yield from _wrapped(
            f"{criterion.obligation.value:<6} {criterion.id}: {_text(criterion.statement)}",
            style,
            "  ",
            "         ",
        )


def _artefact(standard: Standard, artefact: Artefact, style: Style) -> Iterator[str]:
    yield from _wrapped(f"{artefact.id}: {_text(artefact.title)}", style)
    yield from _wrapped(f"States: {' -> '.join(artefact.states)}", style, "", "  ")
    people = {"Accountable": artefact.accountable, "Responsible": artefact.responsible}
    for word, role in people.items():
        declared = standard.roles.get(role or "")
        if declared is not None:
            yield f"{word}: {_text(declared.title)}"
    if artefact.template is not None:
        yield f"Template ({clean(artefact.template)}):"
        yield from page_lines(_file(standard, artefact.template), style.prose)


def _of(standard: Standard, style: Style) -> str:
    """The option that names the standard, where it is not the one that `pmo guide` takes anyway."""
    called = style.called(standard)
    return "" if called == HOUSE_STANDARD else f" --standard {called}"


def _gates(standard: Standard, criterion: str) -> str:
    return ", ".join(
        gate.id
        for gate in standard.gates.values()
        if any(one.id == criterion for one in gate.criteria)
    )


def _page(standard: Standard, guidance: Text | None, style: Style) -> Iterator[str]:
    """The page, without its title: the statement has said it."""
    if guidance is not None:
        path = in_language(guidance, style.lang)
        yield from page_lines(_file(standard, path), style.prose, titled=False)


def _file(standard: Standard, path: str) -> str:
    data = standard.files.get(path)
    return f"(the package has no {path})" if data is None else data.decode("utf-8", "replace")


def _wrapped(words: str, style: Style, indent: str = "", hanging: str = "") -> Iterator[str]:
    for part in wrapped(clean(words), style.prose, indent, hanging):
        yield terminal(part)


def _text(text: Text | None) -> str:
    return clean(one_line(in_language(text, "en")))
