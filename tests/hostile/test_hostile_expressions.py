"""Expressions and records that mean harm: refused or unknown, soon, and never the process's end."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

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

STANDARD = Expressions(params={}, facts={"a.flag": ValueType("boolean")}, tracks={})


def compiled(text: str) -> Expression:
    return STANDARD.compile(text, names=NAMES, result=ResultType.BOOL)


def evaluated(text: str, /, **record: Json) -> Evaluation:
    return compiled(text).evaluate(Bindings(record=record))


@pytest.mark.parametrize(
    "text",
    [
        "1" + "+1" * 20_000,
        "record" + ".a" * 20_000,
        "(" * 20_000 + "true" + ")" * 20_000,
        "[" * 20_000,
        "!" * 20_000 + "true",
        "true" + " && true" * 20_000,
        "true" + " ? true" * 20_000,
        "'" + "x" * 20_000 + "' == ''",
        "1" + "+1" * 40 + " == 41",
        "record" + ".a" * 40 + " == 1",
        "(" * 40 + "true" + ")" * 40,
        "[" * 900,
        "{" * 900,
        "'" * 999,
        '"""' * 333,
        "r'\\",
        "\ud800",
        "true\0",
        "'a\0b' == ''",
        "record.\ud800",
        "`" * 1000,
    ],
    ids=range(21),
)
def test_a_text_beyond_the_limits_is_a_fault(text: str) -> None:
    """S6.5"""
    with pytest.raises(ExpressionFault):
        compiled(text)


def test_a_long_conjunction_is_allowed() -> None:
    """S6.5: `&&` excepted."""
    assert evaluated(" && ".join(["record.a == 1"] * 100), a=1).truth is True


def test_loops_stop_at_ten_thousand_steps() -> None:
    """S6.5: steps, not seconds."""
    text = "record.l.all(a, record.l.all(b, a + b >= 0.0))"
    assert evaluated(text, l=[1] * 90).truth is True
    assert evaluated(text, l=[1] * 110).code == "budget"


def test_an_exhausted_budget_is_not_absorbed() -> None:
    """S6.5: unknown, whatever stands beside it."""
    text = "record.l.all(a, record.l.all(b, a + b >= 0.0)) || true"
    assert evaluated(text, l=[1] * 300).code == "budget"


@pytest.mark.parametrize("macro", ["map(x, x)", "filter(x, true)"])
def test_map_and_filter_take_a_thousand_items(macro: str) -> None:
    """S6.5: both are quadratic."""
    text = f"record.l.{macro}.size() > 0"
    assert evaluated(text, l=[1] * 1000).truth is True
    assert evaluated(text, l=[1] * 1001).code == "budget"


def test_all_and_exists_take_more() -> None:
    """S6.5"""
    assert evaluated("record.l.all(x, x == 1)", l=[1] * 5000).truth is True


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("(record.l + record.l).map(x, x).size() > 0", {"l": [1] * 600}),
        ("record.s.split(',').map(x, x).size() > 0", {"s": "," * 5000}),
        ("record.s.split('').filter(x, true).size() > 0", {"s": "x" * 5000}),
        ("record.s.replace('x', ',,').split(',').map(x, x).size() > 0", {"s": "x" * 800}),
        ("record.s.replace('', 'xxxxxxxx').size() > 0", {"s": "x" * 2_000_000}),
        ("record.l.all(x, record.s.upperAscii() != '')", {"l": [1] * 9000, "s": "x" * 1_000_000}),
        ("record.l.all(x, !record.s.matches('(x+x+)+y'))", {"l": [1] * 9000, "s": "x" * 10**6}),
        ("record.l.all(x, !(x in record.m))", {"l": [1] * 9000, "m": [2] * 80_000}),
        ("record.l.all(x, ascending(record.m))", {"l": [1] * 9000, "m": [2] * 9000}),
        (
            "record.l.all(x, money(x) <= money(record.m))",
            {"l": [1] * 9000, "m": {str(number): number for number in range(9000)}},
        ),
        ("record.l == record.l", {"l": [[1] * 10] * 10_001}),
        ("record.a == record.b", {"a": [1] * 60_000, "b": [1] * 60_000}),
    ],
    ids=range(12),
)
def test_work_that_would_take_seconds_or_gigabytes_is_over_budget(
    text: str, record: dict[str, Json]
) -> None:
    """S6.5: found before the engine begins."""
    expression = compiled(text)
    bindings = Bindings(record=record)
    began = time.process_time()
    assert expression.evaluate(bindings).code == "budget"
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    "text",
    [
        "['x']" + ".map(a, a + a)" * 30 + "[0] == ''",
        "[['x']]" + ".map(a, a + a)" * 30 + "[0].size() == 1",
        "['x']" + ".map(a, [a, a, a, a].join())" * 30 + "[0] == ''",
        "optional.of('x')" + ".optMap(a, a + a)" * 30 + ".value() == ''",
    ],
    ids=range(4),
)
def test_a_text_that_doubles_without_end_is_a_fault(text: str) -> None:
    """S6.5"""
    with pytest.raises(ExpressionFault):
        compiled(text)


def test_texts_that_replace_lengthens_again_and_again_are_over_budget() -> None:
    """S6.5"""
    text = "'x'" + ".replace('x', 'xxxxxxxxxxxxxxxx')" * 20 + ".size() > 1"
    assert evaluated(f"record.s == 'x' && {text}", s="x").code == "budget"


def test_a_text_with_nul_is_unknown_rather_than_cut_short() -> None:
    """S6.2: the engine would take `a\\0b` for `a`."""
    assert evaluated("record.s == 'a'", s="a\0b").code == "control-character"
    assert evaluated("record.m.exists(k, k == 'a')", m={"a\0b": 1}).code == "control-character"
    assert evaluated("remove_prefix('xa\\u0000b', 'x') == 'a'").code == "function-error"
    assert evaluated("lower('A\\u0000B') == 'a'").code == "function-error"
    assert evaluated("find_all('a\\u0000b', '.+') == ['a']").code == "function-error"


def test_half_of_a_surrogate_pair_is_unknown() -> None:
    """S1.2: it cannot come in by a file, but by the Python API."""
    assert evaluated("record.s == 'a'", s="\ud800").code == "control-character"


def test_numbers_beyond_doubles_are_unknown() -> None:
    """S1.2"""
    assert evaluated("record.n > 1", n=10**400).code == "overflow"


def test_a_value_nested_too_deep_is_over_budget() -> None:
    """S1.5: the engine would end the process."""
    deep: Json = 1
    for _ in range(500):
        deep = [deep]
    assert evaluated("record.d == record.d", d=deep).code == "budget"


def test_nulls_do_not_wear_the_process_out() -> None:
    """The engine takes a reference too few when it hands out null: nobody may ask it to."""
    texts = (
        "record.none",
        "[record.none][0]",
        "record.yes ? record.none : true",
        "optional.of(record.none).orValue(true)",
        "ascending(record.nones)",
        "money(record.money) > 1",
        "record.nones[0] > 1.0",
        "facts.a.flag",
        "!record.none",
    )
    program = (
        "import sys\n"
        "from pmo_core.standards.expressions import *\n"
        "standard = Expressions(params={}, facts={'a.flag': ValueType('boolean')}, tracks={})\n"
        "scope = Bindings(record={'none': None, 'yes': True, 'nones': [None] * 20,\n"
        "    'money': {'amount': None, 'x': None}}, facts={'a.flag': None})\n"
        f"for text in {texts!r}:\n"
        "    one = standard.compile(text, names=NAMES, result=ResultType.BOOL)\n"
        "    for _ in range(10_000):\n"
        "        assert one.evaluate(scope).truth is None\n"
        "print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_an_interrupt_inside_a_function_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """S16: interrupt is 130, never a recorded unknown."""

    def interrupted(text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("pmo_core.standards.expressions.functions.version", interrupted)
    standard = Expressions(params={}, facts={}, tracks={})
    expression = standard.compile("version('1') > 1", names=NAMES, result=ResultType.BOOL)
    with pytest.raises(KeyboardInterrupt):
        expression.evaluate(Bindings(record={}))


def test_expressions_may_be_shared_by_threads() -> None:
    expression = compiled("record.l.all(x, x > 1.0) && find_all(record.s, '[a-z]').size() == 3")
    wrong: list[Evaluation] = []

    def work() -> None:
        for _ in range(300):
            found = expression.evaluate(Bindings(record={"l": [2, 3], "s": "abc"}))
            if found.truth is not True:
                wrong.append(found)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
