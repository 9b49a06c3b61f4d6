"""Locks, interrupts, full and read-only disks: what was not done was not written (S15.1)."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pmo_core import Office
from pmo_core.governance.fold import fold
from pmo_core.ledger import broken_link, sqlite, store
from pmo_core.ledger.writing import Writing
from pmo_core.office.keeping import recorded

from .conftest import Pmo
from .house import digests
from .rows import IN_OFFICE, ROWS, WRITING, Row, named
from .test_wrong_surroundings import LEDGER

resource = pytest.importorskip("resource", reason="needs POSIX")
PROGRAM = (sys.executable, "-m", "pmo_core.cli")
LOCKING = tuple(row for row in IN_OFFICE if row.writes or row.command in ("tick", "standard pin"))
READING = tuple(row for row in IN_OFFICE if row not in LOCKING)


def check_whole(office: Path) -> dict[str, int]:
    """Each state is the fold of its events, each chain is whole; the version of each project."""
    versions = {}
    with Office.open(office) as found:
        for project in found.store.project_ids():
            events = found.store.events(project)
            assert broken_link(events) is None
            assert fold(recorded(event) for event in events) == found.project(project)
            versions[project] = len(events)
    return versions


@contextmanager
def held(office: Path) -> Iterator[None]:
    """Another command that writes, and does not end."""
    with closing(sqlite3.connect(office / LEDGER, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_ledger_that_another_keeps_locked(office: Path, pmo: Pmo) -> None:
    """Whoever reads goes on; whoever writes is told, and nothing is written."""
    with held(office):
        for row in LOCKING:
            fault = pmo.refused(*row.words)
            assert (row.command, fault.code, fault.kind) == (row.command, 69, "unavailable")
            assert "the ledger is in use" in fault.words
            assert "Nothing was written. Try again" in fault.words
        for row in READING:
            assert pmo(*row.words).code == row.code, row.command
    for row in LOCKING:
        assert pmo(*row.words, *(["--dry-run"] * ("--dry-run" in row.parameters))).code == 0


@pytest.mark.parametrize("row", WRITING, ids=named(WRITING))
@pytest.mark.parametrize("method", ["append", "put_projection"])
def test_an_interrupt_in_the_middle_writes_nothing(
    row: Row, method: str, office: Path, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S16: exit 130; the lock is free again, and the command can be given anew."""
    before = digests(office)

    def interrupted(*args: object, **kwargs: object) -> None:
        original(*args, **kwargs)
        raise KeyboardInterrupt

    original: Callable[..., object] = getattr(Writing, method)
    with monkeypatch.context() as patch:
        patch.setattr(Writing, method, interrupted)
        told = pmo(*row.words)
    assert told.code == 130
    assert "interrupted" in told.err
    assert digests(office) == before
    assert pmo(*row.words).code == 0
    check_whole(office)


@pytest.mark.parametrize(
    ("line", "method"),
    [("tick", "set_mark"), ("standard pin ../other", "put_blob"),
     ("init ../new --standard ../house", "put_blob")],
)  # fmt: skip
def test_an_interrupt_of_what_nobody_does_by_name_writes_nothing(
    line: str, method: str, office: Path, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests(office.parent)

    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Writing, method, interrupted)
        assert pmo(*line.split()).code == 130
    assert digests(office.parent) == before
    assert pmo(*line.split()).code == 0


WAITING = """
import os
from pmo_core.ledger import sqlite

take = sqlite._take_lock
def told(*args):
    os.write(1, b"waiting\\n")
    take(*args)
sqlite._take_lock = told
from pmo_core.cli.commands import run
run()
"""


@pytest.mark.timeout(25)
def test_an_interrupt_while_it_waits_for_the_lock_is_heard_at_once(office: Path) -> None:
    """Long before the half minute for which a command waits."""
    before = digests(office)
    words = ("project", "amend", "atlas", "--set", "title=Late")
    with (
        held(office),
        subprocess.Popen(
            (sys.executable, "-c", WAITING, *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as one,
    ):
        assert one.stdout is not None
        assert one.stdout.readline() == b"waiting\n"
        one.send_signal(signal.SIGINT)
        _out, err = one.communicate()
    assert (one.returncode, err) == (130, b"interrupted\n")
    assert digests(office) == before


def together(lines: list[list[str]]) -> list[tuple[int, str]]:
    """What processes that begin at once come to."""
    running = [
        subprocess.Popen(
            (*PROGRAM, *line), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in lines
    ]
    ended = []
    for one in running:
        _out, err = one.communicate()
        ended.append((one.returncode, err))
    return ended


def test_processes_at_one_project_lose_nothing(office: Path) -> None:
    ended = together([["project", "amend", "atlas", "--set", f"title=Title {n}"] for n in range(4)])
    assert ended == [(0, "")] * 4
    assert check_whole(office)["atlas"] == 4 + 4


def test_of_processes_upon_one_version_one_wins(office: Path) -> None:
    """S16: the others get a conflict, and are told by whom and what to do."""
    ended = together(
        [
            ["project", "amend", "atlas", "--version", "4", "--set", f"title=Title {n}"]
            for n in range(4)
        ]
    )
    assert sorted(code for code, _err in ended) == [0, 4, 4, 4]
    for code, err in ended:
        assert not code or "your change is to version 4" in err
    assert check_whole(office)["atlas"] == 5


def test_of_processes_that_decide_one_review_one_does(office: Path) -> None:
    ended = together(
        [["review", "decide", "bela", "go", "--review", "begin/1", "--as", "eva.stern"]] * 3
    )
    assert sorted(code for code, _err in ended) == [0, 4, 4]
    with Office.open(office) as found:
        assert len(found.project("bela").decisions) == 1


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("size", [0, 5_000, 33_000, 50_000])
def test_a_disk_without_room(size: int, office: Path, pmo: Pmo) -> None:
    """S16: told as the disk's fault; state and ledger stay together, and no half of a file."""
    for row in ROWS:
        before = digests(office)
        with room(size):
            told = pmo(*row.words)
        assert told.code in (0, 1, 4, 69), (row.command, told)  # 4: what others did before
        if told.code == 69:
            assert "disk" in told.err or "cannot be" in told.err, (row.command, told)
            if "is registered, but" not in told.err:  # it says what to do about its file
                assert digests(office) == before, row.command
        check_whole(office)
    assert not [path for path in office.rglob("*") if path.name.endswith(".new")]
    assert pmo("project", "amend", "atlas", "--set", "budget=9").code == 0


UNWRITTEN = "the output cannot be written"
AS_NOBODY = """
import io, json, os, sys, traceback
from pmo_core.cli import commands
from pmo_core.cli.invocation import Invocation

def ran(words):
    sys.argv = ["pmo", *words]
    sys.stdout = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    try:
        commands.run()
    except SystemExit as stopped:
        code = stopped.code
    return [code, sys.stdout.buffer.getvalue().decode(), sys.stderr.buffer.getvalue().decode()]

lines, kept = json.loads(sys.argv[1]), sys.stdout
for words in lines:
    ran([*words, "--dry-run"])  # imports what a run needs, while it may
    ran(["project", "show", "nowhere"])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
told = [ran(words) for words in lines]
kept.write(json.dumps(told))
kept.flush()
os._exit(0)
"""


@pytest.mark.parametrize("folders", [0o555, 0o777], ids=["folders-and-files", "files"])
def test_an_office_that_may_only_be_read(folders: int, office: Path, tmp_path: Path) -> None:
    """Writing is refused and told; reading goes on, or is told why it cannot."""
    root = tmp_path / "city"
    for folder in (tmp_path, *tmp_path.parents):
        if folder == Path("/tmp") or folder.stat().st_uid != os.geteuid():
            break
        folder.chmod(folder.stat().st_mode | 0o055)
    root.chmod(0o755)
    for path in root.rglob("*"):
        path.chmod(folders if path.is_dir() else 0o444)
    before = digests(root)
    lines = [row.words for row in IN_OFFICE]
    done = subprocess.run(
        (sys.executable, "-c", AS_NOBODY, json.dumps(lines)),
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if "Operation not permitted" in done.stderr:
        pytest.skip("this process may not become somebody else")
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert not done.stderr, done.stderr
    answers = zip(IN_OFFICE, json.loads(done.stdout), strict=True)
    for row, (code, out, err) in answers:
        if row.command == "template write" and folders == 0o777:
            assert code == 0
            continue
        # To read it, too, SQLite writes beside its file.
        may = row not in LOCKING and (folders == 0o777 or row.command == "standard pin")
        assert code == (row.code if may else 69), (row.command, out, err)
        assert "Traceback" not in out + err
        assert code != 69 or "read-only" in err, (row.command, err)
    shutil.rmtree(office / "documents", ignore_errors=True)
    assert digests(root) == before


def test_whoever_reads_opens_the_ledger_to_read(
    office: Path, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it could not be read on a disk that is read-only."""
    opened: list[object] = []
    original = sqlite.open_engine

    def watched(path: Path, *, read_only: bool, wait_seconds: float) -> object:
        opened.append(read_only)
        return original(path, read_only=read_only, wait_seconds=wait_seconds)

    monkeypatch.setattr(store, "open_engine", watched)
    for row in READING:
        opened.clear()
        pmo(*row.words)
        assert opened == [True], row.command


@pytest.mark.parametrize(
    ("line", "code", "told", "written"),
    [
        ("project amend atlas --set budget=7 >&-", 0, "", True),
        ("project amend atlas --set budget=7 2>&-", 0, "", True),
        ("project amend atlas --set budget=7 > /dev/full", 69, UNWRITTEN, True),
        ("project list >&-", 0, "", False),
        ("project list --json > /dev/full", 69, UNWRITTEN, False),
        ("project history atlas | head -c 5", 0, "", False),
        ("project amend atlsa --set budget=7 >&- 2>&-", 2, "", False),
    ],
)  # fmt: skip
def test_output_that_goes_nowhere(
    line: str, code: int, told: str, written: bool, office: Path
) -> None:
    """What was written stays written: the answer is lost, not the event."""
    command = f"set -o pipefail; {' '.join(PROGRAM)} {line}"
    done = subprocess.run(("bash", "-c", command), capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert told in done.stderr
    assert "bug" not in done.stderr
    assert check_whole(office)["atlas"] == (5 if written else 4)


@pytest.mark.parametrize("wrong", [KeyError("uid"), OSError("no login"), ImportError("pwd")])
def test_somebody_without_a_login(
    wrong: Exception, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise wrong

    monkeypatch.delenv("PMO_AS")
    monkeypatch.setattr(getpass, "getuser", nobody)
    for row in WRITING:
        if "--as" not in row.words:
            fault = pmo.refused(*row.words)
            assert (fault.code, fault.kind) == (2, "unknown-name")
            assert "--as WHO, or set PMO_AS" in fault.words


EDITORS = {
    "not-there": ("no-such-editor", 2, "cannot be started"),
    "unbalanced": ("vi 'x", 2, "cannot be started"),
    "failing": ("false", 69, "ended with exit code 1"),
    "garbage": ("sed -i 1i\\[[[", 3, "Your draft is kept"),
    "a-folder-in-its-place": ('sh -c \'rm "$0"; mkdir "$0"\'', 2, "no file"),
    "a-pipe-in-its-place": ('sh -c \'rm "$0"; ln -s /dev/zero "$0"\'', 3, "Your draft is kept"),
}


@pytest.mark.parametrize(("editor", "code", "told"), EDITORS.values(), ids=EDITORS)
def test_an_editor_that_fails(
    editor: str, code: int, told: str, office: Path, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    before = digests(office)
    answer = pmo("project", "edit", "atlas", "--yes")
    assert answer.code == code, answer
    assert told in answer.err
    assert digests(office) == before


def test_an_editor_that_takes_the_draft_away_changes_nothing(
    office: Path, pmo: Pmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "rm")
    assert "nothing was changed" in pmo("project", "edit", "atlas", "--yes").out


def test_a_question_that_nobody_answers_is_an_interrupt_and_keeps_the_draft(
    office: Path, pmo: Pmo
) -> None:
    before = digests(office)
    told = pmo("project", "edit", "atlas")
    assert told.code == 130
    assert "Your draft is kept" in told.err
    assert digests(office) == before
