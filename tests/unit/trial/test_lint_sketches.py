"""What lint says of the nine sketches of the language, reviewed line by line.

They are abridged, so that most of it is true of the sketch and would not be of the whole standard.
Their guidance is not written: `missing-file` is left out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pmo_core.standards.load import load
from pmo_core.trial.lint import LintFinding, lint

SKETCHES = Path(__file__).parents[4] / "shared" / "language-sketches.md"
REVIEWED = Path(__file__).with_name("sketches-lint.txt")
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
# Three of them name a gate or a baseline that was cut.
CUT = (
    ("baseline.project.", "baseline.stage."),
    ("{to: development, clear-before: go-to-testing}", "development"),
    ("due: {pdr: baseline, cdr: update}", "due: {pdr: baseline}"),
)
pytestmark = pytest.mark.skipif(not SKETCHES.exists(), reason="the sketches are not here")


@cache
def found() -> tuple[LintFinding, ...]:
    text = SKETCHES.read_text(encoding="utf-8")
    for cut, kept in CUT:
        text = text.replace(cut, kept)
    findings: list[LintFinding] = []
    for block in FENCE.findall(text):
        name = re.findall(r"^standard: (\S+)", block, re.MULTILINE)[0]
        package = {"standard.yaml": block.encode(), "record.schema.json": b"{}"}
        findings += lint(load(package, name))
    return tuple(findings)


def test_lint_says_of_the_sketches_what_was_reviewed() -> None:
    """Where it differs for a good reason, review the difference and change the file."""
    lines = [
        f"{one.place.source}:{one.place.line} {one.severity} {one.rule}: {one.message}"
        for one in found()
        if one.rule != "missing-file"
    ]
    assert lines == REVIEWED.read_text(encoding="utf-8").splitlines()


def test_lint_misses_the_guidance_that_the_sketches_do_not_have() -> None:
    missing = {one.message for one in found() if one.rule == "missing-file"}
    assert "the package has no file 'guidance/business-case.md'" in missing
    assert "the package has no file 'templates/description.md'" in missing
