"""The benchmarks run, and ours and the peers' answers are the same: correctness before speed.

Nothing is said here about time.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
RUN = REPOSITORY / "benchmarks" / "run.py"
PEERS = {
    "proposals": "check_jsonschema",
    "assessment": "regopy",
    "json-lines": "orjson",
    "start-up": "click",
    "office": "sqlalchemy",
}


@pytest.mark.parametrize("name", PEERS)
def test_a_benchmark_finds_the_same_answers_as_its_peer(name: str, tmp_path: Path) -> None:
    if find_spec(PEERS[name]) is None:
        pytest.skip(f"{PEERS[name]} is not installed")
    report = tmp_path / "report.md"
    done = subprocess.run(
        [sys.executable, RUN, "--quick", "--only", name, "--report", report],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    table = [line for line in report.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    assert len(table) > 2, "a head, a line below it, and what was measured"


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmarks' package can be imported."""
    monkeypatch.syspath_prepend(str(RUN.parent))


@pytest.mark.usefixtures("comparisons")
class TestMeasuring:
    def test_different_answers_stop_a_benchmark(self) -> None:
        from comparisons.measure import Disagreement, agree

        agree("the same", {"a"}, {"a"})
        with pytest.raises(Disagreement, match=r"what fails: ours 1 but the peer's 2"):
            agree("what fails", 1, 2)

    def test_actions_are_run_by_turns(self) -> None:
        from comparisons.measure import by_turns

        done: list[str] = []
        taken = by_turns([lambda: done.append("ours"), lambda: done.append("peer")], 2)
        assert done == ["ours", "peer"] * 3, "the first round warms up"
        assert len(taken) == 2

    def test_a_row_meets_its_target_at_the_target(self) -> None:
        from comparisons.measure import Row

        assert Row("what", "peer", ours=3.0, peer=2.0, target=1.5).met
        assert not Row("what", "peer", ours=3.1, peer=2.0, target=1.5).met


@pytest.mark.usefixtures("comparisons")
class TestRecords:
    def test_they_are_the_same_each_time(self) -> None:
        from comparisons.records import records

        assert list(records(9, failing_every=3)) == list(records(9, failing_every=3))

    def test_each_has_an_id_of_its_own_first_or_last(self) -> None:
        from comparisons.records import records

        made = list(records(1_300))
        assert len({record["id"] for record in made}) == len(made)
        assert next(iter(made[0])) == "id"
        assert next(reversed(made[1])) == "id"

    def test_one_in_five_fails_exactly_three_criteria(self) -> None:
        from comparisons.assessment import failed
        from comparisons.records import portfolio, records

        standard = portfolio()
        counts = [len(failed(standard, record)) for record in records(60, failing_every=5)]
        assert counts == [0, 0, 0, 0, 3] * 12
