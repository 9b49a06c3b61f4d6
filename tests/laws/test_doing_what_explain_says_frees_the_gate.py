"""S14.4: whoever does what the plan says is ready; and where it is proved, nothing cheaper does.

The actions are not assumed here but done, to the record and the inputs, and the gate is assessed
again: an answer is given, an artefact brought, a fact supplied, a waiver granted.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import Assessment, Verdict
from pmo_core.assessment.explain import CONDITIONAL_GO, GO, explain
from pmo_core.assessment.plan import Action, cost_of, shared
from pmo_core.documents import Json, JsonObject
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import Fact, Inputs, Neighbour, WaiverInForce
from pmo_core.standards.model import ScoreTest, Standard
from pmo_core.testing.builders import a_standard, assessed

DAY = "2026-03-01"
SCORE = {
    "scale": {"min": 0, "max": 10},
    "items": {"a": {"weight": 2}, "b": {"weight": 1, "minimum": 3}, "c": {"weight": 0.5}},
    "bands": [{"id": "low", "at-least": 0}, {"id": "good", "at-least": 6}],
    "pass": "good",
}
PARTS = {
    "roles": "{boss: {title: Boss}, manager: {title: Manager}}",
    "artefacts": "{plan: {title: Plan, states: [draft, reviewed, approved], accountable: boss},"
    " note: {title: Note, states: [done]}}",
    "needs": "{facts: {lab.a: {type: boolean}, lab.b: {type: boolean}}}",
}


def single_tests(name: str) -> st.SearchStrategy[JsonObject]:
    """Tests of one criterion that somebody can make pass."""
    return st.sampled_from(
        (
            {"schema": {"required": [f"s-{name}"]}},
            {"expr": f"record['e-{name}'] == 1.0"},
            {"expr": "facts.lab.a"},
            {"expr": "facts.lab.a && facts.lab.b"},
            {"answer": {"evidence": "required", "by": "boss", "max_age": "P9D"}},
            {"artefact": {"id": "plan", "state": "draft"}},
            {"artefact": {"id": "plan", "state": "approved"}},
            {"artefact": {"id": "note", "state": "done"}},
            {"score": SCORE},
            {"dependency": {"of": ["rome", "oslo"], "phase": "closed"}},
            {"dependency": {"of": ["rome", "oslo"], "phase": "closed", "any": True}},
            {"check": "demo.open"},
        )
    )


def distinct(tests: list[JsonObject]) -> list[JsonObject]:
    """At most one answer or score and one check: an id has one answer."""
    kept: dict[str, JsonObject] = {}
    for test in tests:
        kind = next(iter(test))
        key = "answer" if kind in ("answer", "score") else kind
        kept.setdefault(key if kind in ("answer", "score", "check") else str(test), test)
    return list(kept.values())


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, Json]:
    """A gate: criteria of all kinds, and some that wait for others and pass once they may."""
    found: dict[str, Json] = {}
    names = [f"c{number}" for number in range(draw(st.integers(1, 5)))]
    for name in names:
        single = single_tests(name)
        test = draw(
            st.one_of(
                single,
                st.lists(single, min_size=2, max_size=3).map(lambda some: {"all": distinct(some)}),
                st.lists(single, min_size=2, max_size=3).map(lambda some: {"any": distinct(some)}),
            )
        )
        criterion: JsonObject = {draw(st.sampled_from(("must", "must", "should"))): "So", **test}
        if draw(st.booleans()):
            criterion["owner"] = "manager"
        if draw(st.integers(0, 2)) == 0:
            criterion["waivable"] = "boss"
        if draw(st.integers(0, 2)) == 0:
            criterion["deferrable"] = {"within": "P9D", "by": "boss"}
        if draw(st.integers(0, 3)) == 0:
            criterion["when"] = {"expr": "record.nobody-knows == 1".replace("-", "_")}
        found[name] = criterion
    for number in range(draw(st.integers(0, 2))):
        awaited = draw(
            st.sets(st.sampled_from([*names, *(n for n in found if n[0] == "w")]), min_size=1)
        )
        waiting: JsonObject = {"must": "Then so", "schema": True, "after": sorted(awaited)}
        if draw(st.booleans()):
            waiting["waivable"] = "boss"
        found[f"w{number}"] = waiting
    return found


@st.composite
def states(draw: st.DrawFn) -> JsonObject:
    """What has been done already."""
    record: JsonObject = {}
    if draw(st.booleans()):
        record["artefacts"] = {"plan": draw(st.sampled_from(("draft", "reviewed", "torn")))}
    answers: JsonObject = {}
    for name in ("c0", "c1", "c2"):
        if draw(st.booleans()):
            answers[name] = draw(
                st.sampled_from(
                    (
                        {"value": {"a": 5, "b": 1}},
                        {"value": {"a": 9, "b": 9, "c": 9}},
                        {"value": "yes", "by": "ada", "date": "2026-01-01", "evidence": ["x"]},
                        {"value": "no"},
                    )
                )
            )
    record["answers"] = answers
    return record


HOLDERS = Inputs(holders={"boss": (("ada", date(2026, 1, 1), None),)})


class Deed:
    """The record and the inputs after some actions were done."""

    def __init__(self, standard: Standard, record: JsonObject, inputs: Inputs) -> None:
        self.standard = standard
        self.record = copy.deepcopy(record)
        self.inputs = inputs
        self.deferred: set[str] = set()

    def done(self, actions: Collection[Action]) -> Assessment:
        """The assessment once these have been done."""
        for action in sorted(actions):
            getattr(self, f"_{action.kind}")(action.target)
        return assessed(self.standard, self.record, inputs=self.inputs)

    def frees(self, actions: Collection[Action]) -> bool:
        """Whether nothing blocks then, but what was deferred."""
        found = self.done(actions)
        blocking = {one.criterion for one in found.blocking}
        assert (found.verdict is Verdict.READY) == (not blocking)
        return blocking <= self.deferred

    def _under(self, key: str) -> JsonObject:
        part = self.record.setdefault(key, {})
        assert isinstance(part, dict)
        return part

    def _fix(self, target: str) -> None:
        self.record[f"s-{target}"] = 1
        self.record[f"e-{target}"] = 1

    def _answer(self, target: str) -> None:
        entry: Json = {"value": "yes", "by": "ada", "date": DAY, "evidence": ["a.pdf"]}
        self._under("answers")[target] = entry

    _refresh = _answer

    def _raise(self, target: str) -> None:
        name, _, item = target.partition("#")
        entry = self._under("answers").setdefault(name, {})
        assert isinstance(entry, dict)
        scored = entry.get("value")
        values = dict(scored) if isinstance(scored, dict) else {}
        entry["value"] = {**values, item: 10}

    def _bring(self, target: str) -> None:
        name, _, state = target.partition("=")
        self._under("artefacts")[name] = {"state": state, "date": DAY, "by": "ada"}

    def _supply(self, target: str) -> None:
        from pmo_core.standards.inputs import CheckResult

        if target == "demo.open":
            checks = {
                (one.id, target): CheckResult("pass")
                for one in self.standard.gates["ready"].criteria
            }
            self.inputs = replace(self.inputs, checks=checks)
        else:
            self.inputs = replace(self.inputs, facts={**self.inputs.facts, target: Fact(True)})

    def _await(self, target: str) -> None:
        closed = Neighbour(self.standard.name, {"main": "closed"})
        self.inputs = replace(self.inputs, projects={**self.inputs.projects, target: closed})

    def _waive(self, target: str) -> None:
        model = next(one.model for one in self.standard.gates["ready"].criteria if one.id == target)
        waiver = WaiverInForce(f"w-{target}", target, criterion_digest(model, self.standard))
        self.inputs = replace(self.inputs, waivers=(*self.inputs.waivers, waiver))

    def _defer(self, target: str) -> None:
        self.deferred.add(target)


TARGETS = st.sampled_from((GO, CONDITIONAL_GO))


@settings(max_examples=120)
@given(criteria(), states(), TARGETS)
def test_whoever_does_what_the_plan_says_is_ready(
    written: dict[str, Json], record: JsonObject, target: str
) -> None:
    standard = a_standard(written, **PARTS)  # type: ignore[arg-type]
    found = assessed(standard, record, inputs=HOLDERS)
    explanation = explain(found, target=target)
    assert (explanation.plan is None) == bool(explanation.stuck)
    plan = explanation.plan
    assert plan is not None, "each of these criteria can be met"
    assert plan.proved
    assert Deed(standard, record, HOLDERS).frees(plan.actions)
    for left_out in plan.actions:
        rest = [action for action in plan.actions if action is not left_out]
        assert not Deed(standard, record, HOLDERS).frees(rest), "each action is needed"


@settings(max_examples=40)
@given(criteria(), states(), TARGETS)
def test_no_cheaper_set_of_these_actions_does(
    written: dict[str, Json], record: JsonObject, target: str
) -> None:
    standard = a_standard(written, **PARTS)  # type: ignore[arg-type]
    found = assessed(standard, record, inputs=HOLDERS)
    explanation = explain(found, target=target)
    plan = explanation.plan
    assert plan is not None
    artefacts = {name: one.states for name, one in standard.artefacts.items()}
    ways = shared([need.ways for one in explanation.blockers for need in one.needs], artefacts)
    every = sorted({action for options in ways for option in options for action in option})
    if len(every) > 7 or any(
        isinstance(one.test, ScoreTest) for one in standard.gates["ready"].criteria
    ):
        return
    best = cost_of(frozenset(plan.actions))
    for size in range(len(plan.actions) + 1):
        for chosen in combinations(every, size):
            if cost_of(frozenset(chosen)) < best:
                assert not Deed(standard, record, HOLDERS).frees(chosen)
