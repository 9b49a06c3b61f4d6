"""What a decision does to the phases, visits and passed gates (S11.3, S11.5)."""

from __future__ import annotations

import pytest

from pmo_core.errors import Refused, UnknownName
from pmo_core.lifecycle.passage import passage, presupposed
from pmo_core.standards.inputs import Passed

from .life import Life, house

TRACKS = """
tracks:
  work: {initial: idea, phases: [idea, [build, test], run], ends: [run], values: {Building: build}}
  money: {initial: none, phases: [none, seed, full]}
"""
GATES = """
start:
  title: Start
  from: {work: idea}
  outcomes:
    go: {to: {work: build, money: seed}, baseline: {name: charter, of: [/cost, /scope/out]},
         releases: {funds: /cost}}
    hold: {to: same}
    kill: {to: {work: run}}
  authority: {role: sponsor}
  criteria: {}
raise:
  title: Raise
  from: {money: seed}
  outcomes: {go: {to: {money: full}}}
  authority: {role: sponsor}
  criteria: {}
launch:
  title: Launch
  from: {work: [build, test], money: [full]}
  outcomes: {go: {to: {work: run}}, recycle: {to: {work: idea, money: none}}}
  authority: {role: sponsor}
  criteria: {}
stage:
  title: Stage
  from: {work: build}
  per: {items: /stages, id: id}
  outcomes:
    go: {to: same, baseline: {name: stage, of: [item/cost, /cost]}, releases: {share: item/cost}}
  authority: {role: sponsor}
  criteria: {}
"""
STANDARD = house(
    GATES, lifecycle=TRACKS, record="{schema: record.schema.json, phase: {work: /at/0, money: /m}}"
)


def begun() -> Life:
    life = Life(STANDARD)
    life.register(
        {
            "id": "atlas",
            "at": ["idea", "kept"],
            "m": "none",
            "cost": 7,
            "scope": {"out": "x"},
            "stages": [{"id": "s1", "cost": 3}],
        }
    )
    return life


def decided(life: Life, gate: str, outcome: str = "go", occurrence: str = "") -> Life:
    life.open(gate, occurrence=occurrence)
    life.decide(outcome)
    return life


def test_a_map_moves_all_its_tracks_at_once() -> None:
    life = decided(begun(), "start")
    assert life.state.phases == {"work": "build", "money": "seed"}
    assert [event.name for event in life.events[2:]] == [
        "decided",
        "baseline-taken",
        "released-funds",
        "phase-entered",
        "phase-entered",
    ]
    assert life.state.decisions[0].moved == {
        "work": ("idea", "build"),
        "money": ("none", "seed"),
    }


def test_the_records_claim_goes_with_the_phase_in_the_records_own_words() -> None:  # S11.1
    life = decided(begun(), "start")
    assert life.state.record["at"] == ["Building", "kept"]
    assert life.state.record["m"] == "seed"
    found = {one.criterion: one.result for one in life.assess("raise").findings}
    assert found["claim"] == "pass"


def test_same_moves_nothing_and_starts_no_visit() -> None:
    life = decided(begun(), "start", "hold")
    assert life.state.phases == {"work": "idea", "money": "none"}
    assert life.state.visits == {"work/idea": 1, "money/none": 1}
    assert life.state.passed == {}
    assert life.state.decisions[0].moved == {}


def test_all_tracks_stand_where_the_gate_leads_from_or_none_moves() -> None:
    life = decided(begun(), "start")
    launch = STANDARD.gates["launch"]
    assert passage(STANDARD, launch, launch.outcomes[0], life.state.phases) is None
    with pytest.raises(Refused, match="launch leads from build or full or test, and atlas stands"):
        life.open("launch")
    decided(life, "raise")
    assert passage(STANDARD, launch, launch.outcomes[0], life.state.phases) == {
        "work": ("build", "run")
    }


def test_a_loop_starts_a_new_visit_and_keeps_the_decisions() -> None:  # S11.5
    life = decided(decided(decided(begun(), "start"), "raise"), "launch", "recycle")
    assert life.state.phases == {"work": "idea", "money": "none"}
    assert life.state.position["work"].visit == 2
    life.at("2026-05-01T12:00:00Z")
    decided(life, "start")
    assert life.state.visits == {
        "work/idea": 2,
        "money/none": 2,
        "work/build": 2,
        "money/seed": 2,
        "money/full": 1,
    }
    assert [one.key for one in life.state.decisions] == [
        "start/1",
        "raise/1",
        "launch/1",
        "start/2",
    ]
    assert life.state.passed["start"] == Passed("go", "2026-05-01")
    assert "launch" not in life.state.passed


def test_a_review_whose_gate_is_left_ends_undecided_and_no_other_does() -> None:  # S13
    life = decided(begun(), "start")
    stage = life.open("stage", occurrence="s1")
    decided(life, "raise")
    assert life.state.open_review("stage", "s1") is not None
    decided(life, "launch")
    ended = [event.payload for event in life.events if event.name == "review-closed"]
    assert ended == [{"key": "stage@s1/1", "cause": "left"}]
    assert [event.name for event in life.events[-3:]] == [
        "decided",
        "phase-entered",
        "review-closed",
    ]
    with pytest.raises(Refused, match="review stage@s1/1 of atlas was closed at") as caught:
        life.decide("go", review=stage)
    assert caught.value.remedy == "Open another: pmo review open atlas --gate stage"


def test_a_baseline_holds_what_the_record_said_then() -> None:
    life = decided(begun(), "start")
    life.amend(cost=9)
    assert life.state.baselines == {"charter": {"cost": 7, "scope": {"out": "x"}}}
    released = next(one for one in life.events if one.name == "released-funds")
    assert released.payload == {"name": "funds", "value": 7}


def test_a_baseline_of_an_item_is_taken_from_the_item() -> None:
    life = decided(decided(begun(), "start"), "stage", occurrence="s1")
    assert life.state.baselines["stage"] == {"item": {"cost": 3}, "cost": 7}
    assert life.events[-1].payload == {"name": "share", "value": 3}


def test_an_outcome_that_there_is_not_is_named_with_what_was_meant() -> None:
    life = begun()
    life.open("start")
    with pytest.raises(UnknownName, match="has no outcome 'got'") as caught:
        life.decide("got")
    assert "go" in str(caught.value.remedy)


def test_a_position_presupposes_the_gates_that_lead_up_to_it() -> None:  # S11.8
    assert [one.id for one in presupposed(STANDARD, {"work": "run", "money": "full"})] == [
        "start",
        "raise",
        "launch",
    ]
    assert [one.id for one in presupposed(STANDARD, {"work": "test", "money": "seed"})] == ["start"]
    assert presupposed(STANDARD, {"work": "idea", "money": "none"}) == ()
    assert [one.id for one in presupposed(STANDARD, {"work": "idea", "money": "full"})] == ["raise"]
