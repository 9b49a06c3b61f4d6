"""The enhancement proposals of a large project, taken into one office, and read again (S16.1)."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.office.adding import Added, add_projects
from pmo_core.office.founding import found_office
from pmo_core.office.office import Office

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "kep"
PROPOSALS = 656

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of enhancement proposals is not there"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office under the standard of the proposals, whose plugin it has switched on."""
    pytest.importorskip("pmo_kep")
    folder = tmp_path / "office"
    found_office(folder, "kep")
    settings = folder / "pmo.yaml"
    settings.write_text(f"{settings.read_text()}\nplugins: {{kep: {{}}}}\n")
    with Office.open(folder) as opened:
        yield opened


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the corpus that a test may change."""
    return Path(shutil.copytree(CORPUS, tmp_path / "copy"))


def added(office: Office, corpus: Path) -> tuple[Added, ...]:
    return add_projects(office, [f"kep:{corpus}"], lambda: sys.stdin.buffer, None, (), actor="ana")


def names_of_events(office: Office, after: int = 0) -> Counter[str]:
    return Counter(placed.event.name for placed in office.store.all_events(after=after))


def test_all_are_registered_and_those_under_way_entered(office: Office, copy: Path) -> None:
    """S11.8"""
    found = added(office, copy)
    assert [one.error for one in found if one.error is not None] == []
    assert office.store.count() == len(found) == PROPOSALS
    counted = names_of_events(office)
    assert counted["registered"] == PROPOSALS
    assert set(counted) == {"registered", "entered"}
    fairness = office.project("1040")
    assert fairness.phases == {"status": "implemented", "stage": "stable"}


def test_read_again_only_what_changed_is_amended(office: Office, copy: Path) -> None:
    added(office, copy)
    before = office.store.position
    changed = 0
    for file in sorted(copy.rglob("kep.yaml")):
        text = file.read_text(encoding="utf-8")
        if "\nstatus: implementable\n" in text and changed < 40:
            changed += 1
            file.write_text(text.replace("\nstatus: implementable\n", "\nstatus: withdrawn\n"))
    again = added(office, copy)
    assert changed == 40
    assert sum(bool(one.done and one.done.events) for one in again) == changed
    assert names_of_events(office, before) == {"amended": changed}
    before = office.store.position
    added(office, copy)
    assert office.store.position == before


def test_a_copy_elsewhere_is_the_same(office: Office, copy: Path) -> None:
    """Those without an id of their own are known by their place in the system (S2.4)."""
    added(office, CORPUS)
    before = office.store.position
    added(office, copy)
    assert office.store.position == before
    assert all(not one.startswith("/") for one in office.store.project_ids())


def test_one_that_cannot_be_read_leaves_the_others(office: Office, copy: Path) -> None:
    file = min(copy.rglob("kep.yaml"))
    file.write_text("title: [open\n")
    found = added(office, copy)
    wrong = [one for one in found if one.error is not None]
    assert len(wrong) == 1
    assert office.store.count() == PROPOSALS - 1
