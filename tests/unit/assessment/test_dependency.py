"""Tests by dependency: what other projects have recorded (S5.7, S9)."""

from __future__ import annotations

import pytest

from pmo_core.assessment import Assessment, Finding
from pmo_core.assessment.neighbours import neighbour_of, waiting_circles
from pmo_core.render.words import words
from pmo_core.standards.inputs import Inputs, Neighbour, Passed, PositionInLedger
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_record, a_standard, assessed, finding

GO = {"ready": Passed("go", "2026-02-01")}
ARTEFACTS = "{plan: {title: Plan, states: [draft, approved]}}"


def project(phase: str = "planning", **more: object) -> Neighbour:
    return Neighbour("small@1.0.0", {"main": phase}, head="h", **more)  # type: ignore[arg-type]


def standard(dependency: str) -> Standard:
    return a_standard(
        f"{{it: {{must: The others are done, dependency: {dependency}}}}}",
        artefacts=ARTEFACTS,
        lifecycle="{phases: [planning, [executing, paused], closed]}",
    )


def depending(
    dependency: str,
    record: str = "{needs: [rome]}",
    inputs: Inputs | None = None,
    **others: Neighbour,
) -> Finding:
    given = inputs or Inputs(projects=others)
    return finding(assessed(standard(dependency), record, inputs=given), "it")


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


class TestOf:
    """S9.1: a pointer to an id or a list of them, ids, or `self`."""

    CLOSED = project("closed")
    OPEN = project("planning")

    @pytest.mark.parametrize(
        ("of", "record", "codes"),
        [
            ("/needs", "{needs: rome}", ["phase-early"]),
            ("/needs", "{needs: [rome, oslo]}", ["phase-early"]),
            ("/needs", "{needs: [oslo]}", []),
            ("/needs/0", "{needs: [rome]}", ["phase-early"]),
            ("/a/b", "{a: {b: rome}}", ["phase-early"]),
            ("/needs", "{needs: [7]}", []),
            ("/needs", "{needs: [7.0]}", []),
            ("[rome]", "{}", ["phase-early"]),
            ("[oslo, 7]", "{}", []),
            ("oslo", "{}", []),
            ("/needs", "{needs: [{project: rome}]}", ["phase-early"]),
        ],
    )
    def test_the_projects_that_it_names(self, of: str, record: str, codes: list[str]) -> None:
        """S2.4: an integer among the ids is its digits."""
        others = {"rome": self.OPEN, "oslo": self.CLOSED, "7": self.CLOSED}
        found = depending(f"{{of: {of}, phase: closed}}", record, Inputs(projects=others))
        assert [reason.code for reason in found.reasons] == codes

    @pytest.mark.parametrize(
        "record",
        ["{}", "{needs: []}", "{needs: null}", "{needs: ''}", "{needs: [null]}", "{needs: true}"],
    )
    def test_without_ids_it_does_not_apply(self, record: str) -> None:
        found = depending("{of: /needs, phase: closed}", record)
        assert outcome(found) == ("not-applicable", ("no-dependency",))

    def test_a_reason_points_at_the_id(self) -> None:
        found = depending("{of: /needs, phase: closed}", "{needs: [rome]}", rome=self.OPEN)
        assert found.reasons[0].pointer == "/needs/0"
        assert found.reasons[0].params == {
            "project": "rome",
            "phase": "closed",
            "found": "planning",
        }

    def test_a_project_that_is_nowhere_is_unknown(self) -> None:
        found = depending("{of: /needs, phase: closed}")
        assert outcome(found) == ("unknown", ("no-such-project",))

    def test_an_id_that_several_records_have_is_no_one_project(self) -> None:
        """S2.4: nobody can tell which of them is meant."""
        found = depending(
            "{of: /needs, phase: closed}", "{needs: [rome]}", Inputs(shared=frozenset({"rome"}))
        )
        assert outcome(found) == ("unknown", ("shared-project",))
        assert words(found).startswith("several records of this run have the id rome")

    def test_all_must_hold_by_kleene(self) -> None:
        found = depending(
            "{of: /needs, phase: closed}", "{needs: [oslo, bern, rome]}", rome=self.OPEN
        )
        assert outcome(found) == (
            "fail",
            ("no-such-project", "no-such-project", "phase-early"),
        )

    @pytest.mark.parametrize(
        ("needs", "expected"),
        [
            ("[rome, oslo]", ("pass", ())),
            ("[bern, oslo]", ("pass", ())),
            ("[rome, bern]", ("unknown", ("phase-early", "no-such-project"))),
            ("[rome]", ("fail", ("phase-early",))),
        ],
    )
    def test_any_needs_one(self, needs: str, expected: tuple[str, tuple[str, ...]]) -> None:
        found = depending(
            "{of: /needs, phase: closed, any: true}",
            f"{{needs: {needs}}}",
            rome=self.OPEN,
            oslo=self.CLOSED,
        )
        assert outcome(found) == expected


class TestGate:
    """S9.1: `gate`, with `outcome`; S11.8: attested passages."""

    @pytest.mark.parametrize(
        ("outcomes", "passed", "expected"),
        [
            ("", "go", ("pass", ())),
            ("", "attested", ("pass", ())),
            (", outcome: go", "go", ("pass", ())),
            (", outcome: go", "attested", ("fail", ("gate-outcome",))),
            (", outcome: [go, conditional-go]", "conditional-go", ("pass", ())),
            (", outcome: [go, attested]", "attested", ("pass", ())),
        ],
    )
    def test_a_gate_that_was_passed(
        self, outcomes: str, passed: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        rome = project(passed={"ready": Passed(passed, "2026-02-01")})
        assert outcome(depending(f"{{of: /needs, gate: ready{outcomes}}}", rome=rome)) == expected

    def test_one_that_was_not_passed(self) -> None:
        found = depending("{of: /needs, gate: ready}", rome=project())
        assert outcome(found) == ("fail", ("gate-not-passed",))
        assert found.reasons[0].params == {"project": "rome", "gate": "ready"}

    def test_without_an_office_nothing_is_known_of_gates(self) -> None:
        """S9.3."""
        rome = Neighbour("small@1.0.0", {"main": "closed"})
        found = depending("{of: /needs, gate: ready}", rome=rome)
        assert outcome(found) == ("unknown", ("no-ledger",))

    @pytest.mark.parametrize(
        ("outcomes", "position", "expected"),
        [
            ("", None, ("unknown", ("no-ledger",))),
            ("", PositionInLedger({"main": "planning"}), ("fail", ("gate-not-passed",))),
            ("", PositionInLedger({"main": "planning"}, passed=GO), ("pass", ())),
            (
                ", outcome: hold",
                PositionInLedger({"main": "planning"}, passed=GO),
                ("fail", ("gate-outcome",)),
            ),
        ],
    )
    def test_self_is_a_gate_of_this_project(
        self,
        outcomes: str,
        position: PositionInLedger | None,
        expected: tuple[str, tuple[str, ...]],
    ) -> None:
        found = depending(f"{{of: self, gate: ready{outcomes}}}", "{}", Inputs(position=position))
        assert outcome(found) == expected


class TestPhase:
    """S9.1: at or after, by the track's order."""

    @pytest.mark.parametrize(
        ("standing", "result"),
        [
            ("planning", "fail"),
            ("executing", "pass"),
            ("paused", "pass"),
            ("closed", "pass"),
            ("Shelved", "unknown"),
        ],
    )
    def test_by_rank_and_a_group_is_one_rank(self, standing: str, result: str) -> None:
        """S11.1: an item may be a list: its phases have one rank."""
        for asked in ("executing", "paused"):
            found = depending(f"{{of: /needs, phase: {asked}}}", rome=project(standing))
            assert found.result == result

    def test_by_track(self) -> None:
        found = depending("{of: /needs, phase: {main: executing}}", rome=project("closed"))
        assert found.result == "pass"

    def test_a_project_of_another_lifecycle_is_judged_by_its_own_order(self) -> None:
        rome = Neighbour(
            "other@1.0.0",
            {"work": "done"},
            head="h",
            ranks={"work": {"begun": 0, "done": 1}},
        )
        assert depending("{of: /needs, phase: {work: begun}}", rome=rome).result == "pass"
        assert depending("{of: /needs, phase: begun}", rome=rome).result == "pass"

    def test_one_without_such_a_phase_is_unknown_and_never_fails(self) -> None:
        rome = Neighbour("other@1.0.0", {"work": "done"}, head="h", ranks={"work": {"done": 0}})
        for asked in ("closed", "{main: closed}"):
            found = depending(f"{{of: /needs, phase: {asked}}}", rome=rome)
            assert outcome(found) == ("unknown", ("no-such-track",))

    def test_one_that_claims_no_phase_is_unknown(self) -> None:
        rome = Neighbour("small@1.0.0", {})
        assert depending("{of: /needs, phase: closed}", rome=rome).result == "unknown"


class TestArtefactAndHolds:
    """S9.1: `artefact`, and `holds` over `other`."""

    @pytest.mark.parametrize(
        ("artefacts", "expected"),
        [
            ({"plan": "approved"}, ("pass", ())),
            ({"plan": "draft"}, ("fail", ("artefact-early",))),
            ({"plan": "torn"}, ("unknown", ("state-unknown",))),
            ({}, ("fail", ("artefact-missing",))),
        ],
    )
    def test_an_artefact(
        self, artefacts: dict[str, str], expected: tuple[str, tuple[str, ...]]
    ) -> None:
        rome = project(artefacts=artefacts)
        found = depending("{of: /needs, artefact: {id: plan, state: approved}}", rome=rome)
        assert outcome(found) == expected

    def test_an_artefact_of_another_standard_by_its_own_states(self) -> None:
        rome = project(artefacts={"plan": "signed"}, states={"plan": ("approved", "signed")})
        found = depending("{of: /needs, artefact: {id: plan, state: approved}}", rome=rome)
        assert found.result == "pass"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("other.phase.main == 'closed'", ("pass", ())),
            ("other.standard == 'small@1.0.0'", ("pass", ())),
            ("other.passed.ready.outcome == 'go'", ("pass", ())),
            ("other.passed.ready.date < today", ("pass", ())),
            ("other.artefacts.plan == 'draft'", ("pass", ())),
            ("other.phase.main == record.phase", ("fail", ("dependency-false",))),
            ("other.artefacts.note == 'done'", ("unknown", ("missing",))),
        ],
    )
    def test_holds(self, text: str, expected: tuple[str, tuple[str, ...]]) -> None:
        rome = project("closed", passed=GO, artefacts={"plan": "draft"})
        assert outcome(depending(f'{{of: /needs, holds: "{text}"}}', rome=rome)) == expected

    def test_holds_that_looks_at_the_date_may_flip_with_it(self) -> None:
        """S3.5."""
        found: Assessment = assessed(
            standard('{of: /needs, holds: "other.passed.ready.date < today"}'),
            "{needs: [rome]}",
            inputs=Inputs(projects={"rome": project(passed=GO)}),
        )
        assert found.valid_until is not None


class TestCircles:
    """S9.2: who wait for each other, in id order, starting at the smallest."""

    ROUND = (("atlas", "oslo", "rome"),)

    def waiting(self, *, needs: str = "[rome]", rome: str = "planning") -> Finding:
        return depending(
            "{of: /needs, phase: closed}",
            f"{{needs: {needs}}}",
            Inputs(
                projects={"rome": project(rome), "bern": project("planning")}, cycles=self.ROUND
            ),
        )

    def test_a_failing_finding_in_one_says_so(self) -> None:
        found = self.waiting()
        assert outcome(found) == ("fail", ("cycle", "phase-early"))
        assert found.reasons[0].params == {"projects": ["atlas", "oslo", "rome"]}

    def test_of_many_members_the_first_are_named_and_all_are_counted(self) -> None:
        ring = tuple(sorted(["atlas", "rome", *(f"p{number:03}" for number in range(98))]))
        found = depending(
            "{of: /needs, phase: closed}",
            "{id: atlas, needs: [rome]}",
            Inputs(projects={"rome": project()}, cycles=(("bern",), ring)),
        )
        assert found.reasons[0].params == {"projects": list(ring[:20]), "count": 100}
        shown = [*ring[:10], "and", "90", "more"]
        assert words(found).replace(",", "").split("other: ")[1].split(";")[0].split() == shown

    def test_one_that_passes_or_waits_for_somebody_outside_does_not(self) -> None:
        assert self.waiting(rome="closed").reasons == ()
        assert outcome(self.waiting(needs="[bern]")) == ("fail", ("phase-early",))

    def test_what_is_not_known_is_not_blamed_on_one(self) -> None:
        """S9.2: a failing finding says so."""
        found = self.waiting(rome="Shelved")
        assert outcome(found) == ("unknown", ("no-such-track",))
        assert words(found).startswith("project rome claims phase Shelved, which its lifecycle")

    @pytest.mark.parametrize(
        ("waits", "circles"),
        [
            ({"a": ("b",), "b": ("a",)}, (("a", "b"),)),
            ({"b": ("a",), "a": ("b",)}, (("a", "b"),)),
            ({"a": ("a",)}, (("a",),)),
            ({"a": ("b",), "b": ()}, ()),
            ({"a": ("nowhere",)}, ()),
            ({"a": ("b",), "b": ("c",), "c": ("b",), "d": ("d", "a")}, (("b", "c"), ("d",))),
            (
                {"1": ("2",), "2": ("3",), "3": ("1", "4"), "4": ("5",), "5": ("4",)},
                (("1", "2", "3"), ("4", "5")),
            ),
        ],
    )
    def test_circles(
        self, waits: dict[str, tuple[str, ...]], circles: tuple[tuple[str, ...], ...]
    ) -> None:
        assert waiting_circles(waits) == circles

    def test_a_ring_of_a_hundred_thousand_is_found(self) -> None:
        """Portfolios are large; nothing recurses."""
        many = 100_000
        waits = {str(n): (str((n + 1) % many),) for n in range(many)}
        assert [len(circle) for circle in waiting_circles(waits)] == [many]


class TestNeighbours:
    """S9.3: without an office, the records of the run by what they claim."""

    def test_a_record_as_others_see_it(self) -> None:
        chosen = standard("{of: /needs, phase: closed}")
        record = a_record(
            chosen,
            "{phase: executing, needs: [rome, 7],"
            " artefacts: {plan: {state: draft}, note: 3, x: []}}",
        )
        found, waits = neighbour_of(chosen, record)
        assert (found.standard, found.phase) == ("small@1.0.0", {"main": "executing"})
        assert found.artefacts == {"plan": "draft", "note": "3"}
        assert (found.passed, found.head) == ({}, None)
        assert waits == ("rome", "7")

    def test_a_claim_goes_through_the_tracks_values(self) -> None:
        """S11.1."""
        chosen = a_standard(
            "{it: {must: It is so, dependency: {of: /needs, phase: closed}}}",
            lifecycle="{values: {All Done: closed}}",
        )
        found, _waits = neighbour_of(chosen, a_record(chosen, "{phase: All Done}"))
        assert found.phase == {"main": "closed"}
        record = a_record(chosen, "{needs: [rome]}")
        judged = assessed(chosen, record, inputs=Inputs(projects={"rome": found}))
        assert finding(judged, "it").result == "pass"
