"""Guidance for people: what a criterion, gate or artefact means, why, and how it is done well."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

from pmo_core.office.hints import unknown
from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import command_lines, wrapped
from pmo_core.render.page import page_lines
from pmo_core.render.standards import criterion_ids, standing_at
from pmo_core.render.templates import unfilled
from pmo_core.render.values import in_language, one_line
from pmo_core.standards.guidance import guidance_text
from pmo_core.standards.templates import templates_of

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


def guide_lines(
    standard: Standard, name: str, style: Style, project: str | None = None
) -> Iterator[str]:
    """What a name of the standard means; its page of guidance where it has one.

    Args:
        project: id of the one for which a document is begun from the template; None: no office is
            known, in which one could be.

    Raises:
        UnknownName: the standard has no criterion, gate or artefact of that name.
    """
    standing = standing_at(standard, name)
    if standing:
        return _criterion(standard, standing, style, project)
    if name in standard.gates:
        return _gate(standard, standard.gates[name], style)
    if name in standard.artefacts:
        return _artefact(standard, standard.artefacts[name], style, project)
    raise unknown(
        f"{standard.name} has no criterion, gate or artefact {name!r}",
        name,
        [*criterion_ids(standard), *standard.gates, *standard.artefacts],
        f"All of them: pmo guide{_of(standard, style)}",
    )


def _criterion(
    standard: Standard,
    standing: list[tuple[Gate, Criterion]],
    style: Style,
    project: str | None,
) -> Iterator[str]:
    gate, criterion = standing[0]
    yield from _wrapped(f"{criterion.id} ({_obligations(standing)})", style, "", "  ")
    statement = _text(criterion.statement)
    yield from _wrapped(f"{statement}.", style)
    yield from _page(standard, criterion.guidance, statement, style)
    if criterion.example is not None:
        yield from _wrapped(f"Example: {_text(criterion.example)}", style)
    if criterion.remedy is not None:
        yield from _wrapped(f"To do: {_text(criterion.remedy)}.", style)
    owner = criterion.owner or gate.owner
    if owner is not None:
        role = standard.roles.get(owner)
        yield f"Who: {_text(role.title) if role else owner}"
    if criterion.template is not None:
        if project is None:
            yield f"Template: {clean(criterion.template)} of {standard.name}"
        else:
            yield from _begun(standard, criterion.template, project, style)
    if criterion.training is not None:
        yield from _wrapped(f"Learn: {_text(criterion.training)}", style)


def _gate(standard: Standard, gate: Gate, style: Style) -> Iterator[str]:
    yield from _wrapped(f"{gate.id}: {_text(gate.title)}", style, "", "  ")
    yield from _page(standard, gate.guidance, _text(gate.title), style)
    yield "What it asks:"
    for criterion in gate.criteria:
        yield from _wrapped(
            f"{criterion.obligation.value:<6} {criterion.id}: {_text(criterion.statement)}",
            style,
            "  ",
            "         ",
        )


def _artefact(
    standard: Standard, artefact: Artefact, style: Style, project: str | None
) -> Iterator[str]:
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
        if project is not None:
            yield from _begun(standard, artefact.template, project, style)


def _begun(standard: Standard, template: str, project: str, style: Style) -> Iterator[str]:
    """The command that begins a document from the template."""
    names = {path: name for name, path in templates_of(standard).items()}
    name = names.get(template, template)
    command = f"pmo template write {quote(project)} {quote(name)}"
    for line in command_lines(command, style.width, "Template: "):
        yield terminal(clean(line))


def _of(standard: Standard, style: Style) -> str:
    """The option that names the standard, where it is not the one that `pmo guide` takes anyway."""
    called = style.called(standard)
    return "" if called == HOUSE_STANDARD else f" --standard {called}"


def _obligations(standing: list[tuple[Gate, Criterion]]) -> str:
    """`must, at plan, build; should, at close`: how much it counts, and where."""
    gates: dict[str, list[str]] = {}
    for gate, one in standing:
        gates.setdefault(one.obligation.value, []).append(gate.id)
    return "; ".join(f"{word}, at {', '.join(names)}" for word, names in gates.items())


def _page(standard: Standard, guidance: Text | None, said: str, style: Style) -> Iterator[str]:
    """The page, a blank line before it, without a title that says nothing more."""
    if guidance is not None:
        written = in_language(guidance, style.lang)
        text = guidance_text(written, standard.files)
        yield ""
        yield from page_lines(_absent(written) if text is None else text, style.prose, said=said)


def _file(standard: Standard, path: str) -> str:
    data = standard.files.get(path)
    return (
        _absent(path)
        if data is None
        else unfilled(data.decode("utf-8-sig", "replace"), source=path)
    )


def _absent(path: str) -> str:
    return f"(the package has no {path})"


def _wrapped(words: str, style: Style, indent: str = "", hanging: str = "") -> Iterator[str]:
    for part in wrapped(clean(words), style.prose, indent, hanging):
        yield terminal(part)


def _text(text: Text | None) -> str:
    return clean(one_line(in_language(text, "en")))
