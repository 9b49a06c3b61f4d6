"""Words for findings: what was found, named so that a project manager knows where to go."""

from __future__ import annotations

import pytest

from pmo_core.assessment import Effect, Finding, Reason, Result
from pmo_core.documents import Json
from pmo_core.render.values import day_in_words, found, plain
from pmo_core.render.words import mark_words, reason_words, remedy_words, word_lines, words
from pmo_core.standards.model import Obligation
from pmo_core.standards.record import Record
from pmo_core.testing.builders import a_record, a_standard, assessed

from .small import PORTAL, finding, record, standard

RISKS: Json = [
    {"id": "R-1", "title": "Late", "probability": "huge"},
    {"id": "R-2", "name": "Dear", "probability": "tiny"},
    {"title": "Nobody comes"},
    {"response": "none"},
    "text",
]


def of(*reasons: Reason) -> Finding:
    return Finding("c", Obligation.MUST, Result.FAIL, Effect.BLOCKS, reasons)


def having(**fields: Json) -> Record:
    return Record(fields, "x", "x.yaml")


def lacks(pointer: str, name: str = "owner") -> Reason:
    return Reason("required", pointer, {"property": name})


@pytest.mark.parametrize(
    ("pointer", "told"),
    [
        ("/risks/0", 'R-1 "Late" has no owner'),
        ("/risks/1", 'R-2 "Dear" has no owner'),
        ("/risks/2", '"Nobody comes" in risks has no owner'),
        ("/risks/3", "item 4 of risks has no owner"),
        ("/risks/4", "item 5 of risks has no owner"),
        ("/risks/0/response", 'response of R-1 "Late" has no owner'),
        ("", "no owner yet"),
        ("/cost/approved", "cost.approved has no owner"),
        ("/a~1b", "a/b has no owner"),
    ],
)
def test_an_item_is_named_by_its_id_and_title(pointer: str, told: str) -> None:
    assert words(of(lacks(pointer)), having(risks=RISKS)) == told


def test_an_item_in_an_item_is_named_within_it() -> None:
    streams: Json = [{"id": "W-1", "title": "North", "risks": [{"text": "?"}]}]
    told = words(of(lacks("/streams/0/risks/0")), having(streams=streams))
    assert told == 'item 1 of risks of W-1 "North" has no owner'


def test_without_the_record_an_item_is_named_by_its_place() -> None:
    assert words(of(lacks("/risks/2"))) == "item 3 of risks has no owner"


def test_the_same_fault_of_many_items_is_one_line() -> None:
    reasons = (lacks("/risks/0"), lacks("/risks/1"), lacks("/risks/3"))
    told = word_lines(of(*reasons), having(risks=RISKS))
    assert told == ["3 risks have no owner: R-1, R-2, item 4 of risks"]


def test_many_items_are_told_by_the_first_ten() -> None:
    risks: Json = [{"id": f"R-{number}"} for number in range(40)]
    told = words(of(*(lacks(f"/risks/{at}") for at in range(40))), having(risks=risks))
    assert told.startswith("40 risks have no owner: R-0, R-1")
    assert told.endswith("R-9 and 30 more")


def test_several_fields_that_one_item_lacks_are_one_line() -> None:
    reasons = (lacks("/risks/0", "due"), lacks("/risks/0"), lacks("/risks/0", "response"))
    told = word_lines(of(*reasons), having(risks=RISKS))
    assert told == ['R-1 "Late" has no due, owner or response']


def test_a_list_whose_name_is_no_plural_is_told_by_its_items() -> None:
    told = words(of(lacks("/raid/0"), lacks("/raid/1")), having(raid=[{"id": "a"}, {"id": "b"}]))
    assert told == "2 items of raid have no owner: a, b"


def test_values_of_gathered_items_stand_with_them() -> None:
    options: dict[str, Json] = {"options": ["low", "high"]}
    reasons = [Reason("enum", f"/risks/{at}/probability", options) for at in (0, 1)]
    told = words(of(*reasons), having(risks=RISKS))
    assert told == 'probability of 2 risks is none of low, high: R-1 ("huge"), R-2 ("tiny")'


def test_different_faults_stay_apart() -> None:
    told = word_lines(of(lacks("/risks/0"), lacks("", "cost")), having(risks=RISKS))
    assert told == ['R-1 "Late" has no owner', "no cost yet"]


def limit(code: str, number: int, pointer: str = "/x") -> Reason:
    return Reason(code, pointer, {"limit": number})


@pytest.mark.parametrize(
    ("reason", "value", "told"),
    [
        (limit("minItems", 1), [], "no x yet"),
        (limit("minItems", 2), [], "x is empty, expected at least 2"),
        (limit("minItems", 3), [1], "x has 1 entry, expected at least 3"),
        (limit("maxItems", 1), [1, 2], "x has 2 entries, expected at most 1"),
        (limit("minLength", 1), "", "x is empty"),
        (limit("minLength", 3), "a", 'x is "a", shorter than 3 characters'),
        (limit("maxLength", 1), "abc", "x is 3 characters long, expected at most 1"),
        (limit("minimum", 3), 1.0, "x is 1, expected at least 3"),
        (limit("exclusiveMaximum", 3), 3, "x is 3, expected less than 3"),
        (limit("minProperties", 2), {}, "x is empty, expected at least 2 fields"),
        (Reason("type", "/x", {"types": ["null", "string"]}), 1, "x is 1, expected null or a text"),
        (
            Reason("type", "/x", {"types": ["object"]}),
            [1, 2],
            "x is a list of 2, expected an object",
        ),
        (Reason("const", "/x", {"expected_value": True}), None, "x is null, expected true"),
        (
            Reason("format", "/x", {"format": "date"}),
            "soon",
            'x is "soon", expected a date such as 2026-11-27',
        ),
        (
            Reason("pattern", "/x", {"pattern": "^R-[0-9]+$"}),
            "r1",
            'x is "r1", which does not have the form "^R-[0-9]+$"',
        ),
        (
            Reason("additionalProperties", "/x", {"unexpected": ["onwer", "b c"]}),
            {"onwer": 1},
            "x has onwer, b c, which the standard does not know",
        ),
        (Reason("falseSchema", "/x"), 1, "x is 1, where nothing is allowed"),
        (Reason("uniqueItems", "/x"), [1, 1], "x has the same entry twice"),
    ],
)
def test_a_schema_says_what_was_found_and_what_was_expected(
    reason: Reason, value: Json, told: str
) -> None:
    assert words(of(reason), having(x=value)) == told


def test_of_several_ways_the_nearest_is_told() -> None:
    near: Json = [{"code": "required", "pointer": "/risks/0", "params": {"property": "due"}}]
    told = words(
        of(Reason("anyOf", "/risks/0", {"branches": 2, "nearest": near})), having(risks=RISKS)
    )
    assert told == 'R-1 "Late" has no due, the nearest of 2 ways to meet it'


def test_what_must_not_be_is_told_by_the_statement() -> None:
    small = standard()
    one = Finding("lessons-read", Obligation.MAY, Result.FAIL, Effect.NONE, (Reason("not", "/x"),))
    told = words(one, having(x=1), small)
    assert told == "x is as it must not be: The lessons of like projects were read"


def test_a_false_condition_shows_the_values_that_it_names() -> None:
    small = standard()
    found = finding(small, PORTAL, "within-tolerance")
    told = words(found, record(small, PORTAL), small)
    assert told == (
        "not so: The forecast is within the approved budget; cost.forecast is 950000.00 NOK; "
        "cost.approved is 900000.00 NOK"
    )


@pytest.mark.parametrize(
    ("expr", "shown"),
    [
        ("money(record.cost) <= money(params['most-cost'])", "cost is 14000.00 NOK"),
        ("record['lead-days'] <= 3.0 && params['most-cost'] > 2", "lead-days is 9"),
    ],
)
def test_a_false_condition_shows_the_limits_that_it_names(expr: str, shown: str) -> None:
    """The values of parameters stand beside those of the record, however both are written."""
    small = a_standard(
        {"cheap": {"must": "It is cheap", "expr": expr}},
        params="{most-cost: {type: number, title: Most, default: 12000}}",
    )
    cost: Json = {"amount": "14000.00", "currency": "NOK"}
    one = a_record(small, {"cost": cost, "lead-days": 9})
    (found_,) = assessed(small, one).blocking
    told = words(found_, one, small)
    assert told == f"not so: It is cheap; {shown}; most-cost is 12000"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("record['lead-days']", "lead-days is missing"),
        ("record.cost['lead-days'].x", "cost.lead-days.x is missing"),
        ("record.cost", "cost is missing"),
        ("record.risks[0].owner", "risks.0.owner is missing"),
        ("item['lead-days']", "item.lead-days is missing"),
        ("baseline.charter", "baseline.charter is missing"),
        ("record.a[record.b]", "record.a[record.b] is missing"),
    ],
)
def test_what_is_missing_is_named_without_brackets_and_quotes(path: str, told: str) -> None:
    assert words(of(Reason("missing", None, {"path": path}))) == told


BEGIN = "Add benefits, each with measure, target and due"
LISTS = {
    "benefits": {
        "must": "Every benefit has a measure",
        "remedy": "Add what is missing to the benefit",
        "schema": {
            "required": ["benefits", "budget"],
            "properties": {
                "benefits": {"minItems": 1, "items": {"required": ["measure", "target", "due"]}}
            },
        },
    }
}


@pytest.mark.parametrize(
    ("written", "told", "remedy"),
    [
        ({"budget": 1}, "no benefits yet", f"{BEGIN}. Add what is missing to the benefit"),
        (
            {"budget": 1, "benefits": []},
            "no benefits yet",
            f"{BEGIN}. Add what is missing to the benefit",
        ),
        ({}, "no benefits or budget yet", "Add what is missing to the benefit"),
        (
            {"budget": 1, "benefits": [{"measure": 1, "target": 2}]},
            "item 1 of benefits has no due",
            "Add what is missing to the benefit",
        ),
        ({"benefits": [{"measure": 1, "target": 2, "due": 3}]}, "no budget yet", "Add what is"),
    ],
)
def test_a_whole_list_that_is_missing_is_to_be_begun(written: Json, told: str, remedy: str) -> None:
    """The standard's advice may be about its entries alone, of which there is none to mend."""
    small = a_standard(LISTS)
    one = a_record(small, written)
    (found_,) = assessed(small, one).blocking
    assert words(found_, one, small) == told
    assert remedy_words(found_, one, small).startswith(remedy)


def test_a_plugin_that_is_not_loaded_is_to_be_named() -> None:
    """It may well be installed: only what is named is loaded (S8.1)."""
    reason = Reason("plugin-missing", None, {"plugin": "lab", "check": "lab.code"})
    assert words(of(reason)) == "plugin lab is not loaded"
    remedy = "Name it: --plugin lab (pmo plugin list says what is installed)"
    assert remedy_words(of(reason)) == remedy
    assert mark_words(Reason("plugin-missing", None, {"plugin": "lab"})) == (
        f"plugin lab is not loaded. {remedy}"
    )
    assert mark_words(Reason("fact-by-hand", None, {"fact": "lab.open"})) == (
        "the fact lab.open was given by hand"
    )


def test_a_false_condition_without_its_standard_shows_the_condition() -> None:
    told = words(of(Reason("false", None, {"expr": "record.n >= 4"})), having(n=3))
    assert told == "record.n >= 4 is not true; n is 3".replace("record.n >= 4", '"record.n >= 4"')


@pytest.mark.parametrize(
    ("entry", "reason", "told"),
    [
        (
            {"value": "yes"},
            Reason("stale", "/answers/c", {"date": "2026-07-20", "days": 127}),
            "answered yes, but its evidence of Mon 20 Jul 2026 is 127 days old",
        ),
        (
            {"value": True},
            Reason(
                "stale",
                "/answers/c",
                {"date": "2026-07-20", "since": "2026-08-01", "rule": "phase"},
            ),
            "answered yes, but on Mon 20 Jul 2026, before Sat 1 Aug 2026 when the phase began",
        ),
        ({"value": "yes"}, Reason("undated", "/answers/c"), "answered yes, but without a date"),
        (
            {"value": "yes"},
            Reason("no-evidence", "/answers/c"),
            "answered yes, but without evidence",
        ),
        (
            {"value": "yes"},
            Reason("wrong-person", "/answers/c", {"role": "sponsor", "by": "tom"}),
            "answered yes by tom, who did not hold the role sponsor then",
        ),
        (
            {"value": "yes"},
            Reason("wrong-person", "/answers/c", {"not": "manager", "by": "tom"}),
            "answered yes by tom, who held the role manager then and may not",
        ),
        (
            {"value": "maybe"},
            Reason("answer-unknown", "/answers/c", {"found": "maybe", "values": ["yes", "no"]}),
            'answered "maybe", expected one of yes, no',
        ),
        (
            {"value": {"fit": 3}},
            Reason("future", "/answers/c", {"date": "2026-12-01"}),
            "scored, but its date Tue 1 Dec 2026 is still to come",
        ),
    ],
)
def test_an_answer_is_told_with_what_is_wrong_with_it(
    entry: Json, reason: Reason, told: str
) -> None:
    assert words(of(reason), having(answers={"c": entry})) == told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            Reason(
                "artefact-early",
                "/artefacts/plan",
                {"artefact": "plan", "state": "approved", "found": "draft"},
            ),
            "artefact plan is draft, expected approved",
        ),
        (
            Reason(
                "artefact-early",
                "/of",
                {"project": "b", "artefact": "plan", "state": "ok", "found": "draft"},
            ),
            "artefact plan of project b is draft, expected ok",
        ),
        (
            Reason("gate-not-passed", None, {"project": "self", "gate": "g"}),
            "this project has not passed g",
        ),
        (
            Reason("gate-not-passed", None, {"project": "b", "gate": "g"}),
            "project b has not passed g",
        ),
        (
            Reason("score-low", "/x", {"total": "2.1", "band": "weak", "pass": "good"}),
            "scored 2.1, which is weak, expected good",
        ),
        (
            Reason("score-low", "/x", {"total": "0.1", "band": None, "pass": "good"}),
            "scored 0.1, below good",
        ),
        (
            Reason(
                "plugin-raised",
                None,
                {"check": "a.b", "plugin": "a", "version": "1.0", "error": "OSError: x"},
            ),
            'plugin a 1.0 raised "OSError: x"',
        ),
        (
            Reason("plugin-raised", None, {"fact": "a.b", "source": "plugin a 1.0: OSError"}),
            'the fact a.b is missing: "plugin a 1.0: OSError"',
        ),
    ],
)
def test_our_own_codes_are_told_by_their_parameters(reason: Reason, told: str) -> None:
    assert reason_words(reason).replace('"', "") == told.replace('"', "")


def test_a_waived_finding_says_by_which_waiver() -> None:
    one = Finding(
        "c",
        Obligation.MUST,
        Result.WAIVED,
        Effect.NONE,
        (Reason("unanswered"),),
        was=Result.FAIL,
        waiver="w-1",
    )
    assert words(one) == "waived by w-1, was fail; never answered"


def test_a_finding_without_reasons_is_told_by_its_result() -> None:
    assert words(Finding("c", Obligation.MUST, Result.PASS, Effect.NONE)) == "pass"


def test_a_plugin_brings_its_own_words() -> None:
    reason = Reason("not-open", "/budget", {"code": "4711", "check": "codes.open"})
    told = words(of(reason), extra={"codes.open.not-open": "code {code} is {{closed}}"})
    assert told == "code 4711 is {closed}"


@pytest.mark.parametrize("sentence", ["{code.__class__}", "{code[0]}", "{0}", "{}", "{missing}"])
def test_a_plugins_words_reach_nothing_but_its_parameters(sentence: str) -> None:
    reason = Reason("not-open", None, {"code": "4711", "check": "codes.open"})
    told = words(of(reason), extra={"codes.open.not-open": sentence})
    assert told == "not-open: code 4711, check codes.open"


def test_a_parameter_of_a_plugin_is_not_taken_for_a_field_of_ours() -> None:
    reason = Reason("many", "/x", {"count": 3, "subject": "bills", "check": "codes.open"})
    told = words(of(reason), having(x=[]), extra={"codes.open.many": "{count} open {subject}"})
    assert told == "3 open bills"


def test_a_code_that_nobody_knows_is_told_with_all_that_is_known_of_it() -> None:
    told = reason_words(Reason("moon-phase", "/launch/date", {"phase": "new"}))
    assert told == "moon-phase at /launch/date: phase new"


def test_a_pointer_that_is_none_does_not_stop_the_words() -> None:
    assert words(of(lacks("no-pointer~9")), having(x=1)).endswith("has no owner")


def test_a_long_value_is_cut_and_its_length_told() -> None:
    reason = Reason("enum", "/x", {"options": ["a"]})
    told = words(of(reason), having(x="y" * 10_000))
    assert "(10000 characters)" in told
    assert len(told) < 4_300
    assert len(words(of(reason), having(x="y" * 10_000), most=50)) < 120


def test_a_text_in_several_languages_is_told_in_the_one_asked_for() -> None:
    small = standard()
    one = Finding(
        "risks-owned", Obligation.MUST, Result.FAIL, Effect.BLOCKS, (Reason("not", "/x"),)
    )
    assert "Hver risiko" in words(one, having(x=1), small, lang="nb")
    assert "Hver risiko" in words(one, having(x=1), small, lang="nb-NO")
    assert "Every risk" in words(one, having(x=1), small, lang="fr")


def test_the_standards_advice_comes_before_ours() -> None:
    small = standard()
    advised = finding(small, PORTAL, "risks-owned")
    assert remedy_words(advised, None, small).startswith("Name an owner for each risk")
    assert remedy_words(of(lacks("/risks/0")), having(risks=RISKS)) == 'Add owner to R-1 "Late"'
    assert remedy_words(of(Reason("answered", None, {"value": "no"}))) == ""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-11-27", "Fri 27 Nov 2026"),
        ("2026-11-01", "Sun 1 Nov 2026"),
        ("2026-11-27T09:05:00Z", "Fri 27 Nov 2026 09:05 UTC"),
        ("2026-02-30", None),
        ("soon", None),
        (3, None),
    ],
)
def test_a_date_in_a_sentence_names_its_weekday(written: Json, told: str | None) -> None:
    assert day_in_words(written) == told


def test_a_value_shows_what_kind_it_is() -> None:
    assert found("12") == '"12"'
    assert found(12.0) == "12"
    assert found({"amount": "12.50", "currency": "NOK"}) == "12.50 NOK"
    assert found({"a": 1, "b": 2}) == "an object with a, b"
    assert found("two\nlines") == '"two\\nlines"'
    assert plain("it's") == '"it\'s"'


def test_ways_within_ways_are_told_once() -> None:
    """S5.2: the nearest way of the nearest way is what there is to do."""
    inner: Json = {
        "code": "anyOf",
        "pointer": "",
        "params": {
            "branches": 3,
            "nearest": [{"code": "required", "pointer": "", "params": {"property": "owner"}}],
        },
    }
    outer = Reason("anyOf", "", {"branches": 2, "nearest": [inner]})
    assert words(of(outer), having()) == "no owner yet, the nearest of 2 ways to meet it"


def test_two_reasons_of_the_same_words_are_one_line() -> None:
    reasons = [Reason("contains", "/gates", {"count": count}) for count in (1, 2)]
    assert len(word_lines(of(*reasons), having(gates=[]))) == 1
