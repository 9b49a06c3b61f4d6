"""Guidance for people: what a criterion, gate or artefact means, why, and how it is done well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.errors import UnknownName
from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.values import in_language, one_line
from pmo_core.standards.faults import did_you_mean

if TYPE_CHECKING:
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Artefact, Criterion, Gate, Standard, Text


def topics_lines(standard: Standard) -> Iterator[str]:
    """What there is to learn about a standard, gate by gate."""
    yield f"{standard.name}: {_text(standard.title)}"
    for gate in standard.gates.values():
        yield f"{gate.id}: {_text(gate.title)}"
        names = ", ".join(criterion.id for criterion in gate.criteria)
        yield from wrapped(names, 80, "  ")
    if standard.artefacts:
        yield from wrapped(f"Artefacts: {', '.join(standard.artefacts)}", 80, "", "  ")
    yield "One of them: pmo guide CRITERION, GATE or ARTEFACT"


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
    raise UnknownName(
        f"{standard.name} has no criterion, gate or artefact {name!r}",
        remedy=did_you_mean(name, [*criteria, *standard.gates, *standard.artefacts]),
    )


def _criterion(standard: Standard, gate: Gate, criterion: Criterion, style: Style) -> Iterator[str]:
    yield f"{criterion.id} ({criterion.obligation.value}, at {_gates(standard, criterion.id)})"
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
    yield f"{gate.id}: {_text(gate.title)}"
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
    yield f"{artefact.id}: {_text(artefact.title)}"
    yield f"States: {' -> '.join(artefact.states)}"
    people = {"Accountable": artefact.accountable, "Responsible": artefact.responsible}
    for word, role in people.items():
        declared = standard.roles.get(role or "")
        if declared is not None:
            yield f"{word}: {_text(declared.title)}"
    if artefact.template is not None:
        yield f"Template ({clean(artefact.template)}):"
        yield from _file(standard, artefact.template, style)


def _gates(standard: Standard, criterion: str) -> str:
    return ", ".join(
        gate.id
        for gate in standard.gates.values()
        if any(one.id == criterion for one in gate.criteria)
    )


def _page(standard: Standard, guidance: Text | None, style: Style) -> Iterator[str]:
    """The page, without its title: the statement has said it."""
    if guidance is not None:
        yield from _file(standard, in_language(guidance, style.lang), style, titled=False)


def _file(standard: Standard, path: str, style: Style, *, titled: bool = True) -> Iterator[str]:
    """A Markdown page as a terminal shows it: headings bare, paragraphs wrapped, code as it is."""
    data = standard.files.get(path)
    if data is None:
        yield f"(the package has no {clean(path)})"
        return
    paragraph: list[str] = []
    code = False
    lines = [*data.decode("utf-8", "replace").splitlines(), ""]
    if not titled and lines[0].startswith("# "):
        lines = lines[1:]
    for line in lines:
        fence = line.startswith("```")
        plain = line.strip() and not code and not fence and not line.startswith(("#", "- ", "|"))
        numbered = line[:1].isdigit() and ". " in line[:4]
        if plain and not numbered:
            paragraph.append(line.strip())
            continue
        if paragraph:
            hanging = "  " if paragraph[0].startswith("- ") else ""
            hanging = "   " if paragraph[0][:1].isdigit() else hanging
            yield from _wrapped(" ".join(paragraph), style, "", hanging)
            paragraph = []
        if fence:
            code = not code
        elif code:
            yield terminal(f"    {clean(line)}")
        elif numbered or line.startswith("- "):
            paragraph = [line.strip()]
        else:
            yield terminal(clean(line.lstrip("#").strip()))


def _wrapped(words: str, style: Style, indent: str = "", hanging: str = "") -> Iterator[str]:
    for part in wrapped(clean(words), style.width or 80, indent, hanging):
        yield terminal(part)


def _text(text: Text | None) -> str:
    return clean(one_line(in_language(text, "en")))
