"""Taking projects in and amending their records: what is refused, and what is written."""

from __future__ import annotations

import pytest

from pmo_core.documents import digest
from pmo_core.errors import InvalidRecord, Refused, UnknownName
from pmo_core.governance.ground import people_in
from pmo_core.governance.records import appoint, with_value

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  outcomes: {go: build}
  authority: {role: sponsor}
  criteria: {worth: {must: It is worth it, answer: {}}}
launch:
  title: Launch
  from: build
  outcomes: {go: run, recycle: idea}
  authority: {role: sponsor}
  criteria: {}
review:
  title: A look
  from: build
  recurs: {every: P1M, anchor: {entered: build}, in: build}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {}
"""
COSTED = '{"properties": {"cost": {"type": "number"}}}'
STANDARD = house(GATES, record_schema=COSTED)


def begun() -> Life:
    life = Life(STANDARD)
    life.register({"id": "atlas", "title": "Atlas", "phase": "idea", "cost": 1})
    return life


def test_a_project_begins_in_the_first_phase_of_each_track() -> None:
    state = begun().state
    assert state.phases == {"main": "idea"}
    assert state.position["main"] == ("idea", "2026-01-31", 1)
    assert state.visits == {"main/idea": 1}
    assert (state.standard, state.version) == ("house@1.0.0", 1)


def test_the_digest_is_of_the_record_that_is_kept() -> None:
    life = begun()
    assert life.events[0].payload["digest"] == digest(life.state.record)


def test_an_id_is_taken_once() -> None:
    life = begun()
    with pytest.raises(Refused, match="there is a project 'atlas' already, at version 1"):
        life.register()


def test_a_record_that_breaks_its_schema_is_not_taken_in() -> None:  # S16.1
    with pytest.raises(InvalidRecord) as caught:
        Life(STANDARD).register({"id": "atlas", "phase": "idea", "cost": "much"})
    assert caught.value.pointer == "/cost"
    assert caught.value.reasons


def test_a_record_that_claims_a_later_phase_is_not_quietly_put_at_the_beginning() -> None:  # S11.8
    with pytest.raises(Refused, match="claims to stand in build") as caught:
        Life(STANDARD).register({"id": "atlas", "phase": "build"})
    assert "--evidence FILE" in str(caught.value.remedy)


def test_a_record_that_claims_no_phase_stands_where_the_ledger_says() -> None:
    life = Life(STANDARD)
    life.register({"id": "atlas"})
    assert life.state.record == {"id": "atlas"}
    assert "claim" not in [one.criterion for one in life.assess("start").blocking]


def test_an_amendment_is_what_changed() -> None:  # S15.4
    life = begun()
    life.amend(cost=2)
    assert life.events[-1].payload["patch"] == [{"op": "replace", "path": "/cost", "value": 2}]
    assert life.events[-1].payload["digest"] == digest(life.state.record)
    assert life.state.record["cost"] == 2


def test_an_amendment_that_changes_nothing_is_no_event() -> None:
    life = begun()
    life.amend(cost=1)
    assert len(life.events) == 1


@pytest.mark.parametrize(
    ("field", "value", "why", "remedy"),
    [
        ("id", "other", "the id of a project never changes", "the id stays 'atlas'"),
        (
            "answers",
            {"worth": {"value": "yes"}},
            "answers are given one by one",
            "pmo project answer atlas",
        ),
        (
            "artefacts",
            {"plan": "approved"},
            "artefacts are moved one by one",
            "pmo project artefact atlas",
        ),
        ("phase", "build", "only a decision at a gate changes the phase", "pmo review open atlas"),
    ],
)
def test_what_has_commands_of_its_own_is_not_amended(
    field: str, value: object, why: str, remedy: str
) -> None:  # S2.4
    life = begun()
    with pytest.raises(Refused, match=why) as caught:
        life.amend(**{field: value})  # type: ignore[arg-type]
    assert remedy in str(caught.value.remedy)
    assert str(caught.value.pointer).startswith(f"/{field}")


def test_the_refusal_names_the_very_place() -> None:
    life = begun()
    life.answer("worth")
    answers = dict(life.state.record["answers"])  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        life.amend(answers={**answers, "worth": {**answers["worth"], "by": "bo"}})  # type: ignore[dict-item]
    assert caught.value.pointer == "/answers/worth/by"


def test_a_claim_may_come_to_agree_with_the_ledger() -> None:  # S11.7
    life = begun()
    life.amend(adopting=True, phase="run")
    assert next(one.criterion for one in life.assess("start").blocking) == "claim"
    life.amend(phase="idea")
    assert life.state.record["phase"] == "idea"


def test_an_invalid_record_is_adopted_and_not_amended() -> None:  # S16.1
    life = begun()
    with pytest.raises(InvalidRecord):
        life.amend(cost="much")
    life.amend(adopting=True, cost="much")
    assert life.state.record["cost"] == "much"
    assert next(one.criterion for one in life.assess("start").blocking) == "record"


def test_what_was_adopted_broken_can_be_worked_on_but_not_made_worse() -> None:
    fields = '{"cost": {"type": "number"}, "end": {"type": "string"}}'
    standard = house(GATES, record_schema=f'{{"properties": {fields}}}')
    life = Life(standard)
    life.register()
    life.amend(adopting=True, cost="much")
    life.answer("worth")
    life.amend(title="Atlas")
    with pytest.raises(InvalidRecord) as caught:
        life.amend(end=3)
    assert caught.value.pointer == "/end"
    life.amend(cost=3)
    assert life.assess("start").verdict == "ready"


def test_not_even_an_adopted_record_changes_the_id() -> None:
    with pytest.raises(Refused, match="the id of a project never changes"):
        begun().amend(adopting=True, id="other")


# Entry at a later phase (S11.8)


def entered() -> Life:
    life = Life(STANDARD)
    life.register(
        {"id": "atlas", "phase": "run"}, position={"main": "run"}, evidence=("minutes.pdf",)
    )
    return life


def test_an_entry_attests_the_passages_that_it_presupposes() -> None:
    life = entered()
    assert [event.name for event in life.events] == ["registered", "entered"]
    assert life.events[1].payload["attested"] == ["start", "launch"]
    assert life.state.passed == {
        "start": ("attested", "2026-01-31"),
        "launch": ("attested", "2026-01-31"),
    }
    assert life.state.decisions == ()


def test_an_entry_leaves_the_record_claiming_what_the_ledger_says() -> None:
    life = entered()
    assert life.state.phases == {"main": "run"}
    assert life.state.record["phase"] == "run"
    assert life.state.visits == {"main/run": 1}
    assert [event.payload["digest"] for event in life.events] == [
        digest({"id": "atlas", "phase": "idea"}),
        digest(life.state.record),
    ]


def test_an_entry_without_evidence_is_refused() -> None:
    with pytest.raises(Refused, match="needs evidence") as caught:
        Life(STANDARD).register({"id": "atlas"}, position={"main": "run"})
    assert "--evidence FILE" in str(caught.value.remedy)


@pytest.mark.parametrize("position", [{"main": "runn"}, {"other": "run"}])
def test_a_position_that_the_standard_has_not_is_unknown(position: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        Life(STANDARD).register(position=position, evidence=("minutes.pdf",))


# Appointments


def test_an_appointment_counts_from_its_day_on() -> None:
    life = Life(STANDARD)
    life.register(roles=(("auditor", "eve"),))
    assert people_in(life.ground(), life.state, "auditor") == ("cy", "eve")
    life.at("2026-01-30T23:59:59Z")
    assert people_in(life.ground(), life.state, "auditor") == ("cy",)


def test_people_are_appointed_to_roles_that_there_are() -> None:
    with pytest.raises(UnknownName, match="no role 'sponsr'") as caught:
        appoint(begun().ground(), "sponsr", "eve")
    assert "sponsor" in str(caught.value.remedy)


def test_nobody_is_appointed_to_a_body() -> None:
    standard = house(GATES)
    with pytest.raises(UnknownName, match="no role 'board'"):
        appoint(Life(standard).ground(), "board", "eve")


def test_a_value_is_put_where_a_pointer_leads_through_a_list() -> None:
    assert with_value({"a": [{"b": 1}, {"b": 2}]}, ("a", "1", "b"), 3) == {
        "a": [{"b": 1}, {"b": 3}]
    }
    assert with_value({}, ("a", "b"), 1) == {"a": {"b": 1}}


def test_two_roles_that_exclude_one_another_are_not_one_persons() -> None:  # S18: not
    roles = """
        manager: {title: Manager, not: [sponsor]}
        sponsor: {title: Sponsor}
        auditor: {title: Auditor, not: [manager]}
        executive: {title: Executive}
    """
    life = Life(house(GATES, roles=roles))
    # Cy is auditor of the whole house.
    with pytest.raises(Refused, match="eve cannot be manager and sponsor") as caught:
        life.register(roles=(("sponsor", "eve"), ("manager", "eve")))
    assert caught.value.remedy == "Name somebody else as manager"
    with pytest.raises(Refused, match="ana cannot be auditor and manager"):
        life.register(roles=(("auditor", "ana"),))
    assert life.register(roles=(("manager", "eve"),)).appointments[0].person == "eve"
