"""A package of a standard on disk: nothing outside it is reached, whatever stands in it (S7.1)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_core.errors import PmoError, UnknownName
from pmo_core.office.packages import PackageFiles, find_package, load_standard

if not hasattr(os, "mkfifo"):
    pytest.skip("needs pipes with names, and links", allow_module_level=True)

BASE = Path(__file__).parent / "base"
SCHEMA = "record.schema.json"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the good standard, beside a file that is nobody's business."""
    (tmp_path / "secret.json").write_text('{"secret": true}')
    return Path(shutil.copytree(BASE, tmp_path / "base"))


def replaced(path: Path, make: Callable[[Path], object]) -> None:
    """Something else in the place of a file."""
    path.unlink()
    make(path)


def refusal(package: Path) -> str:
    """What is said where the standard does not load; the folder is called base."""
    with pytest.raises(PmoError) as caught:
        load_standard(package)
    assert caught.value.exit_code in (2, 3, 69)
    return str(caught.value).replace(str(package), "base")


NO_SCHEMA = f"base/standard.yaml:5:18: the package has no file '{SCHEMA}'."


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.symlink_to("../secret.json"),
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.symlink_to(SCHEMA),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.symlink_to("guidance/planned.md"),
        lambda path: path.mkdir(),
        lambda path: os.mkfifo(path),
        lambda path: None,
    ],
    ids=[
        "link-out",
        "link-to-root",
        "link-to-itself",
        "link-to-nothing",
        "link-inside",
        "folder",
        "pipe",
        "gone",
    ],
)
def test_a_schema_is_a_file_of_the_package(package: Path, make: Callable[[Path], object]) -> None:
    replaced(package / SCHEMA, make)
    assert refusal(package) == NO_SCHEMA


def test_a_folder_of_the_package_is_no_link(package: Path) -> None:
    (package / "schemas").symlink_to("..")
    text = (package / "standard.yaml").read_text()
    (package / "standard.yaml").write_text(text.replace(SCHEMA, "schemas/secret.json"))
    assert refusal(package) == (
        "base/standard.yaml:5:18: the package has no file 'schemas/secret.json'."
    )


def test_a_reference_leads_through_no_link(package: Path) -> None:
    (package / "more.json").symlink_to("../secret.json")
    (package / SCHEMA).write_text('{\n  "$ref": "more.json"\n}\n')
    assert refusal(package) == f"base/{SCHEMA}:2:11: the package has no file 'more.json'."


def test_the_standard_itself_is_no_link(package: Path) -> None:
    replaced(package / "standard.yaml", lambda path: path.symlink_to("../secret.json"))
    assert refusal(package) == (
        "base/standard.yaml: a symbolic link, and nothing outside a package is read. "
        "Put the file itself there."
    )


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_the_standard_itself_is_a_file(package: Path, make: Callable[[Path], object]) -> None:
    replaced(package / "standard.yaml", make)
    assert refusal(package) == (
        "base: no standard.yaml in it. A standard is a folder with a standard.yaml."
    )


@pytest.mark.parametrize("name", ["standard.yaml", SCHEMA])
def test_a_file_is_no_larger_than_ten_megabytes(package: Path, name: str) -> None:
    with (package / name).open("ab") as file:
        file.truncate(10_000_001)
    assert refusal(package).startswith(f"base/{name}: the file is larger than 10 MB. Split it")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.json",
        "guidance/../../secret.json",
        "guidance/../record.schema.json",
        "./record.schema.json",
        "/etc/passwd",
        "//etc/passwd",
        "",
        ".",
        "guidance",
        "guidance/",
        "guidance\\planned.md",
        "record.schema.json/",
        "record.schema.json/x",
        "record.schema.json\0",
        "x" * 300,
        "x/" * 3_000,
    ],
)
def test_what_is_no_path_within_the_package_is_no_file_of_it(package: Path, path: str) -> None:
    files = PackageFiles(package)
    assert path not in files
    assert files.get(path) is None
    with pytest.raises(KeyError):
        files[path]


def test_only_its_own_files_are_listed(package: Path) -> None:
    (package / "out").symlink_to("/etc")
    (package / "loop").symlink_to(".")
    (package / "secret").symlink_to("../secret.json")
    os.mkfifo(package / "pipe")
    assert list(PackageFiles(package)) == ["guidance/planned.md", SCHEMA, "standard.yaml"]


def test_the_package_itself_may_be_a_link(package: Path) -> None:
    """Or no office could keep its standards where it wants them."""
    link = package.parent / "link"
    link.symlink_to(package)
    assert load_standard(link).name == "base@1.0.0"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("./nowhere", "no folder './nowhere' with a standard in it"),
        ("nowhere", "no standard 'nowhere' is installed"),
        ("essentails", "no standard 'essentails' is installed. Did you mean 'essentials'?"),
        ("essentials@0", "standard 'essentials' has no version '0' here. Installed: 1.0.0"),
        ("essentials@../1.0.0", "no folder 'essentials@../1.0.0' with a standard in it"),
        ("\u0435ssentials", "no standard '\u0435ssentials' is installed"),
        ("esse\u200bntials", "no standard 'esse\\u200bntials' is installed"),
        ("", "no standard '' is installed"),
        ("x" * 5_000, "no standard 'xxx"),
        ("/" + "x" * 5_000, "no folder '/xxx"),
        ("\0", "no standard '\\x00' is installed"),
        ("/etc/passwd", "'/etc/passwd' is a file, and a standard is a folder"),
        ("~nobody/x", "no folder '~nobody/x'"),
    ],
)
def test_a_name_that_is_none_is_told(name: str, message: str) -> None:
    """S16: UnknownName, exit 2."""
    with pytest.raises(UnknownName) as caught:
        find_package(name)
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_of_several_versions_the_highest_is_taken_whatever_the_others_are_called(
    package: Path,
) -> None:
    folder = package.parent / "house"
    for name in ("1.0.0", "1.10.0", "1.9.0", "²", "٣", "latest", "9" * 200):
        shutil.copytree(package, folder / name)
    assert find_package(folder).name == "1.10.0"


def test_an_unreadable_file_of_it_is_69(
    package: Path, unprivileged: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """S16: Unavailable; the file is there, and no change of the standard would help."""
    (package / SCHEMA).chmod(0)
    done = unprivileged(["standard", "lint", str(BASE)], ["standard", "lint", str(package)])
    told = f"{package / SCHEMA}: it cannot be read: Permission denied. Check its permissions.\n"
    assert done.stderr.endswith(told)
    assert done.returncode == 69


def test_a_folder_of_it_that_nobody_may_enter_is_69(
    package: Path, unprivileged: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (package / "schemas").mkdir()
    (package / SCHEMA).write_text('{"$ref": "schemas/a.json"}')
    (package / "schemas").chmod(0)
    done = unprivileged(["standard", "lint", str(BASE)], ["standard", "lint", str(package)])
    assert f"{package}/schemas/a.json: it cannot be read: Permission denied" in done.stderr
    assert done.returncode == 69
