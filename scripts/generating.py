"""What the generators of reference pages share: write the pages, or with --check show what drifted.

A generator says which pages it makes, as file -> text, and calls `run`.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MOST_LINES = 60


def run(script: str, pages: Callable[[], Mapping[Path, str]], arguments: list[str]) -> int:
    """Write the pages of a generator; with `--check`, change nothing and exit 1 on drift.

    Args:
        script: name of the generator's file, for the message.
        pages: makes each page: where it lies, and its whole text.
        arguments: those of the command line.
    """
    parser = argparse.ArgumentParser(prog=script)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on drift")
    checking = parser.parse_args(arguments).check
    stale = {path: text for path, text in pages().items() if _present(path) != text}
    for path, text in stale.items():
        if checking:
            _tell(path, text, script)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale and checking else 0


def cell(text: str) -> str:
    """Text as it may stand in a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; cells are taken as they are."""
    lines = [head, tuple("---" for _name in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _present(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _tell(path: Path, text: str, script: str) -> None:
    name = path.relative_to(ROOT).as_posix()
    lines = list(
        difflib.unified_diff(
            _present(path).splitlines(), text.splitlines(), name, f"{name} anew", lineterm="", n=1
        )
    )
    print(*lines[:MOST_LINES], sep="\n", file=sys.stderr)
    if len(lines) > MOST_LINES:
        print(f"({len(lines) - MOST_LINES} more lines)", file=sys.stderr)
    print(f"{name} is out of date. Run: python scripts/{script}", file=sys.stderr)
