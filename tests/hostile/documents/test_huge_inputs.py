"""Inputs that are only bad by their size are refused in bounded time and memory (S1.5)."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from typing import NamedTuple

import pytest

from pmo_core.documents import (
    Document,
    Limits,
    check_value,
    parse_line,
    read_json,
    read_json_lines,
    read_yaml,
)
from pmo_core.errors import InvalidDocument

pytestmark = pytest.mark.timeout(60)

MEGABYTE = 1_000_000


class Huge(NamedTuple):
    """An input made by `make`, and how its error begins."""

    name: str
    make: Callable[[], bytes]
    error: str


def alias_bomb() -> bytes:
    """Nine levels, each nine times the one before: 3.9e8 values in 400 bytes."""
    lines = ["l0: &l0 [" + ", ".join(["x"] * 9) + "]"]
    lines += [f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * 9) + "]" for n in range(1, 9)]
    return "\n".join(lines).encode()


def alias_bomb_of_text() -> bytes:
    """One text of 0.9 MB, repeated a thousand times."""
    return b"a: &a " + b"x" * 900_000 + b"\nb:\n" + b"  - *a\n" * 1_000


def alias_ladder() -> bytes:
    """Each list holds the one before: 120 levels, none of them written inside another."""
    lines = ["l0: &l0 [x]"] + [f"l{n}: &l{n} [*l{n - 1}]" for n in range(1, 120)]
    return "\n".join(lines).encode()


YAML = [
    Huge("alias-bomb", alias_bomb, "f:7:10: more than 1,000,000 values, once its aliases"),
    Huge("alias-bomb-of-text", alias_bomb_of_text, "f:14:5: the document, once its aliases"),
    Huge("alias-ladder", alias_ladder, "f:100:12: more than 100 levels of nesting"),
    Huge("lists-ten-thousand-deep", lambda: b"[" * 10_000, "f:1:1001: more than 100 levels"),
    Huge("objects-ten-thousand-deep", lambda: b"{a: " * 10_000, "f:1:401: more than 100 levels"),
    Huge("items-ten-thousand-deep", lambda: b"- " * 10_000 + b"x", "f:1:201: more than 100 levels"),
    Huge(
        "keys-two-thousand-deep",
        lambda: b"\n".join(b" " * n + b"a:" for n in range(2_000)),
        "f:101:101: more than 100 levels",
    ),
    Huge("text-of-ten-megabytes", lambda: b"a: " + b"x" * 9_999_990, "f:1:4: a text longer than 1"),
    Huge(
        "block-text-of-two-megabytes",
        lambda: b"a: |\n" + b"  xxxxxxx\n" * 250_000,
        "f:1:4: a text longer than 1 MB",
    ),
    Huge(
        "text-of-one-megabyte-in-two-byte-letters",
        lambda: b"a: " + "é".encode() * 500_001,
        "f:1:4: a text longer than 1 MB",
    ),
    Huge("document-of-eleven-megabytes", lambda: b"- x\n" * 2_750_000, "f:1:1: the document is"),
    Huge("too-many-items", lambda: b"- 1\n" * 1_000_000, "f:1000000:3: more than 1,000,000 values"),
    Huge("integer-of-a-million-digits", lambda: b"9" * 999_999, "f:1:1: the number 99999"),
    Huge(
        "hexadecimal-of-a-million-digits", lambda: b"0x" + b"F" * 999_990, "f:1:1: the number 0xF"
    ),
    Huge("exponent-of-a-million-digits", lambda: b"1e" + b"9" * 999_990, "f:1:1: '1e9999"),
    Huge("key-of-two-thousand-letters", lambda: b"k" * 2_000 + b": 1", "f:1:2001: a key is longer"),
    Huge("anchors-without-end", lambda: b"&a " * 100_000, "f:1:4: "),
    Huge("open-quotes", lambda: b'- "x\n' * 100_000, "f:2:4: "),
    Huge("one-million-tabs", lambda: b"a:\n" + b"\t" * 1_000_000 + b"b", "f:2:1: a tab cannot"),
]

JSON = [
    Huge("lists-hundred-thousand-deep", lambda: b"[" * 100_000, "f:1:101: more than 100 levels"),
    Huge(
        "objects-hundred-thousand-deep",
        lambda: b'{"a":' * 100_000,
        "f:1:501: more than 100 levels",
    ),
    Huge(
        "lists-closed-hundred-and-one-deep",
        lambda: b"[" * 101 + b"]" * 101,
        "f:1:101: more than 100 levels",
    ),
    Huge(
        "text-of-nine-megabytes", lambda: b'["' + b"x" * 9_000_000 + b'"]', "f:1:2: a text longer"
    ),
    Huge(
        "key-of-two-megabytes", lambda: b'{"' + b"k" * 2_000_000 + b'":1}', "f:1:2: a text longer"
    ),
    Huge(
        "document-of-eleven-megabytes", lambda: b" " * 11_000_000, "f:1:1: the document is larger"
    ),
    Huge(
        "too-many-items",
        lambda: b"[" + b"1," * 1_000_000 + b"1]",
        "f:1:2000000: more than 1,000,000 values",
    ),
    Huge(
        "integer-of-a-million-digits", lambda: b"[" + b"9" * 999_999 + b"]", "f:1:2: the number 9"
    ),
    Huge(
        "integer-of-five-thousand-digits", lambda: b"[" + b"9" * 5_000 + b"]", "f:1:2: the number"
    ),
    Huge("exponent-of-a-million-digits", lambda: b"1e" + b"9" * 999_990, "f:1:1: '1e9999"),
    Huge("open-quotes", lambda: b'"\\' * 1_000_000, "f:1:1: the quote"),
]


@pytest.mark.parametrize("case", YAML, ids=lambda case: case.name)
def test_huge_yaml_is_refused(case: Huge) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_yaml(case.make(), "f")
    assert str(caught.value).startswith(case.error)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("case", JSON, ids=lambda case: case.name)
def test_huge_json_is_refused(case: Huge) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_json(case.make(), "f")
    assert str(caught.value).startswith(case.error)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("make", [alias_bomb, alias_bomb_of_text, alias_ladder])
def test_aliases_are_refused_in_little_memory(make: Callable[[], bytes]) -> None:
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(InvalidDocument):
            read_yaml(data, "f")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5 * MEGABYTE


def test_a_line_without_an_end_is_never_held() -> None:
    """S1.5: of a line longer than a document may be no more is kept than that."""

    class Endless(io.RawIOBase):
        """A hundred megabytes without a line end, then one good line."""

        def __init__(self) -> None:
            self.left = 100 * MEGABYTE

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            count = min(len(buffer), self.left)
            buffer[:count] = b"x" * count
            self.left -= count
            return count

    limits = Limits(document_bytes=MEGABYTE)
    tracemalloc.start()
    try:
        found = list(read_json_lines(io.BufferedReader(Endless()), "f", limits=limits))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [str(error) for error in found] == [
        "f:1:1: the line is larger than 1 MB. Split it, or keep large content in files of its own."
    ]
    assert peak < 10 * MEGABYTE


def test_a_line_that_is_too_long_stops_no_other() -> None:
    file = io.BytesIO(b'{"a":1}\n"' + b"x" * 11 * MEGABYTE + b'"\n\n{"b":2}\n')
    first, second, third = read_json_lines(file, "f")
    assert isinstance(first, Document)
    assert isinstance(second, InvalidDocument)
    assert isinstance(third, Document)
    assert (first.line, second.line, third.line) == (1, 2, 4)


def test_at_the_limits_a_document_is_read() -> None:
    deep = b"[" * 100 + b"]" * 100
    long = b'"' + b"x" * MEGABYTE + b'"'
    many = b"[" + b",".join([b"1"] * 999_999) + b"]"
    for data in (deep, long, many):
        assert read_json(data, "f").value is not None
    for data in (deep, long):
        assert read_yaml(data, "f").value == parse_line(data)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (b'{"a": [1]}', Limits(depth=1)),
        (b'{"a": [1, 2]}', Limits(nodes=3)),
        (b'{"a": "long"}', Limits(scalar_bytes=3)),
        (b'{"long": 1}', Limits(scalar_bytes=3)),
        (b'{"a": [1]}', Limits(document_bytes=9)),
    ],
)
def test_an_office_may_lower_each_limit(text: bytes, limits: Limits) -> None:
    """S1.5: by YAML, JSON, JSON Lines and the Python API alike."""
    for read in (read_yaml, read_json):
        with pytest.raises(InvalidDocument):
            read(text, "f", limits=limits)
    assert isinstance(next(read_json_lines([text], "f", limits=limits)), InvalidDocument)
    if limits.document_bytes > len(text):
        with pytest.raises(InvalidDocument):
            check_value(parse_line(text), "f", limits=limits)
