"""What each format looks like, byte by byte: files under golden/, to be read when they change.

`PMO_WRITE_GOLDEN=1 pytest tests/unit/render` writes them anew; look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmo_core.render.formats import writer_of
from pmo_core.render.style import Style

from .small import PLUGIN_WORDS, small_lines, small_run, standard

GOLDEN = Path(__file__).parent / "golden"
PIPED = Style(extra=PLUGIN_WORDS, elapsed=lambda: 0.24, next_command="pmo guide {criterion}")
TERMINAL = Style(
    width=80,
    colour=True,
    extra=PLUGIN_WORDS,
    elapsed=lambda: 0.24,
    next_command="pmo guide {criterion}",
)
QUIET = Style(quiet=True, extra=PLUGIN_WORDS)
FORMATS = ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")
CASES = {
    **{name: (name, PIPED) for name in FORMATS},
    "explain": ("explain", PIPED),
    "explain-terminal": ("explain", TERMINAL),
    "explain-quiet": ("explain", QUIET),
    "jsonl-explain": ("jsonl", Style(explain=True, extra=PLUGIN_WORDS)),
    "text-terminal": ("text", TERMINAL),
    "text-quiet": ("text", QUIET),
    "markdown-quiet": ("markdown", QUIET),
}


@pytest.mark.parametrize("case", CASES)
def test_a_format_is_what_its_golden_file_shows(case: str) -> None:
    name, style = CASES[case]
    small = standard()
    written = b"".join(writer_of(name)(small_run(small), small_lines(small), style))
    file = GOLDEN / f"{case}.golden"
    if os.environ.get("PMO_WRITE_GOLDEN"):
        file.write_bytes(written)
    assert written == file.read_bytes()


def test_every_golden_file_has_a_case() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {f"{case}.golden" for case in CASES}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    small, again = standard(), standard()
    first = b"".join(writer_of(name)(small_run(small), small_lines(small), PIPED))
    second = b"".join(writer_of(name)(small_run(again), small_lines(again), PIPED))
    assert first == second
