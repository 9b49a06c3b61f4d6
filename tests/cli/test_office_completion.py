"""What a shell completes in an office: the office's own templates, topics and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from .gate_office import office_in
from .test_completion import values


@pytest.fixture(autouse=True)
def _in_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PMO_OFFICE", raising=False)
    monkeypatch.chdir(office_in(tmp_path))


def test_a_template_completes_those_of_the_projects_standard() -> None:
    assert values("template write portal ") == ["plan"]
    assert values("template write nowhere ") == []
    assert values("template list po") == ["portal"]


def test_guide_completes_what_the_office_pins_and_its_projects() -> None:
    assert values("guide me") == ["measured"]
    assert values("guide measured st") == ["street"]
    assert "benefits-measurable" in values("guide --standard essentials benefits")


def test_guide_completes_the_house_standard_outside_of_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "benefits-measurable" in values("guide benefits")


def test_status_completes_people() -> None:
    assert values("status --as e") == ["eva.stern"]


def test_a_broken_office_offers_nothing_and_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("pmo.yaml").write_text("language: [")
    assert values("template write portal ") == []
    assert values("guide me") == []
    assert values("status --as e") == []
    assert capfd.readouterr() == ("", "")
