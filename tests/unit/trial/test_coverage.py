"""What golden projects must show of each criterion, and what they do show."""

from __future__ import annotations

from pmo_core.assessment.findings import Result
from pmo_core.standards.load import load
from pmo_core.trial.coverage import Uncovered, coverage
from pmo_core.trial.golden import run_goldens

from .clean import STANDARD, clean, files

HEAD = b"title: T\nnow: 2026-11-24T09:00:00Z\n"
READY = (
    HEAD
    + b"""gate: closing
record: {id: a, title: A, phase: delivery, accepted: true}
expect: {verdict: ready}
"""
)
REFUSED = READY.replace(b"true", b"false").replace(
    b"{verdict: ready}", b"{verdict: blocked, findings: {accepted: fail}}"
)


def test_a_schema_is_never_unknown_and_a_guard_asks_for_not_applicable() -> None:
    demanded = coverage(clean(), ()).demanded
    assert demanded[("closing", "accepted")] == (Result.PASS, Result.FAIL)
    assert demanded[("approval", "case-approved")] == (Result.PASS, Result.FAIL, Result.UNKNOWN)
    assert demanded[("approval", "independently-reviewed")] == (
        Result.PASS,
        Result.FAIL,
        Result.UNKNOWN,
        Result.NOT_APPLICABLE,
    )


def test_what_is_found_counts_as_seen_gate_by_gate() -> None:
    package = files() | {"golden/ready.yaml": READY, "golden/refused.yaml": REFUSED}
    standard = load(package, "small")
    found = coverage(standard, run_goldens(standard, package))
    assert (found.reached, found.total) == (2, 9)
    assert Uncovered("approval", "case-approved", Result.PASS) in found.missing
    assert not any(one.gate == "closing" for one in found.missing)


def test_a_waived_criterion_counts_as_what_it_was() -> None:
    waived = (
        READY.replace(b"true", b"false")
        .replace(b"record:", b"inputs: {waivers: {w-1: {criterion: accepted}}}\nrecord:")
        .replace(b"ready}", b"ready, findings: {accepted: waived}}")
    )
    package = files(STANDARD) | {"golden/waived.yaml": waived}
    standard = load(package, "small")
    results = run_goldens(standard, package)
    assert all(result.passed for result in results)
    assert coverage(standard, results).seen[("closing", "accepted")] == {Result.FAIL}
