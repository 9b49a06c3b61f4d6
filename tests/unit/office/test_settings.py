"""The settings of an office: what `pmo.yaml` says, and the schema that editors complete it by."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from pmo_core.documents import Json, join_pointer
from pmo_core.errors import InvalidSettings, PmoError, Unavailable, UnknownName
from pmo_core.office.settings import (
    FILE,
    LANGUAGE,
    LONGEST_TITLE,
    WEEKDAYS,
    Held,
    Person,
    Pin,
    id_fault,
    parse_pin,
    read_settings,
    settings_schema,
    settings_schema_text,
)
from pmo_core.standards.grammar import meta_schema

DIGEST = "sha256:" + "c1d09e22" * 8
PIN = f"pm2@3.1.0#{DIGEST}"
LEAST = f"language: 1\noffice: brindal\nzone: Europe/Oslo\nstandards: ['{PIN}']\n"
WHOLE = f"""\
# $schema: .pmo/pmo.schema.json
language: 1
office: brindal
title: City of Brindal
language-tag: nb
zone: Europe/Oslo
calendar: {{weekdays: [sun, mon, tue, wed, thu], holidays: [2026-12-25, 2027-01-01]}}
standards:
  - {PIN}
  - kep@1.0.0#{DIGEST}
people:
  eva.stern: {{name: Eva Stern, mail: eva@brindal.example}}
  kira.dahl: {{name: Kira Dahl, x-desk: 14}}
roles:
  owner: eva.stern
  governance-chair:
    - {{person: kira.dahl, from: 2026-01-01, to: 2026-12-31, projects: [permit-portal]}}
    - eva.stern
plugins:
  kep: {{folder: keps, depth: 2}}
sources: ['kep:../enhancements']
x-notes: [of our own]
"""


def written(folder: Path, text: str) -> Path:
    """The settings in a folder."""
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_every_part_is_read(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, WHOLE))
    assert settings.office == "brindal"
    assert settings.title == "City of Brindal"
    assert settings.language_tag == "nb"
    assert settings.zone == "Europe/Oslo"
    assert settings.calendar.weekdays == {7, 1, 2, 3, 4}
    assert settings.calendar.holidays == {date(2026, 12, 25), date(2027, 1, 1)}
    assert [str(pin) for pin in settings.pins] == [PIN, f"kep@1.0.0#{DIGEST}"]
    assert settings.default_pin == Pin("pm2", "3.1.0", settings.pins[0].digest)
    assert dict(settings.people) == {
        "eva.stern": Person("eva.stern", "Eva Stern", "eva@brindal.example"),
        "kira.dahl": Person("kira.dahl", "Kira Dahl", None),
    }
    assert settings.roles == (
        Held("owner", "eva.stern"),
        Held(
            "governance-chair",
            "kira.dahl",
            date(2026, 1, 1),
            date(2026, 12, 31),
            ("permit-portal",),
        ),
        Held("governance-chair", "eva.stern"),
    )
    assert dict(settings.plugins) == {"kep": {"folder": "keps", "depth": 2}}
    assert settings.sources == ("kep:../enhancements",)
    assert settings.folder == tmp_path


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    """S10.3: an office works Monday to Friday unless it says otherwise."""
    settings = read_settings(written(tmp_path, LEAST))
    assert settings.title == "brindal"
    assert settings.language_tag is None
    assert settings.calendar.weekdays == {1, 2, 3, 4, 5}
    assert settings.calendar.holidays == frozenset()
    assert (dict(settings.people), settings.roles, dict(settings.plugins)) == ({}, (), {})
    assert settings.sources == ()


def test_without_a_list_of_people_any_id_holds_a_role(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, f"{LEAST}people: {{}}\nroles: {{owner: ola}}\n"))
    assert settings.roles == (Held("owner", "ola"),)


def test_holidays_alone_leave_the_weekdays_as_they_are(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, f"{LEAST}calendar: {{holidays: [2026-12-25]}}\n"))
    assert settings.calendar.weekdays == {1, 2, 3, 4, 5}
    assert not settings.calendar.works(date(2026, 12, 25))


def test_a_role_may_end_on_the_day_on_which_it_begins(tmp_path: Path) -> None:
    """S10.1: a limit is inclusive, so that is one day."""
    holder = "{person: ola, from: 2026-01-01, to: 2026-01-01}"
    settings = read_settings(written(tmp_path, f"{LEAST}roles: {{owner: [{holder}]}}\n"))
    assert settings.roles[0].start == settings.roles[0].end == date(2026, 1, 1)


def test_two_versions_of_one_standard_may_be_pinned(tmp_path: Path) -> None:
    text = LEAST.replace(f"'{PIN}'", f"'{PIN}', 'pm2@3.2.0#{DIGEST}'")
    assert [pin.version for pin in read_settings(written(tmp_path, text)).pins] == [
        "3.1.0",
        "3.2.0",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "pm2@3.1.0",
        f"pm2#{DIGEST}",
        f"pm2@3.1.0 #{DIGEST}",
        f"pm2@3.1.0#{DIGEST.upper()}",
        f"pm2@3.1.0#{DIGEST}0",
        f"Pm2@3.1.0#{DIGEST}",
        f"pm2@\u0663.1.0#{DIGEST}",
        f"pm2@3.1.0#{DIGEST}\n",
        "",
    ],
)
def test_a_pin_has_one_form(text: str) -> None:
    """S17.1: id, version and content digest, whole."""
    assert parse_pin(text) is None


def test_a_pin_is_written_as_it_was_read() -> None:
    pin = parse_pin(PIN)
    assert pin is not None
    assert str(pin) == PIN


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.mkdir()
    with pytest.raises(InvalidSettings, match="it is a folder, where the settings") as caught:
        read_settings(path)
    assert caught.value.source == str(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / FILE
    os.mkfifo(path)
    with pytest.raises(InvalidSettings, match="it is a pipe or device"):
        read_settings(path)


def test_settings_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="there is no such file") as caught:
        read_settings(tmp_path / FILE)
    assert caught.value.remedy == "Found an office: pmo init DIR"


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.symlink_to(path)
    with pytest.raises(Unavailable, match="it cannot be read: "):
        read_settings(path)


def test_a_file_larger_than_a_document_is_not_read_whole(tmp_path: Path) -> None:
    """S1.5."""
    path = written(tmp_path, LEAST)
    with path.open("ab") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(InvalidSettings, match="larger than 10 MB"):
        read_settings(path)


def test_sound_settings_cost_no_slow_import(tmp_path: Path) -> None:
    """Start-up: neither a database nor Python's own validator is needed to read them."""
    program = (
        "import sys; from pathlib import Path; from pmo_core.office.settings import read_settings\n"
        "read_settings(Path(sys.argv[1]))\n"
        "slow = {'jsonschema', 'sqlalchemy', 'importlib.metadata', 'transitions', 'pluggy'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(written(tmp_path, WHOLE))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "[]\n"


def test_the_schema_names_its_language() -> None:
    assert settings_schema()["$id"] == f"pmo:settings/{LANGUAGE}"


def parts(schema: Json, pointer: str = "") -> list[tuple[str, dict[str, Json]]]:
    """Each key and definition of a schema, by pointer."""
    found: list[tuple[str, dict[str, Json]]] = []
    if isinstance(schema, dict):
        for group in ("properties", "$defs"):
            members = schema.get(group)
            for name, one in members.items() if isinstance(members, dict) else ():
                here = pointer + join_pointer((group, name))
                assert isinstance(one, dict), here
                found.append((here, one))
                found.extend(parts(one, here))
    return found


PARTS = parts(settings_schema())


@pytest.mark.parametrize(("pointer", "schema"), PARTS, ids=[pointer for pointer, _one in PARTS])
def test_editors_can_explain_every_key(pointer: str, schema: dict[str, Json]) -> None:
    assert isinstance(schema.get("description"), str)
    if "$ref" not in schema:
        assert isinstance(schema.get("title"), str)


def test_every_example_of_the_schema_is_valid() -> None:
    whole = settings_schema()
    count = 0
    for pointer, schema in [("", whole), *PARTS]:
        validator = jsonschema.Draft202012Validator({**schema, "$defs": whole["$defs"]})
        examples = schema.get("examples", [])
        assert isinstance(examples, list)
        for example in examples:
            count += 1
            assert not list(validator.iter_errors(example)), (pointer, example)
    assert count > 30


def test_the_schema_is_one_for_other_programs_too() -> None:
    """Editors have validators of their own: it is valid under its own dialect."""
    jsonschema.Draft202012Validator.check_schema(json.loads(settings_schema_text()))


def test_ids_are_those_of_the_standard_language() -> None:
    """S1.3: one rule of ids, wherever it is written."""
    ours, theirs = settings_schema()["$defs"], meta_schema()["$defs"]
    assert isinstance(ours, dict)
    assert isinstance(theirs, dict)
    for key in ("pattern", "not"):
        mine, other = ours["id"], theirs["id"]
        assert isinstance(mine, dict)
        assert isinstance(other, dict)
        assert mine[key] == other[key]


@pytest.mark.parametrize("text", ["a", "0", "eva.stern", "a-b_c.d", "x" * 64, "2.7"])
def test_an_id_is_taken(text: str) -> None:
    """S1.3."""
    assert id_fault(text) is None


@pytest.mark.parametrize("text", ["", "A", "-a", "x" * 65, "no", "å", "a b", "a\n", "\u0661"])
def test_what_is_no_id_is_told(text: str) -> None:
    """S1.3."""
    assert id_fault(text) is not None


def test_the_schema_and_the_code_have_the_same_words() -> None:
    definitions, properties = settings_schema()["$defs"], settings_schema()["properties"]
    assert isinstance(definitions, dict)
    assert isinstance(properties, dict)
    weekday, title = definitions["weekday"], properties["title"]
    assert isinstance(weekday, dict)
    assert isinstance(title, dict)
    assert weekday["enum"] == list(WEEKDAYS)
    assert title["maxLength"] == LONGEST_TITLE


def test_an_error_is_one_of_settings(tmp_path: Path) -> None:
    """S16: also where the text is no YAML."""
    with pytest.raises(PmoError) as caught:
        read_settings(written(tmp_path, "a: [\n"))
    assert caught.value.kind == "invalid-settings"
    assert caught.value.exit_code == 3
