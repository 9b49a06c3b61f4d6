"""`check`: what a plugin answered while the office gathered; no plugin runs here (S5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.scene import PASSED, Judgement, Scene

if TYPE_CHECKING:
    from pmo_core.standards.model import CheckTest

ANSWERS = {"pass": Result.PASS, "fail": Result.FAIL, "unknown": Result.UNKNOWN}


def judge_check(test: CheckTest, criterion: str, scene: Scene) -> Judgement:
    """Pass, fail or unknown as the check said; unknown `not-run` where nothing did."""
    found = scene.inputs.checks.get((criterion, test.id))
    if found is None:
        return (Result.UNKNOWN, (Reason("not-run", None, {"check": test.id}),))
    result = ANSWERS.get(found.result, Result.UNKNOWN)
    if result is Result.PASS:
        return PASSED
    return (
        result,
        (Reason(found.code or result.value, found.pointer, {**found.params, "check": test.id}),),
    )
