"""YAML is read as the 1.2 core schema, and nothing more (S2.1, S2.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pmo_core.documents import Json, Place, Scalars, read_yaml, read_yaml_stream
from pmo_core.errors import InvalidDocument

KEPS = Path(__file__).parents[4] / "shared/data/kep/keps"


def value(text: str, scalars: Scalars = Scalars.TYPED) -> Json:
    return read_yaml(text.encode(), "a.yaml", scalars=scalars).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-0", 0),
        ("+7", 7),
        ("007", 7),
        ("0o17", 15),
        ("0xfF", 255),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1),
        ("1.0", 1),
        ("-0.0", 0),
        ("1e3", 1000),
        ("1.10", 1.1),
        ("1e-7", 1e-7),
        ("9007199254740991", 2**53 - 1),
        ("00000000000000000000000000001", 1),
    ],
)
def test_core_scalars_are_typed(text: str, expected: Json) -> None:
    assert repr(value(text)) == repr(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "off", "y", "N", "2026-03-01", "2026-13-99", "2026-03-01T09:00:00Z"),
        *("12:30:45", "1_000", "0b11", "0o8", "0xG", "nULL", "tRUE", "inf", "NaN", "+", "-1-", "."),
        *("1e", "e5", "3.10.1", "v1.2", "=", "<<", "\u0661\u0662"),
    ],
)
def test_whatever_else_is_plain_is_text(text: str) -> None:
    """S2.1: no timestamps, no yes and no, no sexagesimal."""
    assert value(text) == text


@pytest.mark.parametrize("text", ["'12'", '"12"', "!!str 12", "! 12", "|-\n 12", ">-\n 12"])
def test_a_number_that_is_quoted_is_text(text: str) -> None:
    assert value(text) == "12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!int '12'", 12),
        ("!!float 1", 1),
        ("!!float 1.5", 1.5),
        ("!!bool true", True),
        ("!!null ''", None),
        ("!!map {a: !!seq [1]}", {"a": [1]}),
    ],
)
def test_a_core_tag_is_taken_where_it_fits(text: str, expected: Json) -> None:
    assert repr(value(text)) == repr(expected)


def test_a_merge_key_is_an_ordinary_key() -> None:
    assert value("a: &a {x: 1}\nb: {<<: *a}") == {"a": {"x": 1}, "b": {"<<": {"x": 1}}}


def test_keys_that_older_yaml_takes_for_booleans_are_text() -> None:
    assert value("on: 1\nyes: 2\nn: 3") == {"on": 1, "yes": 2, "n": 3}


def test_an_alias_is_what_its_anchor_stands_for_at_that_point() -> None:
    assert value("[&a 1, *a, &a 2, *a]") == [1, 1, 2, 2]
    assert value("&k key: 1\nother: *k") == {"key": 1, "other": "key"}
    assert value("a: &k key\nb: {*k : 1}") == {"a": "key", "b": {"key": 1}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    document = read_yaml("título: 'é😀'\nb: 1".encode(encoding), "a.yaml")
    assert document.value == {"título": "é😀", "b": 1}
    assert document.place("/b") == Place("a.yaml", 2, 4)


def test_as_strings_every_plain_scalar_is_what_was_written() -> None:
    """S2.2: `v1.20` stays, `1.20` stays, null is the empty text."""
    text = "{1.20: 1.20, true: yes, d: 0x1F, n: ~, e: , f: null, q: '~', i: .inf}"
    assert value(text, Scalars.STRINGS) == {
        "1.20": "1.20",
        "true": "yes",
        "d": "0x1F",
        "n": "",
        "e": "",
        "f": "",
        "q": "~",
        "i": ".inf",
    }


def test_a_stream_gives_its_documents_with_their_places() -> None:
    """S2.5: each document's places are in the one file that holds all."""
    data = b"---\na: 1\n---\n# nothing\n---\n- x\n- y: 2\n"
    first, second, third = read_yaml_stream(data, "s.yaml")
    assert [document.value for document in (first, second, third)] == [
        {"a": 1},
        None,
        ["x", {"y": 2}],
    ]
    assert [document.line for document in (first, second, third)] == [1, 3, 5]
    assert third.place("/1/y") == Place("s.yaml", 7, 6)
    assert first.place("/a") == Place("s.yaml", 2, 4)


def test_a_stream_yields_what_stands_before_a_fault() -> None:
    stream = read_yaml_stream(b"a: 1\n---\na: 1\na: 2\n", "s.yaml")
    assert next(stream).value == {"a": 1}
    with pytest.raises(InvalidDocument, match="already at line 3, column 1"):
        next(stream)


def test_an_anchor_is_forgotten_at_the_end_of_its_document() -> None:
    stream = read_yaml_stream(b"a: &x 1\n---\nb: *x\n", "s.yaml")
    next(stream)
    with pytest.raises(InvalidDocument, match="nothing before it is marked '&x'"):
        next(stream)


PLACES = b"""\
id: P-1
budget:
  approved: 1
risks:
- id: R-1
  owner:
base: &base {owner: ana}
copy: *base
list: [a,
  b]
"""


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/id", 1, 5),
        ("/budget", 2, 1),
        ("/budget/approved", 3, 13),
        ("/risks", 4, 1),
        ("/risks/0", 5, 3),
        ("/risks/0/owner", 6, 3),
        ("/risks/7", 4, 1),
        ("/copy", 8, 7),
        ("/copy/owner", 7, 21),
        ("/copy/missing", 7, 7),
        ("/list/1", 10, 3),
        ("/nowhere/at/all", 1, 1),
    ],
)
def test_a_place_is_on_the_line_that_names_the_node(pointer: str, line: int, column: int) -> None:
    """S2.5: the value's column if it is on the key's line, else the key's."""
    assert read_yaml(PLACES, "a.yaml").place(pointer) == Place("a.yaml", line, column)


@pytest.mark.parametrize(
    ("pointer", "line", "column"), [("/id", 1, 1), ("/budget/approved", 3, 3), ("/risks/0", 5, 3)]
)
def test_a_key_has_a_place_of_its_own(pointer: str, line: int, column: int) -> None:
    assert read_yaml(PLACES, "a.yaml").place_of_key(pointer) == Place("a.yaml", line, column)


def test_without_libyaml_the_values_and_places_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = read_yaml(PLACES, "a.yaml")
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = read_yaml(PLACES, "a.yaml")
    assert slow.value == quick.value
    assert slow.place("/risks/0/owner") == Place("a.yaml", 6, 3)


@pytest.mark.parametrize(
    "text", ["a: 'x", "a: [1", "a:\n\tb: 1", "a: b: c", "a: \x01", "a: @x", "a\nb: c"]
)
def test_without_libyaml_a_fault_has_its_place_too(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(InvalidDocument) as caught:
        value(text)
    assert caught.value.line
    assert caught.value.column
    assert caught.value.remedy


@pytest.mark.skipif(not KEPS.is_dir(), reason="needs ../shared/data/kep")
def test_every_real_record_is_read_as_an_independent_reader_has_it() -> None:
    """656 records of a public repository, every scalar as text."""

    def with_empty_nulls(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: with_empty_nulls(member) for key, member in value.items()}
        if isinstance(value, list):
            return [with_empty_nulls(item) for item in value]
        return "" if value in ("~", "null") else value

    files = sorted(KEPS.rglob("kep.yaml"))
    assert len(files) == 656
    for file in files:
        data = file.read_bytes()
        found = read_yaml(data, file.name, scalars=Scalars.STRINGS).value
        assert found == with_empty_nulls(yaml.load(data, Loader=yaml.CBaseLoader)), file
