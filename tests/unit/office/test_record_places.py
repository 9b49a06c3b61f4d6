"""A place in a project's file is told only where file and ledger say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.documents import JsonObject, Scalars, read_yaml
from pmo_core.office.record_places import place_of, record_document

TEXT = """\
id: atlas
risks:
  - {id: R-1, owner: ana}
  - id: R-2
    title: Old data
"""


def record() -> JsonObject:
    value = read_yaml(TEXT.encode(), "x").value
    assert isinstance(value, dict)
    return value


def line(pointer: str, ledger: JsonObject) -> int | None:
    document = read_yaml(TEXT.encode(), "projects/atlas.yaml")
    place = place_of(document, ledger, pointer)
    return None if place is None else place.line


def test_what_both_say_has_a_place() -> None:
    assert line("/risks/1/title", record()) == 5
    assert line("/risks/1", record()) == 4


def test_what_differs_has_none() -> None:
    ledger: JsonObject = {**record(), "risks": [{"id": "R-1", "owner": "bo"}, {"id": "R-2"}]}
    assert line("/risks/0/owner", ledger) is None
    assert line("/risks/1", ledger) is None
    assert line("/risks/0/id", ledger) == 3


def test_what_only_the_ledger_has_has_none() -> None:
    assert line("/budget", {**record(), "budget": 5}) is None


def test_what_neither_has_is_at_what_stands_around_it() -> None:
    assert line("/risks/1/owner", record()) == 4
    assert line("/benefits", record()) == 1


def test_a_pointer_that_is_none_has_no_place() -> None:
    assert line("nonsense", record()) is None


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json"])
def test_the_file_may_be_yaml_or_json(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / f"atlas{ending}").write_text('{"id": "atlas"}')
    monkeypatch.chdir(tmp_path)
    found = record_document(tmp_path, "atlas", Scalars.TYPED)
    assert found is not None
    assert found.name == f"projects/atlas{ending}"


def test_from_elsewhere_the_file_is_named_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, elsewhere = tmp_path / "office", tmp_path / "elsewhere"
    (office / "projects").mkdir(parents=True)
    elsewhere.mkdir()
    file = office / "projects" / "atlas.yaml"
    file.write_text("id: atlas\n")
    monkeypatch.chdir(elsewhere)
    found = record_document(office, "atlas", Scalars.TYPED)
    assert found is not None
    assert found.name == str(file)


def test_a_file_that_cannot_be_read_gives_no_places(tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "atlas.yaml").write_text("id: [")
    assert record_document(tmp_path, "atlas", Scalars.TYPED) is None
    assert record_document(tmp_path, "other", Scalars.TYPED) is None
