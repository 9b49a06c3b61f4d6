"""Golden projects: what counts as a difference, and what a file may say."""

from __future__ import annotations

import pytest

from pmo_core.errors import InvalidStandard
from pmo_core.standards.load import load
from pmo_core.trial.golden import GoldenResult, run_goldens

from .clean import STANDARD, files

HEAD = """\
title: A project
gate: closing
now: 2026-11-24T09:00:00Z
"""
READY = {"id": "atlas", "title": "Atlas", "phase": "delivery", "accepted": True}
MORE = """\
        reviewed:
          should: Somebody reviewed it
          answer: {by: sponsor, evidence: required, max_age: P30D}
          guidance: guidance/review.md
        scanned:
          may: A tool scanned it
          check: evidence.scan
          guidance: guidance/review.md
"""


def run(
    golden: str, *, standard: str = STANDARD, more: dict[str, bytes] | None = None
) -> GoldenResult:
    """The one golden project, run."""
    package = files(standard) | {"golden/one.yaml": golden.encode()} | (more or {})
    (result,) = run_goldens(load(package, "small"), package, "small")
    return result


def said(golden: str, **given: object) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Its differences, without their places."""
    result = run(golden, **given)  # type: ignore[arg-type]
    return [(one.code, one.criterion, one.expected, one.found) for one in result.differences]


def written(expect: str, record: object = READY, head: str = HEAD, more: str = "") -> str:
    """A golden file."""
    import json

    return f"{head}record: {json.dumps(record)}\n{more}\nexpect: {expect}\n"


def test_a_ready_project_passes() -> None:
    result = run(written("{verdict: ready}"))
    assert result.passed
    assert result.assessment.verdict == "ready"


def test_a_finding_that_is_not_named_must_be_pass_or_not_applicable() -> None:
    blocked = {**READY, "accepted": False}
    assert said(written("{verdict: blocked}", blocked)) == [
        ("unnamed", "accepted", ("pass",), ("fail",))
    ]


def test_warnings_and_mays_must_be_named_too() -> None:
    """They do not block, but a golden project says everything that is found."""
    assert said(written("{verdict: ready}"), standard=STANDARD + MORE) == [
        ("unnamed", "reviewed", ("pass",), ("unknown",)),
        ("unnamed", "scanned", ("pass",), ("unknown",)),
    ]
    scanned = "{result: unknown, codes: [not-run]}"
    expect = f"{{verdict: ready, findings: {{reviewed: unknown, scanned: {scanned}}}}}"
    assert said(written(expect), standard=STANDARD + MORE) == []


def test_record_and_claim_are_findings_like_others() -> None:
    wrong = {**READY, "title": 7, "phase": "nowhere"}
    assert said(written("{verdict: blocked, findings: {record: fail, claim: fail}}", wrong)) == []


def test_a_wrong_verdict_is_a_difference_at_its_place() -> None:
    result = run(written("{verdict: blocked}"))
    (difference,) = result.differences
    assert (difference.code, difference.expected, difference.found) == (
        "verdict",
        ("blocked",),
        ("ready",),
    )
    assert difference.place.source == "small/golden/one.yaml"
    assert difference.place.line == 6


def test_an_entry_verdict_is_compared_where_it_is_given() -> None:
    assert said(written("{verdict: ready, entry: blocked}")) == [
        ("entry", "", ("blocked",), ("ready",))
    ]


def test_codes_and_places_must_be_among_the_reasons() -> None:
    blocked = {**READY, "accepted": False}
    accepted = "{result: fail, codes: [const], at: [/accepted]}"
    right = f"{{verdict: blocked, findings: {{accepted: {accepted}}}}}"
    assert said(written(right, blocked)) == []
    wrong = right.replace("const", "required").replace("[/accepted]", "[/budget]")
    assert said(written(wrong, blocked)) == [
        ("codes", "accepted", ("required",), ("const",)),
        ("at", "accepted", ("/budget",), ("/accepted",)),
    ]


def test_a_criterion_that_the_gate_does_not_have_is_a_difference() -> None:
    assert said(written("{verdict: ready, findings: {acepted: pass}}")) == [
        ("no-finding", "acepted", ("pass",), ())
    ]


def test_a_patch_changes_a_record_of_another_file_and_null_removes() -> None:
    """RFC 7396."""
    golden = f"""{HEAD}record: records/base.yaml
patch: {{accepted: null}}
expect: {{verdict: blocked, findings: {{accepted: {{result: fail, codes: [required]}}}}}}
"""
    base = b"id: atlas\ntitle: Atlas\nphase: delivery\naccepted: true\n"
    assert said(golden, more={"golden/records/base.yaml": base}) == []


def test_a_standard_of_strings_reads_records_and_patches_as_strings() -> None:
    """S2.2: but null in a patch removes all the same."""
    texts = STANDARD.replace("record: {", "reading: {scalars: strings}\nrecord: {")
    texts = texts.replace("{const: true}", '{const: "true"}')
    golden = f"""{HEAD}record: {{id: 1.10, title: A, phase: delivery, accepted: no}}
patch: {{accepted: true, title: B}}
expect: {{verdict: ready}}
"""
    result = run(golden, standard=texts, more={"record.schema.json": b"{}"})
    assert result.differences == ()
    assert result.assessment.record.value == {
        "id": "1.10",
        "title": "B",
        "phase": "delivery",
        "accepted": "true",
    }
    gone = golden.replace("title: B", "title: null")
    value = run(gone, standard=texts, more={"record.schema.json": b"{}"}).assessment.record.value
    assert "title" not in value


def test_inputs_are_what_assess_may_look_at() -> None:
    standard = (
        STANDARD.replace(
            "lifecycle:\n  initial",
            "needs: {facts: {hr.people: {type: number}}}\nlifecycle:\n  initial",
        ).replace(" go: delivery\n", " go: {to: delivery, baseline: {name: plan, of: [/budget]}}\n")
        + """\
        reviewed:
          must: The sponsor reviewed it in this phase
          answer: {by: sponsor, max_age: phase}
          guidance: guidance/review.md
        scanned:
          must: A tool scanned it
          check: evidence.scan
          guidance: guidance/review.md
        people:
          must: There are people
          expr: facts.hr.people > 2.0 && baseline.plan.budget > 1.0
          guidance: guidance/review.md
        upstream:
          must: The others are approved
          dependency: {of: [atlas, borealis], gate: approval}
          guidance: guidance/review.md
        set-aside:
          must: Nobody does this
          answer: {}
          guidance: guidance/review.md
"""
    )
    inputs = """\
inputs:
  facts: {hr.people: {value: 3, observed: 2026-11-24T08:00:00Z, source: HR}}
  checks: {scanned: {evidence.scan: {result: pass}}}
  projects:
    atlas: {phase: delivery, passed: {approval: {outcome: go, date: 2026-01-01}}}
    borealis: {phase: {main: idea}, passed: {}}
  baselines: {plan: {budget: 5}}
  position: {phase: delivery, entered: {main: 2026-11-01}}
  holders: {sponsor: [[eva, 2026-01-01, null], [leo, 2025-01-01, 2025-12-31]]}
  waivers: {w-1: {criterion: set-aside, expires: 2026-12-31}}
  conditions: {c-1: {statement: A tester is under contract}}
  exceptions: {x-1: {tolerance: cost, raise_to: board, blocks: [closing]}}
"""
    record = {**READY, "answers": {"reviewed": {"value": "yes", "by": "eva", "date": "2026-11-20"}}}
    expect = """
  verdict: blocked
  findings:
    upstream: {result: fail, codes: [gate-not-passed]}
    set-aside: waived
    condition:c-1: fail
    exception:x-1: fail"""
    assert said(written(expect, record, more=inputs), standard=standard) == []
    without = written(expect, record, more=inputs.replace("leo, 2025", "eva, 2025"))
    assert said(without, standard=standard) == []


def test_a_neighbour_of_which_nothing_is_passed_is_unknown_until_a_ledger_knows_it() -> None:
    """S9.3: without `passed` nobody has recorded anything."""
    standard = (
        STANDARD
        + """\
        upstream:
          must: The other is approved
          dependency: {of: [atlas], gate: approval}
          guidance: guidance/review.md
"""
    )
    for passed, result in (("", "unknown"), (", passed: {}", "fail")):
        inputs = f"inputs: {{projects: {{atlas: {{phase: delivery{passed}}}}}}}"
        expect = f"{{verdict: blocked, findings: {{upstream: {result}}}}}"
        assert said(written(expect, more=inputs), standard=standard) == []


def test_only_files_directly_in_the_folder_are_golden() -> None:
    package = files() | {
        "golden/records/base.yaml": b"id: atlas",
        "golden/notes.md": b"no golden",
        "other/golden/x.yaml": b"{}",
    }
    assert run_goldens(load(package, "small"), package, "small") == ()


READY_EXPECTED = "{verdict: ready}"


def with_head(head: str) -> str:
    """A golden file that begins otherwise."""
    return written(READY_EXPECTED, head=head)


def with_inputs(inputs: str) -> str:
    """A golden file with these inputs on its fifth line."""
    return written(READY_EXPECTED, more=f"inputs: {inputs}")


@pytest.mark.parametrize(
    ("golden", "place", "words"),
    [
        ("title: [", "2:1", "the text ends"),
        ("- a\n- list\n", "1:1", "a list stands where a map is needed"),
        (with_head(HEAD + "occurence: x\n"), "4:1", "Did you mean 'occurrence'"),
        (with_head(HEAD.replace("gate: closing\n", "")), "1:1", "'gate' is missing"),
        (with_head(HEAD.replace("closing", "closin")), "2:", "Did you mean 'closing'"),
        (with_head(HEAD.replace("11-24", "13-24")), "3:", "no moment of the calendar"),
        (with_head(HEAD.replace("T09", " 09")), "3:", "Write an instant"),
        (with_head(HEAD + "zone: Mars/Olympus\n"), "4:", "no time zone"),
        (written("{verdict: maybe}"), "6:", "Known: ready, blocked"),
        (written("{verdict: ready, findings: {accepted: passed}}"), "6:", "Known: pass, fail"),
        (written(READY_EXPECTED, "records/none.yaml"), "4:", "no file 'golden/records/none.yaml'"),
        (written(READY_EXPECTED, "../../etc/passwd"), "4:", "no file '../etc/passwd'"),
        (with_inputs("{facts: {a: {value: 1, observd: x}}}"), "5:", "Did you mean 'observed'"),
        (with_inputs("{holders: {sponsor: [[eva, 2026-02-30]]}}"), "5:", "no day of the calendar"),
        (
            with_inputs("{position: {phase: delivery, last_occurrence: 2026-10-31}}"),
            "5:",
            "Write a map from gate to date",
        ),
        (
            with_inputs("{projects: {p: {phase: delivery, artefacts: [case]}}}"),
            "5:",
            "Write a map from artefact to state",
        ),
        (with_inputs("{facts: open}"), "5:", "'open' stands where a map is needed"),
        (with_inputs("{waivers: {w-1: {criterion: acepted}}}"), "5:", "Did you mean 'accepted'"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_what(
    golden: str, place: str, words: str
) -> None:
    with pytest.raises(InvalidStandard) as caught:
        run(golden)
    shown = str(caught.value)
    assert shown.startswith(f"small/golden/one.yaml:{place}"), shown
    assert words in shown


def test_an_occurrence_that_the_record_does_not_have_is_a_fault_of_the_file() -> None:
    repeated = "from: delivery\n      per: {items: /risks, id: id}\n"
    standard = STANDARD.replace("from: delivery\n", repeated)
    golden = written("{verdict: ready}", head=HEAD + "occurrence: R-9\n")
    with pytest.raises(InvalidStandard, match=r"one\.yaml:4:"):
        run(golden, standard=standard)


def test_faults_of_several_files_are_told_together() -> None:
    package = files() | {"golden/a.yaml": b"title: A\n", "golden/b.yaml": b"title: B\n"}
    with pytest.raises(InvalidStandard) as caught:
        run_goldens(load(package, "small"), package, "small")
    sources = {error.source for error in (caught.value, *caught.value.also)}  # type: ignore[attr-defined]
    assert sources == {"small/golden/a.yaml", "small/golden/b.yaml"}
