"""JSON and JSON Lines are read as I-JSON (S1.2, S2.2)."""

from __future__ import annotations

import io

import pytest

from pmo_core.documents import (
    Document,
    Json,
    Place,
    Scalars,
    parse_line,
    read_document,
    read_json,
    read_json_lines,
)
from pmo_core.errors import InvalidDocument


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"n":1.0}', {"n": 1}),
        (b'{"n":1.50}', {"n": 1.5}),
        (b'{"n": -0.0}', {"n": 0}),
        (b"1.0", 1),
        (b"1E2", 100),
        (b"[1e+15]", [10**15]),
        (b'["v1.0","1.0,2",1.5]', ["v1.0", "1.0,2", 1.5]),
        (b"[9007199254740991,-9007199254740991]", [2**53 - 1, 1 - 2**53]),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b" \r\n[ null , true ]\n", [None, True]),
        (b'{"":{"":0}}', {"": {"": 0}}),
    ],
)
def test_values_are_those_of_i_json(text: bytes, expected: Json) -> None:
    assert repr(read_json(text, "a.json").value) == repr(expected)
    assert repr(parse_line(text)) == repr(expected)


def test_as_strings_a_number_is_its_source_text() -> None:
    """S2.2: so `1.20` keeps its nought, and a number of any length is taken."""
    text = b'{"a":1.20,"b":[1e400,null,true,false,"x"],"c":123456789012345678901234567890}'
    assert parse_line(text, scalars=Scalars.STRINGS) == {
        "a": "1.20",
        "b": ["1e400", "", "true", "false", "x"],
        "c": "123456789012345678901234567890",
    }


@pytest.mark.parametrize(
    "text", [b'{"a":1,"a":2}', b'["\\ud800"]', b"[NaN]", b"[01]", b"\xff", b""]
)
@pytest.mark.parametrize("scalars", list(Scalars))
def test_as_strings_faults_are_faults_all_the_same(text: bytes, scalars: Scalars) -> None:
    with pytest.raises(InvalidDocument):
        parse_line(text, scalars=scalars)


def test_one_bad_line_stops_no_other() -> None:
    lines = [b'{"id":"a"}\n', b"\n", b'{"id":\n', b"  \r\n", b'{"id":"b"}']
    first, bad, last = read_json_lines(lines, "r.jsonl")
    assert isinstance(first, Document)
    assert isinstance(bad, InvalidDocument)
    assert isinstance(last, Document)
    assert (first.value, last.value) == ({"id": "a"}, {"id": "b"})
    assert str(bad).startswith("r.jsonl:3:7: the text ends before its value does")
    assert (first.line, last.line) == (1, 5)
    assert last.place("/id") == Place("r.jsonl", 5, 7)


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read() -> None:
    file = io.BytesIO(b'\xef\xbb\xbf{"id":1}\r\n\r\n{"id":2}\r\n')
    found = [(d.line, d.value) for d in read_json_lines(file, "r.jsonl") if isinstance(d, Document)]
    assert found == [(1, {"id": 1}), (3, {"id": 2})]


def test_lines_are_read_one_by_one() -> None:
    """S2.3: nothing behind a line is asked for before the line is handed out."""

    def lines() -> object:
        yield b"1\n"
        raise AssertionError("the second line was asked for")

    first = next(read_json_lines(lines(), "r.jsonl"))  # type: ignore[arg-type]
    assert isinstance(first, Document)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/a", 2, 8),
        ("/a/1/b~1c", 2, 20),
        ("/d", 3, 3),
        ("/d/0", 4, 4),
        ("/a/9", 2, 8),
        ('/q"', 5, 10),
    ],
)
def test_a_place_is_on_the_line_that_names_the_node(pointer: str, line: int, column: int) -> None:
    text = b'{\n  "a": [1, {"b/c": 2}],\n  "d":\n  [3],\n  "q\\"": 4\n}'
    assert read_json(text, "a.json").place(pointer) == Place("a.json", line, column)


def test_columns_are_counted_in_characters() -> None:
    document = read_json('\ufeff{"é😀": 1, "b": 2}'.encode(), "a.json")
    assert document.place("/b") == Place("a.json", 1, 16)


def test_an_error_on_a_line_names_source_and_line_where_they_are_given() -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse_line(b'{"a":1,"a":2}', "r.jsonl", 7)
    assert caught.value.place == "r.jsonl:7:8"
    assert caught.value.pointer == "/a"


@pytest.mark.parametrize(
    ("name", "is_json"),
    [("a.json", True), ("A.JSON", True), ("a.jsonl", True), ("a.yaml", False), ("-", False)],
)
def test_the_name_says_how_a_document_is_read(name: str, is_json: bool) -> None:
    assert read_document(b'{"a": 1}', name).value == {"a": 1}
    if is_json:
        with pytest.raises(InvalidDocument):
            read_document(b"a: 1", name)
    else:
        assert read_document(b"a: 1", name).value == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'{"a": 1, "a": 2}',
        b'{"a" : 1 , "a" : 2}',
        b'{"a": {"b": [{"c": "x", "c": "x"}]}}',
        b'{"": 1, "": 1}',
        # What is lost with the first key must not be made up for by what is written elsewhere.
        b'{"a": 1, "a": 2, "t": "\\u0022\\u0022"}',
        b'{"a": "\\"", "\\u0061": "", "t": "\\u0022:"}',
        b'{"a": "x", "a": "", "t": "\xe2\x80\x9c"}',
    ],
)
def test_a_key_that_is_there_twice_is_refused_however_it_is_spaced(text: bytes) -> None:
    """S1.2: the quick readers keep the last of two equal keys, and must be seen through."""
    with pytest.raises(InvalidDocument, match="is already at"):
        read_json(text, "a.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'{"n": 9007199254740992}', "9007199254740992"),
        (b'{"n": 18446744073709551616}', "18446744073709551616"),
        (b'{"n": 1e16}', "1e"),
        (b'{"n": 1e400}', "1e400"),
        (b'{"t": "\\n", "n": 1e400}', "1e400"),
    ],
)
def test_a_number_that_is_not_exact_is_refused_in_spaced_text(text: bytes, message: str) -> None:
    """S1.2."""
    with pytest.raises(InvalidDocument, match=message):
        read_json(text, "a.json")
