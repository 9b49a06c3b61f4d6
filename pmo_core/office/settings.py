"""An office's settings: the `pmo.yaml` in its folder, read and checked whole.

Nothing in it is secret. What a standard says is not looked at here: whether a role or a plugin
that the settings name is there, whoever needs it finds out.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from pkgutil import get_data
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import DEFAULT_LIMITS, Digest, Scalars, read_yaml
from pmo_core.documents.shapes import as_list, as_object, as_text
from pmo_core.errors import InvalidDocument, InvalidSettings, Unavailable, UnknownName
from pmo_core.standards.instants import Calendar, parse_date, parse_duration

if TYPE_CHECKING:
    from pmo_core.documents import Document, Json, JsonObject

FILE: Final = "pmo.yaml"
"""The file that makes a folder an office."""

LANGUAGE: Final = 1
"""The version of the settings' language that is read here."""

LONGEST_TITLE: Final = 200
"""Characters of an office's title."""

USUAL_DEADLINE: Final = 30.0
"""Seconds that a plugin has for each answer where the office does not say."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_YAML_WORDS: Final = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false", "null"})
_PIN: Final = re.compile(
    r"([a-z0-9][a-z0-9._-]{0,63})"
    r"@([0-9]{1,6}(?:\.[0-9]{1,6}){0,2}(?:-[0-9a-z][0-9a-z.-]{0,31})?)"
    r"#(sha256:[0-9a-f]{64})",
    re.ASCII,
)


class Person(NamedTuple):
    """Someone who acts in the office.

    Attributes:
        id: by which roles, votes and decisions name the person.
        name: as it is shown.
        mail: where messages reach the person; None where nobody said.
    """

    id: str
    name: str
    mail: str | None = None


class Held(NamedTuple):
    """One person in one role.

    Attributes:
        role: its id in the standard.
        person: the person's id.
        start: the first day; None where there is none.
        end: the last day, which counts; None where there is none.
        projects: the ids of those for which it counts; empty for the whole office.
    """

    role: str
    person: str
    start: date | None = None
    end: date | None = None
    projects: tuple[str, ...] = ()


class Pin(NamedTuple):
    """A version of a standard and the digest of its content (S17.1)."""

    id: str
    version: str
    digest: Digest

    def __str__(self) -> str:
        return f"{self.id}@{self.version}#{self.digest}"


class Settings(NamedTuple):
    """What an office's `pmo.yaml` says.

    Attributes:
        office: its id, with which the ledger's chains begin.
        title: its name for people.
        zone: IANA name of the time zone whose midnights limit dates (S10.1).
        calendar: the days on which it works.
        pins: of its standards, at least one.
        people: by id; empty where the office keeps no list, and any id will do.
        roles: who holds which, in the order of the file.
        plugins: name -> settings, for each plugin that the office loads, and no other.
        folder: the office's root, in which the file lies.
        language_tag: in which texts are shown where a standard has several; None where the
            office does not say.
        sources: where records of other systems come from, as `scheme:target` (S8.2).
        deadline: seconds that a plugin has for each answer.
    """

    office: str
    title: str
    zone: str
    calendar: Calendar
    pins: tuple[Pin, ...]
    people: Mapping[str, Person]
    roles: tuple[Held, ...]
    plugins: Mapping[str, JsonObject]
    folder: Path
    language_tag: str | None = None
    sources: tuple[str, ...] = ()
    deadline: float = USUAL_DEADLINE

    @property
    def default_pin(self) -> Pin:
        """The standard of a new project for which nobody names another."""
        return self.pins[0]


def parse_pin(text: str) -> Pin | None:
    """The pin that `pm2@3.1.0#sha256:...` writes; None for any other shape."""
    match = _PIN.fullmatch(text)
    return Pin(match[1], match[2], Digest(match[3])) if match else None


def id_fault(text: str) -> str | None:
    """Why the text can be no id of S1.3, in words; None where it can."""
    if _ID.fullmatch(text) is None:
        return (
            f"{text!r} is no id: those have 1 to 64 lower-case letters, digits, '.', '_' and '-', "
            "and begin with a letter or digit"
        )
    if text in _YAML_WORDS:
        return f"{text!r} cannot be an id: tools of YAML 1.1 do not read it as text"
    return None


def settings_schema_text() -> str:
    """The JSON Schema 2020-12 of `pmo.yaml`, as editors get it."""
    data = get_data(__name__, "settings.schema.json")
    assert data is not None
    return data.decode()


@cache
def settings_schema() -> JsonObject:
    """The same as a value; not to be changed by who gets it."""
    schema: JsonObject = json.loads(settings_schema_text())
    return schema


def read_settings(path: Path) -> Settings:
    """The settings in the file `path`; its folder is the office's.

    Raises:
        UnknownName: there is no such file.
        Unavailable: the disk, or its permissions, keep it from being read.
        InvalidSettings: what is wrong, with file, line and column; further faults in `also`.
    """
    name = str(path)
    data = _read(path, name)
    document = _document(data, name)
    if not _is_sound(document.value):
        from pmo_core.office.settings_faults import raise_faults  # start-up: only on an error

        raise_faults(document, lambda: _document(data, name, Scalars.STRINGS).value)
    assert isinstance(document.value, dict)
    return _settings(document.value, path.parent)


def _read(path: Path, name: str) -> bytes:
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "a pipe or device"
            raise InvalidSettings(
                f"it is {what}, where the settings of an office are a file",
                source=name,
                remedy=f"Move it away, and write the settings into a file {FILE}",
            )
        with path.open("rb") as stream:
            return stream.read(DEFAULT_LIMITS.document_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UnknownName(
            "there is no such file", source=name, remedy="Found an office: pmo init DIR"
        ) from None
    except OSError as error:
        raise Unavailable(
            f"it cannot be read: {error.strerror}", source=name, remedy="Check its permissions"
        ) from None


def _document(data: bytes, name: str, scalars: Scalars = Scalars.TYPED) -> Document:
    try:
        return read_yaml(data, name, scalars=scalars)
    except InvalidDocument as error:
        raise error.told_as(InvalidSettings) from None


def _is_sound(value: Json) -> bool:
    """Whether nothing is wrong with the settings, neither in their form nor in what they mean."""
    if not _is_valid(value):
        return False
    from pmo_core.office.settings_meaning import faults_of_meaning

    return next(faults_of_meaning(value), None) is None


def _is_valid(value: Json) -> bool:
    from pmo_core.standards.schema_engine import engine  # start-up: not everyone needs an office

    return engine(settings_schema()).is_valid(value)


def _settings(written: JsonObject, folder: Path) -> Settings:
    """The settings, from a value that has been found sound."""
    office = str(written["office"])
    people = {
        person: Person(person, str(as_object(given)["name"]), as_text(as_object(given).get("mail")))
        for person, given in as_object(written.get("people")).items()
    }
    plugins = {name: as_object(given) for name, given in as_object(written.get("plugins")).items()}
    return Settings(
        office=office,
        title=as_text(written.get("title")) or office,
        zone=str(written["zone"]),
        calendar=_calendar(as_object(written.get("calendar"))),
        pins=tuple(pin for text in as_list(written["standards"]) if (pin := parse_pin(str(text)))),
        people=MappingProxyType(people),
        roles=tuple(_roles(as_object(written.get("roles")))),
        plugins=MappingProxyType(plugins),
        folder=folder,
        language_tag=as_text(written.get("language-tag")),
        sources=tuple(str(one) for one in as_list(written.get("sources"))),
        deadline=_seconds(as_text(written.get("deadline"))),
    )


def _calendar(written: JsonObject) -> Calendar:
    usual = Calendar()
    weekdays = frozenset(WEEKDAYS.index(str(day)) + 1 for day in as_list(written.get("weekdays")))
    holidays = frozenset(parse_date(str(day)) for day in as_list(written.get("holidays")))
    return Calendar(weekdays or usual.weekdays, holidays)


def _roles(written: JsonObject) -> Iterator[Held]:
    for role, holders in written.items():
        for holder in holders if isinstance(holders, list) else [holders]:
            if not isinstance(holder, dict):
                yield Held(role, str(holder))
                continue
            yield Held(
                role,
                str(holder["person"]),
                _date(holder.get("from")),
                _date(holder.get("to")),
                tuple(str(project) for project in as_list(holder.get("projects"))),
            )


def _seconds(written: str | None) -> float:
    return USUAL_DEADLINE if written is None else parse_duration(written).total_seconds


def _date(value: Json) -> date | None:
    return parse_date(value) if isinstance(value, str) else None
