"""The functions of S6.4, called as expressions call them."""

from __future__ import annotations

import pytest

from pmo_core.documents import Json
from pmo_core.standards.expressions import (
    NAMES,
    Bindings,
    Evaluation,
    ExpressionFault,
    Expressions,
    ResultType,
)
from pmo_core.standards.expressions.functions import only_first_group

STANDARD = Expressions(
    params={}, facts={}, tracks={"main": {"idea": 0, "plan": 1, "draft": 1, "done": 2}}
)


def evaluated(text: str, /, **record: Json) -> Evaluation:
    expression = STANDARD.compile(text, names=NAMES, result=ResultType.BOOL)
    return expression.evaluate(Bindings(record=record, phase={"main": "Draft, really"}))


def number(text: str, /, **record: Json) -> Evaluation:
    expression = STANDARD.compile(text, names=NAMES, result=ResultType.INT)
    return expression.evaluate(Bindings(record=record))


def failure(found: Evaluation) -> str | None:
    return dict(found.params).get("key") if found.code == "function-error" else found.code


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("12.50", 125_000),
        ("-12.5", -125_000),
        ("0", 0),
        ("99999999999999.9999", 999_999_999_999_999_999),
        ({"amount": "1.0001", "currency": "NOK"}, 10_001),
        (110, 1_100_000),
        (110.0, 1_100_000),
        (0.1, 1_000),
        (1e13, 100_000_000_000_000_000),
        (0.0001, 1),
        (-0.0, 0),
        (2.675, 26_750),
    ],
)
def test_money_is_exact(amount: Json, value: int) -> None:
    """S6.4: int of 1/10,000, a number by its shortest decimal form."""
    assert number("money(record.a)", a=amount).number == value


@pytest.mark.parametrize(
    ("amount", "key"),
    [
        ("1,5", "amount"),
        ("1.", "amount"),
        (".5", "amount"),
        ("+1", "amount"),
        ("1e3", "amount"),
        (" 1", "amount"),
        ("", "amount"),
        ("1.00001", "amount"),
        ("123456789012345", "amount"),
        ("\u0661", "amount"),
        ({"amount": 1.5, "currency": "NOK"}, "amount"),
        ({"currency": "NOK"}, "amount"),
        (0.00001, "decimals"),
        (1.23456, "decimals"),
        (1e14, "amount"),
        (1e300, "amount"),
        (True, "no-overload"),
        ([1], "no-overload"),
        (None, "null"),
    ],
)
def test_money_refuses_what_is_no_amount(amount: Json, key: str) -> None:
    """S6.4"""
    assert failure(number("money(record.a)", a=amount)) == key


@pytest.mark.parametrize(
    ("amount", "percent", "value"),
    [
        ("100.00", 10, 1_100_000),
        ("100.00", 0, 1_000_000),
        ("100.00", -100, 0),
        ("0.0001", 50, 2),  # 1.5 to even
        ("0.0003", 50, 4),  # 4.5 to even
        ("-0.0001", 50, -2),
        ("-0.0003", 50, -4),
        ("33.3333", 0.1, 333_666),
        (1000, 12.5, 11_250_000),
        ({"amount": "10", "currency": "NOK"}, 7.5, 107_500),
    ],
)
def test_plus_percent_is_exact_then_half_to_even(amount: Json, percent: float, value: int) -> None:
    """S6.4"""
    assert number("plus_percent(record.a, record.p)", a=amount, p=percent).number == value


def test_plus_percent_takes_a_written_percentage() -> None:
    """S6.3"""
    assert number("plus_percent('1', 10) - plus_percent('1', 10.0)").number == 0


def test_plus_percent_beyond_the_largest_number_is_an_error() -> None:
    """S6.4"""
    found = number("plus_percent(record.a, 1e300)", a="1")
    assert failure(found) == "range"


def test_versions_are_in_order() -> None:
    """S6.4"""
    texts = ["0.9", "v1", "1.0.1", "1.9", "1.21", "v1.21.3", "2", "999999.999999.999999"]
    values = [number("version(record.v)", v=text).number for text in texts]
    assert values == sorted(value for value in values if value is not None)
    assert len(set(values)) == len(texts)
    assert number("version('v1.0.0') - version('1')").number == 0


@pytest.mark.parametrize("text", ["", "v", "1.", "1.2.3.4", "1.x", "V1", "1 ", "1000000", "-1"])
def test_what_is_no_version_is_an_error(text: str) -> None:
    """S6.4"""
    assert failure(number("version(record.v)", v=text)) == "version"


def test_dates_compare_and_count() -> None:
    """S6.4"""
    assert evaluated("date('2026-02-28') < date(record.d)", d="2026-03-01").truth is True
    assert number("days('2026-02-28', record.d)", d="2026-03-01").number == 1
    assert number("days(record.d, '2026-02-28')", d="2026-03-01").number == -1
    assert evaluated("add(record.d, 'P1M') == '2026-02-28'", d="2026-01-31").truth is True
    assert evaluated("date(record.d) == timestamp('2026-01-31T00:00:00Z')", d="2026-01-31").truth


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("date('2026-02-30') < date('2026-03-01')", "date"),
        ("days('2026-W01-1', '2026-03-01') > 1", "date"),
        ("add('tomorrow', 'P1D') > ''", "date"),
        ("add('2026-01-01', 'PT' + '1H') > ''", "duration"),
        ("add('2026-01-01', 'a ' + 'month') > ''", "duration"),
        ("add('9999-12-31', 'P1D') > ''", "duration"),
    ],
)
def test_what_is_no_date_or_duration_is_an_error(text: str, key: str) -> None:
    """S6.4"""
    assert failure(evaluated(text)) == key


@pytest.mark.parametrize(
    "text",
    [
        "remove_prefix('@ana', '@') == 'ana'",
        "remove_prefix('ana', '@') == 'ana'",
        "remove_prefix('@@ana', '@') == '@ana'",
        "lower('ÅBC') == 'Åbc'",
        "ascending([])",
        "ascending([3.0])",
        "ascending([1, 1, 2])",
        "ascending(['a', 'a', 'b'])",
        "!ascending(['b', 'a'])",
        "find_all('a1 b22', '[0-9]+') == ['1', '22']",
        "find_all('a1 b22', '[a-z]([0-9]+)') == ['1', '22']",
        "find_all('a1 b22', '([a-z])([0-9]+)') == ['a', 'b']",
        "find_all('none', '[0-9]') == []",
        "find_all('é1é2', 'é.') == ['é1', 'é2']",
        "find_all('aaa', 'x*') == ['', '', '', '']",
        "find_all('aab', 'b*') == ['', '', 'b']",
        "find_all('aab', 'a|(b)') == ['', '', 'b']",
        "['a', 'b'].join(', ') == 'a, b'",
        "['a', 'b'].join() == 'ab'",
        "'åbc'.reverse() == 'cbå'",
        "rank('main', 'plan') == rank('main', 'draft')",
        "rank('main', 'idea') < rank('main', 'done')",
        "ratio(1.0, 4.0) == 0.25",
        "ratio(1, 4) == 0.25",
        "ratio(money('1'), 4.0) == 2500.0",
    ],
)
def test_the_other_functions_by_example(text: str) -> None:
    """S6.4"""
    assert evaluated(text).truth is True


def test_a_mark_in_the_text_does_not_split_a_match() -> None:
    """S6.4: any character may stand in a record."""
    assert evaluated("find_all(record.t, '.+') == [record.t]", t="a\ue000\ue001b").truth is True


@pytest.mark.parametrize("text", ["'%s'.format(['a']) == 'a'", "strings.quote('a') == 'a'"])
def test_functions_that_are_left_out(text: str) -> None:
    """S6.1"""
    with pytest.raises(ExpressionFault, match="is no function here"):
        evaluated(text)


@pytest.mark.parametrize(
    ("text", "listed", "written"),
    [
        ("record.l.map(x, record.t).join('') != ''", 1_000, "x" * 20_000),
        (f"record.l.join('{'-' * 500}') != ''", 50_000, ""),
    ],
)
def test_join_keeps_within_the_budget(text: str, listed: int, written: str) -> None:
    """S6.5"""
    assert evaluated(text, l=[""] * listed, t=written).code == "budget"


def test_ascending_takes_numbers_of_any_form_and_nothing_mixed() -> None:
    """S6.4"""
    assert evaluated("ascending(record.l)", l=[1, 1.5, 2]).truth is True
    assert evaluated("ascending(record.l)", l=[2, 1.5]).truth is False
    for mixed in ([1, "a"], [True, True], [None], [[1], [2]]):
        assert failure(evaluated("ascending(record.l)", l=mixed)) == "mixed"


def test_a_rank_without_phase_or_track_is_an_error() -> None:
    """S11.1: of a claim that is no phase."""
    assert failure(evaluated("rank('main', phase.main) > 0")) == "phase"
    assert failure(evaluated("rank(record.t, 'idea') > 0", t="stage")) == "track"


def test_find_all_gives_a_thousand_matches_and_no_more() -> None:
    """S6.4"""
    text = "size(find_all(record.s, 'a')) == 1000"
    assert evaluated(text, s="a" * 1000).truth is True
    assert failure(evaluated(text, s="a" * 1001)) == "matches"


def test_find_all_refuses_a_pattern_of_the_record_that_is_none() -> None:
    """S6.4"""
    assert failure(evaluated("size(find_all('a', record.p)) == 0", p="(")) == "pattern"


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("a(b)c(d)", "a(b)c(?:d)"),
        ("((a)(b))", "((?:a)(?:b))"),
        ("(?:a)(b)(?i:c)(d)", "(?:a)(b)(?i:c)(?:d)"),
        (r"\((a)\((b)", r"\((a)\((?:b)"),
        ("[(](a)[)(](b)", "[(](a)[)(](?:b)"),
        ("[](](a)[^](](b)", "[](](a)[^](](?:b)"),
        (r"\Q((\E(a)(b)", r"\Q((\E(a)(?:b)"),
        ("(?P<x>a)(?P<y>b)(?<z>c)", "(?P<x>a)(?:b)(?:c)"),
        ("[[:alpha:](](a)(b)", "[[:alpha:](](a)(?:b)"),
    ],
)
def test_only_the_first_group_captures(pattern: str, first: str) -> None:
    """S6.4: the matches of the first group."""
    assert only_first_group(pattern) == first
