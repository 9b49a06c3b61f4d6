"""What a review is about: what people saw, and not when they looked (S12.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmo_core.governance.judging import judged, known_by_ledger, subject_of
from pmo_core.standards.inputs import Fact, LapsedCondition, WaiverInForce

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  outcomes: {go: {to: build, extra: allowed}}
  authority: {role: sponsor}
  criteria:
    worth: {must: It is worth it, answer: {max_age: P10D}}
    calm: {must: All is calm, expr: 'facts.ci.open < 3.0'}
    planned: {must: It is planned, artefact: {id: plan, state: approved}}
"""
PARTS = {
    "artefacts": "{plan: {title: Plan, states: [draft, approved]}}",
    "needs": "{facts: {ci.open: {type: number}}}",
}
STANDARD = house(GATES, **PARTS)


def begun() -> Life:
    life = Life(STANDARD)
    life.register()
    life.answer("worth")
    return life


def subject(life: Life, key: str = "start/1", facts: float = 1, **inputs: object) -> str:
    """The digest, with a fact and further inputs as the office would gather them."""
    ground, gate = life.ground(), life.standard.gates["start"]
    known = known_by_ledger(ground, life.state, gate, "", ())
    known = replace(known, facts={"ci.open": Fact(facts)}, **inputs)  # type: ignore[arg-type]
    return subject_of(life.state, key, judged(ground, life.state, gate, "", known))


def test_time_alone_changes_nothing() -> None:
    life = begun()
    before = subject(life)
    life.at("2026-02-05T00:00:00Z")
    assert subject(life) == before


def test_a_fact_alone_changes_nothing() -> None:
    assert subject(begun(), facts=1) == subject(begun(), facts=2)


def test_a_result_that_time_changes_does() -> None:
    life = begun()
    before = subject(life)
    life.at("2026-02-11T00:00:00Z")
    assert subject(life) != before


def test_a_result_that_a_fact_changes_does() -> None:
    assert subject(begun(), facts=1) != subject(begun(), facts=3)


@pytest.mark.parametrize("command", ["amend", "answer", "artefact"])
def test_each_change_of_the_record_does(command: str) -> None:
    life = begun()
    before = subject(life)
    if command == "amend":
        life.amend(title="Atlas")
    elif command == "answer":
        life.at("2026-01-31T12:00:01Z").answer("worth")
    else:
        life.move("plan", "draft")
    assert subject(life) != before


def test_another_key_and_another_standard_do() -> None:
    life = begun()
    before = subject(life)
    assert subject(life, "start/2") != before
    life.standard = house(GATES.replace("P10D", "P11D"), **PARTS)
    assert subject(life) != before


def test_waivers_conditions_and_added_criteria_do() -> None:
    life = begun()
    before = subject(life)
    waiver = WaiverInForce("w-1", "other", "sha256:" + "0" * 64)  # type: ignore[arg-type]
    assert subject(life, waivers=(waiver,)) != before
    assert subject(life, conditions=(LapsedCondition("c-1", "Done"),)) != before
    worth = STANDARD.gates["start"].criteria[0]
    extra = worth._replace(id="more", model={**worth.model, "id": "more"})
    assert subject(life, extra=(extra,)) != before


def test_reviews_and_appointments_do_not() -> None:
    life = begun()
    before = subject(life)
    life.open("start")
    assert subject(life) == before


def test_a_review_carries_the_subject_and_a_decision_its_own() -> None:
    life = begun()
    life.move("plan", "approved")
    review = life.open("start")
    assert review.subject == subject_of(life.state, "start/1", life.assess("start"))
    life.amend(title="Atlas")
    now = subject_of(life.state, "start/1", life.assess("start"))
    assert now != review.subject
