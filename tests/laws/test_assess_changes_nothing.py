"""S3.3: assess is pure; record, inputs and standard are after it what they were before."""

from __future__ import annotations

import copy

from pmo_core.assessment import assess, assess_claim, wanted
from pmo_core.assessment.explain import CONDITIONAL_GO, explain
from pmo_core.assessment.selection import gates_due
from pmo_core.documents import canonical
from pmo_core.testing.builders import NOW, a_record

from . import corpus


def test_record_inputs_and_standard_are_untouched() -> None:
    chosen = corpus.standard()
    model = copy.deepcopy(chosen.model)
    for value in corpus.records():
        for inputs in corpus.all_inputs(chosen):
            record = a_record(chosen, value)
            before = copy.deepcopy(record.value)
            digested = canonical(inputs.as_json())
            found = assess(chosen, "ready", record, now=NOW, inputs=inputs)
            assess_claim(chosen, record, now=NOW, inputs=inputs)
            gates_due(chosen, record, now=NOW, inputs=inputs)
            wanted(chosen, "ready", record)
            explain(found)
            explain(found, target=CONDITIONAL_GO)
            found.as_json()
            assert record.value == before
            assert list(record.value) == list(before)
            assert canonical(inputs.as_json()) == digested
    assert chosen.model == model


def test_a_finding_holds_nothing_of_the_record_that_could_change_with_it() -> None:
    """What was judged stays judged, though the caller goes on with the record."""
    chosen = corpus.standard()
    for value in corpus.records():
        found = assess(chosen, "ready", a_record(chosen, value), now=NOW)
        before = canonical([one.as_json() for one in found.findings])
        value.clear()
        assert canonical([one.as_json() for one in found.findings]) == before
