"""Expressions by S6: what compiles, what an evaluation comes to, and why it comes to nothing."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core.documents import Json
from pmo_core.standards.expressions import (
    NAMES,
    Bindings,
    Evaluation,
    Expression,
    ExpressionFault,
    Expressions,
    ResultType,
    ValueType,
)

SKETCHES = Path(__file__).resolve().parents[4] / "shared" / "language-sketches.md"

STANDARD = Expressions(
    params={
        "limit": ValueType("integer"),
        "share": ValueType("number"),
        "major-deviation-percent": ValueType("integer"),
        "region": ValueType("string"),
        "strict": ValueType("boolean"),
    },
    facts={
        "kep.prod_readiness_approvers": ValueType("array", "string"),
        "jira.open-defects": ValueType("integer"),
        "jira.blockers": ValueType("integer"),
    },
    tracks={"main": {"planning": 0, "executing": 1, "closing": 2}, "stage": {"none": 0}},
    gates=("ready-for-planning", "plan"),
    baselines=("charter",),
)


def compiled(text: str, *, names: frozenset[str] = NAMES) -> Expression:
    return STANDARD.compile(text, names=names, result=ResultType.BOOL)


def truth(text: str, /, **record: Json) -> bool | None:
    return compiled(text).evaluate(Bindings(record=record)).truth


def reason(text: str, /, **record: Json) -> Evaluation:
    found = compiled(text).evaluate(Bindings(record=record))
    assert found.truth is None
    return found


def fault(text: str, *, names: frozenset[str] = NAMES) -> ExpressionFault:
    with pytest.raises(ExpressionFault) as caught:
        compiled(text, names=names)
    return caught.value


@pytest.mark.skipif(not SKETCHES.exists(), reason="the sketches lie beside the repository")
def test_all_expressions_of_the_sketches_compile() -> None:
    """S6.1: the nine sketched standards hold 23."""
    source = SKETCHES.read_text(encoding="utf-8")
    quoted = re.findall(r'\b(?:expr|holds): "([^"]*)"', source)
    plain = re.findall(r"\bexpr: ([a-z][^,}\"\n]*)[,}]", source)
    standard = Expressions(
        params={"major-deviation-percent": ValueType("integer")},
        facts={"kep.prod_readiness_approvers": ValueType("array", "string")},
        tracks={"main": {}},
    )
    for text in (*quoted, *plain):
        result = ResultType.INT if re.fullmatch(r"money\([\w.]+\)", text) else ResultType.BOOL
        assert standard.compile(text.strip(), names=NAMES, result=result).text == text.strip()
    assert len(quoted) + len(plain) == 23


def test_true_is_true_and_false_is_false() -> None:
    """S6.2"""
    assert truth("record.a == 'x'", a="x") is True
    assert truth("record.a == 'x'", a="y") is False


def test_a_name_with_a_hyphen_is_reached_by_brackets_and_guarded_by_in() -> None:
    """S6.2"""
    assert truth("'a-b' in record && record['a-b'] == 1", **{"a-b": 1}) is True
    assert truth("'a-b' in record && record['a-b'] == 1") is False


def test_has_guards_a_field() -> None:
    """S6.2"""
    assert truth("has(record.a) && record.a == 1") is False
    assert truth("has(record.a) && record.a == 1", a=1) is True


def test_optional_items_are_those_present() -> None:
    """S6.2"""
    assert truth("[?record.?a, ?record.?b].size() == 1", b=3) is True
    assert truth("record.?a.b.orValue('none') == 'none'") is True


def test_or_and_exists_absorb_errors() -> None:
    """S6.2: as the CEL specification says."""
    assert truth("record.absent == 1 || true") is True
    assert truth("[1, 2].exists(x, record.absent == 1 || x == 2)") is True
    assert truth("record.absent == 1 && false") is False


@pytest.mark.parametrize(
    ("text", "pointer", "path"),
    [
        ("record.cost.approved == 1", "/cost/approved", "record.cost.approved"),
        ("record.nothing.at.all == 1", "/nothing", "record.nothing"),
        ("record['c-d']['e/f'] == 1", "/c-d/e~1f", "record['c-d']['e/f']"),
        ("record.list[5] == 1", "/list/5", "record.list[5]"),
        ("record.cost[record.key] == 1", "/cost/absent", "record.cost.absent"),
        ("record.key == 'absent' && record.cost.approved == 1", "/cost/approved", None),
        ("money(record.cost.forecast) > 1", "/cost/forecast", None),
        ("!has(record.zip) && record.zip == 1", "/zip", None),
    ],
)
def test_a_missing_field_is_named(text: str, pointer: str, path: str | None) -> None:
    """S6.2: unknown, with the path that was missing."""
    found = reason(text, cost={}, list=[1], key="absent", **{"c-d": {}})
    assert (found.code, found.pointer) == ("missing", pointer)
    if path is not None:
        assert dict(found.params)["path"] == path


def test_a_name_without_a_value_is_missing() -> None:
    """S3.2: what is not in the inputs is unknown."""
    found = compiled("days(entered.main, today) > 45").evaluate(Bindings(record={}))
    assert found.code == "missing"
    assert found.pointer is None
    fact = compiled("'x' in facts.kep.prod_readiness_approvers").evaluate(Bindings(facts={}))
    assert (fact.code, fact.params) == (
        "missing",
        (("path", "facts.kep.prod_readiness_approvers"),),
    )


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        ("record.none + 1.0 > 1.0", "null", "/none"),
        ("record.none.below == 1", "null", "/none"),
        ("!record.none", "null", "/none"),
        ("record.none", "null", "/none"),
        ("money(record.none) > 1", "null", "/none"),
        ("record.text + 1.0 > 1.0", "no-overload", None),
        ("record.text.below == 1", "no-overload", "/text"),
        ("record.list.below == 1", "no-overload", "/list"),
        ("record.one[0] == 1", "no-overload", "/one"),
        ("record.text", "not-boolean", None),
        ("record.list[record.text] == 1", "no-overload", "/list"),
        ("9223372036854775807 + 1 > 1", "overflow", None),
        ("int(record.huge) > 1", "overflow", None),
        ("1 / 0 == 1", "division-by-zero", None),
        ("5 % 0 == 1", "division-by-zero", None),
        ("ratio(record.one, record.zero) > 1.0", "division-by-zero", None),
        ("money(record.text) > 1", "function-error", "/text"),
        ("int(record.text) == 1", "function-error", None),
        ("{'a': 1, 'a': 2}.size() == 1", "function-error", None),
        ("[{[]: 1}].size() == 1", "no-overload", None),
        ("optional.of({}.?b).orValue(record.text)", "not-boolean", None),
        ("record.text.matches(record.bracket)", "function-error", None),
    ],
)
def test_anything_else_is_unknown_with_its_code(text: str, code: str, pointer: str | None) -> None:
    """S6.2"""
    found = reason(
        text,
        none=None,
        text="word",
        list=[1],
        one=1,
        zero=0,
        huge=1e300,
        bracket="(",
    )
    assert (found.code, found.pointer) == (code, pointer)


def test_a_functions_failure_says_which_and_why() -> None:
    """S6.4"""
    found = reason("money(record.a) > money(record.b)", a="1.00", b="1,00")
    assert found.pointer == "/b"
    assert dict(found.params) == {"name": "money", "key": "amount", "path": "record.b"}


def test_a_fact_of_another_type_than_declared_is_unknown() -> None:
    """S8: the plugin's mistake, never a pass."""
    bindings = Bindings(facts={"kep.prod_readiness_approvers": "everyone"})
    found = compiled("'every' in facts.kep.prod_readiness_approvers").evaluate(bindings)
    assert found.code == "no-overload"


def test_facts_and_parameters_are_reached_by_name() -> None:
    """S6.1"""
    bindings = Bindings(
        params={"limit": 3, "share": 0.5, "major-deviation-percent": 10, "region": "EU"},
        facts={"kep.prod_readiness_approvers": ["ana"], "jira.open-defects": 2},
    )
    for text in (
        "'ana' in facts.kep.prod_readiness_approvers",
        "facts.jira['open-defects'] < params.limit",
        "params['major-deviation-percent'] > params['limit']",
        "params.share + 1.0 == 1.5",
        "params.region.startsWith('E')",
    ):
        assert compiled(text).evaluate(bindings).truth is True


def test_an_expression_says_which_facts_and_which_time_it_reads() -> None:
    """S3.1, S3.5"""
    found = compiled("facts.jira['open-defects'] + facts.jira.blockers > 1.0 && today > '2026'")
    assert found.facts == {"jira.open-defects", "jira.blockers"}
    assert (found.uses_now, found.uses_today) == (False, True)
    assert compiled("now > timestamp('2026-01-01T00:00:00Z')").uses_now
    assert not compiled("record.now == 'today' && record.today == '// now'").uses_now


def test_now_is_a_timestamp_and_today_a_date() -> None:
    """S6.1"""
    bindings = Bindings(now=datetime(2026, 3, 1, 9, tzinfo=UTC), today="2026-03-01")
    text = "now > date('2026-02-28') && now < date(add(today, 'P1D')) && today == '2026-03-01'"
    assert compiled(text).evaluate(bindings).truth is True


def test_the_lifecycles_names_are_in_scope() -> None:
    """S6.1"""
    bindings = Bindings(
        phase={"main": "executing"},
        entered={"main": "2026-01-01"},
        passed={"plan": "2026-01-01"},
        gate="plan",
        occurrence="",
        baseline={"charter": {"cost": "10.00"}},
        exceptions=[{"raise_to": "corporate"}],
        other={"phase": {"main": "closing"}},
        item={"id": "s1"},
    )
    for text in (
        "rank('main', phase.main) < rank('main', other.phase.main)",
        "passed.plan == entered.main && !('ready-for-planning' in passed)",
        "gate == 'plan' && occurrence == ''",
        "money(baseline.charter.cost) == money('10')",
        "size(exceptions.filter(e, e.raise_to == 'corporate')) == 1",
        "item.id == 's1'",
    ):
        assert compiled(text).evaluate(bindings).truth is True


def test_an_expression_may_yield_a_whole_number() -> None:
    """S18: tolerances take expressions to int."""
    found = STANDARD.compile("money(record.cost)", names=NAMES, result=ResultType.INT)
    assert found.evaluate(Bindings(record={"cost": "12.50"})).number == 125_000
    assert found.evaluate(Bindings(record={})).code == "missing"
    other = STANDARD.compile("record.cost", names=NAMES, result=ResultType.INT)
    assert other.evaluate(Bindings(record={"cost": "12.50"})).code == "not-integer"


@pytest.mark.parametrize(
    ("text", "place", "words", "remedy"),
    [
        ("recrd.a == 1", (1, 1), "'recrd'", "Did you mean 'record'"),
        ("true &&\n  recrd.a == 1", (2, 3), "'recrd'", "'record'"),
        ("'é' == 'é' && oops", (1, 15), "'oops'", "known here"),
        ("moneyy(record.a) > 1", (1, 1), "'moneyy'", "Did you mean 'money'"),
        ("money(1, 2) > 1", (1, 1), "money()", "Write money(amount)"),
        ("version(1) > 1", (1, 8), "version() does not take", "Write version(text)"),
        ("1.5 + 2 > 1.0", (1, 5), "decimal number and a whole number cannot be added", "2.0"),
        ("ratio(record.a, record.b) + 7 > 1.0", (1, 27), "cannot be added", "7.0 for 7"),
        ("money(record.a) * 1.5 > 1.0", (1, 17), "cannot be multiplied", "2.0"),
        ("record.a + 1 > 2.0", (1, 12), "numbers of a record are decimal", "Write 1.0"),
        ("2 * record.a > 2.0", (1, 1), "numbers of a record are decimal", "Write 2.0"),
        ("params.share + 1 > 1.0", (1, 16), "numbers of a parameter are decimal", "Write 1.0"),
        ("3 * facts.jira.blockers > 1", (1, 1), "numbers of a fact are decimal", "Write 3.0"),
        ("params['share'] - 4 > 1", (1, 19), "numbers of a parameter are decimal", "4.0"),
        ("5 - (params.share) > 1", (1, 3), "cannot be subtracted", "5.0 for 5"),
        ("params.share == 'x'", (1, 14), "cannot be compared", "one type"),
        ("params.share > 2 && params.region > 2", (1, 35), "cannot be compared", "one type"),
        ("(params.share > 2) + 1 > 1", (1, 20), "cannot be added", None),
        ("record.lead-days > 3.0", (1, 8), "subtraction", "Write record['lead-days']"),
        ("record.a.b-c-d.e > 3.0", (1, 10), "subtraction", "Write record.a['b-c-d']"),
        ("record.a[0].b-c > 3.0", (1, 13), "subtraction", "Write record.a[0]['b-c']"),
        ("has(record.b-c)", (1, 12), "subtraction", "Write 'b-c' in record"),
        ("record.a.all(i, i.b-c > 1)", (1, 19), "subtraction", "Write i['b-c']"),
        ("facts.jira.open-defects > 1", (1, 12), "subtraction", "facts.jira['open-defects']"),
        ("facts['jira.blockers'] > 1", (1, 1), "parts of a fact's name", "facts.jira.blockers"),
        (
            "facts['jira.open-defects'] > 1",
            (1, 1),
            "parts of a fact's name",
            "Write facts.jira['open-defects']",
        ),
        ("today > 1", (1, 7), "cannot be compared", "one type"),
        ("phase.main == 1", (1, 12), "cannot be compared", "one type"),
        ("'text'", (1, 1), "yields a text, not true or false", None),
        ("money(record.a)", (1, 1), "yields a whole number", None),
        ("record.a = 1", (1, 10), "cannot be read", "=="),
        ("record.a and record.b", (1, 10), "cannot be read", "&&"),
        ("not record.a", (1, 5), "cannot be read", "'!'"),
        ("record.a ==", None, "cannot be read", None),
        ("", None, "cannot be read", None),
        ("{[]: 1}", (1, 1), "no meaning", None),
        ("record.a == None", (1, 13), "'None'", "null"),
        ("params.limitt > 1.0", (1, 1), "no parameter 'limitt'", "'limit'"),
        ("params['limitt'] > 1.0", (1, 1), "no parameter 'limitt'", "'limit'"),
        ("phase.man == 'x'", (1, 1), "no track 'man'", "'main'"),
        ("passed['ready-for-plan'] == ''", (1, 1), "no gate", "'ready-for-planning'"),
        ("baseline.chart.cost == ''", (1, 1), "no baseline 'chart'", "'charter'"),
        ("record.a == facts.jira.blocker", (1, 13), "no fact 'jira.blocker'", "jira.blockers"),
        ("facts == {}", (1, 1), "no fact is named", "needs"),
        ("record.a / record.b > 0.5", (1, 10), "zero", "ratio(a, b)"),
        ("record.a / 0.0 > 0.5", (1, 10), "zero", "ratio(a, b)"),
        ("record.a / params.share > 0.5", (1, 10), "zero", "ratio(a, b)"),
        ("params.share / record.a > 0.5", (1, 14), "zero", "ratio(a, b)"),
        ("record.a / 2.0 / record.b > 0.5", (1, 16), "zero", "ratio(a, b)"),
        ("record.a.matches('(?=x)')", (1, 18), "RE2", "look-around"),
        ("size(find_all(record.a, '(')) > 1", (1, 25), "RE2", "look-around"),
        ("record.a.all(phase, phase == 1)", (1, 14), "'phase' is a name already", "another"),
        ("record.a.replace('x', record.b) == ''", (1, 10), "replace()", "replace('_', '-')"),
        ("record.a.join(record.b) == ''", (1, 10), "join()", "join(', ')"),
    ],
)
def test_a_fault_says_what_where_and_what_to_do(
    text: str, place: tuple[int, int] | None, words: str, remedy: str | None
) -> None:
    """S6.1, S6.3: found when the standard loads."""
    found = fault(text)
    if place is not None:
        assert (found.offset_line, found.offset_column) == place
    assert words in found.message
    assert not found.message.endswith(".")
    assert remedy is None or (found.remedy is not None and remedy in found.remedy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts.jira.blockers <= 500", True),
        ("facts.jira.blockers == 3 && 4 > facts.jira.blockers", True),
        ("facts.jira.blockers > 3.5", False),
        ("facts.jira['open-defects'] < 500", True),
        ("params.limit >= 2 && params.share < 1", True),
        ("params.limit in [1, 2]", True),
        ("size(record.risks) <= params.limit", True),
    ],
)
def test_a_number_of_a_fact_or_parameter_compares_with_whole_ones(
    text: str, expected: bool
) -> None:
    """S6.3: as one of a record does; sums with whole numbers stay faults."""
    bindings = Bindings(
        record={"risks": [1, 2]},
        facts={"jira.blockers": 3, "jira.open-defects": 499},
        params={"limit": 2, "share": 0.5},
    )
    assert compiled(text).evaluate(bindings).truth is expected


@pytest.mark.parametrize(
    "text", ["record.a-1.0 > 1.0", "record.a - record.b > 1.0", "record.l.all(b, record.a-b > 1.0)"]
)
def test_a_subtraction_stays_one(text: str) -> None:
    """A hyphen is part of a name only before a name that means nothing by itself."""
    assert truth(text, a=3, b=1, l=[1]) is True


def test_a_name_that_has_no_meaning_in_this_place_is_a_fault() -> None:
    """S6.1: `item` in a gate that is not repeated, `other` outside `holds`."""
    found = fault("other.phase.main == 'x'", names=NAMES - {"other"})
    assert "'other' has no meaning here" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "record.n >= 4",
        "record.n == size(record.list)",
        "4 <= record.n",
        "record.n + 1.0 == 5.0",
        "record.n / 2.0 == 2.0",
        "money(record.n) / 2 == money(2)",
        "1 + record.list.size() == 5",
        "record.list[1] + 1.0 == 3.0",
        "string(int(record.n)) == '4'",
        "record.n in [3, 4]",
        "-record.n < 0",
        "record.n == 4 - 0",
        "record.list.all(one, one <= record.n)",
    ],
)
def test_a_field_compares_with_either_form_of_a_number(text: str) -> None:
    """S6.3"""
    assert truth(text, n=4, list=[1, 2, 3, 4]) is True
    assert truth(text, n=4.0, list=[1.0, 2.0, 3.0, 4.0]) is True


def test_without_an_engine_every_evaluation_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """S6: never a pass on a platform that has no engine."""
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    standard = Expressions(params={}, facts={}, tracks={})
    found = standard.compile("true", names=NAMES, result=ResultType.BOOL)
    assert found.evaluate(Bindings(record={})) == Evaluation(code="no-engine")


def test_bindings_beside_others_change_only_what_is_named() -> None:
    """S6.6"""
    first = Bindings(record={"a": 1}, item=1, today="2026-01-01")
    expression = compiled("record.a == 1 && item == 1")
    assert expression.evaluate(first).truth is True
    assert expression.evaluate(first.beside(item=2)).truth is False
    assert expression.evaluate(first.beside(record={"a": 2})).truth is False
    assert expression.evaluate(first).truth is True


def test_only_named_fields_are_converted() -> None:
    """S6.6: what is not JSON would raise."""
    record: dict[str, Json] = {"a": 1, "b": object()}  # type: ignore[dict-item]
    assert compiled("record.a == 1").evaluate(Bindings(record=record)).truth is True
    with pytest.raises(TypeError):
        compiled("record.b == 1").evaluate(Bindings(record=record))


def test_the_whole_record_is_converted_where_it_is_used_whole() -> None:
    """S6.6"""
    assert truth("record.exists(key, key == 'b')", a=1, b=2) is True
    assert truth("record[record.key] == 2", key="b", b=2) is True
    assert truth("[record][0].b == 2", b=2) is True
    assert truth("record.size() == 2", a=1, b=2) is True
