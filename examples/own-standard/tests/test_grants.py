"""The golden projects of the standard, as tests of whichever suite it lives in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core import load_standard
from pmo_core.testing import golden_cases

STANDARD = Path(__file__).resolve().parents[1] / "grants"


@pytest.mark.parametrize("case", golden_cases(STANDARD), ids=str)
def test_each_golden_project_comes_out_as_it_says(case) -> None:  # type: ignore[no-untyped-def]
    case.check()


def test_each_gate_that_blocks_can_also_refuse() -> None:
    """A rule of this foundation about its own standards: no applicant is left without an answer."""
    outcomes = load_standard(STANDARD).model["lifecycle"]["gates"]["grant"]["outcomes"]
    assert "refuse" in outcomes
