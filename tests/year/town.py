"""The place in which the year happens: a folder, a clock, and somebody at the keyboard.

Besides `pmo` its people know `cat`, `cp`, `rm` and `cd`, as far as the stories need them.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core.cli.commands import call
from pmo_core.cli.complaints import exit_code, tell
from pmo_core.cli.invocation import Invocation

from .script import HERE, Step

TAKEN_ALONG = ("people.yaml", "projects", "evidence")


class Written(NamedTuple):
    """What a line wrote, and its exit code."""

    out: str
    err: str
    code: int


class Town:
    """A folder with what the city's people have prepared, in which they type line after line.

    Attributes:
        folder: where the next line is typed.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        for name in TAKEN_ALONG:
            source = HERE / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)

    def type(self, step: Step) -> Written:
        """Do what the step says."""
        line, _, target = step.line.partition(" > ")
        words = shlex.split(line)
        if words[0] == "pmo":
            written = self.pmo(step, words[1:])
        else:
            self._shell(words, step.stdin, target)
            return Written("", "", 0)
        if target:
            (self.folder / target).write_text(written.out, encoding="utf-8")
        return written

    def pmo(self, step: Step, arguments: list[str]) -> Written:
        """Run one command line of `pmo` here, in this process, at the time of the step."""
        return in_process(self.folder, step.who, step.at, arguments)

    def _shell(self, words: list[str], stdin: str, target: str) -> None:
        match words:
            case ["cd", folder]:
                self.folder = self.folder / folder
            case ["cp", pattern, folder]:
                (self.folder / folder).mkdir(exist_ok=True)
                for file in sorted(self.folder.glob(pattern)):
                    shutil.copy(file, self.folder / folder)
            case ["rm", file]:
                (self.folder / file).unlink()
            case ["cat"]:
                (self.folder / target).write_text(stdin, encoding="utf-8")
            case ["cat", ">>", file]:
                self._append(file, stdin)
            case ["cat", source, ">>", file]:
                self._append(file, (self.folder / source).read_text(encoding="utf-8"))
            case _:
                raise ValueError(f"nobody here knows how to {shlex.join(words)}")

    def _append(self, file: str, text: str) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)


class TownOfProcesses(Town):
    """The same, where each `pmo` is a process of its own, told the time by `--at`."""

    def pmo(self, step: Step, arguments: list[str]) -> Written:
        told = [] if arguments[0] in ("init", "status") else ["--at", f"{step.at:%Y-%m-%dT%H:%MZ}"]
        done = subprocess.run(
            [sys.executable, "-m", "pmo_core.cli", *arguments, *told],
            cwd=self.folder,
            env={**os.environ, "PMO_AS": step.who, "PYTHONPATH": str(HERE.parents[1])},
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Written(done.stdout.decode(), done.stderr.decode(), done.returncode)


def in_process(folder: Path, who: str, at: datetime, arguments: list[str]) -> Written:
    """Run one command line of `pmo` in a folder, by a person, at a time."""
    out, err = _screen(), _screen()
    invocation = Invocation(arguments, clock=lambda: at)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setenv("PMO_AS", who)
        patch.delenv("PMO_OFFICE", raising=False)
        try:
            code = call(arguments, invocation)
        except Exception as error:  # as the one handler of the command line
            tell(error, as_json=invocation.json)
            code = exit_code(error)
    return Written(_written(out), _written(err), code)


def _screen() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(screen: io.TextIOWrapper) -> str:
    buffer = screen.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def played(town: Town, steps: list[Step]) -> Iterator[tuple[Step, Written]]:
    """Each step, with what came of it."""
    for step in steps:
        yield step, town.type(step)


def faults(step: Step, written: Written) -> list[str]:
    """What did not come as the story tells it; nothing where all did."""
    out, err = _one_line(written.out), _one_line(written.err)
    found = [f"stdout has no {text!r}" for text in step.says if _one_line(text) not in out]
    found += [f"stderr has no {text!r}" for text in step.complains if _one_line(text) not in err]
    if written.code != step.code:
        found.append(f"exit {written.code}, not {step.code}")
    if step.code in (0, 1) and written.err:
        found.append("stderr is not empty")
    if "Traceback" in written.err or "bug in pmo" in written.err:
        found.append("a traceback")
    if not found:
        return []
    shown = f"{written.out}{written.err}".strip()
    return [f"{step.place}: {step.line}: {'; '.join(found)}\n{shown}\n"]


def _one_line(text: str) -> str:
    return " ".join(text.split())
