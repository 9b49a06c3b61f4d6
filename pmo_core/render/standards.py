"""Standards for people: what is installed, what one of them says, one gate or criterion of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.office.hints import unknown
from pmo_core.render.escape import clean, json_lines, terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.table import table
from pmo_core.render.values import counted, in_language, one_line
from pmo_core.standards.digests import content_digest
from pmo_core.standards.model import CombinedTest, Criterion, Gate, Standard

if TYPE_CHECKING:
    from pmo_core.errors import PmoError
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Text, Track

GO = "go"
_NEEDS = {
    "ready": "when it is ready",
    "deferrable": "when all that blocks may be deferred",
    "nothing": "at any time",
}


def installed_lines(
    found: Sequence[tuple[Standard, str]], broken: Sequence[tuple[str, PmoError]], style: Style
) -> Iterator[str]:
    """A table of the installed standards; below it those that cannot be loaded."""
    rows = [
        (one.name, _text(one.title), str(len(one.gates)), str(_criteria(one)))
        for one, _folder in found
    ]
    if rows:
        yield from table(("STANDARD", "TITLE", "GATES", "CRITERIA"), rows, style, right={2, 3})
    for name, error in broken:
        yield from wrapped(clean(f"{name} cannot be loaded: {error}"), style.prose)
    if rows:
        yield f"{counted(len(rows), 'standard')}. One of them: pmo standard show {rows[0][0]}"
    elif not broken:
        yield "No standard is installed. Install a distribution that brings some."


def installed_json(
    found: Sequence[tuple[Standard, str]], broken: Sequence[tuple[str, PmoError]]
) -> str:
    """The same, as a JSON array; one that cannot be loaded has its `error`."""
    return json_lines(
        [
            {
                "standard": one.id,
                "version": one.version,
                "title": one.title,
                "folder": folder,
                "gates": len(one.gates),
                "criteria": _criteria(one),
                "content": content_digest(one.files),
                "digest": one.digest,
            }
            for one, folder in found
        ]
        + [{"standard": name, "error": error.as_json()} for name, error in broken],
    )


def model_json(standard: Standard) -> str:
    """The resolved model and its digest."""
    return json_lines(
        {"standard": standard.name, "digest": standard.digest, "model": standard.model},
    )


def standard_lines(standard: Standard, style: Style) -> Iterator[str]:
    """A standard on a page: title, phases, gates, roles, artefacts."""
    yield from _wrapped(f"{standard.name}: {_text(standard.title)}", style)
    source = standard.model.get("source")
    if isinstance(source, dict):
        yield from _wrapped(f"Source: {one_line(str(source.get('title')))}", style, "", "  ")
    yield ""
    for track in standard.tracks.values():
        name = "Phases" if len(standard.tracks) == 1 else f"Track {track.id}"
        yield from _wrapped(f"{name}: {_phases(track)}", style, "", "  ")
    yield ""
    yield from gates_lines(standard, style)
    yield ""
    roles = [f"{role.id} ({_text(role.title)})" for role in standard.roles.values()]
    yield from _wrapped(f"Roles: {', '.join(roles) or 'none'}", style, "", "  ")
    if standard.artefacts:
        names = [f"{one.id} ({', '.join(one.states)})" for one in standard.artefacts.values()]
        yield from _wrapped(f"Artefacts: {', '.join(names)}", style, "", "  ")
    first = next(iter(standard.gates), "GATE")
    yield terminal(f"One gate: pmo standard show {style.called(standard)} {first}")


def _phases(track: Track) -> str:
    """The phases in their order; those of one rank in brackets."""
    ranks: dict[int, list[str]] = {}
    for phase in track.phases:
        ranks.setdefault(track.ranks[phase], []).append(phase)
    steps = [phases for _rank, phases in sorted(ranks.items())]
    return " -> ".join(
        f"({', '.join(phases)})" if len(phases) > 1 else phases[0] for phases in steps
    )


def gates_lines(standard: Standard, style: Style) -> Iterator[str]:
    """A table of the gates, in file order."""
    rows = [
        (gate.id, _leads(gate), str(len(gate.criteria)), _kind(gate))
        for gate in standard.gates.values()
    ]
    yield from table(("GATE", "FROM -> GO", "CRITERIA", "KIND"), rows, style, right={2})


def thing_lines(standard: Standard, name: str, style: Style) -> Iterator[str]:
    """One gate, with its criteria and outcomes; or one criterion.

    Raises:
        UnknownName: it is neither.
    """
    gate = standard.gates.get(name)
    if gate is not None:
        return _gate_lines(standard, gate, style)
    found = standing_at(standard, name)
    if found:
        return _criterion_lines(standard, found, style)
    raise unknown(
        f"{standard.name} has no gate or criterion {name!r}",
        name,
        [*standard.gates, *criterion_ids(standard)],
        f"All gates: pmo standard show {style.called(standard)} --gates",
    )


def _gate_lines(standard: Standard, gate: Gate, style: Style) -> Iterator[str]:
    yield from _wrapped(f"{gate.id}: {_text(gate.title)} ({_kind(gate)})", style, "", "  ")
    if gate.sources:
        held = [phase for phases in gate.sources.values() for phase in sorted(phases)]
        yield from _wrapped(f"From {', '.join(held)}", style, "  ", "    ")
    for outcome in gate.outcomes:
        target = ", ".join(outcome.to.values())
        leads = f"{outcome.id} -> {target}" if target else f"{outcome.id}, staying where it is"
        yield from _wrapped(f"{leads} ({_NEEDS[outcome.needs]})", style, "  ", "    ")
    for criterion in gate.criteria:
        head = f"{criterion.obligation.value:<7} {criterion.id}{_marks(criterion)}"
        yield from _wrapped(head, style, "", " " * 8)
        yield from _wrapped(f"{_text(criterion.statement)}.", style, " " * 8, " " * 8)
    if not gate.criteria:
        yield "No criteria."
        return
    first = gate.criteria[0].id
    yield terminal(f"Learn: pmo guide {first} --standard {style.called(standard)}")


def standing_at(standard: Standard, criterion: str) -> list[tuple[Gate, Criterion]]:
    """The gates that a criterion stands at, and what it is there: one statement, S5.5."""
    return [
        (gate, one)
        for gate in standard.gates.values()
        for one in gate.criteria
        if one.id == criterion
    ]


def _criterion_lines(
    standard: Standard, found: list[tuple[Gate, Criterion]], style: Style
) -> Iterator[str]:
    for gate, one in found:
        head = f"{one.id} ({one.obligation.value}, at {gate.id}){_marks(one)}"
        yield from _wrapped(head, style, "", "  ")
    first = found[0][1]
    yield from _wrapped(f"{_text(first.statement)}.", style, "  ", "    ")
    for label, told in (
        ("Test", [kind_of(one) for _gate, one in found]),
        ("Owner", [one.owner or "" for _gate, one in found]),
        ("May be waived", [_waivers(one) for _gate, one in found]),
        ("To do", [f"{_text(one.remedy)}." if one.remedy else "" for _gate, one in found]),
    ):
        for words in _at_gates(label, told, [gate.id for gate, _one in found]):
            yield from _wrapped(words, style, "  ", "    ")
    yield terminal(f"Learn: pmo guide {first.id} --standard {style.called(standard)}")


def _at_gates(label: str, told: list[str], gates: list[str]) -> list[str]:
    """What is told of a criterion: once where it is the same at all gates, else gate by gate."""
    if len(set(told)) == 1:
        return [f"{label}: {told[0]}"] if told[0] else []
    return [f"{label} at {gate}: {words}" for gate, words in zip(gates, told, strict=True) if words]


def _waivers(criterion: Criterion) -> str:
    return f"by {criterion.waivable.by}" if criterion.waivable else ""


def kind_of(criterion: Criterion) -> str:
    """What a criterion looks at, in a word or two."""
    test = criterion.test
    if isinstance(test, CombinedTest):
        return f"{'all' if test.every else 'any'} of {len(test.tests)}"
    name = type(test).__name__.removesuffix("Test")
    return {"Expr": "expression", "Schema": "schema of the record"}.get(name, name.lower())


def _marks(criterion: Criterion) -> str:
    marks = [
        word
        for word, holds in (
            ("entrance", criterion.entrance),
            ("statutory", criterion.statutory),
            ("deferrable", criterion.deferrable is not None),
            (f"waivable by {criterion.waivable.by}" if criterion.waivable else "", True),
            ("for some", criterion.when is not None or criterion.unless is not None),
        )
        if holds and word
    ]
    return f"  [{', '.join(marks)}]" if marks else ""


def _kind(gate: Gate) -> str:
    if gate.standing:
        return "standing"
    if gate.per is not None:
        return f"for each of {gate.per.items}"
    if gate.recurs is not None:
        return "recurring" if gate.recurs.every else "on demand"
    return "advisory" if "advisory" in gate.model else "passage"


def _leads(gate: Gate) -> str:
    if gate.standing:
        return ""
    held = [phase for phases in gate.sources.values() for phase in sorted(phases)]
    start = held[0] if len(held) == 1 else f"{len(held)} phases"
    go = next((one for one in gate.outcomes if one.id == GO), None)
    led = [go] if go is not None else [one for one in gate.outcomes if one.to]
    target = ", ".join(led[0].to.values()) if led else ""
    return f"{start} -> {target or 'the same'}"


def _criteria(standard: Standard) -> int:
    return len(criterion_ids(standard))


def criterion_ids(standard: Standard) -> list[str]:
    """Each once, in file order."""
    gates = standard.gates.values()
    return list(dict.fromkeys(one.id for gate in gates for one in gate.criteria))


def _text(text: Text | None) -> str:
    return clean(one_line(in_language(text, "en")))


def _wrapped(words: str, style: Style, indent: str = "", hanging: str = "") -> Iterator[str]:
    for part in wrapped(clean(words), style.prose, indent, hanging):
        yield terminal(part)
