"""JSON Patch from users (RFC 6902): all of it is done, or nothing, and the culprit is named."""

from __future__ import annotations

import copy

import pytest

from pmo_core.documents import Json, JsonObject
from pmo_core.errors import InvalidDocument
from pmo_core.office.patches import MOST_OPERATIONS, patched

RECORD: JsonObject = {"id": "a", "risks": [{"id": "R-1"}, {"id": "R-2"}], "n": 1, "-": 0}


def do(name: str, path: str, **more: Json) -> JsonObject:
    return {"op": name, "path": path, **{key.rstrip("_"): value for key, value in more.items()}}


def test_all_six_operations_are_done_in_order() -> None:
    kept = copy.deepcopy(RECORD)
    result = patched(
        RECORD,
        [
            do("test", "/risks/0/id", value="R-1"),
            do("add", "/risks/-", value={"id": "R-3"}),
            do("replace", "/risks/0/id", value="R-9"),
            do("copy", "/m", from_="/n"),
            do("move", "/risks/0", from_="/risks/2"),
            do("remove", "/n"),
        ],
    )
    assert result == {
        "id": "a",
        "risks": [{"id": "R-3"}, {"id": "R-9"}, {"id": "R-2"}],
        "-": 0,
        "m": 1,
    }
    assert kept == RECORD


def test_the_patch_is_not_shared_with_the_record() -> None:
    operations: list[Json] = [
        do("add", "/a", value={"b": 1}),
        do("replace", "/a/b", value=2),
    ]
    kept = copy.deepcopy(operations)
    assert patched(RECORD, operations)["a"] == {"b": 2}
    assert operations == kept


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (do("replace", "/x", value=1), "replace '/x', fails: there is nothing at that path"),
        (do("remove", "/risks/2"), "remove '/risks/2', fails: there is nothing at that path"),
        (do("remove", "/risks/01"), "there is nothing at that path"),
        (do("replace", "/risks/-", value=1), "there is nothing at that path"),
        (do("remove", ""), "the whole record cannot be removed"),
        (do("add", "/risks/9", value=1), "there is no place for it at that path"),
        (do("add", "/x/y", value=1), "there is no place for it at that path"),
        (do("add", "/id/y", value=1), "there is no place for it at that path"),
        (do("move", "/y", from_="/x"), "there is nothing at '/x'"),
        (do("copy", "/x/y", from_="/n"), "there is no place for it at that path"),
        (do("move", "/risks/0/a", from_="/risks"), "a value cannot be moved into itself"),
        (do("test", "/n", value=2), "test '/n', fails: another value is there, or none"),
        (do("test", "/n", value=True), "another value is there, or none"),
        (do("test", "/x", value=None), "another value is there, or none"),
        (do("add", "/x"), "it has no 'value'"),
        (do("add", "x", value=1), "'x' is no JSON pointer"),
        (do("add", "/~2", value=1), "'~' stands alone in it"),
        (do("copy", "/x"), "copy, has no 'from'"),
        ({"op": "remove"}, "remove, has no 'path'"),
        ({"op": "remove", "path": 5}, "remove, has no 'path'"),
        (do("merge", "/x"), "has no 'op' that is known"),
        (do("REMOVE", "/n"), "has no 'op' that is known"),
        ({"op": ["add"], "path": "/x"}, "has no 'op' that is known"),
        ("remove", "is no object"),
    ],
)
def test_an_operation_that_fails_is_named_by_number_and_says_why(operation: Json, why: str) -> None:
    with pytest.raises(InvalidDocument) as error:
        patched(RECORD, [do("test", "/n", value=1), operation])
    assert error.value.message.startswith("operation 2 of the JSON Patch")
    assert error.value.message.endswith(why)


@pytest.mark.parametrize("patch", [None, "[]", {"op": "remove", "path": "/n"}, 5])
def test_what_is_no_array_is_no_patch(patch: Json) -> None:
    with pytest.raises(InvalidDocument, match="array of operations"):
        patched(RECORD, patch)


def test_a_record_stays_an_object() -> None:
    with pytest.raises(InvalidDocument, match="no object"):
        patched(RECORD, [do("replace", "", value=[])])
    assert patched(RECORD, [do("replace", "", value={"id": "b"})]) == {"id": "b"}


def test_a_thousand_operations_are_enough() -> None:
    operations: list[Json] = [do("add", "/n", value=1)] * MOST_OPERATIONS
    assert patched(RECORD, operations) == RECORD
    with pytest.raises(InvalidDocument, match="1,001 operations"):
        patched(RECORD, [*operations, do("add", "/n", value=1)])


def test_copies_that_double_are_stopped() -> None:
    """S1.5: forty operations would make a million million values."""
    doubling: list[Json] = [do("copy", f"/risks/{number}", from_="/risks") for number in range(40)]
    with pytest.raises(InvalidDocument, match="copies more than a document may hold"):
        patched({"risks": ["x" * 1_000]}, doubling)


def test_nesting_beyond_the_limits_is_refused() -> None:
    """S1.5."""
    path = "/a"
    deeper: list[Json] = []
    for _level in range(12):
        deeper.append(do("copy", f"{path}/b", from_="/a"))
        path = path + path.removeprefix("/a") + "/b"
    with pytest.raises(InvalidDocument):
        patched({"a": {}}, deeper)


@pytest.mark.parametrize("value", [float("nan"), 2**60, "\udcff", (1, 2)])
def test_a_value_that_no_record_can_hold_is_refused(value: Json) -> None:
    """S1.2."""
    with pytest.raises(InvalidDocument):
        patched(RECORD, [do("add", "/x", value=value)])
