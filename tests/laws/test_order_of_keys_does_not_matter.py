"""S3.4: an object's keys have no order, so no assessment may depend on it."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.documents import Json

from . import corpus

STANDARD = corpus.standard()
FOUND = [corpus.as_bytes(found) for found in corpus.assessments(STANDARD)]


def shuffled(value: Json, random: Random) -> Json:
    """The same value, its keys in another order at every depth."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, random) for item in value]
    return value


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_shuffled_records_are_assessed_alike(random: Random) -> None:
    records = []
    for value in corpus.records():
        mixed = shuffled({"id": "atlas", "phase": "planning", **value}, random)
        assert isinstance(mixed, dict)
        records.append(mixed)
    assert [corpus.as_bytes(found) for found in corpus.assessments(STANDARD, records)] == FOUND
