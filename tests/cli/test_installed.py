"""What is installed, listed: it differs from place to place, so no session shows it."""

from __future__ import annotations

import json

import pytest

from .command_line import pmo


def test_standard_list_shows_each_version_on_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = pmo(monkeypatch, "standard list").out.splitlines()
    assert lines[0].split() == ["STANDARD", "TITLE", "GATES", "CRITERIA"]
    assert any(line.startswith("essentials@1.0.0 ") for line in lines)
    assert "pmo standard show " in lines[-1]


def test_standard_list_for_programs_has_folder_and_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(pmo(monkeypatch, "standard list --json").out)
    essentials = next(one for one in found if one["standard"] == "essentials")
    assert essentials["version"] == "1.0.0"
    assert essentials["digest"].startswith("sha256:")
    assert essentials["folder"].endswith("essentials/1.0.0")


def test_plugin_list_loads_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.partition(".")[0] == "pmo_kep"]:
        monkeypatch.delitem(sys.modules, name)
    lines = pmo(monkeypatch, "plugin list").out.splitlines()
    assert lines[0].split() == ["PLUGIN", "DISTRIBUTION", "VERSION"]
    assert any(line.split()[:2] == ["kep", "pmo-kep"] for line in lines)
    found = json.loads(pmo(monkeypatch, "plugin list --json").out)
    assert {"name": "kep", "distribution": "pmo-kep"}.items() <= found[0].items()
    assert "pmo_kep" not in sys.modules
