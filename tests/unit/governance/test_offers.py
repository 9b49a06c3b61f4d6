"""What is offered at a review may be decided there, with what it is said to need (S12.3)."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from pmo_core.errors import Refused
from pmo_core.governance.offers import CONDITIONS, VERDICT, Offer, Override, offers, override_of

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  outcomes:
    go: build
    conditional-go: {to: build}
    later: {to: build, needs: ready, then: {after: conditions-met, to: run}}
    hold: {to: same, resume-by: {within: P30D}}
    wait: {to: same, needs: nothing, resume-by: required}
    promise: {to: build, needs: nothing, requires: {by-when: date}}
    explain: {to: closed, needs: nothing, reason: required}
    more: {to: build, needs: ready, extra: allowed}
  authority: {role: sponsor}
  override: {by: executive, bars: [notice]}
  criteria:
    cost: {must: The cost is known, schema: {required: [cost]}}
    lawful: {must: It is lawful, statutory: true, schema: {required: [law]}}
    liked: {should: People like it, explain: required, answer: {}}
"""
OUTCOMES = ("go", "conditional-go", "hold", "wait", "promise", "explain", "more")


def review(*, ready: bool, liked: bool = True) -> Life:
    life = Life(house(GATES))
    life.register({"id": "atlas", "phase": "idea", **({"cost": 1, "law": 1} if ready else {})})
    if liked:
        life.answer("liked")
    life.open("start")
    return life


def offered(life: Life) -> dict[str, Offer]:
    gate = life.standard.gates["start"]
    found = offers(life.ground(), life.state, gate, life.assess("start"))
    return {one.outcome.id: one for one in found}


def granted(life: Life) -> Override | None:
    gate = life.standard.gates["start"]
    return override_of(life.ground(), life.state, gate, life.assess("start"))


@pytest.mark.parametrize(
    ("ready", "liked", "outcome"), list(product([True, False], [True, False], OUTCOMES))
)
def test_an_offer_with_what_it_needs_can_be_taken_and_one_that_is_shut_cannot(
    ready: bool, liked: bool, outcome: str
) -> None:
    life = review(ready=ready, liked=liked)
    offer = offered(life)[outcome]
    needed: dict[str, Any] = {}
    if offer.reason:
        needed["reason"] = "It must be"
    if offer.resumes and offer.latest is None:
        needed["resume_by"] = date(2026, 2, 10)
    if offer.requires:
        needed["brings"] = dict.fromkeys(offer.requires, "2026-02-10")
    if offer.shut:
        with pytest.raises(Refused):
            life.decide(outcome, **{"reason": "It must be", **needed})
        return
    decision = life.decide(outcome, **needed).decisions[0]
    assert dict(decision.moved) == dict(offer.moved)


@pytest.mark.parametrize("outcome", ["explain", "promise", "wait"])
def test_what_an_offer_needs_cannot_be_left_out(outcome: str) -> None:
    life = review(ready=True)
    offer = offered(life)[outcome]
    assert offer.reason or offer.requires or offer.resumes
    with pytest.raises(Refused):
        life.decide(outcome)


def test_why_an_outcome_is_shut() -> None:
    blocked, ready = offered(review(ready=False)), offered(review(ready=True))
    assert blocked["go"].shut == VERDICT
    assert blocked["conditional-go"].shut == CONDITIONS
    assert ready["later"].shut == CONDITIONS
    assert [one for one in blocked if not blocked[one].shut] == [
        "hold",
        "wait",
        "promise",
        "explain",
    ]


def test_what_is_not_met_and_must_be_explained_asks_every_outcome_for_a_reason() -> None:
    assert all(one.reason for one in offered(review(ready=True, liked=False)).values())
    told = {name for name, one in offered(review(ready=True)).items() if one.reason}
    assert told == {"explain"}


def test_a_limit_of_waiting_is_a_date() -> None:
    assert offered(review(ready=True))["hold"].latest == date(2026, 3, 2)
    assert offered(review(ready=True))["wait"].latest is None


def test_an_override_names_who_and_what_it_cannot_lift() -> None:
    """S12.3: never with a statutory finding blocking."""
    assert granted(review(ready=True)) == Override("executive", ("di",), (), ("notice",))
    assert granted(review(ready=False)) == Override("executive", ("di",), ("lawful",), ("notice",))
