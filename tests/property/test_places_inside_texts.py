"""A character of a text is found where it is written, however the text is folded or quoted."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from pmo_core.documents import document_at, join_documents, read_json, read_yaml
from pmo_core.documents.places import Place

SIGNS = st.sampled_from([*"abcx'\"\\#:&-|>{[ \n\t", "é", "\U0001f600", "  ", "\n\n"])
TEXTS = st.lists(SIGNS, min_size=1, max_size=40).map("".join)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(TEXTS, STYLES, st.integers(8, 60), st.booleans())
def test_a_character_is_found_where_it_is_written(
    text: str, style: str | None, width: int, in_list: bool
) -> None:
    value = {"first": "x", "expr": [text] if in_list else text}
    written = yaml.dump(
        value, default_style=style, width=width, allow_unicode=True, sort_keys=False
    )
    document = read_yaml(written.encode(), "f")
    assume(document.value == value)
    lines = written.split("\n")
    for offset, sign in enumerate(text):
        if sign in " \t\n" or sign == "\\":
            continue
        before = text[:offset].split("\n")
        pointer = "/expr/0" if in_list else "/expr"
        place = document.place_inside(pointer, len(before) - 1, len(before[-1]))
        found = lines[place.line - 1][place.column - 1 :]
        assert found.startswith((sign, "\\", "''" if sign == "'" else sign))


@pytest.mark.parametrize(
    ("written", "line", "column", "expected"),
    [
        ("e: a b\n", 0, 2, (1, 6)),
        ("e: &x a b\n", 0, 2, (1, 9)),
        ("e: |\n  a\n   b\n", 1, 1, (3, 4)),
        ("e: | # more\n  a\n  b\n", 1, 0, (3, 3)),
        ("e: >-\n  a\n  b\n\n  c\n", 1, 0, (5, 3)),
        ("e: a\n   b\n", 0, 2, (2, 4)),
        ("e: 'a''b'\n", 0, 2, (1, 8)),
        ('e: "a\\tb"\n', 0, 2, (1, 8)),
        ('e: "a\\x41b"\n', 0, 2, (1, 10)),
        ('e: "a\\\n  b"\n', 0, 1, (2, 3)),
        ("e: ab\n", 0, 2, (1, 6)),
        ("\ufeffe: ab\n", 0, 1, (1, 5)),
        ("e: |\r\n  a\r\n  b\r\n", 1, 0, (3, 3)),
        ("e: ''\n", 0, 0, (1, 4)),
    ],
)
def test_how_yaml_may_be_written(
    written: str, line: int, column: int, expected: tuple[int, int]
) -> None:
    document = read_yaml(written.encode(), "f")
    assert document.place_inside("/e", line, column)[1:] == expected


def test_where_nothing_is_known_of_the_inside_it_is_the_place_of_the_text() -> None:
    json = read_json(b'{"e": "a\\nb"}', "f")
    assert json.place_inside("/e", 1, 0) == json.place("/e")
    yaml_ = read_yaml(b"e: [1]\n", "f")
    assert yaml_.place_inside("/e", 0, 0) == yaml_.place("/e")
    assert yaml_.place_inside("/gone", 0, 0) == yaml_.place("/gone")
    placed = document_at({"e": "a b"}, Place("table", 7, 1))
    assert placed.place_inside("/e", 0, 2) == ("table", 7, 1)
    joined = join_documents("both", {"one": read_yaml(b"e: a b\n", "f")})
    assert joined.place_inside("/one/e", 0, 2) == ("f", 1, 6)
    assert joined.place_inside("/two/e", 0, 2)[0] in ("both", "f")
