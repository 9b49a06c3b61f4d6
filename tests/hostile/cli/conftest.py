"""A run of `pmo` in this process, held to what must be so whatever it was given."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core.cli.commands import run

STANDARD = Path(__file__).parents[1] / "standards/base"
CODES = frozenset({0, 1, 2, 3, 4, 69})
GOOD = b'{"id": "p-1", "title": "Good", "phase": "idea"}\n'


class Told(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Pmo = Callable[..., Told]


def _stream(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), "utf-8", "backslashreplace", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.buffer.read().decode()


@pytest.fixture
def pmo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pmo:
    """Runs one command line in an empty folder: never a traceback, never our bug (S16)."""
    monkeypatch.chdir(tmp_path)

    def ran(*words: str, stdin: bytes | None = b"") -> Told:
        out, err = _stream(), _stream()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["pmo", *words])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", None if stdin is None else _stream(stdin))
            with pytest.raises(SystemExit) as stopped:
                run()
        told = Told(int(stopped.value.code or 0), _written(out), _written(err))
        assert told.code in CODES
        assert "Traceback" not in told.out + told.err
        assert told.out or told.err
        return told

    return ran


@pytest.fixture
def check(pmo: Pmo) -> Pmo:
    """Runs `pmo check` by a small standard."""

    def ran(*words: str, stdin: bytes | None = b"") -> Told:
        return pmo("check", "--standard", str(STANDARD), *words, stdin=stdin)

    return ran


@pytest.fixture
def good(tmp_path: Path) -> str:
    """The name of a file with a good record."""
    (tmp_path / "good.json").write_bytes(GOOD)
    return "good.json"
