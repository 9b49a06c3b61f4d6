"""What tests of hostile surroundings share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

import pytest

NOBODY = 65534
PROGRAM = """
import os, sys
from pmo_core.cli.commands import run

def ran(words):
    sys.argv = ["pmo", *words]
    try:
        run()
    except SystemExit as stopped:
        return stopped.code

arguments = sys.argv[1:]
good, words = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
sys.stdout, kept = open(os.devnull, "w"), sys.stdout
ran(good)  # imports what a run needs, while it may
ran(["check", "--standard", "/nowhere/at-all", "x"])
sys.stdout = kept
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(%d)
    os.setuid(%d)
code = ran(words)
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)
"""


@pytest.fixture
def unprivileged(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `pmo` as somebody whom permissions bind, though the tests may run as root.

    Called with the words of a run that goes well, so that all is imported, and of the run itself.
    """
    for folder in (tmp_path, *tmp_path.parents):
        if folder == Path(gettempdir()).resolve() or folder.stat().st_uid != os.geteuid():
            break
        folder.chmod(folder.stat().st_mode | 0o055)

    def run(good: list[str], words: list[str]) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM % (NOBODY, NOBODY), *good, "--", *words],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if "Operation not permitted" in done.stderr:
            pytest.skip("this process may not become somebody else")
        return done

    return run
