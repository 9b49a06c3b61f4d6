"""How long a person waits for the first line: `pmo` beside Python that imports click."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from comparisons.measure import Benchmark, Row, agree, by_turns, run_quietly
from comparisons.programs import PMO
from comparisons.records import PACKAGE, record_with_all_fields
from pmo_core import canonical

_PEER = 'python -c "import click"'


class _Command(NamedTuple):
    """A command, what it must write, and what it may cost."""

    words: list[str | Path]
    writes: str
    target: float


def run(quick: bool) -> Iterator[Row]:
    """`pmo --help` and `pmo check` of one file; all bytecode is written before."""
    with TemporaryDirectory() as folder:
        record = Path(folder) / "project.json"
        record.write_bytes(canonical(record_with_all_fields()))
        summary = "1 record in"
        commands = {
            "pmo --help": _Command([PMO, "--help"], "check", 2.5),
            "pmo check of one file": _Command(
                [PMO, "check", "--standard", PACKAGE, record], summary, 5.0
            ),
        }
        for what, command in commands.items():
            agree(what, command.writes in run_quietly(command.words), True)
        bare: list[str | Path] = [sys.executable, "-c", "import click"]
        everything = [bare, *(command.words for command in commands.values())]
        peer, *ours = by_turns(
            [partial(run_quietly, words) for words in everything], 2 if quick else 21
        )
    for (what, command), taken in zip(commands.items(), ours, strict=True):
        yield Row(what, _PEER, taken, peer, command.target)


BENCHMARK = Benchmark("start-up", "Start-up: whole processes, by turns", run)
