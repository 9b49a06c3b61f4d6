"""One module a kind of test (S5); `judge_test` finds the one for a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.kinds.answer import judge_answer
from pmo_core.assessment.kinds.artefact import judge_artefact
from pmo_core.assessment.kinds.check import judge_check
from pmo_core.assessment.kinds.dependency import judge_dependency
from pmo_core.assessment.kinds.expr import judge_expr
from pmo_core.assessment.kinds.schema import judge_schema
from pmo_core.assessment.kinds.score import judge_score
from pmo_core.assessment.kleene import every, some
from pmo_core.assessment.scene import Judgement, Scene
from pmo_core.standards.model import (
    AnswerTest,
    ArtefactTest,
    CheckTest,
    CombinedTest,
    DependencyTest,
    ExprTest,
    SchemaTest,
    ScoreTest,
    SingleTest,
    Test,
)

_JUDGES: Mapping[type, Callable[..., Judgement]] = MappingProxyType(
    {
        SchemaTest: judge_schema,
        ExprTest: judge_expr,
        CheckTest: judge_check,
        ArtefactTest: judge_artefact,
        AnswerTest: judge_answer,
        ScoreTest: judge_score,
        DependencyTest: judge_dependency,
    }
)


def judge_test(test: Test, criterion: str, scene: Scene) -> Judgement:
    """What a criterion's test comes to, before waivers."""
    if isinstance(test, CombinedTest):
        combine = every if test.every else some
        return combine([_judge_single(part, criterion, scene) for part in test.tests])
    return _judge_single(test, criterion, scene)


def _judge_single(test: SingleTest, criterion: str, scene: Scene) -> Judgement:
    return _JUDGES[type(test)](test, criterion, scene)


__all__ = ["Judgement", "Reason", "Result", "judge_test"]
