"""Laws of differences, of their application, and of three-way merges."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

import jsonpatch
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json, JsonObject, apply, diff, merge3, same

SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(-2, 2) | st.text("ab", max_size=2)
)
KEYS = st.sampled_from(["a", "b", "id", "", "~1", "a/b", "0"])
ITEMS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"id": st.sampled_from("abcdef")}, optional={"x": SCALARS, "y": st.lists(SCALARS, max_size=2)}
)
REGISTERS: st.SearchStrategy[list[Json]] = st.lists(
    ITEMS, max_size=6, unique_by=lambda item: str(item["id"])
).map(lambda items: [*items])
TEXT_LISTS = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)
LEAVES: st.SearchStrategy[Json] = st.one_of(
    SCALARS, REGISTERS, TEXT_LISTS.map(lambda texts: [*texts])
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
RECORDS = st.fixed_dictionaries({}, optional={"risks": REGISTERS, "a": VALUES, "b": SCALARS})


@given(VALUES, VALUES)
def test_a_difference_leads_from_one_value_to_the_other(before: Json, after: Json) -> None:
    assert same(apply(diff(before, after), before), after)


@given(RECORDS, RECORDS)
def test_a_difference_leads_from_one_record_to_the_other(
    before: JsonObject, after: JsonObject
) -> None:
    assert same(apply(diff(before, after), before), after)


@given(REGISTERS, REGISTERS)
def test_a_difference_leads_from_one_register_to_the_other(
    before: list[Json], after: list[Json]
) -> None:
    assert same(apply(diff(before, after), before), after)


@given(VALUES)
def test_a_value_does_not_differ_from_itself(value: Json) -> None:
    assert diff(value, json.loads(json.dumps(value))) == []


@given(VALUES, VALUES)
def test_nothing_differs_exactly_where_the_values_are_the_same(one: Json, other: Json) -> None:
    assert (diff(one, other) == []) is same(one, other)


@given(VALUES, VALUES)
def test_neither_value_nor_patch_is_changed(before: Json, after: Json) -> None:
    patch = diff(before, after)
    kept = copy.deepcopy((before, after, patch))
    apply(patch, before)
    assert repr((before, after, patch)) == repr(kept)


@given(RECORDS, RECORDS, RECORDS)
def test_a_patch_of_two_differences_changes_no_value_of_the_first(
    one: JsonObject, two: JsonObject, three: JsonObject
) -> None:
    patch = [*diff(one, two), *diff(two, three)]
    kept = copy.deepcopy(patch)
    assert same(apply(patch, one), three)
    assert repr(patch) == repr(kept)


@given(VALUES, VALUES)
def test_a_difference_reads_the_same_to_another_library(before: Json, after: Json) -> None:
    assert same(jsonpatch.apply_patch(before, diff(before, after)), after)


@given(VALUES, VALUES)
def test_one_change_alone_is_taken_whole(base: Json, changed: Json) -> None:
    assert merge3(base, changed, base) == (changed, ())
    assert merge3(base, base, changed) == (changed, ())
    assert same(merge3(base, changed, base).value, changed)
    assert same(merge3(base, base, changed).value, changed)


@given(VALUES, VALUES)
def test_the_same_change_twice_is_no_conflict(base: Json, changed: Json) -> None:
    merge = merge3(base, changed, copy.deepcopy(changed))
    assert same(merge.value, changed)
    assert merge.conflicts == ()


@given(RECORDS, RECORDS, RECORDS)
def test_it_does_not_matter_whose_change_is_called_mine(
    base: JsonObject, mine: JsonObject, theirs: JsonObject
) -> None:
    one, other = merge3(base, mine, theirs), merge3(base, theirs, mine)
    assert set(one.conflicts) == set(other.conflicts)
    if not one.conflicts:
        assert same(one.value, other.value)


@given(RECORDS, RECORDS, RECORDS)
def test_a_merge_changes_no_argument(
    base: JsonObject, mine: JsonObject, theirs: JsonObject
) -> None:
    kept = copy.deepcopy((base, mine, theirs))
    merge3(base, mine, theirs)
    assert repr((base, mine, theirs)) == repr(kept)


@given(REGISTERS, REGISTERS, REGISTERS)
def test_without_conflict_every_item_is_there_once_and_none_is_invented(
    base: list[Json], mine: list[Json], theirs: list[Json]
) -> None:
    merge = merge3(base, mine, theirs)
    found, *sides = map(names, (merge.value, base, mine, theirs))
    assert len(found) == len(set(found))
    before, here, there = map(set, sides)
    if not merge.conflicts:
        assert set(found) == (before & here & there) | ((here | there) - before)


def names(register: Json) -> list[str]:
    assert isinstance(register, list)
    return [str(item["id"]) for item in register if isinstance(item, dict)]


def test_long_registers_are_compared_in_a_moment() -> None:
    """Ten thousand items, some moved, changed, added and removed."""
    before: list[Json] = [{"id": f"R-{number}", "x": number} for number in range(10_000)]
    after: list[Json] = [
        {"id": f"R-{number}", "x": number % 7} for number in range(500, 10_500) if number % 9
    ]
    after[100:100] = after[-200:]
    del after[-200:]
    started = time.process_time()
    patch = diff(before, after)
    assert same(apply(patch, before), after)
    assert same(merge3(before, after, before).value, after)
    assert time.process_time() - started < 5
