"""Programs of the environment that runs the benchmarks, and how they are run: bytecode is kept."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from comparisons.measure import Disagreement

_SCRIPTS = Path(sysconfig.get_path("scripts"))
PMO = _SCRIPTS / "pmo"
CHECK_JSONSCHEMA = _SCRIPTS / "check-jsonschema"
IMPORT_CLICK = (sys.executable, "-c", "import click")

_LAUNCHER = """
import resource, subprocess, sys
with open(sys.argv[1], "wb") as out:
    code = subprocess.run(sys.argv[2:], stdout=out).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run_quietly(command: Sequence[str | Path], *, codes: Sequence[int] = (0,)) -> str:
    """What a program writes to standard output.

    Raises:
        Disagreement: it ended with an exit code that is not among `codes`.
    """
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=_environment()
    )
    if done.returncode not in codes:
        raise Disagreement(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def run_into(out: Path, command: Sequence[str | Path], *, codes: Sequence[int] = (0,)) -> None:
    """Write a program's standard output to a file.

    Raises:
        Disagreement: it ended with an exit code that is not among `codes`.
    """
    with out.open("wb") as target:
        done = subprocess.run(
            [str(part) for part in command], stdout=target, env=_environment(), check=False
        )
    if done.returncode not in codes:
        raise Disagreement(f"{command[0]} ended with {done.returncode}")


def peak_memory(command: Sequence[str | Path], out: Path) -> float:
    """The largest resident memory of a program in MB; its standard output goes to `out`.

    A process inherits the peak of the one that starts it, so a small one of its own does that.
    """
    code, kilobytes = run_quietly([sys.executable, "-c", _LAUNCHER, out, *command]).split()
    if code != "0":
        raise Disagreement(f"{command[0]} ended with {code}")
    return int(kilobytes) / 1024


@cache
def _environment() -> Mapping[str, str]:
    """This process's, but bytecode is written at the first run and read at each further one.

    Where it may not be written, every run compiles whatever changed since somebody else wrote it.
    """
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPYCACHEPREFIX": folder.name}
