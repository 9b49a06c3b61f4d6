"""Tests by score: weights, bands, minimums, missing items, several people (S5.6)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.assessment import Finding
from pmo_core.assessment.kinds.score import shown
from pmo_core.standards.inputs import Inputs
from pmo_core.testing.builders import judged

ROLES = "{judge: {title: Judge}}"
THIRDS = "[{id: low, at-least: 0}, {id: good, at-least: 6}, {id: best, at-least: 8}]"


def scored(
    values: str,
    items: str = "{a: {weight: 1}, b: {weight: 1}}",
    *,
    bands: str = THIRDS,
    passing: str = "good",
    scale: str = "{min: 0, max: 10}",
    more: str = "",
    entry: str = "",
) -> Finding:
    return judged(
        f"{{must: It is worth it, score: {{scale: {scale}, items: {items}, bands: {bands},"
        f" pass: {passing}{more}}}}}",
        f"{{answers: {{it: {{value: {values}{entry}}}}}}}",
    )


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


class TestCombining:
    """S5.6: mean, sum, percent, by weight; exact."""

    @pytest.mark.parametrize(
        ("combine", "total"), [("mean", "6.5"), ("sum", "26.0"), ("percent", "65.0")]
    )
    def test_each_way(self, combine: str, total: str) -> None:
        found = scored(
            "{a: 8, b: 2}",
            "{a: {weight: 3}, b: {weight: 1}}",
            more=f", combine: {combine}",
            bands="[{id: low, at-least: 0}, {id: good, at-least: 5}]",
        )
        assert found.reasons[0].params["total"] == total

    def test_the_mean_is_the_default(self) -> None:
        assert scored("{a: 8, b: 5}").reasons[0].params["total"] == "6.5"

    def test_percent_counts_from_the_scales_least(self) -> None:
        found = scored("{a: 3, b: 3}", scale="{min: 1, max: 5}", more=", combine: percent")
        assert found.reasons[0].params["total"] == "50.0"

    def test_a_third_is_exact(self) -> None:
        """S5.6: no rounding before comparison; in floating point 0.1 + 0.2 is above 0.3."""
        found = scored(
            "{a: 0.1, b: 0.2}",
            bands="[{id: low, at-least: 0}, {id: good, above: 0.3}]",
            more=", combine: sum",
        )
        assert found.result == "fail"
        found = scored(
            "{a: 0.1, b: 0.2}",
            bands="[{id: low, at-least: 0}, {id: good, at-least: 0.3}]",
            more=", combine: sum",
        )
        assert found.result == "pass"

    @pytest.mark.parametrize("weight", ["9.0e+15", "1.0e-300"])
    def test_weights_of_any_size_are_reckoned_with(self, weight: str) -> None:
        items = f"{{a: {{weight: {weight}}}, b: {{weight: {weight}}}}}"
        assert scored("{a: 6, b: 6}", items).result == "pass"
        assert scored("{a: 6, b: 6}", items, more=", combine: sum").result in ("pass", "fail")


class TestBands:
    """S5.6: bands lowest first; `pass` names the lowest that passes."""

    BANDS = "[{id: poor, at-least: 0}, {id: fair, above: 50}, {id: good, above: 80}]"

    @pytest.mark.parametrize(
        ("value", "band", "result"),
        [
            ("0", "poor", "fail"),
            ("50", "poor", "fail"),
            ("50.0001", "fair", "pass"),
            ("51", "fair", "pass"),
            ("80", "fair", "pass"),
            ("80.5", "good", "pass"),
            ("100", "good", "pass"),
        ],
    )
    def test_an_exclusive_limit_belongs_to_the_band_below(
        self, value: str, band: str, result: str
    ) -> None:
        found = scored(
            f"{{a: {value}}}",
            "{a: {weight: 1}}",
            bands=self.BANDS,
            passing="fair",
            scale="{min: 0, max: 100}",
        )
        assert (found.reasons[0].params["band"], found.result) == (band, result)

    def test_an_inclusive_limit_belongs_to_its_own_band(self) -> None:
        assert scored("{a: 6, b: 6}").reasons[0].params["band"] == "good"

    def test_below_the_lowest_band_there_is_none(self) -> None:
        found = scored("{a: 0, b: 1}", bands="[{id: good, at-least: 6}]")
        assert outcome(found) == ("fail", ("score-low",))
        assert found.reasons[0].params["band"] is None

    def test_a_pass_says_what_it_came_to(self) -> None:
        found = scored("{a: 9, b: 9}")
        assert outcome(found) == ("pass", ("score",))
        assert found.reasons[0].params == {"total": "9.0", "band": "best", "pass": "good"}


class TestItems:
    """S5.6: minimum, N/A, missing, outside the scale."""

    FLOOR = "{a: {weight: 9}, b: {weight: 1, minimum: 4}}"
    NA = "{a: {weight: 1}, b: {weight: 1, na: allowed}}"

    def test_under_its_own_minimum_all_fails(self) -> None:
        found = scored("{a: 10, b: 3}", self.FLOOR)
        assert outcome(found) == ("fail", ("under-minimum",))
        assert found.reasons[0].pointer == "/answers/it/value/b"
        assert scored("{a: 10, b: 4}", self.FLOOR).result == "pass"

    def test_one_that_is_missing_could_be_under_its_minimum(self) -> None:
        """With all missing items at the scale's least, `b` fails by its minimum."""
        assert outcome(scored("{a: 10}", self.FLOOR)) == ("unknown", ("score-incomplete",))

    def test_na_leaves_both_sums(self) -> None:
        found = scored("{a: 7, b: na}", self.NA)
        assert (found.result, found.reasons[0].params["total"]) == ("pass", "7.0")

    def test_all_na_is_not_applicable(self) -> None:
        items = "{a: {weight: 1, na: allowed}, b: {weight: 1, na: allowed}}"
        assert outcome(scored("{a: na, b: na}", items)) == ("not-applicable", ("answered-na",))

    @pytest.mark.parametrize(
        ("rule", "entry", "expected"),
        [
            ("'no'", "", ("fail", ("na-not-allowed",))),
            ("justified", "", ("fail", ("na-unjustified",))),
            ("justified", ", justification: No such risk", ("pass", ("score",))),
        ],
    )
    def test_na_that_is_not_allowed_fails(
        self, rule: str, entry: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        items = f"{{a: {{weight: 1}}, b: {{weight: 1, na: {rule}}}}}"
        assert outcome(scored("{a: 7, b: na}", items, entry=entry)) == expected

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ("{a: 10}", ("unknown", ("score-incomplete",))),
            ("{a: 1}", ("fail", ("score-low",))),
            ("{}", ("unknown", ("score-incomplete",))),
            ("{a: 10, b: null}", ("unknown", ("score-incomplete",))),
        ],
    )
    def test_missing_items_count_at_their_least_and_their_most(
        self, values: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        assert outcome(scored(values)) == expected

    def test_where_the_least_passes_nothing_more_is_needed(self) -> None:
        assert scored("{a: 10}", "{a: {weight: 9}, b: {weight: 1}}").result == "pass"

    def test_it_says_between_what_and_what(self) -> None:
        assert scored("{a: 10}").reasons[0].params == {
            "total": "5.0",
            "most": "10.0",
            "missing": ["b"],
            "band": None,
            "pass": "good",
        }

    @pytest.mark.parametrize("value", ["-0.1", "10.1", "9.0e+15"])
    def test_outside_the_scale_is_unknown(self, value: str) -> None:
        assert outcome(scored(f"{{a: 9, b: {value}}}")) == ("unknown", ("score-outside",))

    @pytest.mark.parametrize("value", ["true", "'9'", "[9]", "high"])
    def test_what_is_no_number_is_unknown(self, value: str) -> None:
        assert outcome(scored(f"{{a: 9, b: {value}}}")) == ("unknown", ("score-value",))

    def test_a_minimum_that_is_missed_wins_over_what_cannot_be_read(self) -> None:
        items = "{a: {weight: 1}, b: {weight: 1, minimum: 4}}"
        assert scored("{a: high, b: 1}", items).result == "fail"

    @pytest.mark.parametrize("record", ["{}", "{answers: {it: {value: 7}}}", "{answers: {it: []}}"])
    def test_without_values_all_are_missing(self, record: str) -> None:
        found = judged(
            f"{{must: It is worth it, score: {{scale: {{min: 0, max: 10}}, pass: good,"
            f" items: {{a: {{weight: 1}}}}, bands: {THIRDS}}}}}",
            record,
        )
        assert outcome(found) == ("unknown", ("score-incomplete",))

    def test_the_last_entry_of_several_counts(self) -> None:
        found = judged(
            f"{{must: It is worth it, score: {{scale: {{min: 0, max: 10}}, pass: good,"
            f" items: {{a: {{weight: 1}}}}, bands: {THIRDS}}}}}",
            "{answers: {it: [{value: {a: 1}}, {value: {a: 9}}]}}",
        )
        assert found.result == "pass"

    def test_a_stamp_of_the_future_is_unknown(self) -> None:
        """S4: freshness."""
        found = scored("{a: 9, b: 9}", entry=", date: '2026-03-02'")
        assert outcome(found) == ("unknown", ("future",))


class TestSeveralScorers:
    """S5.6: an item's value is their mean; the spread is shown."""

    JUDGES = Inputs(
        holders={"judge": tuple((name, date(2026, 1, 1), None) for name in ("ada", "bob", "cid"))}
    )

    def scored(
        self, entries: str, inputs: Inputs | None = None, at_least: int = 2, items: str = ""
    ) -> Finding:
        return judged(
            f"{{must: It is worth it, score: {{scale: {{min: 0, max: 10}}, pass: good,"
            f" items: {items or '{a: {weight: 1}, b: {weight: 1}}'}, bands: {THIRDS},"
            f" by: {{each: judge, at-least: {at_least}}}}}}}",
            f"{{answers: {{it: {entries}}}}}",
            roles=ROLES,
            inputs=inputs or self.JUDGES,
        )

    def entry(self, who: str, values: str, day: str = "2026-02-01") -> str:
        return f"{{by: {who}, date: '{day}', value: {values}}}"

    def test_an_item_is_their_mean_and_the_spread_is_shown(self) -> None:
        found = self.scored(
            f"[{self.entry('ada', '{a: 5, b: 7}')}, {self.entry('bob', '{a: 10, b: 6}')}]"
        )
        assert outcome(found) == ("pass", ("score",))
        assert found.reasons[0].params == {
            "total": "7.0",
            "band": "good",
            "pass": "good",
            "spread": "5.0",
        }

    def test_too_few_of_them_is_unknown(self) -> None:
        found = self.scored(f"[{self.entry('ada', '{a: 9, b: 9}')}]")
        assert outcome(found) == ("unknown", ("too-few-scorers",))
        assert found.reasons[0].params == {"role": "judge", "found": 1, "at-least": 2}

    @pytest.mark.parametrize(
        ("values", "items", "expected"),
        [
            ("{a: 3, b: 3}", "", ("unknown", ("too-few-scorers",))),
            ("{a: 1, b: 1}", "", ("fail", ("score-low",))),
            (
                "{a: 3, b: 9}",
                "{a: {weight: 1, minimum: 5}, b: {weight: 1}}",
                ("unknown", ("too-few-scorers",)),
            ),
            (
                "{a: 3, b: 9}",
                "{a: {weight: 1, minimum: 7}, b: {weight: 1}}",
                ("fail", ("under-minimum",)),
            ),
            ("{a: 9}", "", ("unknown", ("score-incomplete", "too-few-scorers"))),
        ],
    )
    def test_who_has_not_scored_counts_at_the_least_and_at_the_most(
        self, values: str, items: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        """S5.6: as with a missing item, it is unknown where somebody more could turn it."""
        assert outcome(self.scored(f"[{self.entry('ada', values)}]", items=items)) == expected

    def test_the_last_entry_of_each_counts(self) -> None:
        found = self.scored(
            f"[{self.entry('ada', '{a: 0, b: 0}')}, {self.entry('bob', '{a: 9, b: 9}')},"
            f" {self.entry('ada', '{a: 9, b: 9}')}]"
        )
        assert found.reasons[0].params["total"] == "9.0"

    def test_who_does_not_hold_the_role_does_not_count(self) -> None:
        found = self.scored(
            f"[{self.entry('ada', '{a: 6, b: 6}')}, {self.entry('eve', '{a: 0, b: 0}')},"
            f" {self.entry('bob', '{a: 6, b: 6}')}]"
        )
        assert (found.result, found.reasons[0].params["total"]) == ("pass", "6.0")

    def test_nor_can_they_make_up_the_number(self) -> None:
        found = self.scored(
            f"[{self.entry('ada', '{a: 9, b: 9}')}, {self.entry('eve', '{a: 9, b: 9}')}]"
        )
        assert outcome(found) == ("unknown", ("too-few-scorers", "wrong-person"))

    def test_where_nobody_knows_the_holders_it_is_unknown(self) -> None:
        found = self.scored(f"[{self.entry('ada', '{a: 9, b: 9}')}]", Inputs())
        assert outcome(found) == ("unknown", ("holders-unknown",))

    def test_an_item_counts_for_those_who_scored_it(self) -> None:
        items = "{a: {weight: 1}, b: {weight: 1, na: allowed}}"
        found = self.scored(
            f"[{self.entry('ada', '{a: 8, b: na}')}, {self.entry('bob', '{a: 8, b: 4}')}]",
            items=items,
        )
        assert found.reasons[0].params["total"] == "6.0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1, 20), "0.0"),
        (Fraction(3, 20), "0.2"),
        (Fraction(1, 4), "0.2"),
        (Fraction(7, 20), "0.4"),
        (Fraction(-1, 20), "0.0"),
        (Fraction(-3, 20), "-0.2"),
        (Fraction(1, 20) + Fraction(1, 10**60), "0.1"),
        (Fraction(2, 3), "0.7"),
        (Fraction(10**40), f"{10**40}.0"),
    ],
)
def test_totals_are_shown_to_one_decimal_half_to_even(value: Fraction, text: str) -> None:
    """S5.6."""
    assert shown(value) == text


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_what_is_shown_is_never_further_off_than_half_a_tenth(value: Fraction) -> None:
    assert abs(Fraction(shown(value)) - value) <= Fraction(1, 20)
