"""The gate lets a ready release through, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TUESDAY = "2026-11-24T09:00Z"
FRIDAY = "2026-11-27T09:00Z"


def deployed(record: str, at: str) -> tuple[int, bool]:
    """Exit code, and whether the command behind the gate ran."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "PMO_GATE_OPTIONS": f"--at {at}",
    }
    done = subprocess.run(
        ["sh", "gate.sh", record, "echo", "it runs"],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, "it runs" in done.stdout


@pytest.mark.parametrize(
    ("record", "at", "code", "runs"),
    [
        ("projects/shop-41.yaml", TUESDAY, 0, True),
        ("projects/shop-42.yaml", TUESDAY, 1, False),
        ("projects/shop-41.yaml", FRIDAY, 1, False),
        ("release/guidance.md", TUESDAY, 3, False),
        ("projects/nowhere.yaml", TUESDAY, 2, False),
    ],
)
def test_only_a_ready_release_is_deployed(record: str, at: str, code: int, runs: bool) -> None:
    assert deployed(record, at) == (code, runs)
