"""What `explain` asks of whom: actions that help, and the others' part named as theirs (S14)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pmo_core.assessment.explain import Explanation, explain
from pmo_core.assessment.plan import Action
from pmo_core.documents import JsonObject
from pmo_core.standards.inputs import CheckResult, Fact, Inputs, Neighbour
from pmo_core.testing.builders import NOW, a_record, a_standard, assessed

ROLES = "{manager: {title: Manager}, sponsor: {title: Sponsor}}"
ANSWERED: JsonObject = {"value": "yes", "by": "ana.ruiz", "date": "2026-02-20"}


def explained(criteria: str, record: JsonObject, inputs: Inputs | None = None) -> Explanation:
    standard = a_standard(
        criteria,
        gate={"owner": "manager"},
        roles=ROLES,
        needs="{facts: {lab.open: {type: boolean, title: Whether the laboratory is open}}}",
        artefacts="{plan: {title: Plan, states: [draft, approved], accountable: sponsor}}",
    )
    return explain(assessed(standard, a_record(standard, record), inputs=inputs))


def actions(found: Explanation) -> tuple[Action, ...]:
    assert found.plan is not None
    return found.plan.actions


@pytest.mark.parametrize(
    ("criterion", "record"),
    [
        ("answer: {by: sponsor}", {"answers": {"it": ANSWERED}}),
        ("answer: {by-not: sponsor}", {"answers": {"it": ANSWERED}}),
        ("answer: {by: sponsor, from: all}", {"answers": {"it": [ANSWERED]}}),
        (
            "artefact: {id: plan, state: approved, approved-by: accountable}",
            {"artefacts": {"plan": {"state": "approved", **ANSWERED}}},
        ),
    ],
)
def test_an_answer_that_stands_is_not_asked_for_again_because_nobody_knows_who_holds_a_role(
    criterion: str, record: JsonObject
) -> None:
    """S14.1: it is the appointments that are missing, and nobody in the project supplies them."""
    found = explained(f"it: {{must: It is so, {criterion}}}", record)
    assert [one.code for one in found.blockers[0].finding.reasons] == ["holders-unknown"]
    assert actions(found) == (Action("supply", "holders:sponsor"),)
    assert found.blockers[0].roles == ()


def test_appointments_that_several_criteria_lack_are_supplied_once() -> None:
    found = explained(
        "{it: {must: It is so, answer: {by: sponsor}},"
        " so: {must: So it is, answer: {by: sponsor}}}",
        {"answers": {"it": ANSWERED, "so": ANSWERED}},
    )
    assert actions(found) == (Action("supply", "holders:sponsor"),)


def test_scores_of_people_whose_role_nobody_knows_are_not_raised() -> None:
    """S14.1: whether they may is not theirs to say; one more is wanted anyway."""
    score = """
    it:
      must: It is worth it
      score:
        combine: percent
        scale: {min: 0, max: 10}
        items: {fit: {title: Fit, weight: 1}}
        bands: [{id: low, at-least: 0}, {id: high, at-least: 50}]
        pass: high
        by: {each: sponsor, at-least: 2}
    """
    entries = [
        {"value": {"fit": 9}, "by": person, "date": "2026-02-20"} for person in ("ana", "leo")
    ]
    assert actions(explained(score, {"answers": {"it": entries}})) == (
        Action("supply", "holders:sponsor"),
    )
    one = explained(score, {"answers": {"it": entries[:1]}})
    assert actions(one) == (
        Action("answer", "it", ("sponsor",)),
        Action("supply", "holders:sponsor"),
    )


@pytest.mark.parametrize(
    ("age", "code", "target"),
    [
        ("phase", "entry-unknown", "entered:ready"),
        ("{since: last-occurrence}", "last-occurrence-unknown", "last-occurrence:ready"),
    ],
)
def test_what_only_a_ledger_knows_is_no_reason_to_answer_again(
    age: str, code: str, target: str
) -> None:
    found = explained(
        f"it: {{must: It is so, answer: {{max_age: {age}}}}}", {"answers": {"it": ANSWERED}}
    )
    assert found.blockers[0].finding.reasons[0].code == code
    assert actions(found) == (Action("supply", target),)


@pytest.mark.parametrize(
    "code", ["plugin-missing", "check-missing", "plugin-raised", "plugin-result", "timed-out"]
)
def test_a_check_that_did_not_come_to_an_answer_is_nobodys_to_fix(code: str) -> None:
    """Walkthrough (g): the project need do nothing."""
    result = CheckResult("unknown", code, None, {"plugin": "lab"})
    inputs = Inputs(checks={("it", "lab.code"): result})
    found = explained("it: {must: The code is open, check: lab.code}", {}, inputs)
    assert actions(found) == (Action("supply", "lab.code"),)
    assert found.blockers[0].roles == ()


def test_a_check_that_says_no_is_the_managers_to_fix() -> None:
    inputs = Inputs(checks={("it", "lab.code"): CheckResult("fail", "closed")})
    found = explained("it: {must: The code is open, check: lab.code}", {}, inputs)
    assert actions(found) == (Action("fix", "it", ("manager",)),)


def test_a_fact_whose_plugin_failed_is_nobodys_to_supply_and_one_never_given_the_owners() -> None:
    criterion = "it: {must: The lab is open, expr: facts.lab.open}"
    failed = Inputs(facts={"lab.open": Fact(None, failure="plugin-raised")})
    assert actions(explained(criterion, {}, failed)) == (Action("supply", "lab.open"),)
    assert actions(explained(criterion, {})) == (Action("supply", "lab.open", ("manager",)),)


def test_the_earliest_date_counts_what_the_project_does_and_not_how_long_others_take() -> None:
    """S14.5: now and the longest lead time within the plan; `by_others` says what is not in it."""
    found = explained(
        "{it: {must: It is so, answer: {by: sponsor}},"
        " so: {must: So it is, answer: {}, lead-time: P5D}}",
        {"answers": {"it": ANSWERED}},
    )
    assert [action.by_others for action in actions(found)] == [False, True]
    assert found.earliest == NOW + timedelta(days=5)


def test_who_is_known_to_hold_the_role_settles_it() -> None:
    """The same answer passes once the appointments are supplied."""
    standard = a_standard("it: {must: It is so, answer: {by: sponsor}}", roles=ROLES)
    inputs = Inputs(holders={"sponsor": (("ana.ruiz", date(2026, 1, 1), None),)})
    found = assessed(standard, {"answers": {"it": ANSWERED}}, inputs=inputs)
    assert not found.blocking


@pytest.mark.parametrize(("more", "stuck"), [("", ("it",)), (", any: true", ())])
def test_who_waits_for_one_another_is_not_told_to_wait(more: str, stuck: tuple[str, ...]) -> None:
    """S9.2, S14.2: waiting in a circle never ends; one outside it may still be awaited."""
    others = {name: Neighbour("small@1.0.0", {"main": "planning"}) for name in ("b", "c")}
    found = explained(
        f"it: {{must: The others are done, dependency: {{of: /needs, phase: closed{more}}}}}",
        {"id": "a", "needs": ["b", "c"]},
        Inputs(projects=others, cycles=(("a", "b"),)),
    )
    assert found.stuck == stuck
    assert found.plan is None or actions(found) == (Action("await", "c", ("manager",)),)


def test_a_score_that_would_do_asks_only_those_who_have_not_scored() -> None:
    """S14.3: nothing is raised where the band is reached already."""
    found = explained(
        "it: {must: It is worth it, score: {scale: {min: 0, max: 10}, pass: good, items: {a:"
        " {weight: 1}}, bands: [{id: good, at-least: 6}], by: {each: sponsor, at-least: 2}}}",
        {"answers": {"it": [{"value": {"a": 7}, "by": "ana.ruiz", "date": "2026-02-20"}]}},
        Inputs(holders={"sponsor": (("ana.ruiz", date(2026, 1, 1), None),)}),
    )
    assert [one.code for one in found.blockers[0].finding.reasons] == ["too-few-scorers"]
    assert actions(found) == (Action("answer", "it", ("sponsor",)),)
