"""Words of a command line that mean nothing: what is wrong, and what was meant; exit 2 (S16)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest


class Case(NamedTuple):
    """Words after `pmo check --standard base`, and what is said of them."""

    name: str
    words: tuple[str, ...]
    message: str


LONG = "x" * 5_000
CASES = [
    Case("no-source", (), "pmo check: missing argument 'SOURCE...'."),
    Case("missing-file", ("gone.yaml",), "no file, folder or source 'gone.yaml'. Check the path."),
    Case("missing-beside-good", ("good.json", "gone.yaml"), "no file, folder or source 'gone"),
    Case("empty-name", ("",), "no file, folder or source ''"),
    Case("long-name", (LONG,), "no file, folder or source 'xxx"),
    Case("long-path", (f"/{LONG}",), "no file, folder or source '/xxx"),
    Case("name-with-half-a-character", ("\udcff.yaml",), "no file, folder or source '"),
    Case("name-with-an-escape", ("\x1b[2J.yaml",), "no file, folder or source '"),
    Case("name-with-a-newline", ("a\nb.yaml",), "no file, folder or source '"),
    Case("name-with-nul", ("a\0b.yaml",), "no file, folder or source '"),
    Case("file-as-folder", ("good.json/x.yaml",), "no file, folder or source 'good.json/x.yaml'"),
    Case("pattern-without-match", ("*.toml",), "no file, folder or source '*.toml'"),
    Case("pattern-that-is-none", ("a**/b",), "no file, folder or source 'a**/b'"),
    Case("pattern-of-brackets", ("[", "[!", "[]]"), "no file, folder or source '['"),
    Case("pattern-deep", ("*/" * 2_000 + "x",), "no file, folder or source '*/*/"),
    Case("unknown-scheme", ("keep:x",), "no plugin 'keep' is installed. Did you mean 'kep'?"),
    Case("address", ("http://example.org/x.yaml",), "no plugin 'http' is installed."),
    Case("scheme-with-signs", ("../kep:x",), "no file, folder or source '../kep:x'"),
    Case("scheme-of-letters-beyond-ascii", ("k\u0435p:x",), "no "),
    Case("scheme-without-target", ("kep:",), "no file or folder ''"),
    Case("unknown-gate", ("good.json", "--gate", "aproval"), "Did you mean 'approval'?"),
    Case("empty-gate", ("good.json", "--gate", ""), "has no gate ''"),
    Case("long-gate", ("good.json", "--gate", LONG), "has no gate 'xxx"),
    Case("gate-with-an-escape", ("good.json", "--gate", "\x1b[31m"), "has no gate '"),
    Case("unknown-plugin", ("good.json", "--plugin", "kpe"), "Did you mean 'kep'?"),
    Case("plugin-of-a-path", ("good.json", "--plugin", "../x"), "no plugin '../x' is installed"),
    Case("plugin-of-a-module", ("good.json", "--plugin", "os.path"), "no plugin 'os.path'"),
    Case("unknown-option", ("good.json", "--gates"), "--gates"),
    Case("unknown-format", ("good.json", "--format", "xml"), "'xml' is not one of 'text'"),
    Case("no-time", ("good.json", "--at", "yesterday"), "'yesterday' is no time."),
    Case("no-date", ("good.json", "--at", "2026-02-30"), "'2026-02-30'"),
    Case("year-one", ("good.json", "--at", "0001-01-01"), "lies outside the years 2 to 9998"),
    Case("year-9999", ("good.json", "--at", "9999-12-31T23:59:59Z"), "lies outside the years"),
    Case("time-with-an-offset", ("good.json", "--at", "2026-01-01T00:00:00+25:00"), "is no time"),
    Case("long-time", ("good.json", "--at", "9" * 5_000), "is no time"),
    Case("time-of-other-digits", ("good.json", "--at", "202\u0666-01-01"), "is no time"),
    Case("unknown-zone", ("good.json", "--zone", "Mars/Olympus"), "no time zone 'Mars/Olympus'."),
    Case("zone-of-a-path", ("good.json", "--zone", "../../etc/passwd"), "no time zone '../../etc"),
    Case("zone-of-a-root", ("good.json", "--zone", "/etc/localtime"), "no time zone '/etc"),
    Case("zone-of-a-folder", ("good.json", "--zone", "Europe"), "no time zone 'Europe'."),
    Case("zone-with-nul", ("good.json", "--zone", "UTC\0"), "no time zone 'UTC"),
    Case("empty-zone", ("good.json", "--zone", ""), "no time zone ''."),
    Case("fact-without-sign", ("good.json", "--fact", "lab.open"), "'lab.open' is no fact."),
    Case("fact-without-name", ("good.json", "--fact", "=1"), "'=1' is no fact."),
    Case("fact-without-value", ("good.json", "--fact", "lab.open="), "'' is no JSON"),
    Case("fact-of-words", ("good.json", "--fact", "lab.open=open"), "'open' is no JSON"),
    Case("fact-of-no-number", ("good.json", "--fact", "lab.open=NaN"), "is no number that JSON"),
    Case("fact-beyond-numbers", ("good.json", "--fact", "lab.open=1e999"), "is no number"),
    Case("fact-too-deep", ("good.json", "--fact", f"a.b={'[' * 101}{']' * 101}"), "100 levels"),
    Case("fact-far-too-deep", ("good.json", "--fact", f"a.b={'[' * 100_000}"), "100 levels"),
    Case("fact-twice-the-key", ("good.json", "--fact", 'a.b={"a":1,"a":2}'), "already at"),
    Case("explain-in-junit", ("good.json", "--explain", "--format", "junit"), "--explain goes"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_word_that_means_nothing_is_told(
    case: Case, check: Callable[..., tuple[int, str, str]], good: str
) -> None:
    code, out, err = check(*case.words)
    assert (code, out) == (2, "")
    assert case.message in err
    assert "\x1b" not in err
    assert "\0" not in err


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_told_as_json_where_that_is_asked_for(
    case: Case, check: Callable[..., tuple[int, str, str]], good: str
) -> None:
    """S16.2"""
    if "--format" in case.words:
        pytest.skip("asks for another format")
    code, out, err = check("--format", "json", *case.words)
    assert (code, err) == (2, "")
    error = json.loads(out)["error"]
    assert error["kind"] in ("usage", "unknown-name")
    assert error["message"]
    assert error["remedy"]
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("standard", "message"),
    [
        ("essentails", "no standard 'essentails' is installed. Did you mean 'essentials'?"),
        ("essentials@9", "standard 'essentials' has no version '9' here. Installed: 1.0.0."),
        ("essentials@", "essentials"),
        ("@1.0.0", "no standard '' is installed"),
        ("", "no standard '' is installed"),
        ("good.json", "'good.json' is a file, and a standard is a folder"),
        ("./good.json", "'./good.json' is a file, and a standard is a folder"),
        ("./gone", "no folder './gone' with a standard in it."),
        (LONG, "no standard 'xxx"),
        (f"/{LONG}", "no folder '/xxx"),
        ("\x1b[2J", "no standard '"),
        ("\udcff", "no standard '"),
        ("http://example.org/essentials", "no folder 'http://example.org/essentials'"),
    ],
)  # fmt: skip
def test_a_standard_that_is_none_is_told(
    standard: str, message: str, pmo: Callable[..., tuple[int, str, str]], good: str
) -> None:
    code, out, err = pmo("check", "--standard", standard, good)
    if standard == "essentials@":
        assert code == 1
        return
    assert (code, out) == (2, "")
    assert message in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("chekc",),
        ("check", "--standard"),
        ("\x1b[2J",),
        ("\udcff",),
        (LONG,),
        ("standard", "show", "gone"),
        ("standard", "lint", "./gone"),
        ("standard", "test", "gone"),
        ("standard", "lint", "--explain", "no-rule"),
        ("guide", "no-such-thing"),
        ("guide", "\x1b[2J"),
        ("plugin", "show", "no-plugin"),
        ("completion", "no-shell"),
        ("demo", "no-step"),
    ],
    ids=range(15),
)
def test_every_other_command_tells_what_it_does_not_know(
    words: tuple[str, ...], pmo: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = pmo(*words)
    assert code == 2
    assert not out
    assert "\x1b" not in err
