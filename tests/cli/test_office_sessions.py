"""Founding an office, ticking it, and looking at it, as people type and read it: office_sessions/.

`PMO_WRITE_GOLDEN=1 pytest tests/cli/test_office_sessions.py` writes them anew; look at the
difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from pmo_core.cli.guide import guide
from pmo_core.cli.init import init
from pmo_core.cli.standard_pin import pin
from pmo_core.cli.status import status
from pmo_core.cli.template import list_, write
from pmo_core.cli.tick import tick

from .gate_office import office_in, played, typed

SESSIONS = Path(__file__).parent / "office_sessions"
NAMES = sorted(file.stem for file in SESSIONS.glob("*.session"))
COMMANDS = {
    "init": init,
    "tick": tick,
    "status": status,
    "standard pin": pin,
    "template list": list_,
    "template write": write,
    "guide": guide,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_what_its_file_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SESSIONS / f"{name}.session"
    for variable in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TZ", "Europe/Oslo")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(office_in(tmp_path))
    before = file.read_text(encoding="utf-8")
    now = "".join(f"{line}\n" for line in played(before))
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_stands_in_a_session(name: str) -> None:
    lines = [
        f"{line} "
        for session in NAMES
        for line in (SESSIONS / f"{session}.session").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"$ pmo {name} ") or line == f"$ pmo {name}"
    ]
    command: click.Command = COMMANDS[name]
    options = [max(one.opts, key=len) for one in command.params if isinstance(one, click.Option)]
    assert [one for one in options if not any(f" {one} " in line for line in lines)] == []


def test_a_document_can_be_written_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office_in(tmp_path))
    written = typed("template write street plan --output -")
    assert written == ("# Plan of Street\n", "", 0)
    assert not Path("documents").exists()
