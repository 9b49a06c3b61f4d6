"""Laws of canonical JSON: the quick writer and RFC 8785's own reference agree to the byte."""

from __future__ import annotations

import json

import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from pmo_core.documents import Json, canonical, digest, digest_bytes, read_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-100, 100)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | FLOATS | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=15,
)


@given(VALUES)
@example({"\U00010000": 1, "\uffff": 2})
@example({"é": 1.5, "\u0000\u001f\u007f\u2028": [1e21, 1e-7, 0.001, 999999999999999.9]})
def test_canonical_is_rfc_8785(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(FLOATS)
def test_a_float_is_written_as_rfc_8785_has_it(number: float) -> None:
    assert canonical([number]) == rfc8785.dumps([number])


@given(VALUES)
def test_the_order_in_which_keys_were_written_does_not_matter(value: Json) -> None:
    def turned(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: turned(member) for key, member in reversed(value.items())}
        return [turned(item) for item in value] if isinstance(value, list) else value

    assert canonical(turned(value)) == canonical(value)
    assert digest(value) == digest_bytes(canonical(value))


@given(st.dictionaries(TEXTS, st.integers(-1000, 1000) | TEXTS | st.floats(-1e9, 1e9)))
def test_reading_what_was_canonically_written_changes_nothing(value: Json) -> None:
    written = canonical(value)
    assert canonical(read_json(written, "a.json").value) == written
    assert json.loads(written) == value
