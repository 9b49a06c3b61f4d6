"""Files that are no record beside one that is: told, and the other is judged; exit 3 (S2.3)."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import pytest

from pmo_core.office import sources
from pmo_core.render.escape import HARMFUL

if not hasattr(os, "mkfifo"):
    pytest.skip("needs pipes with names, and links", allow_module_level=True)

pytestmark = pytest.mark.timeout(60)

Check = Callable[..., tuple[int, str, str]]
FORMATS = ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")
BASE = str(Path(__file__).parents[1] / "standards/base")


class Bad(NamedTuple):
    """A file's name, its content, and the lines of text that tell of it."""

    name: str
    content: bytes
    told: str


def levels(count: int) -> bytes:
    """Objects in one another."""
    return b'{"a":' * count + b"1" + b"}" * count


LETTERS = b"bcdefg"
BAD = [
    Bad("empty.yaml", b"", "empty.yaml:1:1: unreadable\n  there is no project record in it"),
    Bad("empty.json", b"", "empty.json:1:1: unreadable\n  there is no value"),
    Bad("empty.jsonl", b"", "empty.jsonl:1:1: unreadable\n  there is no project record in it"),
    Bad("blank.yaml", b" \n\n# nothing\n", "blank.yaml:1:1: unreadable\n  there is no project"),
    Bad("null.json", b"null", "null.json:1:1: unreadable\n  a project record is one object"),
    Bad("list.json", b'[{"id": 1}]', "list.json:1:1: unreadable\n  a project record is one object"),
    Bad("number.yaml", b"7\n", "number.yaml:1:1: unreadable\n  a project record is one object"),
    Bad("text.yaml", b"hello\n", "text.yaml:1:1: unreadable\n  a project record is one object"),
    Bad("binary.yaml", bytes(range(256)), "binary.yaml:2:118: unreadable\n  the byte 0x80"),
    Bad("binary.json", b"\x93NUMPY", "binary.json:1:1: unreadable\n  the byte 0x93"),
    Bad("zip.yaml", b"PK\x03\x04\x14\0", "zip.yaml:1:3: unreadable\n  the invisible character"),
    Bad("latin.yaml", b"id: p-2\ntitle: K\xf6ln\n", "latin.yaml:2:9: unreadable\n  the byte 0xF6"),
    Bad("half.json", b'{"id": "\\ud800"}', "half.json:1:8: unreadable\n  half of a character"),
    Bad("open.json", b'{"id": "p-2"', "open.json:1:13: unreadable\n  the text ends before"),
    Bad("more.json", b'{"id": "p-2"}}', "more.json:1:14: unreadable\n  "),
    Bad("nan.json", b'{"a": NaN}', "nan.json:1:7: unreadable\n  'NaN' is no number"),
    Bad("infinite.json", b'{"a": 1e999}', "infinite.json:1:7: unreadable\n  '1e999' is no number"),
    Bad("large.json", b'{"a": 9007199254740993}', "large.json:1:7: unreadable\n  the number 9007"),
    Bad("twice.json", b'{"a": 1,\n"a": 2}', "twice.json:2:1: unreadable\n  the key 'a' is already"),
    Bad("twice.yaml", b"a: 1\na: 2\n", "twice.yaml:2:1: unreadable\n  the key 'a' is already"),
    Bad("tag.yaml", b"a: !!python/name:os.system x\n", "tag.yaml:1:4: unreadable\n  the tag"),
    Bad("tab.yaml", b"a:\n\tb: 1\n", "tab.yaml:2:1: unreadable\n  a tab cannot indent YAML"),
    Bad("deep.json", levels(101), "deep.json:1:501: unreadable\n  more than 100 levels"),
    Bad("deeper.json", b"[" * 100_000, "deeper.json:1:101: unreadable\n  more than 100 levels"),
    Bad("deeper.yaml", b"[" * 100_000, "deeper.yaml:1:1001: unreadable\n  more than 100 levels"),
    Bad("deep.jsonl", levels(101) + b"\n", "deep.jsonl:1:501: unreadable\n  more than 100 levels"),
    Bad("big.yaml", b"a: " + b"x" * 11_000_000, "big.yaml:1:1: unreadable\n  the document is"),
    Bad("big.json", b" " * 11_000_000, "big.json:1:1: unreadable\n  the document is larger"),
    Bad(
        "line.jsonl",
        b'{"id":"p-2","phase":"closed"}\n{"a":"' + b"x" * 20_000_000 + b'"}\n',
        "line.jsonl:2:1: unreadable\n  the line is larger than 10 MB",
    ),
    Bad(
        "lines.jsonl",
        b'{"id":"p-2","phase":"closed"}\nnot json\n',
        "lines.jsonl:2:1: unreadable\n  ",
    ),
    Bad(
        "documents.yaml",
        b"id: p-2\nphase: closed\n---\n- 1\n",
        "documents.yaml:4:1: unreadable\n  a project record is one object",
    ),
    Bad(
        "bomb.yaml",
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in LETTERS),
        "bomb.yaml:7:8: unreadable\n  more than 1,000,000 values",
    ),
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_what_is_no_record_is_told_and_the_others_go_on(
    bad: Bad, check: Check, good: str, tmp_path: Path
) -> None:
    (tmp_path / bad.name).write_bytes(bad.content)
    code, out, err = check(good, bad.name)
    assert (code, err) == (3, "")
    assert bad.told in out
    assert "good.json:1:1: fail planned (must)" in out
    assert len(out) < 5_000


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_program_is_told_of_it_in_json(bad: Bad, check: Check, good: str, tmp_path: Path) -> None:
    (tmp_path / bad.name).write_bytes(bad.content)
    code, out, _err = check(good, bad.name, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [line for line in lines if line.get("record") == "p-1"]
    unreadable = [line for line in lines if line["verdict"] == "unreadable"]
    assert {line["source"]["file"] for line in unreadable} == {bad.name}


def test_a_folder_of_good_and_bad_is_gone_through_to_its_end(
    check: Check, good: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for bad in BAD:
        if len(bad.content) < 1_000_000:
            (folder / bad.name).write_bytes(bad.content)
    (folder / "zz.json").write_bytes((tmp_path / good).read_bytes())
    (folder / "README.md").write_bytes(b"\xff no record, and none is looked for")
    code, out, _err = check("folder")
    assert code == 3
    assert "folder/zz.json:1:1: fail planned (must)" in out
    assert "README" not in out


SPECIAL: list[tuple[str, Callable[[Path], object], str]] = [
    ("a-link-to-nothing", lambda path: path.symlink_to("gone"), "it cannot be read: No such file"),
    ("a-link-to-itself", lambda path: path.symlink_to(path.name), "it cannot be read: Too many"),
    ("a-pipe", os.mkfifo, "a pipe is not read"),
    ("a-socket", lambda path: bound(path), "a socket is not read"),
    ("a-device", lambda path: path.symlink_to("/dev/zero"), "a device is not read"),
]


def bound(path: Path) -> None:
    """A socket of that name."""
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))  # whole, it may be longer than such names can be


@pytest.mark.parametrize(("name", "make", "message"), SPECIAL, ids=[one[0] for one in SPECIAL])
@pytest.mark.parametrize("source", ["folder", "folder/*.yaml"])
def test_what_is_no_file_is_told_and_never_waited_for(
    name: str,
    make: Callable[[Path], object],
    message: str,
    source: str,
    check: Check,
    tmp_path: Path,
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/b.yaml").write_text("id: p-1\nphase: idea\n")
    make(tmp_path / "folder/a.yaml")
    code, out, _err = check(source)
    assert code == 3
    assert f"folder/a.yaml:1:1: unreadable\n  {message}" in out
    assert "folder/b.yaml:1:1: fail planned (must)" in out


def test_a_pipe_that_is_named_is_read_once(check: Check, tmp_path: Path) -> None:
    """As `<(command)` of a shell is one."""
    os.mkfifo(tmp_path / "pipe.yaml")
    with subprocess.Popen(["sh", "-c", "printf 'id: p-1\\nphase: idea\\n' > pipe.yaml"]):
        code, out, _err = check("pipe.yaml")
    assert code == 1
    assert "pipe.yaml:1:1: fail planned (must)" in out


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_no_record(device: str, check: Check) -> None:
    code, out, _err = check(device)
    assert code == 3
    assert f"{device}:1:1: unreadable" in out


def test_links_in_circles_end(check: Check, good: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a").symlink_to(".")
    (folder / "b").symlink_to("..")
    (folder / "r.json").write_bytes((tmp_path / good).read_bytes())
    code, out, _err = check("folder")
    assert code == 3
    assert "folder/b:1:1: unreadable\n  a link to a folder elsewhere" in out
    assert "1 record in" in out
    for pattern in ("folder/**/*.json", "**/r.json"):
        assert "1 record in" in check(pattern)[1], pattern


def test_a_folder_of_nothing_to_read_is_no_success(check: Check, tmp_path: Path) -> None:
    (tmp_path / "folder/.git").mkdir(parents=True)
    (tmp_path / "folder/.git/config.yaml").write_text("a: 1")
    (tmp_path / "folder/notes.txt").write_text("a: 1")
    code, _out, err = check("folder")
    assert code == 2
    assert err.startswith("folder 'folder' holds no project record. Records end in .yaml")


def test_what_may_not_be_read_is_told_and_the_others_go_on(
    tmp_path: Path, unprivileged: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    folder = tmp_path / "folder"
    (folder / "shut").mkdir(parents=True)
    for name in ("a.yaml", "b.jsonl", "shut/c.yaml", "d.yaml"):
        (folder / name).write_text('{"id": "p-1", "phase": "idea"}\n')
    for name in ("a.yaml", "b.jsonl", "shut"):
        (folder / name).chmod(0)
    (tmp_path / "good.jsonl").write_text('{"id": "p-1", "phase": "idea"}\n')
    good = ["check", "--standard", BASE, str(folder / "d.yaml"), str(tmp_path / "good.jsonl")]
    done = unprivileged(good, ["check", "--standard", BASE, str(folder)])
    (folder / "shut").chmod(0o755)
    assert done.returncode == 3
    assert f"{folder}/a.yaml:1:1: unreadable\n  it cannot be read: Permission denied" in done.stdout
    assert f"{folder}/b.jsonl:1:1: unreadable\n  it cannot be read: Permission" in done.stdout
    assert f"{folder}/shut:1:1: unreadable\n  the folder cannot be read: Permission" in done.stdout
    assert f"{folder}/d.yaml:1:1: fail planned (must)" in done.stdout


STDIN = [
    ("one-line", b'{"id":"p-1","phase":"idea"}', 1, "-:1:1: fail planned"),
    ("lines", b'{"id":"p-1","phase":"idea"}\n{"id":"p-2","phase":"idea"}\n', 1, "-:2:1: fail"),
    ("whole-json", b'{\n"id": "p-1",\n"phase": "idea"\n}', 1, "-:1:1: fail planned"),
    ("yaml", b"id: p-1\nphase: idea\n", 1, "-:1:1: fail planned"),
    ("documents", b"id: p-1\nphase: idea\n---\nid: p-2\nphase: idea\n", 1, "-:4:1: fail planned"),
    ("with-a-mark", b"\xef\xbb\xbfid: p-1\nphase: idea\n", 1, "-:1:1: fail planned"),
    ("empty", b"", 3, "-:1:1: unreadable\n  there is no project record in it"),
    ("a-list", b"[1]", 3, "-:1:1: unreadable\n  a project record is one object"),
    ("binary", b"\0\1\2", 3, "-:1:1: unreadable\n  the invisible character"),
    ("a-bad-line", b'{"id":"p-1","phase":"idea"}\n{"id"\n', 3, "-:2:"),
    ("too-large", b"x" * 11_000_000, 3, "-:1:1: unreadable\n  the document is larger than 10 MB"),
    ("too-deep", levels(101), 3, "-:1:501: unreadable\n  more than 100 levels"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected", "told"), STDIN, ids=[s[0] for s in STDIN])
def test_standard_input_in_each_form(
    name: str, content: bytes, expected: int, told: str, check: Check
) -> None:
    code, out, err = check("-", stdin=content)
    assert (code, err) == (expected, "")
    assert told in out


def test_standard_input_named_twice_is_the_same_records_twice(check: Check) -> None:
    code, out, _err = check("-", "-", stdin=b'{"id":"p-1","phase":"idea"}')
    assert code == 1
    assert "2 records in" in out
    assert "2 records share an id with others" in out


def test_standard_input_that_is_closed_is_told(check: Check) -> None:
    code, _out, err = check("-", stdin=None)
    assert (code, err) == (
        2, "standard input is closed. Name a file, or pipe records into pmo.\n",
    )  # fmt: skip


IDS = [
    ("missing", b"{}", "ids.json", "has no id of its own"),
    ("null", b'{"id": null}', "ids.json", "has no id of its own"),
    ("a-list", b'{"id": ["p-1"]}', "ids.json", "has no id of its own"),
    ("true", b'{"id": true}', "ids.json", "has no id of its own"),
    ("a-fraction", b'{"id": 1.5}', "ids.json", "has no id of its own"),
    ("empty", b'{"id": ""}', "ids.json", "has no id of its own"),
    ("too-long", b'{"id": "' + b"x" * 201 + b'"}', "ids.json", "has no id of its own"),
    ("far-too-long", b'{"id": "' + b"x" * 900_000 + b'"}', "ids.json", "has no id of its own"),
    ("with-an-escape", b'{"id": "a\\u001b[2J"}', "ids.json", "has no id of its own"),
    ("with-a-newline", b'{"id": "a\\nb"}', "ids.json", "has no id of its own"),
    ("with-nul", b'{"id": "a\\u0000"}', "ids.json", "has no id of its own"),
    ("a-number", b'{"id": 7}', "7", ""),
    ("a-whole-number-with-a-point", b'{"id": 7.0}', "7", ""),
    ("as-long-as-may-be", b'{"id": "' + b"x" * 200 + b'"}', "x" * 200, ""),
    ("right-to-left", b'{"id": "a\\u202eb"}', "a\u202eb", ""),
    ("in-pieces", '{"id": "A\u030a"}'.encode(), "\u00c5", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "record", "note"), IDS, ids=[one[0] for one in IDS])
def test_an_id_that_is_none_never_makes_a_record_unreadable(
    name: str, content: bytes, record: str, note: str, check: Check, tmp_path: Path
) -> None:
    """S2.4"""
    (tmp_path / "ids.json").write_bytes(content)
    code, out, _err = check("ids.json", "--format", "jsonl")
    assert code == 1
    assert json.loads(out.splitlines()[0])["record"] == record
    assert note in check("ids.json")[1]


def test_an_id_that_two_records_share_is_neither_s(check: Check, tmp_path: Path) -> None:
    """S2.4: in files and in a stream."""
    for name in ("a.json", "b.yaml"):
        (tmp_path / name).write_text('{"id": "p-1", "phase": "idea"}')
    (tmp_path / "c.jsonl").write_text('{"id": "p-1", "phase": "idea"}\n' * 2)
    code, out, _err = check("a.json", "b.yaml", "c.jsonl", "--format", "jsonl")
    records = {json.loads(line)["record"] for line in out.splitlines()}
    assert code == 1
    assert records == {"a.json", "b.yaml", "c.jsonl:1", "c.jsonl:2"}


NASTY = "\x1b[31m\x9b\u202e\u2028\x07\r\n::error::##[x] <b>`|&{0}](x)\ud800".replace("\ud800", "")
NAMES = (b"plain.json", b"a\nb.json", b"e\x1b[31m.json", b"half\xff.json", b"::error::.json",
         b"$(id).json", b"--help.json", b"<b>&.json", "\u202egpj.json".encode())  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_that_a_stranger_wrote_acts_on_the_reader(
    format_: str, check: Check, tmp_path: Path
) -> None:
    """Names of files, and texts and keys of records: inert, and the output well-formed."""
    record = {
        "id": NASTY, "title": NASTY, "phase": NASTY, NASTY: NASTY, "risks": [{NASTY: 1}],
        "cost": NASTY, "answers": {"asked": {"value": NASTY, NASTY: NASTY}},
        "artefacts": {"plan": {"state": NASTY}},
    }  # fmt: skip
    names = [os.fsdecode(name) for name in NAMES]
    for name in names:
        (tmp_path / name).write_text(json.dumps(record))
    (tmp_path / "un\x1b[31mreadable.json").write_text(f'{{"{NASTY}')
    code, out, _err = check("--format", format_, "--", *names, "un\x1b[31mreadable.json")
    assert code == 3
    allowed = "\n" if format_ in ("json", "sarif", "jsonl", "junit") else "\n\t"
    assert not [sign for sign in out if category(sign) in HARMFUL and sign not in allowed]
    if format_ in ("text", "github"):
        assert not re.search(r"^\s*::(?!error |warning |notice )", out, re.MULTILINE)
        assert format_ == "github" or "##[" not in out
    if format_ == "jsonl":
        lines = [json.loads(line) for line in out.splitlines()]
        files = {line["source"]["file"] for line in lines}
        assert {"a\nb.json", "e\x1b[31m.json", "half\ufffd.json"} <= files
    if format_ in ("json", "sarif"):
        json.loads(out)
    if format_ == "junit":
        ElementTree.fromstring(out)


def test_a_record_as_deep_as_may_be_is_judged(check: Check, tmp_path: Path) -> None:
    """S1.5: 100 levels, and not one more."""
    (tmp_path / "deep.json").write_bytes(levels(100))
    assert check("deep.json")[0] == 1
    (tmp_path / "deep.json").write_bytes(levels(101))
    assert check("deep.json")[0] == 3


def test_a_file_of_more_documents_than_are_kept_is_told(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_DOCUMENTS", 3)
    (tmp_path / "many.yaml").write_text("--- {phase: closed}\n" * 5)
    code, out, _err = check("many.yaml")
    assert code == 3
    assert "many.yaml:4:1: unreadable\n  more than 3 documents in one file" in out
