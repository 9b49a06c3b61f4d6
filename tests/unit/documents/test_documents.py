"""Pointers, documents of several files, limits of the Python API, digests (S1)."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import Any

import pytest

from pmo_core.documents import (
    MISSING,
    Document,
    Json,
    Place,
    canonical,
    check_value,
    digest,
    digest_bytes,
    join_documents,
    join_pointer,
    read_json,
    read_json_lines,
    read_yaml,
    read_yaml_stream,
    resolve,
    split_pointer,
)
from pmo_core.errors import InvalidDocument

RECORD: Json = {"risks": [{"id": "R-1"}, None], "a/b": {"m~n": 1}, "": 2, "0": 3}


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", RECORD),
        ("/risks/0/id", "R-1"),
        ("/risks/1", None),
        ("/a~1b/m~0n", 1),
        ("/", 2),
        ("/0", 3),
        ("/risks/2", MISSING),
        ("/risks/-", MISSING),
        ("/risks/01", MISSING),
        ("/risks/-1", MISSING),
        ("/risks/\u0660", MISSING),
        ("/risks/0/id/deeper", MISSING),
        ("/nothing", MISSING),
    ],
)
def test_a_pointer_finds_its_value_or_nothing(pointer: str, expected: object) -> None:
    """RFC 6901; null is found, and is not the same as nothing."""
    assert resolve(RECORD, pointer) is expected or resolve(RECORD, pointer) == expected


def test_what_is_not_there_may_be_given() -> None:
    assert resolve(RECORD, "/nothing", None) is None


def test_pointers_are_joined_and_split() -> None:
    assert join_pointer(["a/b", 0, "m~n", ""]) == "/a~1b/0/m~0n/"
    assert split_pointer("/a~1b/0/m~0n/") == ("a/b", "0", "m~n", "")
    assert split_pointer("/~01") == ("~1",)


@pytest.mark.parametrize("pointer", ["risks", "#/risks", "/a~", "/a~2b", "/a~~01"])
def test_what_is_no_pointer_is_refused(pointer: str) -> None:
    with pytest.raises(InvalidDocument, match="is no JSON pointer"):
        resolve(RECORD, pointer)


def test_joined_documents_keep_the_places_of_their_files() -> None:
    kep = read_yaml(b"title: T\nstage:\n  - alpha\n", "kep.yaml")
    review = read_json(b'{"alpha": {"approver": "x"}}', "prr/42.json")
    joined = join_documents("42", {"kep": kep, "a/b": review, "absent": None})
    assert joined.name == "42"
    assert joined.value == {"kep": kep.value, "a/b": review.value}
    assert joined.place("/kep/stage/0") == Place("kep.yaml", 3, 5)
    assert joined.place("/kep/missing") == Place("kep.yaml", 1, 1)
    assert joined.place("/a~1b/alpha/approver") == Place("prr/42.json", 1, 24)
    assert joined.place_of_key("/a~1b/alpha/approver") == Place("prr/42.json", 1, 12)
    assert joined.place("") == joined.place("/absent/x") == Place("kep.yaml", 1, 1)


def test_documents_joined_from_nothing_begin_at_their_name() -> None:
    joined = join_documents("42", {"kep": None})
    assert joined.value == {}
    assert joined.place("/kep") == Place("42", 1, 1)


def test_joined_documents_may_not_be_deeper_than_one() -> None:
    """S1.5: the object that joins them is a level too."""
    deep = read_json(b"[" * 100 + b"]" * 100, "deep.json")
    with pytest.raises(InvalidDocument, match="more than 100 levels"):
        join_documents("both", {"deep": deep})


def one_of_lines() -> Document:
    found = list(read_json_lines([b"1", b'{"a": 1}'], "a.jsonl"))[1]
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    "make",
    [
        lambda: read_yaml(b"x: 1\na: 1", "a.yaml"),
        lambda: read_json(b'{"a": 1}', "a.json"),
        lambda: list(read_yaml_stream(b"1\n---\na: 1", "a.yaml"))[1],
        one_of_lines,
        lambda: join_documents("j", {"a": read_json(b"1", "a.json")}),
    ],
)
def test_a_document_goes_to_another_process_whole(make: Callable[[], Document]) -> None:
    """Places are asked for where findings are rendered, which may be elsewhere."""
    document = make()
    copy = pickle.loads(pickle.dumps(document))
    assert copy.value == document.value
    assert copy.place("/a") == document.place("/a")
    assert copy.line == document.line


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"a": (1, 2)}, "/a"),
        ({"a": [1, Decimal("1.5")]}, "/a/1"),
        ({"a": Level.HIGH}, "/a"),
        ({"a": {1: 2}}, "/a"),
        ({"a": b"x"}, "/a"),
        ({"a": float("nan")}, "/a"),
        ({"a": float("-inf")}, "/a"),
        ({"a": 2**53}, "/a"),
        ({"a": -(10**5000)}, "/a"),
        ({"a": 1e300}, "/a"),
        ({"a": ["\ud800"]}, "/a/0"),
        ({"\udc00": 1}, ""),
        ({"a": "x" * 1_000_001}, "/a"),
        (object(), ""),
    ],
)
def test_what_no_file_could_hold_is_refused_from_python_too(value: Any, pointer: str) -> None:
    """S1.5: checked wherever a value enters."""
    with pytest.raises(InvalidDocument) as caught:
        check_value(value, "api")
    assert (caught.value.source, caught.value.pointer) == ("api", pointer)
    assert caught.value.remedy


def test_a_value_that_contains_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(InvalidDocument, match="more than 100 levels"):
        check_value(value, "api")


def test_a_value_within_the_limits_is_let_through() -> None:
    check_value({"a": [1.0, 1.5, True, None, "é", {"b": 2**53 - 1}]}, "api")


@pytest.mark.parametrize(
    "value", [{"a": {1: 2}}, [float("nan")], [2**53], ["\ud800"], object(), [Decimal(1)]]
)
def test_what_has_no_canonical_json_is_refused(value: Any) -> None:
    with pytest.raises(InvalidDocument, match="has no canonical JSON"):
        canonical(value)


def test_a_value_too_deep_for_canonical_json_is_refused() -> None:
    value: Json = 1
    for _ in range(100_000):
        value = [value]
    with pytest.raises(InvalidDocument, match="nested too deep"):
        canonical(value)


def test_digests_are_sha_256_of_canonical_json() -> None:
    """The digests of `{}` and of nothing, as sha256sum has them."""
    of_braces = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    of_nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest({}) == digest_bytes(b"{}") == of_braces
    assert digest_bytes(b"") == of_nothing
