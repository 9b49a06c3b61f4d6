"""An office for the tests of `pmo project`, at a fixed time."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core.cli import commands
from pmo_core.cli.invocation import Invocation
from pmo_core.office.founding import found_office

FILES = Path(__file__).parent / "project_files"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office under essentials, without a project, in which the test stands."""
    folder = tmp_path / "town"
    found_office(folder, "essentials")
    for file in (folder / "projects").iterdir():
        file.unlink()
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    for name in ("PMO_OFFICE", "PMO_ACCESSIBLE", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("PMO_AS", "ana.ruiz")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {folder / 'draft-editor.py'}")
    monkeypatch.setattr(commands, "Invocation", lambda words: Invocation(words, lambda: NOW))
    return folder
