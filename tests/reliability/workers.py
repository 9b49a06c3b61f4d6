"""Processes that tests start, listen to, and kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCRIPT = Path(__file__).with_name("worker.py")


@contextmanager
def worker(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """The worker at work; killed, if it still is, when the block ends."""
    process = subprocess.Popen(
        [sys.executable, str(_SCRIPT), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def acknowledged(process: subprocess.Popen[str], at_least: int) -> list[str]:
    """What the worker acknowledged until it was killed (-9), somewhere after `at_least` times."""
    assert process.stdout is not None
    told = [process.stdout.readline().rstrip("\n") for _ in range(at_least)]
    process.kill()
    told.extend(line.rstrip("\n") for line in process.stdout if line.endswith("\n"))
    assert process.wait() != 0
    return told
