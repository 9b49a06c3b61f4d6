"""The synthetic must `claim`: may the record claim its phase? (S11.1, S11.7)"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pmo_core.assessment import Assessment, Finding, Result, Verdict, assess_claim
from pmo_core.standards.inputs import Inputs, PositionInLedger
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import NOW, a_record, a_standard, assessed, finding


def claimed(phase: str, lifecycle: str = "{}", ledger: str | None = None) -> Assessment:
    standard = a_standard(lifecycle=lifecycle)
    position = None if ledger is None else PositionInLedger({"main": ledger})
    return assessed(standard, f"{{phase: {phase}}}", inputs=Inputs(position=position))


def outcome(found: Assessment) -> tuple[str, tuple[str, ...]]:
    claim = finding(found, "claim")
    return claim.result.value, tuple(reason.code for reason in claim.reasons)


class TestWithoutALedger:
    @pytest.mark.parametrize("phase", ["planning", "executing", "closed"])
    def test_a_phase_of_the_track_may_be_claimed(self, phase: str) -> None:
        assert outcome(claimed(phase)) == ("pass", ())

    @pytest.mark.parametrize("phase", ["Planning", "shelved", "'planning '", "'x\\ny'", "17"])
    def test_another_fails_and_says_which_there_are(self, phase: str) -> None:
        found = claimed(phase.replace("'x\\ny'", '"x\\ny"'))
        assert outcome(found) == ("fail", ("unlisted-phase",))
        reason = finding(found, "claim").reasons[0]
        assert reason.pointer == "/phase"
        assert reason.params["phases"] == ["planning", "executing", "closed"]

    @pytest.mark.parametrize("phase", ["Planning", "shelved"])
    def test_where_the_track_says_so_it_is_a_note(self, phase: str) -> None:
        """S11.7: `unlisted: note`."""
        found = claimed(phase, "{unlisted: note}")
        assert outcome(found) == ("pass", ())
        assert [(note.code, note.params["claimed"]) for note in found.notes] == [
            ("unlisted-phase", phase)
        ]

    @pytest.mark.parametrize("phase", ["null", "''", "x" * 201])
    def test_no_claim_is_unknown_and_blocks(self, phase: str) -> None:
        """S2.4: what is no text of 1 to 200 characters counts as missing."""
        found = claimed(phase)
        assert outcome(found) == ("unknown", ("no-claim",))
        assert found.verdict is Verdict.BLOCKED

    @pytest.mark.parametrize("lifecycle", ["{}", "{missing: initial}"])
    @pytest.mark.parametrize("phase", ["true", "[planning]", "1.5"])
    def test_a_claim_that_is_there_but_no_text_is_told_as_it_is(
        self, phase: str, lifecycle: str
    ) -> None:
        """S2.4, S11.7: it is not missing, so nothing stands for it."""
        found = claimed(phase, lifecycle)
        assert outcome(found) == ("unknown", ("claim-not-text",))
        assert found.verdict is Verdict.BLOCKED

    def test_where_the_track_says_so_it_is_the_initial_phase(self) -> None:
        """S11.7: `missing: initial`."""
        assert outcome(claimed("null", "{missing: initial}")) == ("pass", ())

    @pytest.mark.parametrize("phase", ["In Review", '"Tab\\there"', "7", "7.0"])
    def test_what_records_write_may_stand_for_a_phase(self, phase: str) -> None:
        """S11.1: `values`, compared whole; S2.4: an integer is its digits."""
        lifecycle = '{values: {In Review: executing, "Tab\\there": executing, "7": closed}}'
        assert outcome(claimed(phase, lifecycle)) == ("pass", ())

    def test_values_are_compared_by_bytes(self) -> None:
        """S11.1: two ways to write the same letter are two texts."""
        composed, decomposed = "\u00e9tude", "e\u0301tude"
        lifecycle = f"{{values: {{{decomposed}: executing}}}}"
        assert outcome(claimed(decomposed, lifecycle)) == ("pass", ())
        assert outcome(claimed(composed, lifecycle)) == ("fail", ("unlisted-phase",))

    def test_a_phase_that_values_does_not_list_stands_for_itself(self) -> None:
        assert outcome(claimed("planning", "{values: {In Review: executing}}")) == ("pass", ())


class TestWithALedger:
    def test_the_same_phase_passes(self) -> None:
        assert outcome(claimed("planning", ledger="planning")) == ("pass", ())

    @pytest.mark.parametrize("phase", ["executing", "shelved"])
    def test_another_fails(self, phase: str) -> None:
        found = claimed(phase, ledger="planning")
        assert outcome(found) == ("fail", ("claim-differs",))
        assert finding(found, "claim").reasons[0].params == {
            "track": "main",
            "claimed": phase,
            "ledger": "planning",
        }

    def test_unlisted_notes_do_not_excuse_a_difference(self) -> None:
        assert outcome(claimed("shelved", "{unlisted: note}", "planning"))[0] == "fail"

    @pytest.mark.parametrize("lifecycle", ["{}", "{missing: initial}"])
    def test_who_claims_nothing_is_where_the_ledger_says(self, lifecycle: str) -> None:
        assert outcome(claimed("null", lifecycle, "executing")) == ("pass", ())

    def test_a_claim_goes_through_values_first(self) -> None:
        lifecycle = "{values: {In Review: executing}}"
        assert outcome(claimed("In Review", lifecycle, "executing")) == ("pass", ())


class TestTracks:
    TRACKS = (
        "{initial: null, phases: null, ends: null, tracks:"
        " {a: {initial: p, phases: [p, q]}, b: {initial: r, phases: [r, s], missing: initial}}}"
    )

    def standard(self, record: str = "{schema: record.schema.json}") -> Standard:
        return a_standard(gate="{from: p, outcomes: {go: q}}", lifecycle=self.TRACKS, record=record)

    @pytest.mark.parametrize(
        ("phase", "expected"),
        [
            ("{a: p, b: s}", ("pass", ())),
            ("{a: p}", ("pass", ())),
            ("{b: s}", ("unknown", ("no-claim",))),
            ("{a: x, b: y}", ("fail", ("unlisted-phase", "unlisted-phase"))),
            ("{b: y}", ("fail", ("no-claim", "unlisted-phase"))),
        ],
    )
    def test_each_track_has_its_claim(
        self, phase: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        """S2.4: one pointer, or one a track; with several tracks the default is /phase/TRACK."""
        assert outcome(assessed(self.standard(), f"{{phase: {phase}}}")) == expected

    def test_claims_lie_where_the_standard_says(self) -> None:
        record = "{schema: record.schema.json, phase: {a: /x/a, b: /b}}"
        found = assessed(self.standard(record), "{x: {a: q}, b: r}")
        assert outcome(found) == ("pass", ())

    def test_a_ledger_that_knows_one_track_only(self) -> None:
        inputs = Inputs(position=PositionInLedger({"a": "q"}))
        found = assessed(self.standard(), "{phase: {a: p, b: s}}", inputs=inputs)
        assert outcome(found) == ("fail", ("claim-differs",))


class TestAtNoGate:
    """S11.7: where no line is left: one, gate null, with `record` and `claim` alone."""

    def found(self, record: str, schema: str = "true") -> Assessment:
        standard = a_standard(record_schema=schema)
        return assess_claim(standard, a_record(standard, record), now=NOW)

    def test_ready_and_vacuous(self) -> None:
        found = self.found("{}")
        assert (found.gate, found.verdict, found.vacuous) == (None, "ready", True)
        assert [one.criterion for one in found.findings] == ["record", "claim"]

    @pytest.mark.parametrize(
        ("record", "schema"), [("{phase: shelved}", "true"), ("{}", "{required: [owner]}")]
    )
    def test_blocked_is_not_vacuous(self, record: str, schema: str) -> None:
        found = self.found(record, schema)
        assert (found.verdict, found.vacuous) == ("blocked", False)

    def test_the_instant_is_taken_as_elsewhere(self) -> None:
        """S1.4."""
        standard = a_standard()
        late = NOW.replace(microsecond=5)
        assert assess_claim(standard, a_record(standard), now=late).now == NOW
        with pytest.raises(ValueError, match="no time zone"):
            assess_claim(standard, a_record(standard), now=datetime(2026, 1, 1))


def test_synthetic_findings_are_musts_that_nothing_sets_aside() -> None:
    """S4: even where all of the gate is eased."""
    standard = a_standard(gate="{eased: {schema: true}}", record_schema="{required: [owner]}")
    found = assessed(standard, "{phase: shelved}", now=datetime(2026, 3, 1, tzinfo=UTC))
    blocking: list[Finding] = list(found.blocking)
    assert [(one.criterion, one.obligation, one.result) for one in blocking] == [
        ("record", "must", Result.FAIL),
        ("claim", "must", Result.FAIL),
    ]
