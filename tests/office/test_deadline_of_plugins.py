"""S8.1: how long a plugin has for an answer is a setting of the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core import InvalidSettings

from .offices import office


@pytest.mark.parametrize(
    ("written", "seconds"), [("", 30), ("deadline: PT5S", 5), ("deadline: PT2M", 120)]
)
def test_it_is_thirty_seconds_unless_the_office_says(
    tmp_path: Path, written: str, seconds: int
) -> None:
    pytest.importorskip("pmo_kep", reason="the plugin kep is not installed")
    with office(tmp_path, settings=f"plugins: {{kep: {{}}}}\n{written}") as here:
        deadline = here.plugins["kep"].deadline
    assert deadline is not None
    assert deadline.seconds == seconds


@pytest.mark.parametrize("written", ["30", "P1D", "PT0S", "PT1.5S", "PT99999S", "soon"])
def test_it_is_a_number_of_seconds_minutes_or_hours(tmp_path: Path, written: str) -> None:
    with pytest.raises(InvalidSettings, match="A deadline is a number of seconds"):
        office(tmp_path, settings=f"deadline: {written}").close()
