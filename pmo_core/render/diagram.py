"""A standard drawn for a terminal: phases top-down, and where the outcomes of each gate lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.render.escape import clean, terminal
from pmo_core.render.layout import columns, wrapped
from pmo_core.render.moves import end_words, gate_notes, move_words, way_of
from pmo_core.render.picture import picture, standing_gates
from pmo_core.render.values import in_language, one_line

if TYPE_CHECKING:
    from pmo_core.render.picture import Leaving, Picture
    from pmo_core.render.style import Style
    from pmo_core.standards.model import Gate, Standard, Text

_PHASE, _END = "\u25cf", "\u25a0"
_RAIL, _BRANCH, _LAST, _ON = "\u2502", "\u251c\u2500 ", "\u2514\u2500 ", "\u25bc"
_NO_GATE = "No gate moves a project along this track: its record says where it stands."
_STANDING = "At every check, barring no passage"
_INSET = "    "
_WIDEST_OUTCOME = 20


def diagram_lines(standard: Standard, tracks: Sequence[str], style: Style) -> Iterator[str]:
    """One drawing a track, then the standing gates; for screen readers one sentence a line.

    Args:
        tracks: ids of tracks.
    """
    yield from _wrapped(f"{standard.name}: {_text(standard.title, style)}", style)
    for track in tracks:
        yield ""
        drawn = picture(standard, track)
        if len(standard.tracks) > 1:
            yield from _wrapped(f"Track {track}", style)
        yield from _told(drawn, style) if style.plain else _Drawing(drawn, style).lines()
    standing = standing_gates(standard)
    if standing:
        yield ""
        yield f"{_STANDING}:"
        for gate in standing:
            yield from _wrapped(_gate(gate, style), style, _INSET, _INSET * 2)
    yield ""
    first = next(iter(standard.gates), "GATE")
    yield terminal(f"One gate: pmo standard show {style.called(standard)} {first}")


def _told(drawn: Picture, style: Style) -> Iterator[str]:
    """The same, as sentences."""
    for phase in drawn.order:
        yield terminal(f"Phase {phase}{_place(drawn, phase)}.")
        for one in drawn.leaving.get(phase, ()):
            yield from _gate_told(one, drawn, style, [phase])
    if not drawn.moves:
        yield _NO_GATE
    for one in drawn.apart:
        yield terminal(f"{_phases(one, drawn)}:")
        yield from _gate_told(one, drawn, style, one.phases)


def _gate_told(one: Leaving, drawn: Picture, style: Style, phases: Sequence[str]) -> Iterator[str]:
    notes = [words for _sign, words in gate_notes(one)]
    noted = f" ({'; '.join(notes)})" if notes else ""
    told = f"Gate {_gate(one.gate, style)}{noted}"
    yield terminal(told if told.endswith(("?", ".", "!")) else f"{told}.")
    for move in one.moves:
        words = move_words(move, phases, drawn.track, said=True)
        yield terminal(f"Outcome {move.outcome}: {words}.")


class _Drawing:
    """A track on its rail."""

    __slots__ = ("_drawn", "_name_width", "_style")

    def __init__(self, drawn: Picture, style: Style) -> None:
        self._drawn = drawn
        self._style = style
        gates = (*(one for at in drawn.leaving.values() for one in at), *drawn.apart)
        widths = [columns(move.outcome) for one in gates for move in one.moves]
        self._name_width = min(max(widths, default=0), _WIDEST_OUTCOME)

    def lines(self) -> Iterator[str]:
        drawn = self._drawn
        for at, phase in enumerate(drawn.order):
            following = drawn.order[at + 1] if at + 1 < len(drawn.order) else None
            goes_on = following is not None and drawn.goes_on(phase, following)
            yield self._phase(phase)
            yield from self._gates(drawn.leaving.get(phase, ()), goes_on, [phase])
            if goes_on:
                yield _ON
            elif drawn.moves and following is not None and not self._both_end(phase, following):
                yield ""
        if not drawn.moves:
            yield from _wrapped(_NO_GATE, self._style)
        last: tuple[str, ...] = ()
        for one in drawn.apart:
            if one.phases != last:
                last = one.phases
                yield ""
                yield from _wrapped(_phases(one, drawn), self._style)
                same = [other for other in drawn.apart if other.phases == last]
                yield from self._gates(same, False, last)

    def _phase(self, phase: str) -> str:
        sign = _END if phase in self._drawn.track.ends else _PHASE
        name = terminal(phase)
        if self._style.colour:
            name = f"\x1b[1m{name}\x1b[0m"
        return f"{sign} {name}{_place(self._drawn, phase)}"

    def _both_end(self, phase: str, following: str) -> bool:
        """Whether two phases are ends without gates, which need no space between them."""
        leaving, ends = self._drawn.leaving, self._drawn.track.ends
        return {phase, following} <= ends and not leaving.get(phase)

    def _gates(
        self, gates: Sequence[Leaving], goes_on: bool, phases: Sequence[str]
    ) -> Iterator[str]:
        for one in gates:
            last = one is gates[-1] and not goes_on
            rail = " " if last else _RAIL
            yield _RAIL
            yield from self._line(_gate(one.gate, self._style), _LAST if last else _BRANCH, rail)
            for sign, words in gate_notes(one):
                start = f"{rail}{_INSET}{f'{sign} ' if sign else ''}"
                yield from self._line(words, start, rail)
            for move in one.moves:
                way = way_of(move, phases, self._drawn.track)
                name = f"{rail}{_INSET}{clean(move.outcome)}".ljust(self._name_width + 7)
                words = move_words(move, phases, self._drawn.track)
                yield from self._line(words, f"{name}{way.value} ", rail)

    def _line(self, words: str, start: str, rail: str) -> Iterator[str]:
        hanging = f"{rail}{' ' * (columns(start) - 1)}"
        for part in wrapped(clean(words), self._style.prose, start, hanging):
            yield terminal(part.rstrip())


def _place(drawn: Picture, phase: str) -> str:
    """What is special about a phase."""
    told = ", where a project begins" if phase == drawn.track.initial else ""
    if phase in drawn.track.ends:
        return f"{told}, {end_words(drawn.track)}"
    return told if drawn.is_left(phase) or not drawn.moves else f"{told}, left by no gate"


def _phases(one: Leaving, drawn: Picture) -> str:
    """Where a gate is held that is held in many phases."""
    if set(one.phases) == set(drawn.track.phases):
        return "In any phase"
    if set(one.phases) == set(drawn.track.phases) - drawn.track.ends:
        return "In any phase before the end"
    ordered = [phase for phase in drawn.order if phase in one.phases]
    return f"In {', '.join(ordered[:-1])} and {ordered[-1]}"


def _gate(gate: Gate, style: Style) -> str:
    title = _text(gate.title, style)
    return f"{gate.id}: {title}" if title not in ("", gate.id) else gate.id


def _text(text: Text | None, style: Style) -> str:
    return clean(one_line(in_language(text, style.lang)))


def _wrapped(words: str, style: Style, indent: str = "", hanging: str = "  ") -> Iterator[str]:
    for part in wrapped(clean(words), style.prose, indent, hanging):
        yield terminal(part)
