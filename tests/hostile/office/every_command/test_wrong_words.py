"""What is typed wrongly is told with what was meant; what is hostile acts on nobody (S16)."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import category

import pytest

from pmo_core.render.escape import HARMFUL

from .conftest import Pmo
from .house import digests
from .rows import IN_OFFICE, ROWS, WRITING, Row, named

OF_PROJECT = tuple(row for row in IN_OFFICE if row.project)
ON_VERSION = tuple(row for row in WRITING if row.command != "project add")
TIMED = tuple(row for row in IN_OFFICE if "--at" in row.parameters)
BY_SOMEBODY = tuple(row for row in IN_OFFICE if "--as" in row.parameters)
LISTS = tuple(row for row in IN_OFFICE if "--columns" in row.parameters)
JSON = tuple(row for row in IN_OFFICE if "--json" in row.parameters)


def swapped(row: Row, word: str, other: str) -> list[str]:
    """The row's words with another in the place of one."""
    words = row.words
    words[len(words) - 1 - words[::-1].index(word)] = other
    return words


def of_project(row: Row, project: str) -> list[str]:
    """The row's words about another project."""
    words = row.words
    words[words.index(row.project)] = project
    return words


def inert(text: str) -> bool:
    """Whether no terminal does anything but show it."""
    return not [sign for sign in text if category(sign) in HARMFUL and sign not in "\n\t"]


@pytest.mark.parametrize("row", OF_PROJECT, ids=named(OF_PROJECT))
def test_a_project_that_is_not_there(row: Row, pmo: Pmo) -> None:
    near = f"{row.project[:-1]}z"
    fault = pmo.refused(*of_project(row, near))
    assert (fault.code, fault.kind) == (2, "unknown-name")
    assert f"brindal has no project '{near}'" in fault.words
    assert f"Did you mean '{row.project}'" in fault.words
    assert "All projects: pmo project list" in pmo.refused(*of_project(row, "far-off")).words


HOSTILE_IDS = {
    "an-escape": "at\x1b[2Jlas",
    "right-to-left": "atlas\u202e",
    "a-look-alike": "\u0430tlas",
    "far-too-long": "a" * 300,
    "a-path": "../atlas",
    "a-whole-path": "/etc/passwd",
    "a-newline": "atlas\n::error::",
    "empty": "",
    "a-space": " ",
    "not-utf-8": "atl\udcffas",
    "nul": "atlas\0",
    "capitals": "ATLAS",
    "a-pattern": "%",
    "sql": "atlas' OR '1'='1",
}


@pytest.mark.parametrize("id_", HOSTILE_IDS.values(), ids=HOSTILE_IDS)
def test_a_hostile_id_is_no_project(id_: str, pmo: Pmo) -> None:
    for row in OF_PROJECT:
        fault = pmo.refused(*of_project(row, id_))
        no_text = id_ == HOSTILE_IDS["not-utf-8"]
        expected = (3, "invalid-document") if no_text else (2, "unknown-name")
        assert (row.command, fault.code, fault.kind) == (row.command, *expected)
        assert inert(fault.words), row.command
        assert len(fault.words) < 1_000, row.command


@pytest.mark.parametrize("id_", HOSTILE_IDS.values(), ids=HOSTILE_IDS)
def test_no_project_of_a_hostile_id_is_made(id_: str, office: Path, pmo: Pmo) -> None:
    """What may be an id and the name of a file everywhere, is one; the rest is refused."""
    if id_ in ("ATLAS", "%", "\u0430tlas", "atlas' OR '1'='1"):
        assert pmo("project", "new", id_, "--standard", "house").code == 0
        assert (office / "projects" / f"{id_}.yaml").is_file()
        assert inert(pmo("project", "list").out)
        return
    for words in (
        ["project", "new", id_],
        ["project", "enter", id_, "--from", "late.yaml", "--phase", "work", "--evidence", "x:y"],
    ):
        fault = pmo.refused(*words, "--standard", "house")
        assert fault.code in (2, 3, 4)
        assert inert(fault.words)


MISSPELT = [(row, *one) for row in ROWS for one in row.misspelt]


@pytest.mark.parametrize(
    ("row", "word", "misspelt", "told"),
    MISSPELT,
    ids=[f"{one[0].command.replace(' ', '-')}-{one[2]}" for one in MISSPELT],
)
def test_a_misspelt_word(row: Row, word: str, misspelt: str, told: str, pmo: Pmo) -> None:
    fault = pmo.refused(*swapped(row, word, misspelt))
    assert misspelt.partition("=")[0].partition("/")[0][:4] in fault.words
    assert told.lower() in fault.words.lower()


@pytest.mark.parametrize("row", ON_VERSION, ids=named(ON_VERSION))
def test_a_version_that_is_stale(row: Row, pmo: Pmo) -> None:
    """S16: a conflict, which a retry may solve."""
    new = row.command in ("project new", "project enter")
    fault = pmo.refused(*row.words, "--version", "1")
    assert (fault.code, fault.kind) == (4, "conflict"), fault
    assert ("there is no such project" if new else "your change is to version 1") in fault.words, (
        fault
    )
    if not new:
        assert f"pmo project history {row.project}" in fault.words
    ahead = pmo.refused(*row.words, "--version", "99")
    assert (ahead.code, ahead.kind) == (4, "conflict")
    assert pmo.refused(*row.words, "--version", "-1").code == 2
    assert pmo.refused(*row.words, "--version", "x").code == 2
    assert pmo.refused(*row.words, "--version", "9" * 30).code == 4


@pytest.mark.parametrize("row", WRITING, ids=named(WRITING))
def test_the_same_key_twice(row: Row, office: Path, pmo: Pmo) -> None:
    """S15.1: the same command gets the first answer, and is done once; another is a conflict."""
    first = pmo(*row.words, "--key", "once")
    after = digests(office)
    assert first.code == 0
    again = pmo(*row.words, "--key", "once")
    assert again.code == 0, again
    assert digests(office) == after
    other = ("project", "amend", "bela", "--set", "title=Other", "--key", "once")
    if row.command == "project add":
        other = ("project", "add", "late.yaml", "--key", "once")
        assert pmo(*other).code == 0  # each record has a key of its own
        return
    fault = pmo.refused(*other)
    assert (fault.code, fault.kind) == (4, "conflict")
    assert "'once' was used for another command" in fault.words
    assert "key of its own" in fault.words


@pytest.mark.parametrize("key", ["", "a\nb", "k" * 201, "k#2", "\udcff"])
def test_what_can_be_no_key(key: str, pmo: Pmo) -> None:
    for row in WRITING:
        if row.command == "project add" and key == "k#2":
            continue  # each record has a key of its own, `k#2/more`
        fault = pmo.refused(*row.words, "--key", key)
        assert (row.command, fault.code) == (row.command, 3 if key else 2), fault
        assert inert(fault.words)


TIMES = {
    "no-time": "yesterday",
    "no-such-day": "2026-02-30",
    "before-all": "0001-01-01",
    "after-all": "9999-12-31T23:59:59Z",
    "without-a-zone": "2026-11-24T09:00",
    "an-escape": "\x1b[2J",
    "empty": "",
    "long": "2" * 5_000,
    "not-utf-8": "\udcff",
}


@pytest.mark.parametrize("time", TIMES.values(), ids=TIMES)
def test_what_is_no_time(time: str, pmo: Pmo) -> None:
    for row in TIMED:
        fault = pmo.refused(*row.words, "--at", time)
        assert (row.command, fault.code, fault.kind) == (row.command, 2, "usage")
        assert "'--at'" in fault.words
        assert inert(fault.words)


@pytest.mark.parametrize("time", ["1000-01-01", "1900-01-01", "3000-01-01", "8999-12-31"])
def test_a_time_far_away_is_answered(time: str, pmo: Pmo) -> None:
    for row in TIMED:
        if row.command == "tick" and time > "2100":
            continue  # all that falls due until then is told
        dry_run = ["--dry-run"] if "--dry-run" in row.parameters else []
        told = pmo(*row.words, "--at", time, *dry_run)
        assert told.code in (0, 1, 2, 3, 4), (row.command, told)


@pytest.mark.parametrize("row", BY_SOMEBODY, ids=named(BY_SOMEBODY))
def test_somebody_whom_the_office_does_not_know(
    row: Row, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = swapped(row, "eva.stern", "ana.ruiz") if "eva.stern" in row.words else row.words
    for who, told in (
        ("ana.riuz", "Did you mean 'ana.ruiz'"),
        ("\x1b[2J", "under 'people'"),
        ("", "under 'people'"),
    ):
        fault = pmo.refused(*words, "--as", who)
        assert (fault.code, fault.kind) == (2, "unknown-name")
        assert "the office knows nobody called" in fault.words
        assert told in fault.words
        assert inert(fault.words)
    if "--as" not in row.words:
        monkeypatch.setenv("PMO_AS", "ana.riuz")
        assert "Did you mean 'ana.ruiz'" in pmo.refused(*row.words).words


@pytest.mark.parametrize("row", LISTS, ids=named(LISTS))
def test_columns_that_are_none(row: Row, pmo: Pmo) -> None:
    for option in ("--columns", "--sort"):
        for name in ("projct", "\x1b[2J", "x" * 3_000):
            fault = pmo.refused(*row.words, option, name)
            assert (fault.code, fault.kind) == (2, "unknown-name")
            assert inert(fault.words)
            assert len(fault.words) < 1_500
    assert pmo.refused(*row.words, "--format", "xml").code == 2
    assert pmo.refused(*row.words, "--format", "csv", "--json").code == 2


@pytest.mark.parametrize("row", JSON, ids=named(JSON))
def test_programs_are_answered_on_standard_output(row: Row, pmo: Pmo) -> None:
    """S16.2: what goes well as what does not."""
    told = pmo(*row.words, "--json")
    assert (told.code, told.err) == (row.code, "")
    assert told.out.startswith(("{", "["))


@pytest.mark.parametrize("row", ROWS, ids=named(ROWS))
def test_words_too_many_and_options_that_are_none(row: Row, pmo: Pmo) -> None:
    for words in (["one", "two", "three"], ["--frobnicate"], ["--offise", "x"]):
        if row.command == "project add" and words[0] == "one":
            continue
        fault = pmo.refused(*row.words, *words)
        assert (fault.code, fault.kind) == (2, "usage")
        assert f"pmo {row.command} --help" in fault.words


NASTY = "\x1b[31m\x9b\u202e\u2028\x07\r\n::error::##[x] <b>`|&{0}](x)"


def test_nothing_that_a_stranger_wrote_acts_on_the_reader(office: Path, pmo: Pmo) -> None:
    """Names of people, of the office and of files, titles, reasons, evidence: all are shown."""
    settings = office / "pmo.yaml"
    named = settings.read_text().replace("name: Eva Stern", f"name: {json.dumps('Eva' + NASTY)}")
    settings.write_text(named.replace("title: ", f"title: {json.dumps(NASTY)} # ", 1))
    for project in ("atlas", "bela", "cora"):
        title = f"title={json.dumps(NASTY)}"
        changed = pmo("project", "amend", project, "--set", title, "--reason", NASTY)
        assert changed.code == 0
    (office / "docs" / NASTY.replace("/", "")).write_text("x")
    (office / "projects" / f"x{NASTY.replace('/', '')}.yaml").write_text(f"id: {NASTY!r}\n")
    (office / "projects" / "bela.yaml").write_text(json.dumps({"id": "bela", "title": NASTY + "!"}))
    words = ["project", "artefact", "bela", "plan", "approved", "--evidence"]
    assert pmo(*words, f"docs/{NASTY.replace('/', '')}").code == 0
    for row in IN_OFFICE:
        told = pmo(*row.words, *(["--dry-run"] if "--dry-run" in row.parameters else []))
        assert told.code == row.code, (row.command, told)
        assert inert(told.out + told.err), (row.command, told)
        for further in (["--json"], ["--format", "csv"], ["--columns", "all"]):
            if further[0] in row.parameters:
                told = pmo(*row.words, *further)
                shown = (told.out + told.err).replace("\r\n", "\n")  # RFC 4180
                assert inert(shown), (row.command, further, told)
    assert inert(pmo("status").out + pmo("project", "show", "bela").out)
