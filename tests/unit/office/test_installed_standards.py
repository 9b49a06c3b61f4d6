"""What is installed is found without running it; a broken distribution harms only itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.office import packages
from pmo_core.office.packages import installed_packages, version_order
from pmo_core.plugins.entry_points import EntryPoint


def announce(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = tuple(EntryPoint(value, value, "some", "1") for value in values)
    monkeypatch.setattr(packages, "entry_points", lambda _group: points)


@pytest.mark.parametrize("value", ["no_such_package", "a.b.c", "", "..", "1x", "pmo_core.cli"])
def test_an_entry_point_that_leads_nowhere_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    announce(monkeypatch, value, "pmo_standards")
    assert "essentials" in installed_packages()


def test_looking_for_standards_imports_none_of_their_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "loud_standards"
    (folder / "small" / "1.0.0").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / "small" / "1.0.0" / "standard.yaml").write_text("language: 1")
    monkeypatch.syspath_prepend(str(tmp_path))
    announce(monkeypatch, "loud_standards")
    assert installed_packages()["small"] == {"1.0.0": folder / "small" / "1.0.0"}


def test_versions_are_ordered_by_their_numbers_whatever_a_folder_is_called() -> None:
    names = ["10.0", "2.0", "2.0-draft", "x", "\u00b2", "9" * 5_000]
    assert sorted(names, key=version_order)[-2:] == ["2.0", "10.0"]
