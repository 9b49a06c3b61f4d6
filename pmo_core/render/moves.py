"""What a diagram says of a gate and its outcomes, in a few words and with a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from pmo_core.render.picture import GO
from pmo_core.render.spans import rhythm_words, span_words
from pmo_core.render.values import plain
from pmo_core.standards.instants import InvalidTime, parse_duration

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.render.picture import Leaving, Move
    from pmo_core.standards.model import Gate, Track


class Way(Enum):
    """Which way an outcome leads; its value is the sign in a drawing."""

    ON = "\u2193"
    BACK = "\u2191"
    OVER = "\u2192"
    END = "\u25a0"
    STAYS = "\u00b7"


_LAPSES = {"block": "it blocks", "hold": "hold", "revert": "back to where it was"}


def way_of(move: Move, phases: Sequence[str], track: Track) -> Way:
    """Which way an outcome leads from the phases that its gate is held in."""
    if move.target is None or (move.target,) == tuple(phases):
        return Way.STAYS
    if move.target in track.ends:
        return Way.END
    rank = track.ranks[move.target]
    if all(rank > track.ranks[phase] for phase in phases):
        return Way.ON
    if all(rank < track.ranks[phase] for phase in phases):
        return Way.BACK
    return Way.OVER


def move_words(move: Move, phases: Sequence[str], track: Track, *, said: bool = False) -> str:
    """What an outcome comes to: `back to planning`, `stays, at most 6 months; then kill`.

    Args:
        phases: those that its gate is held in.
        said: no sign stands before it, so that the words say it all.
    """
    way = way_of(move, phases, track)
    target = move.target
    words = {
        Way.ON: f"{'on to ' if said else ''}{target}{_past(move, phases, track)}",
        Way.BACK: f"back to {target}",
        Way.OVER: f"{'over to ' if said else ''}{target}",
        Way.END: f"{'to ' if said else ''}{target}, {end_words(track)}",
        Way.STAYS: f"stays{_until(move)}",
    }[way]
    notes = [*_needed(move), *(f"{other} to {phase}" for other, phase in move.others)]
    told = ", ".join([words, *notes])
    if move.later is None:
        return told
    return f"{told}; on to {move.later} once the conditions are met"


def end_words(track: Track) -> str:
    """What an end of a track is called."""
    return "the end" if len(track.ends) == 1 else "an end"


def _past(move: Move, phases: Sequence[str], track: Track) -> str:
    """The phases that are left out on the way, where there are some: `, past executing`."""
    if move.target is None or len(phases) > 1:
        return ""
    low, high = track.ranks[phases[0]], track.ranks[move.target]
    between = [phase for phase in track.phases if low < track.ranks[phase] < high]
    if not between:
        return ""
    return f", past {' and '.join(between) if len(between) < 3 else f'{len(between)} phases'}"


def gate_notes(leaving: Leaving) -> Iterator[tuple[str, str]]:
    """What makes a gate special, each with its sign, if any: rhythm, items, condition, advice."""
    gate = leaving.gate
    if gate.recurs is not None:
        yield "\u21bb", rhythm_words(gate.recurs)
    if gate.per is not None:
        yield "\u21bb", f"once for each of {gate.per.items.lstrip('/')}"
    if gate.when is not None:
        yield "", _guarded("only where", gate.model.get("when"))
    if gate.unless is not None:
        yield "", _guarded("not where", gate.model.get("unless"))
    for track, phases in leaving.held:
        yield "", f"while {track} is {' or '.join(phases)}"
    yield from _advised(gate)


def _advised(gate: Gate) -> Iterator[tuple[str, str]]:
    advisory = gate.model.get("advisory")
    if isinstance(advisory, dict):
        body = advisory.get("body")
        yield "", f"advice of {body}; no decision" if isinstance(body, str) else "advice"


def _guarded(word: str, guard: Json) -> str:
    """`only where has-benefits`, where the guard is a predicate; else it has no name."""
    if isinstance(guard, str):
        return f"{word} {guard}"
    return "only for some projects" if word.startswith("only") else "not for all projects"


def _needed(move: Move) -> Iterator[str]:
    """What an outcome asks of the gate, where its name does not say it."""
    if move.needs == "deferrable":
        yield "with conditions"
    elif move.needs == "ready" and move.outcome != GO:
        yield "when ready"


def _until(move: Move) -> str:
    """How long an outcome that changes no phase lasts, and what follows."""
    told = ""
    resume = move.model.get("resume-by")
    if isinstance(resume, dict):
        told = f", at most {_span(resume.get('within'))}"
    elif resume is not None:
        told = ", until a date that is set"
    again = move.model.get("again-after")
    if again is not None:
        told += f"; again after {_span(again)}"
    return told + (_lapsed(move.model.get("on-lapse")) if resume is not None else "")


def _lapsed(lapse: Json) -> str:
    if isinstance(lapse, str):
        return f"; then {lapse}"
    if isinstance(lapse, dict):
        if lapse.get("effect") == "escalate":
            return f"; then {lapse.get('to')} is asked"
        then = _LAPSES.get(str(lapse.get("effect")))
        return f"; then {then}" if then else ""
    return ""


def _span(written: Json) -> str:
    try:
        return span_words(parse_duration(str(written)))
    except InvalidTime:
        return plain(written)
