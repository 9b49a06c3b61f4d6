"""How long a person waits for the first line: `pmo` beside Python that imports click."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from comparisons.measure import Benchmark, Row, agree, by_turns
from comparisons.programs import IMPORT_CLICK, PMO, run_quietly
from comparisons.records import PACKAGE, record_with_all_fields
from pmo_core import canonical

_RECORDS = Path(__file__).resolve().parents[2] / "tests" / "cli" / "files" / "projects"
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
        # The same small standard as elsewhere, and one of seventy criteria, expressions among them.
        standards: dict[str, tuple[str | Path, Path]] = {
            "15 schemas": (PACKAGE, record),
            "essentials": ("essentials", _RECORDS / "permit-portal.yaml"),
        }
        commands = {"pmo --help": _Command([PMO, "--help"], "check", 2.5)} | {
            f"pmo check of one file, {name}": _Command(
                [PMO, "check", "--standard", standard, file], "1 record", 5.0
            )
            for name, (standard, file) in standards.items()
        }
        for what, command in commands.items():
            agree(what, command.writes in run_quietly(command.words, codes=(0, 1)), True)
        everything = [IMPORT_CLICK, *(command.words for command in commands.values())]
        peer, *ours = by_turns(
            [partial(run_quietly, words, codes=(0, 1)) for words in everything], 2 if quick else 21
        )
    for (what, command), taken in zip(commands.items(), ours, strict=True):
        yield Row(what, _PEER, taken, peer, command.target)


BENCHMARK = Benchmark("start-up", "Start-up: whole processes, by turns", run)
