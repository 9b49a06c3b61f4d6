"""The Kubernetes project's own proposals come to the verdicts that its own validator gave them.

656 proposals of one commit, all ready; 1,402 earlier versions, each with its recorded verdict and
the validator's reasons. The rules come from the standard `kep` alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pmo_kep
import pytest

from pmo_core.assessment import Assessment, Effect, Result, Verdict, assess
from pmo_core.errors import InvalidDocument
from pmo_core.office.gather import gather
from pmo_core.office.packages import load_standard
from pmo_core.plugins.calling import read_source
from pmo_core.plugins.loading import plugin_from
from pmo_core.standards.model import Standard
from pmo_core.standards.record import read_record

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared/data/kep"
GATE = "entitled"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

CRITERIA_OF = {
    "unknown-field": {"fields-known"},
    "missing-kep-number": {"fields-present"},
    "missing-authors": {"fields-present"},
    "missing-approvers": {"fields-present"},
    "missing-latest-milestone": {"milestone-named"},
    "missing-stage": {"stage-named"},
    "bad-stage": {"stage-known"},
    "prr-file-missing": {"approval-filed"},
    "prr-stage-missing": {"stage-approved"},
    "prr-approver-unknown": {"approver-entitled"},
}
"""The validator's reason -> the criterion that says the same."""

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the proposals are not beside this repository (../shared/data/kep)"
)


@pytest.fixture(scope="module")
def standard() -> Standard:
    """The standard that is shipped for these proposals."""
    return load_standard(ROOT / "standards/pmo_standards/kep/1.0.0")


def assessed(standard: Standard, target: Path) -> Iterator[Assessment | InvalidDocument]:
    """Each proposal of a source, in order: assessed, or unreadable."""
    plugin = plugin_from(pmo_kep, "kep")
    reading = read_source(plugin, plugin.sources["kep"], str(target), standard.scalars)
    for item in reading.records:
        if isinstance(item, InvalidDocument):
            yield item
            continue
        record = read_record(standard, item.document, item.source)
        inputs = gather(standard, GATE, record, (plugin,), NOW, shared=reading.facts)
        yield assess(standard, GATE, record, now=NOW, inputs=inputs)


def test_all_proposals_of_the_repository_are_ready(standard: Standard) -> None:
    found = list(assessed(standard, CORPUS))
    blocked = {
        one.record.source: one.blocking
        for one in found
        if isinstance(one, Assessment) and one.verdict is not Verdict.READY
    }
    unreadable = [one for one in found if isinstance(one, InvalidDocument)]
    assert (len(found), blocked, unreadable) == (656, {}, [])


@pytest.fixture(scope="module")
def history(standard: Standard) -> list[tuple[dict[str, object], Assessment | InvalidDocument]]:
    """Each row of the history, with what it comes to."""
    path = CORPUS / "history.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return list(zip(rows, assessed(standard, path), strict=True))


def test_each_earlier_version_comes_to_its_recorded_verdict(
    history: list[tuple[dict[str, object], Assessment | InvalidDocument]],
) -> None:
    def verdict(one: Assessment | InvalidDocument) -> bool | None:
        return None if isinstance(one, InvalidDocument) else one.verdict is Verdict.READY

    differing = [
        (line, row["ready"], verdict(one))
        for line, (row, one) in enumerate(history, start=1)
        if row["ready"] is not verdict(one)
    ]
    assert differing == []
    assert Counter(verdict(one) for _row, one in history) == {True: 1001, False: 393, None: 8}


def test_each_recorded_reason_is_the_failure_of_its_criterion(
    history: list[tuple[dict[str, object], Assessment | InvalidDocument]],
) -> None:
    lacking = []
    for line, (row, one) in enumerate(history, start=1):
        if isinstance(one, InvalidDocument):
            assert row["why"] == ["unparsable"]
            continue
        failed = {finding.criterion for finding in one.findings if finding.result is Result.FAIL}
        why = row["why"]
        assert isinstance(why, list)
        for code in why:
            if not CRITERIA_OF[code] & failed:
                lacking.append((line, code, failed))
    assert lacking == []


def test_each_blocked_version_says_so_by_a_criterion_that_failed(
    history: list[tuple[dict[str, object], Assessment | InvalidDocument]],
) -> None:
    """Unknown alone never blocks here: whatever cannot be judged follows from what failed."""
    for row, one in history:
        if isinstance(one, Assessment) and row["ready"] is False:
            blocking = [finding for finding in one.findings if finding.effect is Effect.BLOCKS]
            assert any(finding.result is Result.FAIL for finding in blocking)
            assert not {"record", "claim"} & {finding.criterion for finding in blocking}


def test_the_criteria_that_carry_the_reasons_are_those_of_the_standard(standard: Standard) -> None:
    criteria = {criterion.id for criterion in standard.gates[GATE].criteria}
    assert set().union(*CRITERIA_OF.values()) == criteria


@pytest.mark.parametrize(
    ("approval", "place"),
    [
        ("stable:\n  approver: @me\n", (2, 13)),
        ("- stable\n", (1, 1)),
        ("", (1, 1)),
    ],
)
def test_an_approval_that_cannot_be_used_fails_where_it_stands(
    standard: Standard, tmp_path: Path, approval: str, place: tuple[int, int]
) -> None:
    """The proposal stays readable; `approval-filed` fails and points into the approval's file."""
    proposal = tmp_path / "keps/sig-a/1-x/kep.yaml"
    filed = tmp_path / "keps/prod-readiness/sig-a/1.yaml"
    for path in (proposal, filed):
        path.parent.mkdir(parents=True)
    proposal.write_text(
        "title: A\nkep-number: 1\nauthors: [a]\nowning-sig: sig-a\napprovers: [b]\n"
        "status: implementable\nstage: stable\nlatest-milestone: '1.30'\n"
    )
    filed.write_text(approval)
    (one,) = assessed(standard, tmp_path)
    assert isinstance(one, Assessment)
    (finding,) = [finding for finding in one.findings if finding.criterion == "approval-filed"]
    assert finding.result is Result.FAIL
    assert finding.reasons[0].pointer == "/approval"
    assert one.record.document is not None
    found = one.record.document.place("/approval")
    assert (found.source, found.line, found.column) == (str(filed), *place)


def test_an_approval_that_cannot_be_used_disturbs_no_proposal_that_needs_none(
    standard: Standard, tmp_path: Path
) -> None:
    proposal = tmp_path / "keps/sig-a/1-x/kep.yaml"
    filed = tmp_path / "keps/prod-readiness/sig-a/1.yaml"
    for path in (proposal, filed):
        path.parent.mkdir(parents=True)
    proposal.write_text(
        "title: A\nkep-number: 1\nauthors: [a]\nowning-sig: sig-a\napprovers: [b]\n"
        "status: provisional\n"
    )
    filed.write_text("stable: @me\n")
    (one,) = assessed(standard, tmp_path)
    assert isinstance(one, Assessment)
    assert one.verdict is Verdict.READY
