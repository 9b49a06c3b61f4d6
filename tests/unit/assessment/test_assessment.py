"""An assessment as a whole: its fields, order, digests, and until when it holds (S3)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pmo_core.assessment import Assessment, Reason, Verdict
from pmo_core.assessment.findings import in_order
from pmo_core.documents import canonical, digest
from pmo_core.standards.digests import criterion_digest
from pmo_core.standards.inputs import (
    Fact,
    Inputs,
    LapsedCondition,
    OpenException,
    PositionInLedger,
    WaiverInForce,
)
from pmo_core.standards.model import Criterion, Standard
from pmo_core.testing.builders import NOW, a_record, a_standard, assessed, finding
from pmo_core.version import VERSION

MANY = (
    '{b: {must: It is b, schema: {required: [b]}}, a: {must: It is a, expr: "record.a == 1.0"},'
    " c: {should: It is c, answer: {}}}"
)


def extra(*criteria: str) -> tuple[Criterion, ...]:
    standard = a_standard(f"{{{', '.join(criteria)}}}")
    return standard.gates["ready"].criteria


class TestFields:
    """S3.5."""

    def test_they_are_these(self) -> None:
        standard = a_standard(MANY)
        record = a_record(standard, "{a: 1}")
        inputs = Inputs(zone="Europe/Oslo")
        found = assessed(standard, record, inputs=inputs).as_json()
        engine = found.pop("engine")
        findings = found.pop("findings")
        assert found == {
            "language": 1,
            "standard": {"id": "small", "version": "1.0.0", "digest": standard.digest},
            "project": "atlas",
            "record": digest(record.value),
            "inputs": digest(inputs.as_json()),
            "gate": "ready",
            "occurrence": "",
            "now": "2026-03-01T09:00:00Z",
            "zone": "Europe/Oslo",
            "verdict": "blocked",
            "entry": "ready",
        }
        assert isinstance(engine, dict)
        assert set(engine) == {"core", "tzdata"}
        assert engine["core"] == VERSION
        assert findings == [one.as_json() for one in assessed(standard, record).findings]

    def test_a_finding_holds_codes_and_parameters_and_no_prose(self) -> None:
        """S3.4: better wording never breaks a replay."""
        found = finding(assessed(a_standard(MANY)), "b").as_json()
        assert found == {
            "criterion": "b",
            "obligation": "must",
            "result": "fail",
            "effect": "blocks",
            "reasons": [{"code": "required", "pointer": "", "params": {"property": "b"}}],
        }

    def test_the_digest_is_of_all_of_them_and_of_nothing_else(self) -> None:
        found = assessed(a_standard(MANY))
        assert found.digest == digest(found.as_json())
        assert "valid_until" not in found.as_json()

    @pytest.mark.parametrize(
        "inputs",
        [
            Inputs(zone="Europe/Oslo"),
            Inputs(facts={"a.b": Fact(1)}),
            Inputs(position=PositionInLedger({"main": "planning"})),
            Inputs(baselines={"plan": {"cost": 1}}),
            Inputs(holders={"boss": (("ada", date(2026, 1, 1), None),)}),
            Inputs(cycles=(("a", "b"),)),
        ],
    )
    def test_other_inputs_have_another_digest(self, inputs: Inputs) -> None:
        standard = a_standard(MANY)
        assert assessed(standard, inputs=inputs).digest != assessed(standard).digest

    def test_inputs_that_say_nothing_are_no_inputs(self) -> None:
        standard = a_standard(MANY)
        assert assessed(standard, inputs=Inputs()).digest == assessed(standard).digest
        assert Inputs().as_json() == {}


class TestOrder:
    """S3.6."""

    def test_record_claim_then_criteria_as_the_file_has_them_then_the_rest(self) -> None:
        inputs = Inputs(
            extra=extra("z: {must: It is z, schema: true}", "x: {may: It is x, schema: true}"),
            conditions=(LapsedCondition("c-10", "Later"), LapsedCondition("c-1", "Sooner")),
            exceptions=(
                OpenException("x-2", "time", "board", ("ready",)),
                OpenException("x-1", "cost", "board", ("ready", "other")),
                OpenException("x-0", "scope", "board", ("other",)),
            ),
        )
        found = assessed(a_standard(MANY), inputs=inputs)
        assert [one.criterion for one in found.findings] == [
            "record",
            "claim",
            "b",
            "a",
            "c",
            "z",
            "x",
            "condition:c-1",
            "condition:c-10",
            "exception:x-1",
            "exception:x-2",
        ]

    def test_reasons_by_pointer_token_by_token_then_code(self) -> None:
        pointers = [
            ("b", None),
            ("a", None),
            ("z", ""),
            ("a", "/a"),
            ("b", "/a"),
            ("a", "/a/2"),
            ("a", "/a/10"),
            ("a", "/a/b"),
            ("a", "/a-b"),
            ("a", "/b"),
        ]
        expected = [pointers[1], pointers[0], *pointers[2:]]
        for mixed in (pointers, pointers[::-1], pointers[::2] + pointers[1::2]):
            found = in_order(Reason(code, pointer) for code, pointer in mixed)
            assert [(one.code, one.pointer) for one in found] == expected

    def test_what_ties_goes_by_its_parameters(self) -> None:
        reasons = [Reason("required", "", {"property": name}) for name in ("c", "a", "b")]
        found = in_order(reasons)
        assert [one.params["property"] for one in found] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("first", "second"), [("/a/1", "/a/01"), ("/a/7", "/a/007"), ("/m/00", "/m/0")]
    )
    def test_keys_that_read_as_one_number_still_have_an_order(
        self, first: str, second: str
    ) -> None:
        one, two = Reason("x", first), Reason("x", second)
        assert in_order((one, two)) == in_order((two, one))

    def test_all_reasons_of_a_finding_are_in_order(self) -> None:
        standard = a_standard(
            '{it: {must: It is so, all: [{schema: {required: [z]}}, {expr: "record.b > 1.0"},'
            " {schema: {properties: {a: false}}}]}}"
        )
        found = finding(assessed(standard, "{a: 1}"), "it")
        assert [one.pointer for one in found.reasons] == ["", "/a", "/b"]


class TestExtraCriteria:
    """S3.2: criteria that an authority added for this project."""

    def test_they_are_judged_as_others_are(self) -> None:
        inputs = Inputs(extra=extra("more: {must: It is more, schema: {required: [more]}}"))
        standard = a_standard(MANY)
        blocked = assessed(standard, "{a: 1, b: 1}", inputs=inputs)
        ready = assessed(standard, "{a: 1, b: 1, more: 1}", inputs=inputs)
        assert (blocked.verdict, ready.verdict) == ("blocked", "ready")
        assert finding(blocked, "more").origin == "small@1.0.0"

    def test_their_dates_count(self) -> None:
        """S4.5."""
        inputs = Inputs(
            extra=extra(
                "a1: {must: It is, schema: false, binds: '2026-03-02'}",
                "a2: {must: It is, schema: false, retires: '2026-03-01'}",
            )
        )
        found = assessed(a_standard(), inputs=inputs)
        assert [one.criterion for one in found.findings[2:]] == ["a1"]
        assert (found.verdict, found.valid_until) == ("ready", datetime(2026, 3, 2, tzinfo=UTC))

    def test_a_date_that_has_come_flips_nothing_any_more(self) -> None:
        """S3.5."""
        added = extra("a1: {must: It is, schema: true, binds: '2026-03-01'}")
        midnight = datetime(2026, 3, 1, tzinfo=UTC)
        found = assessed(a_standard(), now=midnight, inputs=Inputs(extra=added))
        assert (found.findings[2].force, found.valid_until) == ("binding", None)

    def test_they_may_wait_for_the_gates_own(self) -> None:
        """S4 row 4."""
        added = extra(
            "b: {must: It is b, schema: true}", "more: {must: M, schema: true, after: [b]}"
        )
        inputs = Inputs(extra=added[1:])
        assert finding(assessed(a_standard(MANY), inputs=inputs), "more").result == "unknown"

    def test_one_does_not_take_the_place_of_the_gates_own(self) -> None:
        added = extra("it: {must: It is otherwise, schema: true}")
        standard = a_standard("{it: {must: It is so, schema: false}}")
        with pytest.raises(ValueError, match="has a criterion 'it' already"):
            assessed(standard, inputs=Inputs(extra=added))

    def test_they_may_be_waived(self) -> None:
        added = extra("more: {must: It is more, schema: false}")
        waiver = WaiverInForce("w-1", "more", criterion_digest(added[0].model))
        found = assessed(a_standard(), inputs=Inputs(extra=added, waivers=(waiver,)))
        assert finding(found, "more").result == "waived"

    def test_one_that_passes_makes_the_gate_meaningful(self) -> None:
        """S4.4."""
        added = extra("more: {must: It is more, schema: true}")
        assert assessed(a_standard()).vacuous
        assert not assessed(a_standard(), inputs=Inputs(extra=added)).vacuous


class TestConditionsAndExceptions:
    """S13.1, S13.2: a lapsed condition and an open exception are musts that fail."""

    def test_a_lapsed_condition_blocks(self) -> None:
        inputs = Inputs(conditions=(LapsedCondition("c-1", "Hire a tester", "/people"),))
        found = assessed(a_standard(), inputs=inputs)
        one = finding(found, "condition:c-1")
        assert (one.obligation, one.result, one.effect) == ("must", "fail", "blocks")
        assert one.reasons == (Reason("condition-lapsed", "/people", {"condition": "c-1"}),)
        assert (found.verdict, found.vacuous) == (Verdict.BLOCKED, False)

    def test_an_open_exception_blocks_the_gates_that_it_names(self) -> None:
        blocks = OpenException("x-1", "cost", "board", ("ready",))
        elsewhere = OpenException("x-2", "cost", "board", ("other",))
        found = assessed(a_standard(), inputs=Inputs(exceptions=(blocks, elsewhere)))
        assert [one.criterion for one in found.blocking] == ["exception:x-1"]

    def test_neither_is_eased_or_part_of_the_entry(self) -> None:
        inputs = Inputs(conditions=(LapsedCondition("c-1", "Hire a tester"),))
        found = assessed(a_standard(gate="{eased: {schema: true}}"), inputs=inputs)
        assert (found.verdict, found.entry) == ("blocked", "ready")


class TestValidUntil:
    """S3.5: the earliest instant at which a date limit that was looked at flips."""

    def until(self, criteria: str, record: str | None = None, **given: str) -> str | None:
        inputs = Inputs(zone=given.get("zone", "UTC"))
        found: Assessment = assessed(a_standard(criteria), record, inputs=inputs)
        return None if found.valid_until is None else found.valid_until.isoformat()[:16]

    def test_never_where_nothing_depends_on_time(self) -> None:
        assert self.until(MANY) is None

    @pytest.mark.parametrize(
        ("zone", "ends"),
        [("UTC", "2026-03-02T00:00"), ("Asia/Tokyo", "2026-03-01T15:00")],
    )
    def test_the_end_of_the_local_day_where_an_expression_used_today(
        self, zone: str, ends: str
    ) -> None:
        text = '{it: {must: It is so, expr: "record.due >= today"}}'
        assert self.until(text, "{due: '2026-12-31'}", zone=zone) == ends

    def test_now_where_one_used_now(self) -> None:
        text = '{it: {must: It is so, expr: "timestamp(record.due) >= now"}}'
        assert self.until(text, "{due: '2026-12-31T00:00:00Z'}") == "2026-03-01T09:00"

    @pytest.mark.parametrize("guard", ["when", "unless", "eased", "grandfathered"])
    def test_a_guard_that_looked_at_the_date_counts_too(self, guard: str) -> None:
        text = (
            f"{{it: {{must: It is, schema: false, {guard}: {{expr: \"today > '2026-01-01'\"}}}}}}"
        )
        assert self.until(text) == "2026-03-02T00:00"

    def test_when_evidence_grows_old(self) -> None:
        text = "{it: {must: It is so, answer: {max_age: P30D}}}"
        record = "{answers: {it: {value: yes, date: '2026-02-20'}}}"
        assert self.until(text, record) == "2026-03-23T00:00"

    def test_not_when_it_has_grown_old_already(self) -> None:
        text = "{it: {must: It is so, answer: {max_age: P3D}}}"
        record = "{answers: {it: {value: yes, date: '2026-02-20'}}}"
        assert self.until(text, record) is None

    def test_when_a_date_to_come_has_come(self) -> None:
        text = "{it: {must: It is so, answer: {}}}"
        record = "{answers: {it: {value: yes, date: '2026-05-01'}}}"
        assert self.until(text, record) == "2026-05-01T00:00"

    def test_when_an_artefacts_stamp_grows_old(self) -> None:
        standard = a_standard(
            "{it: {must: It is so, artefact: {id: plan, state: done, max_age: P1W}}}",
            artefacts="{plan: {title: Plan, states: [done]}}",
        )
        found = assessed(standard, "{artefacts: {plan: {state: done, date: '2026-03-01'}}}")
        assert found.valid_until == datetime(2026, 3, 9, tzinfo=UTC)

    def test_the_earliest_of_several_limits(self) -> None:
        text = (
            "{a: {must: A, answer: {max_age: P30D}}, b: {must: B, schema: true,"
            " binds: '2026-03-15'}, c: {must: C, schema: true, retires: '2027-01-01'}}"
        )
        record = "{answers: {a: {value: yes, date: '2026-02-20'}}}"
        assert self.until(text, record) == "2026-03-15T00:00"

    def test_until_then_nothing_but_now_differs(self) -> None:
        """What caches rely on, to the second."""
        standard = a_standard(
            "{a: {must: A, answer: {max_age: P30D}}, b: {must: B, schema: false,"
            " binds: '2026-04-15'}}"
        )
        record = "{answers: {a: {value: yes, date: '2026-02-20'}}}"
        first = assessed(standard, record)
        assert first.valid_until is not None
        last = assessed(standard, record, now=first.valid_until.replace(day=22, hour=23, minute=59))
        after = assessed(standard, record, now=first.valid_until)
        assert last.findings == first.findings
        assert after.findings != first.findings


def test_a_standard_is_compiled_once_and_assesses_many() -> None:
    """What passes is a shared constant."""
    standard: Standard = a_standard(MANY)
    one = assessed(standard, "{a: 1, b: 2}", now=NOW)
    two = assessed(standard, "{a: 1, b: 3}", now=NOW)
    assert finding(one, "b") is finding(two, "b")
    assert canonical(finding(one, "b").as_json()) == canonical(finding(two, "b").as_json())
