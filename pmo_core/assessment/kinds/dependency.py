"""`dependency`: what other projects have recorded; never another verdict (S9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.kinds.expr import lacking_facts
from pmo_core.assessment.kleene import every, some
from pmo_core.assessment.scene import FAILED, PASSED, Judgement, Scene
from pmo_core.documents import Json, JsonObject, resolve
from pmo_core.standards.inputs import circles_of
from pmo_core.standards.record import claimed_text

if TYPE_CHECKING:
    from pmo_core.standards.inputs import Neighbour, Passed
    from pmo_core.standards.model import DependencyTest

MOST_MEMBERS = 20
"""Projects of a circle that a reason names; a circle may be as long as a portfolio."""


def judge_dependency(test: DependencyTest, _criterion: str, scene: Scene) -> Judgement:
    """All projects must hold it (`any: true`: one); no projects, not applicable."""
    if test.own:
        return _judge_own(test, scene)
    ids = named_projects(test, scene.value)
    if not ids:
        return (Result.NOT_APPLICABLE, (Reason("no-dependency", test.pointer),))
    combine = some if test.any else every
    return combine([judge_project(test, at, project, scene) for at, project in ids])


def named_projects(test: DependencyTest, record: Json) -> list[tuple[str | None, str]]:
    """The ids that a dependency names, each with its place in the record."""
    if test.pointer is None:
        return [(None, project) for project in test.ids]
    found = resolve(record, test.pointer, None)
    if isinstance(found, list):
        named = [(f"{test.pointer}/{index}", _id(one)) for index, one in enumerate(found)]
    else:
        named = [(test.pointer, _id(found))]
    return [(at, project) for at, project in named if project is not None]


def _id(value: Json) -> str | None:
    if isinstance(value, dict):
        value = value.get("project", value.get("id"))
    return claimed_text(value)


def _judge_own(test: DependencyTest, scene: Scene) -> Judgement:
    ledger = scene.inputs.position
    about: dict[str, Json] = {"project": "self", "gate": test.gate}
    if ledger is None:
        return (Result.UNKNOWN, (Reason("no-ledger", None, about),))
    passed = ledger.passed.get(test.gate or "")
    if passed is None:
        return (Result.FAIL, (Reason("gate-not-passed", None, about),))
    return _outcome(test, None, about, passed)


def judge_project(test: DependencyTest, at: str | None, project: str, scene: Scene) -> Judgement:
    other = scene.inputs.projects.get(project)
    if other is None:
        about: dict[str, Json] = {"project": project}
        if project in scene.inputs.shared:
            return (Result.UNKNOWN, (Reason("shared-project", at, about),))
        return (Result.UNKNOWN, (Reason("no-such-project", at, about),))
    result, reasons = _holds(test, at, project, other, scene)
    if result is Result.FAIL:
        circle = circle_with(project, scene)
        if circle:
            reasons = (*reasons, Reason("cycle", at, _members(circle)))
    return (result, reasons)


def circle_with(project: str, scene: Scene) -> tuple[str, ...]:
    """The circle in which this project and that one wait for each other; empty where none is."""
    circles = circles_of(scene.inputs.cycles)
    circle = circles.of(project)
    return circle if circle is circles.of(scene.record.id) else ()


def _members(circle: tuple[str, ...]) -> dict[str, Json]:
    """The first members, and how many there are where those are not all."""
    about: dict[str, Json] = {"projects": list(circle[:MOST_MEMBERS])}
    return about if len(circle) <= MOST_MEMBERS else {**about, "count": len(circle)}


def _holds(
    test: DependencyTest, at: str | None, project: str, other: Neighbour, scene: Scene
) -> Judgement:
    about: dict[str, Json] = {"project": project}
    if test.gate is not None:
        return _gate(test, at, {**about, "gate": test.gate}, other)
    if test.phase is not None:
        return _phase(test, at, about, other, scene)
    if test.artefact is not None:
        return _artefact(test.artefact, at, about, other, scene)
    if test.holds is None:
        return PASSED
    view: JsonObject = {
        "standard": other.standard,
        "phase": dict(other.phase),
        "passed": {
            gate: {"outcome": passed.outcome, "date": passed.date}
            for gate, passed in other.passed.items()
        },
        "artefacts": dict(other.artefacts),
    }
    scene.looked_at(test.holds)
    found = test.holds.evaluate(scene.bindings.beside(other=view))
    if found.truth is None:
        why = Reason(found.code or "unknown", at, {**dict(found.params), **about})
        return (Result.UNKNOWN, lacking_facts(test.holds, scene) or (why,))
    if found.truth:
        return PASSED
    return (FAILED[0], (Reason("dependency-false", at, {**about, "expr": test.holds.text}),))


def _gate(
    test: DependencyTest, at: str | None, about: dict[str, Json], other: Neighbour
) -> Judgement:
    passed = other.passed.get(test.gate or "")
    if passed is None:
        # Without an office nothing is recorded of any gate, so nothing can be denied (S9.3).
        if other.head is None and not other.passed:
            return (Result.UNKNOWN, (Reason("no-ledger", at, about),))
        return (Result.FAIL, (Reason("gate-not-passed", at, about),))
    return _outcome(test, at, about, passed)


def _outcome(
    test: DependencyTest, at: str | None, about: dict[str, Json], passed: Passed
) -> Judgement:
    if test.outcomes and passed.outcome not in test.outcomes:
        return (Result.FAIL, (Reason("gate-outcome", at, {**about, "outcome": passed.outcome}),))
    return PASSED


def _phase(
    test: DependencyTest, at: str | None, about: dict[str, Json], other: Neighbour, scene: Scene
) -> Judgement:
    parts: list[Judgement] = []
    for track, phase in (test.phase or {}).items():
        name = track or _track_of(phase, other, scene)
        ranks = _ranks(name, other, scene)
        standing = other.phase.get(name)
        asked: dict[str, Json] = {**about, "phase": phase}
        if phase in ranks and standing is not None and standing not in ranks:
            odd: dict[str, Json] = {**asked, "found": standing}
            parts.append((Result.UNKNOWN, (Reason("no-such-track", at, odd),)))
        elif phase not in ranks or standing not in ranks:
            parts.append((Result.UNKNOWN, (Reason("no-such-track", at, asked),)))
        elif ranks[standing] >= ranks[phase]:
            parts.append(PASSED)
        else:
            parts.append((Result.FAIL, (Reason("phase-early", at, {**asked, "found": standing}),)))
    return every(parts)


def _track_of(phase: str, other: Neighbour, scene: Scene) -> str:
    tracks = other.ranks or {name: track.ranks for name, track in scene.standard.tracks.items()}
    return next((name for name, ranks in tracks.items() if phase in ranks), "main")


def _ranks(track: str, other: Neighbour, scene: Scene) -> dict[str, int]:
    if other.ranks:
        return dict(other.ranks.get(track, {}))
    declared = scene.standard.tracks.get(track)
    return dict(declared.ranks) if declared else {}


def _artefact(
    wanted: tuple[str, str],
    at: str | None,
    about: dict[str, Json],
    other: Neighbour,
    scene: Scene,
) -> Judgement:
    name, state = wanted
    wanting: dict[str, Json] = {**about, "artefact": name, "state": state}
    declared = scene.standard.artefacts.get(name)
    states = other.states.get(name) or (declared.states if declared else ())
    found = other.artefacts.get(name)
    if found is None:
        return (Result.FAIL, (Reason("artefact-missing", at, wanting),))
    if found not in states or state not in states:
        return (Result.UNKNOWN, (Reason("state-unknown", at, {**wanting, "found": found}),))
    if states.index(found) < states.index(state):
        return (Result.FAIL, (Reason("artefact-early", at, {**wanting, "found": found}),))
    return PASSED
