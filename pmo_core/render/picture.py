"""What a diagram of a track shows: its phases top-down, and the gates that lead out of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.lifecycle.machine import LATER, machine_of, sources_in

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.standards.model import Gate, Outcome, Standard, Track

GO = "go"
SHOWN_TWICE = 2
"""Phases that a gate may lead from and still be drawn at each of them."""


class Move(NamedTuple):
    """One outcome of a gate, as a track sees it.

    Attributes:
        target: the phase it leads to; None where the phase stays.
        later: where it leads once its conditions are met.
        others: where it takes other tracks, by track.
        model: what the standard says of it.
    """

    outcome: str
    needs: str
    target: str | None
    later: str | None
    others: tuple[tuple[str, str], ...]
    model: JsonObject


class Leaving(NamedTuple):
    """A gate, the phases of the track that it may be held in, and what comes of it.

    Attributes:
        held: what other tracks must be in, by track.
    """

    gate: Gate
    phases: tuple[str, ...]
    moves: tuple[Move, ...]
    held: tuple[tuple[str, tuple[str, ...]], ...]


class Picture(NamedTuple):
    """A track as it is drawn.

    Attributes:
        order: its phases top-down: the first, those on the way, the usual end, other ends.
        leaving: the gates that are drawn at their phases, by phase.
        apart: those that lead from many phases.
    """

    track: Track
    order: tuple[str, ...]
    leaving: Mapping[str, tuple[Leaving, ...]]
    apart: tuple[Leaving, ...]

    def goes_on(self, phase: str, following: str) -> bool:
        """Whether a gate that is drawn at one phase leads to the other."""
        return any(
            following in (move.target, move.later)
            for gate in self.leaving.get(phase, ())
            for move in gate.moves
        )

    def is_left(self, phase: str) -> bool:
        """Whether any gate leads out of a phase."""
        return bool(self.leaving.get(phase)) or any(phase in gate.phases for gate in self.apart)

    @property
    def moves(self) -> bool:
        """Whether any gate has to do with the track."""
        return bool(self.apart) or any(self.leaving.values())


def picture(standard: Standard, track_id: str) -> Picture:
    """The drawing of a track, as its machine moves (S11.9)."""
    track = standard.tracks[track_id]
    targets = _targets(standard, track)
    gates = [_leaving(gate, track, targets) for gate in standard.gates.values()]
    found = [one for one in gates if one is not None]
    apart = tuple(one for one in found if len(one.phases) > SHOWN_TWICE)
    leaving = {
        phase: tuple(one for one in found if phase in one.phases and one not in apart)
        for phase in track.phases
    }
    return Picture(track, _order(track, found), leaving, apart)


def standing_gates(standard: Standard) -> tuple[Gate, ...]:
    """The gates that are held at every check, and bar no passage."""
    return tuple(gate for gate in standard.gates.values() if gate.standing)


def _targets(standard: Standard, track: Track) -> dict[tuple[str, str], str | None]:
    """Where each trigger leads from each phase."""
    return {
        (trigger, str(source)): transition.dest
        for trigger, event in machine_of(standard, track.id).events.items()
        for source, transitions in event.transitions.items()
        for transition in transitions
    }


def _leaving(
    gate: Gate, track: Track, targets: Mapping[tuple[str, str], str | None]
) -> Leaving | None:
    moves = []
    phases: tuple[str, ...] = ()
    for outcome in gate.outcomes:
        trigger = f"{gate.id}/{outcome.id}"
        later = f"{trigger}/{LATER}"
        concerned = tuple(
            phase
            for phase in sources_in(gate, track)
            if (trigger, phase) in targets or (later, phase) in targets
        )
        if concerned:
            phases = concerned
            at = concerned[0]
            moves.append(
                _move(outcome, track, targets.get((trigger, at)), targets.get((later, at)))
            )
    if not moves:
        return None
    held = tuple(
        (other, tuple(sorted(where))) for other, where in gate.sources.items() if other != track.id
    )
    return Leaving(gate, phases, tuple(moves), held)


def _move(outcome: Outcome, track: Track, target: str | None, later: str | None) -> Move:
    others = tuple((name, phase) for name, phase in outcome.to.items() if name != track.id)
    return Move(outcome.id, outcome.needs, target, later, others, outcome.model)


def _order(track: Track, gates: list[Leaving]) -> tuple[str, ...]:
    usual = {move.target for gate in gates for move in gate.moves if move.outcome == GO}
    on_the_way = [phase for phase in track.phases if phase not in track.ends]
    ends = [phase for phase in track.phases if phase in track.ends]
    ends.sort(key=lambda phase: phase not in usual)
    return tuple(dict.fromkeys((track.initial, *on_the_way, *ends)))
