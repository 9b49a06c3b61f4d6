"""Which occurrence a review is about, what falls due, and what is missed (S11.4, S13.3)."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_core.errors import Refused, UnknownName
from pmo_core.governance.judging import occurrence_before
from pmo_core.governance.reviews import occurrence_to_review

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  outcomes: {go: build}
  authority: {role: sponsor}
  criteria: {}
monthly:
  title: Monthly
  from: build
  recurs: {every: P1M, anchor: {entered: build}}
  outcomes: {go: {to: same}, recycle: {to: idea}}
  authority: {role: sponsor}
  criteria: {well: {may: It goes well, answer: {max_age: {since: last-occurrence}}}}
kept:
  title: Quarterly, none is dropped
  from: [build, run]
  recurs: {every: [P1M, P3M], anchor: "2026-01-31", in: [build, run], missed: keep}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {}
asked:
  title: On demand
  from: build
  recurs: on-demand
  outcomes: {go: {to: same}, hold: {to: same}}
  authority: {role: sponsor}
  criteria: {}
stage:
  title: Stage
  from: build
  per: {items: /stages, id: id}
  outcomes: {go: {to: same}, recycle: {to: same}}
  authority: {role: sponsor}
  criteria: {}
launch:
  title: Launch
  from: build
  outcomes: {go: run, recycle: idea}
  authority: {role: sponsor}
  criteria: {}
"""
STANDARD = house(GATES)


def building(zone: str = "UTC", at: str = "2026-01-31T12:00:00Z") -> Life:
    """A project that entered `build` on 31 January."""
    life = Life(STANDARD, zone=zone).at(at)
    life.register({"id": "atlas", "phase": "idea", "stages": [{"id": "s1"}, {"id": "s2"}]})
    life.open("start")
    life.decide("go")
    return life


def due(life: Life) -> list[str]:
    return [f"{one.kind} {one.id} {one.at:%Y-%m-%dT%H:%MZ}" for one in life.tick()]


def which(life: Life, gate: str, asked: str = "") -> str:
    return occurrence_to_review(life.ground(), life.state, STANDARD.gates[gate], asked)


def test_occurrences_are_counted_from_the_anchor() -> None:  # S10.2: 31 Jan, 28 Feb, 31 Mar
    life = building().at("2026-04-30T00:00:00Z")
    assert [one for one in due(life) if "monthly" in one] == [
        "occurrence-due monthly@2026-02-28 2026-02-28T00:00Z",
        "occurrence-due monthly@2026-03-31 2026-03-31T00:00Z",
        "occurrence-missed monthly@2026-02-28 2026-03-31T00:00Z",
        "occurrence-due monthly@2026-04-30 2026-04-30T00:00Z",
        "occurrence-missed monthly@2026-03-31 2026-04-30T00:00Z",
    ]
    assert due(life) == []


def test_the_last_interval_of_a_list_repeats_and_what_is_missed_may_be_kept() -> None:
    life = building().at("2026-09-01T00:00:00Z")
    assert [one for one in due(life) if "kept" in one] == [
        "occurrence-due kept@2026-02-28 2026-02-28T00:00Z",
        "occurrence-due kept@2026-05-31 2026-05-31T00:00Z",
        "occurrence-due kept@2026-08-31 2026-08-31T00:00Z",
    ]
    assert which(life, "kept") == "2026-08-31"
    assert life.open("kept", occurrence="2026-02-28").key == "kept@2026-02-28/1"
    life.decide("go")
    life.open("kept")
    life.decide("go")
    assert which(life, "kept") == "2026-05-31"


def test_a_review_is_of_the_last_that_fell_due() -> None:
    life = building().at("2026-03-05T12:00:00Z")
    assert which(life, "monthly") == "2026-02-28"
    assert life.open("monthly").key == "monthly@2026-02-28/1"


def test_a_review_is_of_the_next_where_the_last_was_decided_or_none_was_due() -> None:
    life = building()
    assert which(life, "monthly") == "2026-02-28"
    life.open("monthly")
    life.decide("go")
    with pytest.raises(Refused, match="monthly@2026-02-28 was decided already, before it fell due"):
        which(life, "monthly")
    life.at("2026-02-28T00:00:00Z")
    assert which(life, "monthly") == "2026-03-31"


def test_one_that_was_decided_early_neither_falls_due_nor_is_missed() -> None:
    life = building()
    life.open("monthly")
    life.decide("go")
    life.at("2026-04-01T00:00:00Z")
    assert [one for one in due(life) if "monthly" in one] == [
        "occurrence-due monthly@2026-03-31 2026-03-31T00:00Z"
    ]
    assert life.state.status_of("monthly", "2026-02-28") == "decided"


@pytest.mark.parametrize("ticked", [False, True])
def test_a_missed_one_is_not_reviewed_whether_or_not_tick_wrote_it(ticked: bool) -> None:
    life = building().at("2026-03-31T00:00:00Z")
    if ticked:
        life.tick()
    with pytest.raises(Refused, match="monthly@2026-02-28 was missed") as caught:
        which(life, "monthly", "2026-02-28")
    assert caught.value.remedy == "Open the review of the next: monthly@2026-03-31"


@pytest.mark.parametrize("ticked", [False, True])
def test_a_review_that_is_open_when_the_next_falls_due_is_too_late(ticked: bool) -> None:
    life = building().at("2026-02-28T12:00:00Z")
    life.open("monthly")
    life.at("2026-03-31T00:00:00Z")
    if ticked:
        life.tick()
        assert life.state.reviews[-1].status == "closed"
        assert life.state.reviews[-1].ended == "2026-03-31T00:00:00Z"
    with pytest.raises(Refused):
        life.decide("go")


def test_a_decided_one_is_not_reviewed_again() -> None:
    life = building().at("2026-02-28T12:00:00Z")
    life.open("monthly")
    life.decide("go")
    with pytest.raises(Refused, match="monthly@2026-02-28 was decided already") as caught:
        which(life, "monthly", "2026-02-28")
    assert caught.value.remedy == "Open the review of another: monthly@2026-03-31"
    life.at("2026-03-31T12:00:00Z")
    with pytest.raises(Refused, match="monthly@2026-02-28 was decided already"):
        which(life, "monthly", "2026-02-28")


def test_a_day_on_which_it_does_not_fall_due_is_refused() -> None:
    with pytest.raises(Refused, match="does not fall due on 2026-02-27") as caught:
        which(building(), "monthly", "2026-02-27")
    assert caught.value.remedy == "It falls due on: 2026-02-28"


def test_withdrawn_reviews_of_an_occurrence_are_attempts() -> None:
    life = building().at("2026-02-28T12:00:00Z")
    life.open("monthly")
    life.withdraw()
    assert life.open("monthly").key == "monthly@2026-02-28/2"


def test_a_new_visit_counts_from_its_own_entry() -> None:  # S11.5
    life = building().at("2026-02-10T12:00:00Z")
    life.open("monthly")
    life.decide("recycle")
    assert due(life) == []
    life.open("start")
    life.decide("go")
    life.at("2026-03-10T00:00:00Z")
    assert [one for one in due(life) if "monthly" in one] == [
        "occurrence-due monthly@2026-03-10 2026-03-10T00:00Z"
    ]


def test_one_that_waits_from_an_earlier_visit_is_missed_when_the_next_falls_due() -> None:
    life = building().at("2026-02-28T12:00:00Z")
    life.tick()
    life.open("launch")
    life.decide("recycle")
    life.at("2026-03-10T12:00:00Z").open("start")
    life.decide("go")
    assert which(life, "monthly") == "2026-02-28"
    life.at("2026-04-10T00:00:00Z")
    assert [one for one in due(life) if "monthly" in one] == [
        "occurrence-due monthly@2026-04-10 2026-04-10T00:00Z",
        "occurrence-missed monthly@2026-02-28 2026-04-10T00:00Z",
    ]


def test_nothing_falls_due_where_the_gate_does_not_lead_from() -> None:
    life = building()
    life.open("launch")
    life.decide("go")
    life.at("2026-05-01T00:00:00Z")
    assert [one for one in due(life) if "monthly" in one] == []
    with pytest.raises(Refused, match="monthly leads from build, and atlas stands in run"):
        which(life, "monthly")


def test_an_occurrence_falls_due_at_the_first_instant_of_its_local_day() -> None:  # S10.1
    life = building("Pacific/Auckland", "2026-01-30T12:00:00Z").at("2026-02-27T10:59:59Z")
    assert due(life) == []
    life.at("2026-02-27T11:00:00Z")
    assert due(life) == [
        "occurrence-due kept@2026-02-28 2026-02-27T11:00Z",
        "occurrence-due monthly@2026-02-28 2026-02-27T11:00Z",
    ]


def test_the_day_of_a_change_of_clocks_begins_when_its_clocks_say() -> None:
    """Beirut's clocks jump from 00:00 to 01:00 on 29 March 2026: the day begins at 01:00."""
    life = building("Asia/Beirut", "2026-01-29T12:00:00Z").at("2026-04-01T00:00:00Z")
    monthly = [one for one in due(life) if "due monthly" in one]
    assert monthly == [
        "occurrence-due monthly@2026-02-28 2026-02-27T22:00Z",
        "occurrence-due monthly@2026-03-29 2026-03-28T22:00Z",
    ]


def test_on_demand_is_counted_by_decisions() -> None:
    life = building()
    assert which(life, "asked") == "1"
    assert life.open("asked").key == "asked@1/1"
    life.withdraw()
    assert life.open("asked").key == "asked@1/2"
    life.decide("go")
    assert which(life, "asked") == "2"
    for asked, why in (("1", "was decided already"), ("7", "is 2, not 7"), ("x", "is 2, not x")):
        with pytest.raises(Refused, match=why) as caught:
            which(life, "asked", asked)
        assert caught.value.remedy == "Open the review of the next: asked@2"


def test_a_repeated_gate_is_held_for_an_item_that_there_is() -> None:
    life = building()
    with pytest.raises(Refused, match="held for each item under /stages") as caught:
        which(life, "stage")
    assert caught.value.remedy == "Name one: stage@s1, stage@s2"
    with pytest.raises(UnknownName, match="no 's3'"):
        which(life, "stage", "s3")
    life.open("stage", occurrence="s1")
    life.decide("recycle")
    assert life.open("stage", occurrence="s1").key == "stage@s1/2"
    assert life.open("stage", occurrence="s2").key == "stage@s2/1"


def test_a_plain_gate_has_no_occurrences() -> None:
    life = building()
    assert which(life, "launch") == ""
    with pytest.raises(Refused, match="neither recurs nor repeats"):
        which(life, "launch", "2026-02-28")


def test_the_occurrence_before_is_a_day_of_the_office() -> None:
    """On demand it is the local day of its decision: 1 February in Auckland, 31 January in UTC."""
    life = building("Pacific/Auckland", "2026-01-31T12:00:00Z")
    life.open("asked")
    life.decide("go")
    ground, gates = life.ground(), STANDARD.gates
    assert occurrence_before(ground, life.state, gates["asked"], "2") == "2026-02-01"
    assert occurrence_before(ground, life.state, gates["asked"], "1") is None
    life.at("2026-06-15T00:00:00Z")
    ground = life.ground()
    assert occurrence_before(ground, life.state, gates["monthly"], "2026-06-01") == "2026-05-01"
    assert occurrence_before(ground, life.state, gates["launch"], "") is None


def test_what_a_late_decision_rested_on_does_not_count_for_the_next_time() -> None:  # S5.5
    life = building().at("2026-03-04T12:00:00Z")
    life.answer("well")
    life.open("monthly")
    life.decide("go")
    ground, monthly = life.ground(), STANDARD.gates["monthly"]
    assert [one.occurrence for one in life.state.decisions[1:]] == ["2026-02-28"]
    assert occurrence_before(ground, life.state, monthly, "2026-03-31") == "2026-03-04"
    assert occurrence_before(ground, life.state, monthly, "2026-02-28") is None


def test_the_state_is_of_the_latest_change_even_where_an_earlier_one_is_written_after() -> None:
    life = building().at("2026-02-28T12:00:00Z")
    life.amend(title="Atlas")
    life.tick()
    assert life.events[-1].effective.date() == date(2026, 2, 28)
    assert life.state.at == "2026-02-28T12:00:00Z"


def test_what_fell_due_before_the_project_came_is_none_of_its_own() -> None:
    life = building(at="2026-06-15T12:00:00Z").at("2026-12-01T00:00:00Z")
    assert [one for one in due(life) if "kept" in one] == [
        "occurrence-due kept@2026-08-31 2026-08-31T00:00Z",
        "occurrence-due kept@2026-11-30 2026-11-30T00:00Z",
    ]


def test_an_answer_counts_until_the_occurrence_after_it() -> None:  # S5.5
    life = building().at("2026-03-10T12:00:00Z")
    life.answer("well")
    results = {
        occurrence: next(
            one.result
            for one in life.assess(
                "monthly", occurrence, life.at(f"{occurrence}T12:00:00Z").now
            ).findings
            if one.criterion == "well"
        )
        for occurrence in ("2026-03-31", "2026-04-30")
    }
    assert results == {"2026-03-31": "pass", "2026-04-30": "unknown"}
