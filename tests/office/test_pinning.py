"""S17.1: a further standard is kept whole, and one line of pmo.yaml pins it; nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core import Office, Refused, UnknownName
from pmo_core.office.pinning import pin_standard, place_of
from pmo_core.office.settings import FILE, Pin, read_settings

from .offices import TWO_GATES, office, project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office that pins tiny@1.0.0; its package lies in `package`."""
    office(tmp_path).close()
    return tmp_path / "office"


def other(tmp_path: Path, name: str = "tiny", version: str = "1.1.0", title: str = "Other") -> str:
    root = tmp_path / f"{name}-{version}-{title}"
    root.mkdir()
    text = TWO_GATES.replace("standard: tiny", f"standard: {name}")
    text = text.replace("version: 1.0.0", f"version: {version}")
    (root / "standard.yaml").write_text(text.replace("Two gates", title))
    (root / "record.schema.json").write_text('{"type": "object"}')
    return str(root)


def named(folder: Path) -> list[str]:
    return [f"{pin.id}@{pin.version}" for pin in read_settings(folder / FILE).pins]


def test_another_standard_comes_last_and_projects_can_follow_it(
    tmp_path: Path, folder: Path
) -> None:
    done = pin_standard(folder, other(tmp_path, "small", "2.0.0"))
    assert (done.already, done.newest, done.first, done.written) == (False, True, False, True)
    assert named(folder) == ["tiny@1.0.0", "small@2.0.0"]
    with Office.open(folder) as here:
        here.register("atlas", {"id": "atlas"}, standard="small", actor="kira")
        assert here.project("atlas").standard == "small@2.0.0"
    assert (folder / ".pmo" / "small-2.0.0.record.schema.json").is_file()


def test_a_newer_version_comes_first_so_that_new_projects_follow_it(
    tmp_path: Path, folder: Path
) -> None:
    with Office.open(folder) as here:
        project(here, "atlas")
    done = pin_standard(folder, other(tmp_path, version="1.10.0"))
    assert (done.newest, done.first) == (True, True)
    pin_standard(folder, other(tmp_path, version="1.9.0"))
    assert named(folder) == ["tiny@1.10.0", "tiny@1.9.0", "tiny@1.0.0"]
    with Office.open(folder) as here:
        here.register("borea", {"id": "borea"}, actor="kira")
        assert here.project("borea").standard == "tiny@1.10.0"
        assert here.project("atlas").standard == "tiny@1.0.0"
        assert next(iter(here.standings("atlas"))).found.standard.name == "tiny@1.0.0"


def test_an_event_names_its_standard_as_the_settings_pin_it(folder: Path) -> None:  # S15.1
    with Office.open(folder) as here:
        project(here, "atlas")
        events = here.store.events("atlas")
        assert {one.versions["standard"] for one in events} == {str(here.settings.pins[0])}


@pytest.mark.parametrize(
    ("version", "at"), [("2", 0), ("1.5", 1), ("1.0.1", 2), ("0.9", 2), ("1.4.9", 1)]
)
def test_versions_are_ordered_as_numbers(version: str, at: int) -> None:
    digest = read_pin("tiny", "1").digest
    pins = (Pin("tiny", "1.10", digest), Pin("tiny", "1.4", digest), Pin("small", "9", digest))
    assert place_of(pins, Pin("tiny", version, digest)) == at


def read_pin(name: str, version: str) -> Pin:
    from pmo_core.office.settings import parse_pin

    pin = parse_pin(f"{name}@{version}#sha256:{'0' * 64}")
    assert pin is not None
    return pin


def test_one_line_is_put_in_and_no_other_byte_changes(tmp_path: Path, folder: Path) -> None:
    file = folder / FILE
    text = file.read_text().replace("  - tiny", "    -   tiny") + "x-note: mine   # keep this\n"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    before = file.read_bytes().split(b"\r\n")
    file.chmod(0o640)
    done = pin_standard(folder, other(tmp_path, "small"))
    after = file.read_bytes().split(b"\r\n")
    assert done.line is not None
    added = after.pop(done.line - 1)
    assert added == f"    - {done.pin}".encode()
    assert after == before
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "pattern", ["standards: [{}]", "standards:\n  [ {} ]", "standards: [\n{}]"]
)
def test_a_list_without_a_line_for_each_is_left_to_the_person(
    tmp_path: Path, folder: Path, pattern: str
) -> None:
    file = folder / FILE
    pin = str(read_settings(file).pins[0])
    file.write_text(f"language: 1\noffice: tests\nzone: UTC\n{pattern.format(pin)}\n")
    before = file.read_bytes()
    done = pin_standard(folder, other(tmp_path, "small"))
    assert (done.line, done.written, file.read_bytes()) == (None, True, before)
    file.write_text(f"language: 1\noffice: tests\nzone: UTC\nstandards: [{pin}, {done.pin}]\n")
    with Office.open(folder) as here:
        assert here.standard(done.pin.digest).id == "small"


def test_what_is_pinned_already_is_not_pinned_again(tmp_path: Path, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    done = pin_standard(folder, str(tmp_path / "package"))
    assert (done.already, done.written, done.first) == (True, False, True)
    assert (folder / FILE).read_bytes() == before


def test_a_version_has_one_content(tmp_path: Path, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    with pytest.raises(Refused, match=r"tiny@1\.0\.0 is pinned already, with another content"):
        pin_standard(folder, other(tmp_path, version="1.0.0"))
    assert (folder / FILE).read_bytes() == before


def test_a_dry_run_keeps_nothing(tmp_path: Path, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    done = pin_standard(folder, other(tmp_path, "small"), dry_run=True)
    assert (done.written, (folder / FILE).read_bytes()) == (False, before)
    assert done.line is not None
    with Office.open(folder) as here:
        assert not here.store.has_blob(done.pin.digest)


def test_without_an_office_there_is_nothing_to_pin_to(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        pin_standard(tmp_path, "essentials")
