"""Changes of a record in words: which place, from what, to what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json, JsonObject, diff
from pmo_core.render.attested import size_words
from pmo_core.render.changes import dotted, patch_words

RECORD: JsonObject = {
    "title": "Atlas",
    "risks": [{"id": "R-1", "owner": "eva"}, {"id": "R-2"}],
    "tags": ["a", "b"],
}


def told(after: JsonObject) -> list[str]:
    return list(patch_words(RECORD, diff(RECORD, after)))


def test_a_value_set_replaced_or_taken_out() -> None:
    assert told({**RECORD, "title": "Map"}) == ["title: Atlas -> Map"]
    assert told({**RECORD, "budget": 5}) == ["budget: nothing -> 5"]
    assert told({"title": "Atlas", "tags": ["a", "b"]}) == ["risks: a list of 2 -> nothing"]


def test_items_of_registers_go_by_their_ids() -> None:
    risks: list[Json] = [{"id": "R-2", "owner": "nils"}]
    assert told({**RECORD, "risks": risks}) == [
        "risks.R-1: an object with id, owner -> nothing",
        "risks.R-2.owner: nothing -> nils",
    ]


def test_items_of_other_lists_go_by_their_place() -> None:
    assert told({**RECORD, "tags": ["a", "c", "b"]}) == ["tags.1: nothing -> c"]


def test_a_long_text_is_cut() -> None:
    (line,) = told({**RECORD, "title": "x" * 500})
    assert len(line) < 100


VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=3), one, max_size=3),
)


@given(VALUES)
def test_any_change_is_told_on_lines_of_its_own(value: object) -> None:
    after: JsonObject = {"title": value, "new": value}  # type: ignore[dict-item]
    operations = diff(RECORD, after)
    lines = list(patch_words(RECORD, operations))
    assert len(lines) == len(operations)


def test_the_whole_record_has_a_name_too() -> None:
    assert dotted(RECORD, "") == "the record"


def test_sizes_are_rounded_to_what_people_read() -> None:
    assert [size_words(size) for size in (0, 999, 1000, 84_200, 999_499, 2_500_000)] == [
        "0 B",
        "999 B",
        "1 kB",
        "84 kB",
        "999 kB",
        "2 MB",
    ]
