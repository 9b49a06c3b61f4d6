"""Whatever bytes come as a record, a standard or a golden project: an answer, or an error in words.

Nothing but a `PmoError` may come out of a reading, and nothing at all of a check (S16).
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.assessment import assess
from pmo_core.documents import Json, JsonObject, read_yaml, read_yaml_stream
from pmo_core.errors import InvalidDocument, InvalidStandard, PmoError
from pmo_core.office.checking import Plan, checked_lines, survey
from pmo_core.office.lines import Tally, tallied
from pmo_core.office.packages import find_package
from pmo_core.office.session import Session
from pmo_core.office.sources import Batch
from pmo_core.render.formats import writer_of
from pmo_core.render.style import Style
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard
from pmo_core.standards.record import record_of
from pmo_core.trial.golden import run_goldens

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
KEPS = ROOT.parent / "shared/data/kep"
TREE = ROOT / "tests/cli/files/kep-tree"
RECORDS: tuple[JsonObject, ...] = (
    {},
    {"id": "p-1", "title": "P", "phase": "idea", "kep": {"stage": "beta"}},
)
FORMATS = ("text", "explain", "json", "jsonl", "junit", "sarif", "markdown", "github")
SIGNS = st.sampled_from(
    [b"", b"\n", b" ", b"\t", b": ", b"- ", b"{", b"}", b"[", b"]", b'"', b"'", b"|", b">", b"#",
     b"&a ", b"*a", b"!x ", b"---\n", b"...\n", b"%", b"\\", b"\0", b"\xff", b"\xc3",
     b"\xe2\x80\xae",
     b"null", b"true", b"1e999", b"-0", b"0x1F", b".nan", b"9" * 30, b"2026-13-99", b"<<: ", b"? "]
)  # fmt: skip


def packages() -> tuple[str, ...]:
    """The standards that come with the project."""
    return ("essentials", "kep", "pm2")


@cache
def files_of(name: str) -> dict[str, bytes]:
    """A standard's files but for its golden projects, by path."""
    folder = find_package(name)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "golden" not in path.parts
    }


@cache
def standard_of(name: str) -> Standard:
    """A standard, loaded once."""
    return load(files_of(name), name)


@cache
def value_of(name: str) -> Json:
    """What is in a standard's own file."""
    return read_yaml(files_of(name)["standard.yaml"], "standard.yaml").value


@st.composite
def spoilt(draw: st.DrawFn, texts: Callable[[], tuple[bytes, ...]]) -> bytes:
    """A text of which some places are taken out, doubled, or written over."""
    text = draw(st.sampled_from(texts()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        kept = text[start:end] * draw(st.integers(0, 2))
        text = text[:start] + draw(SIGNS) + kept + text[end:]
    return text


def places(value: Json) -> Iterator[tuple[JsonObject | list[Json], str | int]]:
    """Each place in a value: what holds it, and its key or index there."""
    steps: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for key, part in steps:
        yield value, key  # type: ignore[misc]
        yield from places(part)


@st.composite
def altered(draw: st.DrawFn, name: str) -> JsonObject:
    """A real standard of which some parts are swapped, taken out, doubled or refilled."""
    value = copy.deepcopy(value_of(name))
    assert isinstance(value, dict)
    for _ in range(draw(st.integers(1, 3))):
        every = list(places(value))
        holder, key = draw(st.sampled_from(every))
        other, there = draw(st.sampled_from(every))
        change = draw(st.sampled_from(["swap", "take out", "double", "refill"]))
        if change == "swap":
            one, two = copy.deepcopy(holder[key]), copy.deepcopy(other[there])  # type: ignore[index]
            holder[key], other[there] = two, one  # type: ignore[index]
        elif change == "take out":
            del holder[key]  # type: ignore[arg-type]
        elif change == "double":
            part = copy.deepcopy(holder[key])  # type: ignore[index]
            if isinstance(other, list):
                other.append(part)
            else:
                other[f"{there}-2"] = part
        else:
            holder[key] = draw(  # type: ignore[index]
                st.sampled_from(
                    [None, True, 0, -1, 1.5, 2**53 - 1, "", "x", "no", "P1D", "/a", [], {}, ["x"],
                     {"x": 1}, "record.x == 1", "\x1b", "essentials"]
                )
            )  # fmt: skip
    return value


def tried(files: dict[str, bytes]) -> Standard | None:
    """The standard, or None where it is refused in words."""
    try:
        return load(files, "tried")
    except InvalidStandard as error:
        for one in (error, *error.also):
            assert one.message
            assert not one.message.endswith(".")
            assert one.source
        return None


def standard_texts() -> tuple[bytes, ...]:
    """The files of real standards."""
    return tuple(files_of(name)["standard.yaml"] for name in packages())


def schema_texts() -> tuple[bytes, ...]:
    """The schemas of real standards."""
    return tuple(files_of(name)["record.schema.json"] for name in packages())


def golden_texts() -> tuple[bytes, ...]:
    """Golden projects of a real standard."""
    folder = find_package("kep") / "golden"
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.yaml")))


def record_texts() -> tuple[bytes, ...]:
    """Proposals as they were written, where they are at hand."""
    found = [path.read_bytes() for path in sorted(TREE.rglob("*.yaml"))]
    found += [path.read_bytes() for path in sorted((ROOT / "pmo_core/cli/demo").rglob("*.yaml"))]
    found += [path.read_bytes() for path in sorted(KEPS.rglob("kep.yaml"))[:40]]
    return tuple(found)


@given(st.binary(max_size=200) | spoilt(standard_texts))
@settings(max_examples=60)
def test_bytes_as_a_standard(data: bytes) -> None:
    tried({**files_of("kep"), "standard.yaml": data})


@given(st.binary(max_size=100) | spoilt(schema_texts))
@settings(max_examples=60)
def test_bytes_as_the_schema_of_records(data: bytes) -> None:
    tried({**files_of("kep"), "record.schema.json": data})


@pytest.mark.parametrize("name", packages())
@given(data=st.data())
@settings(max_examples=40)
def test_a_real_standard_altered_loads_or_is_refused_and_judges(
    name: str, data: st.DataObject
) -> None:
    value = data.draw(altered(name))
    written = json.dumps(value).encode()
    standard = tried({**files_of(name), "standard.yaml": written})
    for gate in list(standard.gates)[:3] if standard is not None else ():
        assert standard is not None
        for record in RECORDS:
            assess(standard, gate, record_of(standard, record, "x"), now=NOW).as_json()


@given(st.binary(max_size=100) | spoilt(golden_texts))
@settings(max_examples=60)
def test_bytes_as_a_golden_project(data: bytes) -> None:
    standard = standard_of("kep")
    with suppress(PmoError):
        list(run_goldens(standard, {**files_of("kep"), "golden/spoilt.yaml": data}, "kep"))


@given(
    st.binary(max_size=200) | spoilt(record_texts),
    st.sampled_from(["r.yaml", "r.json", "r.jsonl"]),
    st.sampled_from(FORMATS),
    st.sampled_from(packages()),
)
@settings(max_examples=120)
def test_bytes_as_a_record_through_the_whole_check(
    data: bytes, path: str, written: str, name: str
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.write_bytes(data)
        checked(name, [str(file)], written)


@given(spoilt(record_texts), st.sampled_from(FORMATS))
@settings(max_examples=40)
def test_spoilt_proposals_in_their_tree_through_the_whole_check(data: bytes, written: str) -> None:
    with TemporaryDirectory() as folder:
        tree = Path(shutil.copytree(TREE, Path(folder) / "tree"))
        next(tree.rglob("kep.yaml")).write_bytes(data)
        with suppress(InvalidDocument):
            checked("kep", [f"kep:{tree}"], written)


def checked(name: str, sources: list[str], written: str) -> None:
    """A whole run, written out: every line is judged or unreadable."""
    standard = standard_of(name)
    session = Session(standard, NOW, "Europe/Oslo")
    batch: Batch = session.open(sources, no_input)
    plan = Plan(standard, NOW, None, "Europe/Oslo", session.inputs_for(batch))
    tally = Tally()
    lines = tallied(checked_lines(plan, batch, survey(plan, batch)), tally)
    style = Style(width=None, colour=False, plain=False, tally=tally)
    whole = b"".join(writer_of(written)(session.run(digests=True), lines, style))
    whole.decode("utf-8")
    assert tally.lines > 0
    assert tally.exit_code(fail_on_should=True) in (0, 1, 3)


def no_input() -> None:
    """Standard input is not asked for."""
    raise AssertionError


@given(spoilt(record_texts))
@settings(max_examples=60)
def test_bytes_as_yaml_have_a_place_for_whatever_is_wrong(data: bytes) -> None:
    wrong = None
    try:
        list(read_yaml_stream(data, "r.yaml"))
    except InvalidDocument as error:
        wrong = error
    if wrong is not None:
        assert 1 <= (wrong.line or 0) <= data.count(b"\n") + data.count(b"\r") + 2
        assert wrong.remedy
