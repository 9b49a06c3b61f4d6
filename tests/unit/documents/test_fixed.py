"""A value without a text of its own is shown at one place, whatever part of it is meant."""

from __future__ import annotations

import pytest

from pmo_core.documents import Place, document_at, join_documents
from pmo_core.errors import InvalidDocument

HERE = Place("history.jsonl", 7, 1)


def test_every_part_stands_at_the_place() -> None:
    document = document_at({"a": {"b": [1]}}, HERE)
    assert (document.name, document.line) == ("history.jsonl", 7)
    assert {document.place(pointer) for pointer in ("", "/a", "/a/b/0", "/nowhere")} == {HERE}
    assert document.place_of_key("/a") == HERE


def test_it_can_be_joined_with_others() -> None:
    joined = join_documents("both", {"one": document_at({"a": 1}, HERE)})
    assert joined.place("/one/a") == HERE


def test_a_value_beyond_the_limits_is_refused() -> None:
    """S1.5: values through the Python API are checked where they enter."""
    with pytest.raises(InvalidDocument):
        document_at(float("nan"), HERE)
