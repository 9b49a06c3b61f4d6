"""Tests by expression, as an assessment sees them: names in scope, facts, unknown (S6, S8)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pmo_core.assessment import Finding, wanted
from pmo_core.errors import UnknownName
from pmo_core.render.words import words
from pmo_core.standards.inputs import (
    Fact,
    Inputs,
    OpenException,
    Passed,
    PositionInLedger,
)
from pmo_core.testing.builders import a_record, a_standard, assessed, finding, judged

FACTS = "{facts: {lab.open: {type: boolean}, lab.count: {type: integer}}}"


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


def true(text: str, record: str | None = None, inputs: Inputs | None = None) -> Finding:
    return judged(
        {"must": "It is so", "expr": text},
        record,
        inputs=inputs,
        needs=FACTS,
        params="{limit: {type: integer, default: 3}}",
    )


class TestResults:
    """S5.2, S6.2: true passes, false fails, all else is unknown."""

    @pytest.mark.parametrize(
        ("text", "record", "expected"),
        [
            ("record.n > 2.0", "{n: 3}", ("pass", ())),
            ("record.n > 2.0", "{n: 2}", ("fail", ("false",))),
            ("record.n > 2.0", "{}", ("unknown", ("missing",))),
            ("record.n > 2.0", "{n: null}", ("unknown", ("missing",))),
            ("record.n > 2.0", "{n: many}", ("unknown", ("no-overload",))),
        ],
    )
    def test_each(self, text: str, record: str, expected: tuple[str, tuple[str, ...]]) -> None:
        assert outcome(true(text, record)) == expected

    def test_false_shows_the_expression(self) -> None:
        assert true("record.n > 2.0", "{n: 1}").reasons[0].params == {"expr": "record.n > 2.0"}

    def test_missing_names_the_path(self) -> None:
        found = true("record.a.b > 2.0", "{a: {}}")
        assert found.reasons[0].params["path"] == "record.a.b"

    @pytest.mark.parametrize("number", ["110", "110.0", "1.1e2"])
    def test_the_form_of_a_number_does_not_matter(self, number: str) -> None:
        """S6.3."""
        assert true("record.n * 1.5 == 165.0 && record.n >= 4.0", f"{{n: {number}}}").result == (
            "pass"
        )


class TestScope:
    """S6.1: what an expression sees."""

    @pytest.mark.parametrize(
        "text",
        [
            "record.id == 'atlas'",
            "today == '2026-03-01'",
            "now == timestamp('2026-03-01T09:00:00Z')",
            "phase.main == 'planning'",
            "gate == 'ready'",
            "occurrence == ''",
            "params.limit == 3.0",
            "size(exceptions) == 0",
        ],
    )
    def test_names_without_inputs(self, text: str) -> None:
        assert outcome(true(text)) == ("pass", ())

    @pytest.mark.parametrize(
        "text",
        [
            "phase.main == 'executing'",
            "entered.main == '2026-02-01'",
            "passed.ready == '2026-01-31'",
            "exceptions[0].tolerance == 'cost'",
            "facts.lab.open && facts.lab.count == 2.0",
        ],
    )
    def test_names_with_inputs(self, text: str) -> None:
        inputs = Inputs(
            position=PositionInLedger(
                {"main": "executing"},
                {"main": "2026-02-01"},
                {"ready": Passed("go", "2026-01-31")},
            ),
            exceptions=(OpenException("x-1", "cost", "board", ()),),
            facts={"lab.open": Fact(True), "lab.count": Fact(2)},
        )
        assert outcome(true(text, "{phase: executing}", inputs)) == ("pass", ())

    @pytest.mark.parametrize("text", ["entered.main == '2026-02-01'", "passed.ready == ''"])
    def test_what_only_a_ledger_knows_is_unknown_without_one(self, text: str) -> None:
        assert true(text).result == "unknown"

    def test_a_baseline_is_what_was_captured(self) -> None:
        standard = a_standard(
            {"it": {"must": "It is so", "expr": "baseline.plan.cost <= record.cost"}},
            gate="{outcomes: {go: {to: executing, baseline: {name: plan, of: [/cost]}}}}",
        )
        inputs = Inputs(baselines={"plan": {"cost": 5}})
        assert finding(assessed(standard, "{cost: 5}", inputs=inputs), "it").result == "pass"
        assert finding(assessed(standard, "{cost: 5}"), "it").result == "unknown"

    def test_today_is_the_offices(self) -> None:
        found = judged(
            {"must": "It is so", "expr": "today == '2026-03-02'"},
            inputs=Inputs(zone="Pacific/Auckland"),
            now=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        )
        assert found.result == "pass"

    @pytest.mark.parametrize(
        ("claim", "text", "result"),
        [
            ("Shelved", "phase.main.startsWith('Shelved')", "pass"),
            ("Shelved", "rank('main', phase.main) > 0", "unknown"),
            ("null", "has(phase.main)", "fail"),
            ("null", "phase.main == 'planning'", "unknown"),
        ],
    )
    def test_a_claim_that_is_no_phase_is_the_text_as_written(
        self, claim: str, text: str, result: str
    ) -> None:
        """S11.1."""
        assert true(text, f"{{phase: {claim}}}").result == result

    def test_an_item_is_seen_at_a_repeated_gate(self) -> None:
        standard = a_standard(
            {"it": {"must": "It is so", "expr": "item.cost < 5.0 && occurrence == item.id"}},
            gate="{per: {items: /stages}}",
        )
        record = "{stages: [{id: a, cost: 4}, {id: b, cost: 6}]}"
        assert assessed(standard, record, occurrence="a").verdict == "ready"
        assert assessed(standard, record, occurrence="b").verdict == "blocked"

    @pytest.mark.parametrize(
        ("cost", "code", "pointer", "said"),
        [
            ("9", "false", "/stages/1/cost", "item.cost is 9; total is 5"),
            ("null", "null", "/stages/1", "item.cost"),
        ],
    )
    def test_a_reason_at_a_repeated_gate_points_at_the_item(
        self, cost: str, code: str, pointer: str, said: str
    ) -> None:
        standard = a_standard(
            {"it": {"must": "It is so", "expr": "record.total >= item.cost"}},
            gate="{per: {items: /stages}}",
        )
        record = a_record(standard, f"{{total: 5, stages: [{{id: a}}, {{id: b, cost: {cost}}}]}}")
        found = finding(assessed(standard, record, occurrence="b"), "it")
        assert [(one.code, one.pointer) for one in found.reasons] == [(code, pointer)]
        assert said in words(found, record, standard)


class TestFacts:
    """S8.1: absent, failed or late: unknown with that cause."""

    def test_one_that_nobody_supplied(self) -> None:
        found = true("facts.lab.open")
        assert outcome(found) == ("unknown", ("no-fact",))
        assert found.reasons[0].params == {"fact": "lab.open"}

    def test_one_that_failed_says_why(self) -> None:
        inputs = Inputs(facts={"lab.open": Fact(None, source="plugin lab", failure="timed-out")})
        found = true("facts.lab.open", inputs=inputs)
        assert outcome(found) == ("unknown", ("timed-out",))
        assert found.reasons[0].params == {"fact": "lab.open", "source": "plugin lab"}

    def test_all_that_are_lacking_are_named(self) -> None:
        found = true("facts.lab.open && facts.lab.count > 1.0")
        assert [reason.params["fact"] for reason in found.reasons] == ["lab.count", "lab.open"]

    def test_one_that_is_not_needed_for_the_answer_is_not_missed(self) -> None:
        """S6.2: `||` and `&&` absorb what they need not know."""
        assert true("facts.lab.open || record.id == 'atlas'").result == "pass"
        assert true("facts.lab.open && record.id == 'other'").result == "fail"

    def test_one_of_another_type_is_unknown(self) -> None:
        assert true("facts.lab.open", inputs=Inputs(facts={"lab.open": Fact("yes")})).result == (
            "unknown"
        )


class TestWanted:
    """S3.1: what is to be gathered, named before anything is asked."""

    def test_facts_checks_and_projects_of_tests_and_guards(self) -> None:
        standard = a_standard(
            {
                "a": {"must": "A", "check": "demo.open"},
                "b": {"must": "B", "expr": "facts.lab.open"},
                "c": {"must": "C", "schema": True, "when": {"expr": "facts.lab.count > 1.0"}},
                "d": {
                    "must": "D",
                    "any": [
                        {"check": {"id": "demo.other", "with": {"n": 1}}},
                        {"dependency": {"of": "/needs", "gate": "ready"}},
                        {"dependency": {"of": ["rome"], "holds": "facts.lab.late"}},
                    ],
                },
                "e": {"must": "E", "dependency": {"of": "self", "gate": "ready"}},
            },
            needs="{facts: {lab.open: {type: boolean}, lab.count: {type: integer},"
            " lab.late: {type: boolean}, lab.unused: {type: boolean}}}",
        )
        found = wanted(standard, "ready", a_record(standard, "{needs: [oslo, paris]}"))
        assert found.facts == {"lab.open", "lab.count", "lab.late"}
        assert [(one.criterion, one.check, one.settings) for one in found.checks] == [
            ("a", "demo.open", {}),
            ("d", "demo.other", {"n": 1}),
        ]
        assert found.projects == {"oslo", "paris", "rome"}

    def test_of_a_gate_that_is_none_nothing_is_wanted(self) -> None:
        standard = a_standard()
        with pytest.raises(UnknownName, match="no gate 'redy'") as caught:
            wanted(standard, "redy", a_record(standard))
        assert caught.value.remedy == "Did you mean 'ready'?"
