"""S2.4, S11.8: the records of another system are read again, and the office's own work stays."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmo_core import (
    Answer,
    Office,
    Reading,
    Source,
    SourceCall,
    SourceRecord,
    hookimpl,
    read_document,
)
from pmo_core.documents import JsonObject, canonical
from pmo_core.office.adding import add_projects
from pmo_core.plugins.loading import plugin_from

from .offices import office


class Other:
    """Another system, with one project."""

    def __init__(self) -> None:
        self.record: JsonObject = {"id": "atlas", "title": "Atlas", "phase": "idea"}

    def read(self, call: SourceCall) -> Reading:
        document = read_document(canonical(self.record), "atlas.json", scalars=call.scalars)
        return Reading(iter([SourceRecord(document, "atlas.json")]))


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def here(tmp_path: Path, other: Other) -> Iterator[Office]:
    @hookimpl
    def pmo_sources() -> list[Source]:
        return [Source("other", other.read)]

    with office(tmp_path, settings="plugins: {other: {}}") as found:
        found._plugins = {"other": plugin_from(SimpleNamespace(pmo_sources=pmo_sources), "other")}
        read(found)
        yield found


def read(here: Office) -> list[str]:
    """Read the other system; the names of the events that this made."""
    (added,) = add_projects(here, ["other:all"], BytesIO, None, [], actor="kim")
    assert added.error is None
    assert added.done is not None
    return [event.name for event in added.done.events]


def answered(here: Office) -> object:
    answers = here.project("atlas").record.get("answers")
    entry = answers.get("asked") if isinstance(answers, dict) else None
    return entry.get("value") if isinstance(entry, dict) else None


def test_reading_again_what_has_not_changed_does_nothing(here: Office) -> None:
    assert read(here) == []


def test_what_the_office_stamped_stays_when_the_other_system_says_nothing_of_it(
    here: Office, other: Other
) -> None:
    here.answer("atlas", Answer("asked", "yes"), actor="mia")
    here.move_artefact("atlas", "plan", "approved", actor="mia")
    stamped = here.project("atlas").record
    assert read(here) == []
    for title in ("One", "Two"):
        other.record = {**other.record, "title": title}
        assert read(here) == ["amended"]
        assert here.project("atlas").record == {**stamped, "title": title}


def test_what_the_other_system_says_anew_counts(here: Office, other: Other) -> None:
    other.record = {**other.record, "answers": {"asked": {"value": "no"}}}
    assert read(here) == ["amended"]
    here.answer("atlas", Answer("asked", "yes"), actor="mia")
    assert read(here) == []
    assert answered(here) == "yes"
    other.record = {**other.record, "answers": {"asked": {"value": "no", "by": "eva"}}}
    assert read(here) == ["amended"]
    assert answered(here) == "no"
    other.record = {key: value for key, value in other.record.items() if key != "answers"}
    assert read(here) == ["amended"]
    assert answered(here) is None
