"""What an office keeps is asked for and not there, or not what was kept: said, never guessed."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pmo_core import Office
from pmo_core.ledger import broken_link

from .conftest import Pmo
from .house import NOW
from .rows import IN_OFFICE, WRITING, Row, named
from .test_wrong_surroundings import LEDGER

BY_PIN = ("project new", "project add", "project enter")


def changed(office: Path, sql: str, *values: object) -> int:
    """What a statement of SQL changes in the ledger: so many rows."""
    with closing(sqlite3.connect(office / LEDGER)) as connection, connection:
        return connection.execute(sql, values).rowcount


def test_a_pin_of_a_package_that_is_not_kept(office: Path, pmo: Pmo) -> None:
    """Its digest was altered in pmo.yaml; projects that are there keep their own."""
    file = office / "pmo.yaml"
    file.write_text(re.sub(r"sha256:[0-9a-f]{64}", f"sha256:{'a' * 64}", file.read_text()))
    for row in IN_OFFICE:
        if row.command in BY_PIN:
            fault = pmo.refused(*row.words)
            assert fault.code in (2, 3), (row.command, fault)
            assert "a" * 64 in fault.words or "sha256:aaaaaaaa" in fault.words
        elif row.project and not row.writes:
            told = pmo(*row.words)
            assert told.code == row.code, (row.command, told)


def test_a_kept_package_that_was_altered_is_said_to_be_damaged(office: Path, pmo: Pmo) -> None:
    rows = changed(
        office, "UPDATE blobs SET data = data || x'20' WHERE instr(data, ?)", b"title: House rules"
    )
    assert rows == 1
    for row in IN_OFFICE:
        if row.command in ("project history", "standard pin", "decision list"):
            continue
        fault = pmo.refused(*row.words)
        assert (row.command, fault.code, fault.kind) == (row.command, 69, "unavailable"), fault
        assert "last good copy" in fault.words, row.command
        assert "ledger.sqlite" in fault.words


def test_a_plugin_that_is_not_installed(office: Path, pmo: Pmo) -> None:
    """Named in pmo.yaml: what asks no plugin goes on without."""
    with (office / "pmo.yaml").open("a") as settings:
        settings.write("plugins: {nothing-like-it: {}}\n")
    refused = []
    for row in IN_OFFICE:
        told = pmo(*row.words, *(["--dry-run"] if "--dry-run" in row.parameters else []))
        assert told.code in (0, 1, 2), (row.command, told)
        if told.code == 2:
            fault = pmo.refused(*row.words)
            assert "no plugin 'nothing-like-it' is installed" in fault.words
            refused.append(row.command)
    assert {row.command for row in WRITING} <= set(refused)
    assert "project history" not in refused


def test_a_plugin_with_a_name_that_is_none(office: Path, pmo: Pmo) -> None:
    with (office / "pmo.yaml").open("a") as settings:
        settings.write('plugins: {"../x\\e[2J": {}}\n')
    fault = pmo.refused("gate", "status", "atlas")
    assert fault.code == 3
    assert "\x1b" not in fault.words


def test_an_assessment_that_was_altered_is_no_ground_of_a_decision(office: Path, pmo: Pmo) -> None:
    """S15.5: `decision show` reads what was stored under its digest."""
    rows = changed(
        office, "UPDATE blobs SET data = data || x'20' WHERE instr(data, ?)", b'"verdict":"ready"'
    )
    assert rows
    fault = pmo.refused("decision", "show", "cora")
    assert (fault.code, fault.kind) == (69, "unavailable")
    assert "last good copy" in fault.words


def test_evidence_that_was_altered_or_is_gone_is_said(office: Path, pmo: Pmo) -> None:
    same = pmo("decision", "show", "cora").out
    (office / "docs" / "minutes.txt").write_text("They did not agree.")
    altered = pmo("decision", "show", "cora").out
    (office / "docs" / "minutes.txt").unlink()
    gone = pmo("decision", "show", "cora").out
    assert len({same, altered, gone}) == 3
    assert "docs/minutes.txt" in gone


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE events SET data = replace(data, 'ana.ruiz', 'eva.ruiz') WHERE seq = 3", "3"),
        ("DELETE FROM events WHERE project = 'atlas' AND seq = 3", "3"),
        ("UPDATE events SET data = x'00ff' WHERE project = 'atlas' AND seq = 2", "2"),
        ("UPDATE events SET data = '[]' WHERE project = 'atlas' AND seq = 2", "2"),
    ],
    ids=["altered", "cut", "no-text", "no-event"],
)
def test_history_says_where_a_chain_is_broken(sql: str, told: str, office: Path, pmo: Pmo) -> None:
    """S15.1."""
    assert changed(office, sql)
    answer = pmo("project", "history", "atlas")
    assert answer.code in (1, 69)
    assert f"event {told}" in (answer.out + answer.err).lower()


@pytest.mark.parametrize(
    "state", ["[]", "null", "x", "", "7", '{"form": 1}', '{"form": 1, "reviews": [7]}']
)
def test_a_projection_that_is_none_is_said_to_be_damaged(
    state: str, office: Path, pmo: Pmo
) -> None:
    changed(office, "UPDATE projections SET state = ? WHERE project = 'atlas'", state)
    for row in IN_OFFICE:
        if row.project == "atlas" and row.command != "project history":
            fault = pmo.refused(*row.words)
            assert (row.command, fault.code) == (row.command, 69), fault


def test_the_clock_set_back(office: Path, pmo: Pmo) -> None:
    """S13.3: whoever decides is refused; what else is written is marked, and history says so."""
    back = NOW - timedelta(days=30)
    for words in (
        "review decide bela go --as eva.stern", "review open atlas", "review withdraw bela",
    ):  # fmt: skip
        told = pmo(*words.split(), at=back)
        assert told.code in (0, 4), words
    told = pmo("project", "amend", "cora", "--set", "title=Back", at=back)
    assert told.code in (0, 4)
    _check_marks(office)
    assert pmo("tick", at=NOW).code == 0
    earlier = pmo("tick", at=back)
    assert earlier.code == 0
    assert "2026-11-25" in earlier.out or "25 Nov 2026" in earlier.out
    for words in (
        ["status"],
        ["project", "list"],
        ["gate", "status"],
        ["project", "history", "cora"],
    ):
        assert pmo(*words, at=back).code in (0, 1, 2)


@pytest.mark.parametrize("row", WRITING, ids=named(WRITING))
@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_no_event_goes_in_before_its_predecessor_unmarked(
    row: Row, days: int, office: Path, pmo: Pmo
) -> None:
    """S13.3: by the clock, and by --at; what is written says by how many seconds."""
    then = NOW + timedelta(days=days)
    pmo(*row.words, at=then)
    _check_marks(office)
    pmo(*row.words, "--at", f"{NOW + timedelta(days=1 - days):%Y-%m-%d}", at=then)
    _check_marks(office)


def _check_marks(office: Path) -> None:
    """An event is marked where it lies before its predecessor, and nowhere else."""
    with Office.open(office) as found:
        for project in found.store.project_ids():
            events = found.store.events(project)
            assert broken_link(events) is None
            for before, event in pairwise(events):
                back = max(
                    (before.recorded - event.recorded).total_seconds(),
                    (before.effective - event.effective).total_seconds(),
                    0,
                )
                marked = [
                    member for name, member in event.payload.items() if name.startswith("clock")
                ]
                assert bool(marked) == (back > 0), (project, event.name, back, event.payload)


@pytest.mark.parametrize("mark", ["", "soon", "9999-99-99", "\x1b[2J"])
def test_a_mark_of_the_last_tick_that_is_no_time(mark: str, office: Path, pmo: Pmo) -> None:
    assert pmo("tick").code == 0
    assert changed(office, "UPDATE marks SET value = ? WHERE name = 'tick'", mark) == 1
    for words in (["tick"], ["tick", "--dry-run"]):
        fault = pmo.refused(*words)
        assert (fault.code, fault.kind) == (69, "unavailable")
        assert "last good copy" in fault.words
