"""Who may decide (S12.2): at the instant of the act, by the first case that applies."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_core.errors import InvalidStandard, Refused
from pmo_core.governance.deciding import decide_by_itself
from pmo_core.governance.ground import Holding
from pmo_core.governance.state import Stand, State

from .life import HOLDINGS, Life, house, kept

NOBODY = "Nobody who may decide holds sponsor now: name somebody in pmo.yaml under 'roles'"


def gate(authority: str, more: str = "") -> str:
    return f"""
start:
  title: Start
  from: idea
  outcomes: {{go: build, hold: {{to: same}}}}
  authority: {authority}
  criteria: {{}}
  {more}
"""


def review(
    authority: str,
    *,
    holdings: tuple[Holding, ...] = HOLDINGS,
    more: str = "",
    opener: str = "ana",
    roles: tuple[tuple[str, str], ...] = (),
    **parts: str,
) -> Life:
    """A project with an open review of a gate of that authority."""
    life = Life(house(gate(authority, more), **parts), holdings=holdings)
    life.register({"id": "atlas", "phase": "idea", "cost": 10}, roles=roles)
    life.open("start", opener)
    return life


def refused(life: Life, actor: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        life.decide("go", actor)
    return caught.value.message, str(caught.value.remedy)


def test_the_holder_of_the_role_decides() -> None:
    life = review("{role: sponsor}")
    assert refused(life, "ana") == (
        "ana may not decide at start: it is for the sponsor (house@1.0.0)",
        "May decide: bo",
    )
    state = life.decide("go", "bo")
    assert state.phases == {"main": "build"}
    assert state.decisions[0].by == "bo"
    assert state.decisions[0].rule == {"role": "sponsor"}


def test_a_role_is_held_from_its_first_day_to_its_last() -> None:
    span = (Holding("sponsor", "eve", date(2026, 2, 1), date(2026, 2, 2)),)
    life = review("{role: sponsor}", holdings=span)
    assert refused(life, "eve")[1] == NOBODY
    life.at("2026-02-03T00:00:00Z")
    assert refused(life, "eve")[0].startswith("eve may not decide")
    life.at("2026-02-02T23:59:59Z")
    assert life.decide("go", "eve").phases == {"main": "build"}


def test_it_is_the_day_of_the_offices_zone() -> None:
    span = (Holding("sponsor", "eve", date(2026, 2, 1)),)
    life = review("{role: sponsor}", holdings=span)
    life.zone = "Pacific/Auckland"
    assert life.decide("go", "eve").phases == {"main": "build"}


def test_those_whom_a_project_appoints_may_as_well() -> None:
    life = review("{role: sponsor}", roles=(("sponsor", "eve"),))
    assert refused(life, "ana")[1] == "May decide: bo, eve"
    assert life.decide("go", "eve").decisions[0].by == "eve"


def test_holders_of_an_excluded_role_are_kept_out() -> None:
    both = (*HOLDINGS, Holding("sponsor", "ana", date(2020, 1, 1)))
    life = review("{role: sponsor, never: [manager]}", holdings=both, opener="di")
    assert refused(life, "ana") == (
        "ana may not decide at start: house@1.0.0 keeps the manager out (never: [manager])",
        "May decide: bo",
    )
    assert life.decide("go", "bo").decisions[0].by == "bo"


def test_whoever_submitted_is_kept_out_where_the_case_says_so() -> None:
    life = review("{role: sponsor, self: never}", opener="bo")
    message, remedy = refused(life, "bo")
    assert "who submitted the review (self: never)" in message
    assert remedy == NOBODY
    assert review("{role: sponsor}", opener="bo").decide("go", "bo").decisions


SIZES = "{large: {expr: 'record.cost > 100.0'}, small: {expr: 'record.cost <= 100.0'}}"
CASES = "[{when: large, role: executive}, {when: small, role: sponsor}]"


def decided_by(cost: object, actor: str) -> State:
    life = Life(house(gate(CASES), predicates=SIZES))
    life.register({"id": "atlas", "phase": "idea", "cost": cost})  # type: ignore[dict-item]
    life.open("start")
    return life.decide("go", actor)


def test_the_first_case_that_applies_counts() -> None:
    assert decided_by(10, "bo").decisions[0].rule == {"when": "small", "role": "sponsor"}
    assert decided_by(1000, "di").decisions[0].rule == {"when": "large", "role": "executive"}
    with pytest.raises(Refused, match="it is for the executive"):
        decided_by(1000, "bo")


def test_nobody_decides_where_it_is_unknown_which_case_applies() -> None:
    for actor in ("bo", "di"):
        with pytest.raises(Refused, match="unknown whether 'large' holds") as caught:
            decided_by("much", actor)
        assert caught.value.remedy


def test_nobody_decides_where_no_case_applies() -> None:
    life = review("[{when: large, role: executive}]", predicates=SIZES)
    assert "none of the cases of its authority applies" in refused(life, "di")[0]


def test_a_case_may_look_at_the_item_of_a_repeated_gate() -> None:
    standard = house(
        gate(
            "[{when: {expr: 'item.cost > 5.0'}, role: executive}, {role: sponsor}]",
            "per: {items: /stages, id: id}",
        )
    )
    life = Life(standard)
    stages = [{"id": "s1", "cost": 1}, {"id": "s2", "cost": 9}]
    life.register({"id": "atlas", "phase": "idea", "stages": stages})  # type: ignore[dict-item]
    life.open("start", occurrence="s2")
    assert "it is for the executive" in refused(life, "bo")[0]
    life.open("start", occurrence="s1")
    assert life.decide("hold", "bo").decisions[0].occurrence == "s1"


def test_a_named_authority_is_looked_up() -> None:
    named = "{by-size: [{when: large, role: executive}, {role: auditor}]}"
    life = review("by-size", authorities=named, predicates=SIZES)
    assert life.decide("go", "cy").decisions[0].rule == {"role": "auditor"}


@pytest.mark.parametrize(
    ("authority", "why"),
    [
        ("{body: board, rule: majority}", "by the votes of board"),
        ("{all-of: [{role: sponsor}, {role: executive}]}", "by several in turn"),
        ("{role: sponsor, signed: required}", "must be signed"),
    ],
)
def test_what_one_person_cannot_decide_is_refused_with_the_reason(authority: str, why: str) -> None:
    message, remedy = refused(review(authority), "bo")
    assert message.startswith("one person cannot decide at start: ")
    assert why in message
    assert remedy


def test_nobody_decides_what_decides_itself() -> None:
    life = review("automatic")
    assert refused(life, "bo") == (
        "start is decided by itself as soon as it is ready (house@1.0.0)",
        "Run: pmo tick",
    )
    assert life.automatic() == ["start"]
    assert life.state.decisions[0].by == "automatic"
    assert life.automatic() == []


def test_what_decides_itself_does_so_only_at_an_open_review_from_where_it_leads() -> None:
    life = review("automatic")
    ground, found = life.ground("automatic"), life.assess("start")
    opened = life.state.reviews[0]
    assert decide_by_itself(ground, life.state, opened, found, kept(found))
    life.withdraw("ana")
    closed = life.state.reviews[0]
    assert decide_by_itself(ground, life.state, closed, found, kept(found)) == ()
    elsewhere = life.state._replace(position={"main": Stand("run", "2026-01-31")})
    assert decide_by_itself(ground, elsewhere, opened, found, kept(found)) == ()


@pytest.mark.parametrize("asks", ["reason: required", "requires: {m: text}", "resume-by: required"])
def test_what_decides_itself_cannot_be_asked_for_what_a_person_gives(asks: str) -> None:
    """S11.2: such a gate could never be passed."""
    with pytest.raises(InvalidStandard, match="nobody is there to give its"):
        house(
            f"start: {{from: idea, outcomes: {{go: {{to: build, {asks}}}}}, authority: automatic, "
            "criteria: {}}"
        )


def test_nothing_is_decided_by_itself_that_must_be_explained() -> None:
    """S4.3: a reason that must be given is given by a person."""
    heard = "{heard: {should: They were heard, explain: required, answer: {}}}"
    life = Life(
        house(
            "start: {from: idea, outcomes: {go: build}, authority: automatic, "
            f"criteria: {heard}}}"
        )
    )
    life.register({"id": "atlas", "phase": "idea", "cost": 10})
    assert life.automatic() == []
    assert life.state.decisions == ()


def test_what_decides_itself_leaves_another_case_to_people() -> None:
    automatic = "[{when: large, role: executive}, {automatic: true}]"
    life = review(automatic, predicates=SIZES)
    assert life.automatic() == ["start"]
    life = Life(house(gate(automatic), predicates=SIZES))
    life.register({"id": "atlas", "phase": "idea", "cost": 1000})
    life.open("start")
    assert life.automatic() == []
    life = Life(house(gate(automatic), predicates=SIZES))
    life.register({"id": "atlas", "phase": "idea"})
    life.open("start")
    assert life.automatic() == [], "unknown is no reason to decide"
