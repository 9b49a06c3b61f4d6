"""The table of docs/reference/conformance.md, for the tests that hold it to the behaviour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "docs/reference/conformance.md"


@pytest.fixture(scope="session")
def deviations() -> Callable[[str, str], dict[str, str]]:
    """What pmo does instead, for each listed case of a suite where the suite says `expected`."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| suite ")
    ]

    def listed(suite: str, expected: str) -> dict[str, str]:
        return {
            case: ours
            for row_suite, case, row_expected, ours, reason in rows
            if row_suite == suite and row_expected == expected and reason
        }

    return listed
