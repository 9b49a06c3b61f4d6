"""S4 rows 2, 3 and 5: what does not apply blocks nothing, whatever else is said of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import Effect, Result, Verdict
from pmo_core.testing.builders import a_standard, assessed, finding

TESTS = st.sampled_from(
    (
        "schema: false",
        "expr: 'record.nothing > 1.0'",
        "check: demo.open",
        "artefact: {id: plan, state: done}",
        "answer: {evidence: required, max_age: P1D}",
        "score: {scale: {min: 0, max: 9}, items: {a: {weight: 1}}, pass: ok,"
        " bands: [{id: ok, at-least: 5}]}",
        "dependency: {of: [rome], gate: ready}",
        "all: [{schema: false}, {answer: {}}]",
        "any: [{schema: false}, {check: demo.open}]",
    )
)
WHY = st.sampled_from(
    (
        "when: {schema: false}",
        "when: [{schema: true}, {schema: false}]",
        "when: [{expr: 'record.nothing == 1'}, {schema: false}]",
        "unless: {schema: true}",
        "when: {expr: 'record.nothing == 1'}, unless: {schema: true}",
        "grandfathered: {schema: true}",
        "when: {schema: true}, grandfathered: [{schema: true}, {schema: true}]",
    )
)
MORE = st.sets(
    st.sampled_from(
        (
            "statutory: true",
            "for: entrance",
            "explain: required",
            "after: [first]",
            "binds: '2020-01-01'",
            "eased: {schema: true}",
            "owner: boss",
            "lead-time: P1D",
        )
    )
)


@settings(max_examples=120, deadline=None)
@given(TESTS, WHY, MORE, st.sampled_from(("must", "should", "may")))
def test_it_is_not_applicable_and_without_effect(
    test: str, why: str, more: set[str], obligation: str
) -> None:
    standard = a_standard(
        f"{{first: {{may: It was first, schema: false}}, it: {{{obligation}: It is so, {test},"
        f" {', '.join((why, *sorted(more)))}}}}}",
        artefacts="{plan: {title: Plan, states: [done]}}",
        roles="{boss: {title: Boss}}",
    )
    found = assessed(standard)
    one = finding(found, "it")
    assert (one.result, one.effect) == (Result.NOT_APPLICABLE, Effect.NONE)
    assert (found.verdict, found.entry) == (Verdict.READY, Verdict.READY)
    assert found.vacuous
