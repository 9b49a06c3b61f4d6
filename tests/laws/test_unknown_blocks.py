"""Decision 1, S1.1, S4.3: what nobody knows is neither pass nor fail, and a must of it blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import Effect, Result, Verdict
from pmo_core.standards.inputs import CheckResult, Fact, Inputs, Neighbour
from pmo_core.testing.builders import a_standard, assessed, finding

from . import corpus

NOTHING = Inputs()
PARTS = {
    "roles": "{boss: {title: Boss}}",
    "artefacts": "{plan: {title: Plan, states: [draft, done], accountable: boss}}",
    "needs": "{facts: {lab.open: {type: boolean}}}",
}
STAMP = "by: ada, date: '2026-02-01'"
CASES = [
    ("expr: 'record.n > 1.0'", "{}", NOTHING),
    ("expr: 'record.n > 1.0'", "{n: null}", NOTHING),
    ("expr: 'record.n > 1.0'", "{n: many}", NOTHING),
    ("expr: 'ratio(record.n, record.m) > 1.0'", "{n: 3, m: 0}", NOTHING),
    ("expr: facts.lab.open", "{}", NOTHING),
    ("expr: facts.lab.open", "{}", Inputs(facts={"lab.open": Fact(None, failure="timed-out")})),
    ("expr: facts.lab.open", "{}", Inputs(facts={"lab.open": Fact("yes")})),
    ("check: demo.open", "{}", NOTHING),
    ("check: demo.open", "{}", Inputs(checks={("it", "demo.open"): CheckResult("unknown", "x")})),
    ("check: demo.open", "{}", Inputs(checks={("it", "demo.open"): CheckResult("odd")})),
    ("artefact: {id: plan, state: done}", "{artefacts: {plan: torn}}", NOTHING),
    ("artefact: {id: plan, state: done, max_age: P1D}", "{artefacts: {plan: done}}", NOTHING),
    (
        "artefact: {id: plan, state: done, approved-by: accountable}",
        f"{{artefacts: {{plan: {{state: done, {STAMP}}}}}}}",
        NOTHING,
    ),
    ("answer: {}", "{}", NOTHING),
    ("answer: {}", "{answers: {it: {value: perhaps}}}", NOTHING),
    ("answer: {}", "{answers: {it: {value: yes, date: '2030-01-01'}}}", NOTHING),
    ("answer: {evidence: required}", "{answers: {it: {value: yes}}}", NOTHING),
    ("answer: {max_age: P1D}", f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}", NOTHING),
    ("answer: {max_age: phase}", f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}", NOTHING),
    (
        "answer: {max_age: {since: last-occurrence}}",
        f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}",
        NOTHING,
    ),
    ("answer: {by: boss}", f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}", NOTHING),
    ("answer: {by-not: boss}", f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}", NOTHING),
    ("answer: {by: boss, from: all}", f"{{answers: {{it: {{value: yes, {STAMP}}}}}}}", NOTHING),
    ("answer: {na: allowed, max_age: P1D}", "{answers: {it: {value: na}}}", NOTHING),
    (
        "score: {scale: {min: 0, max: 9}, items: {a: {weight: 1}}, pass: ok,"
        " bands: [{id: ok, at-least: 5}]}",
        "{}",
        NOTHING,
    ),
    ("dependency: {of: /needs, phase: closed}", "{needs: rome}", NOTHING),
    (
        "dependency: {of: /needs, gate: ready}",
        "{needs: rome}",
        Inputs(projects={"rome": Neighbour("small@1.0.0", {"main": "closed"})}),
    ),
    ("dependency: {of: self, gate: ready}", "{}", NOTHING),
    ("dependency: {of: /needs, holds: 'other.nope'}", "{needs: rome}", NOTHING),
    ("schema: false, when: {expr: 'record.n > 1.0'}", "{}", NOTHING),
    ("schema: false, unless: {expr: 'record.n > 1.0'}", "{}", NOTHING),
    ("all: [{schema: true}, {answer: {}}]", "{}", NOTHING),
    ("any: [{schema: false}, {answer: {}}]", "{}", NOTHING),
]


@pytest.mark.parametrize(("test", "record", "inputs"), CASES, ids=lambda case: str(case)[:60])
def test_what_is_not_known_blocks_and_says_why(test: str, record: str, inputs: Inputs) -> None:
    standard = a_standard(f"{{it: {{must: It is so, {test}}}}}", **PARTS)  # type: ignore[arg-type]
    found = assessed(standard, record, inputs=inputs)
    one = finding(found, "it")
    assert (one.result, one.effect) == (Result.UNKNOWN, Effect.BLOCKS)
    assert one.reasons
    assert found.verdict is Verdict.BLOCKED


STANDARD = corpus.standard()
INPUTS = corpus.all_inputs(STANDARD)
GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = [
    "id",
    "title",
    "phase",
    "risks",
    "cost",
    "owner",
    "needs",
    "answers",
    "artefacts",
    "more",
    "permit",
    "soft",
    "x1",
    "proof",
    "tiny",
]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), GARBAGE), st.sampled_from(INPUTS))
def test_ready_is_when_nothing_that_must_be_is_unmet_whatever_the_record_holds(
    record: dict[str, object], inputs: Inputs
) -> None:
    """S4.4; and no record, however odd, raises."""
    found = assessed(STANDARD, record, inputs=inputs)  # type: ignore[arg-type]
    unmet = [
        one
        for one in found.findings
        if one.result in (Result.FAIL, Result.UNKNOWN)
        and one.obligation == "must"
        and one.force == "binding"
    ]
    assert (found.verdict is Verdict.READY) == (not unmet)
    assert list(found.blocking) == unmet
    assert all(one.reasons for one in unmet)
