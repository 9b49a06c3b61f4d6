"""Which gates are judged when nobody names one, and which occurrence (S11.2 to S11.7)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pmo_core.assessment import assess
from pmo_core.assessment.selection import gates_due
from pmo_core.errors import UnknownName
from pmo_core.lifecycle.ahead import occurrence_due
from pmo_core.standards.inputs import Inputs, PositionInLedger
from pmo_core.standards.instants import Calendar
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import NOW, a_record, a_standard, assessed, finding

TRUE, FALSE = "{schema: true}", "{schema: false}"
UNKNOWN = '{expr: "record.nothing == 1"}'
USUAL = "title: A gate, authority: automatic, criteria: {}"


def due(
    standard: Standard, record: str | None = None, gate: str | None = None, **given: object
) -> list[str]:
    found = gates_due(
        standard,
        a_record(standard, record),
        now=given.get("now", NOW),  # type: ignore[arg-type]
        gate=gate,
        inputs=given.get("inputs"),  # type: ignore[arg-type]
    )
    return [f"{one.gate.id}@{one.occurrence}" if one.occurrence else one.gate.id for one in found]


class TestAhead:
    """S11.6."""

    GATES = (
        f"{{ready: null, a: {{{USUAL}, from: planning, outcomes: {{go: executing}}}},"
        f" b: {{{USUAL}, from: [executing, planning], outcomes: {{go: closed}}}},"
        f" c: {{{USUAL}, from: executing, outcomes: {{go: closed}}}}}}"
    )

    @pytest.mark.parametrize(
        ("phase", "gates"),
        [("planning", ["a", "b"]), ("executing", ["b", "c"]), ("closed", []), ("shelved", [])],
    )
    def test_those_that_start_from_the_claimed_phase_in_file_order(
        self, phase: str, gates: list[str]
    ) -> None:
        assert due(a_standard(gates=self.GATES), f"{{phase: {phase}}}") == gates

    def test_the_ledger_counts_before_the_claim(self) -> None:
        inputs = Inputs(position=PositionInLedger({"main": "executing"}))
        assert due(a_standard(gates=self.GATES), "{phase: planning}", inputs=inputs) == ["b", "c"]

    @pytest.mark.parametrize(
        ("outcomes", "ahead"),
        [
            ("{go: executing}", True),
            ("{go: same}", False),
            ("{go: {to: same}, shelve: {to: closed, needs: ready}}", True),
            ("{kill: closed}", False),
            ("{go: {to: executing, needs: nothing}}", False),
            ("{conditional-go: executing}", False),
            ("{go: planning}", False),
        ],
    )
    def test_one_needs_an_outcome_that_needs_ready_and_changes_the_phase(
        self, outcomes: str, ahead: bool
    ) -> None:
        gates = f"{{ready: null, a: {{{USUAL}, from: planning, outcomes: {outcomes}}}}}"
        assert due(a_standard(gates=gates)) == (["a"] if ahead else [])

    def test_it_must_change_the_phase_that_the_project_is_in(self) -> None:
        gates = (
            f"{{ready: null, a: {{{USUAL}, from: [planning, executing],"
            " outcomes: {go: executing}}}"
        )
        assert due(a_standard(gates=gates), "{phase: planning}") == ["a"]
        assert due(a_standard(gates=gates), "{phase: executing}") == []

    @pytest.mark.parametrize(
        ("guard", "ahead"),
        [
            (f"when: {TRUE}", True),
            (f"when: {FALSE}", False),
            (f"when: {UNKNOWN}", True),
            (f"unless: {TRUE}", False),
            (f"unless: {FALSE}", True),
            (f"unless: {UNKNOWN}", True),
        ],
    )
    def test_its_when_must_not_be_false(self, guard: str, ahead: bool) -> None:
        assert due(a_standard(gate=f"{{{guard}}}")) == (["ready"] if ahead else [])

    def test_with_several_tracks_each_must_stand_where_the_gate_starts(self) -> None:
        tracks = "{a: {initial: p, phases: [p, q]}, b: {initial: r, phases: [r, s]}}"
        standard = a_standard(
            gate="{from: {a: p, b: [r, s]}, outcomes: {go: {to: {a: q}}}}",
            lifecycle=f"{{initial: null, phases: null, ends: null, tracks: {tracks}}}",
        )
        assert due(standard, "{phase: {a: p, b: s}}") == ["ready"]
        assert due(standard, "{phase: {a: q, b: s}}") == []
        assert due(standard, "{phase: {a: p, b: x}}") == []

    def test_a_missing_claim_that_means_initial_has_gates_ahead(self) -> None:
        standard = a_standard(lifecycle="{missing: initial}")
        assert due(standard, "{phase: null}") == ["ready"]
        assert due(a_standard(), "{phase: null}") == []


class TestStanding:
    """S11.7: the standing gates, if the standard has any."""

    def standard(self, guard: str = "") -> Standard:
        return a_standard(
            gates=f"{{health: {{title: Health, standing: true, criteria: {{}}{guard}}},"
            " more: {title: More, standing: true, criteria: {}}}"
        )

    def test_they_alone_are_judged(self) -> None:
        assert due(self.standard()) == ["health", "more"]
        assert due(self.standard(), "{phase: shelved}") == ["health", "more"]

    @pytest.mark.parametrize(
        ("guard", "gates"),
        [
            (f", when: {FALSE}", ["more"]),
            (f", unless: {TRUE}", ["more"]),
            (f", when: {UNKNOWN}", ["health", "more"]),
        ],
    )
    def test_one_whose_when_is_false_gives_no_line(self, guard: str, gates: list[str]) -> None:
        assert due(self.standard(guard)) == gates

    def test_where_none_is_left_the_gates_ahead_are_not_taken_instead(self) -> None:
        standard = a_standard(
            gates=f"{{health: {{title: Health, standing: true, criteria: {{}}, when: {FALSE}}}}}"
        )
        assert due(standard) == []

    def test_asking_twice_gives_the_same(self) -> None:
        standard = self.standard()
        assert due(standard) == due(standard) == ["health", "more"]


class TestNamed:
    def test_the_one_that_is_named_whatever_the_phase(self) -> None:
        assert due(a_standard(), "{phase: closed}", "ready") == ["ready"]

    def test_a_name_that_is_none_teaches(self) -> None:
        with pytest.raises(UnknownName, match="no gate 'redy'") as caught:
            due(a_standard(), None, "redy")
        assert caught.value.remedy == "Did you mean 'ready'?"
        with pytest.raises(UnknownName, match="no gate 'redy'"):
            assessed(a_standard(), gate="redy")


class TestRepeated:
    """S11.4: repeated, the id of the item under `per`."""

    def standard(self, per: str = "{items: /stages}") -> Standard:
        return a_standard(
            {"it": {"must": "It is so", "subject": "item", "schema": {"required": ["done"]}}},
            gate=f"{{per: {per}}}",
        )

    @pytest.mark.parametrize(
        ("per", "stages", "names"),
        [
            ("{items: /stages}", "[{id: s1}, {id: s2}]", ["s1", "s2"]),
            ("{items: /stages, id: no}", "[{no: 1}, {no: 2}]", ["1", "2"]),
            ("{items: /stages, order: n}", "[{id: b, n: 2}, {id: a, n: 1}]", ["a", "b"]),
            (
                "{items: /stages, order: n}",
                "[{id: a}, {id: b, n: x}, {id: c, n: 10}, {id: d, n: 9.5}]",
                ["d", "c", "b", "a"],
            ),
            ("{items: /stages}", "[]", []),
            ("{items: /stages}", "null", []),
            ("{items: /stages}", "{s1: {}}", []),
        ],
    )
    def test_once_for_each_item_in_order(self, per: str, stages: str, names: list[str]) -> None:
        found = due(self.standard(per), f"{{stages: {stages}}}")
        assert found == [f"ready@{name}" for name in names]

    @pytest.mark.parametrize(
        ("stages", "names"),
        [
            ("[{id: s1}, {title: x}]", ["s1", "/stages/1"]),
            ("[{id: s1}, {id: s1}]", ["/stages/0", "/stages/1"]),
            ("[{id: '0'}, {}]", ["0", "/stages/1"]),
            ("[one, null, {id: s1}]", ["/stages/0", "/stages/1", "s1"]),
            ("[{id: /stages/1}, {}]", ["/stages/0", "/stages/1"]),
        ],
    )
    def test_no_item_escapes_for_want_of_an_id_of_its_own(
        self, stages: str, names: list[str]
    ) -> None:
        """As S2.4 has it of records: what is missing or shared is replaced by the place."""
        standard = self.standard()
        found = due(standard, f"{{stages: {stages}}}")
        assert found == [f"ready@{name}" for name in names]
        record = a_record(standard, f"{{stages: {stages}}}")
        judged = [
            finding(assess(standard, "ready", record, now=NOW, occurrence=name), "it")
            for name in names
        ]
        items = record.value["stages"]
        assert isinstance(items, list)
        expected = ["fail" if isinstance(item, dict) else "pass" for item in items]
        assert [one.result.value for one in judged] == expected

    def test_an_item_that_is_not_there_teaches(self) -> None:
        standard = self.standard()
        with pytest.raises(UnknownName, match="no 's3' under /stages") as caught:
            assessed(standard, "{stages: [{id: s1}]}", occurrence="s3")
        assert caught.value.remedy == "Known: s1"

    def test_without_an_item_it_is_not_judged_as_if_there_were_one(self) -> None:
        for criteria in ({}, {"it": {"must": "It is so", "schema": True}}):
            standard = a_standard(criteria, gate="{per: {items: /stages}}")
            with pytest.raises(UnknownName, match="none is named"):
                assessed(standard, "{stages: [{id: s1}]}")


class TestRecurring:
    """S11.4: the local date when it falls due."""

    def standard(self, recurs: str) -> Standard:
        return a_standard(gate=f"{{recurs: {recurs}, outcomes: {{go: same}}}}")

    @pytest.mark.parametrize(
        ("recurs", "occurrence"),
        [
            ("{every: P1M, anchor: '2026-01-15'}", "2026-02-15"),
            ("{every: P1M, anchor: '2026-01-31'}", "2026-02-28"),
            ("{every: P1M, anchor: '2026-02-01'}", "2026-03-01"),
            ("{every: P1M, anchor: '2026-02-15'}", "2026-03-15"),
            ("{every: [P1W, P1M], anchor: '2026-01-10'}", "2026-02-17"),
            ("{every: {working-days: 5}, anchor: '2026-02-20'}", "2026-02-27"),
            ("on-demand", "1"),
        ],
    )
    def test_the_last_that_fell_due_else_the_first(self, recurs: str, occurrence: str) -> None:
        """S10.2: counted from the anchor."""
        assert due(self.standard(recurs)) == [f"ready@{occurrence}"]

    def test_from_the_entry_into_a_phase(self) -> None:
        recurs = "{every: P1M, anchor: {entered: planning}}"
        position = PositionInLedger({"main": "planning"}, {"main": "2026-01-20"})
        found = due(self.standard(recurs), inputs=Inputs(position=position))
        assert found == ["ready@2026-02-20"]
        assert due(self.standard(recurs)) == ["ready"]

    def test_today_is_the_offices(self) -> None:
        standard = self.standard("{every: P1D, anchor: '2026-02-01'}")
        evening = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
        assert due(standard, now=evening) == ["ready@2026-03-01"]
        oslo = Inputs(zone="Asia/Tokyo")
        assert due(standard, now=evening, inputs=oslo) == ["ready@2026-03-02"]

    def test_only_in_its_phases(self) -> None:
        standard = a_standard(
            gate="{from: [planning, executing], outcomes: {go: same},"
            " recurs: {every: P1M, anchor: '2026-01-01', in: executing}}"
        )
        assert due(standard, "{phase: planning}") == []
        assert due(standard, "{phase: executing}") == ["ready@2026-03-01"]

    def test_a_plain_gate_has_none(self) -> None:
        gate = a_standard().gates["ready"]
        assert occurrence_due(gate, None, date(2026, 3, 1), Calendar()) == ""
