"""What people type, and what they see: files under sessions/, compared byte by byte.

In a session `$ pmo ...` is typed; what stands below it is written to standard output, and behind
`2> ` to standard error; an exit code that is not 0 follows in brackets. A line of output that
itself begins with `$` has a backslash before it. `< FILE` is standard input.

`PMO_WRITE_GOLDEN=1 pytest tests/cli/test_sessions.py` writes them anew; look at the difference.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.cli.commands import pmo as whole

from .command_line import FILES, pmo, settled

SESSIONS = Path(__file__).parent / "sessions"
NAMES = sorted(file.stem for file in SESSIONS.glob("*.session"))


def typed(session: str) -> list[str]:
    """The command lines of a session, comments (`# ...`) among them, in order."""
    return [line for line in session.splitlines() if line.startswith(("$ ", "# "))]


def played(session: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The session as it is now."""
    for line in typed(session):
        yield line
        if line.startswith("# "):
            continue
        command, _, source = line.removeprefix("$ pmo").partition(" < ")
        stdin = Path(source).read_bytes() if source else b""
        written = pmo(monkeypatch, command, stdin=stdin)
        for shown in settled(written.out).splitlines():
            yield f"\\{shown}" if shown.startswith(("$", "#")) else shown
        for shown in settled(written.err).splitlines():
            yield f"2> {shown}".rstrip()
        if written.code:
            yield f"(exit {written.code})"


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_what_its_file_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SESSIONS / f"{name}.session"
    shutil.copytree(FILES, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")
    before = file.read_bytes()
    now = "".join(f"{line}\n" for line in played(before.decode(), monkeypatch)).encode()
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_bytes(now)
    assert now.decode() == file.read_text(encoding="utf-8")


INSTALLED = {"pmo standard list --json", "pmo plugin list --json"}
"""What they write depends on what is installed: test_installed.py."""


def _is_typed(path: str, line: str) -> bool:
    """Whether a line calls a command, variables of its environment set before it or not."""
    return re.match(rf"\$ (\w+=\S+ )*pmo {path}\b", line) is not None


def test_every_option_of_every_command_stands_in_a_session() -> None:
    lines = [
        f"{line} "
        for file in sorted(Path(__file__).parents[1].glob("*/*sessions/*.session"))
        for line in typed(file.read_text(encoding="utf-8"))
    ]
    missing = [
        f"pmo {path} {option}".strip()
        for path, options in _commands()
        for option in options
        if not any(_is_typed(path, line) and f" {option} " in line for line in lines)
    ]
    assert set(missing) == INSTALLED


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Each command's path, and the long name of each of its options; `--help` for all."""
    import click

    waiting: list[tuple[str, click.Command]] = [("", whole)]
    while waiting:
        path, command = waiting.pop()
        options = [
            max(one.opts, key=len) for one in command.params if one.param_type_name == "option"
        ]
        yield path, [*options, "--help"]
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None
                waiting.append((f"{path} {name}".strip(), child))
