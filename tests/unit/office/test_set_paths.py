"""`--set risks.R-3.owner=nils.falk`: names and ids joined by dots, values as YAML has them."""

from __future__ import annotations

import copy

import pytest

from pmo_core.documents import Json, JsonObject, Scalars
from pmo_core.errors import InvalidDocument, UnknownName
from pmo_core.office.set_paths import with_set

RECORD: JsonObject = {
    "id": "permit-portal",
    "budget": {"approved": {"amount": "5.00"}},
    "x.y": {"a.b": 1, "a": {"b": 2}},
    "risks": [
        {"id": "R-1", "title": "One"},
        {"id": "R-3", "title": "Three", "owner": "ana.ruiz"},
        {"id": "R-3.1", "title": "Three and one"},
        {"id": 7, "title": "Seven"},
    ],
    "within": ["a", "b"],
    "twins": [{"id": "T"}, {"id": "T"}],
    "empty": [],
}


def after(*assignments: str, unset: tuple[str, ...] = ()) -> JsonObject:
    return with_set(RECORD, assignments, unset, Scalars.TYPED)


def risk(record: JsonObject, index: int) -> JsonObject:
    risks = record["risks"]
    assert isinstance(risks, list)
    item = risks[index]
    assert isinstance(item, dict)
    return item


def test_a_field_of_one_risk_is_set_and_nothing_else() -> None:
    kept = copy.deepcopy(RECORD)
    changed = after("risks.R-3.owner=nils.falk")
    assert risk(changed, 1) == {"id": "R-3", "title": "Three", "owner": "nils.falk"}
    assert {**changed, "risks": None} == {**RECORD, "risks": None}
    assert risk(changed, 0) is risk(RECORD, 0)
    assert kept == RECORD


def test_a_name_may_hold_dots_and_the_longest_that_fits_is_meant() -> None:
    assert risk(after("risks.R-3.1.owner=x"), 2)["owner"] == "x"
    assert after("x.y.a.b=3")["x.y"] == {"a.b": 3, "a": {"b": 2}}


def test_a_number_is_an_id_by_its_digits() -> None:
    """S2.4: an integer there is its decimal digits."""
    assert risk(after("risks.7.title=Other"), 3) == {"id": 7, "title": "Other"}


def test_the_last_name_may_be_new_in_an_object() -> None:
    assert after("programme=Digital Permits")["programme"] == "Digital Permits"
    assert after("budget.estimate={amount: '1.00'}")["budget"] == {
        "approved": {"amount": "5.00"},
        "estimate": {"amount": "1.00"},
    }


def test_later_assignments_see_earlier_ones() -> None:
    assert after("people={}", "people.owner=eva.stern")["people"] == {"owner": "eva.stern"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("5.50", 5.5),
        ("true", True),
        ("null", None),
        ("", None),
        ("no", "no"),
        ("2027-12-31", "2027-12-31"),
        ('"5"', "5"),
        ("'it''s'", "it's"),
        ("[a, 5]", ["a", 5]),
        ("{a: 1, b: [x]}", {"a": 1, "b": ["x"]}),
        ("Data: old", "Data: old"),
        ("- a dash", "- a dash"),
        ("#1 of all # really", "#1 of all # really"),
        ("a=b", "a=b"),
        ("&x", "&x"),
        ("!important", "!important"),
        ("| pipe", "| pipe"),
        ("[draft] Permit portal", "[draft] Permit portal"),
        ('"Nemo" and others', '"Nemo" and others'),
        ("[", "["),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_value_is_what_yaml_reads_there_or_the_text_itself(text: str, value: Json) -> None:
    changed = after(f"title={text}")["title"]
    assert (type(changed), changed) == (type(value), value)


def test_where_all_is_text_a_number_is_text() -> None:
    """S2.2."""
    changed = with_set(RECORD, ["a=5", "b=[1, true]", "c="], [], Scalars.STRINGS)
    assert (changed["a"], changed["b"], changed["c"]) == ("5", ["1", "true"], "")


def test_a_field_or_a_whole_risk_is_taken_away() -> None:
    changed = after(unset=("risks.R-1", "risks.R-3.owner", "x.y.a"))
    assert risk(changed, 0) == {"id": "R-3", "title": "Three"}
    assert changed["x.y"] == {"a.b": 1}


def test_a_whole_risk_is_added_under_its_id() -> None:
    changed = after("risks.R-9={title: Nine, owner: eva.stern}", "risks.R-9.owner=nils.falk")
    added = changed["risks"][-1]  # type: ignore[index,call-overload]
    assert added == {"id": "R-9", "title": "Nine", "owner": "nils.falk"}


@pytest.mark.parametrize(
    ("assignment", "message", "remedy"),
    [
        (
            "risks.R-9.owner=x",
            "risks has no 'R-9'",
            "Did you mean 'R-3'? risks has R-1, R-3, R-3.1, 7",
        ),
        (
            "risk.R-3.owner=x",
            "the record has no 'risk'",
            "Did you mean 'risks'? the record has id, budget, x.y, risks, within, twins, empty",
        ),
        ("risks.R-9=Nobody", "risks has no 'R-9'", None),
        ("risks.0.owner=x", "risks has no '0'", None),
        ("id.x.y=1", "id is a text, and has no 'x.y' in it", "Set it as a whole: id=VALUE"),
        ("budget.approved.amount.x=1", "budget.approved.amount is a text, and has no 'x'", None),
        ("within.a=1", "within is a list whose items have no id", "Set it as a whole: within="),
        ("twins.T.a=1", "twins has 2 items with the id 'T'", None),
        ("empty.E-1=1", "empty has no 'E-1'", "empty has nothing"),
        ("risks.R-3.owner", "'risks.R-3.owner' sets nothing: it has no '='", "Write PATH=VALUE"),
        ("=5", "a path is empty", "Write names joined by dots"),
        (".a=5", "'.a' is no path", None),
        ("a..b=5", "'a..b' is no path", None),
        ("a.=5", "'a.' is no path", None),
    ],
)
def test_a_path_that_leads_nowhere_says_what_is_there(
    assignment: str, message: str, remedy: str | None
) -> None:
    with pytest.raises(UnknownName) as error:
        after(assignment)
    assert error.value.message.startswith(message)
    assert (error.value.remedy or "").startswith(remedy or "")


def test_only_what_is_there_can_be_taken_away() -> None:
    for path in ("title", "risks.R-9", "risks.R-1.owner", ""):
        with pytest.raises(UnknownName):
            after(unset=(path,))


@pytest.mark.parametrize(
    "text", ["12345678901234567890", "1e999", "[1e999]", "{a: 1, a: 2}", '"\\q"', "a\udcff"]
)
def test_a_value_that_no_record_can_hold_is_refused(text: str) -> None:
    """S1.2, S1.5."""
    with pytest.raises(InvalidDocument):
        after(f"title={text}")


def test_of_many_names_only_some_are_listed() -> None:
    record: JsonObject = {"risks": [{"id": f"R-{number}"} for number in range(40)]}
    with pytest.raises(UnknownName) as error:
        with_set(record, ["risks.X=1"], [], Scalars.TYPED)
    assert error.value.remedy is not None
    assert error.value.remedy.endswith("R-10, R-11 and 28 more")
