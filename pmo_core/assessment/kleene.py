"""Three-valued logic over results: fail dominates `all`, pass dominates `any` (S4 tables)."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.scene import Judgement


def every(parts: Sequence[Judgement]) -> Judgement:
    """Kleene and. Not-applicable parts drop out; where all do, so does the whole."""
    return _combine(parts, Result.FAIL, Result.PASS)


def some(parts: Sequence[Judgement]) -> Judgement:
    """Kleene or. Not-applicable parts drop out; where all do, so does the whole."""
    return _combine(parts, Result.PASS, Result.FAIL)


def every_truth(truths: Sequence[bool | None]) -> bool | None:
    """Kleene and over truths; None is unknown."""
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def _combine(parts: Sequence[Judgement], decides: Result, otherwise: Result) -> Judgement:
    left = [part for part in parts if part[0] is not Result.NOT_APPLICABLE]
    if not left:
        return (Result.NOT_APPLICABLE, _reasons(parts))
    for result in (decides, Result.UNKNOWN):
        chosen = [part for part in left if part[0] is result]
        if chosen:
            # A whole that fails shows what is wrong in it, unknowns too; one that passes, nothing.
            shown = left if result is not Result.PASS else chosen
            return (result, _reasons([part for part in shown if part[0] is not Result.PASS]))
    return (otherwise, _reasons(left) if otherwise is Result.FAIL else ())


def _reasons(parts: Sequence[Judgement]) -> tuple[Reason, ...]:
    return tuple(reason for _result, reasons in parts for reason in reasons)
