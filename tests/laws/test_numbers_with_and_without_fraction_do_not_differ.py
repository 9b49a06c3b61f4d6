"""S1.2, S6.3: `1.0` is `1`, whoever wrote it and wherever it stands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.documents import Json, canonical, read_json, read_yaml
from pmo_core.testing.builders import a_standard, assessed, finding

from . import corpus

STANDARD = corpus.standard()
FOUND = [corpus.as_bytes(found) for found in corpus.assessments(STANDARD)]


def with_fractions(value: Json) -> Json:
    """The same value, each whole number as a float."""
    if isinstance(value, dict):
        return {key: with_fractions(part) for key, part in value.items()}
    if isinstance(value, list):
        return [with_fractions(part) for part in value]
    return float(value) if type(value) is int else value


def test_the_corpus_is_assessed_alike() -> None:
    records = []
    for value in corpus.records():
        changed = with_fractions(value)
        assert isinstance(changed, dict)
        records.append(changed)
    assert [corpus.as_bytes(found) for found in corpus.assessments(STANDARD, records)] == FOUND


SCHEMAS = a_standard(
    {
        f"c{number}": {"must": "It is so", "schema": {"properties": {"n": schema}}}
        for number, schema in enumerate(
            (
                {"type": "integer"},
                {"const": 3},
                {"enum": [1, 2, 5]},
                {"multipleOf": 3},
                {"minimum": 2},
                {"exclusiveMaximum": 7},
                {"not": {"const": 4}},
                {"type": ["string", "null"]},
            )
        )
    }
    | {
        "e1": {"must": "It is so", "expr": "record.n == 3.0"},
        "e2": {"must": "It is so", "expr": "record.n * 1.5 < 9.0"},
        "e3": {"must": "It is so", "expr": "string(int(record.n)) == '3'"},
        "e4": {"must": "It is so", "expr": "record.n in [1.0, 2.0, 5.0]"},
        "e5": {"must": "It is so", "expr": "money(record.n) > money('3')"},
        "u": {"must": "It is so", "schema": {"properties": {"list": {"uniqueItems": True}}}},
    }
)


@settings(max_examples=60, deadline=None)
@given(st.integers(-10, 10), st.lists(st.integers(0, 3), max_size=4))
def test_each_way_to_look_at_a_number(number: int, numbers: list[int]) -> None:
    record: dict[str, Json] = {"n": number, "list": [*numbers]}
    changed = with_fractions(record)
    assert isinstance(changed, dict)
    one = assessed(SCHEMAS, record).as_json()
    two = assessed(SCHEMAS, changed).as_json()
    assert canonical(one) == canonical(two)


def test_as_it_is_read_and_as_it_is_handed_over() -> None:
    whole, fraction = b'{"n": 3, "list": [1, 1]}', b'{"n": 3.0, "list": [1.0, 1]}'
    values = [
        read_json(whole, "a.json").value,
        read_json(fraction, "a.json").value,
        read_yaml(fraction, "a.yaml").value,
        {"n": 3.0, "list": [1.0, 1]},
    ]
    assert len({canonical(assessed(SCHEMAS, value).as_json()) for value in values}) == 1


def test_ids_phases_states_and_answers_that_are_numbers() -> None:
    """S2.4: an integer is its decimal digits, `7.0` is `7`."""
    standard = a_standard(
        "{a: {must: A, artefact: {id: plan, state: '2'}}, b: {must: B, answer: {values: {'3':"
        " pass}}}, c: {must: C, dependency: {of: /needs, phase: closed}}}",
        artefacts="{plan: {title: Plan, states: ['1', '2']}}",
        lifecycle="{values: {'5': planning}}",
    )
    for record in (
        "{id: 4, phase: 5, artefacts: {plan: 2}, answers: {b: {value: 3}}, needs: [8]}",
        "{id: 4.0, phase: 5.0, artefacts: {plan: 2.0}, answers: {b: {value: 3.0}}, needs: [8.0]}",
    ):
        found = assessed(standard, record)
        assert found.record.id == "4"
        assert [one.result.value for one in found.findings[1:4]] == ["pass", "pass", "pass"]
        assert finding(found, "c").reasons[0].params == {"project": "8"}
