"""From criterion to finding: the rows of S4, the first that fits, then easing and waivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Effect, Finding, Reason, Result, in_order
from pmo_core.assessment.kinds import judge_test
from pmo_core.assessment.kleene import every_truth
from pmo_core.assessment.program import Program, passing_finding
from pmo_core.assessment.scene import Judgement, Scene
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.model import Criterion, ExprTest, Force, Guard, Obligation, SchemaTest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.documents import Json

UNMET = (Result.FAIL, Result.UNKNOWN)


class Judging:
    """The criteria of one gate on one record. Results are kept, since `after` asks for others'.

    Args:
        criteria: those that are not retired, extra ones last, each with its force.
        failed: the reasons of plain criteria that the record fails, by position; those that are
            not among them pass.
    """

    __slots__ = ("_criteria", "_failed", "_known", "_program", "_scene")

    def __init__(
        self,
        program: Program,
        criteria: tuple[tuple[Criterion, Force], ...],
        scene: Scene,
        failed: Mapping[int, tuple[Reason, ...]],
    ) -> None:
        self._program = program
        self._criteria = criteria
        self._scene = scene
        self._failed = failed
        self._known: dict[str, Judgement] = {}

    def findings(self) -> list[Finding]:
        """One finding a criterion, in order."""
        if self._scene.inputs.waivers:
            return [self._finding(index, *one) for index, one in enumerate(self._criteria)]
        found = list(self._program.passing[2:])
        for index in self._program.others:
            found[index] = self._finding(index, *self._criteria[index])
        for index, reasons in self._failed.items():
            if index >= 0:
                found[index] = unmet(*self._criteria[index], reasons)
        for index in range(len(found), len(self._criteria)):
            found.append(self._finding(index, *self._criteria[index]))
        return found

    def _finding(self, index: int, criterion: Criterion, force: Force) -> Finding:
        result, reasons = self._judge(criterion)
        waiver = self._waiver(criterion)
        eased = self._is_eased(criterion)
        if result is Result.PASS and not reasons and waiver is None and not eased:
            passing = self._program.passing
            if index + 2 < len(passing):
                return passing[index + 2]
            return passing_finding(criterion, force)
        obligation = Obligation.SHOULD if eased else criterion.obligation
        was = None
        if waiver is not None and result in UNMET:
            was, result = result, Result.WAIVED
        return Finding(
            criterion=criterion.id,
            obligation=obligation,
            result=result,
            effect=effect_of(obligation, force, result),
            reasons=in_order(reasons),
            origin=criterion.origin,
            force=force,
            entrance=criterion.entrance,
            eased=eased,
            was=was,
            waiver=waiver,
            explain=criterion.explain_required
            and obligation is Obligation.SHOULD
            and result in UNMET,
        )

    def _judge(self, criterion: Criterion) -> Judgement:
        """What a criterion comes to before waivers; those that it waits for are judged first.

        Without recursion, since chains of `after` may be as long as a gate.
        """
        if not criterion.after:
            return self._kept(criterion)
        forces = self._forces()
        path = [criterion]
        while path:
            last = path[-1]
            coming = [
                forces[name][0]
                for name in last.after
                if name in forces and name not in self._known and forces[name][0] not in path
            ]
            if coming:
                path.append(coming[0])
            else:
                self._kept(path.pop())
        return self._known[criterion.id]

    def _kept(self, criterion: Criterion) -> Judgement:
        found = self._known.get(criterion.id)
        if found is None:
            found = self._known[criterion.id] = self._rows(criterion)
        return found

    def _rows(self, criterion: Criterion) -> Judgement:
        """The rows of S4, from 2 on; row 1 (retired) is settled in the program."""
        scene = self._scene
        if criterion.grandfathered is not None and self._truth(criterion.grandfathered) is True:
            return (Result.NOT_APPLICABLE, (Reason("grandfathered"),))
        applies, why = self._applies(criterion)
        if applies is False:
            return (Result.NOT_APPLICABLE, (Reason(why),))
        held_up: list[Json] = [name for name in criterion.after if self._holds_up(name)]
        if held_up:
            return (Result.UNKNOWN, (Reason("after", None, {"criteria": held_up}),))
        judged = judge_test(criterion.test, criterion.id, scene)
        if applies is None and judged[0] in UNMET:
            if any(reason.code.startswith("na-") for reason in judged[1]):
                return judged
            return (Result.UNKNOWN, (Reason("when-unknown"), *judged[1]))
        return judged

    def _forces(self) -> dict[str, tuple[Criterion, Force]]:
        return {criterion.id: (criterion, force) for criterion, force in self._criteria}

    def _holds_up(self, name: str) -> bool:
        """Whether a criterion binds and is not met; one that waits in a circle never is."""
        force = next((force for one, force in self._criteria if one.id == name), None)
        if force is not Force.BINDING:
            return False
        return name not in self._known or self._known[name][0] in UNMET

    def _applies(self, criterion: Criterion) -> tuple[bool | None, str]:
        when = None if criterion.when is None else (self._truth(criterion.when),)
        if when is not None and when[0] is False:
            return False, "when"
        if criterion.unless is not None:
            unless = self._truth(criterion.unless)
            if unless is True:
                return False, "unless"
            if unless is None:
                return None, "when-unknown"
        return (True if when is None else when[0]), "when-unknown"

    def _truth(self, guard: Guard) -> bool | None:
        return guard_truth(guard, self._scene)

    def _is_eased(self, criterion: Criterion) -> bool:
        if criterion.obligation is not Obligation.MUST or criterion.statutory:
            return False
        return any(
            guard is not None and self._truth(guard) is True
            for guard in (criterion.eased, self._scene.gate.eased)
        )

    def _waiver(self, criterion: Criterion) -> str | None:
        if criterion.statutory:
            return None
        standard = self._scene.standard
        for waiver in self._scene.inputs.waivers:
            if waiver.criterion == criterion.id:
                judged = criterion_digest(criterion.model, standard)
                if waiver.criterion_digest == judged:
                    return waiver.id
        return None


def unmet(criterion: Criterion, force: Force, reasons: tuple[Reason, ...]) -> Finding:
    """The finding of a plain schema that does not hold: no guard, easing or waiver touches it."""
    obligation = criterion.obligation
    return Finding(
        criterion.id,
        obligation,
        Result.FAIL,
        effect_of(obligation, force, Result.FAIL),
        reasons,
        criterion.origin,
        force,
        criterion.entrance,
        False,
        None,
        None,
        criterion.explain_required and obligation is Obligation.SHOULD,
    )


def effect_of(obligation: Obligation, force: Force, result: Result) -> Effect:
    """What a finding does to the verdict (S4.3)."""
    if result not in UNMET or obligation is Obligation.MAY:
        return Effect.NONE
    if obligation is Obligation.MUST and force is Force.BINDING:
        return Effect.BLOCKS
    return Effect.WARNS


def guard_truth(guard: Guard, scene: Scene) -> bool | None:
    """Whether all parts of a guard hold, by Kleene; None is unknown. A schema never is."""
    truths: list[bool | None] = []
    for part in guard:
        truth = _part_truth(part, scene)
        if truth is False:
            return False
        truths.append(truth)
    return every_truth(truths)


def _part_truth(part: SchemaTest | ExprTest, scene: Scene) -> bool | None:
    if isinstance(part, SchemaTest):
        return part.schema.is_valid(scene.item if part.of_item else scene.value)
    scene.looked_at(part.expression)
    return part.expression.evaluate(scene.bindings).truth
