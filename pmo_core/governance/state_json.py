"""A project's state as JSON and back, to be kept beside the events that it is the fold of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmo_core.governance.state import Appointment, Decision, Occurrence, Review, Stand, State
from pmo_core.standards.inputs import Passed

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject

FORM = 1
"""The version of this JSON. One of another version is left alone, and the state folded anew."""

_LISTS = {
    "appointments": Appointment,
    "reviews": Review,
    "occurrences": Occurrence,
}


def state_as_json(state: State) -> JsonObject:
    """The state without its record, which is kept apart."""
    written: dict[str, object] = {
        "form": FORM,
        "project": state.project,
        "version": state.version,
        "at": state.at,
        "standard": state.standard,
        "package": state.package,
        "position": {track: list(stand) for track, stand in state.position.items()},
        "passed": {gate: list(one) for gate, one in state.passed.items()},
        "visits": dict(state.visits),
        "entries": dict(state.entries),
        "appointments": [list(one) for one in state.appointments],
        "reviews": [list(one) for one in state.reviews],
        "occurrences": [list(one) for one in state.occurrences],
        "decisions": [
            {
                **one._asdict(),
                "moved": {track: list(phases) for track, phases in one.moved.items()},
            }
            for one in state.decisions
        ],
        "baselines": dict(state.baselines),
        "extra": {gate: list(criteria) for gate, criteria in state.extra.items()},
    }
    return cast("JsonObject", written)


def state_from_json(written: JsonObject, record: JsonObject) -> State:
    """The state that `state_as_json` wrote, with its record."""
    told = cast("dict[str, dict[str, list[str]]]", written)
    lists = {
        name: tuple(made(*one) for one in cast("list[list[str]]", written[name]))
        for name, made in _LISTS.items()
    }
    decisions = cast("list[dict[str, object]]", written["decisions"])
    return State(
        project=cast("str", written["project"]),
        version=cast("int", written["version"]),
        at=cast("str", written["at"]),
        standard=cast("str", written["standard"]),
        package=cast("str", written["package"]),
        record=record,
        position={track: Stand._make(one) for track, one in told["position"].items()},
        passed={gate: Passed(*one) for gate, one in told["passed"].items()},
        visits=cast("dict[str, int]", written["visits"]),
        entries=cast("dict[str, str]", written["entries"]),
        decisions=tuple(_decision(one) for one in decisions),
        baselines=cast("JsonObject", written["baselines"]),
        extra={
            gate: tuple(criteria)
            for gate, criteria in cast("dict[str, list[JsonObject]]", written["extra"]).items()
        },
        **lists,
    )


def _decision(written: dict[str, object]) -> Decision:
    moved = cast("dict[str, list[str]]", written["moved"])
    pairs = {track: (phases[0], phases[1]) for track, phases in moved.items()}
    return Decision(**{**written, "moved": pairs})  # type: ignore[arg-type]
