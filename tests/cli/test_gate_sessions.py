"""Gates, reviews and decisions as people type and read them: gate_sessions/, byte by byte.

`PMO_WRITE_GOLDEN=1 pytest tests/cli/test_gate_sessions.py` writes them anew; look at the
difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .gate_office import office_in, played

SESSIONS = Path(__file__).parent / "gate_sessions"
NAMES = sorted(file.stem for file in SESSIONS.glob("*.session"))


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_what_its_file_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SESSIONS / f"{name}.session"
    for variable in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(office_in(tmp_path))
    before = file.read_text(encoding="utf-8")
    now = "".join(f"{line}\n" for line in played(before))
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")
