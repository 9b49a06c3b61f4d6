"""A short part of the year, each line a process of its own that is told the time by `--at`."""

from __future__ import annotations

from pathlib import Path

from .script import STORIES, in_order, story
from .town import TownOfProcesses, faults, played

FOUNDING = "2026-01-05"
STARTED = ("pmo project list", "pmo tick")
"""What is looked at while the office is empty: once is enough, in the whole year."""


def test_a_rejected_project_from_its_office_to_its_archive(tmp_path: Path) -> None:
    """The same lines come to the same as in one process."""
    founding = [
        step
        for step in story(STORIES / "office.story")
        if f"{step.at:%Y-%m-%d}" == FOUNDING and step.line not in STARTED
    ]
    steps = in_order([*founding, *story(STORIES / "parking-app.story")])
    town = TownOfProcesses(tmp_path / "town")
    found = [fault for step, written in played(town, steps) for fault in faults(step, written)]
    assert found == [], "\n".join(found)
