"""Lint of the lifecycle: can a project get everywhere, out again, and not past a gate?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.documents.shapes import as_object
from pmo_core.lifecycle.machine import machine_of, reachable, sources_in
from pmo_core.standards.model import AnswerTest, ArtefactTest
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import (
    criteria_of,
    has_must,
    outcome_pointer,
    phase_pointer,
    tests_of,
    track_pointer,
)

if TYPE_CHECKING:
    from pmo_core.standards.model import Gate, Outcome, Standard, Track

KILL = "kill"


def unreachable_phases(standard: Standard) -> Iterator[Spot]:
    """Phases that no series of outcomes leads to from the initial one."""
    for track in _moved_tracks(standard):
        found = reachable(standard, track.id, track.initial)
        lost = [phase for phase in track.phases if phase not in found]
        if lost:
            yield Spot(
                phase_pointer(standard, track, lost[0]),
                f"no series of outcomes leads from {track.initial!r} to {_listed(lost)}",
                "Let outcomes lead there, or take out what no project can be in",
            )


def traps(standard: Standard) -> Iterator[Spot]:
    """Phases that a project can get into and from which it can never end."""
    for track in _moved_tracks(standard):
        if not track.ends:
            continue
        found = reachable(standard, track.id, track.initial)
        stuck = [
            phase
            for phase in track.phases
            if phase in found and not reachable(standard, track.id, phase) & track.ends
        ]
        if stuck:
            yield Spot(
                f"{track_pointer(standard, track)}/ends",
                f"a project in {_listed(stuck)} can never reach an end "
                f"({_listed(sorted(track.ends))})",
                "Give it a gate that leads on, or name the phase under 'ends'",
            )


def bypassed_gates(standard: Standard) -> Iterator[Spot]:
    """Gates with a must that a project can go round, by outcomes that ask for less.

    A gate guards, from each of its phases A, the later phases B that its outcomes lead to and
    that need `ready`. It is bypassed where B, or a phase after B that is no end, can be reached
    from A by moves that ask for nothing: outcomes of other gates that need `nothing`, or that have
    no must; or where an outcome of its own that needs `nothing`, and asks for no reason, leads to B
    itself. No bypass are: an outcome called `kill`, a move into an end other than B, and a gate
    that has a `when` or `unless`, since it is meant for other projects.
    """
    for track in _moved_tracks(standard):
        for gate in standard.gates.values():
            if has_must(gate):
                yield from _bypasses(standard, gate, track)


def outcomes_to_own_phase(standard: Standard) -> Iterator[Spot]:
    """Outcomes whose only target is the one phase that their gate leads out of (S11.3)."""
    for gate, outcome in _outcomes(standard):
        here = {track: next(iter(ones)) for track, ones in gate.sources.items() if len(ones) == 1}
        if outcome.to and all(here.get(track) == phase for track, phase in outcome.to.items()):
            yield Spot(
                outcome_pointer(gate, outcome.id),
                f"outcome {outcome.id!r} leads to the phase that the project is in, "
                "which begins it anew: a new visit, and evidence of this one is of the past",
                "Write 'to: same' if the project is only to stay",
            )


def outcomes_to_nowhere(standard: Standard) -> Iterator[Spot]:
    """Targets that mean two phases, and lapses that are raised to nobody."""
    for gate, outcome in _outcomes(standard):
        written = outcome.model.get("to")
        owners = (
            [name for name, track in standard.tracks.items() if written in track.ranks]
            if isinstance(written, str)
            else []
        )
        if len(owners) > 1:
            yield Spot(
                f"{outcome_pointer(gate, outcome.id)}/to",
                f"{written!r} is a phase of {_listed(owners)}; the outcome moves only one of them",
                "Write 'to' as a map from track to phase",
            )
        lapse = as_object(outcome.model.get("on-lapse"))
        if isinstance(lapse.get("to"), str) and lapse["to"] not in standard.roles:
            yield Spot(
                f"{outcome_pointer(gate, outcome.id)}/on-lapse/to",
                f"a lapse is raised to {lapse['to']!r}, which is no role or body",
                "Name a role or body that the standard declares",
            )


def cleared_before_nothing(standard: Standard) -> Iterator[Spot]:
    """Conditions that must be met before a gate that does not come after the outcome."""
    for gate, outcome in _outcomes(standard):
        before = outcome.model.get("clear-before")
        if isinstance(before, str) and not _lies_ahead(standard, gate, outcome, before):
            yield Spot(
                f"{outcome_pointer(gate, outcome.id)}/clear-before",
                f"conditions must be met before {before!r}, "
                f"but a project with outcome {outcome.id!r} never comes to that gate",
                "Name a gate that follows, or say when they lapse",
            )
    for gate in standard.gates.values():
        going = [outcome for outcome in gate.outcomes if outcome.needs == "deferrable"]
        follows = any(
            _lies_ahead(standard, gate, outcome, other.id)
            for outcome in going
            for other in standard.gates.values()
            if other is not gate
        )
        for criterion in gate.criteria:
            put_off = criterion.deferrable
            if going and not follows and put_off is not None and put_off.within == "next-gate":
                yield Spot(
                    f"{criterion.pointer}/deferrable/within",
                    f"{criterion.id!r} may be put off to the next gate, "
                    f"but none follows {gate.id!r}",
                    "Give a duration such as P30D",
                )


def holds_without_end(standard: Standard) -> Iterator[Spot]:
    """A `hold` that says nothing of when the project must come back."""
    for gate, outcome in _outcomes(standard):
        if outcome.id == "hold" and "resume-by" not in outcome.model:
            yield Spot(
                outcome_pointer(gate, outcome.id),
                "a hold has no 'resume-by', so a project may rest for ever and nobody is told",
                "Add 'resume-by: required', or 'resume-by: {within: P6M}' with an 'on-lapse'",
            )


def _bypasses(standard: Standard, gate: Gate, track: Track) -> Iterator[Spot]:
    for guarded in _guarded(gate, track):
        for source in sources_in(gate, track):
            if track.ranks[guarded] <= track.ranks[source]:
                continue
            way = _way_round(standard, gate, track, source, guarded)
            if way:
                yield Spot(
                    gate.pointer,
                    f"a project in {source!r} can get past it to {way[-1][1]!r} by "
                    f"{' and '.join(trigger for trigger, _phase in way)}, which asks for less",
                    "Let those outcomes need 'ready' at a gate with a must, or lead elsewhere",
                )
                return


def _guarded(gate: Gate, track: Track) -> list[str]:
    return [
        outcome.to[track.id]
        for outcome in gate.outcomes
        if outcome.needs == "ready" and track.id in outcome.to
    ]


def _way_round(
    standard: Standard, gate: Gate, track: Track, source: str, guarded: str
) -> list[tuple[str, str]]:
    """Triggers, each with the phase it leads to, from `source` to `guarded` or beyond."""
    ways: dict[str, list[tuple[str, str]]] = {source: []}
    waiting = [source]
    while waiting:
        phase = waiting.pop(0)
        for trigger, target in _lesser_moves(standard, gate, track, phase, guarded):
            way = [*ways[phase], (trigger, target)]
            beyond = track.ranks[target] > track.ranks[guarded] and target not in track.ends
            if target == guarded or beyond:
                return way
            if target not in ways:
                ways[target] = way
                waiting.append(target)
    return []


def _lesser_moves(
    standard: Standard, guard: Gate, track: Track, phase: str, guarded: str
) -> Iterator[tuple[str, str]]:
    """Moves from a phase that ask for less than the guard does."""
    for gate, outcome in _outcomes(standard):
        target = outcome.to.get(track.id)
        if target is None or phase not in sources_in(gate, track) or outcome.id == KILL:
            continue
        if outcome.needs != "nothing" and has_must(gate):
            continue
        if gate is guard:
            # Its own authority decides; a reason makes that choice seen (S11.3).
            lesser = target == guarded and "reason" not in outcome.model
        else:
            for_others = gate.when is not None or gate.unless is not None
            lesser = not for_others and (target == guarded or target not in track.ends)
        if lesser:
            yield f"{gate.id}/{outcome.id}", target


def ages_without_occurrence(standard: Standard) -> Iterator[Spot]:
    """Evidence that is to be newer than the last occurrence of a gate that is held but once."""
    for gate, criterion in criteria_of(standard):
        if gate.recurs is not None or gate.per is not None:
            continue
        for pointer, test in tests_of(criterion):
            age = test.max_age if isinstance(test, AnswerTest | ArtefactTest) else None
            if age is not None and age.since_last_occurrence:
                kind = "answer" if isinstance(test, AnswerTest) else "artefact"
                yield Spot(
                    f"{pointer}/{kind}/max_age",
                    f"gate {gate.id!r} neither recurs nor is repeated, so it has no last "
                    "occurrence that evidence could be newer than",
                    "Write a duration, or add 'recurs' to the gate",
                )


def _lies_ahead(standard: Standard, gate: Gate, outcome: Outcome, other: str) -> bool:
    """Whether a project comes to the gate `other` at some time after an outcome."""
    ahead = standard.gates.get(other)
    if ahead is None:
        return False
    for track in standard.tracks.values():
        if track.id not in ahead.sources:
            continue
        starts = [outcome.to[track.id]] if track.id in outcome.to else sources_in(gate, track)
        if any(reachable(standard, track.id, start) & ahead.sources[track.id] for start in starts):
            return True
    return ahead.standing


def _outcomes(standard: Standard) -> Iterator[tuple[Gate, Outcome]]:
    for gate in standard.gates.values():
        for outcome in gate.outcomes:
            yield gate, outcome


def _moved_tracks(standard: Standard) -> Iterator[Track]:
    """The tracks in which gates move a project; the others are only claimed."""
    for track in standard.tracks.values():
        if any(move.dest is not None for move in machine_of(standard, track.id).get_transitions()):
            yield track


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)


RULES = (
    Rule("unreachable-phase", "lifecycle", Severity.WARNING, unreachable_phases),
    Rule("no-end-reachable", "lifecycle", Severity.ERROR, traps),
    Rule("bypassable-gate", "lifecycle", Severity.WARNING, bypassed_gates),
    Rule("outcome-to-own-phase", "lifecycle", Severity.WARNING, outcomes_to_own_phase),
    Rule("outcome-to-nowhere", "lifecycle", Severity.ERROR, outcomes_to_nowhere),
    Rule("clear-before-nowhere", "lifecycle", Severity.ERROR, cleared_before_nothing),
    Rule("hold-without-end", "lifecycle", Severity.WARNING, holds_without_end),
    Rule(
        "last-occurrence-without-recurrence", "lifecycle", Severity.ERROR, ages_without_occurrence
    ),
)
