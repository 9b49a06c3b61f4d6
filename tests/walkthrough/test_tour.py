"""`pmo demo`: six questions, each command as it was typed, in an office that can be kept."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core import Office

from .typing_at import settled, typed

GOLDEN = Path(__file__).parent / "tour.txt"
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no office."""
    monkeypatch.chdir(tmp_path)
    for name in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def test_the_tour_is_what_its_golden_file_shows(outside: Path) -> None:
    """`PMO_WRITE_GOLDEN=1` writes it anew."""
    out, err, code = typed("demo", NOW)
    assert (err, code) == ("", 0)
    if os.environ.get("PMO_WRITE_GOLDEN"):
        GOLDEN.write_text(settled(out), encoding="utf-8")
    assert settled(out) == GOLDEN.read_text(encoding="utf-8")
    assert list(outside.iterdir()) == []


def test_its_commands_can_be_typed(outside: Path) -> None:
    """Whoever types what it shows, at its times, gets what it shows."""
    out, _err, _code = typed("demo --keep first", NOW)
    shown = re.findall(r"^\$ pmo ((?:.*\\\n)*.*)$", out, flags=re.MULTILINE)
    assert len(shown) == 9
    with Office.open("first", clock=lambda: NOW) as office:
        state = office.project("permit-portal")
    assert state.phases == {"main": "planning"}
    for command in shown:
        if command.startswith(("project list", "gate explain", "project history", "decision")):
            _out, err, code = typed(f"{command} --office first", NOW)
            assert (err, code) in (("", 0), ("", 1))


def test_a_kept_office_goes_on(outside: Path) -> None:
    out, _err, code = typed("demo --keep kept", NOW)
    assert code == 0
    assert out.splitlines()[-1].endswith("Go on: cd kept && pmo gate explain parcel-map")
    assert Path.cwd() == outside
    out, _err, code = typed("gate explain parcel-map --office kept", NOW)
    assert code == 1
    assert out.startswith("parcel-map at ready-for-executing: BLOCKED by 2 of 14 criteria\n")
    out, err, code = typed("review open records-archive --as tom.beck --office kept", NOW)
    assert (err, code) == ("", 0)


def test_before_its_history_ends_it_says_how_to_go_on(outside: Path) -> None:
    """Nobody decides before what already happened, so the clock has to be set."""
    before = datetime(2026, 11, 25, 3, tzinfo=UTC)
    out, _err, _code = typed("demo --keep kept", before)
    *_rest, option, at = out.split()
    assert (option, at) == ("--at", "2026-11-27T09:15Z")
    deciding = "review decide records-archive go --as eva.stern --office kept"
    typed(f"review open records-archive --as tom.beck --office kept {option} {at}", before)
    _out, err, code = typed(f"{deciding} {option} {at}", before)
    assert code == 0
    assert err.startswith("Note: --at is 2 days ahead of the clock;")


def test_a_folder_with_something_in_it_is_left_alone(outside: Path) -> None:
    (outside / "mine").mkdir()
    (outside / "mine" / "notes").write_text("mine")
    _out, err, code = typed("demo --keep mine", NOW)
    assert code == 2
    assert "not empty" in err
    assert [one.name for one in (outside / "mine").iterdir()] == ["notes"]


def test_it_runs_in_its_own_office_whatever_the_person_has_named(
    outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMO_OFFICE", str(outside / "gone"))
    monkeypatch.setenv("PMO_AS", "nobody.known")
    _out, err, code = typed("demo", NOW)
    assert (err, code) == ("", 0)
    assert os.environ["PMO_OFFICE"] == str(outside / "gone")
    assert os.environ["PMO_AS"] == "nobody.known"


def test_where_no_folder_can_be_made_it_says_so(outside: Path) -> None:
    (outside / "file").write_text("")
    out, err, code = typed("demo --keep file/office", NOW)
    assert code == 69
    assert out == ""
    assert "file/office" in err
