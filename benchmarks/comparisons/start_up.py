"""How long a person waits for the first line: `pmo` beside Python importing click."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from comparisons.measure import Benchmark, Row, agree, by_turns, run_quietly
from comparisons.programs import PMO
from comparisons.records import GATE, PACKAGE, record_with_all_fields
from pmo_core import canonical


def run(quick: bool) -> Iterator[Row]:
    """`pmo --help` and `pmo check` of one file, whole processes."""
    with TemporaryDirectory() as folder:
        record = Path(folder) / "project.json"
        record.write_bytes(canonical(record_with_all_fields()))
        bare = [sys.executable, "-c", "import click"]
        commands = {
            "pmo --help": ([PMO, "--help"], 2.5),
            "pmo check, one file": ([PMO, "check", "--standard", PACKAGE, record], 5.0),
            "pmo check, one file, kep": ([PMO, "check", "--standard", "kep", _kep(folder)], 5.0),
        }
        agree("the gate of the one file", GATE in run_quietly(commands["pmo check, one file"][0]), True)
        agree("help names check", "check" in run_quietly(commands["pmo --help"][0]), True)
        everything = [bare, *(command for command, _target in commands.values())]
        peer, *ours = by_turns(
            [lambda command=command: run_quietly(command) for command in everything],
            2 if quick else 21,
        )
        for (what, (_command, target)), taken in zip(commands.items(), ours, strict=True):
            yield Row(what, 'python -c "import click"', taken, peer, target)


BENCHMARK = Benchmark("start-up", "Start-up: whole processes, by turns", run)
