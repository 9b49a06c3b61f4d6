"""Walkthrough (f): the same findings from files, from CI's annotations and from the ledger."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_core import Office

from .typing_at import typed

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
CHECK = "check --standard pm2 --at 2026-11-24T08:00Z"
LINE = re.compile(r"projects/(\S+)\.yaml:(\d+):(\d+): (fail|unknown) (\S+) ")
ERROR = re.compile(r"::error file=projects/(\S+)\.yaml,line=(\d+),col=(\d+),title=(\S+?)::")


@pytest.mark.usefixtures("brindal")
def test_files_have_the_findings_of_the_ledger_in_its_order() -> None:
    """What other projects decided only the ledger knows: there the files say unknown (S9.3)."""
    out, _err, code = typed(f"{CHECK} projects/", NOW)
    assert code == 1
    from_files = [(one[1], one[5], one[4]) for one in LINE.finditer(out)]
    with Office.open(clock=lambda: NOW, read_only=True) as office:
        from_ledger = [
            (standing.state.project, finding.criterion, finding.result.value)
            for standing in office.standings()
            for finding in standing.found.blocking
        ]
    assert len(from_ledger) == 9
    assert ("field-inspections", "upstream-under-way", "fail") in from_ledger
    assert from_files == [
        (project, criterion, "unknown" if criterion == "upstream-under-way" else result)
        for project, criterion, result in from_ledger
    ]


@pytest.mark.usefixtures("brindal")
def test_both_formats_name_the_same_findings_in_the_same_order() -> None:
    text, _err, _code = typed(f"{CHECK} projects/", NOW)
    github, _err, code = typed(f"{CHECK} --format github projects/", NOW)
    assert code == 1
    shown = [(one[1], one[2], one[3], one[5]) for one in LINE.finditer(text)]
    assert shown
    assert [(one[1], one[2], one[3], one[4]) for one in ERROR.finditer(github)] == shown


def test_gate_explain_prints_the_plan_that_python_has(
    brindal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(brindal.parent)
    with Office.open("brindal", clock=lambda: NOW) as office:
        plan = office.explain("permit-portal").plan
    printed, _err, _code = typed("gate explain permit-portal --office brindal", NOW)
    assert plan is not None
    actions = [(action.kind, action.target) for action in plan.actions]
    assert actions == [
        ("fix", "benefits-measurable"),
        ("fix", "risks-owned"),
        ("refresh", "stakeholders-consulted"),
    ]
    assert f"{len(actions)} actions by 2 people, no waiver" in printed


def test_the_walkthrough_s_lines_of_python_run(
    brindal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmo_core import assess, load_record, load_standard, words

    standard = load_standard("pm2@3.1.0")
    record = load_record("projects/permit-portal.yaml", standard)
    found = assess(standard, "ready-for-planning", record, now=NOW)
    assert [
        (finding.criterion, str(finding.result), words(finding, record))
        for finding in found.blocking
    ] == [
        ("benefits-measurable", "fail", 'B-2 "Fewer counter visits" has no target_date'),
        ("risks-owned", "fail", 'R-3 "Old data cannot be moved" has no owner'),
        (
            "stakeholders-consulted",
            "unknown",
            "answered yes, but its evidence of Mon 20 Jul 2026 is 127 days old",
        ),
    ]
    monkeypatch.chdir(brindal.parent)
    with Office.open("brindal") as office:
        assert office.explain("permit-portal", at=NOW).plan is not None
