"""`expr`: a CEL expression is true; an error in it is unknown, never a pass (S6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.scene import PASSED, Judgement, Scene

if TYPE_CHECKING:
    from pmo_core.standards.expressions import Evaluation, Expression
    from pmo_core.standards.model import ExprTest


def judge_expr(test: ExprTest, _criterion: str, scene: Scene) -> Judgement:
    """True passes, false fails, anything else is unknown with what was missing."""
    expression = test.expression
    scene.looked_at(expression)
    found = expression.evaluate(scene.bindings)
    if found.truth is True:
        return PASSED
    if found.truth is False:
        return (Result.FAIL, (Reason("false", None, {"expr": expression.text}),))
    return (Result.UNKNOWN, lacking_facts(expression, scene) or (unknown_reason(found),))


def unknown_reason(found: Evaluation) -> Reason:
    """The reason of an expression that came to nothing."""
    return Reason(found.code or "unknown", found.pointer, dict(found.params))


def lacking_facts(expression: Expression, scene: Scene) -> tuple[Reason, ...]:
    """The facts that an expression reads and nobody supplied, each with its cause (S8.1)."""
    reasons = []
    for name in sorted(expression.facts):
        fact = scene.inputs.facts.get(name)
        if fact is None:
            reasons.append(Reason("no-fact", None, {"fact": name}))
        elif fact.failure is not None:
            reasons.append(Reason(fact.failure, None, {"fact": name, "source": fact.source}))
    return tuple(reasons)
