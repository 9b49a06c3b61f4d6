"""Files and changes that are hostile are refused where they are, and what is sound goes on."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Pmo
from .house import digests
from .test_wrong_surroundings import BOMB
from .test_wrong_words import inert

HUGE = 1 << 30
DECIDE = ("review", "decide", "bela", "--as", "eva.stern")
Make = Callable[[Path], object]


def sparse(path: Path) -> None:
    """A gigabyte that takes no room."""
    path.touch()
    os.truncate(path, HUGE)


RECORDS: dict[str, tuple[Make, int, str]] = {
    "missing": (lambda path: None, 2, "no file"),
    "a-folder": (lambda path: path.mkdir(), 2, "no file"),
    "a-link-to-nothing": (lambda path: path.symlink_to("gone"), 2, "no file"),
    "a-link-to-itself": (lambda path: path.symlink_to(path.name), 3, "cannot be read"),
    "a-gigabyte": (sparse, 3, "larger than 10 MB"),
    "a-device": (lambda path: path.symlink_to("/dev/zero"), 3, "larger than 10 MB"),
    "a-bomb": (lambda path: path.write_text(BOMB), 3, "1,000,000 values"),
    "latin-1": (lambda path: path.write_bytes(b"id: atlas\ntitle: caf\xe9\n"), 3, ":2:11"),
    "empty": (lambda path: path.write_text(""), 3, ""),
    "a-list": (lambda path: path.write_text("[1]"), 3, ""),
    "no-yaml": (lambda path: path.write_text("id: atlas\ntitle: [x\n"), 3, ":"),
    "the-same-key-twice": (lambda path: path.write_text("id: atlas\nid: bela\n"), 3, ":2:1"),
    "too-deep": (lambda path: path.write_text("id: atlas\nx: " + "[" * 5_000), 3, "100 levels"),
    "two-documents": (lambda path: path.write_text("id: atlas\n---\nid: bela\n"), 3, ":2:1"),
    "against-its-schema": (
        lambda path: path.write_text("id: atlas\ntitle: [1]\nrisks:\n- id: R-1\n"), 3, ":2:"),
    "another-project-s": (lambda path: path.write_text("id: bela\ntitle: Bela\n"), 4, "bela"),
    "a-number-of-no-end": (lambda path: path.write_text("id: atlas\nbudget: 1e999\n"), 3, ":2:9"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code", "told"), RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("command", ["amend", "enter"])
def test_a_record_s_file_that_cannot_be_taken(
    make: Make, code: int, told: str, command: str, office: Path, pmo: Pmo
) -> None:
    if command == "enter" and told == ":2:":
        pytest.skip("a project that is there is refused before")
    make(office / "bad.yaml")
    words = {
        "amend": "project amend atlas --from bad.yaml",
        "enter": "project enter atlas --from bad.yaml --phase work --evidence docs/minutes.txt",
    }[command].split()
    fault = pmo.refused(*words)
    assert fault.code == code, fault
    assert told in fault.words
    if code == 3:
        assert "bad.yaml" in fault.words


@pytest.mark.parametrize(("make", "code", "told"), RECORDS.values(), ids=RECORDS)
def test_such_a_file_among_the_projects_is_told_and_the_others_go_on(
    make: Make, code: int, told: str, office: Path, pmo: Pmo
) -> None:
    """The ledger is the truth, so that a proposal that cannot be read stops nobody."""
    del code, told
    (office / "projects" / "atlas.yaml").unlink()
    make(office / "projects" / "atlas.yaml")
    before = digests(office)
    for words in (["project", "list"], ["project", "show", "atlas"], ["gate", "status", "atlas"]):
        assert pmo(*words).code in (0, 1), words
    glance = pmo("status", "--json")
    assert glance.code in (0, 2), glance  # 2: PMO_AS holds no role
    assert digests(office) == before
    assert pmo("project", "amend", "atlas", "--set", "title=Better").code == 0
    folder = ["projects/"] if os.path.isfile(office / "projects" / "atlas.yaml") else []
    added = pmo("project", "add", *folder, "more.yaml")
    assert "more: added at version 1" in added.out
    assert inert(added.out + added.err)


def test_what_was_changed_in_a_file_and_not_amended_is_said(office: Path, pmo: Pmo) -> None:
    file = office / "projects" / "atlas.yaml"
    file.write_text(file.read_text().replace("title: Atlas", "title: Changed"))
    for words in (
        ["project", "show", "atlas"],
        ["project", "amend", "atlas", "--set", "budget=7"],
    ):
        told = pmo(*words)
        assert told.code == 0
        assert "pmo project amend atlas --from projects/atlas.yaml" in told.out, words
    assert pmo("project", "amend", "atlas", "--from", "projects/atlas.yaml").code == 0
    assert "Changed" in pmo("project", "show", "atlas").out


EVIDENCE: dict[str, tuple[str, Make, str]] = {
    "missing": ("bad", lambda path: None, "no file 'bad'"),
    "a-folder": ("bad", lambda path: path.mkdir(), "'bad' is no file"),
    "a-pipe": ("bad", os.mkfifo, "'bad' is no file"),
    "a-link-to-nothing": ("bad", lambda path: path.symlink_to("gone"), "'bad' is no file"),
    "a-device": ("bad", lambda path: path.symlink_to("/dev/zero"), "'bad' is no file"),
    "empty": ("", lambda path: None, "no file ''"),
    "an-escape": ("\x1b[2J", lambda path: None, "no file"),
    "nul": ("a\0b", lambda path: None, "no file"),
    "not-utf-8": ("\udcff", lambda path: None, "no file"),
    "no-link": ("https:// example", lambda path: None, "no file"),
    "too-long": ("x" * 5_000, lambda path: None, "no file"),
}


@pytest.mark.parametrize(("name", "make", "told"), EVIDENCE.values(), ids=EVIDENCE)
def test_what_is_no_evidence(name: str, make: Make, told: str, office: Path, pmo: Pmo) -> None:
    make(office / "bad")
    for words in (
        ["project", "answer", "atlas", "consulted", "no"],
        ["project", "artefact", "atlas", "plan", "draft"],
        ["project", "enter", "late", "--from", "late.yaml", "--phase", "work"],
    ):
        fault = pmo.refused(*words, "--evidence", name)
        assert (fault.code, fault.kind) == (2, "unknown-name")
        assert told in fault.words
        assert inert(fault.words)


def test_evidence_of_a_gigabyte_is_never_held_whole(office: Path, pmo: Pmo) -> None:
    sparse(office / "film.bin")
    os.truncate(office / "film.bin", HUGE // 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = pmo("project", "answer", "atlas", "consulted", "yes", "--evidence", "film.bin")
    assert told.code == 0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # kB


def test_evidence_outside_of_the_office_is_kept_by_its_whole_path(
    office: Path, pmo: Pmo, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("x")
    (office / "docs" / "link").symlink_to(tmp_path / "outside.txt")
    words = ["project", "answer", "atlas", "consulted", "yes", "--evidence", "docs/link"]
    assert pmo(*words).code == 0
    record = json.loads(pmo("project", "show", "atlas", "--json").out)["record"]
    (entry,) = record["answers"]["consulted"]["evidence"]
    assert entry["link"] == str((tmp_path / "outside.txt").resolve())


SETS = {
    "no-sign": ("title", 2),
    "no-path": ("=x", 2),
    "dots": ("..=x", 2),
    "a-trailing-dot": ("risks.=x", 2),
    "into-a-text": ("title.x=1", 2),
    "an-index": ("risks.0.owner=x", 2),
    "its-id": ("id=bela", 4),
    "its-phase": ("phase=done", 4),
    "an-answer": ("answers={consulted: {value: 'yes'}}", 4),
    "an-artefact": ("artefacts={plan: approved}", 4),
    "against-the-schema": ("budget=much", 3),
    "no-yaml": ("budget=[1", 3),
    "a-bomb": ("x=[" + "[" * 5_000 + "]" * 5_000 + "]", 3),
    "half-a-character": ("title=\udcff", 3),
    "a-half-path": ("\udcff=1", 3),
    "a-huge-number": ("budget=1e999", 3),
    "a-tag": ("x={a: !!python/object:os.system 1}", 3),
    "an-alias": ("x=[*a]", 3),
    "a-long-name": ("x" * 2_000_000 + "=1", 3),
    "many-levels": (".".join("a" * 5_000) + "=1", 2),
}


@pytest.mark.parametrize(("assignment", "code"), SETS.values(), ids=SETS)
def test_a_change_by_path_that_cannot_be(assignment: str, code: int, pmo: Pmo) -> None:
    fault = pmo.refused("project", "amend", "atlas", "--set", assignment)
    assert fault.code == code, fault
    assert inert(fault.words)
    assert len(fault.words) < 2_000


@pytest.mark.parametrize(
    "path", ["", ".", "nothing", "risks.R-2", "id", "title.x", "answers", "\udcff"]
)
def test_what_cannot_be_unset(path: str, pmo: Pmo) -> None:
    fault = pmo.refused("project", "amend", "atlas", "--unset", path)
    assert fault.code in (2, 3, 4)
    assert inert(fault.words)


PATCHES: dict[str, object] = {
    "an-object": {},
    "a-text": "x",
    "null": None,
    "no-operation": [1],
    "no-op": [{"path": "/x"}],
    "an-unknown-op": [{"op": "steal", "path": "/x"}],
    "no-path": [{"op": "remove"}],
    "no-pointer": [{"op": "remove", "path": "title"}],
    "a-bad-escape": [{"op": "remove", "path": "/~2"}],
    "nothing-there": [{"op": "remove", "path": "/nothing"}],
    "no-value": [{"op": "add", "path": "/x"}],
    "the-root": [{"op": "replace", "path": "", "value": []}],
    "no-root": [{"op": "remove", "path": ""}],
    "an-index-too-far": [{"op": "add", "path": "/risks/9", "value": {}}],
    "a-negative-index": [{"op": "remove", "path": "/risks/-1"}],
    "a-long-index": [{"op": "remove", "path": "/risks/" + "9" * 5_000}],
    "into-itself": [{"op": "move", "from": "/risks", "path": "/risks/0/x"}],
    "a-failing-test": [{"op": "test", "path": "/title", "value": "Other"}],
    "its-id": [{"op": "replace", "path": "/id", "value": "bela"}],
    "its-answers": [{"op": "remove", "path": "/answers"}],
    "its-artefacts": [{"op": "replace", "path": "/artefacts/plan/state", "value": "draft"}],
    "doubled": [{"op": "add", "path": "/x", "value": ["x" * 1000]}]
    + [{"op": "copy", "from": "/x", "path": "/x/-"}] * 900,
    "too-many": [{"op": "test", "path": "/title", "value": "Atlas"}] * 1_001,
    "escapes": [{"op": "\x1b[2J", "path": "/\x1b[2J"}],
    "an-escaped-path": [{"op": "remove", "path": "/\x1b[2J\u202e"}],
}


@pytest.mark.parametrize("patch", PATCHES.values(), ids=PATCHES)
def test_a_patch_that_cannot_be(patch: object, office: Path, pmo: Pmo) -> None:
    (office / "patch.json").write_text(json.dumps(patch))
    fault = pmo.refused("project", "amend", "atlas", "--patch", "patch.json")
    assert fault.code in (3, 4), fault
    assert inert(fault.words)
    assert len(fault.words) < 2_000


@pytest.mark.parametrize(("make", "code", "told"), RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("option", ["--patch", "--merge"])
def test_a_patch_s_file_that_cannot_be_read(
    make: Make, code: int, told: str, option: str, office: Path, pmo: Pmo
) -> None:
    make(office / "bad.yaml")
    fault = pmo.refused("project", "amend", "atlas", option, "bad.yaml")
    assert fault.code in (code, 3, 4)
    assert fault.code != 2 or told in fault.words


@pytest.mark.parametrize("merge", [[], "x", None, {"id": "bela"}, {"answers": None}, {"title": 7}])
def test_a_merge_patch_that_cannot_be(merge: object, office: Path, pmo: Pmo) -> None:
    (office / "merge.json").write_text(json.dumps(merge))
    assert pmo.refused("project", "amend", "atlas", "--merge", "merge.json").code in (3, 4)


@pytest.mark.parametrize(("make", "code", "told"), RECORDS.values(), ids=RECORDS)
def test_criteria_to_add_that_cannot_be_read(
    make: Make, code: int, told: str, office: Path, pmo: Pmo
) -> None:
    """A file of extra criteria, at a decision."""
    del told
    make(office / "bad.yaml")
    fault = pmo.refused(*DECIDE, "more", "--extra", "bad.yaml")
    assert fault.code in (2, 3), fault
    assert code == 2 or "bad.yaml" in fault.words


EXTRAS = [
    "fnish: {one: {must: It holds, answer: {}}}",
    "finish: {One: {must: It holds, answer: {}}}",
    "finish: {one: {must: It holds}}",
    "finish: {one: {must: It holds, answr: {}}}",
    "finish: {one: {must: It holds, expr: 'record.title ==', answer: {}}}",
    "finish: {sound: {must: It holds, answer: {}}}",
    "finish: {one: 1}",
    "'\\e[2J': {one: {must: It holds, answer: {}}}",
]


@pytest.mark.parametrize("extra", EXTRAS)
def test_criteria_to_add_that_are_none(extra: str, office: Path, pmo: Pmo) -> None:
    (office / "bad.yaml").write_text(extra)
    fault = pmo.refused(*DECIDE, "more", "--extra", "bad.yaml")
    assert fault.code in (2, 3, 4)
    assert inert(fault.words)


BROUGHT = ["x", "=x", "partner", "partner=", "partnr=eva.stern", "partner=[eva",
           "partner={a: !!x 1}", "partner=\udcff", "partner=[\udcff]"]  # fmt: skip


@pytest.mark.parametrize("brings", BROUGHT)
def test_what_a_decision_cannot_bring(brings: str, pmo: Pmo) -> None:
    words = ["review", "decide", "bela", "bring", "--as", "eva.stern", "--brings"]
    fault = pmo.refused(*words, brings)
    assert fault.code in (2, 3, 4)
    assert inert(fault.words)


NO_ANSWERS = ["", "\x1b[2J", "{", "{1}", "a=", "a=1,=2", "\udcff", "{\udcff}", "[1]", "a=1e999",
              "na", "x" * 100_000]  # fmt: skip


@pytest.mark.parametrize("value", NO_ANSWERS)
def test_what_is_no_answer(value: str, pmo: Pmo) -> None:
    fault = pmo.refused("project", "answer", "atlas", "consulted", value, "--evidence", "x:y")
    assert fault.code in (2, 3, 4)
    assert inert(fault.words)
    assert len(fault.words) < 2_000


@pytest.mark.parametrize(
    "date", ["", "soon", "2026-02-30", "2026-11-24T00:00Z", "\x1b[2J", "1000-01-01", "9999-12-31"]
)
def test_until_when_nobody_can_hold(date: str, pmo: Pmo) -> None:
    fault = pmo.refused(*DECIDE, "hold", "--resume-by", date)
    assert fault.code in (2, 4)
    assert inert(fault.words)


REASONS = ["\x1b[2J\u202e", "x" * 1_000_000, "a\nb", "\0"]


@pytest.mark.parametrize("reason", REASONS, ids=["escapes", "long", "lines", "nul"])
def test_a_reason_may_say_anything_and_acts_on_nobody(reason: str, pmo: Pmo) -> None:
    words = ["review", "decide", "bela", "drop", "--as", "eva.stern", "--reason"]
    told = pmo(*words, reason)
    assert told.code in (0, 3)
    for words in (["decision", "show", "bela"], ["project", "history", "bela"]):
        shown = pmo(*words)
        assert inert(shown.out + shown.err)


def test_a_reason_that_is_no_text(pmo: Pmo) -> None:
    assert pmo.refused(*DECIDE, "drop", "--reason", "\udcff").code == 3


ROLES = ["x", "=x", "owner=", "ownr=eva.stern", "owner=nobody", "\x1b[2J=eva.stern", "owner=\udcff"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_nobody_can_hold(role: str, pmo: Pmo) -> None:
    for words in (["project", "new", "extra"], ["project", "add", "more.yaml"]):
        fault = pmo.refused(*words, "--role", role)
        assert fault.code in (2, 3)
        assert inert(fault.words)


OUTPUTS = {
    "a-folder": "docs", "nowhere": "no/such/deep", "there": "more.yaml", "empty": "",
    "long": "x" * 300, "below-a-file": "more.yaml/x", "not-utf-8": "\udcff",
}  # fmt: skip


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_where_no_document_can_be_begun(output: str, office: Path, pmo: Pmo) -> None:
    words = ["template", "write", "atlas", "plan", "--output", output]
    if output in ("no/such/deep", "\udcff"):
        assert pmo(*words).code == 0
        return
    fault = pmo.refused(*words)
    assert fault.code in (2, 4, 69)
    assert inert(fault.words)


@pytest.mark.parametrize("folder", ["", "more.yaml", "more.yaml/x", "x" * 300])
def test_where_no_office_can_be_founded(folder: str, pmo: Pmo) -> None:
    fault = pmo.refused("init", folder, "--standard", "../house", "--id", "new")
    assert fault.code in (2, 4, 69)
    assert inert(fault.words)


@pytest.mark.parametrize(
    "words",
    [
        ["--id", "New"], ["--id", ""], ["--id", "x" * 65], ["--id", "\x1b"], ["--id", "no"],
        ["--title", ""], ["--title", "x" * 201], ["--title", "\udcff"], ["--zone", "CET-1"],
        ["--zone", "../../etc/passwd"], ["--zone", "\x1b[2J"], ["--standard", "nowhere"],
        ["--standard", ""], ["--standard", "more.yaml"], ["--standard", "\x1b[2J"],
    ],
    ids=repr,
)  # fmt: skip
def test_what_no_office_can_be(words: list[str], pmo: Pmo) -> None:
    standard = [] if "--standard" in words else ["--standard", "../house"]
    fault = pmo.refused("init", "../new", *standard, *words)
    assert fault.code in (2, 3)
    assert inert(fault.words)
