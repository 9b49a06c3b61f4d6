"""Sugar of the language written out in full, with stable ids (S17.3).

What comes out is the resolved model: plain JSON of which the resolved digest is taken, and beside
it a map from each expanded place to the pointer in the file that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.standards.faults import Fault

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

OBLIGATIONS = ("must", "should", "may")
NEEDS = {
    "go": "ready",
    "conditional-go": "deferrable",
    "hold": "nothing",
    "recycle": "nothing",
    "kill": "nothing",
}
_LONGEST_ID = 64
_TRACK_KEYS = ("initial", "phases", "ends", "values", "unlisted", "missing")
_DEFAULT_BINDING = {
    "id": "/id",
    "title": "/title",
    "phase": "/phase",
    "answers": "/answers",
    "artefacts": "/artefacts",
}


@dataclass(frozen=True, slots=True)
class Expanded:
    """A standard without sugar.

    Attributes:
        origins: maps (gate, criterion) to its pointer in the file.
        faults: sugar that cannot be written out.
    """

    model: JsonObject
    origins: dict[tuple[str, str], str]
    faults: tuple[Fault, ...] = ()


def expand(written: JsonObject) -> Expanded:
    """The model of a standard that the grammar has accepted."""
    model: JsonObject = {key: value for key, value in written.items() if key != "changelog"}
    model["lifecycle"] = lifecycle = _lifecycle(_object(written["lifecycle"]))
    model["record"] = _binding(_object(written["record"]), list(_object(lifecycle["tracks"])))
    model["predicates"] = dict(_object(written.get("predicates") or {}))
    gates: JsonObject = {}
    origins: dict[tuple[str, str], str] = {}
    for gate_id, gate in _object(lifecycle["gates"]).items():
        gates[gate_id] = _gate(gate_id, _object(gate), origins)
    faults = _add_due_artefacts(written, gates, origins)
    lifecycle["gates"] = gates
    return Expanded(model, origins, tuple(faults))


def _object(value: Json) -> JsonObject:
    assert isinstance(value, dict)
    return value


def _lifecycle(written: JsonObject) -> JsonObject:
    tracks = written.get("tracks")
    if tracks is None:
        tracks = {"main": {key: written[key] for key in _TRACK_KEYS if key in written}}
    return {"tracks": tracks, "gates": written.get("gates") or {}}


def _binding(written: JsonObject, tracks: list[str]) -> JsonObject:
    bound: JsonObject = {**_DEFAULT_BINDING, **written}
    phase = bound["phase"]
    if isinstance(phase, str):
        several = len(tracks) > 1
        bound["phase"] = {
            track: phase + join_pointer((track,)) if several else phase for track in tracks
        }
    return bound


def _gate(gate_id: str, written: JsonObject, origins: dict[tuple[str, str], str]) -> JsonObject:
    gate = dict(written)
    sources = written.get("from")
    if isinstance(sources, str):
        gate["from"] = [sources]
    gate["outcomes"] = {
        outcome: expand_outcome(outcome, value)
        for outcome, value in _object(written.get("outcomes") or {}).items()
    }
    criteria: JsonObject = {}
    for criterion_id, criterion in _object(written.get("criteria") or {}).items():
        criteria[criterion_id] = expand_criterion(_object(criterion))
        origins[(gate_id, criterion_id)] = join_pointer(
            ("lifecycle", "gates", gate_id, "criteria", criterion_id)
        )
    gate["criteria"] = criteria
    return gate


def expand_outcome(outcome: str, written: Json) -> JsonObject:
    """`go: planning` in full; `needs` by the outcome's id where it is one of the five."""
    value: JsonObject = {"to": written} if isinstance(written, str) else dict(_object(written))
    if "needs" not in value and outcome in NEEDS:
        value["needs"] = NEEDS[outcome]
    return value


def expand_criterion(written: JsonObject) -> JsonObject:
    """One criterion in full: obligation and statement apart, short forms written out."""
    criterion: JsonObject = {}
    for key, value in written.items():
        if key in OBLIGATIONS:
            criterion["obligation"] = key
            criterion["statement"] = value
        elif key == "waivable" and isinstance(value, str):
            criterion[key] = {"by": value}
        elif key == "check" and isinstance(value, str):
            criterion[key] = {"id": value}
        elif key in ("all", "any") and isinstance(value, list):
            criterion[key] = [
                {"check": {"id": part["check"]}}
                if isinstance(part, dict) and isinstance(part.get("check"), str)
                else part
                for part in value
            ]
        else:
            criterion[key] = value
    return criterion


def _add_due_artefacts(
    written: JsonObject, gates: JsonObject, origins: dict[tuple[str, str], str]
) -> list[Fault]:
    faults: list[Fault] = []
    for artefact_id, artefact in _object(written.get("artefacts") or {}).items():
        due = _object(artefact).get("due")
        if not isinstance(due, dict):
            continue
        for gate_id, state in due.items():
            gate = gates.get(gate_id)
            if not isinstance(gate, dict):
                continue
            criterion_id = f"{artefact_id}-at-{gate_id}"
            here = join_pointer(("artefacts", artefact_id, "due", gate_id))
            if len(criterion_id) > _LONGEST_ID:
                what = f"{criterion_id!r}, its criterion, has more than {_LONGEST_ID} characters"
                faults.append(Fault(here, what, "Shorten the id of the artefact or of the gate"))
            elif criterion_id in _object(gate["criteria"]):
                what = f"gate {gate_id!r} has a criterion {criterion_id!r} already"
                faults.append(Fault(here, what, "Give that one another id, or take out 'due'"))
                continue
            criterion: JsonObject = {
                "obligation": "must",
                "statement": f"{_title(artefact_id, _object(artefact))} is {state}",
                "artefact": {"id": artefact_id, "state": state},
            }
            for key in ("for", "lead-time", "template"):
                if key in _object(artefact):
                    criterion[key] = _object(artefact)[key]
            _object(gate["criteria"])[criterion_id] = criterion
            origins[(gate_id, criterion_id)] = here
    return faults


def _title(artefact_id: str, artefact: JsonObject) -> str:
    title = artefact.get("title")
    if isinstance(title, dict):
        first = next(iter(title.values()), artefact_id)
        return str(first)
    return str(title) if title is not None else artefact_id
