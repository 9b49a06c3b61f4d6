"""Which changes of phase a standard's gates allow: one flat machine a track (S11.9).

The machine is built when somebody first asks, and kept with the standard. It answers what an
outcome leads to, what a position is offered, and which phases can be reached. Assessment never
asks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmo_core.standards.model import Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from transitions import Machine

    from pmo_core.documents import Json
    from pmo_core.standards.model import Gate, Outcome, Standard

LATER = "then"


class Passage:
    """A throw-away holder of one phase, on which an outcome is tried."""

    def __init__(self, phase: str) -> None:
        self.state = phase


def machine_of(standard: Standard, track: str) -> Machine:
    """The machine of a track; a trigger is `gate/outcome`, for a later move `gate/outcome/then`.

    No passage is added to it: call an event on a `Passage`, which is then thrown away.
    """
    key = f"machine:{track}"
    found = standard.compiled.get(key)
    if found is None:
        found = standard.compiled[key] = _build(standard, standard.tracks[track])
    return cast("Machine", found)


def leads_to(standard: Standard, track: str, phase: str, trigger: str) -> str | None:
    """The phase that an outcome leads to from a phase; None where it may not be taken there.

    Args:
        trigger: `gate/outcome`.
    """
    from transitions import MachineError  # start-up

    machine = machine_of(standard, track)
    event = machine.events.get(trigger)
    if event is None or phase not in machine.states:
        return None
    passage = Passage(phase)
    try:
        event.trigger(passage)
    except MachineError:
        return None
    return passage.state


def offered(standard: Standard, track: str, phase: str) -> tuple[str, ...]:
    """The triggers (`gate/outcome`) that a phase of a track is offered, in file order."""
    return tuple(machine_of(standard, track).get_triggers(phase))


def reachable(standard: Standard, track: str, start: str) -> frozenset[str]:
    """The phases of a track that can be reached from one of them, itself among them."""
    machine = machine_of(standard, track)
    found = {start}
    waiting = [start]
    while waiting:
        for move in machine.get_transitions(source=waiting.pop()):
            if move.dest is not None and move.dest not in found:
                found.add(move.dest)
                waiting.append(move.dest)
    return frozenset(found)


def sources_in(gate: Gate, track: Track) -> tuple[str, ...]:
    """The phases of a track that a gate starts from: all, where it starts in other tracks only."""
    if track.id not in gate.sources:
        return track.phases
    return tuple(phase for phase in track.phases if phase in gate.sources[track.id])


def later_target(standard: Standard, outcome: Outcome) -> Mapping[str, str]:
    """Where an outcome moves the project once its conditions are met (S11.3); mostly nowhere."""
    then = outcome.model.get("then")
    to: Json = then.get("to") if isinstance(then, dict) else None
    if isinstance(to, dict):
        return {track: str(phase) for track, phase in to.items()}
    for name, track in standard.tracks.items():
        if to in track.ranks:
            return {name: str(to)}
    return {}


def _build(standard: Standard, track: Track) -> Machine:
    from transitions import Machine  # start-up: 16 ms, and no assessment needs it

    machine = Machine(
        model=None,
        states=list(track.phases),
        initial=None,
        auto_transitions=False,
        send_event=True,
        queued=False,
    )
    for gate in standard.gates.values():
        for trigger, target in _moves(standard, gate, track):
            for source in sources_in(gate, track):
                machine.add_transition(trigger, source, target)
    return machine


def _moves(standard: Standard, gate: Gate, track: Track) -> Iterator[tuple[str, str | None]]:
    """Trigger and target of each outcome that concerns the track; None where its phase stays."""
    for outcome in gate.outcomes:
        later = later_target(standard, outcome)
        trigger = f"{gate.id}/{outcome.id}"
        if track.id in gate.sources or track.id in outcome.to:
            yield trigger, outcome.to.get(track.id)
        if track.id in later:
            yield f"{trigger}/{LATER}", later[track.id]
