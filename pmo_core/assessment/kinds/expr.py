"""`expr`: a CEL expression is true; an error in it is unknown, never a pass (S6.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.scene import PASSED, Judgement, Scene
from pmo_core.documents import resolve

if TYPE_CHECKING:
    from pmo_core.documents import Json
    from pmo_core.standards.expressions import Evaluation, Expression
    from pmo_core.standards.model import ExprTest

MOST_ITEMS = 1_000
MOST_REASONS = 100


def judge_expr(test: ExprTest, _criterion: str, scene: Scene) -> Judgement:
    """True passes, false fails, anything else is unknown with what was missing."""
    expression = test.expression
    scene.looked_at(expression)
    found = expression.evaluate(scene.bindings)
    if found.truth is True:
        return PASSED
    if found.truth is None and (lacking := lacking_facts(expression, scene)):
        return (Result.UNKNOWN, lacking)
    items = _items_at_fault(test, found.truth, scene)
    if found.truth is False:
        return (Result.FAIL, items or (_false_reason(expression, scene),))
    return (Result.UNKNOWN, items or (unknown_reason(found, scene),))


def _items_at_fault(test: ExprTest, truth: bool | None, scene: Scene) -> tuple[Reason, ...]:
    """The items of which an `all` does not hold, where the expression is about single items."""
    reasons: list[Reason] = []
    for pointer, one in scene.standard.expressions.item_tests(test.expression):
        items = resolve(scene.value, pointer, None)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if index >= MOST_ITEMS or len(reasons) >= MOST_REASONS:
                break
            found = one.evaluate(scene.bindings.beside(item=item))
            if found.truth is truth:
                at = f"{pointer}/{index}"
                unknown = Reason(found.code or "unknown", at, dict(found.params))
                reasons.append(Reason("item-false", at) if truth is False else unknown)
    return tuple(reasons)


def _false_reason(expression: Expression, scene: Scene) -> Reason:
    """At a repeated gate it points at what the expression reads of the item."""
    if expression.item_place is None or not scene.item_pointer:
        return Reason("false", None, {"expr": expression.text})
    about: dict[str, Json] = {"expr": expression.text, "item": scene.item_pointer}
    return Reason("false", scene.item_pointer + expression.item_place, about)


def unknown_reason(found: Evaluation, scene: Scene) -> Reason:
    """The reason of an expression that came to nothing; at the item where it lies in that."""
    params: dict[str, Json] = dict(found.params)
    of_item = re.match(r"item\b", str(params.get("path", "")))
    at = scene.item_pointer if of_item and scene.item_pointer else found.pointer
    return Reason(found.code or "unknown", at, params)


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
