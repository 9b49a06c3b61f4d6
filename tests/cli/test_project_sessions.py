"""What people type about projects, and what they see: files under project_sessions/.

Played as those of test_sessions.py, in an office of its own at a fixed time.
`PMO_WRITE_GOLDEN=1 pytest tests/cli/test_project_sessions.py` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.cli.project import TABLE
from pmo_core.cli.project import project as noun

from .command_line import pmo, settled
from .project_town import town as town

HERE = Path(__file__).parent
SESSIONS = HERE / "project_sessions"
NAMES = sorted(file.stem for file in SESSIONS.glob("*.session"))
_OWN = (
    (re.compile(r"\bhead [0-9a-f]{8}\b"), "head ........"),
    (re.compile(r'"id": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"'), '"id": "..."'),
    (re.compile(r'"key": "auto:[0-9a-f]{32}'), '"key": "auto:...'),
    (re.compile(r"pmo-edit-\w+"), "pmo-edit-..."),
    (re.compile(r"\S*/pmo-edit-"), "/tmp/pmo-edit-"),
)


def own_settled(text: str) -> str:
    """The text without what differs from run to run in a ledger."""
    text = settled(text)
    for pattern, instead in _OWN:
        text = pattern.sub(instead, text)
    return text


def typed(session: str) -> list[str]:
    return [line for line in session.splitlines() if line.startswith(("$ ", "# "))]


def played(session: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The session as it is now; `$ sed ...` changes a file, `$ cat FILE` shows one."""
    for line in typed(session):
        yield line
        if line.startswith("# "):
            continue
        command, _, source = line.removeprefix("$ ").partition(" < ")
        if found := re.match(r"([A-Z]+)=(\S+) ", command):
            monkeypatch.setenv(found[1], found[2])
            command = command[found.end() :]
        if not command.startswith("pmo "):
            yield from _by_shell(line)
            continue
        words = command.removeprefix("pmo ")
        written = pmo(monkeypatch, words, stdin=Path(source).read_bytes() if source else b"")
        for shown in own_settled(written.out).splitlines():
            yield f"\\{shown}" if shown.startswith(("$", "#")) else shown
        for shown in own_settled(written.err).splitlines():
            yield f"2> {shown}".rstrip()
        if written.code:
            yield f"(exit {written.code})"


def _by_shell(line: str) -> Iterator[str]:
    """`$ sed s/old/new/ FILE` and `$ cat FILE`, the same on every machine."""
    name, *words = line.removeprefix("$ ").split(" ", 2)
    if name == "cat":
        for shown in Path(words[0]).read_text(encoding="utf-8").splitlines():
            yield f"\\{shown}" if shown.startswith(("$", "#")) else shown
    else:
        assert name == "sed"
        _s, old, new, _end = words[0].split("/")
        file = Path(words[1])
        text = file.read_text(encoding="utf-8")
        old, new = old.replace("_", " "), new.replace("_", " ").replace("\\n", "\n")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_what_its_file_shows(
    name: str, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SESSIONS / f"{name}.session"
    before = file.read_bytes()
    now = "".join(f"{line}\n" for line in played(before.decode(), monkeypatch)).encode()
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_bytes(now)
    assert now.decode() == file.read_text(encoding="utf-8")


def test_every_verb_of_the_noun_stands_in_a_session() -> None:
    lines = "".join((SESSIONS / f"{name}.session").read_text(encoding="utf-8") for name in NAMES)
    assert [verb for verb in TABLE if f" pmo project {verb} " not in lines] == []
    assert noun.name == "project"
