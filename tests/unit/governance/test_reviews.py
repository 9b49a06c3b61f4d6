"""A review opens when its entrance criteria are met, and ends once (S13, S11.6)."""

from __future__ import annotations

import pytest

from pmo_core.errors import Refused

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  owner: auditor
  outcomes: {go: build, kill: closed}
  authority: [{when: {expr: 'record.cost > 100.0'}, role: executive}, {role: sponsor}]
  criteria:
    cost: {must: The cost is known, for: entrance, schema: {required: [cost]}}
    worth: {must: It is worth it, answer: {}}
large:
  title: Only for large ones
  from: idea
  when: {expr: 'record.cost > 100.0'}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {}
sound:
  title: Is the claim sound
  standing: true
  criteria: {cost: {must: The cost is known, schema: {required: [cost]}}}
launch:
  title: Launch
  from: [build, run]
  outcomes: {go: closed}
  authority: {role: sponsor}
  criteria: {}
"""
STANDARD = house(GATES)


def begun(**fields: object) -> Life:
    life = Life(STANDARD)
    life.register({"id": "atlas", "phase": "idea", **fields})  # type: ignore[dict-item]
    return life


def test_a_review_is_open_with_what_it_was_opened_on() -> None:
    life = begun(cost=1)
    review = life.open("start", "eve")
    assert (review.key, review.status, review.by) == ("start/1", "open", "eve")
    assert (review.opened, review.verdict, review.version) == (
        "2026-01-31T12:00:00Z",
        "blocked",
        1,
    )
    assert life.state.open_review("start", "") == review


def test_it_opens_once_its_entrance_criteria_are_met() -> None:
    life = begun()
    with pytest.raises(Refused) as caught:
        life.open("start")
    assert str(caught.value) == (
        "a review of start opens once its entrance criteria are met; not yet: cost. "
        "See what they ask for: pmo gate explain atlas."
    )


def test_one_is_open_at_a_time() -> None:
    life = begun(cost=1)
    life.open("start")
    with pytest.raises(Refused, match="review start/1 of atlas is open already, since 2026-01-31"):
        life.open("start")


def test_a_decision_ends_it() -> None:
    life = begun(cost=1)
    review = life.open("start")
    life.at("2026-02-01T12:00:00Z").decide("kill")
    assert life.state.reviews[0]._replace(status="open", ended=None) == review
    assert life.state.reviews[0].ended == "2026-02-01T12:00:00Z"
    with pytest.raises(Refused, match="start/1 of atlas was decided at 2026-02-01") as caught:
        life.decide("kill")
    assert caught.value.remedy == "See it with pmo decision show atlas start/1"
    with pytest.raises(Refused, match="start/1 of atlas was decided at 2026-02-01"):
        life.withdraw()


@pytest.mark.parametrize(
    ("actor", "why"),
    [("eve", "opened it"), ("bo", "decides"), ("di", "decides"), ("cy", "owns the gate")],
)
def test_who_opened_it_owns_the_gate_or_decides_there_may_withdraw_it(actor: str, why: str) -> None:
    life = begun(cost=1)
    life.open("start", "eve")
    life.withdraw(actor)
    assert life.state.reviews[0].status == "closed", why
    assert life.open("start").key == "start/2"


def test_others_may_not() -> None:
    life = begun(cost=1)
    life.open("start", "eve")
    with pytest.raises(Refused, match="ana may not withdraw start/1") as caught:
        life.withdraw("ana")
    assert caught.value.remedy == "May withdraw it: eve, cy, di, bo"


def test_a_gate_that_does_not_apply_is_not_reviewed() -> None:  # S11.6
    with pytest.raises(Refused, match="large does not apply to atlas"):
        begun(cost=1).open("large")
    assert begun(cost=1000).open("large").key == "large/1"
    assert begun().open("large").key == "large/1", "unknown is not false"


def test_nor_decided_once_it_no_longer_applies() -> None:
    life = begun(cost=1000)
    life.open("large")
    life.amend(cost=1)
    with pytest.raises(Refused, match="large does not apply to atlas"):
        life.decide("go")


def test_nobody_decides_at_a_standing_gate() -> None:  # S11.2
    with pytest.raises(Refused, match="sound is a standing gate") as caught:
        begun().open("sound")
    assert "pmo gate explain atlas --gate sound" in str(caught.value.remedy)


def test_a_gate_leads_from_its_own_phases() -> None:
    with pytest.raises(Refused) as caught:
        begun().open("launch")
    assert str(caught.value) == (
        "launch leads from build or run, and atlas stands in idea. "
        "See what is ahead: pmo gate explain atlas."
    )
