"""JSON Lines in, a verdict file out: whole process and in process, up to 100,000 records."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import orjson

from comparisons import bare_lines
from comparisons.measure import Benchmark, Row, agree, by_turns
from comparisons.peers import bare_judge, schemas
from comparisons.programs import PMO, peak_memory, run_into, run_quietly
from comparisons.records import PACKAGE, portfolio, records
from pmo_core import Standard

# From the command line `pmo check` is the public way. In process there is none that streams.
from pmo_core.office.checking import ASSUMED, Plan, checked_lines
from pmo_core.office.lines import Tally, tallied
from pmo_core.office.session import Session
from pmo_core.render.jsonl import jsonl

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BARE = "orjson + 16 bare calls + orjson"
COMPACT, SPACED = (",", ":"), (", ", ": ")


class _Kind(NamedTuple):
    """One kind of input: how it is written, how often a record fails, what ours may cost."""

    what: str
    separators: tuple[str, str]
    failing_every: int
    target: float


_KINDS = (
    _Kind("compact, all ready", COMPACT, 0, 1.0),
    _Kind("with spaces, all ready", SPACED, 0, 1.5),
    _Kind("compact, one in five fails", COMPACT, 5, 2.0),
)


def run(quick: bool) -> Iterator[Row]:
    """Beside the bare calls; then the cost and the memory of a record as there are more."""
    count = 300 if quick else 100_000
    with TemporaryDirectory() as name:
        folder = Path(name)
        for kind in _KINDS:
            lines = _written(folder / "records.jsonl", kind, count)
            yield from _beside_bare_calls(folder, lines, kind, count, 1 if quick else 3)
        yield from _growth(folder, 3 if quick else 1_000, 1 if quick else 3)


def _beside_bare_calls(
    folder: Path, lines: Path, kind: _Kind, count: int, repetitions: int
) -> Iterator[Row]:
    standard = portfolio()
    out, same, listed = folder / "verdicts.jsonl", folder / "same.jsonl", folder / "schemas.json"
    listed.write_bytes(orjson.dumps(list(schemas(standard).values())))
    bare_program: list[str | Path] = [sys.executable, bare_lines.__file__, listed, lines, same]
    calls = bare_lines.compiled(list(schemas(standard).values()))
    _check(lines, out)
    _same_answers(standard, lines, out)
    for where, mine, bare in (
        ("whole process", partial(_check, lines, out), partial(run_quietly, bare_program)),
        (
            "in process",
            partial(check_in_process, standard, lines, out),
            partial(bare_lines.through, calls, lines, same),
        ),
    ):
        ours, peer = by_turns([mine, bare], repetitions)
        yield Row(f"{count:,} lines {kind.what}: {where}", BARE, ours, peer, kind.target)


def _growth(folder: Path, fewest: int, repetitions: int) -> Iterator[Row]:
    standard = portfolio()
    counts = [fewest, fewest * 10, fewest * 100]
    files = [_written(folder / f"{count}.jsonl", _KINDS[0], count) for count in counts]
    # An output for each: to empty a large file takes time that is none of ours.
    outs = [lines.with_suffix(".out") for lines in files]
    taken = by_turns(
        [partial(check_in_process, standard, *one) for one in zip(files, outs, strict=True)],
        repetitions,
    )
    peaks = [peak_memory(_command(lines), out) for lines, out in zip(files, outs, strict=True)]
    each = [seconds / count for seconds, count in zip(taken, counts, strict=True)]
    for more in (1, 2):
        beside = f"the same at {fewest:,}"
        yield Row(f"a record's cost at {counts[more]:,}", beside, each[more], each[0], 1.1)
    for more in (1, 2):
        beside = f"the same at {fewest:,}"
        yield Row(f"peak memory at {counts[more]:,}", beside, peaks[more], peaks[0], 1.1, "MB")


def check_in_process(standard: Standard, lines: Path, out: Path) -> Tally:
    """What `pmo check --format jsonl` does, without its start."""
    session = Session(standard, NOW, "UTC")
    batch = session.open([str(lines)], lambda: sys.stdin.buffer)
    plan = Plan(standard, NOW, None, "UTC", session.inputs_for(batch))
    tally = Tally()
    with out.open("wb") as target:
        for chunk in jsonl(session.run(), tallied(checked_lines(plan, batch, ASSUMED), tally)):
            target.write(chunk)
    return tally


def _command(lines: Path) -> list[str | Path]:
    return [PMO, "check", "--standard", PACKAGE, "--format", "jsonl", lines]


def _check(lines: Path, out: Path) -> None:
    run_into(out, _command(lines), codes=(0, 1))


def _written(path: Path, kind: _Kind, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records(count, failing_every=kind.failing_every):
            out.write(json.dumps(record, separators=kind.separators, ensure_ascii=False) + "\n")
    return path


def _same_answers(standard: Standard, lines: Path, verdicts: Path) -> None:
    """A verdict for each record, and the criteria that fail are those that bare calls name."""
    judge = bare_judge(standard)
    with lines.open("rb") as read, verdicts.open("rb") as written:
        for line, verdict in zip(read, written, strict=True):
            record, found = orjson.loads(line), orjson.loads(verdict)
            failed = judge(record)
            agree("whose verdict it is", found["record"], record["id"])
            agree(f"verdict of {record['id']}", found["verdict"] == "ready", not failed)
            named = {one["criterion"] for one in found["findings"] if one["result"] == "fail"}
            agree(f"what {record['id']} fails", named, failed)


BENCHMARK = Benchmark("json-lines", "JSON Lines in, a verdict file out", run)
