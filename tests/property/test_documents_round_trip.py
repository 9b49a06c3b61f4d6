"""Laws of the readers: what is written within the limits is read back, in any spelling (S1, S2)."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from pmo_core.documents import (
    Document,
    Json,
    Scalars,
    check_value,
    join_pointer,
    parse_line,
    read_json,
    read_json_lines,
    read_yaml,
    resolve,
    split_pointer,
)
from pmo_core.documents.json_careful import read_carefully
from pmo_core.documents.values import DEFAULT_LIMITS
from pmo_core.errors import InvalidDocument

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-LARGEST, LARGEST) | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def settled(value: Json) -> Json:
    """The value as S1.2 has it: a float that equals an integer is that integer."""
    if isinstance(value, dict):
        return {key: settled(member) for key, member in value.items()}
    if isinstance(value, list):
        return [settled(item) for item in value]
    return int(value) if isinstance(value, float) and value == int(value) else value


def same(found: Json, expected: Json) -> bool:
    """Equal in value and in type, `1` and `1.0` and `true` told apart."""
    return repr(found) == repr(expected)


class Quoting(yaml.SafeDumper):
    """A YAML writer that quotes every text, and repeats rather than using aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoting.add_representer(
    str, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
Quoting.add_representer(
    float, lambda writer, x: writer.represent_scalar("tag:yaml.org,2002:float", json.dumps(x))
)


def as_yaml(value: Json, is_flow: bool, is_unicode: bool) -> bytes:
    return yaml.dump(
        value,
        Dumper=Quoting,
        default_flow_style=is_flow,
        allow_unicode=is_unicode,
        sort_keys=False,
        encoding="utf-8",
    )


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_read_as_it_was_written(value: Json, indent: int | None, is_ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii).encode()
    assert same(read_json(text, "a.json").value, settled(value))


@given(VALUES)
def test_a_compact_line_is_read_as_it_was_written(value: Json) -> None:
    assert same(parse_line(orjson.dumps(value)), settled(value))


@given(VALUES, st.booleans(), st.booleans())
def test_yaml_is_read_as_it_was_written(value: Json, is_flow: bool, is_unicode: bool) -> None:
    text = as_yaml(value, is_flow, is_unicode)
    assert same(read_yaml(text, "a.yaml").value, settled(value))


@given(st.lists(VALUES, max_size=4))
def test_lines_are_read_in_order(values: list[Json]) -> None:
    lines = [json.dumps(value).encode() + b"\n" for value in values]
    found = list(read_json_lines(lines, "a.jsonl"))
    assert [document.line for document in found] == list(range(1, len(values) + 1))
    assert same(
        [document.value for document in found if isinstance(document, Document)], settled(values)
    )


@given(VALUES)
def test_what_is_read_is_within_the_limits_of_the_python_api(value: Json) -> None:
    check_value(read_json(json.dumps(value).encode(), "a.json").value, "a.json")


@given(VALUES)
def test_as_strings_every_scalar_is_the_text_that_was_written(value: Json) -> None:
    """S2.2: a JSON number is its source text, null the empty text."""

    def written(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: written(member) for key, member in value.items()}
        if isinstance(value, list):
            return [written(item) for item in value]
        if value is None or isinstance(value, str):
            return value or ""
        return json.dumps(value)

    text = json.dumps(value).encode()
    assert read_json(text, "a.json", scalars=Scalars.STRINGS).value == written(value)
    text = as_yaml(value, is_flow=False, is_unicode=True)
    assert read_yaml(text, "a.yaml", scalars=Scalars.STRINGS).value == written(value)


BYTES = st.sampled_from(b'{}[],:"\\0129.eE+-antu \xff')
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": ")])


@given(VALUES, SEPARATORS, st.integers(0, 60), st.integers(0, 2), BYTES)
def test_the_quick_json_reader_agrees_with_the_careful_one(
    value: Json, separators: tuple[str, str], position: int, width: int, byte: int
) -> None:
    """S1.2: nothing is taken from the quick way that the careful one would refuse or read else."""
    text = json.dumps(value, separators=separators).encode()
    broken = text[:position] + bytes([byte]) + text[position + width :]
    for scalars in Scalars:
        assert outcome(broken, True, scalars) == outcome(broken, False, scalars)


NUMBERS_AS_WRITTEN = ["1e400", "-1e999", "1e-400", "1E5", "1e16", "1.0", "-0.0", "1.5e+300"]
WORDS_AS_WRITTEN = ["null", "NaN", "true", '"null"', '"\\u006eull"', '"1.0,"', '"e+"', "[]"]
SPELLINGS = st.sampled_from([*NUMBERS_AS_WRITTEN, *WORDS_AS_WRITTEN, "1" * 16, "1" * 5000])


@given(st.lists(SPELLINGS, min_size=1, max_size=4), SEPARATORS)
def test_the_readers_agree_on_every_spelling_of_a_scalar(
    spellings: list[str], separators: tuple[str, str]
) -> None:
    comma, colon = separators
    data = ('{"a"' + colon + "[" + comma.join(spellings) + "]}").encode()
    for scalars in Scalars:
        assert outcome(data, True, scalars) == outcome(data, False, scalars)


@given(st.text(st.sampled_from('[]{},:"ae+-.0159 '), max_size=24))
def test_the_readers_agree_on_text_that_is_almost_json(text: str) -> None:
    data = text.encode()
    for scalars in Scalars:
        assert outcome(data, True, scalars) == outcome(data, False, scalars)


def outcome(data: bytes, is_quick: bool, scalars: Scalars) -> str:
    try:
        if is_quick:
            return repr(parse_line(data, "a", scalars=scalars))
        return repr(read_carefully(data, "a", 1, scalars, DEFAULT_LIMITS))
    except InvalidDocument as error:
        return str(error)


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_at_all_make_a_reader_fail_otherwise_than_with_a_place(data: bytes) -> None:
    for read in (read_yaml, read_json):
        try:
            read(data, "a")
        except InvalidDocument as error:
            assert (error.line or 0) >= 1, error  # noqa: PT017
            assert (error.column or 0) >= 1, error  # noqa: PT017


YAML_SIGNS = st.sampled_from([*"-?:,[]{}#&*!|>'\"%@` \n\tab1.~", "- ", ": ", "\n  ", "\n"])


@given(st.lists(YAML_SIGNS, max_size=24).map("".join))
def test_no_yaml_signs_make_the_reader_fail_otherwise_than_with_a_place(text: str) -> None:
    try:
        document = read_yaml(text.encode(), "a")
    except InvalidDocument as error:
        lines = text.split("\n")
        assert 1 <= (error.line or 0) <= len(lines) + 1, error  # noqa: PT017
    else:
        check_value(document.value, "a")
        assert document.place("").source == "a"


@given(st.lists(TEXTS, max_size=5))
def test_a_pointer_goes_through_the_tokens_that_it_was_joined_from(tokens: list[str]) -> None:
    assert split_pointer(join_pointer(tokens)) == tuple(tokens)


@given(st.lists(TEXTS, min_size=1, max_size=4), SCALARS)
def test_a_pointer_finds_what_stands_under_its_keys(keys: list[str], scalar: Json) -> None:
    value = scalar
    for key in reversed(keys):
        value = {key: value}
    assert same(resolve(value, join_pointer(keys)), scalar)


def nodes(value: Json, pointer: tuple[str | int, ...] = ()) -> list[tuple[str, Json]]:
    """Every node of a value with its pointer."""
    found = [(str(join_pointer(pointer)), value)]
    if isinstance(value, dict):
        for key, member in value.items():
            found += nodes(member, (*pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += nodes(item, (*pointer, index))
    return found


def text_at(text: str, line: int, column: int) -> str:
    """What stands in `text` from a place on."""
    lines = text.split("\n")
    return "\n".join(lines[line - 1 :])[column - 1 :]


@given(VALUES, st.sampled_from([None, 0, 2]), st.integers(1, 3))
def test_a_json_place_is_where_the_node_begins(value: Json, indent: int | None, first: int) -> None:
    """S2.5, in a file of its own and on a line of many."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    line = text.replace("\n", " ").encode()
    in_lines = next(read_json_lines([*[b"\n"] * (first - 1), line], "a.jsonl"))
    assert isinstance(in_lines, Document)
    in_file = read_json(text.encode(), "a.json")
    for pointer, node in nodes(value):
        place = in_file.place(pointer)
        found, _ = json.JSONDecoder().raw_decode(text_at(text, place.line, place.column))
        assert same(found, node)
        assert in_lines.place(pointer).line == first
        if pointer:
            key = in_file.place_of_key(pointer)
            assert (key.line, key.column) <= (place.line, place.column)


@given(VALUES, st.booleans())
def test_a_yaml_place_is_on_the_line_that_names_the_node(value: Json, is_flow: bool) -> None:
    """S2.5: what stands at the place begins the node, or is its key where that is a line above."""
    data = as_yaml(value, is_flow, is_unicode=True)
    text = data.decode()
    document = read_yaml(data, "a.yaml")
    for pointer, node in nodes(value):
        place = document.place(pointer)
        rest = text_at(text, place.line, place.column)
        key = document.place_of_key(pointer)
        if isinstance(resolve(value, pointer.rpartition("/")[0]), dict) and pointer:
            assert text_at(text, key.line, key.column)[0] in '"?'
            assert key.line == place.line
        if isinstance(node, str) and (place.line, place.column) != (key.line, key.column):
            assert rest.startswith('"')
        if is_flow and isinstance(node, dict) and place != key:
            assert rest.startswith("{")


@pytest.mark.parametrize("absent", ["/b/5", "/b/0/deeper", "/nowhere/at/all", "/b/-"])
def test_an_absent_node_has_the_place_of_its_nearest_ancestor(absent: str) -> None:
    document = read_yaml(b"a: 1\nb: [one, two]\n", "a.yaml")
    nearest = {"/b/5": "/b", "/b/0/deeper": "/b/0", "/nowhere/at/all": "", "/b/-": "/b"}
    assert document.place(absent) == document.place(nearest[absent])


CORE_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    re.ASCII,
)


@given(st.text(st.sampled_from("0123456789+-.eExo_afF~"), min_size=1, max_size=9))
def test_plain_text_is_a_number_where_the_core_schema_has_one(text: str) -> None:
    """S2.1, by the regular expressions of YAML 1.2.2, section 10.3.2."""
    assume(text not in ("~", "-", "---", "..."))  # null, a list, the marks between documents
    try:
        value = read_yaml(text.encode(), "a").value
    except InvalidDocument:
        assert CORE_NUMBER.fullmatch(text)
    else:
        assert isinstance(value, str) is (CORE_NUMBER.fullmatch(text) is None)
