"""A command line run in this process, and what it wrote: each byte, and where to."""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core.cli.commands import run
from pmo_core.version import VERSION

FILES = Path(__file__).parent / "files"
ROOT = Path(__file__).parents[2]
_DURATION = re.compile(r"\b\d+\.\d s\b")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Written(NamedTuple):
    """What a command wrote, and its exit code."""

    out: str
    err: str
    code: int


class Screen(io.TextIOWrapper):
    """A standard stream whose bytes can be read afterwards; a terminal where it says so."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def written(self) -> str:
        """All that was written so far."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def pmo(
    monkeypatch: pytest.MonkeyPatch,
    arguments: str | Sequence[str],
    *,
    stdin: bytes = b"",
    terminal: bool = False,
) -> Written:
    """Run one command line of `pmo` in the current folder."""
    words = shlex.split(arguments) if isinstance(arguments, str) else list(arguments)
    out, err = Screen(terminal=terminal), Screen()
    monkeypatch.setenv("COLUMNS", "80")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["pmo", *words])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stopped:
            run()
    code = stopped.value.code
    assert code is None or isinstance(code, int)
    return Written(out.written(), err.written(), code or 0)


def settled(text: str) -> str:
    """The text without what differs from run to run: durations, digests, this checkout's place."""
    text = _DURATION.sub("0.1 s", text)
    text = _DIGEST.sub("sha256:...", text)
    return text.replace(str(ROOT), "ROOT").replace(VERSION, "VERSION")
