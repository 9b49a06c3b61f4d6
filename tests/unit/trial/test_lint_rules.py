"""Where the other lint rules begin and end."""

from __future__ import annotations

import pytest

from pmo_core.standards.load import load
from pmo_core.trial.lint import lint

from .clean import STANDARD, changed, clean, files, said


def criterion(test: str, more: str = "") -> str:
    """A merge patch that adds a must to the last gate."""
    return f"""
lifecycle:
  gates:
    closing:
      criteria:
        another:
          must: Something else holds
          guidance: guidance/case.md
          {test}
          {more}
"""


def score(bands: str, combine: str = "percent", passing: str = "good", items: str = "") -> str:
    """A merge patch that adds a score from 0 to 10 with weights 2 and 1."""
    items = items or "{fit: {weight: 2}, reward: {weight: 1}}"
    return criterion(
        f"score: {{combine: {combine}, scale: {{min: 0, max: 10}}, items: {items}, "
        f"bands: {bands}, pass: {passing}}}"
    )


GOOD = "[{id: low, at-least: 0}, {id: good, above: 65}]"


def test_nobody_may_decide_finds_a_body_kept_out_within_all_of() -> None:
    patch = """
lifecycle:
  gates:
    closing:
      authority:
        - when: large
          all-of:
            - {role: sponsor}
            - {body: board, rule: majority, never: [manager, sponsor]}
        - {role: sponsor}
"""
    (finding,) = [one for one in lint(changed(patch)) if one.rule == "nobody-may-decide"]
    assert finding.pointer == "/lifecycle/gates/closing/authority/0/all-of/1/never"


def test_impossible_quorum_counts_roles_where_a_body_has_no_minimum() -> None:
    patch = "lifecycle: {gates: {closing: {authority: {quorum: 3}}}}"
    (message,) = said("impossible-quorum", patch)
    assert "no more than 2 who may vote: one each for manager, sponsor" in message


def test_impossible_quorum_leaves_one_seat_for_a_conflict() -> None:
    body = "bodies: {board: {minimum: 2, recuse: {when-person-in: /conflicts}}}"
    assert len(said("impossible-quorum", body)) == 1
    assert said("impossible-quorum", body.replace("minimum: 2", "minimum: 3")) == []


def test_impossible_quorum_says_nothing_of_a_body_that_the_office_appoints() -> None:
    patch = "bodies: {board: {members: office, chair: null}}\n" + (
        "lifecycle: {gates: {closing: {authority: {quorum: 9}}}}"
    )
    assert said("impossible-quorum", patch) == []


def test_impossible_quorum_looks_into_named_authorities() -> None:
    patch = """
authorities:
  board-decides: {body: board, rule: majority, quorum: 5}
lifecycle: {gates: {closing: {authority: null}}}
"""
    patched = patch.replace("authority: null", "authority: board-decides")
    (finding,) = [one for one in lint(changed(patched)) if one.rule == "impossible-quorum"]
    assert finding.pointer == "/authorities/board-decides/quorum"


def test_gate_without_criteria_is_not_said_of_an_automatic_gate() -> None:
    """S11.2: such a gate lets a project on as soon as time allows."""
    patch = "lifecycle: {gates: {closing: {criteria: {accepted: null}, authority: null}}}"
    automatic = patch.replace("authority: null", "authority: automatic")
    assert said("gate-without-criteria", automatic) == []


def test_gate_without_criteria_is_not_said_where_no_outcome_needs_the_verdict() -> None:
    patch = """
lifecycle:
  gates:
    closing:
      criteria: {accepted: null}
      outcomes: {go: {to: closed, needs: nothing}}
"""
    assert said("gate-without-criteria", patch) == []


def test_gate_without_authority_is_not_said_of_a_standing_gate() -> None:
    """S11.2: nothing is decided at it."""
    patch = """
lifecycle:
  gates:
    closing: {standing: true, from: null, outcomes: null, authority: null}
"""
    assert said("gate-without-authority", patch) == []


def test_vacuous_gate_is_said_of_a_passage_of_shoulds() -> None:
    """S4.4."""
    patch = """
lifecycle:
  gates:
    closing:
      criteria: {accepted: {must: null, should: The results are accepted}}
"""
    assert said("vacuous-gate", patch) == [
        "gate 'closing' has criteria but no must, so nothing can ever block it"
    ]


def test_criterion_without_guidance_takes_the_gate_s_own() -> None:
    patch = criterion("answer: {evidence: required}", "").replace("guidance: guidance/case.md", "")
    assert len(said("criterion-without-guidance", patch)) == 1
    with_gate = patch.replace("closing:\n", "closing:\n      guidance: guidance/case.md\n")
    assert said("criterion-without-guidance", with_gate) == []


def test_criterion_without_guidance_is_not_said_of_what_falls_due() -> None:
    """S17.3: such a criterion has no place for it."""
    patch = "artefacts: {business-case: {due: {closing: approved}}}"
    assert said("criterion-without-guidance", patch) == []


@pytest.mark.parametrize(
    "test", ["answer: {by: sponsor}", "artefact: {id: business-case, state: approved}"]
)
def test_criterion_without_owner_takes_who_answers_or_is_accountable(test: str) -> None:
    """S14.5."""
    patch = criterion(test).replace("closing:\n", "closing:\n      owner: null\n")
    assert said("criterion-without-owner", patch) == [
        "nobody is named who acts when criterion 'accepted' is not met"
    ]


def test_duplicate_statement_is_not_said_of_one_id_at_two_gates() -> None:
    patch = """
lifecycle:
  gates:
    closing:
      criteria:
        case-approved:
          should: The business case is approved
          artefact: {id: business-case, state: approved}
          guidance: guidance/case.md
"""
    assert said("duplicate-statement", patch) == []


def test_waivable_without_limit_reads_the_short_form() -> None:
    patch = criterion("answer: {evidence: required}", "waivable: sponsor")
    assert said("waivable-without-limit", patch) == [
        "a waiver of 'another' may be granted for any time"
    ]


def test_useless_deferral_is_said_of_a_should() -> None:
    patch = """
lifecycle:
  gates:
    approval:
      criteria: {independently-reviewed: {deferrable: {within: P30D}}}
"""
    (message,) = said("useless-deferral", patch)
    assert "is a should: it never blocks" in message


def test_never_binding_takes_the_same_day_as_never() -> None:
    """S4.5: retired from that date on."""
    both = "binds: 2027-03-01, retires: 2027-03-01"
    patch = f"lifecycle: {{gates: {{closing: {{criteria: {{accepted: {{{both}}}}}}}}}}}"
    assert len(said("never-binding", patch)) == 1
    assert said("never-binding", patch.replace("retires: 2027-03-01", "retires: 2027-03-02")) == []


def test_statutory_without_must_is_said_of_a_may() -> None:
    patch = criterion("answer: {}", "statutory: true").replace("must:", "may:")
    assert len(said("statutory-without-must", patch)) == 1


def test_schema_never_looks_at_predicates_and_guards() -> None:
    patch = """
predicates: {odd: {schema: {required: [title], properties: {title: {type: integer}}}}}
lifecycle:
  gates:
    closing:
      criteria:
        accepted:
          when:
            - odd
            - schema: {required: [budget], properties: {budget: {type: string}}}
"""
    pointers = [one.pointer for one in lint(changed(patch)) if one.rule == "schema-never"]
    assert pointers == [
        "/predicates/odd/schema",
        "/lifecycle/gates/closing/criteria/accepted/when/1/schema",
    ]


def test_schema_never_says_nothing_where_the_engine_cannot_tell() -> None:
    patch = criterion(
        "schema: {properties: {risks: {contains: {$ref: '#/$defs/r'}}}, $defs: "
        "{r: {not: {$ref: '#/$defs/s'}}, s: {properties: {a: {$ref: '#/$defs/s'}}}}}"
    )
    assert said("schema-never", patch) == []


def test_schema_never_follows_references_into_the_package_and_the_core() -> None:
    patched = files(
        STANDARD
        + """\
        stated:
          must: The title is what the other file says
          schema: {required: [title], properties: {title: {$ref: parts/title.json}}}
          guidance: guidance/case.md
"""
    )
    patched["parts/title.json"] = b'{"type": "integer"}'
    found = lint(load(patched, "small"))
    assert [one.rule for one in found] == ["schema-never"]


def test_schema_always_is_said_of_a_field_that_need_not_be_there() -> None:
    """`properties` alone asks nothing of a field that another schema types already."""
    patch = criterion("schema: {properties: {title: {type: string}}}")
    assert len(said("schema-always", patch)) == 1


def test_schema_always_is_not_said_of_an_item_by_the_record_schema() -> None:
    patch = criterion("schema: {required: [title]}", "subject: item").replace(
        "closing:\n", "closing:\n      per: {items: /risks, id: id}\n"
    )
    assert said("schema-always", patch) == []


def test_pattern_word_boundary_is_not_said_of_a_backslash_before_b() -> None:
    patch = criterion(r"schema: {properties: {title: {pattern: 'a\\b'}}}")
    assert said("pattern-word-boundary", patch) == []


def test_pattern_word_boundary_looks_at_the_record_schema() -> None:
    patched = files()
    patched["record.schema.json"] = rb'{"properties": {"id": {"pattern": "\\bX"}}}'
    assert [(one.rule, one.pointer) for one in lint(load(patched, "small"))] == [
        ("pattern-word-boundary", "/record/schema")
    ]


def test_score_band_order_lets_above_follow_at_least_of_the_same_limit() -> None:
    """S5.6: 50 is in the one, 50.1 in the other."""
    bands = "[{id: low, at-least: 0}, {id: half, at-least: 50}, {id: good, above: 50}]"
    assert said("score-band-order", score(bands)) == []
    turned = "[{id: low, at-least: 0}, {id: half, above: 50}, {id: good, at-least: 50}]"
    assert len(said("score-band-order", score(turned))) == 1


def test_score_band_gap_is_said_of_a_lowest_band_that_begins_above_the_least() -> None:
    assert len(said("score-band-gap", score("[{id: good, above: 0}]"))) == 1
    assert said("score-band-gap", score("[{id: good, at-least: 0}]")) == []


@pytest.mark.parametrize(
    ("combine", "limit", "reached"),
    [("sum", 30, True), ("sum", 31, False), ("mean", 10, True), ("mean", 11, False)],
)
def test_score_band_unreachable_knows_what_combine_makes_of_the_scale(
    combine: str, limit: int, reached: bool
) -> None:
    """S5.6: a sum of weights 2 and 1 over 0 to 10 ends at 30."""
    bands = f"[{{id: low, at-least: 0}}, {{id: good, above: 5}}, {{id: top, at-least: {limit}}}]"
    assert bool(said("score-band-unreachable", score(bands, combine))) is not reached


def test_score_band_unreachable_is_said_of_a_band_that_ends_where_totals_begin() -> None:
    bands = "[{id: below, at-least: -10}, {id: low, at-least: 0}, {id: good, above: 65}]"
    assert len(said("score-band-unreachable", score(bands))) == 1


def test_score_pass_always_is_not_said_where_an_item_has_a_minimum() -> None:
    items = "{fit: {weight: 2, minimum: 3}, reward: {weight: 1}}"
    assert len(said("score-pass-always", score(GOOD, passing="low"))) == 1
    assert said("score-pass-always", score(GOOD, passing="low", items=items)) == []


def test_score_pass_never_is_said_of_a_minimum_above_the_scale() -> None:
    items = "{fit: {weight: 2, minimum: 11}, reward: {weight: 1}}"
    (message,) = said("score-pass-never", score(GOOD, items=items))
    assert "the scale ends at 10" in message


@pytest.mark.parametrize(
    "expr",
    [
        "record.budget * 1.5 > 10.0",
        "record.a.b + record.a.c > 10.0",
        "has(record.x) && record.x + 1.0 > 2.0",
        "date(record.start) < date(record.finish)",
        "money(record.cost.forecast) <= money(record.cost.approved)",
        "record.risks.all(r, r.owner != '')",
        "record.nobody.knows.filter(x, x.open).size() > 0",
        "record.name.startsWith('A')",
        "'a' in record.tags",
        "size(record.tags) > 2",
        "phase.main == 'idea' && days(entered.main, today) > 30",
        "record.approval[record.stage].approver != ''",
    ],
)
def test_expression_mixed_numbers_is_not_said_of(expr: str) -> None:
    assert said("expression-mixed-numbers", criterion(f'expr: "{expr}"')) == []


@pytest.mark.parametrize(
    "expr",
    [
        "record.title + record.budget > 10.0",
        "record.accepted && record.title + record.budget > 10.0",
        "record.budget.startsWith('1')",
        "size(record.budget) > 2",
        "record.risks.all(r, r.owner > 1.0)",
        "!record.title",
    ],
)
def test_expression_mixed_numbers_is_said_of(expr: str) -> None:
    """S6.3: no values that the record schema allows have these operators."""
    assert len(said("expression-mixed-numbers", criterion(f'expr: "{expr}"'))) == 1


def test_unknown_check_takes_a_whole_namespace() -> None:
    standard = changed(criterion("check: evidence.scorecard"))
    for known, rules in [
        (None, []),
        (frozenset({"evidence"}), []),
        (frozenset({"evidence.scorecard"}), []),
        (frozenset({"evidence.other"}), ["unknown-check"]),
        (frozenset(), ["unknown-check"]),
    ]:
        assert [one.rule for one in lint(standard, known_checks=known)] == rules


def test_unused_role_counts_every_place_that_names_one() -> None:
    patch = """
roles: {a: {title: A}, b: {title: B}, c: {title: C}, d: {title: D, not: [e]}, e: {title: E}}
lifecycle:
  gates:
    closing:
      review: {comment: [{audience: a, for: P1W}]}
      override: {by: b}
      criteria: {accepted: {deferrable: {within: P1W, by: c, verified: {role: d}}}}
      outcomes: {conditional-go: closed}
"""
    assert said("unused-role", patch) == []


def test_unused_role_is_not_misled_by_a_field_of_that_name() -> None:
    patch = "roles: {steward: {title: Steward}}\n" + criterion("schema: {required: [steward]}")
    assert said("unused-role", patch) == ["nothing in the standard uses role 'steward'"]


def test_unused_predicate_counts_lists_tests_and_authorities() -> None:
    patch = """
predicates: {a: {expr: "record.a"}, b: {expr: "record.b"}, c: {expr: "record.c"}}
lifecycle:
  gates:
    closing:
      when: [large, a]
      authority: null
      criteria: {other: {must: B holds, predicate: b, guidance: guidance/case.md}}
""".replace("authority: null", "authority: [{when: c, role: sponsor}, {role: sponsor}]")
    assert said("unused-predicate", patch) == []


def test_unused_artefact_counts_a_review_pack() -> None:
    patch = """
artefacts: {report: {title: Report, states: [done], accountable: sponsor}}
lifecycle: {gates: {closing: {review: {pack: [report]}}}}
"""
    assert said("unused-artefact", patch) == []


def test_unused_param_counts_both_ways_to_write_it() -> None:
    patch = "params: {share: {type: number, default: 2.5}, top-share: {type: number, default: 3}}\n"
    expr = "record.budget > params.share && record.budget < params['top-share']"
    assert said("unused-param", patch + criterion(f'expr: "{expr}"')) == []


def test_unused_fact_counts_facts_in_guards() -> None:
    patch = "needs: {facts: {hr.people: {type: number}}}\n" + criterion(
        "answer: {}", 'when: {expr: "facts.hr.people > 5.0"}'
    )
    assert said("unused-fact", patch) == []


def test_missing_file_looks_at_templates_too() -> None:
    package = files()
    del package["templates/business-case.md"]
    assert [(one.rule, one.pointer) for one in lint(load(package, "small"))] == [
        ("missing-file", "/artefacts/business-case/template")
    ]


def templated(text: str) -> list[str]:
    """What lint says of the clean standard with that template."""
    package = files() | {"templates/business-case.md": text.encode()}
    return [f"{one.rule} {one.message}" for one in lint(load(package, "small"))]


def test_broken_template_tells_file_line_and_column() -> None:
    assert templated("# Case\n\n  {{#risks}}\n- {{owner}}\n") == [
        "broken-template templates/business-case.md:3:3: the section 'risks' does not end"
    ]


def test_unknown_template_field_looks_into_sections_and_through_references() -> None:
    place = "unknown-template-field templates/business-case.md"
    assert templated("{{#risks}}{{owner}} {{ownr}}{{/risks}} {{title.short}} {{ownr}}") == [
        f"{place}:1:21: the record schema has no field 'ownr' of 'risks'",
        f"{place}:1:40: the record schema has no field 'title.short'",
        f"{place}:1:56: the record schema has no field 'ownr'",
    ]


def test_unknown_template_field_says_nothing_where_the_schema_is_open() -> None:
    open_schema = (
        b'{"properties": {"people": {}, "more": {"anyOf": [{}]}, "list": {"type": "array"}}}'
    )
    text = b"{{people.sponsor}} {{more.of.it}} {{#list}}{{anything}} {{.}}{{/list}}"
    package = files() | {"templates/business-case.md": text, "record.schema.json": open_schema}
    rules = {one.rule for one in lint(load(package, "small"))}
    assert "unknown-template-field" not in rules


def test_unknown_template_field_is_said_once_of_a_section_that_is_not_there() -> None:
    told = templated("{{#rsiks}}{{owner}} {{due}}{{/rsiks}}")
    assert len(told) == 1
    assert told[0].endswith("the record schema has no field 'rsiks'")


def test_yaml_anchors_lost_is_not_said_of_an_anchor_that_nobody_repeats() -> None:
    package = files(STANDARD.replace("authority: {role", "authority: &one {role"))
    assert lint(load(package, "small")) == ()


def test_findings_stand_in_the_order_of_the_file() -> None:
    patch = "roles: {x: {title: X}}\nlifecycle: {gates: {closing: {owner: null}}}"
    places = [finding.place for finding in lint(changed(patch))]
    assert len(places) == 2
    assert places == sorted(places)


def test_a_finding_is_written_as_data() -> None:
    (finding,) = lint(changed("roles: {x: {title: X}}"))
    assert finding.as_json()["rule"] == "unused-role"
    assert finding.as_json()["pointer"] == "/roles/x"
    assert finding.as_json()["line"] == finding.place.line


def test_lint_says_the_same_twice() -> None:
    standard = changed("roles: {x: {title: X}}")
    assert lint(standard) == lint(standard)
    assert lint(clean()) == ()


def test_missing_file_is_not_said_of_guidance_that_is_the_text_itself() -> None:
    """S18: guidance is a text for people, in one language or several."""
    patch = """
lifecycle:
  gates:
    approval: {guidance: Just ask the users}
    closing: {guidance: {en: Ask the users and read end.md, nb: "nb/slutt.md"}}
"""
    assert said("missing-file", patch) == ["the package has no file 'nb/slutt.md'"]
