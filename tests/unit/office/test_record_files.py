"""The comments that a record's file begins with."""

from __future__ import annotations

import pytest

from pmo_core import load_standard
from pmo_core.office.record_files import read_header, schema_file_name, with_version

SCHEMA = "../.pmo/pm2-3.1.0.record.schema.json"


def test_a_schema_is_named_by_its_standard_and_version() -> None:
    assert schema_file_name(load_standard("pm2")) == "pm2-3.1.0.record.schema.json"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# $schema: {SCHEMA}\n# $version: 2\nid: a\n", (SCHEMA, 2)),
        (f"# yaml-language-server: $schema={SCHEMA}\r\n#$version: 2\r\nid: a", (SCHEMA, 2)),
        (f"\ufeff# Ours.\n\n# $version:3  \n# $schema: {SCHEMA}\n---\n", (SCHEMA, 3)),
        ("id: a\n# $version: 2\n", (None, None)),
        ("# $version: 2\n# $version: 3\n", (None, 2)),
        ("# $version: two\n# $version: -1\n# $version: 2a\n", (None, None)),
        ("  # $version: 2\nid: a\n", (None, None)),
        ("", (None, None)),
        ("# $version: 2", (None, 2)),
    ],
)
def test_the_head_of_a_file_is_read(text: str, expected: tuple[str | None, int | None]) -> None:
    assert read_header(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# $schema: a\n# $version: 2\nid: a  \n", "# $schema: a\n# $version: 7\nid: a  \n"),
        ("# $schema: a\nid: a\n", "# $schema: a\n# $version: 7\nid: a\n"),
        ("# $schema: a\r\nid: a\r\n", "# $schema: a\r\n# $version: 7\r\nid: a\r\n"),
        ("\ufeffid: a\r\n", "\ufeff# $version: 7\r\nid: a\r\n"),
        ("\ufeff#  $version:  2 \nid: a", "\ufeff# $version: 7\nid: a"),
        ("id: a", "# $version: 7\nid: a"),
        ("", "# $version: 7\n"),
        ("# $schema: a", "# $schema: a\n# $version: 7"),
        ("id: a\n# $version: 2\n", "# $version: 7\nid: a\n# $version: 2\n"),
        ("# Ours.\n# $version: 2\n# $version: 3\n", "# Ours.\n# $version: 7\n# $version: 3\n"),
    ],
)
def test_a_version_is_written_and_nothing_else_is_touched(text: str, expected: str) -> None:
    assert with_version(text, 7) == expected
    assert read_header(expected).version == 7
