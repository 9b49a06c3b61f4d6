"""Laws of merge patches (RFC 7396)."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Json
from pmo_core.documents.merge_patch import merge_patch

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from("abc"), VALUES)


@given(VALUES, VALUES)
def test_a_patch_changes_neither_argument(target: Json, patch: Json) -> None:
    before = copy.deepcopy((target, patch))
    merge_patch(target, patch)
    assert (target, patch) == before


@given(VALUES, VALUES)
def test_a_patch_applied_twice_changes_nothing_more(target: Json, patch: Json) -> None:
    once = merge_patch(target, patch)
    assert merge_patch(once, patch) == once


@given(OBJECTS)
def test_an_empty_patch_changes_nothing(target: Json) -> None:
    assert merge_patch(target, {}) == target


@given(VALUES, OBJECTS)
def test_no_key_of_a_patch_that_is_null_is_left(target: Json, patch: dict[str, Json]) -> None:
    patched = merge_patch(target, patch)
    assert isinstance(patched, dict)
    assert not any(name in patched for name, part in patch.items() if part is None)
