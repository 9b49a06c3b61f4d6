"""S10.1: `--at DATE` is the first instant of that date in the office's zone, for all commands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core import found_office
from pmo_core.cli.commands import call
from pmo_core.cli.invocation import Invocation


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "office"
    found_office(folder, "essentials", office_id="tests", zone="Asia/Tokyo")
    monkeypatch.delenv("PMO_OFFICE", raising=False)
    return folder


def run(*arguments: str) -> int:
    words = list(arguments)
    return call(words, Invocation(words, clock=lambda: datetime(2026, 3, 1, tzinfo=UTC)))


def test_a_date_begins_where_the_office_is(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("tick", "--office", str(office), "--at", "2026-02-10", "--json")
    assert '"2026-02-09T15:00:00Z"' in capsys.readouterr().out


def test_what_a_person_does_takes_effect_then(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("project", "new", "atlas", "--office", str(office), "--as", "kira", "--at", "2026-02-10")
    capsys.readouterr()
    run("project", "history", "atlas", "--office", str(office), "--json")
    told = capsys.readouterr().out
    assert '"effective": "2026-02-09T15:00:00Z"' in told
    assert '"recorded": "2026-03-01T00:00:00Z"' in told
    assert "time by --at" in told
