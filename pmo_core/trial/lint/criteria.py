"""Lint of gates and criteria: do they ask for anything, and can people act on what they ask?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmo_core.standards.model import AnswerTest, ArtefactTest, Obligation
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import criteria_of, has_must, tests_of

if TYPE_CHECKING:
    from pmo_core.standards.model import Criterion, Gate, Standard, Text


def gates_without_criteria(standard: Standard) -> Iterator[Spot]:
    """Gates that ask for nothing, though something is to depend on what they find."""
    for gate in standard.gates.values():
        if not gate.criteria and _depends_on_verdict(gate):
            yield Spot(
                gate.pointer,
                f"gate {gate.id!r} has no criteria, so every project is ready for it",
                "Add criteria, or let its outcomes need 'nothing'",
            )


def vacuous_gates(standard: Standard) -> Iterator[Spot]:
    """Gates whose criteria can only warn (S4.4)."""
    for gate in standard.gates.values():
        if gate.criteria and not has_must(gate) and _depends_on_verdict(gate):
            yield Spot(
                gate.pointer,
                f"gate {gate.id!r} has criteria but no must, so nothing can ever block it",
                "Make a criterion a must, or let its outcomes need 'nothing'",
            )


def criteria_without_guidance(standard: Standard) -> Iterator[Spot]:
    """Criteria that nobody explains; those of artefacts that fall due have templates instead."""
    for gate, criterion in criteria_of(standard):
        if criterion.guidance is None and gate.guidance is None and not _is_due(criterion):
            yield Spot(
                criterion.pointer,
                f"criterion {criterion.id!r} has no guidance: whoever fails it is told what, "
                "and not why or how",
                f"Add 'guidance: guidance/{criterion.id}.md' and write the file",
            )


def criteria_without_owner(standard: Standard) -> Iterator[Spot]:
    """Criteria of which it cannot be said who has to act (S14.5)."""
    for gate, criterion in criteria_of(standard):
        if criterion.owner is None and gate.owner is None and not _has_actor(standard, criterion):
            yield Spot(
                criterion.pointer,
                f"nobody is named who acts when criterion {criterion.id!r} is not met",
                "Add 'owner' to the criterion or to its gate",
            )


def duplicate_statements(standard: Standard) -> Iterator[Spot]:
    """Two criteria that say the same in the same words, under two ids."""
    seen: dict[str, Criterion] = {}
    for gate, criterion in criteria_of(standard):
        words = _words(criterion.statement)
        first = seen.setdefault(words, criterion)
        if first.id != criterion.id:
            yield Spot(
                criterion.pointer,
                f"{criterion.id!r} at gate {gate.id!r} says the same as {first.id!r}: {words!r}",
                "Give both the same id, so that one answer serves both, or say what differs",
            )


def waivers_without_limit(standard: Standard) -> Iterator[Spot]:
    """Criteria that may be set aside for ever."""
    for _gate, criterion in criteria_of(standard):
        if criterion.waivable is not None and "max" not in criterion.waivable.settings:
            yield Spot(
                f"{criterion.pointer}/waivable",
                f"a waiver of {criterion.id!r} may be granted for any time",
                f"Write 'waivable: {{by: {criterion.waivable.by}, max: P1Y}}', or a shorter time",
            )


def useless_deferrals(standard: Standard) -> Iterator[Spot]:
    """Criteria that may be put off at gates where no outcome takes what is put off."""
    for gate, criterion in criteria_of(standard):
        if criterion.deferrable is None:
            continue
        if criterion.obligation is not Obligation.MUST:
            yield Spot(
                f"{criterion.pointer}/deferrable",
                f"{criterion.id!r} is a {criterion.obligation.value}: it never blocks, "
                "so there is nothing to put off",
                "Make it a must, or take 'deferrable' out",
            )
        elif not any(outcome.needs == "deferrable" for outcome in gate.outcomes):
            yield Spot(
                f"{criterion.pointer}/deferrable",
                f"{criterion.id!r} may be put off, but no outcome of gate {gate.id!r} allows it",
                "Add an outcome such as conditional-go, or one with 'needs: deferrable'",
            )


def never_binding(standard: Standard) -> Iterator[Spot]:
    """Criteria that are retired before they bind (S4.5)."""
    for _gate, criterion in criteria_of(standard):
        binds, retires = criterion.binds, criterion.retires
        if binds is not None and retires is not None and retires <= binds:
            yield Spot(
                f"{criterion.pointer}/retires",
                f"{criterion.id!r} is retired on {retires}, and would bind from {binds} only",
                "Correct one of the two dates, or take the criterion out",
            )


def idle_statutes(standard: Standard) -> Iterator[Spot]:
    """`statutory` on what never blocks."""
    for _gate, criterion in criteria_of(standard):
        if criterion.statutory and criterion.obligation is not Obligation.MUST:
            yield Spot(
                f"{criterion.pointer}/statutory",
                f"{criterion.id!r} is statutory, but as a {criterion.obligation.value} "
                "it never blocks",
                "Make it a must, or take 'statutory' out",
            )


def _depends_on_verdict(gate: Gate) -> bool:
    """Whether anything follows from the verdict; an automatic gate may ask for nothing (S11.2)."""
    if gate.model.get("authority") in ("automatic", {"automatic": True}):
        return False
    return gate.standing or any(outcome.needs != "nothing" for outcome in gate.outcomes)


def _is_due(criterion: Criterion) -> bool:
    return criterion.pointer.startswith("/artefacts/")


def _has_actor(standard: Standard, criterion: Criterion) -> bool:
    for _pointer, test in tests_of(criterion):
        if isinstance(test, AnswerTest) and test.by is not None:
            return True
        if isinstance(test, ArtefactTest):
            artefact = standard.artefacts[test.id]
            if artefact.accountable is not None or artefact.responsible is not None:
                return True
    return False


def _words(statement: Text) -> str:
    return statement if isinstance(statement, str) else next(iter(statement.values()), "")


RULES = (
    Rule("gate-without-criteria", "criteria", Severity.WARNING, gates_without_criteria),
    Rule("vacuous-gate", "criteria", Severity.WARNING, vacuous_gates),
    Rule("criterion-without-guidance", "criteria", Severity.WARNING, criteria_without_guidance),
    Rule("criterion-without-owner", "criteria", Severity.WARNING, criteria_without_owner),
    Rule("duplicate-statement", "criteria", Severity.WARNING, duplicate_statements),
    Rule("waivable-without-limit", "criteria", Severity.WARNING, waivers_without_limit),
    Rule("useless-deferral", "criteria", Severity.WARNING, useless_deferrals),
    Rule("never-binding", "criteria", Severity.ERROR, never_binding),
    Rule("statutory-without-must", "criteria", Severity.WARNING, idle_statutes),
)
