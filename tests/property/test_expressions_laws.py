"""Laws of S6: the form of a number never matters, errors are unknown, nothing escapes."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from hypothesis import assume, given
from hypothesis import strategies as st

from pmo_core.documents import Json
from pmo_core.standards.expressions import (
    NAMES,
    Bindings,
    Expression,
    ExpressionFault,
    Expressions,
    ResultType,
    ValueType,
)

STANDARD = Expressions(
    params={"limit": ValueType("number")},
    facts={"a.list": ValueType("array", "string")},
    tracks={"main": {"one": 0, "two": 1}},
)
CODES = {
    "missing",
    "null",
    "no-overload",
    "overflow",
    "division-by-zero",
    "function-error",
    "budget",
    "not-boolean",
    "control-character",
}
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.sampled_from(["12.50", "2026-03-01", "v1.21", "one", ""]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "amount", "currency"]), inner, max_size=3)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3)
COMPILED = tuple(
    STANDARD.compile(text, names=NAMES, result=ResultType.BOOL)
    for text in (
        "record.a == record.b",
        "record.a < record.b",
        "record.a + record.b > record.c",
        "record.a.b == 1",
        "record.a >= 4 && record.b != 4.0",
        "size(record.a) > 1",
        "record.a in record.b",
        "money(record.a) <= plus_percent(record.b, record.c)",
        "version(record.a) >= version('1.21')",
        "days(record.a, record.b) > 45",
        "date(record.a) < date('2026-01-01') || record.c",
        "record.a.all(x, x.b > 1.0)",
        "record.a.exists(x, x == record.b)",
        "size(record.a.filter(x, x.a)) >= 3",
        "record.a.map(x, x)[0] == record.b",
        "ascending(record.a)",
        "remove_prefix(record.a, record.b) in facts.a.list",
        "ratio(record.a, record.b) >= 0.15",
        "find_all(record.a, record.b).size() == 1",
        "rank('main', record.a) > 0",
        "add(record.a, 'P1M') > record.b",
        "lower(record.a) == record.b",
        "has(record.a.b) && record.a.b",
        "[?record.?a, ?record.?b].size() == 2",
        "record.a ? record.b : record.c",
        "!record.a || -record.b > 1.0",
        "record.a.matches(record.b)",
        "string(int(record.a)) == record.b",
        "record[record.a] == record.b",
        "record.a",
    )
)


def with_floats(value: Json) -> Json:
    """The value with every number as a double."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: with_floats(part) for key, part in value.items()}
    if isinstance(value, list):
        return [with_floats(part) for part in value]
    return float(value)


@given(RECORDS, st.sampled_from(COMPILED))
def test_whole_numbers_and_doubles_never_differ(record: dict[str, Json], which: Expression) -> None:
    """S6.3: `110` and `110.0`."""
    one = which.evaluate(Bindings(record=record))
    other = which.evaluate(
        Bindings(record={key: with_floats(value) for key, value in record.items()})
    )
    assert one == other


@given(RECORDS, st.sampled_from(COMPILED))
def test_an_evaluation_is_true_false_or_unknown_with_a_code(
    record: dict[str, Json], which: Expression
) -> None:
    """S6.2"""
    found = which.evaluate(Bindings(record=record, facts={"a.list": ["x"]}))
    if found.truth is None:
        assert found.code in CODES
    else:
        assert found.code is None
        assert found.pointer is None


@given(RECORDS, st.sampled_from(COMPILED))
def test_the_same_scope_gives_the_same_evaluation(
    record: dict[str, Json], which: Expression
) -> None:
    """S3.4: whatever was evaluated before, and from a copy of the record."""
    shared = Bindings(record=record)
    for other in COMPILED:
        other.evaluate(shared)
    copied = Bindings(record=json.loads(json.dumps(record)))
    assert which.evaluate(shared) == which.evaluate(copied)


@given(RECORDS, st.sampled_from(COMPILED))
def test_a_pointer_names_what_is_missing_or_what_is_there(
    record: dict[str, Json], which: Expression
) -> None:
    """S6.2: `missing` names an absent path whose parent is there."""
    found = which.evaluate(Bindings(record=record))
    assume(found.code == "missing" and found.pointer is not None)
    assert found.pointer is not None
    *outer, last = found.pointer.split("/")[1:]
    value: Json = record
    for key in outer:
        value = value[key] if isinstance(value, dict) else value[int(key)]  # type: ignore[index]
    assert isinstance(value, dict | list)
    if isinstance(value, dict):
        assert last.replace("~1", "/").replace("~0", "~") not in value


@given(
    st.decimals(-(10**10), 10**10, allow_nan=False, places=4),
    st.decimals(-1000, 1000, allow_nan=False, places=2),
)
def test_plus_percent_agrees_with_decimal_arithmetic(amount: Decimal, percent: Decimal) -> None:
    """S6.4: exact, then half to even, judged by another implementation."""
    expression = STANDARD.compile(
        "plus_percent(record.a, record.p)", names=NAMES, result=ResultType.INT
    )
    found = expression.evaluate(
        Bindings(record={"a": format(amount, "f"), "p": float(percent)})
    ).number
    with localcontext() as context:
        context.prec = 60
        exact = amount * (100 + percent) / 100 * 10_000
        assert found == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_money_of_a_number_is_money_of_its_shortest_text(digits: int, places: int) -> None:
    """S6.4"""
    text = format(Decimal(digits).scaleb(-places), "f")
    expression = STANDARD.compile(
        "money(record.text) - money(record.number)", names=NAMES, result=ResultType.INT
    )
    bindings = Bindings(record={"text": text, "number": float(text)})
    assert expression.evaluate(bindings).number == 0


NAMED = ("record", "facts.a.list", "params.limit", "item", "phase", "now", "today", "a", "b")
SIGNS = (".", ".?", "[", "]", "(", ")", "{", "}", ",", ":", "?", "+", "-", "*", "/", "%", "!")
PAIRS = (
    "==",
    "!=",
    "<",
    "&&",
    "||",
    " in ",
    "all(",
    "map(",
    "x,",
    "//",
    "\\",
    "`",
    "\n",
    "é",
    "🎈",
)
VALUES_WRITTEN = ("1", "2.0", "'x'", '"y"', "true", "null", "has", "size", "money", "ratio", "date")
WORDS = st.sampled_from((*NAMED, *SIGNS, *PAIRS, *VALUES_WRITTEN))


@given(st.lists(WORDS, max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_an_expression_or_a_fault(text: str) -> None:
    """S6.1: never another exception, and the place lies within the text."""
    fault, found = None, None
    try:
        expression = STANDARD.compile(text, names=NAMES, result=ResultType.BOOL)
        scope = Bindings(record={"a": 1, "b": {"a": [1]}}, params={"limit": 1})
        found = expression.evaluate(scope)
    except ExpressionFault as caught:
        fault = caught
    if fault is not None:
        assert 1 <= fault.offset_line <= text.count("\n") + 2
        assert fault.offset_column >= 1
        assert fault.message
    else:
        assert found is not None
        assert found.truth is not None or found.code is not None
