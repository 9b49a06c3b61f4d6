"""Run the benchmarks, each beside a peer in the same run, and write `benchmarks/REPORT.md`.

    python benchmarks/run.py [--only NAME]... [--quick] [--report FILE]

Every benchmark makes sure that ours and the peer's answers are the same before it times them.
`--quick` does so on little, and its times mean nothing; it writes no report unless told to.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from comparisons import assessment, json_lines, office, proposals, start_up
from comparisons.measure import Benchmark, Disagreement, LeftOut, Row

REPORT = Path(__file__).with_name("REPORT.md")
BENCHMARKS: tuple[Benchmark, ...] = (
    proposals.BENCHMARK,
    assessment.BENCHMARK,
    json_lines.BENCHMARK,
    start_up.BENCHMARK,
    office.BENCHMARK,
)
PACKAGES = (
    "pmo",
    "check-jsonschema",
    "click",
    "jsonschema",
    "jsonschema-rs",
    "orjson",
    "regopy",
    "SQLAlchemy",
)
HEADING = (
    "| what | beside | ours | peer | ratio | target | met |\n|---|---|---:|---:|---:|---:|---|"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where a target is missed, 3 where answers differ."""
    options = _parser().parse_args(arguments)
    chosen = [one for one in BENCHMARKS if not options.only or one.name in options.only]
    parts: list[str] = []
    missed = 0
    for benchmark in chosen:
        if benchmark.apart and len(chosen) > 1:
            # Rego's engine and that of our expressions cannot be in one process.
            done = _apart(benchmark, quick=options.quick)
            _say(done.stdout.rstrip() + "\n", parts)
            if done.returncode > 1:
                sys.stderr.write(done.stderr)
                return 3
            missed += done.returncode
            continue
        _say(f"## {benchmark.title}\n\n{HEADING}", parts)
        try:
            for row in benchmark.run(options.quick):
                missed += not row.met
                _say(line_of(row), parts)
        except LeftOut as why:
            _say(f"\nLeft out: {why}.", parts)
        except Disagreement as why:
            sys.stderr.write(f"{benchmark.name}: {why}\n")
            return 3
        _say("", parts)
    report = options.report or (None if options.quick else REPORT)
    if report is not None:
        report.write_text(_head() + "\n".join(parts), encoding="utf-8")
    return 1 if missed and not options.quick else 0


def _apart(benchmark: Benchmark, *, quick: bool) -> subprocess.CompletedProcess[str]:
    """The benchmark alone in a process of its own, its table on standard output."""
    with TemporaryDirectory() as folder:
        report = str(Path(folder) / "report.md")
        words = [sys.executable, __file__, "--only", benchmark.name, "--report", report]
        return subprocess.run(
            [*words, *(["--quick"] if quick else [])], capture_output=True, text=True
        )


def line_of(row: Row) -> str:
    """The row in the table."""
    return (
        f"| {row.what} | {row.peer_name} | {_amount(row.ours, row.unit)} "
        f"| {_amount(row.peer, row.unit)} | {row.ratio:.2f} | {row.target:.2f} "
        f"| {'yes' if row.met else 'NO'} |"
    )


def _amount(amount: float, unit: str) -> str:
    if unit != "s":
        return f"{amount:.1f} {unit}"
    for limit, factor, shown in ((1e-3, 1e6, "us"), (1, 1e3, "ms")):
        if amount < limit:
            return f"{amount * factor:.1f} {shown}"
    return f"{amount:.2f} s"


def _head() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "# What pmo costs, beside others\n\n"
        "Written by `python benchmarks/run.py`. Ours and the peer ran by turns in one run. Times "
        "are medians of processor time, user and system, so that what else the machine did "
        "counts on neither side; the ratio is ours over the peer's, and the target is the most "
        "that it may be.\n\n"
        f"- Date: {datetime.now(UTC):%Y-%m-%d}\n"
        f"- Machine: {_processor()}, {platform.system()} {platform.machine()}\n"
        f"- Python: {platform.python_implementation()} {platform.python_version()}\n"
        f"- Versions: {packages}\n\n"
    )


def _processor() -> str:
    from os import cpu_count

    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or 'unknown'}, {cpu_count()} cores"


def _say(text: str, parts: list[str]) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    parts.append(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Run the benchmarks beside their peers.")
    names = [benchmark.name for benchmark in BENCHMARKS]
    parser.add_argument("--only", action="append", choices=names, help="may be repeated")
    parser.add_argument("--quick", action="store_true", help="check the answers on little")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where to write the report")
    return parser


if __name__ == "__main__":
    sys.exit(main())
