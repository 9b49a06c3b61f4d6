"""Tests by artefact and by a plugin's check (S5.3, S5.4)."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_core.assessment import Finding
from pmo_core.standards.inputs import CheckResult, Inputs
from pmo_core.testing.builders import a_standard, assessed, judged

ARTEFACTS = (
    "{plan: {title: Plan, states: [draft, reviewed, approved, '2'], accountable: boss},"
    " note: {title: Note, states: [done]}}"
)
ROLES = "{boss: {title: Boss}}"


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


def held(state: str, more: str = "", inputs: Inputs | None = None) -> Finding:
    return judged(
        f"{{must: The plan is reviewed, artefact: {{id: plan, state: reviewed{more}}}}}",
        f"{{artefacts: {{plan: {state}}}}}",
        artefacts=ARTEFACTS,
        roles=ROLES,
        inputs=inputs,
    )


class TestArtefact:
    """S5.4."""

    @pytest.mark.parametrize("form", ["{}", "{{state: {}}}"])
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("draft", ("fail", ("artefact-early",))),
            ("reviewed", ("pass", ())),
            ("approved", ("pass", ())),
            ("Approved", ("unknown", ("state-unknown",))),
            ("final", ("unknown", ("state-unknown",))),
            ("null", ("fail", ("artefact-missing",))),
            ("''", ("fail", ("artefact-missing",))),
            ("[approved]", ("fail", ("artefact-missing",))),
            ("true", ("fail", ("artefact-missing",))),
            ("2", ("pass", ())),
            ("2.0", ("pass", ())),
        ],
    )
    def test_at_or_after_the_state_by_its_order(
        self, form: str, state: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        """S2.4: an integer is its digits; what is no text counts as missing."""
        assert outcome(held(form.format(state))) == expected

    def test_absent_is_missing(self) -> None:
        for record in ("{}", "{artefacts: {}}", "{artefacts: [plan]}", "{artefacts: {plan: {}}}"):
            found = judged(
                "{must: The plan is reviewed, artefact: {id: plan, state: reviewed}}",
                record,
                artefacts=ARTEFACTS,
                roles=ROLES,
            )
            assert outcome(found) == ("fail", ("artefact-missing",))
            assert found.reasons[0].pointer == "/artefacts/plan"

    def test_it_says_what_was_found_and_what_is_asked_for(self) -> None:
        assert held("draft").reasons[0].params == {
            "artefact": "plan",
            "state": "reviewed",
            "found": "draft",
        }

    @pytest.mark.parametrize(
        ("stamp", "expected"),
        [
            ("date: '2026-02-28'", ("pass", ())),
            ("date: '2026-01-01'", ("unknown", ("stale",))),
            ("date: '2026-03-02'", ("unknown", ("future",))),
            ("by: ada", ("unknown", ("undated",))),
        ],
    )
    def test_its_stamp_may_grow_old(
        self, stamp: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        """S10.4."""
        assert outcome(held(f"{{state: approved, {stamp}}}", ", max_age: P14D")) == expected

    def test_one_that_is_early_is_early_however_old(self) -> None:
        """S4: fail stays fail."""
        found = held("{state: draft, date: '2020-01-01'}", ", max_age: P14D")
        assert outcome(found) == ("fail", ("artefact-early",))

    @pytest.mark.parametrize(
        ("who", "day", "expected"),
        [
            ("ada", "2026-02-01", ("pass", ())),
            ("ada", "2025-12-31", ("unknown", ("wrong-person",))),
            ("bob", "2026-02-01", ("unknown", ("wrong-person",))),
        ],
    )
    def test_approved_by_the_accountable_role_at_the_stamps_time(
        self, who: str, day: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        inputs = Inputs(holders={"boss": (("ada", date(2026, 1, 1), None),)})
        stamp = f"{{state: approved, by: {who}, date: '{day}'}}"
        assert outcome(held(stamp, ", approved-by: accountable", inputs)) == expected

    def test_where_nobody_knows_who_is_accountable_it_is_unknown(self) -> None:
        found = held("{state: approved, by: ada}", ", approved-by: accountable")
        assert outcome(found) == ("unknown", ("holders-unknown",))

    def test_due_artefacts_are_criteria(self) -> None:
        """S17.3: `due: {GATE: STATE}` makes ARTEFACT-at-GATE."""
        standard = a_standard(
            artefacts="{plan: {title: The plan, states: [draft, approved], due: {ready: approved},"
            " for: entrance, lead-time: P5D}}"
        )
        found = assessed(standard, "{artefacts: {plan: draft}}").findings[2]
        assert (found.criterion, found.result, found.entrance) == ("plan-at-ready", "fail", True)


class TestCheck:
    """S5.3."""

    def checked(self, result: CheckResult | None) -> Finding:
        inputs = Inputs(checks={} if result is None else {("it", "demo.open"): result})
        return judged("{must: It is open, check: demo.open}", inputs=inputs)

    def test_what_did_not_run_is_unknown(self) -> None:
        found = self.checked(None)
        assert outcome(found) == ("unknown", ("not-run",))
        assert found.reasons[0].params == {"check": "demo.open"}

    def test_a_pass_is_a_pass(self) -> None:
        assert outcome(self.checked(CheckResult("pass", "good", "/a", {"b": 1}))) == ("pass", ())

    @pytest.mark.parametrize("result", ["fail", "unknown"])
    def test_others_carry_their_own_reason(self, result: str) -> None:
        found = self.checked(CheckResult(result, "not-open", "/code", {"code": "4711"}))
        assert outcome(found) == (result, ("not-open",))
        assert found.reasons[0].pointer == "/code"
        assert found.reasons[0].params == {"code": "4711", "check": "demo.open"}

    @pytest.mark.parametrize("result", ["fail", "unknown"])
    def test_without_a_code_the_result_is_the_code(self, result: str) -> None:
        assert outcome(self.checked(CheckResult(result))) == (result, (result,))

    @pytest.mark.parametrize("result", ["not-applicable", "waived", "PASS", "ready", ""])
    def test_a_check_may_answer_nothing_else(self, result: str) -> None:
        """S5.3: never not-applicable or waived."""
        assert self.checked(CheckResult(result)).result == "unknown"

    def test_the_result_for_another_criterion_is_not_taken(self) -> None:
        inputs = Inputs(checks={("other", "demo.open"): CheckResult("pass")})
        found = judged("{must: It is open, check: demo.open}", inputs=inputs)
        assert found.result == "unknown"
