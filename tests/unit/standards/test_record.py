"""A record as its standard reads it: its id, its claims, its limits (S1.3, S2.3, S2.4, S11.1)."""

from __future__ import annotations

import pytest

from pmo_core.documents import Json, read_yaml
from pmo_core.errors import InvalidDocument
from pmo_core.standards.model import Standard
from pmo_core.standards.record import (
    checked_record,
    claimed_position,
    claimed_text,
    claims,
    read_record,
    written_text,
)
from pmo_core.testing.builders import a_standard

STANDARD = a_standard()


class TestIds:
    @pytest.mark.parametrize(
        ("written", "known_as"),
        [
            ("atlas", "atlas"),
            ("Prosjekt Å", "Prosjekt Å"),
            ("x" * 200, "x" * 200),
            (7, "7"),
            (7.0, "7"),
            (-3, "-3"),
            (0, "0"),
            (" ", " "),
            ("e\u0301", "\u00e9"),
            ("e\u0301" * 200, "\u00e9" * 200),
            ("\u200d", "\u200d"),
        ],
    )
    def test_a_text_of_1_to_200_characters_or_an_integers_digits(
        self, written: Json, known_as: str
    ) -> None:
        """S1.3: an NFC string without controls; S2.4."""
        record = checked_record(STANDARD, {"id": written}, "a.yaml")
        assert (record.id, record.id_is_own, record.notes) == (known_as, True, ())

    @pytest.mark.parametrize(
        "written",
        [
            None,
            "",
            "x" * 201,
            "\u00e9" * 201,
            True,
            False,
            1.5,
            [],
            {},
            ["a"],
            "a\nb",
            "a\x00",
            "\x85",
        ],
    )
    def test_anything_else_counts_as_missing_and_its_source_stands_for_it(
        self, written: Json
    ) -> None:
        """S2.4: with a note; it never makes a record unreadable."""
        record = checked_record(STANDARD, {"id": written}, "projects/a.yaml:3")
        assert (record.id, record.id_is_own) == ("projects/a.yaml:3", False)
        assert record.notes == ("id-missing",)

    def test_one_that_is_absent_is_missing(self) -> None:
        assert checked_record(STANDARD, {}, "a.yaml").id == "a.yaml"

    def test_one_that_others_have_too_gives_way_to_the_source(self) -> None:
        record = checked_record(STANDARD, {"id": "atlas"}, "a.yaml").known_by_source()
        assert (record.id, record.id_is_own, record.notes) == ("a.yaml", False, ("id-shared",))

    def test_it_lies_where_the_standard_says(self) -> None:
        standard = a_standard(record="{schema: record.schema.json, id: /kep/0/number}")
        assert checked_record(standard, {"kep": [{"number": 12}]}).id == "12"
        assert checked_record(standard, {"kep": []}, "a.yaml").id == "a.yaml"

    def test_ids_and_phases_differ_in_what_they_bear(self) -> None:
        """An id is made comparable; a claim is compared by bytes (S11.1)."""
        assert (claimed_text("e\u0301"), written_text("e\u0301")) == ("\u00e9", "e\u0301")
        assert (claimed_text("a\tb"), written_text("a\tb")) == (None, "a\tb")


class TestReading:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("", "an empty document"),
            ("null", "an empty document"),
            ("[]", "a list"),
            ("- a", "a list"),
            ("text", "a single value"),
            ("3", "a single value"),
            ("true", "a single value"),
        ],
    )
    def test_what_is_no_object_is_no_record(self, text: str, what: str) -> None:
        """S2.3."""
        with pytest.raises(InvalidDocument, match=f"one object with named fields, not {what}") as (
            caught
        ):
            read_record(STANDARD, read_yaml(text.encode(), "a.yaml"))
        assert caught.value.source == "a.yaml"

    def test_one_that_breaks_its_schema_is_a_record_all_the_same(self) -> None:
        """S2.3: it is no reason to be unreadable."""
        standard = a_standard(record_schema="{required: [owner]}")
        record = read_record(standard, read_yaml(b"id: atlas", "a.yaml"))
        assert record.id == "atlas"

    def test_positions_are_no_part_of_it(self) -> None:
        """S2.5."""
        document = read_yaml(b"\n\nid: atlas", "a.yaml")
        record = read_record(STANDARD, document, "a.yaml:3")
        assert record.value == {"id": "atlas"}
        assert record.source == "a.yaml:3"
        assert record.document is document

    @pytest.mark.parametrize(
        "value",
        [
            {"a": float("nan")},
            {"a": float("inf")},
            {"a": 2**53},
            {"a": "\ud800"},
            {"a": ("tuple",)},
            {1: "a"},
            {"a": object()},
            {"a": "x" * 1_000_001},
        ],
    )
    def test_a_value_from_python_is_checked_as_a_file_is(self, value: object) -> None:
        """S1.2, S1.5."""
        with pytest.raises(InvalidDocument):
            checked_record(STANDARD, value)  # type: ignore[arg-type]


class TestClaims:
    TRACKS = (
        "{initial: null, phases: null, ends: null, tracks: {a: {initial: p, phases: [p, q],"
        " values: {Done: q}}, b: {initial: r, phases: [r], missing: initial}}}"
    )

    def standard(self) -> Standard:
        return a_standard(gate="{from: p, outcomes: {go: q}}", lifecycle=self.TRACKS)

    @pytest.mark.parametrize(
        ("record", "written", "position"),
        [
            ({"phase": {"a": "p", "b": "r"}}, {"a": "p", "b": "r"}, {"a": "p", "b": "r"}),
            ({"phase": {"a": "Done"}}, {"a": "Done", "b": None}, {"a": "q", "b": "r"}),
            ({"phase": {"a": "odd"}}, {"a": "odd", "b": None}, {"a": "odd", "b": "r"}),
            ({"phase": {"a": 3, "b": []}}, {"a": "3", "b": None}, {"a": "3", "b": "r"}),
            ({}, {"a": None, "b": None}, {"b": "r"}),
        ],
    )
    def test_as_written_and_as_understood(
        self, record: dict[str, Json], written: dict[str, str | None], position: dict[str, str]
    ) -> None:
        """S11.1: through `values`; what it does not list stands for itself; S11.7: `missing`."""
        standard = self.standard()
        assert claims(standard, record) == written
        assert claimed_position(standard, record) == position
