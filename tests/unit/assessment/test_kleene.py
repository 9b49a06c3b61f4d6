"""Three-valued logic in `all` and `any` (S5.8, S4 tables)."""

from __future__ import annotations

from itertools import product

import pytest

from pmo_core.assessment import Finding, Result
from pmo_core.assessment.findings import Reason
from pmo_core.assessment.kleene import every, every_truth, some
from pmo_core.testing.builders import judged

T, U, F, N = Result.PASS, Result.UNKNOWN, Result.FAIL, Result.NOT_APPLICABLE
AND = {
    (T, T): T, (T, U): U, (T, F): F,
    (U, T): U, (U, U): U, (U, F): F,
    (F, T): F, (F, U): F, (F, F): F,
}  # fmt: skip
OR = {
    (T, T): T, (T, U): T, (T, F): T,
    (U, T): T, (U, U): U, (U, F): U,
    (F, T): T, (F, U): U, (F, F): F,
}  # fmt: skip
TRUTHS = {True: T, None: U, False: F}


def part(result: Result, name: str) -> tuple[Result, tuple[Reason, ...]]:
    return result, (Reason(name),)


@pytest.mark.parametrize("pair", AND)
def test_and(pair: tuple[Result, Result]) -> None:
    assert every([part(pair[0], "a"), part(pair[1], "b")])[0] is AND[pair]


@pytest.mark.parametrize("pair", OR)
def test_or(pair: tuple[Result, Result]) -> None:
    assert some([part(pair[0], "a"), part(pair[1], "b")])[0] is OR[pair]


@pytest.mark.parametrize("result", [T, U, F])
def test_what_does_not_apply_drops_out(result: Result) -> None:
    for combine in (every, some):
        assert combine([part(N, "a"), part(result, "b"), part(N, "c")])[0] is result
        assert combine([part(N, "a"), part(N, "b")])[0] is N
        assert combine([])[0] is N


@pytest.mark.parametrize("truths", list(product(TRUTHS, repeat=3)))
def test_lists_of_predicates_are_all_of_them(truths: tuple[bool | None, ...]) -> None:
    """S4: `when`, `unless`, `grandfathered` and `eased` by lists."""
    found = every([(TRUTHS[one], ()) for one in truths])[0]
    assert TRUTHS[every_truth(truths)] is found


def codes(combine: str, *tests: str) -> tuple[str, list[str]]:
    found: Finding = judged(f"{{must: It is so, {combine}: [{', '.join(tests)}]}}")
    return found.result.value, [reason.code for reason in found.reasons]


PASSES, FAILS = "{schema: true}", "{schema: {required: [a]}}"
UNKNOWN, AWAY = "{answer: {}}", "{dependency: {of: /needs, phase: closed}}"


def test_a_whole_that_fails_shows_all_that_is_wrong_in_it() -> None:
    assert codes("all", PASSES, FAILS, UNKNOWN, AWAY) == ("fail", ["required", "unanswered"])


def test_an_any_shows_each_way_that_did_not_hold() -> None:
    assert codes("any", FAILS, UNKNOWN) == ("unknown", ["required", "unanswered"])
    assert codes("any", FAILS, "{schema: {required: [b]}}") == ("fail", ["required", "required"])


def test_one_that_passes_shows_nothing() -> None:
    assert codes("any", FAILS, PASSES, UNKNOWN) == ("pass", [])
    assert codes("all", PASSES, AWAY) == ("pass", [])


def test_a_whole_of_which_nothing_applies_does_not_apply() -> None:
    assert codes("all", AWAY, AWAY) == ("not-applicable", ["no-dependency", "no-dependency"])


def test_freshness_belongs_to_the_single_test() -> None:
    """S4: a stale pass is unknown before the parts combine, so it never helps an `any`."""
    stale = "{answer: {max_age: P1D}}"
    found = judged(
        f"{{must: It is so, any: [{stale}, {FAILS}]}}",
        "{answers: {it: {value: yes, date: '2020-01-01'}}}",
    )
    assert found.result is Result.UNKNOWN
