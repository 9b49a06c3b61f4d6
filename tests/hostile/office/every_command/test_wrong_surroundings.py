"""What is wrong around a command keeps it from beginning: told whole, and nothing is written (S16).

Each surrounding is tried with every command of an office.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import Pmo
from .rows import IN_OFFICE

LEDGER = ".pmo/ledger.sqlite"
BOMB = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


class Surrounding(NamedTuple):
    """What is wrong.

    Attributes:
        spoil: makes it so, in the office's folder.
        told: what must be in the words.
    """

    name: str
    spoil: Callable[[Path], object]
    code: int
    kind: str
    told: tuple[str, ...]


def settings(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Changes pmo.yaml."""

    def spoil(office: Path) -> None:
        file = office / "pmo.yaml"
        before = file.read_bytes()
        file.write_bytes(change(before))
        assert file.read_bytes() != before

    return spoil


def ledger(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Changes the ledger's file."""
    return lambda office: (office / LEDGER).write_bytes(change((office / LEDGER).read_bytes()))


def statement(sql: str) -> Callable[[Path], object]:
    """Changes the ledger by other means than its own."""

    def spoil(office: Path) -> None:
        with closing(sqlite3.connect(office / LEDGER)) as connection, connection:
            connection.execute(sql)

    return spoil


def replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else in the place of a file."""

    def spoil(office: Path) -> None:
        (office / name).unlink()
        make(office / name)

    return spoil


def no_office(office: Path) -> None:
    """It is one folder further."""
    shutil.move(office / "pmo.yaml", office / "docs" / "pmo.yaml")


NEWER = ("written by pmo 9.1.0", "in form 99", "Upgrade pmo to 9.1.0 or later")
SURROUNDINGS = (
    Surrounding("no-office", no_office, 2, "unknown-name",
                ("no office here or above", "pmo init DIR", "--office DIR")),
    Surrounding("settings-that-are-no-yaml", settings(lambda was: b"office: [brindal\n" + was),
                3, "invalid-settings", ("pmo.yaml:")),
    Surrounding("settings-with-a-tab", settings(lambda was: b"\tx: 1\n" + was), 3,
                "invalid-settings", ("pmo.yaml:1:1:", "tab")),
    Surrounding("a-misspelt-setting",
                settings(lambda was: was.replace(b"\npeople:", b"\npeeple:")), 3,
                "invalid-settings", ("pmo.yaml:", "'peeple'", "Did you mean 'people'")),
    Surrounding("a-misspelt-zone",
                settings(lambda was: was.replace(b"Europe/Oslo", b"Europe/Olso")), 3,
                "invalid-settings", ("pmo.yaml:", "Europe/Olso", "Did you mean 'Europe/Oslo'")),
    Surrounding("an-empty-file", settings(lambda was: b""), 3, "invalid-settings", ("pmo.yaml",)),
    Surrounding("latin-1", settings(lambda was: was + "# B\u00e5l\n".encode("latin-1")), 3,
                "invalid-settings", ("pmo.yaml:", "UTF-8")),
    Surrounding("a-bomb", settings(lambda was: BOMB.encode()), 3, "invalid-settings",
                ("pmo.yaml:", "1,000,000 values")),
    Surrounding("huge", settings(lambda was: was + b"#" * 11_000_000), 3, "invalid-settings",
                ("pmo.yaml", "larger than 10 MB")),
    Surrounding("the-same-key-twice", settings(lambda was: was + b"office: other\n"), 3,
                "invalid-settings", ("pmo.yaml:", "'office'")),
    Surrounding("a-pin-of-another-shape",
                settings(lambda was: was.replace(b"#sha256:", b"#sha1:")), 3,
                "invalid-settings", ("pmo.yaml:",)),
    Surrounding("a-folder-as-settings", replaced("pmo.yaml", os.mkdir), 3, "invalid-settings",
                ("pmo.yaml", "it is a folder", "Move it away")),
    Surrounding("a-pipe-as-settings", replaced("pmo.yaml", os.mkfifo), 3, "invalid-settings",
                ("pmo.yaml", "a pipe")),
    Surrounding("a-link-to-nothing", replaced("pmo.yaml", lambda path: path.symlink_to("gone")),
                2, "unknown-name", ("pmo.yaml", "no such file")),
    Surrounding("another-office-s-id",
                settings(lambda was: was.replace(b"office: brindal", b"office: other")), 3,
                "invalid-settings", ("'brindal'", "'other'", "Write office: brindal")),
    Surrounding("no-ledger", lambda office: (office / LEDGER).unlink(), 69, "unavailable",
                ("ledger.sqlite", "there is no ledger here")),
    Surrounding("an-empty-ledger", ledger(lambda was: b""), 69, "unavailable",
                ("ledger.sqlite", "this is no ledger of an office")),
    Surrounding("a-text-as-ledger", ledger(lambda was: b"dear diary\n" * 500), 69, "unavailable",
                ("ledger.sqlite", "this is no ledger", "last good copy")),
    Surrounding("a-ledger-that-was-cut", ledger(lambda was: was[: len(was) // 3]), 69,
                "unavailable", ("ledger.sqlite", "damaged", "last good copy")),
    Surrounding("a-folder-as-ledger", replaced(LEDGER, os.mkdir), 69, "unavailable",
                ("ledger.sqlite", "cannot be opened")),
    Surrounding("a-ledger-of-others", statement("DROP TABLE meta"), 69, "unavailable",
                ("ledger.sqlite", "this is no ledger")),
    Surrounding("a-ledger-of-a-newer-version", statement(
        "UPDATE meta SET value = CASE name WHEN 'schema' THEN '99' WHEN 'written-by' THEN '9.1.0' "
        "ELSE value END"), 69, "unavailable", ("ledger.sqlite", *NEWER)),
)  # fmt: skip


@pytest.mark.parametrize("wrong", SURROUNDINGS, ids=[one.name for one in SURROUNDINGS])
def test_no_command_begins(wrong: Surrounding, office: Path, pmo: Pmo) -> None:
    """S16.2; the same words for a person and a program."""
    wrong.spoil(office)
    for row in IN_OFFICE:
        fault = pmo.refused(*row.words)
        told = fault.words
        assert (row.command, fault.code, fault.kind) == (row.command, wrong.code, wrong.kind), told
        assert [one for one in wrong.told if one not in told] == [], (row.command, told)


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("nowhere", "no such folder"),
        ("", "names no folder"),
        ("\x1b[2J", "no such folder"),
        ("docs", "is no office: there is no pmo.yaml in it"),
        ("more.yaml", "is no folder"),
        ("x" * 300, "no such folder"),
    ],
)
@pytest.mark.parametrize("by", ["--office", "PMO_OFFICE"])
def test_an_office_that_is_named_wrongly_is_told(
    folder: str, told: str, by: str, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "PMO_OFFICE":
        monkeypatch.setenv(by, folder)
    for row in IN_OFFICE:
        words = row.words if by == "PMO_OFFICE" else [*row.words, "--office", folder]
        if by == "PMO_OFFICE" and not folder:
            assert pmo(*words, "--help").code == 0
            continue
        fault = pmo.refused(*words)
        assert (fault.code, fault.kind) == (2, "unknown-name"), (row.command, fault)
        assert by in fault.words
        assert told in fault.words


def test_an_office_is_not_made_where_one_is(pmo: Pmo) -> None:
    fault = pmo.refused("init", ".", "--standard", "../house")
    assert (fault.code, fault.kind) == (4, "refused")
    assert "pmo.yaml and .pmo already" in fault.words
