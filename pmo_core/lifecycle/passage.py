"""What a decision does to the phases: every track that it concerns moves, or none (S11.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.lifecycle.ahead import starts_from
from pmo_core.lifecycle.machine import leads_to

if TYPE_CHECKING:
    from pmo_core.standards.model import Gate, Outcome, Standard


def passage(
    standard: Standard, gate: Gate, outcome: Outcome, position: Mapping[str, str]
) -> dict[str, tuple[str, str]] | None:
    """Track to its phase before and after, for the tracks that move; None where it is not legal.

    Each track's machine is asked on a throw-away holder of its phase (S11.9).
    """
    if not starts_from(gate, position):
        return None
    moved: dict[str, tuple[str, str]] = {}
    for track in standard.tracks:
        if track not in gate.sources and track not in outcome.to:
            continue
        before = position[track]
        after = leads_to(standard, track, before, f"{gate.id}/{outcome.id}")
        if after is None:
            return None
        if after != before:
            moved[track] = (before, after)
    return moved


def presupposed(standard: Standard, position: Mapping[str, str]) -> tuple[Gate, ...]:
    """The gates that a project must have passed to stand where it does (S11.8), in file order.

    Those that lead forward, when ready, to a phase at or before the position in every track that
    they move; not those that come again, which belong to a time and not to a position.
    """
    return tuple(
        gate
        for gate in standard.gates.values()
        if not gate.standing
        and gate.recurs is None
        and gate.per is None
        and any(_lies_behind(standard, gate, outcome, position) for outcome in gate.outcomes)
    )


def _lies_behind(
    standard: Standard, gate: Gate, outcome: Outcome, position: Mapping[str, str]
) -> bool:
    if outcome.needs != "ready" or not outcome.to:
        return False
    for track, target in outcome.to.items():
        ranks = standard.tracks[track].ranks
        begins = min((ranks[phase] for phase in gate.sources.get(track, ())), default=-1)
        if not begins < ranks[target] <= ranks[position[track]]:
            return False
    return True
