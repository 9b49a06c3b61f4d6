"""Whatever is done to a standard, the grammar answers with faults, each at a place that exists."""

from __future__ import annotations

import copy
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.documents import (
    MISSING,
    Json,
    JsonObject,
    join_pointer,
    read_yaml,
    resolve,
    split_pointer,
)
from pmo_core.standards.grammar import faults, meta_schema

SKETCHES = Path(__file__).resolve().parents[2].parent / "shared" / "language-sketches.md"

SCALARS: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["go", "same", "required", "P30D", "on", "no", "2.7", "/a/b", "automatic"]),
)
KEYS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["must", "expr", "all", "to", "standing", "tracks", "x-a", "on", "A b", "a/b~c"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def standards() -> list[JsonObject]:
    """Well-formed standards to begin with: the meta-schema's own, and the sketches if at hand."""
    found = [value for value in as_list(meta_schema()["examples"]) if isinstance(value, dict)]
    if SKETCHES.exists():
        text = SKETCHES.read_text(encoding="utf-8")
        for block in re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            value = read_yaml(block.encode(), "standard.yaml").value
            assert isinstance(value, dict)
            found.append(value)
    return found


def as_list(value: Json) -> list[Json]:
    """The value, which is a list."""
    assert isinstance(value, list)
    return value


def maps(value: Json) -> list[JsonObject]:
    """Each map that has keys, outermost first."""
    found = [value] if isinstance(value, dict) and value else []
    children = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    for child in children:
        found.extend(maps(child))
    return found


STANDARDS = standards()


@st.composite
def broken(draw: st.DrawFn) -> JsonObject:
    """A standard of which some keys are renamed, removed, doubled or refilled."""
    value = copy.deepcopy(draw(st.sampled_from(STANDARDS)))
    for _ in range(draw(st.integers(1, 4))):
        places = maps(value)
        if not places:
            break
        place = draw(st.sampled_from(places))
        key = draw(st.sampled_from(sorted(place)))
        change = draw(st.sampled_from(["rename", "misspell", "remove", "double", "refill"]))
        if change == "refill":
            place[key] = draw(VALUES)
            continue
        other = key[:-1] + "q" if change == "misspell" else draw(KEYS)
        child = place[key] if change == "double" else place.pop(key)
        if change != "remove":
            place[other] = child
    return value


def check(value: Json) -> None:
    """The law: no exception, faults in plain words, each at a place in the value, none twice."""
    told = faults(value)
    assert len(set(told)) == len(told)
    for fault in told:
        assert fault.message
        assert not fault.message.endswith(".")
        tokens = split_pointer(fault.pointer)
        assert resolve(value, join_pointer(tokens)) is not MISSING


@given(broken())
@settings(max_examples=200, deadline=None)
def test_a_standard_with_changed_keys_gives_faults_or_none(value: JsonObject) -> None:
    check(value)


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_any_value_gives_faults(value: Json) -> None:
    check(value)
    assert faults(value)


@given(st.sampled_from(STANDARDS), st.data())
@settings(max_examples=100, deadline=None)
def test_one_misspelt_key_of_the_file_is_told_at_that_key(
    standard: JsonObject, data: st.DataObject
) -> None:
    """The top-level key that was misspelt is named, and what it held is not called missing."""
    key = data.draw(st.sampled_from(sorted(key for key in standard if len(key) > 4)))
    value = {f"{name}q" if name == key else name: child for name, child in standard.items()}
    (fault,) = faults(value)
    assert (fault.pointer, fault.on_key) == (join_pointer((f"{key}q",)), True)
    assert f"'{key}'" in (fault.remedy or "")
