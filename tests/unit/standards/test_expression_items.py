"""Items at fault: an expression over all items of a list says which of them it does not hold of."""

from __future__ import annotations

import pytest

from pmo_core.standards.expressions.items import ItemText, item_texts


@pytest.mark.parametrize(
    ("text", "pointer", "body"),
    [
        ("record.a.all(x, x > 1.0)", "/a", "[item].all(x, x > 1.0)"),
        ("record.a.b['c-d'].all(x, x.y)", "/a/b/c-d", "[item].all(x, x.y)"),
        ("!has(record.a) || record.a.all(x, (x.y) || x.z)", "/a", "[item].all(x, (x.y) || x.z)"),
        ("record.n > 1.0 && record.a.all(x, x.y)", "/a", "[item].all(x, x.y)"),
        ("record.a.all(x, x.all(y, y))", "/a", "[item].all(x, x.all(y, y))"),
    ],
)
def test_the_body_of_an_all_becomes_a_question_about_one_item(
    text: str, pointer: str, body: str
) -> None:
    assert item_texts(text) == (ItemText(pointer, body),)


@pytest.mark.parametrize(
    "text",
    [
        "!record.a.all(x, x)",
        "(record.a.all(x, x)) || record.b",
        "record.a.exists(x, x)",
        "record.a.all(x, x) == record.b",
        "record.c ? record.a.all(x, x) : true",
        "item.a.all(x, x)",
        "size(record.a) > 1",
        "record[record.k].all(x, x)",
        "record.a.filter(x, x).all(y, y)",
        "record.a.all(",
        "",
    ],
)
def test_where_no_single_item_is_meant_none_is_named(text: str) -> None:
    assert item_texts(text) == ()


def test_two_lists_are_two_questions() -> None:
    found = item_texts("record.a.all(x, x) && record.b.all(y, y)")
    assert [one.pointer for one in found] == ["/a", "/b"]
