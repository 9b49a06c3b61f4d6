"""Answers and artefacts: who may give them, with what, and what is stamped (S5.4 to S5.6)."""

from __future__ import annotations

import pytest

from pmo_core.errors import InvalidRecord, Refused, UnknownName

from .life import Life, house

GATES = """
start:
  title: Start
  from: idea
  outcomes: {go: build}
  authority: {role: sponsor}
  criteria:
    plain: {must: It is so, answer: {}}
    shown: {must: It is shown, answer: {evidence: required}}
    ours: {must: The manager says so, answer: {by: manager}}
    theirs: {must: Not the manager says so, answer: {by-not: manager}}
    everyone: {must: The whole board says so, answer: {by: board, from: all}}
    perhaps: {must: It may not apply, answer: {na: allowed}}
    argued: {must: It may not apply if one says why, answer: {na: justified}}
    graded: {must: It is good, answer: {values: {good: pass, fair: pass, poor: fail}}}
    looked: {must: It costs something, schema: {required: [cost]}}
    both: {must: Costs something and is sworn, all: [{schema: {required: [cost]}}, {answer: {}}]}
    scored:
      must: It scores well
      score:
        scale: {min: 0, max: 5}
        by: {each: board, at-least: 1}
        items:
          size: {title: Size, weight: 1}
          fit: {title: Fit, weight: 1, na: allowed}
          use: {title: Use, weight: 1, na: justified}
        bands: [{id: low, at-least: 0}, {id: high, at-least: 3}]
        pass: high
stage:
  title: Stage
  from: build
  per: {items: /stages, id: id}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {done: {must: It is done, answer: {}}}
pulse:
  title: Pulse
  from: build
  recurs: {every: P1M, anchor: {entered: build}, in: build}
  outcomes: {go: {to: same}}
  authority: {role: sponsor}
  criteria: {well: {must: It goes well, answer: {}}}
"""
STANDARD = house(
    GATES,
    artefacts="{plan: {title: Plan, states: [draft, checked, approved]}}",
    record_schema="""
    {"properties": {"answers": {"$ref": "pmo:registers/answers"},
                    "artefacts": {"type": "object"}}}
    """,
)


def begun(**fields: object) -> Life:
    life = Life(STANDARD)
    life.register({"id": "atlas", "phase": "idea", "stages": [{"id": "s1"}], **fields})  # type: ignore[dict-item]
    return life


def entry(life: Life, key: str) -> object:
    return life.state.record["answers"][key]  # type: ignore[index,call-overload]


def test_an_answer_is_stamped_with_who_and_when() -> None:  # S5.5
    life = begun()
    life.answer("plain", "yes", "bo", evidence=("a.pdf",))
    assert entry(life, "plain") == {
        "value": "yes",
        "by": "bo",
        "date": "2026-01-31T12:00:00Z",
        "evidence": ["a.pdf"],
    }
    assert life.events[-1].name == "answered"
    assert life.events[-1].payload["entry"] == entry(life, "plain")


def test_a_new_answer_takes_the_place_of_the_old_one() -> None:
    life = begun()
    life.answer("plain", "no")
    life.answer("plain", True)
    assert entry(life, "plain")["value"] is True  # type: ignore[index]


@pytest.mark.parametrize(
    ("criterion", "value", "actor", "message", "remedy"),
    [
        ("plain", "perhaps", "ana", "cannot be answered 'perhaps'", "yes, no"),
        ("plain", "na", "ana", "says it always applies", "yes, no"),
        ("plain", {"a": 1}, "ana", "with a list or an object", "yes, no"),
        ("plain", ["yes"], "ana", "with a list or an object", "yes, no"),
        ("plain", 3, "ana", "cannot be answered '3'", "yes, no"),
        ("graded", "god", "ana", "cannot be answered 'god'", "good"),
        ("shown", "yes", "ana", "with evidence only", "--evidence FILE"),
        ("argued", "na", "ana", "with a justification only", "--justification TEXT"),
        ("ours", "yes", "bo", "bo may not answer ours: it is for manager", "May answer: ana"),
        ("theirs", "yes", "ana", "whoever holds manager must not", "does not hold manager"),
        ("looked", "yes", "ana", "is not answered by a person", "pmo guide looked"),
        ("done", "yes", "ana", "answered for each item under /stages", "done@ITEM"),
        ("scored", "yes", "bo", "answered by a number for each item", "size, fit, use"),
        ("scored", {}, "bo", "answered by a number for each item", "from 0 to 5"),
        ("scored", {"size": 6}, "bo", "size of scored cannot be scored 6", "from 0 to 5"),
        ("scored", {"size": True}, "bo", "is scored by a number", "from 0 to 5"),
        ("scored", {"size": "na"}, "bo", "size of scored cannot be scored 'na'", "from 0 to 5"),
        ("scored", {"use": "na"}, "bo", "use of scored is answered 'na' with a", "--justification"),
        ("scored", {"size": 3}, "ana", "it is for board", "May answer: bo, di"),
    ],
)
def test_an_answer_that_would_not_count_is_refused(
    criterion: str, value: object, actor: str, message: str, remedy: str
) -> None:
    life = begun()
    with pytest.raises(Refused, match=message) as caught:
        life.answer(criterion, value, actor)  # type: ignore[arg-type]
    assert remedy in str(caught.value.remedy)
    assert len(life.events) == 1


def test_no_needs_no_evidence() -> None:
    life = begun()
    life.answer("shown", "no")
    assert entry(life, "shown")["value"] == "no"  # type: ignore[index]


def test_blank_evidence_shows_nothing() -> None:
    with pytest.raises(Refused, match="with evidence only"):
        begun().answer("shown", "yes", evidence=(" ",))


def test_na_is_an_answer_where_the_standard_says_so() -> None:  # S4 rows 5 and 6
    life = begun()
    life.answer("perhaps", "na")
    life.answer("argued", "na", justification="There is no such part")
    assert entry(life, "argued")["justification"] == "There is no such part"  # type: ignore[index]
    with pytest.raises(Refused, match="with a justification only"):
        life.answer("argued", "na", justification="  ")


def test_each_of_several_answers_is_kept() -> None:  # S5.5 `from: all`
    life = begun()
    life.answer("everyone", "yes", "bo")
    life.answer("everyone", "yes", "di")
    assert [one["by"] for one in entry(life, "everyone")] == ["bo", "di"]  # type: ignore[attr-defined]


def test_each_score_is_kept_and_may_be_partial() -> None:  # S5.6
    life = begun()
    life.answer("scored", {"size": 4, "fit": "na"}, "bo")
    life.answer("scored", {"size": 2.5}, "di")
    assert [one["value"] for one in entry(life, "scored")] == [  # type: ignore[attr-defined]
        {"size": 4, "fit": "na"},
        {"size": 2.5},
    ]


def test_unknown_things_are_named_with_what_was_meant() -> None:
    life = begun()
    with pytest.raises(UnknownName, match="no criterion 'plan'"):
        life.answer("plan")
    with pytest.raises(UnknownName, match="scored scores no 'sizes'") as caught:
        life.answer("scored", {"sizes": 1}, "bo")
    assert "size" in str(caught.value.remedy)
    with pytest.raises(UnknownName, match="has no 's9' under /stages") as caught:
        life.answer("done", item="s9")
    assert "s1" in str(caught.value.remedy)


def test_the_answer_of_a_repeated_gate_is_kept_under_its_item() -> None:
    life = begun()
    life.answer("done", item="s1")
    assert entry(life, "done@s1")["value"] == "yes"  # type: ignore[index]


def test_no_item_is_named_where_there_are_none() -> None:
    with pytest.raises(Refused, match="answered once for the whole project") as caught:
        begun().answer("plain", item="s1")
    assert caught.value.remedy == "Leave the item out: plain"


def test_answers_at_a_recurring_gate_are_added() -> None:
    life = begun()
    life.answer("well", "yes")
    life.at("2026-02-28T12:00:00Z").answer("well", "no")
    life.answer("well", "yes")
    assert [one["value"] for one in entry(life, "well")] == ["yes", "no", "yes"]  # type: ignore[attr-defined]


def test_a_test_among_others_is_answered_too() -> None:  # S5.8
    life = begun(cost=1)
    life.answer("both")
    finding = next(one for one in life.assess("start").findings if one.criterion == "both")
    assert finding.result == "pass"


def test_an_answer_must_leave_the_record_valid() -> None:
    strict = house(GATES, record_schema='{"properties": {"answers": {"maxProperties": 0}}}')
    life = Life(strict)
    life.register()
    with pytest.raises(InvalidRecord):
        life.answer("plain")


def test_nothing_is_put_in_the_place_of_something_else() -> None:
    life = Life(house(GATES))
    life.register()
    life.amend(adopting=True, answers=["no", "entries"])
    with pytest.raises(Refused, match="something else there than named entries"):
        life.answer("plain")


# Artefacts


def test_an_artefact_comes_to_a_state_with_who_and_when() -> None:  # S5.4
    life = begun(artefacts={"plan": {"state": "draft", "link": "plan.pdf", "evidence": ["old"]}})
    life.move("plan", "approved", "bo")
    assert life.state.record["artefacts"] == {
        "plan": {
            "state": "approved",
            "link": "plan.pdf",
            "by": "bo",
            "date": "2026-01-31T12:00:00Z",
        }
    }
    told = life.events[-1].payload
    assert (told["artefact"], told["from"], told["to"]) == ("plan", "draft", "approved")


def test_a_state_alone_becomes_a_stamped_one() -> None:
    life = begun(artefacts={"plan": "draft"})
    life.move("plan", "checked", evidence=("minutes.pdf",))
    assert life.state.record["artefacts"]["plan"]["evidence"] == ["minutes.pdf"]  # type: ignore[index,call-overload]


def test_an_artefact_may_go_back() -> None:
    life = begun()
    life.move("plan", "approved")
    life.move("plan", "draft")
    assert life.events[-1].payload["from"] == "approved"


@pytest.mark.parametrize(("artefact", "state"), [("plann", "draft"), ("plan", "done")])
def test_artefacts_and_states_are_the_standards(artefact: str, state: str) -> None:
    with pytest.raises(UnknownName) as caught:
        begun().move(artefact, state)
    assert caught.value.remedy
