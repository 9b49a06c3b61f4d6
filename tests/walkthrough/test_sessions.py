"""What the walkthrough types, against the demo's office: each answer is a golden file.

`PMO_WRITE_GOLDEN=1 pytest tests/walkthrough` writes them anew; look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .typing_at import played

SESSIONS = Path(__file__).parent / "sessions"
NAMES = sorted(file.stem for file in SESSIONS.glob("*.session"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("brindal")
def test_a_session_is_what_its_file_shows(name: str) -> None:
    file = SESSIONS / f"{name}.session"
    now = played(file.read_text(encoding="utf-8"))
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")
