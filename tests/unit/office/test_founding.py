"""A new office is whole or not there; what it holds is what its settings pin."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest

from pmo_core.documents import DEFAULT_LIMITS, read_yaml, resolve
from pmo_core.errors import InvalidSettings, PmoError, Refused, Unavailable, UnknownName
from pmo_core.ledger.store import Store
from pmo_core.office.folders import ledger_path, record_schema_path, write_record_schema
from pmo_core.office.founding import Founded, found_office
from pmo_core.office.packages import load_standard
from pmo_core.office.pinned import load_pinned
from pmo_core.office.records import load_record
from pmo_core.office.settings import FILE, LONGEST_TITLE, read_settings
from pmo_core.standards.digests import content_digest

STANDARDS = ("pm2", "essentials", "p3express", "kep")
TINY = """\
language: 1
standard: tiny
version: 1.0.0
title: Tiny
record: {schema: record.schema.json}
lifecycle:
  initial: open
  phases: [open, closed]
  gates: {}
"""
PARTS = {".pmo", "pmo.yaml", "projects"}
TRY = """
import os, resource, sys
from pathlib import Path
from pmo_core.errors import PmoError
from pmo_core.office.founding import found_office

folder, standard = Path(sys.argv[1]), sys.argv[2]
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for words in sys.argv[3:]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(words), hard))
    try:
        found_office(folder, standard)
    except PmoError as error:
        print(error.kind, error.source == str(folder), sorted(os.listdir(folder.parent)))
        print(sorted(os.listdir(folder)) if folder.exists() else None)
    else:
        print("founded")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
"""


def tiny(folder: Path, schema: object) -> str:
    """A small standard with that record schema, by its path."""
    folder.mkdir(parents=True)
    (folder / "standard.yaml").write_text(TINY, encoding="utf-8")
    (folder / "record.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A standard that loads fast."""
    schema = {"type": "object", "required": ["id", "title"], "properties": {"id": {}, "title": {}}}
    return tiny(tmp_path_factory.mktemp("standards") / "tiny", schema)


def listing(folder: Path) -> set[str]:
    """Everything in a folder, at any depth."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def is_whole(folder: Path) -> bool:
    """Whether an office is all there, and can be used."""
    pin = read_settings(folder / FILE).default_pin
    with Store.open(ledger_path(folder)) as store:
        standard = load_pinned(store, pin)
    return record_schema_path(folder, standard).is_file()


@pytest.mark.parametrize("name", STANDARDS)
def test_an_office_holds_the_standard_that_it_pins(name: str, tmp_path: Path) -> None:
    """S17.1: the pin is the content digest, and the package can be had from the ledger alone."""
    founded = found_office(tmp_path / "my-office", name, zone="Europe/Oslo")
    installed = load_standard(name)
    settings = read_settings(founded.folder / FILE)
    assert settings.pins == (founded.pin,)
    assert founded.pin.digest == content_digest(installed.files)
    assert (settings.office, settings.title, settings.zone) == (
        "my-office",
        "my-office",
        "Europe/Oslo",
    )
    with Store.open(ledger_path(founded.folder)) as store:
        assert store.office == "my-office"
        assert store.count() == 0
        kept = load_pinned(store, founded.pin)
        assert (kept.name, kept.digest) == (installed.name, installed.digest)
        assert dict(kept.files) == dict(installed.files)


@pytest.mark.parametrize("name", STANDARDS)
def test_the_example_is_a_valid_record(name: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "my-office", name)
    assert founded.example is not None
    record = load_record(founded.example, founded.standard)
    assert record.id == "example"
    assert founded.standard.record_schema.is_valid(record.value)
    for track, pointer in founded.standard.binding.phase.items():
        assert resolve(record.value, pointer) == founded.standard.tracks[track].initial


@pytest.mark.parametrize("name", STANDARDS)
def test_editors_find_a_schema_for_each_file(name: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "my-office", name)
    assert founded.example is not None
    for path in (founded.folder / FILE, founded.example):
        text = path.read_text(encoding="utf-8")
        named = re.match(r"# \$schema: (\S+)\n", text)
        assert named is not None
        schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        value = read_yaml(text.encode(), path.name, scalars=founded.standard.scalars).value
        if path.name == FILE:
            value = read_yaml(text.encode(), path.name).value
        jsonschema.Draft202012Validator(schema).validate(value)
        assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", STANDARDS)
def test_what_is_commented_out_in_the_settings_can_be_used(name: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "my-office", name)
    path = founded.folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (?=  |\w+:\n)", "", text, flags=re.MULTILINE), encoding="utf-8")
    settings = read_settings(path)
    assert settings.people
    assert settings.plugins
    known = {one for one, role in founded.standard.roles.items() if not role.is_body}
    assert {held.role for held in settings.roles} <= known or not known


def test_no_secret_stands_in_any_file_of_an_office(small: str, tmp_path: Path) -> None:
    found_office(tmp_path / "o", small)
    text = (tmp_path / "o" / FILE).read_text(encoding="utf-8")
    keys = re.findall(r"^[# ]*([\w-]+):", text, re.MULTILINE)
    assert not {"password", "token", "secret", "key"}.intersection(keys)


def test_the_ledger_is_kept_out_of_version_control_and_the_schemas_are_not(
    small: str, tmp_path: Path
) -> None:
    founded = found_office(tmp_path / "o", small)
    lines = (founded.folder / ".pmo" / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    ledger = ledger_path(founded.folder).name
    for name in (ledger, f"{ledger}-wal", f"{ledger}-shm"):
        assert any(fnmatch(name, pattern) for pattern in patterns)
    schema = record_schema_path(founded.folder, founded.standard).name
    assert not any(fnmatch(schema, pattern) for pattern in patterns)


@pytest.mark.parametrize(
    ("folder", "office"),
    [
        ("my-office", "my-office"),
        ("My Office", "my-office"),
        ("Ångström & Søn", "angstrom-sn"),
        ("_.hidden", "hidden"),
        ("2026", "2026"),
        ("a" * 255, "a" * 64),
    ],
)
def test_the_id_is_made_of_the_name_of_the_folder(
    folder: str, office: str, small: str, tmp_path: Path
) -> None:
    """S1.3."""
    founded = found_office(tmp_path / folder, small)
    assert founded.office == office
    settings = read_settings(founded.folder / FILE)
    assert (settings.office, settings.title) == (office, folder[:LONGEST_TITLE])


@pytest.mark.parametrize("folder", ["事務所", "no", "---"])
def test_a_folder_whose_name_makes_no_id_asks_for_one(
    folder: str, small: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidSettings, match="no id for the office can be made") as caught:
        found_office(tmp_path / folder, small)
    assert caught.value.remedy == "Give it one: --id ID"
    assert listing(tmp_path) == set()
    founded = found_office(tmp_path / folder, small, office_id="brindal")
    assert read_settings(founded.folder / FILE).title == folder


@pytest.mark.parametrize("text", ["1e3", "yes: no", "- a", "'", "a #b", "0o7", "x\ny", "~", "é"])
def test_any_title_is_kept_as_it_was_given(text: str, small: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "o", small, title=text)
    assert read_settings(founded.folder / FILE).title == text


@pytest.mark.skipif(sys.platform != "linux", reason="only here are names of files any bytes")
def test_a_folder_may_have_a_name_that_is_no_text(small: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / os.fsdecode(b"caf\xe9"), small)
    settings = read_settings(founded.folder / FILE)
    assert (settings.office, settings.title) == ("caf", "caf\ufffd")


def no_id(folder: Path, standard: str) -> Founded:
    return found_office(folder, standard, office_id="My Office")


def no_zone(folder: Path, standard: str) -> Founded:
    return found_office(folder, standard, zone="Europe/Olso")


def no_title(folder: Path, standard: str) -> Founded:
    return found_office(folder, standard, title="x" * 201)


def no_standard(folder: Path, standard: str) -> Founded:
    return found_office(folder, "pm3")


@pytest.mark.parametrize(
    ("try_it", "kind", "message", "remedy"),
    [
        (no_id, InvalidSettings, "'My Office' is no id", "Choose another --id"),
        (no_zone, InvalidSettings, "'Europe/Olso' is no time zone", "Did you mean 'Europe/Oslo'?"),
        (no_title, InvalidSettings, "1 to 200 characters", "Choose another --title"),
        (no_standard, UnknownName, "no standard 'pm3' is installed", "Did you mean 'pm2'?"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_written(
    try_it: Callable[[Path, str], Founded],
    kind: type[PmoError],
    message: str,
    remedy: str,
    small: str,
    tmp_path: Path,
) -> None:
    with pytest.raises(kind, match=re.escape(message)) as caught:
        try_it(tmp_path / "o", small)
    assert caught.value.remedy == remedy
    assert listing(tmp_path) == set()


def test_folders_above_a_new_office_are_made_with_it(small: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "a" / "b" / "c", small)
    assert is_whole(founded.folder)
    assert listing(tmp_path / "a") - {"b", "b/c"} == {
        f"b/c/{name}" for name in listing(founded.folder)
    }


def test_an_office_may_be_founded_among_other_files(small: str, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours")
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "bikes.yaml").write_text("id: bikes\n")
    founded = found_office(tmp_path, small, office_id="o")
    assert is_whole(tmp_path)
    assert founded.example is None
    assert {path.name for path in tmp_path.iterdir()} == {*PARTS, "README.md"}
    assert [path.name for path in (tmp_path / "projects").iterdir()] == ["bikes.yaml"]


def test_an_empty_folder_of_projects_gets_the_example(small: str, tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    founded = found_office(tmp_path, small, office_id="o")
    assert founded.example is not None
    assert {path.name for path in tmp_path.iterdir()} == PARTS


def test_an_office_is_not_founded_over_another(small: str, tmp_path: Path) -> None:
    found_office(tmp_path / "o", small)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with pytest.raises(Refused, match=r"has pmo\.yaml and \.pmo already; nothing was written"):
        found_office(tmp_path / "o", small)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("name", sorted(PARTS))
def test_what_stands_in_the_way_is_named(name: str, small: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("ours")
    with pytest.raises(Refused, match=re.escape(f"has {name} already")):
        found_office(tmp_path, small, office_id="o")
    assert listing(tmp_path) == {name}


def test_a_file_is_no_place_for_an_office(small: str, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("ours")
    with pytest.raises(Refused, match="is there, and is no folder"):
        found_office(tmp_path / "o", small)
    with pytest.raises(Unavailable, match="it cannot be written: Not a directory"):
        found_office(tmp_path / "o" / "inside", small)
    assert listing(tmp_path) == {"o"}


def test_a_name_that_no_disk_takes_is_told(small: str, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="it cannot be written: "):
        found_office(tmp_path / ("a" * 5_000), small)
    assert listing(tmp_path) == set()


def interrupted_at(
    step: int, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], *, after: bool
) -> bool:
    """Whether Ctrl-C came at that step: the making, moving or writing of a file or folder."""
    count = 0

    def watched(name: str, owner: object) -> None:
        real = getattr(owner, name)

        def call(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == step and not after:
                raise KeyboardInterrupt
            result = real(*arguments, **options)
            if count == step:
                raise KeyboardInterrupt
            return result

        patch.setattr(owner, name, call)

    with monkeypatch.context() as patch:
        watched("rename", os)
        watched("link", os)
        watched("replace", os)
        watched("mkdir", Path)
        watched("write_bytes", Path)
        try:
            act()
        except KeyboardInterrupt:
            return True
        return False


@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_interrupt_leaves_nothing_half_made(
    exists: bool, after: bool, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = 0
    came = True
    while came:
        step += 1
        parent = tmp_path / str(step)
        parent.mkdir()
        folder = parent / "office"
        if exists:
            folder.mkdir()
            (folder / "README.md").write_text("ours")
        before = listing(parent)
        came = interrupted_at(
            step, monkeypatch, lambda at=folder: found_office(at, small), after=after
        )
        if listing(parent) != before:
            assert is_whole(folder), step
            assert {path.name for path in folder.iterdir()} - {"README.md"} == PARTS
            assert {path.name for path in parent.iterdir()} == {"office"}
    assert step > 8


@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is played by a limit of POSIX")
@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
def test_a_full_disk_leaves_nothing_half_made(exists: bool, small: str, tmp_path: Path) -> None:
    """S16: it is Unavailable, and the next try succeeds once there is room."""
    folder = tmp_path / "office"
    if exists:
        folder.mkdir()
    limits = ["0", "100", "3000", "9000", "40000"]
    ran = subprocess.run(
        [sys.executable, "-c", TRY, str(folder), small, *limits, str(2**40)],
        capture_output=True,
        text=True,
        check=True,
    )
    *failed, last = ran.stdout.splitlines()
    beside, inside = ("['office']", "[]") if exists else ("[]", "None")
    assert failed == [f"unavailable True {beside}", inside] * len(limits)
    assert last == "founded"
    assert is_whole(folder)


@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
def test_of_two_who_found_one_office_one_does(exists: bool, small: str, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    if exists:
        folder.mkdir()

    def attempt(number: int) -> str:
        try:
            return found_office(folder, small, office_id=f"office-{number}").office
        except Refused:
            return "refused"

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(attempt, range(4)))
    assert came.count("refused") == 3
    (office,) = set(came) - {"refused"}
    assert read_settings(folder / FILE).office == office
    with Store.open(ledger_path(folder)) as store:
        assert store.office == office
    assert is_whole(folder)
    assert {path.name for path in tmp_path.iterdir()} == {"office"}


@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
def test_what_another_put_there_meanwhile_is_left_alone(
    exists: bool, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "office"
    if exists:
        folder.mkdir()
    theirs = folder / ".pmo" / "ledger.sqlite" if exists else folder / "notes.md"
    real = os.rename

    def late(source: Path, target: Path) -> None:
        theirs.parent.mkdir(parents=True, exist_ok=True)
        theirs.write_text("theirs")
        real(source, target)

    monkeypatch.setattr(os, "rename", late)
    with pytest.raises(Refused, match="something came in the way"):
        found_office(folder, small)
    assert theirs.read_text() == "theirs"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {theirs}


@pytest.mark.parametrize(
    "schema",
    [
        {"required": ["id", "code"], "properties": {"code": {"type": "string", "pattern": "^X-"}}},
        {"properties": {"id": {"const": "other"}}, "required": ["id"]},
        {"maxProperties": 0},
    ],
)
def test_where_no_example_can_be_guessed_there_is_none(schema: object, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "o", tiny(tmp_path / "tiny", schema))
    assert founded.example is None
    assert is_whole(founded.folder)
    assert listing(founded.folder / "projects") == set()


def test_the_example_has_what_the_record_schema_requires(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "required": ["id", "cost", "tags", "kind", "of"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "cost": {"$ref": "#/$defs/cost"},
            "tags": {"type": "array", "minItems": 1, "items": {"examples": ["green", "blue"]}},
            "kind": {"enum": ["bridge", "road"]},
            "of": {
                "allOf": [{"properties": {"deep": {"type": "boolean"}}}],
                "required": ["deep"],
            },
        },
        "$defs": {"cost": {"type": "integer", "minimum": 5}},
    }
    founded = found_office(tmp_path / "o", tiny(tmp_path / "tiny", schema))
    assert founded.example is not None
    assert read_yaml(founded.example.read_bytes(), "example.yaml").value == {
        "id": "example",
        "cost": 5,
        "tags": ["green"],
        "kind": "bridge",
        "of": {"deep": False},
    }


def test_the_record_schema_is_written_anew_only_where_it_differs(
    small: str, tmp_path: Path
) -> None:
    founded = found_office(tmp_path / "o", small)
    path = record_schema_path(founded.folder, founded.standard)
    before = path.stat().st_mtime_ns
    assert write_record_schema(founded.folder, founded.standard) == path
    assert path.stat().st_mtime_ns == before
    wanted = path.read_bytes()
    path.write_text("{}")
    write_record_schema(founded.folder, founded.standard)
    assert path.read_bytes() == wanted
    assert {one.name for one in path.parent.iterdir()} == {
        ".gitignore",
        "ledger.sqlite",
        "pmo.schema.json",
        "tiny-1.0.0.record.schema.json",
    }


def test_a_schema_that_cannot_be_written_is_told(small: str, tmp_path: Path) -> None:
    founded = found_office(tmp_path / "o", small)
    path = record_schema_path(founded.folder, founded.standard)
    path.unlink()
    path.mkdir()
    with pytest.raises(Unavailable, match="it cannot be written: "):
        write_record_schema(founded.folder, founded.standard)
    assert not [one for one in path.parent.iterdir() if one.name.startswith(f".{path.name}")]


def test_a_schema_for_editors_is_within_what_pmo_reads(tmp_path: Path) -> None:
    """S1.5."""
    founded = found_office(tmp_path / "o", "pm2")
    size = record_schema_path(founded.folder, founded.standard).stat().st_size
    assert size < DEFAULT_LIMITS.document_bytes
