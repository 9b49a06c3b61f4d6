"""S11.4: gates that are held for each item of a list in the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core import Choice, Office, Refused, UnknownName
from pmo_core.documents import Json, JsonObject

from .offices import office

STAGES = """
language: 1
standard: stages
version: 1.0.0
title: One stage after the other
record: {schema: record.schema.json}
roles: {owner: {title: Owner}, manager: {title: Manager}}
lifecycle:
  initial: work
  phases: [work, done]
  ends: [done]
  gates:
    stage:
      from: work
      per: {items: /stages, id: id}
      outcomes: {accepted: {to: same, needs: ready}, later: {to: same, needs: nothing}}
      authority: {role: owner}
      criteria: {}
"""


def stages(*names: str) -> list[Json]:
    return [{"id": name} for name in names]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, None, STAGES) as found:
        record: JsonObject = {"id": "atlas", "phase": "work", "stages": stages("one", "two")}
        found.register("atlas", record, roles=[("owner", "ola"), ("manager", "mia")], actor="kira")
        yield found


def ahead(here: Office) -> list[str]:
    return [one.key for one in here.standings("atlas")]


def test_an_item_is_ahead_until_an_outcome_passes_it_whatever_that_is_called(here: Office) -> None:
    assert ahead(here) == ["stage@one", "stage@two"]
    here.open_review("atlas", "stage", "one", actor="mia")
    here.decide("atlas", Choice("later"), actor="ola")
    assert ahead(here) == ["stage@one", "stage@two"]
    here.open_review("atlas", "stage", "one", actor="mia")
    here.decide("atlas", Choice("accepted"), actor="ola")
    assert ahead(here) == ["stage@two"]


def test_a_review_of_what_has_left_the_record_is_refused_with_a_way_out(here: Office) -> None:
    here.open_review("atlas", "stage", "one", actor="mia")
    here.amend("atlas", lambda state: {**state.record, "stages": stages("two")}, actor="mia")
    for act in (
        lambda: here.review("atlas"),
        lambda: here.decide("atlas", Choice("accepted"), actor="ola"),
    ):
        with pytest.raises(
            Refused, match="stage@one/1 is about 'one', which atlas no longer"
        ) as no:
            act()
        assert "pmo review withdraw atlas stage@one/1" in str(no.value.remedy)
    here.withdraw("atlas", actor="mia")
    assert ahead(here) == ["stage@two"]


def test_a_review_that_is_named_in_full_is_that_one_whatever_the_items_are_called(
    here: Office,
) -> None:
    """The id of an item may look like an attempt of another."""
    items = stages("one", "one/1", "two")
    here.amend("atlas", lambda state: {**state.record, "stages": items}, actor="mia")
    for item in ("one", "one/1"):
        here.open_review("atlas", "stage", item, actor="mia")
    assert here.review("atlas", "stage@one/1").review.occurrence == "one"
    assert here.review("atlas", "stage@one/1/1").review.occurrence == "one/1"
    for item, key in (("one", "stage@one/1"), ("one/1", "stage@one/1/1")):
        done = here.decide("atlas", Choice("later"), key, actor="ola")
        assert done.after.decisions[-1].occurrence == item
    assert here.decision("atlas", "stage@one/1").decision.occurrence == "one"


def test_of_several_open_reviews_one_has_to_be_named(here: Office) -> None:
    for item in ("one", "two"):
        here.open_review("atlas", "stage", item, actor="mia")
    with pytest.raises(UnknownName, match="2 reviews of atlas are open: stage@one/1, stage@two/1"):
        here.decide("atlas", Choice("accepted"), "stage", actor="ola")
    here.withdraw("atlas", "stage@two", actor="mia")
    done = here.decide("atlas", Choice("accepted"), "stage", actor="ola")
    assert done.after.decisions[-1].key == "stage@one/1"
