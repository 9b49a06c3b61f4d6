"""Which office a command means: named, by the environment, or around the folder it runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core.errors import UnknownName
from pmo_core.office.finding import VARIABLE, find_office
from pmo_core.office.settings import FILE


def office(folder: Path) -> Path:
    """A folder with settings in it; nothing is asked of what they say."""
    folder.mkdir(parents=True)
    (folder / FILE).touch()
    return folder


def told(named: str | None, environment: dict[str, str], here: Path) -> UnknownName:
    """The error of a search that finds nothing."""
    with pytest.raises(UnknownName) as caught:
        find_office(named, environment, here)
    return caught.value


def test_what_is_named_counts_before_all_else(tmp_path: Path) -> None:
    named, by_variable, around = (office(tmp_path / name) for name in ("a", "b", "c"))
    environment = {VARIABLE: str(by_variable)}
    assert find_office(str(named), environment, around) == named
    assert find_office(None, environment, around) == by_variable
    assert find_office(None, {}, around) == around


def test_the_nearest_office_above_is_found(tmp_path: Path) -> None:
    outer = office(tmp_path / "outer")
    inner = office(outer / "inner")
    deep = inner / "projects" / "2026"
    deep.mkdir(parents=True)
    assert find_office(None, {}, deep) == inner
    assert find_office(None, {}, outer) == outer


def test_names_count_from_the_folder_in_which_the_command_runs(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    found = office(tmp_path / "there")
    assert find_office("../there", {}, here).samefile(found)
    assert find_office(None, {VARIABLE: "../there"}, here).samefile(found)
    assert find_office(str(found), {}, here) == found


def test_the_settings_may_be_named_for_their_folder(tmp_path: Path) -> None:
    found = office(tmp_path / "there")
    assert find_office(str(found / FILE), {}, tmp_path) == found


def test_an_empty_variable_names_nothing(tmp_path: Path) -> None:
    found = office(tmp_path / "there")
    assert find_office(None, {VARIABLE: ""}, found) == found


def test_an_office_with_broken_settings_is_found_all_the_same(tmp_path: Path) -> None:
    """Its settings say what is wrong; another office further up is not the one that was meant."""
    outer = office(tmp_path / "outer")
    inner = outer / "inner"
    (inner / FILE).mkdir(parents=True)
    assert find_office(None, {}, inner) == inner
    (outer / "linked").mkdir()
    (outer / "linked" / FILE).symlink_to(tmp_path / "nowhere")
    assert find_office(None, {}, outer / "linked") == outer / "linked"


def test_no_office_is_told_with_the_way_to_one(tmp_path: Path) -> None:
    error = told(None, {}, tmp_path)
    assert error.message == f"no office here or above {str(tmp_path)!r}: there is no pmo.yaml"
    assert error.remedy == "Found one with pmo init DIR, or name one with --office DIR"


@pytest.mark.parametrize(("named", "environment"), [("x", {}), (None, {VARIABLE: "x"})])
def test_a_wrong_name_is_told_and_no_other_office_is_taken(
    named: str | None, environment: dict[str, str], tmp_path: Path
) -> None:
    here = office(tmp_path / "here")
    by = VARIABLE if named is None else "--office"
    missing = told(named, environment, here)
    assert missing.message == f"{by} 'x': there is no such folder"
    assert missing.remedy == "Check the path, or found an office there: pmo init x"
    (here / "x").touch()
    assert told(named, environment, here).message == f"{by} 'x' is no folder"
    (here / "x").unlink()
    (here / "x").mkdir()
    bare = told(named, environment, here)
    assert bare.message == f"{by} 'x' is no office: there is no pmo.yaml in it"
    assert bare.remedy == (
        "Name the folder with the pmo.yaml, or found an office there: pmo init x"
    )


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5_000])
def test_what_can_be_no_name_of_a_folder_is_told(name: str, tmp_path: Path) -> None:
    assert told(name, {}, tmp_path).exit_code == 2
