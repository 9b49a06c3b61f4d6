"""Tests by answer: values, people, evidence, age (S5.5, S10.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pmo_core.assessment import Finding
from pmo_core.standards.inputs import Inputs, PositionInLedger
from pmo_core.standards.instants import Calendar
from pmo_core.testing.builders import NOW, a_standard, assessed, finding, judged

ROLES = "{boss: {title: Boss}, manager: {title: Manager}, pmo: {title: PMO}}"
BODIES = "{board: {chair: boss, members: [boss, manager]}}"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
ADA_BOSS = Inputs(holders={"boss": (("ada", *YEAR),)})


def answered(test: str, entry: str, inputs: Inputs | None = None, **more: datetime) -> Finding:
    return judged(
        f"{{must: It is so, answer: {test}}}",
        f"{{answers: {{it: {entry}}}}}",
        roles=ROLES,
        bodies=BODIES,
        inputs=inputs,
        now=more.get("now", NOW),
    )


def outcome(found: Finding) -> tuple[str, tuple[str, ...]]:
    return found.result.value, tuple(reason.code for reason in found.reasons)


class TestValues:
    """S5.5: `values` maps each allowed value to pass or fail."""

    @pytest.mark.parametrize(
        ("value", "result"),
        [
            ("yes", "pass"),
            ("no", "fail"),
            ("true", "pass"),
            ("false", "fail"),
            ("'true'", "unknown"),
            ("Yes", "unknown"),
            ("1", "unknown"),
            ("null", "unknown"),
            ("[yes]", "unknown"),
            ("{}", "unknown"),
        ],
    )
    def test_yes_and_no_are_the_default_and_booleans_count_as_them(
        self, value: str, result: str
    ) -> None:
        assert answered("{}", f"{{value: {value}}}").result == result

    @pytest.mark.parametrize(
        ("value", "result"),
        [
            ("fully", "pass"),
            ("partly", "pass"),
            ("hardly", "fail"),
            ("yes", "unknown"),
            ("true", "unknown"),
            ("2", "pass"),
            ("2.0", "pass"),
            ("'2'", "pass"),
            ("3", "unknown"),
        ],
    )
    def test_a_standard_may_name_its_own(self, value: str, result: str) -> None:
        """S2.4: an integer among the answers is its decimal digits."""
        values = "{values: {fully: pass, partly: pass, hardly: fail, '2': pass}}"
        assert answered(values, f"{{value: {value}}}").result == result

    def test_a_value_that_is_not_allowed_says_which_are(self) -> None:
        found = answered("{}", "{value: perhaps}")
        assert outcome(found) == ("unknown", ("answer-unknown",))
        assert found.reasons[0].params == {"found": "perhaps", "values": ["yes", "no"]}
        assert found.reasons[0].pointer == "/answers/it"

    @pytest.mark.parametrize("entry", ["null", "[]", "yes", "true", "3"])
    def test_without_an_entry_it_is_unanswered(self, entry: str) -> None:
        assert outcome(answered("{}", entry)) == ("unknown", ("unanswered",))

    def test_without_answers_it_is_unanswered(self) -> None:
        found = judged("{must: It is so, answer: {}}", "{}")
        assert outcome(found) == ("unknown", ("unanswered",))
        assert found.reasons[0].pointer == "/answers/it"

    def test_answers_lie_where_the_standard_says(self) -> None:
        """S2.4."""
        found = judged(
            "{must: It is so, answer: {}}",
            "{said: {here: {it: {value: yes}}}}",
            record="{schema: record.schema.json, answers: /said/here}",
        )
        assert outcome(found) == ("pass", ())


class TestLists:
    """S5.5: the last entry counts."""

    @pytest.mark.parametrize(
        ("entries", "result"),
        [
            ("[{value: no}, {value: yes}]", "pass"),
            ("[{value: yes}, {value: no}]", "fail"),
            ("[{value: yes}, {value: perhaps}]", "unknown"),
            ("[{value: yes}, {}]", "unknown"),
            ("[{value: yes}, null]", "unknown"),
            ("[{value: yes}, 'no']", "unknown"),
        ],
    )
    def test_the_last_entry_counts(self, entries: str, result: str) -> None:
        assert answered("{}", entries).result == result

    def test_a_reason_points_at_the_entry(self) -> None:
        found = answered("{}", "[{value: yes}, {value: no}]")
        assert found.reasons[0].pointer == "/answers/it/1"


class TestEvidence:
    """S5.5: `evidence: required` and none."""

    @pytest.mark.parametrize("evidence", ["[a.pdf]", "a.pdf", "[{file: a.pdf}]", "['', a.pdf]"])
    def test_what_is_named_is_evidence(self, evidence: str) -> None:
        found = answered("{evidence: required}", f"{{value: yes, evidence: {evidence}}}")
        assert outcome(found) == ("pass", ())

    @pytest.mark.parametrize("evidence", ["[]", "null", "''", "' '", "['']", "[null, ' ']", "{}"])
    def test_nothing_is_none(self, evidence: str) -> None:
        found = answered("{evidence: required}", f"{{value: yes, evidence: {evidence}}}")
        assert outcome(found) == ("unknown", ("no-evidence",))

    def test_it_is_not_asked_for_unless_the_standard_does(self) -> None:
        assert answered("{}", "{value: yes}").result == "pass"

    def test_a_no_needs_none(self) -> None:
        """S4: fail stays fail."""
        assert outcome(answered("{evidence: required}", "{value: no}")) == ("fail", ("answered",))


class TestWho:
    """S5.5: `by`, `by-not`, `from: all`."""

    def test_by_a_holder_of_the_role_when_it_was_stamped(self) -> None:
        entry = "{value: yes, by: ada, date: '2026-02-01'}"
        assert outcome(answered("{by: boss}", entry, ADA_BOSS)) == ("pass", ())

    @pytest.mark.parametrize(
        ("entry", "why"),
        [
            ("{value: yes, by: bob, date: '2026-02-01'}", "wrong-person"),
            ("{value: yes, by: ada, date: '2025-12-31'}", "wrong-person"),
            ("{value: yes, date: '2026-02-01'}", "wrong-person"),
            ("{value: yes, by: 7, date: '2026-02-01'}", "wrong-person"),
        ],
    )
    def test_anyone_else_is_the_wrong_person(self, entry: str, why: str) -> None:
        assert outcome(answered("{by: boss}", entry, ADA_BOSS)) == ("unknown", (why,))

    @pytest.mark.parametrize(
        ("day", "result"),
        [
            ("2026-02-09", "unknown"),
            ("2026-02-10", "pass"),
            ("2026-02-20", "pass"),
            ("2026-02-21", "unknown"),
        ],
    )
    def test_both_ends_of_an_appointment_count(self, day: str, result: str) -> None:
        """S10.1: limits are inclusive."""
        inputs = Inputs(holders={"boss": (("ada", date(2026, 2, 10), date(2026, 2, 20)),)})
        entry = f"{{value: yes, by: ada, date: '{day}'}}"
        assert answered("{by: boss}", entry, inputs).result == result

    def test_the_local_date_of_an_instant_counts(self) -> None:
        inputs = Inputs(
            holders={"boss": (("ada", date(2026, 2, 11), None),)}, zone="Pacific/Auckland"
        )
        entry = "{value: yes, by: ada, date: '2026-02-10T12:00:00Z'}"
        assert answered("{by: boss}", entry, inputs).result == "pass"

    def test_where_nobody_knows_the_holders_it_is_unknown(self) -> None:
        entry = "{value: yes, by: ada, date: '2026-02-01'}"
        assert outcome(answered("{by: boss}", entry)) == ("unknown", ("holders-unknown",))
        assert outcome(answered("{by-not: boss}", entry)) == ("unknown", ("holders-unknown",))

    def test_a_member_of_a_body_holds_it(self) -> None:
        inputs = Inputs(holders={"boss": (("ada", *YEAR),), "manager": (("mia", *YEAR),)})
        entry = "{value: yes, by: mia, date: '2026-02-01'}"
        assert answered("{by: board}", entry, inputs).result == "pass"
        assert answered("{by-not: board}", entry, inputs).result == "unknown"

    def test_a_body_of_which_one_seat_is_unknown_may_be_anybodys(self) -> None:
        entry = "{value: yes, by: mia, date: '2026-02-01'}"
        for test in ("{by: board}", "{by-not: board}"):
            assert outcome(answered(test, entry, ADA_BOSS)) == ("unknown", ("holders-unknown",))

    def test_by_not_is_the_reverse(self) -> None:
        holder = "{value: yes, by: ada, date: '2026-02-01'}"
        other = "{value: yes, by: bob, date: '2026-02-01'}"
        unsigned = "{value: yes, date: '2026-02-01'}"
        assert outcome(answered("{by-not: boss}", holder, ADA_BOSS)) == (
            "unknown",
            ("wrong-person",),
        )
        assert outcome(answered("{by-not: boss}", other, ADA_BOSS)) == ("pass", ())
        assert answered("{by-not: boss}", unsigned, ADA_BOSS).result == "unknown"

    def test_a_stamp_without_a_date_is_taken_as_of_today_and_holds_for_today(self) -> None:
        """S3.5: appointments begin and end by date."""
        standard = a_standard("{it: {must: It is so, answer: {by: boss}}}", roles=ROLES)
        undated = assessed(standard, "{answers: {it: {value: yes, by: ada}}}", inputs=ADA_BOSS)
        dated = assessed(
            standard,
            "{answers: {it: {value: yes, by: ada, date: '2026-02-01'}}}",
            inputs=ADA_BOSS,
        )
        assert (undated.verdict, dated.verdict) == ("ready", "ready")
        assert undated.valid_until == datetime(2026, 3, 2, tzinfo=UTC)
        assert dated.valid_until is None

    def test_a_no_stays_a_no_whoever_said_it(self) -> None:
        entry = "{value: no, by: bob, date: '2026-02-01'}"
        assert outcome(answered("{by: boss}", entry, ADA_BOSS)) == ("fail", ("answered",))


class TestFromAll:
    """S5.5: `from: all` needs an entry of each holder."""

    BOTH = Inputs(holders={"boss": (("ada", *YEAR), ("bob", *YEAR))})
    TEST = "{by: boss, from: all, na: allowed}"

    def said(self, **values: str) -> str:
        entries = ", ".join(
            f"{{value: {value}, by: {name}, date: '2026-02-01'}}" for name, value in values.items()
        )
        return f"[{entries}]"

    @pytest.mark.parametrize(
        ("ada", "bob", "expected"),
        [
            ("yes", "yes", ("pass", ())),
            ("yes", "no", ("fail", ("answered",))),
            ("no", "perhaps", ("fail", ("answered", "answer-unknown"))),
            ("yes", "perhaps", ("unknown", ("answer-unknown",))),
            ("yes", "na", ("pass", ())),
            ("na", "na", ("not-applicable", ("answered-na", "answered-na"))),
        ],
    )
    def test_all_count_together(
        self, ada: str, bob: str, expected: tuple[str, tuple[str, ...]]
    ) -> None:
        assert outcome(answered(self.TEST, self.said(ada=ada, bob=bob), self.BOTH)) == expected

    def test_who_has_not_answered_is_named(self) -> None:
        found = answered(self.TEST, self.said(ada="yes", eve="yes"), self.BOTH)
        assert outcome(found) == ("unknown", ("unanswered-by",))
        assert found.reasons[0].params == {"role": "boss", "people": ["bob"]}

    def test_a_no_counts_before_all_have_answered(self) -> None:
        assert answered(self.TEST, self.said(ada="no"), self.BOTH).result == "fail"

    def test_the_last_entry_of_each_counts(self) -> None:
        entries = (
            "[{value: no, by: ada, date: '2026-02-01'}, {value: yes, by: bob, date: '2026-02-01'},"
            " {value: yes, by: ada, date: '2026-02-02'}]"
        )
        assert answered(self.TEST, entries, self.BOTH).result == "pass"

    def test_a_role_that_nobody_holds_is_never_answered(self) -> None:
        found = answered(self.TEST, self.said(ada="yes"), Inputs(holders={"boss": ()}))
        assert outcome(found) == ("unknown", ("unanswered-by",))

    def test_who_left_need_not_answer(self) -> None:
        inputs = Inputs(
            holders={"boss": (("ada", *YEAR), ("bob", date(2025, 1, 1), date(2026, 2, 28)))}
        )
        assert answered(self.TEST, self.said(ada="yes"), inputs).result == "pass"

    def test_it_rests_on_today(self) -> None:
        """S3.5: appointments begin and end by date."""
        standard = a_standard(
            f"{{it: {{must: It is so, answer: {self.TEST}}}}}", roles=ROLES, bodies=BODIES
        )
        found = assessed(
            standard, f"{{answers: {{it: {self.said(ada='yes', bob='yes')}}}}}", inputs=self.BOTH
        )
        assert found.valid_until == datetime(2026, 3, 2, tzinfo=UTC)


class TestFreshness:
    """S10.4, S4: pass that is stale, undated or of the future is unknown; fail stays fail."""

    def age(self, max_age: str, day: str, now: datetime = NOW, **inputs: Inputs) -> Finding:
        entry = f"{{value: yes, date: {day}}}"
        return answered(f"{{max_age: {max_age}}}", entry, inputs.get("inputs"), now=now)

    @pytest.mark.parametrize("zone", ["UTC", "Europe/Oslo", "America/Los_Angeles"])
    def test_it_is_fresh_to_the_end_of_the_last_local_day(self, zone: str) -> None:
        """S10.1: 2026-01-30 + P30D is 2026-03-01, inclusive."""
        ends = {
            "UTC": datetime(2026, 3, 2, 0, 0, tzinfo=UTC),
            "Europe/Oslo": datetime(2026, 3, 1, 23, 0, tzinfo=UTC),
            "America/Los_Angeles": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        }[zone]
        inputs = Inputs(zone=zone)
        before = self.age("P30D", "'2026-01-30'", ends - timedelta(seconds=1), inputs=inputs)
        at = self.age("P30D", "'2026-01-30'", ends, inputs=inputs)
        assert outcome(before) == ("pass", ())
        assert outcome(at) == ("unknown", ("stale",))
        assert at.reasons[0].params == {"date": "2026-01-30", "days": 31}

    @pytest.mark.parametrize(
        ("day", "max_age", "result"),
        [
            ("'2026-01-31'", "P1M", "pass"),
            ("'2026-01-28'", "P1M", "unknown"),
            ("'2025-03-01'", "P1Y", "pass"),
            ("'2025-02-28'", "P1Y", "unknown"),
            ("'2026-02-27'", "{working-days: 1}", "pass"),
            ("'2026-02-26'", "{working-days: 1}", "unknown"),
            ("'2026-03-01T08:00:00Z'", "PT1H", "unknown"),
            ("'2026-03-01T08:00:01Z'", "PT1H", "pass"),
            ("'2026-02-28'", "PT33H", "unknown"),
            ("'2026-02-28'", "PT34H", "pass"),
        ],
    )
    def test_durations(self, day: str, max_age: str, result: str) -> None:
        """S10.2, S10.3. 31 January and a month is 28 February, whose day ends on 1 March."""
        now = NOW if "01-31" not in day else datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
        assert self.age(max_age, day, now).result == result

    def test_working_days_are_the_offices(self) -> None:
        """S10.3: with a holiday on Monday the next working day is Tuesday."""
        tuesday = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
        holiday = Inputs(calendar=Calendar(holidays=frozenset({date(2026, 3, 2)})))
        assert self.age("{working-days: 1}", "'2026-02-27'", tuesday).result == "unknown"
        found = self.age("{working-days: 1}", "'2026-02-27'", tuesday, inputs=holiday)
        assert found.result == "pass"

    @pytest.mark.parametrize(
        "day",
        [
            "null",
            "''",
            "yesterday",
            "20260301",
            "'2026-02-30'",
            "'2026-02-01T10:00'",
            "'2026-02-01T10:00:00+01:00'",
            "[]",
            "true",
        ],
    )
    def test_what_is_no_date_is_undated(self, day: str) -> None:
        assert outcome(self.age("P30D", day)) == ("unknown", ("undated",))

    def test_no_date_is_asked_for_without_max_age(self) -> None:
        assert answered("{}", "{value: yes}").result == "pass"
        assert answered("{}", "{value: yes, date: last week}").result == "pass"

    @pytest.mark.parametrize("test", ["{}", "{max_age: P30D}"])
    @pytest.mark.parametrize(
        ("day", "result"),
        [
            ("'2026-03-01'", "pass"),
            ("'2026-03-02'", "unknown"),
            ("'2026-03-01T09:00:00Z'", "pass"),
            ("'2026-03-01T09:00:01Z'", "unknown"),
        ],
    )
    def test_a_date_still_to_come_is_unknown(self, test: str, day: str, result: str) -> None:
        """S10.4: whether or not an age is asked for."""
        found = answered(test, f"{{value: yes, date: {day}}}")
        assert found.result == result
        assert outcome(found)[1] == (() if result == "pass" else ("future",))

    def test_today_is_the_offices(self) -> None:
        """1 March 12:00 UTC is 2 March in Auckland."""
        noon = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        found = self.age("P1D", "'2026-03-02'", noon, inputs=Inputs(zone="Pacific/Auckland"))
        assert found.result == "pass"
        assert self.age("P1D", "'2026-03-02'", noon).result == "unknown"

    def test_a_no_that_is_old_is_a_no(self) -> None:
        found = answered("{max_age: P30D}", "{value: no, date: '2020-01-01'}")
        assert outcome(found) == ("fail", ("answered",))

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
    @pytest.mark.parametrize(
        "day", ["'0001-01-01'", "'9999-12-31'", "'0001-01-01T00:00:00Z'", "'9999-12-31T23:59:59Z'"]
    )
    @pytest.mark.parametrize(
        "test", ["{}", "{max_age: P1D}", "{max_age: P9000Y}", "{max_age: phase, by: boss}"]
    )
    def test_dates_at_the_ends_of_the_calendar_break_nothing(
        self, zone: str, day: str, test: str
    ) -> None:
        position = PositionInLedger({"main": "planning"}, {"main": "2026-01-01"})
        inputs = Inputs(holders={"boss": (("ada", *YEAR),)}, zone=zone, position=position)
        found = answered(test, f"{{value: yes, by: ada, date: {day}}}", inputs)
        assert found.result in ("pass", "unknown")
        assert (found.result == "pass") <= ("0001" in day)

    def test_an_age_beyond_the_calendar_never_ends(self) -> None:
        assert self.age("P9000Y", "'2026-01-01'").result == "pass"
        assert self.age("{working-days: 100000}", "'2026-01-01'").result == "pass"


class TestSincePhase:
    """S10.4: `max_age: phase` is since the last entry into the phase."""

    def since(self, entered: str | None, day: str = "2026-02-10") -> Finding:
        position = None
        if entered is not None:
            position = PositionInLedger({"main": "planning"}, {"main": entered} if entered else {})
        return answered(
            "{max_age: phase}", f"{{value: yes, date: '{day}'}}", Inputs(position=position)
        )

    @pytest.mark.parametrize(
        ("entered", "result"),
        [
            ("2026-02-09", "pass"),
            ("2026-02-10", "pass"),
            ("2026-02-10T23:59:59Z", "pass"),
            ("2026-02-11", "unknown"),
        ],
    )
    def test_by_the_day(self, entered: str, result: str) -> None:
        assert self.since(entered).result == result

    def test_it_says_since_when(self) -> None:
        found = self.since("2026-02-11")
        assert found.reasons[0].params == {
            "date": "2026-02-10",
            "since": "2026-02-11",
            "rule": "phase",
        }

    @pytest.mark.parametrize("entered", [None, ""])
    def test_where_nobody_knows_when_it_began_it_is_unknown(self, entered: str | None) -> None:
        assert outcome(self.since(entered)) == ("unknown", ("entry-unknown",))

    def test_only_the_tracks_that_the_gate_starts_from_count(self) -> None:
        tracks = "{a: {initial: p, phases: [p, q]}, b: {initial: r, phases: [r]}}"
        standard = a_standard(
            "{it: {must: It is so, answer: {max_age: phase}}}",
            gate="{from: p, outcomes: {go: q}}",
            lifecycle=f"{{initial: null, phases: null, ends: null, tracks: {tracks}}}",
        )
        inputs = Inputs(
            position=PositionInLedger({"a": "p", "b": "r"}, {"a": "2026-02-01", "b": "2026-02-20"})
        )
        record = "{phase: {a: p, b: r}, answers: {it: {value: yes, date: '2026-02-10'}}}"
        assert finding(assessed(standard, record, inputs=inputs), "it").result == "pass"


class TestSinceLastOccurrence:
    """S5.5: `max_age: {since: last-occurrence}` asks for a new entry."""

    def since(self, last: str | None, day: str = "2026-02-10", known: bool = True) -> Finding:
        position = PositionInLedger(
            {"main": "planning"}, last_occurrence={} if last is None else {"ready": last}
        )
        return answered(
            "{max_age: {since: last-occurrence}}",
            f"[{{value: yes, date: '2025-01-01'}}, {{value: yes, date: '{day}'}}]",
            Inputs(position=position if known else None),
        )

    @pytest.mark.parametrize(
        ("last", "result"),
        [("2026-02-09", "pass"), ("2026-02-10", "unknown"), ("2026-02-11", "unknown")],
    )
    def test_it_must_be_later_than_the_last(self, last: str, result: str) -> None:
        assert self.since(last).result == result

    def test_at_the_first_occurrence_any_entry_is_new(self) -> None:
        assert self.since(None).result == "pass"

    def test_without_a_ledger_it_is_unknown(self) -> None:
        found = self.since(None, known=False)
        assert outcome(found) == ("unknown", ("last-occurrence-unknown",))


class TestRepeatedGates:
    """S5.5: `ID@ITEM` in a repeated gate."""

    def test_the_items_own_answer_counts(self) -> None:
        standard = a_standard("{it: {must: It is so, answer: {}}}", gate="{per: {items: /stages}}")
        record = (
            "{stages: [{id: s1}, {id: s2}],"
            " answers: {it: {value: yes}, it@s1: {value: yes}, it@s2: {value: no}}}"
        )
        found = {
            stage: finding(assessed(standard, record, occurrence=stage), "it")
            for stage in ("s1", "s2")
        }
        assert found["s1"].result == "pass"
        assert found["s2"].result == "fail"
        assert found["s2"].reasons[0].pointer == "/answers/it@s2"
