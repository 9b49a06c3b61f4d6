"""What distributions announce is found in their metadata folders, quickly and completely."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core.plugins.entry_points import EntryPoint, all_entry_points, entry_points

GROUP = "pmo.plugins"


def announce(
    folder: Path,
    metadata: str,
    lines: str,
    *,
    header: str = "METADATA",
    identity: str = "Metadata-Version: 2.4\nName: pmo-one\nVersion: 0.3\n\nLong description\n",
) -> None:
    """A distribution's metadata folder, as pip leaves it."""
    where = folder / metadata
    where.mkdir(parents=True)
    (where / "entry_points.txt").write_text(lines, encoding="utf-8")
    (where / header).write_text(identity, encoding="utf-8")


def test_an_entry_point_has_name_value_distribution_and_version(tmp_path: Path) -> None:
    announce(tmp_path, "pmo_one-0.3.dist-info", f"[{GROUP}]\none = pmo_one\n")
    assert entry_points(GROUP, [str(tmp_path)]) == (EntryPoint("one", "pmo_one", "pmo-one", "0.3"),)


def test_only_the_asked_group_is_read(tmp_path: Path) -> None:
    announce(
        tmp_path,
        "pmo_one-0.3.dist-info",
        f"[console_scripts]\nrun = x:y\n\n[{GROUP}]\none = pmo_one\n\n[{GROUP}.more]\ntwo = t\n",
    )
    assert [point.name for point in entry_points(GROUP, [str(tmp_path)])] == ["one"]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("one=pmo_one", "one", "pmo_one"),
        ("  one  =  pmo_one : plugin ", "one", "pmo_one : plugin"),
        ("one = pmo_one:plugin [extra]", "one", "pmo_one:plugin"),
    ],
)
def test_a_line_is_a_name_a_sign_and_a_value(
    tmp_path: Path, line: str, name: str, value: str
) -> None:
    announce(tmp_path, "x-1.dist-info", f"[{GROUP}]\n# a comment\n; another\n\n{line}\nnonsense\n")
    found = entry_points(GROUP, [str(tmp_path)])
    assert [(point.name, point.value) for point in found] == [(name, value)]


def test_an_egg_info_folder_counts(tmp_path: Path) -> None:
    announce(tmp_path, "pmo_one.egg-info", f"[{GROUP}]\none = pmo_one\n", header="PKG-INFO")
    assert entry_points(GROUP, [str(tmp_path)]) == (EntryPoint("one", "pmo_one", "pmo-one", "0.3"),)


def test_a_folder_without_metadata_names_itself(tmp_path: Path) -> None:
    announce(tmp_path, "pmo_one-2.1.dist-info", f"[{GROUP}]\none = m\n", header="OTHER")
    assert entry_points(GROUP, [str(tmp_path)]) == (EntryPoint("one", "m", "pmo_one", "2.1"),)


def test_the_first_of_two_copies_of_a_distribution_counts(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    announce(first, "pmo_one-0.3.dist-info", f"[{GROUP}]\none = here\n")
    announce(second, "pmo_one-0.2.dist-info", f"[{GROUP}]\none = there\n")
    found = entry_points(GROUP, [str(first), str(second)])
    assert [point.value for point in found] == ["here"]


def test_two_distributions_with_one_name_are_both_found(tmp_path: Path) -> None:
    announce(tmp_path, "pmo_one-0.3.dist-info", f"[{GROUP}]\none = a\n")
    announce(tmp_path, "other-1.dist-info", f"[{GROUP}]\none = b\n", identity="Name: other\n")
    found = entry_points(GROUP, [str(tmp_path)])
    assert [point.distribution for point in found] == ["other", "pmo-one"]


def test_what_is_no_folder_on_the_path_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "archive.zip").write_bytes(b"PK")
    path = [str(tmp_path / "archive.zip"), str(tmp_path / "nowhere"), str(tmp_path)]
    assert entry_points(GROUP, path) == ()


def test_the_scan_finds_what_the_standard_library_finds() -> None:
    assert entry_points("pytest11") == all_entry_points("pytest11")


def test_finding_them_does_not_import_the_slow_library(tmp_path: Path) -> None:
    announce(tmp_path, "pmo_one-0.3.dist-info", f"[{GROUP}]\none = pmo_one\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from pmo_core.plugins.entry_points import entry_points\n"
        f"assert [point.name for point in entry_points({GROUP!r})][0] == 'one'\n"
        "print('importlib.metadata' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
