"""A standard as a state diagram of Mermaid, which GitHub and many editors draw.

Syntax: https://mermaid.js.org/syntax/stateDiagram.html. A label ends at a colon, a semicolon or
a line's end there, and quotes have no escape; so that whatever is no plain sign is written as an
entity code (`#NNN;`), which Mermaid puts back when it draws.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.render.escape import clean, terminal
from pmo_core.render.moves import Way, gate_notes, way_of
from pmo_core.render.picture import picture
from pmo_core.render.values import in_language, one_line

if TYPE_CHECKING:
    from pmo_core.render.picture import Leaving, Picture
    from pmo_core.standards.model import Standard

_UNSAFE = re.compile(r"[^\w .,()/-]")
_NO_ID = re.compile(r"[^a-z0-9]")
_INSET = "    "


def mermaid_lines(standard: Standard, tracks: Sequence[str], lang: str = "en") -> Iterator[str]:
    """One `stateDiagram-v2`: a track as it is, several each in a state of their own.

    An outcome that changes no phase is drawn only at gates that come again. Standing gates are
    left out, since they move nothing.
    """
    title = one_line(in_language(standard.title, lang))
    yield "---"
    # A JSON text is a YAML text.
    named = json.dumps(f"{standard.name}: {title}", ensure_ascii=False)
    yield terminal(f"title: {named}")
    yield "---"
    yield "stateDiagram-v2"
    yield f"{_INSET}direction TB"
    for number, track in enumerate(tracks):
        drawn = picture(standard, track)
        if len(tracks) == 1:
            yield from _track(drawn, "phase", _INSET)
        else:
            yield f'{_INSET}state "{_label(f"Track {track}")}" as track{number} {{'
            yield from _track(drawn, f"track{number}", _INSET * 2)
            yield f"{_INSET}}}"


def _track(drawn: Picture, prefix: str, inset: str) -> Iterator[str]:
    ids = _ids(drawn.order, prefix)
    for phase in drawn.order:
        yield f'{inset}state "{_label(phase)}" as {ids[phase]}'
    yield f"{inset}[*] --> {ids[drawn.track.initial]}"
    gates = {
        one.gate.id: one
        for one in (*(g for at in drawn.leaving.values() for g in at), *drawn.apart)
    }
    for phase in drawn.order:
        for one in gates.values():
            if phase in one.phases:
                # The rhythm of a gate is told once a phase.
                name = _named(one)
                for target, words in _arrows(one, phase, drawn).items():
                    label = _label(f"{name} ({', '.join(words)})")
                    name = one.gate.id
                    yield f"{inset}{ids[phase]} --> {ids[target]} : {label}"
    for phase in drawn.order:
        if phase in drawn.track.ends:
            yield f"{inset}{ids[phase]} --> [*]"


def _arrows(one: Leaving, phase: str, drawn: Picture) -> dict[str, list[str]]:
    """The outcomes of a gate by the phase that they lead to."""
    comes_again = one.gate.recurs is not None or one.gate.per is not None
    found: dict[str, list[str]] = {}
    for move in one.moves:
        way = way_of(move, [phase], drawn.track)
        if way is not Way.STAYS and move.target is not None:
            found.setdefault(move.target, []).append(move.outcome)
        elif comes_again and move.needs == "ready":
            found.setdefault(phase, []).append(move.outcome)
        if move.later is not None:
            found.setdefault(move.later, []).append(f"{move.outcome}, later")
    return found


def _named(one: Leaving) -> str:
    """A gate, with its rhythm or what it is held for."""
    return ", ".join([one.gate.id, *(words for sign, words in gate_notes(one) if sign)])


def _ids(phases: Sequence[str], prefix: str) -> dict[str, str]:
    """An id of letters, digits and underscores for each phase; no two are the same."""
    found: dict[str, str] = {}
    for phase in phases:
        wanted = f"{prefix}_{_NO_ID.sub('_', phase.lower())}"
        number, name = 1, wanted
        while name in found.values():
            number += 1
            name = f"{wanted}_{number}"
        found[phase] = name
    return found


def _label(text: str) -> str:
    return _UNSAFE.sub(lambda sign: f"#{ord(sign[0])};", clean(text).replace("\t", " "))
