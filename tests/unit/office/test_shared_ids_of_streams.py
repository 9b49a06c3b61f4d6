"""S2.4: ids that several records of a run share are replaced by their sources, in streams too."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.documents import Scalars
from pmo_core.office.checking import ASSUMED, Plan, SharedIds, checked_lines, survey
from pmo_core.office.lines import Checked
from pmo_core.office.sources import Batch, open_batch
from pmo_core.testing.builders import NOW, a_standard


def batch_of(file: Path, *ids: str) -> Batch:
    file.write_text(
        "".join(f'{{"id":"{name}","phase":"planning"}}\n' for name in ids), encoding="utf-8"
    )
    return open_batch([str(file)], Scalars.TYPED, lambda: open(file, "rb"), lambda *_: None)


@pytest.fixture
def plan() -> Plan:
    return Plan(a_standard("{named: {must: It has an id, schema: {}}}"), NOW, None, "UTC")


def test_a_stream_of_different_ids_is_judged_at_one_reading(plan: Plan, tmp_path: Path) -> None:
    batch = batch_of(tmp_path / "r.jsonl", *(f"P-{number}" for number in range(1_000)))
    assert sum(1 for _line in checked_lines(plan, batch, ASSUMED)) == 1_000


def test_a_shared_id_is_told_at_the_end_of_the_stream(plan: Plan, tmp_path: Path) -> None:
    batch = batch_of(tmp_path / "r.jsonl", "a", "b", "a", "c")
    lines = checked_lines(plan, batch, ASSUMED)
    assert len([next(lines) for _line in range(4)]) == 4
    with pytest.raises(SharedIds) as told:
        next(lines)
    assert told.value.suspects == {hash("a")}


def test_the_second_reading_replaces_it_by_its_sources(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    batch = batch_of(file, "a", "b", "a", "c")
    known = survey(plan, batch, frozenset({hash("a")}))
    assert known.shared == {"a"}
    lines = list(checked_lines(plan, batch, known))
    ids = [line.record.id for line in lines if isinstance(line, Checked)]
    assert ids == [f"{file}:1", "b", f"{file}:3", "c"]


def test_a_suspect_that_nobody_shares_stays_as_it_is(plan: Plan, tmp_path: Path) -> None:
    """Hashes of different ids may be the same; the survey compares the ids."""
    batch = batch_of(tmp_path / "r.jsonl", "a", "b")
    assert survey(plan, batch, frozenset({hash("a"), hash("b")})).shared == frozenset()
