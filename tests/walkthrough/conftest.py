"""The demo's office, built once, and a copy of it for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmo_core.cli.demo.world.building import build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's office; not to be written to."""
    folder = tmp_path_factory.mktemp("built") / "brindal"
    build(folder)
    return folder


@pytest.fixture
def brindal(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo's office, in which the test stands; nobody has named another."""
    folder = tmp_path / "brindal"
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    for name in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return folder
