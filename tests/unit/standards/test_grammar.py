"""What the grammar says of a standard that is not well formed (S18, S17.3, S2.1, S1.3)."""

from __future__ import annotations

import pytest

from pmo_core.documents import Json, JsonObject, Scalars, read_yaml
from pmo_core.standards.faults import Fault
from pmo_core.standards.grammar import faults

TINY = """\
language: 1
standard: tiny
version: 1.0.0
title: Tiny
record: {schema: record.schema.json}
roles: {lead: {title: Lead}}
lifecycle:
  initial: open
  phases: [open, closed]
  gates:
    close:
      title: Close
      from: open
      outcomes: {go: closed}
      authority: {role: lead}
      criteria:
        done: {must: It is done, answer: {}}
"""
GATE = "/lifecycle/gates/close"
DONE = f"{GATE}/criteria/done"


def tiny(old: str = "", new: str = "") -> Json:
    """The smallest standard with one text replaced by another."""
    assert old in TINY
    return read_yaml(TINY.replace(old, new, 1).encode(), "standard.yaml").value


def found(old: str, new: str) -> list[Fault]:
    """The faults of the smallest standard after one change."""
    return faults(tiny(old, new))


def only(old: str, new: str) -> Fault:
    """The one fault of the smallest standard after one change."""
    (fault,) = found(old, new)
    return fault


def test_a_well_formed_standard_has_no_fault() -> None:
    assert faults(tiny()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("go: closed", "go: {to: closed}"),
        ("go: closed", "go: {to: {main: closed}}"),
        ("must: It is done", "obligation: must, statement: It is done"),
        ("must: It is done", "must: {en: It is done, nb: Det er gjort}"),
        ("must: It is done", "must: It is done, waivable: lead"),
        ("must: It is done", "must: It is done, waivable: {by: lead, max: P1Y}"),
        ("answer: {}", "check: evidence.scorecard"),
        ("answer: {}", "check: {id: evidence.scorecard, with: {minimum: 6}}"),
        ("answer: {}", "any: [{answer: {}}, {check: evidence.scorecard}]"),
        ("answer: {}", "schema: true"),
        ("authority: {role: lead}", "authority: automatic"),
        ("authority: {role: lead}", "authority: the-board"),
        ("authority: {role: lead}", "authority: [{when: large, role: lead}, {automatic: true}]"),
        ("authority: {role: lead}", "authority: {all-of: [{role: lead}, {role: owner}]}"),
        ("title: Close", "title: Close, recurs: on-demand".replace(", ", "\n      ")),
        ("from: open", "from: {main: [open]}"),
        (
            "  initial: open\n  phases: [open, closed]",
            "  tracks: {main: {initial: a, phases: [a]}}",
        ),
        ("phases: [open, closed]", "phases: [open, [closed, killed]]"),
        ("must: It is done", "must: It is done, deferrable: {within: next-gate}"),
        ("must: It is done", "must: It is done, lead-time: {working-days: 3}"),
        ("must: It is done", "must: It is done, x-note: [1, {a: b}]"),
    ],
)
def test_short_and_full_forms_are_both_well_formed(old: str, new: str) -> None:
    """S17.3: what may be written short may be written out."""
    assert found(old, new) == []


# Language.


def test_a_language_that_is_not_read_gives_that_fault_alone() -> None:
    fault = only("language: 1\nstandard: tiny", "language: 2\nstandrad: tiny")
    assert fault.pointer == "/language"
    assert "language 2" in fault.message
    assert "reads language 1" in fault.message


def test_a_file_without_a_language_is_told_to_say_it() -> None:
    fault = only("language: 1\n", "")
    assert (fault.pointer, fault.message) == ("", "the standard has no 'language'")
    assert "language: 1" in (fault.remedy or "")


def test_a_quoted_language_is_told_to_take_the_quotes_off() -> None:
    fault = only("language: 1", "language: '1'")
    assert fault.pointer == "/language"
    assert "without quotes" in (fault.remedy or "")


@pytest.mark.parametrize("value", [None, [], "text", 3, True])
def test_what_is_no_map_is_no_standard(value: Json) -> None:
    (fault,) = faults(value)
    assert fault.pointer == ""
    assert "a standard is a map" in fault.message


# Keys.


def test_an_unknown_key_is_named_at_its_place_with_the_likely_one() -> None:
    """S18: unknown keys are errors with "did you mean"."""
    fault = only("must: It is done", "must: It is done, waivible: lead")
    assert fault == Fault(
        f"{DONE}/waivible",
        "criterion 'done' has an unknown key 'waivible'",
        "Did you mean 'waivable'?",
        on_key=True,
    )


def test_an_unknown_key_that_is_like_none_lists_the_keys_there_are() -> None:
    fault = only("{title: Lead}", "{title: Lead, colour: red}")
    assert fault.pointer == "/roles/lead/colour"
    assert fault.remedy == "Its keys: title, not, appointed-by"


def test_a_misspelt_key_is_one_fault_and_what_is_under_it_is_still_read() -> None:
    """No fault for the key that is then missing; the next mistake is told at the written place."""
    first, second = found("answer: {}", "answr: {evidense: required}")
    assert (first.pointer, second.pointer) == (f"{DONE}/answr", f"{DONE}/answr/evidense")
    assert "'answer'" in (first.remedy or "")
    assert "'evidence'" in (second.remedy or "")


def test_a_misspelt_standing_gives_no_fault_for_missing_outcomes() -> None:
    changed = TINY.replace("      outcomes: {go: closed}\n      authority: {role: lead}\n", "")
    changed = changed.replace("from: open", "standng: true")
    (fault,) = faults(read_yaml(changed.encode(), "standard.yaml").value)
    assert fault.pointer == f"{GATE}/standng"


def test_misspelt_keys_on_three_levels_are_three_faults() -> None:
    changed = (
        TINY.replace("lifecycle:", "lifecyle:")
        .replace("criteria:", "criterias:")
        .replace("must:", "Must:")
    )
    value = read_yaml(changed.encode(), "standard.yaml").value
    assert [fault.pointer for fault in faults(value)] == [
        "/lifecyle",
        "/lifecyle/gates/close/criterias",
        "/lifecyle/gates/close/criterias/done/Must",
    ]


def test_a_key_that_belongs_above_is_sent_there() -> None:
    fault = only("answer: {}", "answer: {guidance: guidance/done.md}")
    assert fault.remedy == "It is a key of a criterion: indent it less"


def test_a_key_that_belongs_below_is_sent_there() -> None:
    """And the missing test is not a second fault: the stray key is the cause of both."""
    fault = only("answer: {}", "evidence: required")
    assert (fault.pointer, fault.remedy) == (f"{DONE}/evidence", "It goes under 'answer'")


def test_a_statement_cut_at_its_commas_is_told_to_be_quoted() -> None:
    fault = only("must: It is done", "must: The plan, approved, and signed")
    assert fault.pointer == f"{DONE}/approved"
    assert "comma" in (fault.remedy or "")


def test_keys_that_begin_with_x_are_free() -> None:
    assert found("title: Lead", "title: Lead, x-colour: red") == []


@pytest.mark.parametrize(
    ("old", "new", "pointer", "key"),
    [
        ("record: {schema: record.schema.json}\n", "", "", "record"),
        ("{schema: record.schema.json}", "{id: /id}", "/record", "schema"),
        ("  initial: open\n", "", "/lifecycle", "initial"),
        ("      from: open\n", "", GATE, "from"),
        ("      outcomes: {go: closed}\n", "", GATE, "outcomes"),
        ("{go: closed}", "{go: {needs: ready}}", f"{GATE}/outcomes/go", "to"),
        ("answer: {}", "artefact: {id: plan}", f"{DONE}/artefact", "state"),
    ],
)
def test_a_missing_key_is_named_at_the_map_that_lacks_it(
    old: str, new: str, pointer: str, key: str
) -> None:
    fault = only(old, new)
    assert fault.pointer == pointer
    assert f"has no {key!r}" in fault.message
    assert fault.remedy


def test_an_outcome_of_ones_own_must_say_what_it_needs() -> None:
    """S11.3: only the five known outcomes have a default."""
    fault = only("go: closed", "green: {to: closed}")
    assert fault.message == "outcome 'green' has no 'needs'"
    short = only("go: closed", "green: closed")
    assert short.pointer == f"{GATE}/outcomes/green"
    assert "needs: ready" in (short.remedy or "")


def test_a_gate_may_leave_out_who_decides_and_what_it_is_called() -> None:
    """Lint says that nobody can decide there; a record can be assessed all the same."""
    assert found("      authority: {role: lead}\n", "") == []
    assert found("title: Tiny\n", "") == []


def test_a_standing_gate_takes_no_outcomes() -> None:
    """S11.2."""
    pointers = [
        fault.pointer for fault in found("title: Close", "title: Close\n      standing: true")
    ]
    assert pointers == [f"{GATE}/from", f"{GATE}/outcomes", f"{GATE}/authority"]


def test_tracks_and_the_keys_of_one_track_exclude_each_other() -> None:
    changed = found(
        "  initial: open", "  tracks: {main: {initial: a, phases: [a]}}\n  initial: open"
    )
    assert [fault.pointer for fault in changed] == ["/lifecycle/initial", "/lifecycle/phases"]


def test_a_rule_goes_with_a_body() -> None:
    """S12.2."""
    fault = only("{role: lead}", "{body: board}")
    assert fault.message == "an authority case has 'body' without 'rule'"


# A criterion has one obligation and one test.


def test_a_criterion_without_an_obligation() -> None:
    fault = only("must: It is done, ", "")
    assert (
        fault.message == "criterion 'done' has none of must, should and may; exactly one is needed"
    )


def test_a_criterion_with_two_obligations() -> None:
    fault = only("must: It is done", "must: It is done, should: It is done well")
    assert (fault.pointer, fault.on_key) == (f"{DONE}/should", True)
    assert "exactly one of must, should and may" in fault.message


def test_a_criterion_without_a_test_names_the_ten_kinds() -> None:
    fault = only(", answer: {}", "")
    assert fault.pointer == DONE
    for kind in ("schema", "expr", "predicate", "check", "artefact", "answer", "score"):
        assert kind in fault.message


def test_a_criterion_with_two_tests_is_told_at_the_second() -> None:
    """Both tests well formed or not, the message is about their number (S5.8)."""
    fault = only("answer: {}", "answer: {}, expr: 'true'")
    assert fault.pointer == f"{DONE}/expr"
    assert "'any'" in (fault.remedy or "")


def test_lists_of_tests_do_not_nest() -> None:
    """S5.8: one level only."""
    fault = only("answer: {}", "all: [{any: [{answer: {}}]}]")
    assert fault.pointer == f"{DONE}/all/0/any"
    assert "nest" in (fault.remedy or "")


def test_a_fault_in_a_test_is_told_about_that_test_alone() -> None:
    fault = only("answer: {}", "artefact: {id: plan, state: approved, max_age: 30 days}")
    assert fault.pointer == f"{DONE}/artefact/max_age"
    assert "P90D" in (fault.remedy or "")


# Ids, versions, phases.


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("version: 1.0.0", "version: 3.10", "/version"),
        ("from: open", "from: 2.7", f"{GATE}/from"),
        ("phases: [open, closed]", "phases: [open, 2]", "/lifecycle/phases/1"),
        ("go: closed", "go: 3", f"{GATE}/outcomes/go"),
        ("standard: tiny", "standard: 7", "/standard"),
        ("answer: {}", "artefact: {id: plan, state: 4}", f"{DONE}/artefact/state"),
    ],
)
def test_a_number_for_an_id_version_or_phase_is_told_to_be_quoted(
    old: str, new: str, pointer: str
) -> None:
    """S2.1."""
    fault = only(old, new)
    assert fault.pointer == pointer
    assert (fault.remedy or "").startswith("Quote it")


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("version: 1.0.0", "version: 3.10", "3.10"),
        ("version: 1.0.0", "version: 2.70", "2.70"),
        ("standard: tiny", "standard: 0x1f", "0x1f"),
        ("standard: tiny\nversion: 1.0.0", "standrad: tiny\nversion: 3.10", "3.10"),
    ],
)
def test_a_number_is_quoted_as_it_was_written(old: str, new: str, written: str) -> None:
    """S2.1: what the number loses is the very thing that quotes keep."""
    assert old in TINY
    data = TINY.replace(old, new, 1).encode()
    value = read_yaml(data, "standard.yaml").value
    told = faults(value, lambda: read_yaml(data, "standard.yaml", scalars=Scalars.STRINGS).value)
    (fault,) = [one for one in told if "number" in one.message]
    assert f"the number {written}," in fault.message
    assert f"'{written}'" in (fault.remedy or "")


def test_a_version_as_number_says_what_the_number_loses() -> None:
    assert "3.10 is the number 3.1" in (only("version: 1.0.0", "version: 3.10").remedy or "")


@pytest.mark.parametrize(
    "word", ["on", "off", "yes", "no", "y", "n", "'true'", "'false'", "'null'"]
)
def test_words_that_older_tools_read_as_booleans_are_no_ids(word: str) -> None:
    """S1.3, as a value and as a key, quoted or not."""
    as_value = only("standard: tiny", f"standard: {word}")
    assert (as_value.pointer, as_value.on_key) == ("/standard", False)
    assert "YAML 1.1" in as_value.message
    as_key = only("    close:", f"    {word}:")
    assert (as_key.pointer, as_key.on_key) == (f"/lifecycle/gates/{word.strip(chr(39))}", True)
    assert "YAML 1.1" in as_key.message


def test_a_boolean_for_an_id_is_said_plainly() -> None:
    fault = only("standard: tiny", "standard: true")
    assert fault.message == "'standard' is the boolean true, where an id is needed"


def test_an_id_with_capitals_and_spaces_is_offered_one_without() -> None:
    fault = only("    close:", "    Close It:")
    assert (fault.pointer, fault.on_key) == ("/lifecycle/gates/Close It", True)
    assert (fault.remedy or "").startswith("Write 'close-it'")


@pytest.mark.parametrize(("length", "faulty"), [(64, False), (65, True)])
def test_an_id_has_at_most_64_characters(length: int, faulty: bool) -> None:
    """S1.3."""
    assert bool(found("standard: tiny", f"standard: {'a' * length}")) is faulty


# Values.


@pytest.mark.parametrize(
    ("old", "new", "pointer", "message", "remedy"),
    [
        (
            "{role: lead}",
            "{role: lead, never: lead}",
            f"{GATE}/authority/never",
            "'never' is 'lead', where a list is needed",
            "Write [lead]",
        ),
        (
            "{role: lead}",
            "{body: board, rule: majorty}",
            f"{GATE}/authority/rule",
            "'rule' is 'majorty'; it may be majority, two-thirds, unanimity, consensus, "
            "any-reject or veto",
            "Did you mean 'majority'?",
        ),
        (
            "{role: lead}",
            "{body: board, rule: majority, quorum: '2'}",
            f"{GATE}/authority/quorum",
            "'quorum' is '2', where a whole number is needed",
            "Take off the quotes: 2",
        ),
        (
            "{role: lead}",
            "{body: board, rule: majority, quorum: 0}",
            f"{GATE}/authority/quorum",
            "'quorum' is the number 0; the least is 1",
            "Correct the number",
        ),
        (
            "answer: {}",
            "answer: ",
            f"{DONE}/answer",
            "'answer' is empty",
            "Write {} where there is none, or indent its keys",
        ),
        (
            "answer: {}",
            "answer: {na: false}",
            f"{DONE}/answer/na",
            "'na' is the boolean false; it may be no, allowed or justified",
            "Quote it: 'no'",
        ),
        (
            "answer: {}",
            "answer: {evidence: true}",
            f"{DONE}/answer/evidence",
            "'evidence' is the boolean true; it can only be required",
            "Write required",
        ),
        (
            "must: It is done",
            "must: It is done, statutory: 'yes'",
            f"{DONE}/statutory",
            "'statutory' is 'yes', where true or false is needed",
            "Write true or false, without quotes",
        ),
        (
            "must: It is done",
            "must: It is done, binds: 2027-02-30",
            f"{DONE}/binds",
            "'binds' is '2027-02-30', which is no date",
            "A date is written 2026-03-01",
        ),
        (
            "must: It is done",
            "must: It is done, deferrable: {within: P1.5D}",
            f"{DONE}/deferrable/within",
            "'within' is 'P1.5D', which is no duration",
            "A duration is written P30D, P2W, P3M, P1Y or {working-days: 10}",
        ),
        (
            "must: It is done",
            "must: It is done, deferrable: {within: 30}",
            f"{DONE}/deferrable/within",
            "'within' is the number 30, where text or a map is needed",
            "A duration is written P30D, P2W, P3M, P1Y or {working-days: 10}",
        ),
        (
            "must: It is done",
            "must: It is done, after: [a, b, a]",
            f"{DONE}/after",
            "'after' names 'a' twice",
            "Take one of them out",
        ),
        (
            "must: It is done",
            "must: {en: It is done, no: Det er gjort}",
            f"{DONE}/must/no",
            "'no' stands for Norwegian, but YAML 1.1 tools read it as false",
            "Write nb or nn",
        ),
        (
            "{schema: record.schema.json}",
            "{schema: ../record.schema.json}",
            "/record/schema",
            "'schema' is '../record.schema.json', which is no path",
            "A path is relative to standard.yaml, with forward slashes, such as templates/plan.md",
        ),
        (
            "{schema: record.schema.json}",
            "{schema: record.schema.json, id: id}",
            "/record/id",
            "'id' is 'id', which is no pointer",
            "A pointer begins with '/', such as /cost/approved",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_plain_words(
    old: str, new: str, pointer: str, message: str, remedy: str
) -> None:
    fault = only(old, new)
    assert (fault.pointer, fault.message, fault.remedy) == (pointer, message, remedy)


def test_criteria_as_a_list_are_told_to_be_a_map() -> None:
    fault = only("        done: {must", "        - {must")
    assert fault.pointer == f"{GATE}/criteria"
    assert "'id: ...'" in (fault.remedy or "")


@pytest.mark.parametrize(
    "written", ["P30D", "P2W", "P3M", "P1Y", "P1Y2M10DT2H30M", "PT12H", "{working-days: 10}"]
)
def test_durations_of_iso_8601_and_working_days_are_accepted(written: str) -> None:
    """S1.4."""
    assert found("must: It is done", f"must: It is done, lead-time: {written}") == []


@pytest.mark.parametrize("written", ["P", "PT", "P1DT", "30D", "p30d", "P1.5D", "-P1D", "P1M1Y"])
def test_other_durations_are_not(written: str) -> None:
    """S1.4: no fractions, no signs, nothing empty."""
    assert only("must: It is done", f"must: It is done, lead-time: {written}").remedy


# Several.


def test_faults_come_in_the_order_of_the_file() -> None:
    changed = (
        TINY.replace("version: 1.0.0", "version: 1.0")
        .replace("title: Lead", "tittle: Lead")
        .replace("title: Close", "title: 3")
        .replace("answer: {}", "answer: {by: 2}")
        .replace("from: open", "from: OPEN")
    )
    pointers = [fault.pointer for fault in faults(read_yaml(changed.encode(), "s.yaml").value)]
    assert pointers == [
        "/version",
        "/roles/lead/tittle",
        f"{GATE}/title",
        f"{GATE}/from",
        f"{DONE}/answer/by",
    ]


def test_a_value_that_breaks_two_rules_is_one_fault() -> None:
    """A date of the wrong form is refused by pattern and by format."""
    assert len(found("must: It is done", "must: It is done, binds: soon")) == 1


def test_the_value_itself_is_left_as_it_was() -> None:
    value = tiny("answer: {}", "answr: {evidense: required}")
    before = repr(value)
    faults(value)
    assert repr(value) == before


def test_keys_with_slashes_and_tildes_are_escaped_in_pointers() -> None:
    value: JsonObject = {"a/b~c": 1}
    assert "/a~1b~0c" in [fault.pointer for fault in faults(value)]
