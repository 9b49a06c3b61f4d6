"""What people read of lint and golden projects."""

from __future__ import annotations

import json

from pmo_core.render.trial_words import golden_json, golden_lines, lint_lines
from pmo_core.standards.load import load
from pmo_core.trial.coverage import coverage
from pmo_core.trial.golden import run_goldens, try_goldens
from pmo_core.trial.lint import lint

from .clean import changed, clean, files

GOLDEN = b"""\
title: Not accepted
gate: closing
now: 2026-11-24T09:00:00Z
record: {id: atlas, title: Atlas, phase: delivery, accepted: false}
expect: {verdict: ready, findings: {acepted: pass}}
"""


def test_nothing_found_is_said_in_a_line() -> None:
    assert lint_lines(lint(clean())) == ["Nothing found: no errors, no warnings."]


def test_a_finding_is_place_rule_message_and_what_to_do() -> None:
    lines = lint_lines(lint(changed("roles: {auditor: {title: Auditor}}")))
    assert lines == [
        "0 errors, 1 warning.",
        "small/standard.yaml:16:16: warning unused-role",
        "  nothing in the standard uses role 'auditor'. Take it out, or use it where it",
        "  was meant.",
        "Why, and an example: pmo standard lint --explain unused-role",
    ]


def test_a_golden_project_that_differs_is_title_places_and_reasons() -> None:
    package = files() | {"golden/one.yaml": GOLDEN}
    standard = load(package, "small")
    runs = run_goldens(standard, package, "small")
    lines = golden_lines(runs, coverage(standard, runs))
    assert lines[0] == "1 golden project: 0 pass, 1 differ."
    assert lines[1] == "small/golden/one.yaml: Not accepted"
    assert "    the verdict is blocked, expected ready" in lines
    assert "    accepted is fail, and the file does not name it" in lines
    assert "    the gate has no finding acepted, expected pass" in lines
    assert "Coverage: 1 of 9 results of criteria are shown." in lines
    assert "  never pass: accepted at closing" in lines
    assert max(map(len, lines)) <= 80


def test_text_of_strangers_is_made_inert() -> None:
    package = files() | {
        "golden/one.yaml": GOLDEN.replace(b"Not", b'"\\u001b[31mNot').replace(
            b"accepted\ngate", b'accepted"\ngate'
        )
    }
    standard = load(package, "small")
    runs = run_goldens(standard, package, "small")
    assert not any("\x1b" in line for line in golden_lines(runs, coverage(standard, runs)))


def test_a_golden_file_that_is_broken_is_one_case_among_the_others() -> None:
    """S17: what cannot be used is told with its place, and stops no other."""
    package = files() | {"golden/broken.yaml": b"title: Broken\n", "golden/one.yaml": GOLDEN}
    standard = load(package, "small")
    results, broken = try_goldens(standard, package, "small")
    lines = golden_lines(results, coverage(standard, results), broken=broken)
    assert lines[0] == "2 golden projects: 0 pass, 1 differ, 1 cannot be used."
    assert "small/golden/broken.yaml: cannot be used" in lines
    assert "  small/golden/broken.yaml:1:1" in lines
    told = json.loads(golden_json(standard, results, coverage(standard, results), broken))
    assert [(one["file"], one["passed"]) for one in told["projects"]] == [
        ("small/golden/one.yaml", False),
        ("small/golden/broken.yaml", False),
    ]
    assert told["projects"][1]["errors"][0]["line"] == 1
