"""An office may begin with several standards; what cannot be made is known before it is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core import InvalidSettings, Office, Refused
from pmo_core.office.founding import found_office
from pmo_core.office.settings import FILE, read_settings

from .offices import package


def test_new_projects_follow_the_first_and_may_name_another(tmp_path: Path) -> None:
    tiny = str(package(tmp_path))
    founded = found_office(tmp_path / "new", tiny, "essentials", tiny, zone="Europe/Oslo")
    assert [(pin.id, pin.version) for pin in (founded.pin, *founded.further)] == [
        ("tiny", "1.0.0"),
        ("essentials", "1.0.0"),
    ]
    assert (founded.zone, founded.title) == ("Europe/Oslo", "new")
    assert read_settings(tmp_path / "new" / FILE).pins == (founded.pin, *founded.further)
    with Office.open(tmp_path / "new") as here:
        here.register("atlas", {"id": "atlas"}, actor="kira")
        here.register("borea", {"id": "borea", "title": "B"}, standard="essentials", actor="kira")
        assert [here.project(name).standard for name in ("atlas", "borea")] == [
            "tiny@1.0.0",
            "essentials@1.0.0",
        ]
    schemas = sorted(one.name for one in (tmp_path / "new" / ".pmo").glob("*.record.schema.json"))
    assert schemas == ["essentials-1.0.0.record.schema.json", "tiny-1.0.0.record.schema.json"]


def test_one_version_with_two_contents_is_refused(tmp_path: Path) -> None:
    """S17.1: a version has one content."""
    (tmp_path / "other").mkdir()
    first, second = package(tmp_path), package(tmp_path / "other")
    (second / "notes.md").write_text("Not the same.")
    with pytest.raises(InvalidSettings, match=r"tiny@1\.0\.0 is named twice"):
        found_office(tmp_path / "new", str(first), str(second))
    assert not (tmp_path / "new").exists()


def test_a_dry_run_tells_what_would_be_made_and_makes_nothing(tmp_path: Path) -> None:
    dry = found_office(tmp_path / "new", "essentials", dry_run=True)
    assert sorted(tmp_path.iterdir()) == []
    wet = found_office(tmp_path / "new", "essentials")
    assert dry._replace(standard=wet.standard) == wet


def test_a_dry_run_is_refused_where_the_office_could_not_be_made(tmp_path: Path) -> None:
    found_office(tmp_path / "new", "essentials")
    with pytest.raises(Refused, match="already"):
        found_office(tmp_path / "new", "essentials", dry_run=True)
    with pytest.raises(InvalidSettings, match="no time zone"):
        found_office(tmp_path / "other", "essentials", zone="Nowhere", dry_run=True)
