"""What findings do to the verdict: easing, waivers, effects, verdict and entry (S4.1 to S4.4)."""

from __future__ import annotations

from itertools import product

import pytest

from pmo_core.assessment import Assessment, Effect, Finding, Result, Verdict
from pmo_core.assessment.rows import effect_of
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import Inputs, WaiverInForce
from pmo_core.standards.model import Force, Obligation, Standard
from pmo_core.testing.builders import a_standard, assessed, finding, judged

TRUE, FALSE = "{schema: true}", "{schema: false}"
UNKNOWN = '{expr: "record.nothing == 1"}'
BOSS = "{boss: {title: Boss}}"
FAILS = "{must: It is so, schema: false"
PASSES = "{must: It is so, schema: true"
NOT_KNOWN = '{must: It is so, expr: "record.nothing == 1"'
AWAY = f"{FAILS}, when: {FALSE}"


def a_waiver(standard: Standard, criterion: str = "it", name: str = "w-1") -> WaiverInForce:
    model = next(one.model for one in standard.gates["ready"].criteria if one.id == criterion)
    return WaiverInForce(name, criterion, criterion_digest(model, standard))


def waived(criterion: str) -> Finding:
    standard = a_standard(f"{{it: {criterion}}}}}", roles=BOSS)
    return finding(assessed(standard, inputs=Inputs(waivers=(a_waiver(standard),))), "it")


EXPECTED = {
    ("must", "binding", "fail"): "blocks",
    ("must", "binding", "unknown"): "blocks",
    ("should", "binding", "fail"): "warns",
    ("should", "binding", "unknown"): "warns",
    ("must", "announced", "fail"): "warns",
    ("must", "announced", "unknown"): "warns",
    ("should", "announced", "fail"): "warns",
    ("should", "announced", "unknown"): "warns",
}


@pytest.mark.parametrize(
    ("obligation", "force", "result"),
    list(product(Obligation, (Force.BINDING, Force.ANNOUNCED), Result)),
)
def test_the_table_of_effects(obligation: Obligation, force: Force, result: Result) -> None:
    """S4.3: each cell, and none for all others."""
    expected = EXPECTED.get((obligation.value, force.value, result.value), "none")
    assert effect_of(obligation, force, result) == expected


class TestEased:
    """S4.1."""

    @pytest.mark.parametrize("where", ["criterion", "gate"])
    @pytest.mark.parametrize(
        ("eased", "effect"), [(TRUE, "warns"), (FALSE, "blocks"), (UNKNOWN, "blocks")]
    )
    def test_while_it_is_true_a_must_is_a_should(self, where: str, eased: str, effect: str) -> None:
        own = f", eased: {eased}" if where == "criterion" else ""
        gate = f"{{eased: {eased}}}" if where == "gate" else None
        found = judged(f"{FAILS}{own}}}", gate=gate)
        assert (found.effect, found.eased) == (effect, effect == "warns")
        assert found.obligation == ("should" if effect == "warns" else "must")

    @pytest.mark.parametrize("where", ["criterion", "gate"])
    def test_a_statutory_one_is_not_eased(self, where: str) -> None:
        own = f", eased: {TRUE}" if where == "criterion" else ""
        gate = f"{{eased: {TRUE}}}" if where == "gate" else None
        found = judged(f"{FAILS}, statutory: true{own}}}", gate=gate)
        assert (found.effect, found.obligation, found.eased) == ("blocks", "must", False)

    def test_one_that_passes_says_that_it_is_eased(self) -> None:
        found = judged(f"{PASSES}, eased: {TRUE}}}")
        assert (found.result, found.obligation, found.eased) == ("pass", "should", True)

    def test_a_should_and_a_may_stay_as_they_are(self) -> None:
        for obligation in ("should", "may"):
            found = judged(f"{{{obligation}: It is so, schema: false, eased: {TRUE}}}")
            assert (found.obligation, found.eased) == (obligation, False)


class TestWaivers:
    """S4.2."""

    @pytest.mark.parametrize(("criterion", "was"), [(FAILS, "fail"), (NOT_KNOWN, "unknown")])
    def test_in_force_it_sets_aside_what_is_not_met(self, criterion: str, was: str) -> None:
        found = waived(f"{criterion}, waivable: boss")
        assert (found.result, found.was, found.waiver) == ("waived", was, "w-1")
        assert found.effect is Effect.NONE
        assert found.reasons

    @pytest.mark.parametrize(("criterion", "result"), [(PASSES, "pass"), (AWAY, "not-applicable")])
    def test_on_what_is_met_it_lies_idle_and_is_reported(self, criterion: str, result: str) -> None:
        found = waived(f"{criterion}, waivable: boss")
        assert (found.result, found.was, found.waiver) == (result, None, "w-1")
        assert found.as_json()["waiver"] == "w-1"

    @pytest.mark.parametrize(("criterion", "result"), [(FAILS, "fail"), (NOT_KNOWN, "unknown")])
    def test_on_a_statutory_one_it_has_no_effect(self, criterion: str, result: str) -> None:
        found = waived(f"{criterion}, statutory: true")
        assert (found.result, found.was, found.waiver) == (result, None, None)
        assert found.effect is Effect.BLOCKS

    def test_it_holds_for_the_criterion_as_it_was_granted_and_no_other(self) -> None:
        """S13.1: a waiver binds to the digest of the criterion."""
        old = a_standard(f"{{it: {PASSES}, waivable: boss}}}}", roles=BOSS)
        new = a_standard(f"{{it: {FAILS}, waivable: boss}}}}", roles=BOSS)
        found = finding(assessed(new, inputs=Inputs(waivers=(a_waiver(old),))), "it")
        assert (found.result, found.waiver) == ("fail", None)

    def test_better_words_do_not_end_it(self) -> None:
        """S17.1: guidance, lead-time, titles and examples are no part of the digest."""
        old = a_standard(f"{{it: {FAILS}, waivable: boss}}}}", roles=BOSS)
        new = a_standard(
            f"{{it: {FAILS}, waivable: boss, guidance: Why, lead-time: P1D, example: One}}}}",
            roles=BOSS,
        )
        found = finding(assessed(new, inputs=Inputs(waivers=(a_waiver(old),))), "it")
        assert found.result is Result.WAIVED

    def test_one_criterion_is_waived_and_its_neighbours_are_not(self) -> None:
        standard = a_standard(
            f"{{it: {FAILS}, waivable: boss}}, other: {FAILS}, waivable: boss}}}}", roles=BOSS
        )
        found = assessed(standard, inputs=Inputs(waivers=(a_waiver(standard),)))
        assert [one.result.value for one in found.findings[2:]] == ["waived", "fail"]
        assert found.verdict is Verdict.BLOCKED


class TestExplainRequired:
    """S4.3: a should with `explain: required`."""

    @pytest.mark.parametrize("criterion", ["schema: false", 'expr: "record.nothing == 1"'])
    def test_a_should_that_is_not_met_must_be_explained(self, criterion: str) -> None:
        found = judged(f"{{should: It is so, explain: required, {criterion}}}")
        assert found.explain
        assert found.as_json()["explain"] == "required"

    @pytest.mark.parametrize(
        "criterion",
        [
            "{should: It is so, explain: required, schema: true}",
            "{should: It is so, schema: false}",
            "{must: It is so, explain: required, schema: false}",
        ],
    )
    def test_others_need_not(self, criterion: str) -> None:
        assert not judged(criterion).explain


class TestVerdict:
    """S4.4."""

    @pytest.mark.parametrize(
        ("criteria", "verdict", "entry"),
        [
            ("{}", "ready", "ready"),
            (f"{{a: {PASSES}}}}}", "ready", "ready"),
            (f"{{a: {FAILS}}}}}", "blocked", "ready"),
            (f"{{a: {NOT_KNOWN}}}}}", "blocked", "ready"),
            (f"{{a: {FAILS}, for: entrance}}}}", "blocked", "blocked"),
            (f"{{a: {FAILS}, for: success}}}}", "blocked", "ready"),
            (f"{{a: {PASSES}, for: entrance}}, b: {FAILS}}}}}", "blocked", "ready"),
            ("{a: {should: It is so, schema: false, for: entrance}}", "ready", "ready"),
            ("{a: {may: It is so, schema: false}}", "ready", "ready"),
            (f"{{a: {FAILS}, binds: '2026-03-02', for: entrance}}}}", "ready", "ready"),
        ],
    )
    def test_one_blocking_finding_blocks(self, criteria: str, verdict: str, entry: str) -> None:
        found = assessed(a_standard(criteria))
        assert (found.verdict, found.entry) == (verdict, entry)

    def test_nothing_is_outvoted(self) -> None:
        many = {f"c{n}": {"must": "It is so", "schema": True} for n in range(200)}
        found = assessed(a_standard({**many, "last": {"must": "It is so", "schema": False}}))
        assert found.verdict is Verdict.BLOCKED
        assert [one.criterion for one in found.blocking] == ["last"]

    def test_a_record_that_breaks_its_schema_blocks_and_leaves_the_entry_alone(self) -> None:
        """S4.4: entry is over criteria with `for: entrance` alone."""
        found = assessed(a_standard(record_schema="{required: [owner]}"))
        assert (found.verdict, found.entry) == ("blocked", "ready")


class TestVacuous:
    """S4.4: no applicable must."""

    def vacuous(self, criteria: str, **more: str) -> bool:
        found: Assessment = assessed(a_standard(criteria), more.get("record"))
        return found.vacuous

    @pytest.mark.parametrize(
        "criteria",
        [
            "{}",
            "{a: {should: It is so, schema: false}}",
            "{a: {may: It is so, schema: true}}",
            f"{{a: {AWAY}}}}}",
            f"{{a: {FAILS}, eased: {TRUE}}}}}",
        ],
    )
    def test_it_is_ready_and_says_that_nothing_was_asked(self, criteria: str) -> None:
        assert assessed(a_standard(criteria)).verdict is Verdict.READY
        assert self.vacuous(criteria)

    def test_a_must_that_applies_makes_it_meaningful(self) -> None:
        assert not self.vacuous(f"{{a: {PASSES}}}}}")
        assert not self.vacuous(f"{{a: {PASSES}, when: {TRUE}}}}}")

    def test_what_is_blocked_is_not_vacuous(self) -> None:
        found = assessed(a_standard(record_schema="{required: [owner]}"))
        assert (found.verdict, found.vacuous) == (Verdict.BLOCKED, False)
