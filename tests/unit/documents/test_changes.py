"""Differences as people read them, and how they are applied (RFC 6902)."""

from __future__ import annotations

import copy

import pytest

from pmo_core.documents import Json, JsonObject, apply, diff, merge3, same
from pmo_core.errors import InvalidDocument


def item(name: str, **fields: Json) -> JsonObject:
    return {"id": name, **fields}


RISKS: list[Json] = [item("R-1", x=1), item("R-2", x=2), item("R-3", x=3)]


def operation(name: str, path: str, *value: Json) -> JsonObject:
    return {"op": name, "path": path, **({"value": value[0]} if value else {})}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 2}, [operation("replace", "/a", 2)]),
        ({"a": 1}, {"a": 1, "b": None}, [operation("add", "/b", None)]),
        ({"a": None}, {}, [operation("remove", "/a")]),
        ({"a/b": {"~": 1}}, {"a/b": {"~": 2}}, [operation("replace", "/a~1b/~0", 2)]),
        (1, [1], [operation("replace", "", [1])]),
        (["a", "b", "c"], ["a", "c"], [operation("remove", "/1")]),
        (["a", "c"], ["a", "b", "c"], [operation("add", "/1", "b")]),
        (["a", "b", "c"], ["a", "x", "c"], [operation("replace", "/1", "x")]),
        (["a", "b"], ["b", "c"], [operation("remove", "/0"), operation("add", "/1", "c")]),
        ([1, 2, 2], [1, 2], [operation("remove", "/2")]),
    ],
)
def test_a_change_is_told_where_it_is(before: Json, after: Json, expected: list[Json]) -> None:
    assert diff(before, after) == expected


def test_a_risk_that_gets_an_owner_is_one_addition() -> None:
    after = [RISKS[0], RISKS[1], item("R-3", x=3, owner="ana.ruiz")]
    assert diff({"risks": RISKS}, {"risks": after}) == [
        operation("add", "/risks/2/owner", "ana.ruiz")
    ]


def test_a_new_first_risk_moves_no_other() -> None:
    after = [item("R-0"), *copy.deepcopy(RISKS[:2]), item("R-3", x=4)]
    assert diff(RISKS, after) == [
        operation("add", "/0", item("R-0")),
        operation("replace", "/3/x", 4),
    ]


def test_several_risks_go_from_behind() -> None:
    assert diff(RISKS, RISKS[1:2]) == [operation("remove", "/2"), operation("remove", "/0")]


def test_a_risk_that_moves_is_taken_out_and_put_in() -> None:
    after = [RISKS[2], RISKS[0], RISKS[1]]
    assert diff(RISKS, after) == [
        operation("remove", "/2"),
        operation("add", "/0", item("R-3", x=3)),
    ]


def test_a_register_in_quite_another_order_is_written_anew() -> None:
    before: list[Json] = [item(name) for name in "abcdef"]
    assert diff(before, before[::-1]) == [operation("replace", "", before[::-1])]


def test_items_that_share_an_id_are_compared_by_their_place() -> None:
    before: list[Json] = [item("R", x=1), item("R", x=2)]
    after: list[Json] = [item("R", x=1), item("R", x=3)]
    assert diff(before, after) == [operation("replace", "/1/x", 3)]


def test_numbers_are_json_numbers_and_true_is_none() -> None:
    """S1.2: a fraction of zero is none."""
    assert diff({"a": 1}, {"a": 1.0}) == []
    assert diff([1, 0], [True, False]) == [
        operation("replace", "/0", True),
        operation("replace", "/1", False),
    ]
    assert same({"a": [1.0]}, {"a": [1]})
    assert not same({"a": [1]}, {"a": [True]})


def test_what_is_left_alone_is_shared() -> None:
    before: JsonObject = {"risks": RISKS, "scope": {"in": []}}
    after = apply([operation("replace", "/risks/1/x", 9)], before)
    assert isinstance(after, dict)
    assert after["scope"] is before["scope"]
    assert isinstance(after["risks"], list)
    assert after["risks"][0] is RISKS[0]
    assert RISKS[1] == item("R-2", x=2)


def test_an_added_value_is_not_changed_by_a_later_operation() -> None:
    added: JsonObject = {"b": 1}
    after = apply([operation("add", "/a", added), operation("replace", "/a/b", 2)], {})
    assert after == {"a": {"b": 2}}
    assert added == {"b": 1}


@pytest.mark.parametrize(
    ("patch", "value", "expected"),
    [
        ([operation("add", "", 2)], {"a": 1}, 2),
        ([operation("add", "/a", 2)], {"a": 1}, {"a": 2}),
        ([operation("add", "/-", 2)], [1], [1, 2]),
        ([operation("add", "/1", 2)], [1], [1, 2]),
        ([operation("remove", "/")], {"": 1, "a": 2}, {"a": 2}),
        ([operation("add", "/00", 2)], {}, {"00": 2}),
    ],
)
def test_an_operation_does_as_the_rfc_says(
    patch: list[JsonObject], value: Json, expected: Json
) -> None:
    assert apply(patch, value) == expected


@pytest.mark.parametrize(
    ("failing", "value"),
    [
        (operation("replace", "/b", 2), {"a": 1}),
        (operation("remove", "/b"), {"a": 1}),
        (operation("remove", "/a/b"), {"a": 1}),
        (operation("add", "/a/b/c", 1), {"a": {}}),
        (operation("add", "/a/b", 1), {"a": "text"}),
        (operation("replace", "/1", 2), [1]),
        (operation("replace", "/-", 2), [1]),
        (operation("replace", "/00", 2), [1]),
        (operation("add", "/2", 2), [1]),
        (operation("add", "/-1", 2), [1]),
        (operation("add", "/1e0", 2), [1, 2]),
        (operation("remove", ""), 1),
        (operation("move", "/a", 2), {"a": 1}),
        (operation("add", "/a"), {"a": 1}),
    ],
)
def test_a_path_that_is_not_there_is_named(failing: JsonObject, value: Json) -> None:
    with pytest.raises(InvalidDocument) as error:
        apply([failing], value)
    assert error.value.pointer == failing["path"]


def test_a_path_that_is_no_pointer_is_refused() -> None:
    for path in ("a", "/~2", 5):
        with pytest.raises(InvalidDocument):
            apply([{"op": "remove", "path": path}], {"a": 1})


def test_two_people_may_change_different_fields_of_one_risk() -> None:
    mine: list[Json] = [item("R-1", x=1, owner="ana.ruiz"), *RISKS[1:]]
    theirs: list[Json] = [item("R-0"), item("R-1", x=7), *RISKS[1:]]
    merge = merge3({"risks": RISKS}, {"risks": mine}, {"risks": theirs})
    assert merge.conflicts == ()
    assert merge.value == {"risks": [item("R-0"), item("R-1", x=7, owner="ana.ruiz"), *RISKS[1:]]}


def test_one_field_changed_by_both_is_a_conflict_named_by_ids_and_mine_is_kept() -> None:
    mine: list[Json] = [item("R-0"), item("R-1", x=5), *RISKS[1:]]
    theirs: list[Json] = [item("R-1", x=6), *RISKS[1:]]
    merge = merge3({"risks": RISKS}, {"risks": mine}, {"risks": theirs})
    assert merge.conflicts == ("/risks/R-1/x",)
    assert merge.value == {"risks": mine}


def test_what_one_removed_and_the_other_changed_is_a_conflict() -> None:
    changed: list[Json] = [item("R-1", x=5), *RISKS[1:]]
    assert merge3(RISKS, RISKS[1:], changed) == (RISKS[1:], ("/R-1",))
    assert merge3(RISKS, changed, RISKS[1:]) == (changed, ("/R-1",))


def test_two_new_risks_with_one_id_are_two_things() -> None:
    mine, theirs = item("R-4", title="Flood"), item("R-4", title="Fire", owner="mia.lund")
    merge = merge3(RISKS, [*RISKS, mine], [*RISKS, theirs])
    assert merge == ([*RISKS, mine], ("/R-4",))


def test_new_risks_of_both_stand_where_each_was_put() -> None:
    mine = [RISKS[0], item("R-9"), *RISKS[1:], item("R-10")]
    theirs = [item("R-0"), *RISKS, item("R-9b")]
    merge = merge3(RISKS, mine, theirs)
    assert merge.conflicts == ()
    assert isinstance(merge.value, list)
    names = [one["id"] for one in merge.value if isinstance(one, dict)]
    assert names == ["R-0", "R-1", "R-9", "R-2", "R-3", "R-10", "R-9b"]


def test_an_order_that_one_side_made_holds_for_what_the_other_added() -> None:
    merge = merge3(RISKS, RISKS[::-1], [*RISKS, item("R-4")])
    assert merge == ([RISKS[2], item("R-4"), RISKS[1], RISKS[0]], ())


def test_two_different_orders_are_a_conflict_of_the_whole_register() -> None:
    mine, theirs = RISKS[::-1], [RISKS[1], RISKS[0], RISKS[2]]
    assert merge3({"r": RISKS}, {"r": mine}, {"r": theirs}) == ({"r": mine}, ("/r",))


def test_a_list_without_ids_is_changed_as_a_whole() -> None:
    base: JsonObject = {"within": ["a"], "b": 1}
    mine: JsonObject = {"within": ["a", "b"], "b": 1}
    assert merge3(base, mine, {"within": ["a"], "b": 2}).value == {"within": ["a", "b"], "b": 2}
    assert merge3(base, mine, {"within": ["c", "a"], "b": 1}).conflicts == ("/within",)


def test_answers_that_both_give_first_are_no_conflict_where_the_questions_differ() -> None:
    merge = merge3({}, {"answers": {"a": True}}, {"answers": {"b": False}})
    assert merge == ({"answers": {"a": True, "b": False}}, ())


def test_a_merge_keeps_my_order_of_fields() -> None:
    merge = merge3({"a": 1, "b": 2}, {"b": 2, "c": 3, "a": 1}, {"a": 1, "b": 5})
    assert isinstance(merge.value, dict)
    assert list(merge.value) == ["b", "c", "a"]
