"""What blocks, who can act, what would free it, and by when (S14)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pmo_core.assessment.explain import CONDITIONAL_GO, Explanation, explain
from pmo_core.documents import Json
from pmo_core.errors import UnknownName
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import (
    CheckResult,
    Fact,
    Inputs,
    LapsedCondition,
    Neighbour,
    OpenException,
    PositionInLedger,
    WaiverInForce,
)
from pmo_core.standards.instants import Calendar
from pmo_core.testing.builders import NOW, Written, a_record, a_standard, assessed

PARTS: dict[str, Json] = {
    "roles": "{boss: {title: Boss}, manager: {title: Manager}, judge: {title: Judge}}",
    "artefacts": "{plan: {title: Plan, states: [draft, done], accountable: boss, lead-time: P5D},"
    " note: {title: Note, states: [done]}}",
    "needs": "{facts: {lab.open: {type: boolean}, lab.free: {type: boolean}}}",
}


def explained(
    criteria: Written,
    record: Written = None,
    *,
    target: str = "go",
    inputs: Inputs | None = None,
    gate: Written = None,
) -> Explanation:
    standard = a_standard(criteria, gate=gate, **PARTS)  # type: ignore[arg-type]
    return explain(assessed(standard, record, inputs=inputs), target=target)


def plan(found: Explanation) -> list[tuple[str, tuple[str, ...]]]:
    assert found.plan is not None
    return [(action.id, action.roles) for action in found.plan.actions]


def one(test: str, record: Written = None, **given: Inputs) -> list[tuple[str, tuple[str, ...]]]:
    """The plan for one criterion `it` of the manager."""
    criteria = f"{{it: {{must: It is so, owner: manager, {test}}}}}"
    return plan(explained(criteria, record, inputs=given.get("inputs")))


MANAGER, BOSS = ("manager",), ("boss",)
STAMP = "date: '2026-02-28', by: ada"


class TestActions:
    """S14.1: for each kind of test the action that would make it pass, and who may (S14.5)."""

    @pytest.mark.parametrize(
        ("test", "record", "expected"),
        [
            ("schema: {required: [a]}", "{}", [("fix:it", MANAGER)]),
            ("expr: 'record.a == 1.0'", "{a: 2}", [("fix:it", MANAGER)]),
            ("expr: 'record.a == 1.0'", "{}", [("fix:it", MANAGER)]),
            ("expr: facts.lab.open", "{}", [("supply:lab.open", MANAGER)]),
            (
                "expr: facts.lab.open && facts.lab.free",
                "{}",
                [("supply:lab.free", MANAGER), ("supply:lab.open", MANAGER)],
            ),
            ("check: demo.open", "{}", [("supply:demo.open", ())]),
            ("answer: {}", "{}", [("answer:it", MANAGER)]),
            ("answer: {by: boss}", "{}", [("answer:it", BOSS)]),
            ("answer: {}", "{answers: {it: {value: no}}}", [("answer:it", MANAGER)]),
            ("answer: {}", "{answers: {it: {value: na}}}", [("answer:it", MANAGER)]),
            ("artefact: {id: plan, state: done}", "{}", [("bring:plan=done", BOSS)]),
            (
                "artefact: {id: plan, state: done}",
                "{artefacts: {plan: draft}}",
                [("bring:plan=done", BOSS)],
            ),
            ("artefact: {id: note, state: done}", "{}", [("bring:note=done", MANAGER)]),
            ("dependency: {of: [rome], phase: closed}", "{}", [("await:rome", MANAGER)]),
            (
                "dependency: {of: [rome, oslo], phase: closed}",
                "{}",
                [("await:oslo", MANAGER), ("await:rome", MANAGER)],
            ),
            (
                "dependency: {of: [rome, oslo], phase: closed, any: true}",
                "{}",
                [("await:oslo", MANAGER)],
            ),
            ("dependency: {of: self, gate: ready}", "{}", [("await:self:ready", MANAGER)]),
        ],
    )
    def test_each_kind(
        self, test: str, record: str, expected: list[tuple[str, tuple[str, ...]]]
    ) -> None:
        assert one(test, record) == expected

    @pytest.mark.parametrize(
        ("entry", "kind"),
        [
            (f"{{value: yes, {STAMP}}}", "refresh"),
            ("{value: yes, date: '2026-01-01', evidence: [a]}", "refresh"),
            ("{value: yes, date: '2027-01-01', evidence: [a]}", "refresh"),
            ("{value: yes, evidence: [a]}", "refresh"),
            ("{value: perhaps, evidence: [a]}", "answer"),
        ],
    )
    def test_evidence_that_is_missing_or_old_is_refreshed(self, entry: str, kind: str) -> None:
        found = one("answer: {evidence: required, max_age: P9D}", f"{{answers: {{it: {entry}}}}}")
        assert found == [(f"{kind}:it", MANAGER)]

    def test_an_artefact_whose_stamp_is_old_is_refreshed(self) -> None:
        found = one(
            "artefact: {id: plan, state: done, max_age: P9D}",
            "{artefacts: {plan: {state: done, date: '2025-01-01'}}}",
        )
        assert found == [("refresh:plan", BOSS)]

    def test_a_check_that_said_no_is_something_to_fix(self) -> None:
        inputs = Inputs(checks={("it", "demo.open"): CheckResult("fail", "shut")})
        assert one("check: demo.open", inputs=inputs) == [("fix:it", MANAGER)]

    def test_a_fact_that_failed_is_to_be_supplied_by_others(self) -> None:
        """The project cannot mend what a plugin did not tell."""
        inputs = Inputs(facts={"lab.open": Fact(None, failure="timed-out")})
        assert one("expr: facts.lab.open", inputs=inputs) == [("supply:lab.open", ())]

    def test_projects_that_have_done_it_are_not_awaited(self) -> None:
        inputs = Inputs(projects={"rome": Neighbour("small@1.0.0", {"main": "closed"})})
        found = one("dependency: {of: [rome, oslo], phase: closed}", inputs=inputs)
        assert found == [("await:oslo", MANAGER)]

    def test_the_gates_owner_acts_where_the_criterion_names_nobody(self) -> None:
        """S14.5."""
        criteria = "{it: {must: It is so, schema: false}}"
        assert plan(explained(criteria, gate="{owner: judge}")) == [("fix:it", ("judge",))]
        assert plan(explained(criteria)) == [("fix:it", ())]

    def test_making_a_criterion_inapplicable_is_never_an_action(self) -> None:
        """S14.1: `when-unknown` is freed by its test, which passes either way."""
        found = one("schema: {required: [a]}, when: {expr: 'record.size > 5.0'}")
        assert found == [("fix:it", MANAGER)]
        found = one("answer: {}, when: {expr: facts.lab.open}")
        assert found == [("answer:it", MANAGER)]


class TestScores:
    """S14.3: items under minimum first, then the largest w(max-v), the fewest items."""

    def raised(self, values: str, items: str, passing: str = "good", more: str = "") -> list[str]:
        bands = "[{id: low, at-least: 0}, {id: good, at-least: 6}, {id: best, at-least: 9.5}]"
        found = explained(
            f"{{it: {{must: It is worth it, owner: manager, score: {{scale: {{min: 0, max: 10}},"
            f" items: {items}, bands: {bands}, pass: {passing}{more}}}}}}}",
            f"{{answers: {{it: {{value: {values}}}}}}}",
        )
        return [name for name, _roles in plan(found)]

    THREE = "{a: {weight: 3}, b: {weight: 2}, c: {weight: 1}}"

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ("{a: 5, b: 5, c: 5}", ["raise:it#a"]),
            ("{a: 9, b: 1, c: 1}", ["raise:it#b"]),
            ("{a: 1, b: 1, c: 1}", ["raise:it#a", "raise:it#b"]),
            ("{}", ["raise:it#a", "raise:it#b"]),
            ("{a: 10}", ["raise:it#b"]),
            ("{a: 8, b: 3}", ["raise:it#b"]),
        ],
    )
    def test_the_most_to_gain_first(self, values: str, expected: list[str]) -> None:
        assert self.raised(values, self.THREE) == expected

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ("{a: 9, b: 9, c: 1}", ["raise:it#c"]),
            ("{a: 9, b: 9}", ["raise:it#c"]),
            ("{a: 1, b: 1, c: 1}", ["raise:it#a", "raise:it#c"]),
        ],
    )
    def test_items_under_their_minimum_before_all(self, values: str, expected: list[str]) -> None:
        items = "{a: {weight: 3}, b: {weight: 1}, c: {weight: 1, minimum: 4}}"
        assert self.raised(values, items) == expected

    def test_values_that_cannot_be_taken_are_given_anew(self) -> None:
        assert self.raised("{a: 9, b: 11, c: x}", self.THREE) == ["raise:it#b", "raise:it#c"]

    def test_an_item_that_may_not_be_na_is_scored(self) -> None:
        assert self.raised("{a: 9, b: 9, c: na}", self.THREE) == ["raise:it#c"]

    def test_what_does_not_apply_is_left_out(self) -> None:
        items = "{a: {weight: 3, na: allowed}, b: {weight: 1}}"
        assert self.raised("{a: na, b: 1}", items) == ["raise:it#b"]

    def test_who_scores_raises(self) -> None:
        found = explained(
            "{it: {must: It is, owner: manager, score: {scale: {min: 0, max: 10}, items: {a:"
            " {weight: 1}}, bands: [{id: ok, at-least: 5}], pass: ok, by: {each: judge}}}}",
            "{answers: {it: [{by: ada, value: {a: 1}}]}}",
            inputs=Inputs(holders={"judge": (("ada", date(2026, 1, 1), None),)}),
        )
        assert plan(found) == [("raise:it#a", ("judge",))]

    def test_more_scorers_are_asked_for_where_there_are_too_few(self) -> None:
        found = explained(
            "{it: {must: It is, score: {scale: {min: 0, max: 10}, items: {a: {weight: 1}}, pass:"
            " ok, bands: [{id: ok, at-least: 5}], by: {each: judge, at-least: 2}}}}",
            "{answers: {it: [{by: ada, value: {a: 9}}]}}",
            inputs=Inputs(holders={"judge": (("ada", date(2026, 1, 1), None),)}),
        )
        assert plan(found) == [("answer:it", ("judge",))]

    def test_one_that_nothing_can_bring_so_far_is_stuck(self) -> None:
        """S14.2: a finding with no alternative."""
        found = explained(
            "{it: {must: It is, score: {scale: {min: 0, max: 5}, items: {a: {weight: 1}}, pass:"
            " ok, bands: [{id: low, at-least: 0}, {id: ok, above: 5}]}}}",
        )
        assert (found.stuck, found.plan, found.earliest) == (("it",), None, None)


class TestWaivers:
    """S14.1, S14.2: a waiver costs more than any number of actions, and less than no actor."""

    def test_what_somebody_can_do_is_done(self) -> None:
        criteria = (
            "{it: {must: It is so, owner: manager, waivable: boss, all: [{schema: {required: [a]}},"
            " {answer: {}}, {artefact: {id: plan, state: done}}]}}"
        )
        found = [name for name, _roles in plan(explained(criteria))]
        assert found == ["answer:it", "bring:plan=done", "fix:it"]

    def test_what_nobody_can_do_is_waived(self) -> None:
        criteria = "{it: {must: It is so, waivable: boss, schema: false}}"
        assert plan(explained(criteria)) == [("waive:it", BOSS)]

    def test_a_statutory_one_is_never_waived(self) -> None:
        """S14.1: and whoever may waive is named where somebody may."""
        criteria = "{it: {must: It is so, statutory: true, schema: false}}"
        found = explained(criteria)
        assert plan(found) == [("fix:it", ())]
        assert found.blockers[0].waived_by is None
        waivable = explained("{it: {must: It is so, waivable: boss, schema: false}}")
        assert waivable.blockers[0].waived_by == "boss"

    def test_a_score_that_nothing_can_bring_so_far_is_waived(self) -> None:
        found = explained(
            "{it: {must: It is, waivable: boss, score: {scale: {min: 0, max: 5}, items: {a:"
            " {weight: 1}}, pass: ok, bands: [{id: low, at-least: 0}, {id: ok, above: 5}]}}}",
        )
        assert plan(found) == [("waive:it", BOSS)]


class TestAfter:
    """S4 row 4: a criterion that waits has no action of its own; a waiver does not end its wait."""

    WAITS = "waits: {must: Then so, schema: true, after: [it], owner: judge}"

    def test_what_frees_the_one_frees_the_other(self) -> None:
        found = explained(
            f"{{it: {{must: It is so, owner: manager, schema: false}}, {self.WAITS}}}"
        )
        assert plan(found) == [("fix:it", MANAGER)]
        assert [blocker.finding.criterion for blocker in found.blockers] == ["it", "waits"]

    def test_a_waiver_of_the_awaited_one_is_not_enough(self) -> None:
        """Nobody may fix it; a waiver would free it, and leave the other waiting."""
        criteria = f"{{it: {{must: It is so, waivable: boss, schema: false}}, {self.WAITS}}}"
        assert plan(explained(criteria)) == [("fix:it", ())]

    def test_nor_is_one_that_is_granted_already(self) -> None:
        standard = a_standard(
            f"{{it: {{must: It, owner: manager, waivable: boss, schema: false}}, {self.WAITS}}}",
            **PARTS,  # type: ignore[arg-type]
        )
        digest = criterion_digest(standard.gates["ready"].criteria[0].model, standard)
        inputs = Inputs(waivers=(WaiverInForce("w-1", "it", digest),))
        found = explain(assessed(standard, inputs=inputs))
        assert [blocker.finding.criterion for blocker in found.blockers] == ["waits"]
        assert plan(found) == [("fix:it", MANAGER)]

    def test_one_that_waits_for_a_should_needs_that_put_right(self) -> None:
        criteria = f"{{it: {{should: It is so, owner: manager, schema: false}}, {self.WAITS}}}"
        assert plan(explained(criteria)) == [("fix:it", MANAGER)]

    def test_waiting_is_traced_to_where_it_begins(self) -> None:
        criteria = (
            "{c: {must: C, schema: true, after: [b]}, b: {must: B, schema: true, after: [a, it]},"
            " a: {must: A, owner: boss, answer: {}}, it: {must: It is, owner: manager,"
            " schema: false}}"
        )
        assert plan(explained(criteria)) == [("answer:a", BOSS), ("fix:it", MANAGER)]

    def test_a_deferral_of_the_awaited_one_is_not_enough(self) -> None:
        """S12.3: each blocking finding must itself be deferrable."""
        criteria = (
            "{it: {must: It is so, deferrable: {within: P1D, by: boss}, schema: false},"
            f" {self.WAITS}}}"
        )
        assert plan(explained(criteria, target=CONDITIONAL_GO)) == [("fix:it", ())]

    def test_its_own_lead_time_does_not_count(self) -> None:
        criteria = (
            "{it: {must: It is so, owner: manager, schema: false, lead-time: P2D},"
            " waits: {must: Then so, schema: true, after: [it], lead-time: P30D}}"
        )
        assert explained(criteria).earliest == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class TestConditionalGo:
    """S14.1, S12.3: what may be deferred, where its value or band is listed."""

    def deferred(
        self, criterion: str, record: str = "{}", target: str = CONDITIONAL_GO
    ) -> list[str]:
        found = explained(f"{{it: {{must: It is so, {criterion}}}}}", record, target=target)
        return [] if found.plan is None else [action.id for action in found.plan.actions]

    def test_only_for_a_conditional_go(self) -> None:
        criterion = "schema: false, deferrable: {within: P1D, by: boss}"
        assert self.deferred(criterion) == ["defer:it"]
        assert self.deferred(criterion, target="go") == ["fix:it"]

    @pytest.mark.parametrize(
        ("value", "deferred"),
        [("partly", True), ("hardly", False), ("nothing", False)],
    )
    def test_the_value_must_be_listed(self, value: str, deferred: bool) -> None:
        criterion = (
            "answer: {values: {fully: pass, partly: fail, hardly: fail}},"
            " deferrable: {within: P1D, by: boss, values: [partly]}"
        )
        found = self.deferred(criterion, f"{{answers: {{it: {{value: {value}}}}}}}")
        assert (found == ["defer:it"]) == deferred
        assert self.deferred(criterion) == ["answer:it"]

    @pytest.mark.parametrize(("value", "deferred"), [(5, True), (1, False)])
    def test_the_band_must_be_listed(self, value: int, deferred: bool) -> None:
        criterion = (
            "score: {scale: {min: 0, max: 10}, items: {a: {weight: 1}}, pass: good, bands: [{id:"
            " poor, at-least: 0}, {id: fair, at-least: 4}, {id: good, at-least: 8}]},"
            " deferrable: {within: P1D, by: boss, bands: [fair]}"
        )
        found = self.deferred(criterion, f"{{answers: {{it: {{value: {{a: {value}}}}}}}}}")
        assert (found == ["defer:it"]) == deferred

    def test_what_somebody_can_do_is_done_and_not_deferred(self) -> None:
        criterion = "owner: manager, schema: false, deferrable: {within: P1D, by: boss}"
        assert self.deferred(criterion) == ["fix:it"]

    def test_the_criterions_owner_consents_where_nobody_else_must(self) -> None:
        found = explained(
            "{it: {must: It is so, schema: false, waivable: boss, deferrable: {within: P1D}}}",
            target=CONDITIONAL_GO,
        )
        assert plan(found) == [("waive:it", BOSS)]

    def test_another_target_is_none(self) -> None:
        with pytest.raises(UnknownName, match="no target 'hold'"):
            explained("{}", target="hold")


class TestSharing:
    """S14.1: one action may serve several findings."""

    def test_one_artefact_for_two_criteria(self) -> None:
        criteria = (
            "{a: {must: A, artefact: {id: plan, state: draft}},"
            " b: {must: B, artefact: {id: plan, state: done}}}"
        )
        assert plan(explained(criteria)) == [("bring:plan=done", BOSS)]

    def test_one_fact_for_two_criteria_of_different_people(self) -> None:
        criteria = (
            "{a: {must: A, owner: manager, expr: facts.lab.open},"
            " b: {must: B, owner: boss, expr: '!facts.lab.open || record.x == 1.0'}}"
        )
        assert plan(explained(criteria)) == [("supply:lab.open", ("manager", "boss"))]


class TestSynthetic:
    def test_record_claim_conditions_and_exceptions_are_something_to_fix(self) -> None:
        standard = a_standard(
            gate="{owner: manager}",
            record_schema="{required: [owner]}",
            **PARTS,  # type: ignore[arg-type]
        )
        inputs = Inputs(
            conditions=(LapsedCondition("c-1", "Hire a tester"),),
            exceptions=(OpenException("x-1", "cost", "boss", ("ready",)),),
        )
        found = explain(assessed(standard, "{phase: odd}", inputs=inputs))
        assert plan(found) == [
            ("fix:claim", MANAGER),
            ("fix:condition:c-1", MANAGER),
            ("fix:exception:x-1", MANAGER),
            ("fix:record", MANAGER),
        ]

    def test_at_no_gate(self) -> None:
        from pmo_core.assessment import assess_claim

        standard = a_standard()
        record = a_record(standard, "{phase: odd}")
        found = explain(assess_claim(standard, record, now=NOW))
        assert plan(found) == [("fix:claim", ())]
        assert found.earliest == NOW

    def test_what_is_ready_needs_nothing(self) -> None:
        found = explained("{it: {must: It is so, schema: true}}")
        assert (found.blockers, found.stuck, plan(found)) == ((), (), [])
        assert found.earliest == NOW


class TestEarliest:
    """S14.5: `now` and the longest lead time within the plan."""

    def earliest(self, criteria: str, **given: Inputs) -> str | None:
        found = explained(criteria, inputs=given.get("inputs")).earliest
        return None if found is None else found.isoformat()[:16]

    @pytest.mark.parametrize(
        ("lead", "expected"),
        [
            ("P1D", "2026-03-02T09:00"),
            ("P1M", "2026-04-01T09:00"),
            ("PT5H", "2026-03-01T14:00"),
            ("{working-days: 1}", "2026-03-02T09:00"),
            ("{working-days: 6}", "2026-03-09T09:00"),
        ],
    )
    def test_the_criterions(self, lead: str, expected: str) -> None:
        """S10.2, S10.3: 1 March 2026 is a Sunday."""
        assert self.earliest(f"{{it: {{must: It, schema: false, lead-time: {lead}}}}}") == expected

    def test_working_days_are_the_offices(self) -> None:
        inputs = Inputs(calendar=Calendar(holidays=frozenset({date(2026, 3, 2)})))
        criteria = "{it: {must: It, schema: false, lead-time: {working-days: 1}}}"
        assert self.earliest(criteria, inputs=inputs) == "2026-03-03T09:00"

    def test_else_the_artefacts(self) -> None:
        by_artefact = "{it: {must: It, artefact: {id: plan, state: done}}}"
        assert self.earliest(by_artefact) == "2026-03-06T09:00"
        own = "{it: {must: It, artefact: {id: plan, state: done}, lead-time: P1D}}"
        assert self.earliest(own) == "2026-03-02T09:00"

    def test_the_longest_of_several(self) -> None:
        criteria = (
            "{a: {must: A, schema: false, lead-time: P1D}, b: {must: B, schema: false,"
            " lead-time: P9D}, c: {should: C, schema: false, lead-time: P90D}}"
        )
        assert self.earliest(criteria) == "2026-03-10T09:00"

    def test_a_waiver_takes_no_lead_time(self) -> None:
        criteria = "{it: {must: It, schema: false, lead-time: P90D, waivable: boss}}"
        assert self.earliest(criteria) == "2026-03-01T09:00"

    def test_clocks_that_change_are_reckoned_with(self) -> None:
        """S10.2: on 29 March the clocks of Oslo go forward; 11:00 there stays 11:00."""
        criteria = "{it: {must: It, schema: false, lead-time: P1M}}"
        assert self.earliest(criteria, inputs=Inputs(zone="Europe/Oslo")) == "2026-04-01T08:00"

    def test_beyond_the_calendar_there_is_no_such_day(self) -> None:
        found = explained("{it: {must: It, schema: false, lead-time: P9000Y}}")
        assert found.plan is not None
        assert found.earliest is None


def test_people_are_named_where_appointments_are_known() -> None:
    """S14.5: those who hold the role now."""
    inputs = Inputs(
        holders={
            "boss": (
                ("ada", date(2026, 1, 1), None),
                ("old", date(2025, 1, 1), date(2026, 2, 28)),
                ("new", date(2026, 3, 2), None),
                ("bob", date(2026, 3, 1), date(2026, 3, 1)),
            )
        }
    )
    assert explained("{}", inputs=inputs).people == {"boss": ("ada", "bob")}


def test_explaining_twice_says_the_same() -> None:
    standard = a_standard(
        "{it: {must: It is, dependency: {of: [rome, oslo], phase: closed, any: true}}}"
    )
    found = assessed(standard, inputs=Inputs(position=PositionInLedger({"main": "planning"})))
    assert explain(found) == explain(found)
