"""On a terminal of 80 columns: nothing is wider, colours are there only, progress is shown."""

from __future__ import annotations

import io
import itertools
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pmo_core.cli.output import with_progress
from pmo_core.office.lines import Line, Tally
from pmo_core.render.layout import columns

from .command_line import FILES

WIDTH = 80
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
AT = ("--at", "2026-11-24T09:00Z")
COMMANDS = (
    ("--help",),
    ("check", "--help"),
    ("standard", "lint", "--help"),
    ("check", "--standard", "essentials", *AT, "projects"),
    ("check", "--standard", "essentials", *AT, "--explain", "projects"),
    ("check", "--standard", "./house", *AT, "records", "several.yaml", "unreadable.yaml"),
    ("check", "--standard", "./house", *AT, "--explain", "records", "unreadable.yaml"),
    ("check", "--standard", "kep", *AT, "kep:kep-tree"),
    ("check", "--standard", "./house", "--gate", "nothing-like-it", "records"),
    ("check", "--standrd", "./house", "--gate", "nothing-like-it", "records"),
    ("check", "--standard", "./house", "--fact", "lab.open=yes", "records"),
    ("plugin", "show", "nothing-like-it"),
    ("plugin", "list"),
    ("standard", "list"),
    ("standard", "show", "essentials"),
    ("standard", "show", "essentials", "ready-for-delivery"),
    ("standard", "show", "./broken"),
    ("standard", "diagram", "essentials"),
    ("standard", "diagram", "pm2"),
    ("standard", "lint", "./risky"),
    ("standard", "lint", "--explain", "yaml-anchors-lost"),
    ("standard", "test", "./house"),
    ("guide",),
    ("guide", "risks-owned"),
    ("guide", "business-case"),
    ("guide", "plan-approved", "--standard", "./house"),
    ("demo",),
)


def seen(
    arguments: tuple[str, ...], folder: Path, settings: Mapping[str, str] | None = None
) -> str:
    """What a terminal of 80 columns gets: both standard streams are one."""
    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**plain, "COLUMNS": str(WIDTH), "TERM": "xterm", **(settings or {})}
    running = subprocess.Popen(
        (sys.executable, "-m", "pmo_core.cli", *arguments),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment,
    )
    os.close(theirs)
    read = bytearray()
    with running:
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # Linux says that the other side is gone in this way
                break
            if not more:
                break
            read += more
    os.close(ours)
    return read.decode().replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files that the sessions use."""
    where = tmp_path / "files"
    shutil.copytree(FILES, where)
    return where


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(arguments: tuple[str, ...], folder: Path) -> None:
    lines = COLOUR.sub("", seen(arguments, folder)).splitlines()
    assert lines
    assert [line for line in lines if columns(line) > WIDTH] == []


CHECK = ("check", "--standard", "./house", *AT, "records")


def test_a_terminal_gets_colours_and_words_say_the_same(folder: Path) -> None:
    coloured = seen(CHECK, folder)
    assert COLOUR.search(coloured)
    plain = seen(CHECK, folder, {"NO_COLOR": ""})
    assert not COLOUR.search(plain)
    assert _settled(COLOUR.sub("", coloured)) == _settled(plain)


def test_a_pipe_gets_no_colour_and_nothing_shortened(folder: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "pmo_core.cli", *CHECK), cwd=folder, capture_output=True, check=False
    )
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


def test_accessible_is_without_colour_columns_and_breaks(folder: Path) -> None:
    settings = {"PMO_ACCESSIBLE": "1"}
    assert not COLOUR.search(seen(CHECK, folder, settings))
    told = seen(("standard", "show", "./house", "--gates"), folder, settings).splitlines()
    assert told == [
        "ready-to-build: from -> go planning -> building, criteria 5, kind passage.",
        "done: from -> go building -> closed, criteria 1, kind passage.",
    ]
    page = seen(("guide", "plan-approved", "--standard", "./house"), folder, settings)
    assert any(len(line) > WIDTH for line in page.splitlines())


def _settled(text: str) -> str:
    return re.sub(r"\d\.\d s", "0.1 s", text)


def some(count: int) -> list[Line]:
    """As many lines as that; progress does not look at them."""
    return [object()] * count  # type: ignore[list-item]


def progress_of(seconds_a_line: float, lines: int) -> str:
    """What stands on the screen after a run whose lines take that long."""
    screen = io.StringIO()
    ticks = itertools.count()
    clock = lambda: next(ticks) * seconds_a_line  # noqa: E731
    given = some(lines)
    assert list(with_progress(iter(given), Tally(records=1234), screen, clock)) == given
    return screen.getvalue()


def test_work_of_less_than_a_second_shows_no_progress() -> None:
    assert progress_of(0.01, 50) == ""


def test_longer_work_counts_the_records_and_clears_the_line() -> None:
    shown = progress_of(0.1, 30)
    assert "\r1,234 records " in shown
    assert shown.endswith("\r\x1b[K")
    # At most one every quarter of a second: 30 lines of 0.1 s, the first second silent.
    assert shown.count("records") <= 8


SLOW = """
import sys
from pmo_core.cli import main, output
output.PROGRESS_AFTER = output.PROGRESS_EVERY = -1.0
sys.argv = ["pmo", "check", "--standard", "./house", "records"]
main()
"""


def test_progress_goes_to_standard_error_only_where_that_is_a_terminal(folder: Path) -> None:
    slow = (sys.executable, "-c", SLOW)
    piped = subprocess.run(slow, cwd=folder, capture_output=True, check=False)
    assert piped.stderr == b""
    ours, theirs = pty.openpty()
    shown = subprocess.run(slow, cwd=folder, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    assert b"records \r" in os.read(ours, 65536)
    os.close(ours)
    assert _settled(shown.stdout.decode()) == _settled(piped.stdout.decode())
