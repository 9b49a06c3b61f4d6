"""Loading a standard: what is refused, where, with what hint, all at once (S6.1, S17.3)."""

from __future__ import annotations

import pytest

from pmo_core.documents import Json
from pmo_core.errors import InvalidStandard
from pmo_core.standards.load import load
from pmo_core.standards.model import (
    AnswerTest,
    CombinedTest,
    Criterion,
    ExprTest,
    Obligation,
    SchemaTest,
    Standard,
)
from pmo_core.testing.builders import Written, a_standard, standard_files

IT = "must: It is so"


def refused(criteria: Written = None, /, **parts: Written) -> list[InvalidStandard]:
    with pytest.raises(InvalidStandard) as caught:
        a_standard(criteria, **parts)  # type: ignore[arg-type]
    first = caught.value
    assert all(isinstance(one, InvalidStandard) for one in first.also)
    return [first, *(one for one in first.also if isinstance(one, InvalidStandard))]


def one_fault(criteria: Written = None, /, **parts: Written) -> InvalidStandard:
    found = refused(criteria, **parts)
    assert [one.message for one in found] == [found[0].message]
    return found[0]


def at(found: InvalidStandard) -> tuple[str | None, str, str | None]:
    return found.pointer, found.message, found.remedy


class TestPlaces:
    TEXT = """\
language: 1
standard: small
version: 1.0.0
title: Small
record: {schema: record.schema.json}
roles:
  manager: {title: Manager}
lifecycle:
  initial: planning
  phases: [planning, closed]
  gates:
    close:
      title: Close
      from: planing
      outcomes: {go: closd}
      authority: {role: manger}
      criteria:
        a:
          must: It is so
          owner: managr
          expr: "record.n == 1.0 && recrd.m"
        b: {must: It is b, schema: {requird: [x]}}
        c: {must: It is c, artefact: {id: plan, state: done}, after: [aa]}
"""

    def test_all_faults_are_told_at_once_in_the_order_of_the_file(self) -> None:
        with pytest.raises(InvalidStandard) as caught:
            load({"standard.yaml": self.TEXT.encode(), "record.schema.json": b"{}"}, "standards/s")
        first = caught.value
        found = [first, *first.also]
        assert [(one.source, one.line) for one in found] == [
            ("standards/s/standard.yaml", line) for line in (14, 15, 16, 20, 21, 22, 23, 23)
        ]
        hints = ("planning", "closed", "manager", "manager", "record", "required")
        for one, hint in zip(found, hints, strict=False):
            assert one.remedy is not None
            assert one.remedy.removesuffix("?") == f"Did you mean '{hint}'"
            assert one.column is not None

    def test_a_fault_in_an_expression_is_shown_where_it_stands_in_it(self) -> None:
        with pytest.raises(InvalidStandard) as caught:
            load({"standard.yaml": self.TEXT.encode(), "record.schema.json": b"{}"})
        found = next(one for one in caught.value.also if one.line == 21)
        assert found.column is not None
        line = self.TEXT.splitlines()[20]
        assert line[found.column - 1 :].startswith("recrd")

    def test_a_folder_without_a_standard_says_so(self) -> None:
        with pytest.raises(InvalidStandard, match=r"no standard\.yaml in it"):
            load({}, "standards/nothing")

    @pytest.mark.parametrize(
        "text", [b"", b"[]", b"text", b"a: [", b"a: 1\na: 2", b"\xff", b"--- 1\n--- 2"]
    )
    def test_what_is_no_standard_is_refused_as_one(self, text: bytes) -> None:
        with pytest.raises(InvalidStandard):
            load({"standard.yaml": text})

    def test_a_tailoring_is_not_resolved_yet_and_says_so(self) -> None:
        found = one_fault(extends="{standard: pm2@3.1.0, authority: Kira}")
        assert found.pointer == "/extends"


class TestNames:
    """Every name in a standard is looked up."""

    @pytest.mark.parametrize(
        ("criterion", "pointer", "message"),
        [
            ("owner: bos, schema: true", "/owner", "no role or body 'bos' here"),
            ("waivable: bos, schema: true", "/waivable", "no role or body 'bos' here"),
            (
                "deferrable: {within: P1D, by: bos}, schema: true",
                "/deferrable",
                "no role or body 'bos' here",
            ),
            ("predicate: larg", "/predicate", "no predicate 'larg' here"),
            ("schema: true, when: larg", "/when", "no predicate 'larg' here"),
            ("schema: true, unless: [large, larg]", "/unless/1", "no predicate 'larg' here"),
            ("schema: true, eased: larg", "/eased", "no predicate 'larg' here"),
            ("schema: true, grandfathered: larg", "/grandfathered", "no predicate 'larg' here"),
            ("artefact: {id: pln, state: done}", "/artefact/id", "no artefact 'pln' here"),
            ("artefact: {id: plan, state: don}", "/artefact/state", "no state 'don' here"),
            ("answer: {by: bos}", "/answer/by", "no role or body 'bos' here"),
            ("answer: {by-not: bos}", "/answer/by-not", "no role or body 'bos' here"),
            (
                "score: {scale: {min: 0, max: 1}, items: {a: {weight: 1}}, bands: [{id: ok,"
                " at-least: 0}], pass: okk}",
                "/score/pass",
                "no band 'okk' here",
            ),
            (
                "score: {scale: {min: 0, max: 1}, items: {a: {weight: 1}}, bands: [{id: ok,"
                " at-least: 0}], pass: ok, by: {each: bos}}",
                "/score/by/each",
                "no role or body 'bos' here",
            ),
            ("dependency: {of: self, gate: redy}", "/dependency/gate", "no gate 'redy' here"),
            (
                "schema: true, after: [other]",
                "/after/0",
                "no criterion of this gate 'other' here",
            ),
            (
                "answer: {}, deferrable: {within: P1D, values: [partly]}",
                "/deferrable/values/0",
                "no value of its answer 'partly' here",
            ),
            (
                "schema: true, deferrable: {within: P1D, bands: [low]}",
                "/deferrable/bands/0",
                "no band of its score 'low' here",
            ),
        ],
    )
    def test_in_criteria(self, criterion: str, pointer: str, message: str) -> None:
        found = one_fault(
            f"{{it: {{{IT}, {criterion}}}}}",
            roles="{boss: {title: Boss}}",
            artefacts="{plan: {title: Plan, states: [draft, done]}}",
            predicates="{large: {schema: true}}",
        )
        assert found.pointer == f"/lifecycle/gates/ready/criteria/it{pointer}"
        assert found.message == message

    @pytest.mark.parametrize(
        ("part", "written", "pointer"),
        [
            ("gate", "{from: plannin}", "/lifecycle/gates/ready/from"),
            ("gate", "{from: {man: planning}}", "/lifecycle/gates/ready/from/man"),
            ("gate", "{owner: bos}", "/lifecycle/gates/ready/owner"),
            ("gate", "{when: larg}", "/lifecycle/gates/ready/when"),
            ("gate", "{outcomes: {go: exec}}", "/lifecycle/gates/ready/outcomes/go/to"),
            (
                "gate",
                "{outcomes: {go: {to: {man: x}}}}",
                "/lifecycle/gates/ready/outcomes/go/to/man",
            ),
            ("gate", "{authority: {role: bos}}", "/lifecycle/gates/ready/authority/role"),
            ("gate", "{authority: somebody}", "/lifecycle/gates/ready/authority"),
            ("gate", "{override: {by: bos}}", "/lifecycle/gates/ready/override/by"),
            (
                "gate",
                "{recurs: {every: P1M, anchor: {entered: exec}}}",
                "/lifecycle/gates/ready/recurs/anchor/entered",
            ),
            ("lifecycle", "{initial: plannin}", "/lifecycle/initial"),
            ("lifecycle", "{ends: [clsed]}", "/lifecycle/ends/0"),
            ("lifecycle", "{values: {Done: clsed}}", "/lifecycle/values/Done"),
            ("record", "{schema: record.schema.json, phase: {man: /p}}", "/record/phase"),
            ("artefacts", "{p: {title: P, states: [a], due: {redy: a}}}", "/artefacts/p/due/redy"),
            (
                "artefacts",
                "{p: {title: P, states: [a], due: {ready: b}}}",
                "/artefacts/p/due/ready",
            ),
            (
                "artefacts",
                "{p: {title: P, states: [a], accountable: bos}}",
                "/artefacts/p/accountable",
            ),
            ("bodies", "{board: {members: [bos]}}", "/bodies/board/members/0"),
        ],
    )
    def test_elsewhere(self, part: str, written: str, pointer: str) -> None:
        parts = {"roles": "{boss: {title: Boss}}", "predicates": "{large: {schema: true}}"}
        found = refused(**{**parts, part: written})  # type: ignore[arg-type]
        assert pointer in [one.pointer for one in found]

    def test_a_schema_of_the_item_needs_a_gate_with_items(self) -> None:
        """S11.4."""
        criteria = f"{{it: {{{IT}, schema: {{required: [x]}}, subject: item}}}}"
        a_standard(criteria, gate="{per: {items: /stages}}")
        found = one_fault(criteria)
        assert found.pointer == "/lifecycle/gates/ready/criteria/it/subject"
        assert "only a repeated gate" in found.message

    @pytest.mark.parametrize(
        ("dependency", "place", "words"),
        [
            ("{of: [rome, self], gate: ready}", "of/1", "'self' stands alone"),
            ("{of: self, gate: ready, outcome: nope}", "outcome", "no outcome 'nope'"),
            ("{of: self, gate: ready, outcome: [go, g]}", "outcome/1", "no outcome 'g'"),
        ],
    )
    def test_a_dependency_on_this_project(self, dependency: str, place: str, words: str) -> None:
        """S9.1: `self` is this project, whose gates and outcomes are known."""
        found = one_fault(f"{{it: {{{IT}, dependency: {dependency}}}}}")
        assert found.pointer == f"/lifecycle/gates/ready/criteria/it/dependency/{place}"
        assert words in found.message

    @pytest.mark.parametrize("outcome", ["go", "[go, attested]", "attested"])
    def test_outcomes_of_ones_own_gate(self, outcome: str) -> None:
        """S11.8: what was entered behind is `attested`."""
        a_standard(f"{{it: {{{IT}, dependency: {{of: self, gate: ready, outcome: {outcome}}}}}}}")

    def test_a_gate_of_another_project_is_not_looked_up(self) -> None:
        a_standard("{it: {must: It is, dependency: {of: [rome], gate: its-own, outcome: theirs}}}")

    @pytest.mark.parametrize(
        ("expression", "remedy"),
        [
            ("recod.n == 1.0", "record"),
            ("facts.lab.opn", "lab.open"),
            ("params.limt > 1.0", "limit"),
            ("phase.mian == 'x'", "main"),
            ("passed.redy != ''", "ready"),
            ("item.cost > 1.0", None),
            ("other.phase == 'x'", None),
        ],
    )
    def test_in_expressions(self, expression: str, remedy: str | None) -> None:
        """S6.1: nothing else is in scope."""
        found = one_fault(
            {"it": {"must": "It is so", "expr": expression}},
            needs="{facts: {lab.open: {type: boolean}}}",
            params="{limit: {type: integer, default: 1}}",
        )
        assert found.pointer == "/lifecycle/gates/ready/criteria/it/expr"
        assert remedy is None or (found.remedy is not None and remedy in found.remedy)

    @pytest.mark.parametrize(
        ("expression", "remedy"),
        [
            ("rank('mian', phase.main) > 0", "main"),
            ("rank('main', 'plannin') > 0", "planning"),
            ("rank(record.track, 'plannin') > 0", "planning"),
            ("rank('main', phase.main) >= rank('main', 'executng')", "executing"),
            ("phase.main == 'plannin'", "planning"),
            ("'plannin' != phase['main']", "planning"),
        ],
    )
    def test_tracks_and_phases_that_an_expression_writes_out(
        self, expression: str, remedy: str
    ) -> None:
        """S6.1: an unknown name is InvalidStandard."""
        found = one_fault({"it": {"must": "It is so", "expr": expression}})
        assert found.pointer == "/lifecycle/gates/ready/criteria/it/expr"
        assert found.remedy == f"Did you mean '{remedy}'"

    @pytest.mark.parametrize(
        "expression",
        [
            "rank('main', phase.main) >= rank('main', 'executing')",
            "rank(record.track, record.phase) > 0",
            "phase.main == 'closed' || phase.main == record.was",
            "add(record.due, 'P1M') >= today",
            "add(record.due, record.span) >= today",
        ],
    )
    def test_those_that_there_are(self, expression: str) -> None:
        a_standard({"it": {"must": "It is so", "expr": expression}})

    def test_where_claims_need_not_be_phases_any_text_is_compared(self) -> None:
        """S11.1: `phase` of a claim that is no phase is the text as written."""
        criteria: Json = {"it": {"must": "It is so", "expr": "phase.main != 'Shelved'"}}
        assert one_fault(criteria).remedy is None
        a_standard(criteria, lifecycle="{unlisted: note}")

    @pytest.mark.parametrize("span", ["PT36H", "P1DT1H", "36 hours"])
    def test_a_span_with_hours_is_refused_where_a_date_is_to_take_it(self, span: str) -> None:
        """S6.4, S10.2."""
        found = one_fault({"it": {"must": "It is", "expr": f"add(record.due, '{span}') > today"}})
        assert "is no span of days" in found.message

    def test_a_predicate_that_reads_the_item_needs_a_gate_with_items(self) -> None:
        predicates = '{cheap: {expr: "item.cost < 5.0"}}'
        criteria = f"{{it: {{{IT}, schema: true, when: cheap}}}}"
        a_standard(criteria, gate="{per: {items: /stages}}", predicates=predicates)
        assert "reads 'item'" in one_fault(criteria, predicates=predicates).message
        by_test = f"{{it: {{{IT}, predicate: cheap}}}}"
        assert "reads 'item'" in one_fault(by_test, predicates=predicates).message


class TestCriteria:
    @pytest.mark.parametrize(
        ("criteria", "circle"),
        [
            ("{a: {must: A, schema: true, after: [a]}}", "a -> a"),
            (
                "{a: {must: A, schema: true, after: [b]}, b: {must: B, schema: true, after: [a]}}",
                "a -> b -> a",
            ),
        ],
    )
    def test_after_may_not_go_round_in_a_circle(self, criteria: str, circle: str) -> None:
        """S4 row 4."""
        found = one_fault(criteria)
        names = set(circle.split(" -> "))
        assert found.message.startswith("'after' goes round in a circle: ")
        assert set(found.message.partition(": ")[2].split(" -> ")) == names

    def test_an_id_means_one_statement_in_a_whole_standard(self) -> None:
        """S5.5."""
        gates = (
            "{again: {title: Again, from: planning, outcomes: {go: closed}, authority: automatic,"
            " criteria: {it: {must: STATEMENT, schema: true}}}}"
        )
        criteria = "{it: {must: It is so, schema: true}}"
        a_standard(criteria, gates=gates.replace("STATEMENT", "It is so"))
        found = one_fault(criteria, gates=gates.replace("STATEMENT", "It is not"))
        assert "'it' says something else here" in found.message
        assert found.pointer == "/lifecycle/gates/again/criteria/it"

    def test_the_same_id_may_have_another_obligation_elsewhere(self) -> None:
        """S5.5."""
        standard = a_standard(
            "{it: {must: It is so, schema: true}}",
            gates="{again: {title: Again, from: planning, outcomes: {go: closed},"
            " authority: automatic, criteria: {it: {should: It is so, schema: true}}}}",
        )
        found = [gate.criteria[0].obligation for gate in standard.gates.values()]
        assert found == [Obligation.MUST, Obligation.SHOULD]

    def test_a_statutory_criterion_cannot_be_waivable(self) -> None:
        """S4.2, S13.1."""
        found = one_fault(
            f"{{it: {{{IT}, schema: true, statutory: true, waivable: boss}}}}",
            roles="{boss: {title: Boss}}",
        )
        assert "nobody may waive it" in found.message

    def test_a_check_may_stand_once_in_a_criterion(self) -> None:
        """S5.3: results are known by criterion and check."""
        twice = "[{check: a.b}, {check: {id: a.b, with: {n: 2}}}]"
        assert "stands twice" in one_fault(f"{{it: {{{IT}, all: {twice}}}}}").message
        a_standard(f"{{it: {{{IT}, all: [{{check: a.b}}, {{check: a.c}}]}}}}")

    @pytest.mark.parametrize("scale", ["{min: 5, max: 5}", "{min: 6, max: 5}"])
    def test_a_scale_has_room(self, scale: str) -> None:
        """S5.6: or `percent` would divide by nothing."""
        found = one_fault(
            f"{{it: {{{IT}, score: {{scale: {scale}, items: {{a: {{weight: 1}}}}, pass: ok,"
            " combine: percent, bands: [{id: ok, at-least: 5}]}}}"
        )
        assert "leaves nothing to score" in found.message

    def test_a_band_has_a_name_of_its_own(self) -> None:
        found = one_fault(
            f"{{it: {{{IT}, score: {{scale: {{min: 0, max: 9}}, items: {{a: {{weight: 1}}}},"
            " pass: ok, bands: [{id: ok, at-least: 1}, {id: ok, at-least: 5}]}}}"
        )
        assert "'ok' stands twice" in found.message

    def test_of_self_only_a_gate_can_be_asked_for(self) -> None:
        """S9.1."""
        found = one_fault(f"{{it: {{{IT}, dependency: {{of: self, phase: closed}}}}}}")
        assert "only a gate" in found.message

    @pytest.mark.parametrize("key", ["binds", "retires"])
    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
    def test_dates_are_days_that_can_be_meant(self, key: str, day: str) -> None:
        refused(f"{{it: {{{IT}, schema: true, {key}: '{day}'}}}}")

    def test_two_inline_schemas_are_never_taken_for_one(self) -> None:
        """Ids may be such that places written with another sign between them look alike."""
        gates = "{a: GATE, a_criteria_b: GATE, ready: null}".replace(
            "GATE",
            "{title: G, from: planning, outcomes: {go: closed}, authority: automatic,"
            " criteria: {b_criteria_c: {must: First, schema: {required: [one]}},"
            " c: {must: Second, schema: {required: [two]}}}}",
        )
        standard = a_standard(gates=gates)
        uris = [
            one.test.schema.uri
            for gate in standard.gates.values()
            for one in gate.criteria
            if isinstance(one.test, SchemaTest)
        ]
        assert len(set(uris)) == 4


class TestLifecycle:
    def test_each_track_has_a_place_for_its_claim(self) -> None:
        """S2.4: one pointer, or one a track."""
        tracks = "{a: {initial: p, phases: [p]}, b: {initial: q, phases: [q]}}"
        lifecycle = f"{{initial: null, phases: null, ends: null, tracks: {tracks}}}"
        gate = "{from: p, outcomes: {go: p}}"
        whole = a_standard(gate=gate, lifecycle=lifecycle)
        assert whole.binding.phase == {"a": "/phase/a", "b": "/phase/b"}
        found = one_fault(
            gate=gate,
            lifecycle=lifecycle,
            record="{schema: record.schema.json, phase: {a: /a}}",
        )
        assert "track 'b'" in found.message

    def test_a_phase_stands_once(self) -> None:
        found = one_fault(lifecycle="{phases: [planning, [executing, planning], closed]}")
        assert "'planning' stands twice" in found.message

    @pytest.mark.parametrize(
        "every", ["PT1H", "P0D", "{working-days: 0}", "[P1M, {working-days: 5}]"]
    )
    def test_a_series_leads_somewhere(self, every: str) -> None:
        """S11.4."""
        found = one_fault(gate=f"{{recurs: {{every: {every}, anchor: '2026-01-01'}}}}")
        assert found.pointer == "/lifecycle/gates/ready/recurs/every"

    def test_a_gate_recurs_or_is_repeated(self) -> None:
        """S11.2."""
        found = one_fault(gate="{recurs: on-demand, per: {items: /stages}}")
        assert "not both" in found.message

    def test_an_own_outcome_says_what_it_needs(self) -> None:
        """S11.3."""
        refused(gate="{outcomes: {shelve: {to: closed}}}")
        standard = a_standard(gate="{outcomes: {shelve: {to: closed, needs: ready}}}")
        assert standard.gates["ready"].outcomes[0].needs == "ready"

    def test_the_five_outcomes_have_their_usual_needs(self) -> None:
        """S11.3."""
        names = ("go", "conditional-go", "hold", "recycle", "kill")
        outcomes = ", ".join(f"{name}: closed" for name in names)
        standard = a_standard(gate=f"{{outcomes: {{{outcomes}}}}}")
        assert [one.needs for one in standard.gates["ready"].outcomes] == [
            "ready",
            "deferrable",
            "nothing",
            "nothing",
            "nothing",
        ]

    def test_a_group_of_phases_has_one_rank(self) -> None:
        """S11.1."""
        standard = a_standard(lifecycle="{phases: [planning, [executing, paused], closed]}")
        track = standard.tracks["main"]
        assert track.phases == ("planning", "executing", "paused", "closed")
        assert track.ranks == {"planning": 0, "executing": 1, "paused": 1, "closed": 2}


class TestSugar:
    """S17.3."""

    def criterion(self, written: str, **parts: Written) -> Criterion:
        standard: Standard = a_standard(f"{{it: {written}}}", **parts)  # type: ignore[arg-type]
        return standard.gates["ready"].criteria[0]

    @pytest.mark.parametrize("obligation", ["must", "should", "may"])
    def test_must_is_obligation_and_statement(self, obligation: str) -> None:
        short = self.criterion(f"{{{obligation}: It is so, schema: true}}")
        long = self.criterion(f"{{obligation: {obligation}, statement: It is so, schema: true}}")
        assert short.model == long.model
        assert (short.obligation, short.statement) == (obligation, "It is so")

    def test_waivable_and_check_may_be_short(self) -> None:
        roles = "{boss: {title: Boss}}"
        short = self.criterion("{must: It is, check: a.b, waivable: boss}", roles=roles)
        long = self.criterion("{must: It is, check: {id: a.b}, waivable: {by: boss}}", roles=roles)
        assert short.model == long.model

    def test_an_outcome_may_be_its_target(self) -> None:
        short = a_standard(gate="{outcomes: {go: closed}}")
        long = a_standard(gate="{outcomes: {go: {to: closed}}}")
        assert short.digest == long.digest
        assert short.gates["ready"].outcomes[0].to == {"main": "closed"}

    def test_a_single_track_may_stand_in_the_lifecycle(self) -> None:
        short = a_standard()
        long = a_standard(
            lifecycle="{initial: null, phases: null, ends: null, tracks: {main: {initial: planning,"
            " phases: [planning, executing, closed], ends: [closed]}}}"
        )
        assert short.digest == long.digest

    def test_due_makes_a_criterion_that_says_where_it_came_from(self) -> None:
        standard = a_standard(
            artefacts="{plan: {title: {en: The plan, nb: Planen}, states: [draft, done],"
            " due: {ready: done}, for: entrance, template: plan.md}}"
        )
        found = standard.gates["ready"].criteria[0]
        assert (found.id, found.statement) == ("plan-at-ready", "The plan is done")
        assert (found.pointer, found.entrance) == ("/artefacts/plan/due/ready", True)
        assert found.template == "plan.md"

    def test_due_never_takes_the_place_of_a_criterion(self) -> None:
        found = one_fault(
            "{plan-at-ready: {must: Something else, schema: false}}",
            artefacts="{plan: {title: Plan, states: [done], due: {ready: done}}}",
        )
        assert "already" in found.message

    def test_due_may_make_no_id_that_is_too_long(self) -> None:
        """S1.3: an id has at most 64 characters."""
        name = "p" * 60
        found = one_fault(
            artefacts=f"{{{name}: {{title: Plan, states: [done], due: {{ready: done}}}}}}"
        )
        assert "more than 64 characters" in found.message

    def test_the_changelog_is_no_part_of_the_resolved_standard(self) -> None:
        """S17.1."""
        changed = a_standard(changelog="[{version: 1.0.0, changes: [Begun]}]")
        assert changed.digest == a_standard().digest

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"title": "A"}, {"title": "B"}),
            ({"params": {"limit": {"type": "integer", "default": 1}}}, {}),
            ({"roles": {"boss": {"title": "Boss"}}}, {}),
        ],
    )
    def test_what_is_another_standard_has_another_digest(
        self, one: dict[str, Json], other: dict[str, Json]
    ) -> None:
        first = a_standard(**one)  # type: ignore[arg-type]
        second = a_standard(**other)  # type: ignore[arg-type]
        assert first.digest != second.digest


class TestTests:
    def test_each_kind_is_compiled(self) -> None:
        standard = a_standard(
            "{a: {must: A, answer: {}}, b: {must: B, all: [{schema: true}, {expr: 'true'}]}}"
        )
        answer, both = (one.test for one in standard.gates["ready"].criteria)
        assert isinstance(answer, AnswerTest)
        assert dict(answer.values) == {"yes": True, "no": False}
        assert isinstance(both, CombinedTest)
        assert [type(one) for one in both.tests] == [SchemaTest, ExprTest]

    def test_approved_by_is_the_artefacts_accountable(self) -> None:
        """S5.4."""
        artefact = "{id: plan, state: done, approved-by: accountable}"
        criteria = f"{{it: {{must: It is so, artefact: {artefact}}}}}"
        found = one_fault(criteria, artefacts="{plan: {title: Plan, states: [done]}}")
        assert "names nobody accountable" in found.message

    def test_files_of_the_package_are_read_as_they_are_asked_for(self) -> None:
        files = standard_files({"it": {"must": "It is so", "schema": {"$ref": "more.json"}}})
        assert "more.json" not in files
        with pytest.raises(InvalidStandard, match=r"no file 'more\.json'"):
            load(files)
        load({**files, "more.json": b"true"})
