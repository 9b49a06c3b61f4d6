"""What may be decided on which verdict, and what an outcome asks for besides (S12.3, S11.3)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from pmo_core.documents import Json, JsonObject
from pmo_core.errors import InvalidStandard, Refused, UnknownName

from .life import Life, house

OUTCOMES = {"go": "ready", "conditional-go": "deferrable", "kill": "nothing"}


def standard(*, override: str = "", statutory: bool = False, more: str = "") -> object:
    return house(f"""
start:
  title: Start
  from: idea
  outcomes: {{go: build, conditional-go: build, kill: closed{more}}}
  authority: {{role: sponsor}}
  {override}
  criteria:
    cost:
      must: The cost is known
      statutory: {str(statutory).lower()}
      schema: {{required: [cost]}}
later:
  title: Later
  from: build
  outcomes: {{go: run}}
  authority: {{role: sponsor}}
  criteria: {{plain: {{must: It is so, answer: {{}}}}}}
""")


def review(ready: bool, *, override: bool = False, statutory: bool = False, more: str = "") -> Life:
    granted = "override: {by: executive}" if override else ""
    life = Life(standard(override=granted, statutory=statutory, more=more))  # type: ignore[arg-type]
    life.register({"id": "atlas", "phase": "idea", **({"cost": 1} if ready else {})})
    life.open("start")
    return life


@pytest.mark.parametrize(
    ("ready", "outcome", "asked", "granted", "statutory"),
    list(product([True, False], OUTCOMES, [True, False], [True, False], [True, False])),
)
def test_the_table_of_what_may_be_decided(
    ready: bool, outcome: str, asked: bool, granted: bool, statutory: bool
) -> None:
    """On ready any outcome; on blocked what needs nothing, or an override that the gate grants."""
    life = review(ready, override=granted, statutory=statutory)
    offered = ready or OUTCOMES[outcome] == "nothing"
    overriding = asked and not offered
    allowed = offered or (overriding and granted and not statutory)
    actor = "di" if overriding else "bo"
    if not allowed:
        with pytest.raises(Refused) as caught:
            life.decide(outcome, actor, override=asked, reason="It must be")
        assert caught.value.remedy
        assert life.state.phases == {"main": "idea"}
        return
    decision = life.decide(outcome, actor, override=asked, reason="It must be").decisions[0]
    assert decision.override is overriding
    assert decision.verdict == ("ready" if ready else "blocked")
    assert ("start" in life.state.passed) is (outcome != "kill")


def test_a_blocked_gate_says_what_may_be_chosen_instead() -> None:
    with pytest.raises(Refused) as caught:
        review(False).decide("go")
    assert str(caught.value) == (
        "go at start needs the gate to be ready, and it is blocked by cost. Free what blocks it "
        "(pmo gate explain atlas), or choose: kill."
    )


def test_a_conditional_go_on_a_blocked_gate_needs_conditions() -> None:
    with pytest.raises(Refused, match=r"a condition for each finding that blocks \(cost\)"):
        review(False).decide("conditional-go")


def test_an_override_is_for_whom_the_gate_names_and_with_a_reason() -> None:
    life = review(False, override=True)
    with pytest.raises(
        Refused, match="bo may not decide at start: it is for the executive"
    ) as caught:
        life.decide("go", "bo", override=True, reason="It must be")
    assert caught.value.remedy == "May decide: di"
    for reason in (None, "", "  "):
        with pytest.raises(Refused, match="an override needs a reason"):
            life.decide("go", "di", override=True, reason=reason)
    assert life.decide("go", "di", override=True, reason="It must be").decisions[0].override


def test_no_override_lifts_what_is_statutory() -> None:
    with pytest.raises(Refused, match="no override lifts what is statutory: cost"):
        review(False, override=True, statutory=True).decide(
            "go", "di", override=True, reason="It must be"
        )


def test_an_override_that_is_not_needed_is_none() -> None:
    decision = review(True, override=True).decide("go", "bo", override=True).decisions[0]
    assert not decision.override


def test_an_outcome_that_moves_later_is_refused_even_as_an_override() -> None:
    more = ", later: {to: same, needs: ready, then: {after: conditions-met, to: build}}"
    with pytest.raises(Refused, match="records no conditions") as caught:
        review(False, override=True, more=more).decide(
            "later", "di", override=True, reason="It must be"
        )
    assert caught.value.remedy == "Outcomes at start: kill"


def test_a_decision_is_on_the_record_as_it_is_now() -> None:
    """Whatever the review was opened on, the decision assesses again."""
    life = review(True)
    life.amend(cost=None)
    with pytest.raises(Refused, match="blocked by cost"):
        life.decide("go")


# What an outcome asks for


def test_a_reason_is_given_where_the_outcome_asks_for_one() -> None:
    more = ", stop: {to: closed, needs: nothing, reason: required}"
    with pytest.raises(Refused, match="stop needs a reason"):
        review(True, more=more).decide("stop", reason=" ")
    life = review(True, more=more)
    life.decide("stop", reason="No money")
    assert life.state.decisions[0].outcome == "stop"


def test_a_should_that_is_to_be_explained_needs_a_reason() -> None:  # S4.3
    life = Life(
        house("""
start:
  title: Start
  from: idea
  outcomes: {go: build}
  authority: {role: sponsor}
  criteria: {nice: {should: It is nice, explain: required, schema: {required: [nice]}}}
""")
    )
    life.register()
    life.open("start")
    with pytest.raises(Refused, match="a reason for what is not met: nice"):
        life.decide("go")
    assert life.decide("go", reason="It need not be").decisions


@pytest.mark.parametrize(
    ("rule", "chosen", "kept"),
    [
        ("required", date(2026, 3, 1), "2026-03-01"),
        ("required", date(2026, 1, 31), "2026-01-31"),
        ("{within: P1M}", None, "2026-02-28"),
        ("{within: P1M}", date(2026, 2, 10), "2026-02-10"),
        ("{within: PT36H}", None, "2026-02-02"),
        ("{within: {working-days: 2}}", None, "2026-02-03"),
        ("{within: P999999Y}", date(2500, 1, 1), "2500-01-01"),
    ],
)
def test_a_hold_waits_until_a_date_within_its_limit(
    rule: str, chosen: date | None, kept: str
) -> None:
    life = review(True, more=f", hold: {{to: same, resume-by: {rule}}}")
    assert life.decide("hold", resume_by=chosen).decisions[0].resume_by == kept


@pytest.mark.parametrize(
    ("rule", "chosen", "message", "remedy"),
    [
        ("required", None, "needs a date to resume by", "--resume-by"),
        ("required", date(2026, 1, 30), "cannot wait until 2026-01-30", "from 2026-01-31 on"),
        ("{within: P1M}", date(2026, 3, 1), "cannot wait until", "not after 2026-02-28"),
    ],
)
def test_a_hold_waits_for_no_other_date(
    rule: str, chosen: date | None, message: str, remedy: str
) -> None:
    life = review(True, more=f", hold: {{to: same, resume-by: {rule}}}")
    with pytest.raises(Refused, match=message) as caught:
        life.decide("hold", resume_by=chosen)
    assert remedy in str(caught.value.remedy)


def test_what_does_not_wait_has_no_date() -> None:
    with pytest.raises(Refused, match="go waits for nothing"):
        review(True).decide("go", resume_by=date(2026, 3, 1))


def test_a_decision_brings_what_its_outcome_requires() -> None:
    more = ", next: {to: build, needs: ready, requires: {next-date: date}}"
    life = review(True, more=more)
    with pytest.raises(Refused, match="next must bring along: next-date") as caught:
        life.decide("next")
    assert "--brings next-date=VALUE" in str(caught.value.remedy)
    with pytest.raises(Refused, match="next asks for no 'nxt-date'"):
        life.decide("next", brings={"next-date": "2026-03-01", "nxt-date": "2026-03-01"})
    life.decide("next", brings={"next-date": "2026-03-01"})
    decided = next(one for one in life.events if one.name == "decided")
    assert decided.payload["brings"] == {"next-date": "2026-03-01"}


@pytest.mark.parametrize(
    ("kind", "fits", "other"),
    [
        ("text", ["Yes"], [" ", 5, ["a"]]),
        ("person", ["ana"], ["", {"id": "ana"}]),
        ("date", ["2026-03-01"], ["soon", "2026-02-30", 20260301]),
        ("number", [5, 0, 1.5, "12.5"], ["many", True, "1e5"]),
        ("list", [["one"]], ["one", [], {"0": "one"}]),
        ("money", [{"amount": "12.50", "currency": "NOK"}], ["12.50", {"amount": "12.50"}]),
    ],
)
def test_what_a_decision_brings_is_of_the_kind_that_its_outcome_names(
    kind: str, fits: list[Json], other: list[Json]
) -> None:
    more = f", next: {{to: build, needs: ready, requires: {{it: {kind}}}}}"
    for value in other:
        with pytest.raises(Refused, match=r"next must bring along|is no") as caught:
            review(True, more=more).decide("next", brings={"it": value})
        assert "--brings it=VALUE" in str(caught.value.remedy)
    for value in fits:
        review(True, more=more).decide("next", brings={"it": value})


EXTRA = ", more: {to: build, needs: ready, extra: allowed}"


def test_a_decision_may_add_criteria_that_are_answered_like_others() -> None:
    life = review(True, more=EXTRA)
    added = {"later": {"heard": {"must": "The users were heard", "answer": {}}}}
    life.decide("more", extra=added)
    life.answer("plain")
    assert [one.criterion for one in life.assess("later").blocking] == ["heard"]
    life.answer("heard")
    assert life.assess("later").verdict == "ready"


@pytest.mark.parametrize(
    ("extra", "error", "message"),
    [
        ({"latr": {"heard": {"must": "It is", "answer": {}}}}, UnknownName, "no gate 'latr'"),
        ({"later": {"plain": {"must": "It is", "answer": {}}}}, Refused, "'plain' already"),
        ({"later": {"cost": {"must": "It is", "answer": {}}}}, Refused, "'cost' already"),
        ({"later": {"heard": {"must": "It is"}}}, InvalidStandard, "test"),
    ],
)
def test_criteria_that_could_not_be_judged_are_not_added(
    extra: object, error: type[Exception], message: str
) -> None:
    life = review(True, more=EXTRA)
    with pytest.raises(error, match=message):
        life.decide("more", extra=extra)
    assert life.state.extra == {}


def test_an_added_criterion_says_the_same_at_each_gate_at_which_it_stands() -> None:
    """S5.5: it shares its answer there."""
    heard: JsonObject = {"must": "The users were heard", "answer": {}}
    other: JsonObject = {"must": "The neighbours were heard", "answer": {}}
    with pytest.raises(InvalidStandard, match="says something else here"):
        review(True, more=EXTRA).decide(
            "more", extra={"later": {"heard": heard}, "start": {"heard": other}}
        )
    life = review(True, more=EXTRA)
    life.decide("more", extra={"later": {"heard": heard}, "start": {"heard": heard}})
    assert set(life.state.extra) == {"later", "start"}


def test_criteria_are_added_where_the_outcome_allows_it() -> None:
    with pytest.raises(Refused, match="go adds no criteria"):
        review(True).decide("go", extra={"later": {"heard": {"must": "It is", "answer": {}}}})
