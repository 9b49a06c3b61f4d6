"""An office of one's own for each test, and a command line that is watched."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core.cli import commands
from pmo_core.cli.invocation import Invocation
from pmo_core.ledger import store

from .house import EDITOR, NOW, build, digests

CODES = frozenset({0, 1, 2, 3, 4, 69, 130})


class Told(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


class Fault(NamedTuple):
    """What a command refused, as people and as programs are told it."""

    code: int
    kind: str
    words: str
    fields: dict[str, object]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office that each test gets a copy of, with all that lies beside it."""
    root = tmp_path_factory.mktemp("built")
    build(root)
    return root


@pytest.fixture
def office(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office, in which the test stands; nobody waits long for a lock."""
    shutil.copytree(built, tmp_path / "city")
    folder = tmp_path / "city" / "office"
    monkeypatch.chdir(folder)
    for name in ("PMO_OFFICE", "PMO_ACCESSIBLE", "PMO_TRACEBACK", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PMO_AS", "ana.ruiz")
    monkeypatch.setenv("EDITOR", EDITOR)
    (tmp_path / "drafts").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "drafts"))
    monkeypatch.setattr(store.Store.open.__func__, "__kwdefaults__", {
        **store.Store.open.__func__.__kwdefaults__, "wait_seconds": 0.05
    })  # fmt: skip
    return folder


class Pmo:
    """Runs command lines in this process: never a traceback, never our bug (S16)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, office: Path) -> None:
        self._monkeypatch = monkeypatch
        self.office = office

    def __call__(
        self,
        *words: str,
        at: datetime = NOW,
        stdin: bytes = b"",
        as_json: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> Told:
        """One command line.

        Args:
            at: what its clock shows.
            as_json: errors are told as to a program, whether or not the command has --json.
        """

        def invocation(arguments: list[str]) -> Invocation:
            found = Invocation(arguments, clock or (lambda: at))
            found.json = found.json or as_json
            return found

        out, err = _stream(), _stream()
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["pmo", *words])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", _stream(stdin))
            patch.setattr(commands, "Invocation", invocation)
            with pytest.raises(SystemExit) as stopped:
                commands.run()
        told = Told(int(stopped.value.code or 0), _written(out), _written(err))
        assert "Traceback" not in told.out + told.err
        assert told.code in CODES, told
        assert told.out or told.err
        return told

    def refused(self, *words: str, at: datetime = NOW) -> Fault:
        """A command line that must be refused, with nothing written, and told what to do.

        Asked twice: by a person, and by a program.
        """
        before = digests(self.office.parent)
        told = self(*words, at=at)
        assert told.code not in (0, 1), told
        fields = {}
        if not told.out:
            programs = self(*words, at=at, as_json=True)
            assert programs.code == told.code
            assert told.err.startswith("Your draft is kept") or not programs.err
            fields = json.loads(programs.out)["error"]
            assert fields["remedy"], fields
        assert digests(self.office.parent) == before
        return Fault(told.code, str(fields.get("kind", "")), told.out + told.err, fields)


@pytest.fixture
def pmo(monkeypatch: pytest.MonkeyPatch, office: Path) -> Pmo:
    """Runs `pmo` in the office."""
    return Pmo(monkeypatch, office)


def _stream(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), "utf-8", "backslashreplace", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.read().decode()
