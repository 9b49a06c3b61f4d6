"""A place can always be told of a document that was read, whatever follows it in its stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.documents import Document, read_yaml_stream
from pmo_core.errors import InvalidDocument

GOOD = st.sampled_from(["id: a\n", "a: [1, {b: 2}]\n", "- &x 1\n- *x\n", "text\n", "a: |\n  b\n"])
BROKEN = st.sampled_from(
    ["id: a: b\n", "*x : 1\n", "- *x\n", "{", "a: 'b", "\t@", "%YAML 3\n", "- a\nb: c\n", "\x07"]
)
POINTERS = ("", "/id", "/a", "/a/1/b", "/0", "/1", "/none")


def _read(data: bytes) -> list[Document]:
    found = []
    try:
        for document in read_yaml_stream(data, "stream.yaml"):
            found.append(document)
    except InvalidDocument:
        pass
    return found


@given(st.lists(GOOD, min_size=1, max_size=3), BROKEN | st.text(max_size=20))
def test_places_of_the_documents_before_a_broken_one_are_told(good: list[str], rest: str) -> None:
    """S2.3: what cannot be read does not harm what stands before it."""
    data = "---\n".join([*good, rest]).encode("utf-8", "replace")
    for document in _read(data):
        for pointer in POINTERS:
            place = document.place(pointer)
            assert document.place_of_key(pointer).line >= 1
            assert document.line <= place.line <= data.count(b"\n") + 1 or place[1:] == (1, 1)


@pytest.mark.parametrize("broken", ["id: a: b\n", "- *never-marked\n", "{a: *never-marked}\n"])
def test_the_place_is_right_though_the_next_document_is_broken(broken: str) -> None:
    """S2.3: the line of the node, not that of the fault behind it."""
    (document, *_) = _read(f"id: a\nphase: zzz\n---\n{broken}".encode())
    assert document.place("/phase")[1:] == (2, 8)
