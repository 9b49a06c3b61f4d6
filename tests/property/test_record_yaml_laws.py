"""Laws of the record writer: what it writes is read back as it was, by readers of both YAMLs."""

from __future__ import annotations

import json

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pmo_core.documents import Json, JsonObject, Scalars, read_yaml, same
from pmo_core.office.record_files import read_header, with_version
from pmo_core.render.record_yaml import record_yaml

LARGEST = 2**53 - 1
TRAPS = [
    *["no", "Yes", "on", "OFF", "y", "N", "true", "False", "null", "Null", "~", "", "=", "<<"],
    *["1.0", "1e3", "1E5", ".5", "5.", "+1", "-1", "0x1F", "0o17", "0b1", "017", "1_000", "1,000"],
    *["190:20:30", "12:30", "2026-01-01", "2026-01-01T10:00:00Z", "2026-1-1 1:00:00", ".inf"],
    *["-.INF", ".nan", "- a", "-", "--- ", "...", "? a", ": a", "a: b", "a:", "a #b", "#", "*a"],
    *[
        "&a",
        "!a",
        "|",
        ">",
        "'",
        '"',
        "%a",
        "@a",
        "`a",
        "{a}",
        "[a]",
        ",a",
        "a,b",
        " a",
        "a ",
        "\t",
    ],
    *["a\tb", "a\nb", "a\n", "\na", "a\n\nb\n\n", "a\n b", "a\n#b", "a\r\nb", "a\u0085b", "\u2028"],
    *["\ufeff", "\x00", "\x7f", "\x9f", "\u200b", "\u00a0", "😀", "\uffff", "\U0010ffff", "\\n"],
    *["word " * 40, " ".join(["long"] * 40), "x" * 300, "a  b " * 30 + "c", "# " + "w " * 60 + "w"],
    *["9" * 30, "1e999", "-" * 100, "k" * 1_200, "😀" * 400, "\u0001" * 400, "\u0660"],
]
TEXTS = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LINES = st.lists(
    st.sampled_from(["a", "b: c", "", " d", "e ", "#f", "- g", "...", "\th"]), max_size=5
)
SIGNS = st.text(st.sampled_from("-?:,[]{}#&*!|>'\"%@` \n\tab1.~=<+_eE0xo"), max_size=8)
STRINGS = TEXTS | LINES.map("\n".join) | SIGNS
NUMBERS = st.integers(-LARGEST, LARGEST) | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
SCALARS = st.none() | st.booleans() | NUMBERS | STRINGS
VALUES: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=12,
)
RECORDS: st.SearchStrategy[JsonObject] = st.dictionaries(STRINGS, VALUES, max_size=5)
EVERY_TRAP: JsonObject = {
    **{text: text for text in TRAPS},
    "list": [[text] for text in TRAPS],
    "deep": {"a": [{"b": text, "c": [[], {}, [text, [text]]]} for text in TRAPS]},
}


@given(RECORDS)
@example(EVERY_TRAP)
def test_a_record_is_read_back_as_it_was_written(record: JsonObject) -> None:
    text = record_yaml(record, schema_ref=None, version=None)
    found = read_yaml(text.encode(), "a.yaml").value
    assert same(found, record)
    assert keys(found) == keys(record)


@given(RECORDS)
@example(EVERY_TRAP)
def test_a_reader_of_yaml_1_1_reads_the_same(record: JsonObject) -> None:
    text = record_yaml(record, schema_ref=None, version=None)
    assert same(yaml.safe_load(text), record)


@given(st.dictionaries(STRINGS, STRINGS | st.lists(STRINGS, max_size=3), max_size=5))
@example({text: text for text in TRAPS})
def test_a_record_of_texts_is_read_back_where_all_is_text(record: JsonObject) -> None:
    """S2.2: the standard that reads no types."""
    text = record_yaml(record, schema_ref=None, version=None)
    assert read_yaml(text.encode(), "a.yaml", scalars=Scalars.STRINGS).value == record


@given(RECORDS)
@example(EVERY_TRAP)
def test_no_line_ends_in_a_blank_that_an_editor_would_trim(record: JsonObject) -> None:
    text = record_yaml(record, schema_ref=None, version=None)
    assert all(line == line.rstrip(" \t") for line in text.split("\n"))


@given(RECORDS)
@example(EVERY_TRAP)
def test_nothing_that_cannot_be_seen_stands_in_the_file(record: JsonObject) -> None:
    text = record_yaml(record, schema_ref=None, version=None)
    allowed = "\n\u00a0\u202f\u200c\u200d"
    assert all(sign.isprintable() or sign in allowed for sign in text)


@given(RECORDS, st.integers(0, 10**8), st.integers(0, 10**8), st.sampled_from(["\n", "\r\n"]))
def test_another_version_changes_no_byte_but_its_own(
    record: JsonObject, first: int, second: int, newline: str
) -> None:
    text = record_yaml(record, schema_ref="../.pmo/a.json", version=first).replace("\n", newline)
    changed = with_version(text, second)
    assert read_header(changed) == ("../.pmo/a.json", second)
    assert with_version(changed, first) == text
    assert changed.split(newline)[2:] == text.split(newline)[2:]


def keys(value: Json) -> str:
    """The value's keys in their order, and nothing else."""
    if isinstance(value, dict):
        return json.dumps([[key, keys(member)] for key, member in value.items()])
    return json.dumps([keys(item) for item in value]) if isinstance(value, list) else ""
