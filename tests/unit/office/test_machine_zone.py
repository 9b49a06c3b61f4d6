"""S10.1: a new office's dates end when the days of its people do, where the machine knows that."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.office.machine_zone import machine_zone


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    return tmp_path


def test_tz_counts_first(root: Path) -> None:
    (root / "etc" / "timezone").write_text("Asia/Tokyo\n")
    assert machine_zone({"TZ": "Europe/Oslo"}, root) == "Europe/Oslo"
    assert machine_zone({"TZ": ":Europe/Oslo"}, root) == "Europe/Oslo"


@pytest.mark.parametrize(
    "written", ["", "CET-1CEST", "/etc/localtime", "../../etc", "Mars/Olympus"]
)
def test_what_names_no_zone_is_passed_over(root: Path, written: str) -> None:
    (root / "etc" / "timezone").write_text("Asia/Tokyo\n")
    assert machine_zone({"TZ": written}, root) == "Asia/Tokyo"


def test_the_link_of_the_machine_counts_before_its_file(root: Path) -> None:
    zone = root / "usr" / "share" / "zoneinfo" / "America" / "Indiana" / "Knox"
    zone.parent.mkdir(parents=True)
    zone.write_bytes(b"")
    (root / "etc" / "localtime").symlink_to(zone)
    (root / "etc" / "timezone").write_text("Asia/Tokyo\n")
    assert machine_zone({}, root) == "America/Indiana/Knox"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"Etc/UTC\n", b"nowhere"])
def test_else_it_is_utc(root: Path, data: bytes) -> None:
    assert machine_zone({}, root) == "UTC"
    (root / "etc" / "timezone").write_bytes(data)
    assert machine_zone({}, root) == "UTC"
