"""`artefact`: a deliverable of management is at or after a state of maturity (S5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.freshness import staleness
from pmo_core.assessment.holders import held_by
from pmo_core.assessment.scene import PASSED, Judgement, Scene
from pmo_core.standards.record import written_text

if TYPE_CHECKING:
    from pmo_core.standards.model import ArtefactTest


def judge_artefact(test: ArtefactTest, _criterion: str, scene: Scene) -> Judgement:
    """Absent or in an earlier state fails; a state that the standard does not know is unknown."""
    where, entry = scene.under(scene.standard.binding.artefacts, test.id)
    about = {"artefact": test.id, "state": test.state}
    stamped = entry if isinstance(entry, dict) else {}
    state = written_text(stamped.get("state") if isinstance(entry, dict) else entry)
    if state is None:
        return (Result.FAIL, (Reason("artefact-missing", where, about),))
    states = scene.standard.artefacts[test.id].states
    if state not in states:
        return (Result.UNKNOWN, (Reason("state-unknown", where, {**about, "found": state}),))
    if states.index(state) < states.index(test.state):
        return (Result.FAIL, (Reason("artefact-early", where, {**about, "found": state}),))
    stale = staleness(stamped.get("date"), test.max_age, scene, where)
    if stale is not None:
        return (Result.UNKNOWN, (stale,))
    if test.approved_by is not None:
        wrong = held_by(stamped.get("by"), test.approved_by, stamped.get("date"), scene, where)
        if wrong is not None:
            return (Result.UNKNOWN, (wrong,))
    return PASSED
