"""Facts of the command line: of the declared type, and read by the standard (S8.1, S16)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pmo_core.documents import Json
from pmo_core.errors import InvalidDocument
from pmo_core.office.facts_by_hand import facts_by_hand, unused_marks
from pmo_core.office.session import Session
from pmo_core.render.words import mark_words
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard

NEEDS = """{facts: {
    lab.open: {type: boolean}, lab.count: {type: integer}, lab.share: {type: number},
    lab.name: {type: string}, lab.names: {type: array, items: string}, lab.all: {type: object}
}}"""


def small() -> Standard:
    return a_standard("{told: {must: It is told, expr: facts.lab.open}}", needs=NEEDS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lab.open", False),
        ("lab.count", 3),
        ("lab.count", 3.0),
        ("lab.share", 3),
        ("lab.share", 0.5),
        ("lab.names", []),
        ("lab.names", ["a"]),
        ("lab.all", {}),
        ("other.fact", [1]),
    ],
)
def test_a_value_of_the_declared_type_is_taken(name: str, value: Json) -> None:
    (fact,) = facts_by_hand(small(), {name: value}).values()
    assert (fact.value, fact.by_hand) == (value, True)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("lab.open", 1, "integer; the standard declares it as boolean"),
        ("lab.open", None, "null; the standard declares it as boolean"),
        ("lab.count", True, "boolean; the standard declares it as integer"),
        ("lab.count", 0.5, "number; the standard declares it as integer"),
        ("lab.name", {}, "object; the standard declares it as string"),
        ("lab.names", "a", "string; the standard declares it as array"),
        ("lab.names", ["a", 1], "an array that holds integer; .* as array of string"),
    ],
)
def test_a_value_of_another_type_is_refused_at_the_edge(name: str, value: Json, told: str) -> None:
    """S8: a fact has the type that the standard declares."""
    with pytest.raises(InvalidDocument, match=told) as caught:
        Session(small(), datetime(2026, 3, 2, tzinfo=UTC), "UTC", facts={name: value})
    assert caught.value.exit_code == 3


def test_a_fact_that_nothing_reads_is_marked_with_what_was_meant() -> None:
    marks = unused_marks(small(), ["a", "lab.open", "lab.opne"])
    assert [mark_words(mark) for mark in marks] == [
        "no expression of the standard reads the fact a",
        "no expression of the standard reads the fact lab.opne; perhaps lab.open was meant",
    ]
