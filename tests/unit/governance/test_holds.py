"""A hold lasts until the end of its last day; a review that is opened ends it before."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_core.governance.judging import Hold, hold_at

from .life import Life, house

GATES = """
begin:
  title: Begin
  from: idea
  outcomes: {go: build, hold: {to: same, resume-by: required}, leave: {to: build, needs: nothing}}
  authority: {role: sponsor}
  criteria: {}
asked:
  title: On demand
  from: idea
  recurs: on-demand
  outcomes: {go: {to: same}, hold: {to: same, resume-by: required}}
  authority: {role: sponsor}
  criteria: {}
stage:
  title: Stage
  from: idea
  per: {items: /stages, id: id}
  outcomes: {go: {to: same}, hold: {to: same, resume-by: required}}
  authority: {role: sponsor}
  criteria: {}
"""
LAST = date(2026, 4, 1)


@pytest.fixture
def life() -> Life:
    life = Life(house(GATES), zone="Europe/Oslo").at("2026-03-02T09:00:00Z")
    life.register({"id": "atlas", "phase": "idea", "stages": [{"id": "s1"}, {"id": "s2"}]})
    return life


def held(life: Life, gate: str, occurrence: str = "") -> Hold | None:
    return hold_at(life.ground(), life.state, life.standard.gates[gate], occurrence)


def put_on_hold(life: Life, gate: str, occurrence: str = "") -> None:
    life.open(gate, occurrence=occurrence)
    life.decide("hold", resume_by=LAST)


def test_it_lasts_until_its_last_day_ends_in_the_offices_zone(life: Life) -> None:
    assert held(life, "begin") is None
    put_on_hold(life, "begin")
    assert held(life.at("2026-04-01T21:59:59Z"), "begin") == Hold("begin/1", LAST, is_over=False)
    assert held(life.at("2026-04-01T22:00:00Z"), "begin") == Hold("begin/1", LAST, is_over=True)


def test_an_open_review_ends_it_and_one_that_is_withdrawn_does_not(life: Life) -> None:
    put_on_hold(life, "begin")
    life.open("begin")
    assert held(life, "begin") is None
    life.withdraw()
    assert held(life, "begin") == Hold("begin/1", LAST, is_over=False)
    life.open("begin")
    life.decide("leave")
    assert held(life, "begin") is None


def test_where_the_project_has_moved_on_nothing_is_held(life: Life) -> None:
    put_on_hold(life, "begin")
    put_on_hold(life, "asked")
    life.open("begin")
    life.decide("go")
    assert held(life, "asked", "2") is None


def test_on_demand_what_was_decided_last_holds_the_next_time(life: Life) -> None:  # S11.4
    put_on_hold(life, "asked")
    assert held(life, "asked", "2") == Hold("asked@1/1", LAST, is_over=False)
    life.open("asked")
    assert held(life, "asked", "2") is None
    life.decide("go")
    assert held(life, "asked", "3") is None


def test_of_a_repeated_gate_each_item_is_held_by_itself(life: Life) -> None:  # S11.4
    put_on_hold(life, "stage", "s1")
    assert held(life, "stage", "s1") == Hold("stage@s1/1", LAST, is_over=False)
    assert held(life, "stage", "s2") is None
