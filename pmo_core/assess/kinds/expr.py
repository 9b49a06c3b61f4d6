"""`expr`: a CEL expression is true; an error in it is unknown, never a pass (S6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.scene import PASSED, Judgement, Scene

if TYPE_CHECKING:
    from pmo_core.standards.expressions import Evaluation
    from pmo_core.standards.model import ExprTest


def judge_expr(test: ExprTest, _criterion: str, scene: Scene) -> Judgement:
    """True passes, false fails, anything else is unknown with what was missing."""
    expression = test.expression
    if expression.uses_now:
        scene.limits.append(scene.now)
    elif expression.uses_today:
        scene.looked_at_today()
    lacking = _lacking_fact(test, scene)
    found = expression.evaluate(scene.bindings)
    if found.truth is True:
        return PASSED
    if found.truth is False:
        return (Result.FAIL, (Reason("false", None, {"expr": expression.text}),))
    if lacking is not None:
        return (Result.UNKNOWN, (lacking,))
    return (Result.UNKNOWN, (unknown_reason(found),))


def unknown_reason(found: Evaluation) -> Reason:
    """The reason of an expression that came to nothing."""
    return Reason(found.code or "unknown", found.pointer, dict(found.params))


def _lacking_fact(test: ExprTest, scene: Scene) -> Reason | None:
    for name in sorted(test.expression.facts):
        fact = scene.inputs.facts.get(name)
        if fact is None:
            return Reason("no-fact", None, {"fact": name})
        if fact.failure is not None:
            return Reason(fact.failure, None, {"fact": name, "source": fact.source})
    return None
