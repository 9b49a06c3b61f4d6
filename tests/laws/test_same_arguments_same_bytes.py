"""S3.4: same arguments, same bytes: in one process, in others, whatever the hashes of strings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core.assessment.explain import explain

from . import corpus

SCRIPT = Path(corpus.__file__)


def everything() -> list[str]:
    return [corpus.as_bytes(found).decode() for found in corpus.assessments(corpus.standard())]


def test_asking_again_gives_the_same() -> None:
    chosen = corpus.standard()
    first = [corpus.as_bytes(found) for found in corpus.assessments(chosen)]
    again = [corpus.as_bytes(found) for found in corpus.assessments(chosen)]
    assert first == again


def test_a_standard_that_is_loaded_again_judges_the_same() -> None:
    assert everything() == everything()


def test_the_order_in_which_records_are_judged_does_not_matter() -> None:
    chosen, values = corpus.standard(), corpus.records()
    forwards = [corpus.as_bytes(found) for found in corpus.assessments(chosen, values)]
    backwards = [corpus.as_bytes(found) for found in corpus.assessments(chosen, values[::-1])]
    assert sorted(forwards) == sorted(backwards)


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_process_with_other_hashes_gives_the_same(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    found = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env=environment,
        cwd=SCRIPT.parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert found.stdout.decode().splitlines() == everything()


def test_the_corpus_comes_out_in_every_way() -> None:
    """Or the laws that rest on it would say little."""
    found = list(corpus.assessments(corpus.standard()))
    results = {one.result.value for each in found for one in each.findings}
    assert results == {"pass", "fail", "unknown", "not-applicable", "waived"}
    effects = {one.effect.value for each in found for one in each.findings}
    assert effects == {"blocks", "warns", "none"}
    codes = {reason.code for each in found for one in each.findings for reason in one.reasons}
    assert len(codes) >= 40
    plans = [explain(one).plan for one in found]
    kinds = {action.kind for plan in plans if plan for action in plan.actions}
    assert kinds >= {"fix", "answer", "bring", "supply", "raise", "await"}
