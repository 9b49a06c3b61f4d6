"""S15.1, S16: expected versions, idempotency keys, dry runs, what is refused leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from pmo_core import (
    Answer,
    Choice,
    Conflict,
    InvalidRecord,
    Office,
    PmoError,
    Refused,
    State,
    UnknownName,
)
from pmo_core.documents import JsonObject
from pmo_core.governance.fold import fold
from pmo_core.ledger import broken_link
from pmo_core.office.keeping import recorded

from .offices import START, Clock, office, project


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as found:
        project(found, "atlas")
        yield found


def titled(title: str) -> Callable[[State], JsonObject]:
    def change(state: State) -> JsonObject:
        return {**state.record, "title": title}

    return change


def test_the_loser_of_two_writers_gets_a_conflict_and_what_to_do(here: Office) -> None:
    seen = here.project("atlas").version
    here.amend("atlas", titled("Mine"), actor="mia", version=seen)
    with pytest.raises(Conflict) as refused:
        here.amend("atlas", titled("Other"), actor="ola", version=seen)
    assert f"your change is to version {seen}" in str(refused.value)
    assert "mia" in str(refused.value)
    assert "pmo project history atlas" in str(refused.value)
    assert here.project("atlas").record["title"] == "Mine"


def test_the_same_key_and_content_gives_the_first_result(here: Office) -> None:
    first = here.amend("atlas", titled("Mine"), actor="mia", key="k-1")
    here.amend("atlas", titled("Later"), actor="mia")
    again = here.amend("atlas", titled("Mine"), actor="mia", key="k-1")
    assert (again.repeated, again.written) == (True, False)
    assert again.events == first.events
    assert again.after.version == first.after.version
    assert here.project("atlas").record["title"] == "Later"


def test_the_same_key_for_something_else_is_a_conflict(here: Office) -> None:
    here.amend("atlas", titled("Mine"), actor="mia", key="k-1")
    for actor, title in (("mia", "Other"), ("ola", "Mine")):
        with pytest.raises(Conflict, match="k-1"):
            here.amend("atlas", titled(title), actor=actor, key="k-1")


def test_a_reason_is_no_part_of_what_a_key_is_known_by(here: Office) -> None:
    """S15.2: it may be erased, and from a digest that stays it could be guessed."""
    here.open_review("atlas", "begin", actor="mia")
    drop = Choice("drop", reason="Eve is ill")
    first = here.decide("atlas", drop, actor="ola", key="k-1")
    again = here.decide("atlas", drop._replace(reason="Other words"), actor="ola", key="k-1")
    assert again.repeated
    assert again.events == first.events


@pytest.mark.parametrize("name", ["", " ", "a" * 201, "a\nb", "e\u0301"])
def test_a_project_has_an_id_that_can_be_read_and_typed(here: Office, name: str) -> None:
    """S1.3."""
    with pytest.raises(InvalidRecord, match="cannot be the id of a project"):
        here.register(name, {"title": "It"}, actor="kim")


def test_a_project_is_registered_under_the_id_that_its_record_says(here: Office) -> None:
    with pytest.raises(InvalidRecord, match="says that its id is 'other'") as refused:
        here.register("base", {"id": "other", "title": "It"}, actor="kim")
    assert refused.value.pointer == "/id"


def test_a_record_is_read_back_as_it_was_written(here: Office) -> None:
    """S15.2: what the ledger keeps apart would be missing in it."""
    note: JsonObject = {"$private": "Eve is ill"}
    with pytest.raises(InvalidRecord, match="'\\$private'"):
        here.amend("atlas", lambda state: {**state.record, "notes": [note]}, actor="mia")
    with pytest.raises(InvalidRecord, match="'\\$private'"):
        here.register("base", {"id": "base", "title": "Base", "note": note}, actor="kim")


def test_the_keys_of_tick_are_its_own(here: Office) -> None:
    """S13.3: whoever took one before it is due would keep every later tick from running."""
    due = "tick:occurrence-due:atlas/monthly@2026-04-02:2026-04-02T00:00:00Z"
    with pytest.raises(Refused, match="begin with 'tick:'"):
        here.amend("atlas", titled("Mine"), actor="mia", key=due)
    assert here.project("atlas").record["title"] == "Atlas"


@pytest.mark.parametrize("actor", ["automatic", "", " ", " mia", "mia\n", "m\x00ia", "m" * 201])
def test_nobody_acts_as_tick_or_as_nobody(here: Office, actor: str) -> None:
    """S15.1: who did it must be readable in the ledger."""
    with pytest.raises(Refused, match="nobody can act as"):
        here.amend("atlas", titled("Mine"), actor=actor)
    assert here.project("atlas").record["title"] == "Atlas"


def test_a_dry_run_tells_all_and_writes_nothing(here: Office) -> None:
    before = here.store.position
    done = here.amend("atlas", titled("Mine"), actor="mia", dry_run=True)
    assert done.written is False
    assert [event.name for event in done.events] == ["amended"]
    assert done.after.record["title"] == "Mine"
    assert here.store.position == before
    assert here.project("atlas").record["title"] == "Atlas"
    # A dry run uses up no key.
    assert here.amend("atlas", titled("Mine"), actor="mia", key="k", dry_run=True).events
    assert here.amend("atlas", titled("Mine"), actor="mia", key="k").written


def test_an_amendment_that_changes_nothing_writes_nothing(here: Office) -> None:
    before = here.store.position
    done = here.amend("atlas", titled("Atlas"), actor="mia")
    assert (done.events, done.written) == ((), False)
    assert here.store.position == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("answers", {"asked": {"value": "yes"}}), ("artefacts", {"plan": "approved"}), ("id", "x")],
)
def test_answers_artefacts_and_the_id_cannot_be_forged_by_an_amendment(
    here: Office, field: str, value: object
) -> None:
    """S2.4."""
    before = here.store.position
    with pytest.raises(Refused) as refused:
        here.amend("atlas", lambda state: {**state.record, field: value}, actor="mia")
    assert refused.value.remedy
    assert here.store.position == before


def test_a_record_that_breaks_its_schema_is_not_registered_or_amended(here: Office) -> None:
    """S16.1; each reason is told."""
    with pytest.raises(InvalidRecord) as refused:
        here.amend("atlas", lambda state: {**state.record, "budget": "much"}, actor="mia")
    assert refused.value.reasons[0][:2] == ("type", "/budget")
    with pytest.raises(InvalidRecord):
        here.register("borea", {"id": "borea", "budget": "much"}, actor="kira")
    with pytest.raises(UnknownName, match="borea"):
        here.project("borea")


def test_a_project_is_registered_once(here: Office) -> None:
    with pytest.raises(Refused, match="already"):
        project(here, "atlas")


def test_answers_are_stamped_with_who_and_when(here: Office) -> None:
    done = here.answer("atlas", Answer("asked", "yes"), actor="mia")
    assert done.after.record["answers"] == {
        "asked": {"value": "yes", "by": "mia", "date": "2026-03-02T09:00:00Z"}
    }


def test_every_projection_is_the_fold_of_its_events(here: Office) -> None:
    """S15.5; after the whole life of a project, decisions and a loop back among it."""
    project(here, "borea", depends_on=["atlas"])
    _passed(here, "atlas", "begin", "go")
    _passed(here, "atlas", "finish", "again", reason="Not yet")
    _passed(here, "borea", "begin", "go")
    here.move_artefact("borea", "plan", "approved", actor="mia")
    here.answer("borea", Answer("asked", "na", justification="Nobody to ask"), actor="mia")
    _passed(here, "borea", "finish", "go")
    for name in here.store.project_ids():
        events = here.store.events(name)
        assert broken_link(events) is None
        assert fold(recorded(event) for event in events) == here.project(name)
    assert here.project("atlas").visits == {"main/idea": 2, "main/work": 1}
    assert here.project("borea").phases == {"main": "done"}


def _passed(here: Office, name: str, gate: str, outcome: str, reason: str | None = None) -> None:
    here.open_review(name, gate, actor="mia")
    here.decide(name, Choice(outcome), actor="ola", reason=reason)


def test_a_decision_keeps_what_it_rests_on(here: Office) -> None:
    """S15.5: assessment and inputs by digest, in the same transaction."""
    _passed(here, "atlas", "begin", "go", "All is there")
    story = here.decision("atlas", "begin")
    assert story.decision.outcome == "go"
    assert story.assessment["verdict"] == "ready"
    assert story.inputs["holders"]
    assert story.record["phase"] == "idea"
    assert story.event.reason == "All is there"
    assert here.project("atlas").baselines == {"start": {"title": "Atlas"}}


def test_an_old_decision_is_told_after_its_package_is_gone_from_disk(tmp_path: Path) -> None:
    """The store keeps every pinned package by digest."""
    import shutil

    with office(tmp_path) as here:
        project(here, "atlas")
        _passed(here, "atlas", "begin", "go")
    shutil.rmtree(tmp_path / "package")
    with Office.open(tmp_path / "office") as again:
        assert again.decision("atlas", "begin/1").standard.name == "tiny@1.0.0"


def test_nobody_decides_before_what_already_happened(tmp_path: Path) -> None:
    """S13.3: the clock set back; other events go in, and are marked."""
    clock = Clock()
    with office(tmp_path, clock) as here:
        project(here, "atlas")
        here.open_review("atlas", actor="mia")
        clock.now = START - timedelta(hours=2)
        with pytest.raises(Refused, match="clock"):
            here.decide("atlas", Choice("go"), actor="ola")
        done = here.amend("atlas", titled("Back"), actor="mia")
        assert done.events[0].payload["clock"] == {"behind": 7200}


def test_two_offices_in_one_process_share_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with office(tmp_path / "a") as first, office(tmp_path / "b") as second:
        project(first, "atlas")
        with pytest.raises(UnknownName):
            second.project("atlas")
        pin = first.settings.pins[0].digest
        assert first.standard(pin) is not second.standard(pin)


def test_threads_at_one_project_lose_no_update(here: Office) -> None:
    seen = here.project("atlas").version
    barrier = Barrier(6)
    won: list[int] = []
    lost: list[PmoError] = []

    def write(number: int) -> None:
        barrier.wait()
        try:
            here.amend("atlas", titled(f"T{number}"), actor="mia", version=seen)
            won.append(number)
        except Conflict as error:
            lost.append(error)

    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 5)
    assert here.project("atlas").record["title"] == f"T{won[0]}"


def test_a_projection_in_another_form_is_folded_anew(here: Office) -> None:
    import json

    kept = here.store.projection("atlas")
    assert kept is not None
    before = here.project("atlas")
    old = json.dumps({"form": 0, "project": "atlas"}).encode()
    with here.store.write() as writing:
        writing.put_projection("atlas", kept._replace(state=old, record=b"{}"))
    assert here.project("atlas") == before
    here.amend("atlas", titled("Later"), actor="mia")
    assert here.project("atlas").record["title"] == "Later"
