"""From criterion to finding: the rows of S4, one by one and in their order."""

from __future__ import annotations

import pytest

from pmo_core.assessment import Effect, Finding, Result
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import Inputs, WaiverInForce
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard, assessed, finding, judged

TRUE, FALSE = "{schema: true}", "{schema: false}"
UNKNOWN = '{expr: "record.nothing == 1"}'
PASSES = "{must: It is so, schema: true"
FAILS = "{must: It is so, schema: false"
NOT_KNOWN = '{must: It is so, expr: "record.nothing == 1"'
LATER = "binds: '2026-03-02'"
GONE = "retires: '2026-03-01'"


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


def results(standard: Standard, record: str | None = None, **given: Inputs) -> dict[str, str]:
    found = assessed(standard, record, inputs=given.get("inputs"))
    return {one.criterion: one.result.value for one in found.findings[2:]}


def waived(standard: Standard, *criteria: str) -> Inputs:
    known = {one.id: one for one in standard.gates["ready"].criteria}
    return Inputs(
        waivers=tuple(
            WaiverInForce(f"w-{number}", name, criterion_digest(known[name].model, standard))
            for number, name in enumerate(criteria, 1)
        )
    )


class TestRow1Retired:
    """S4 row 1."""

    def test_a_retired_criterion_gives_no_finding(self) -> None:
        standard = a_standard(f"{{old: {FAILS}, {GONE}}}, new: {PASSES}}}}}")
        assert results(standard) == {"new": "pass"}

    def test_it_holds_up_nobody_that_waits_for_it(self) -> None:
        standard = a_standard(f"{{old: {FAILS}, {GONE}}}, new: {PASSES}, after: [old]}}}}")
        assert results(standard) == {"new": "pass"}


class TestRow2Grandfathered:
    """S4 row 2."""

    def test_true_makes_it_not_applicable(self) -> None:
        found = judged(f"{FAILS}, grandfathered: {TRUE}}}")
        assert outcome(found) == ("not-applicable", ("grandfathered",))

    @pytest.mark.parametrize("predicate", [FALSE, UNKNOWN])
    def test_false_and_unknown_leave_it(self, predicate: str) -> None:
        assert judged(f"{FAILS}, grandfathered: {predicate}}}").result is Result.FAIL

    def test_it_comes_before_when(self) -> None:
        found = judged(f"{FAILS}, grandfathered: {TRUE}, when: {FALSE}}}")
        assert outcome(found) == ("not-applicable", ("grandfathered",))

    def test_a_list_of_predicates_holds_only_as_a_whole(self) -> None:
        found = judged(
            f"{FAILS}, grandfathered: [small, old]}}",
            predicates=f"{{small: {TRUE}, old: {UNKNOWN}}}",
        )
        assert found.result is Result.FAIL


class TestRow3When:
    """S4 row 3."""

    def test_a_false_when_makes_it_not_applicable(self) -> None:
        assert outcome(judged(f"{FAILS}, when: {FALSE}}}")) == ("not-applicable", ("when",))

    def test_a_true_unless_makes_it_not_applicable(self) -> None:
        assert outcome(judged(f"{FAILS}, unless: {TRUE}}}")) == ("not-applicable", ("unless",))

    def test_a_true_unless_wins_over_an_unknown_when(self) -> None:
        found = judged(f"{FAILS}, when: {UNKNOWN}, unless: {TRUE}}}")
        assert outcome(found) == ("not-applicable", ("unless",))

    def test_a_false_when_wins_over_an_unknown_unless(self) -> None:
        found = judged(f"{FAILS}, when: {FALSE}, unless: {UNKNOWN}}}")
        assert outcome(found) == ("not-applicable", ("when",))

    @pytest.mark.parametrize("order", ["[no, perhaps]", "[perhaps, no]"])
    def test_in_a_list_false_wins_over_unknown(self, order: str) -> None:
        found = judged(
            f"{FAILS}, when: {order.replace('no', 'never')}}}",
            predicates=f"{{never: {FALSE}, perhaps: {UNKNOWN}}}",
        )
        assert outcome(found) == ("not-applicable", ("when",))

    def test_a_schema_predicate_is_never_unknown(self) -> None:
        """S4: a field that is missing satisfies a schema that does not require it."""
        found = judged(f"{FAILS}, when: {{schema: {{properties: {{size: {{minimum: 5}}}}}}}}}}")
        assert found.result is Result.FAIL

    @pytest.mark.parametrize("guard", ["when", "unless"])
    def test_it_comes_before_after(self, guard: str) -> None:
        truth = FALSE if guard == "when" else TRUE
        standard = a_standard(
            f"{{first: {FAILS}}}, it: {FAILS}, after: [first], {guard}: {truth}}}}}"
        )
        assert results(standard)["it"] == "not-applicable"


class TestRow4After:
    """S4 row 4."""

    @pytest.mark.parametrize("first", [FAILS, NOT_KNOWN])
    def test_it_waits_for_one_that_is_not_met(self, first: str) -> None:
        standard = a_standard(f"{{first: {first}}}, it: {PASSES}, after: [first]}}}}")
        found = finding(assessed(standard), "it")
        assert outcome(found) == ("unknown", ("after",))
        assert found.reasons[0].params == {"criteria": ["first"]}

    def test_it_names_all_that_it_waits_for_in_the_order_of_its_list(self) -> None:
        standard = a_standard(
            f"{{a: {FAILS}}}, b: {PASSES}}}, c: {FAILS}}}, it: {PASSES}, after: [c, b, a]}}}}"
        )
        found = finding(assessed(standard), "it")
        assert found.reasons[0].params == {"criteria": ["c", "a"]}

    def test_one_that_is_met_or_does_not_apply_holds_up_nobody(self) -> None:
        standard = a_standard(
            f"{{a: {PASSES}}}, b: {FAILS}, when: {FALSE}}}, it: {FAILS}, after: [a, b]}}}}"
        )
        assert outcome(finding(assessed(standard), "it"))[0] == "fail"

    def test_the_one_that_it_waits_for_may_stand_later_in_the_file(self) -> None:
        standard = a_standard(f"{{it: {PASSES}, after: [last]}}, last: {FAILS}}}}}")
        assert results(standard) == {"it": "unknown", "last": "fail"}

    def test_an_announced_one_holds_up_nobody(self) -> None:
        standard = a_standard(f"{{first: {FAILS}, {LATER}}}, it: {PASSES}, after: [first]}}}}")
        assert results(standard)["it"] == "pass"

    def test_a_should_and_a_may_hold_up_as_a_must_does(self) -> None:
        for obligation in ("should", "may"):
            first = FAILS.replace("must", obligation)
            standard = a_standard(f"{{first: {first}}}, it: {PASSES}, after: [first]}}}}")
            assert results(standard)["it"] == "unknown"

    def test_it_looks_at_what_the_other_came_to_before_waivers(self) -> None:
        standard = a_standard(
            f"{{first: {FAILS}, waivable: boss}}, it: {PASSES}, after: [first]}}}}",
            roles="{boss: {title: Boss}}",
        )
        found = results(standard, inputs=waived(standard, "first"))
        assert found == {"first": "waived", "it": "unknown"}

    def test_waiting_passes_on(self) -> None:
        standard = a_standard(
            f"{{c: {PASSES}, after: [b]}}, b: {PASSES}, after: [a]}}, a: {FAILS}}}}}"
        )
        assert results(standard) == {"c": "unknown", "b": "unknown", "a": "fail"}

    @pytest.mark.parametrize("direction", [1, -1])
    def test_a_chain_of_a_thousand_is_judged(self, direction: int) -> None:
        chain = {
            f"c{number}": {
                "must": "It is so",
                "schema": number > 0,
                **({"after": [f"c{number - 1}"]} if number else {}),
            }
            for number in range(1_000)
        }
        standard = a_standard(dict(list(chain.items())[::direction]))
        assert set(results(standard).values()) == {"fail", "unknown"}

    def test_it_comes_before_an_answer_that_it_does_not_apply(self) -> None:
        standard = a_standard(
            f"{{first: {FAILS}}}, it: {{must: It is so, answer: {{na: allowed}}, after: [first]}}}}"
        )
        assert results(standard, "{answers: {it: {value: na}}}")["it"] == "unknown"


class TestRows5And6NotApplicable:
    """S4 rows 5 and 6."""

    ANSWER = "{{must: It is so, answer: {{na: {rule}}}{more}}}"

    def answered(self, rule: str, justification: str = "", more: str = "") -> tuple[str, object]:
        text = f", justification: {justification}" if justification else ""
        found = judged(
            self.ANSWER.format(rule=f'"{rule}"', more=more),
            f"{{answers: {{it: {{value: na{text}}}}}}}",
        )
        return outcome(found)

    @pytest.mark.parametrize("justification", ["", "'No data is kept'"])
    def test_allowed(self, justification: str) -> None:
        assert self.answered("allowed", justification) == ("not-applicable", ("answered-na",))

    def test_justified_with_a_justification(self) -> None:
        found = self.answered("justified", "'No data is kept'")
        assert found == ("not-applicable", ("answered-na",))

    @pytest.mark.parametrize("justification", ["", "''", "' \t '", "[]", "17", "null"])
    def test_justified_without_one_fails(self, justification: str) -> None:
        assert self.answered("justified", justification) == ("fail", ("na-unjustified",))

    def test_not_allowed_fails(self) -> None:
        assert self.answered("no", "'No data is kept'") == ("fail", ("na-not-allowed",))

    def test_not_allowed_is_the_default(self) -> None:
        found = judged("{must: It is so, answer: {}}", "{answers: {it: {value: na}}}")
        assert outcome(found) == ("fail", ("na-not-allowed",))

    def test_both_come_before_an_unknown_when(self) -> None:
        """S4 rows 5 and 6 stand above row 7."""
        when = f", when: {UNKNOWN}"
        assert self.answered("allowed", more=when)[0] == "not-applicable"
        assert self.answered("no", more=when) == ("fail", ("na-not-allowed",))

    def test_one_that_is_stale_is_unknown(self) -> None:
        """S4: an N/A ages too."""
        found = judged(
            "{must: It is so, answer: {na: allowed, max_age: P30D}}",
            "{answers: {it: {value: na, date: '2026-01-01'}}}",
        )
        assert outcome(found) == ("unknown", ("stale",))

    def test_one_by_the_wrong_person_is_unknown(self) -> None:
        """S5.5: who may attest it may say that it does not apply, nobody else."""
        found = judged(
            "{must: It is so, answer: {na: allowed, by: boss}}",
            "{answers: {it: {value: na, by: ada}}}",
            roles="{boss: {title: Boss}}",
            inputs=Inputs(holders={"boss": ()}),
        )
        assert outcome(found) == ("unknown", ("wrong-person",))


class TestRow7WhenUnknown:
    """S4 row 7."""

    def test_a_test_that_passes_is_a_pass(self) -> None:
        assert outcome(judged(f"{PASSES}, when: {UNKNOWN}}}")) == ("pass", ())

    def test_one_that_fails_is_unknown_and_shows_why(self) -> None:
        found = judged(
            f"{{must: It is so, schema: {{required: [a]}}, when: {UNKNOWN}}}",
        )
        assert outcome(found) == ("unknown", ("required", "when-unknown"))

    def test_one_that_is_unknown_is_unknown(self) -> None:
        found = judged(f"{NOT_KNOWN}, when: {UNKNOWN}}}")
        assert found.result is Result.UNKNOWN
        assert "when-unknown" in outcome(found)[1]

    def test_an_unknown_unless_is_the_same(self) -> None:
        found = judged(f"{FAILS}, unless: {UNKNOWN}}}")
        assert found.result is Result.UNKNOWN
        assert "when-unknown" in outcome(found)[1]

    def test_a_test_that_does_not_apply_does_not_apply(self) -> None:
        """Whatever `when` would say, nothing is asked."""
        found = judged(
            f"{{must: It is so, dependency: {{of: /needs, phase: closed}}, when: {UNKNOWN}}}"
        )
        assert found.result is Result.NOT_APPLICABLE


class TestRow8:
    """S4 row 8."""

    @pytest.mark.parametrize(
        ("criterion", "result"), [(PASSES, "pass"), (FAILS, "fail"), (NOT_KNOWN, "unknown")]
    )
    def test_what_the_test_comes_to(self, criterion: str, result: str) -> None:
        assert judged(f"{criterion}}}").result == result

    def test_a_record_that_breaks_its_schema_is_still_judged(self) -> None:
        """S4: the synthetic must `record` fails, the other criteria are still assessed."""
        standard = a_standard(
            f"{{it: {PASSES}}}}}",
            record_schema="{required: [title, owner], properties: {id: false}}",
        )
        found = assessed(standard)
        record = finding(found, "record")
        assert (record.result, record.effect) == (Result.FAIL, Effect.BLOCKS)
        assert [(one.code, one.pointer) for one in record.reasons] == [
            ("required", ""),
            ("required", ""),
            ("falseSchema", "/id"),
        ]
        assert finding(found, "it").result is Result.PASS

    def test_an_expression_that_names_a_predicate_is_that_predicate(self) -> None:
        """S4: a test `schema` or `expr` may be `predicate: NAME`."""
        predicates = '{large: {expr: "record.size > 5.0"}, owned: {schema: {required: [owner]}}}'
        large = "{must: It is large, predicate: large}"
        owned = "{must: It is owned, predicate: owned}"
        assert judged(large, "{size: 6}", predicates=predicates).result is Result.PASS
        assert judged(large, "{size: 5}", predicates=predicates).result is Result.FAIL
        assert judged(owned, "{}", predicates=predicates).result is Result.FAIL
