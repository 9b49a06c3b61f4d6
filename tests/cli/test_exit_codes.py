"""Exit codes of S16, one by one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pmo_core.cli.commands import pmo as whole

from .command_line import FILES, pmo

PROGRAM = (sys.executable, "-m", "pmo_core.cli")


@pytest.fixture(autouse=True)
def _in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FILES, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, "check --standard ./house records/tower.yaml"),
        (0, "standard lint ./risky"),
        (1, "check --standard ./house records/shed.yaml"),
        (1, "standard lint --strict ./risky"),
        (1, "standard test ./house"),
        (1, "standard test --full-coverage ./risky"),
        (2, "check --standard ./house"),
        (2, "check --standard nothing-like-it records"),
        (2, "check --standard ./house nowhere.yaml"),
        (2, "guide nothing-like-it"),
        (3, "check --standard ./house unreadable.yaml"),
        (3, "check --standard ./broken records"),
    ],
)
def test_the_exit_code_says_what_came_of_it(
    code: int, arguments: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S16: 0 ready or done; 1 the answer is no; 2 usage and unknown names; 3 invalid."""
    assert pmo(monkeypatch, arguments).code == code


def test_unreadable_counts_over_blocked_and_blocked_over_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """S16.1: of several records the greatest of 3, 1 and 0."""
    ready, blocked, unreadable = "records/tower.yaml", "records/shed.yaml", "unreadable.yaml"
    command = "check --standard ./house"
    assert pmo(monkeypatch, f"{command} {ready} {blocked}").code == 1
    assert pmo(monkeypatch, f"{command} {unreadable} {blocked} {ready}").code == 3


def test_a_should_fails_only_where_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """S16.1: `--fail-on should` changes the exit code, and no verdict."""
    command = "check --standard ./house --at 2026-11-24 --fact lab.open=true --format jsonl"
    usual = pmo(monkeypatch, f"{command} records/barn.yaml")
    strict = pmo(monkeypatch, f"{command} --fail-on should records/barn.yaml")
    assert (usual.code, strict.code) == (0, 1)
    assert usual.out == strict.out


def test_a_file_that_cannot_be_opened_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """S2.3: the other sources go on."""
    Path("loose.yaml").symlink_to("nowhere.yaml")
    written = pmo(monkeypatch, "check --standard ./house loose.yaml records/tower.yaml")
    assert written.code == 3
    assert "loose.yaml:1:1: unreadable\n  it cannot be read: No such file" in written.out
    assert "1 record in" in written.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_69_and_is_told_in_words() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            (*PROGRAM, "standard", "schema"), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 69
    assert done.stderr.decode().startswith("the output cannot be written: ")
    assert done.stderr.count(b"\n") == 1


def _broken(*_arguments: object, **_options: object) -> None:
    raise ZeroDivisionError("division by zero")


def test_a_bug_is_70_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """S16: anything else is our bug, and says so."""
    monkeypatch.setattr(whole, "invoke", _broken)
    written = pmo(monkeypatch, "check --standard ./house records")
    assert (written.code, written.out) == (70, "")
    assert "a bug in pmo, not in your files: ZeroDivisionError: division by zero" in written.err
    assert "Traceback" not in written.err


def test_a_bug_is_json_where_json_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """S16.2."""
    monkeypatch.setattr(whole, "invoke", _broken)
    written = pmo(monkeypatch, "check --standard ./house --format json records")
    assert (written.code, written.err) == (70, "")
    assert json.loads(written.out)["error"]["kind"] == "bug"


def test_a_bug_shows_its_traceback_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "invoke", _broken)
    monkeypatch.setenv("PMO_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        pmo(monkeypatch, "check --standard ./house records")


READING = """
import sys
from pmo_core.cli import check
wait = check.standard_input
def told():
    print("reading", file=sys.stderr, flush=True)
    return wait()
check.standard_input = told
sys.argv = ["pmo", "check", "--standard", "./house", "-"]
from pmo_core.cli import main
main()
"""


def test_an_interrupt_is_130_in_one_word() -> None:
    """S16: interrupted while it reads standard input."""
    running = subprocess.Popen(
        (sys.executable, "-c", READING), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with running:
        assert running.stderr is not None
        assert running.stderr.readline() == b"reading\n"
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == b"interrupted\n"
    assert running.returncode == 130


@pytest.mark.parametrize(
    "arguments",
    [
        ("standard", "schema"),
        ("check", "--standard", "./house", "records"),
        ("check", "--standard", "./house", "stream.jsonl"),
    ],
)
def test_a_closed_pipe_ends_quietly_with_0(arguments: tuple[str, ...]) -> None:
    """S16.1: the reader has seen enough, blocked records or not."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        (*PROGRAM, *arguments), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ("standard show ./house --json --nonsense", "usage"),
        ("standard show --json", "usage"),
        ("check --format=jsonl records", "usage"),
        ("standard show nothing-like-it --json", "unknown-name"),
        ("check --standard ./house --format json nowhere.yaml", "unknown-name"),
        ("standard show ./broken --json", "invalid-standard"),
        ("plugin show nothing-like-it --json", "unknown-name"),
    ],
)
def test_with_json_an_error_is_one_object_on_standard_output(
    arguments: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S16.2: `{"error": {kind, message, ...}}`, and nothing on standard error."""
    written = pmo(monkeypatch, arguments)
    assert written.err == ""
    error = json.loads(written.out)["error"]
    assert error["kind"] == kind
    assert error["message"]


def test_several_faults_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """S16.2: a line each for people, `also` for programs."""
    told = pmo(monkeypatch, "standard show ./broken").err.splitlines()
    error = json.loads(pmo(monkeypatch, "standard show ./broken --json").out)["error"]
    faults = [error, *error["also"]]
    assert len(told) == len(faults) == 3
    for line, fault in zip(told, faults, strict=True):
        assert line.startswith(f"{fault['source']}:{fault['line']}:{fault['column']}: ")
        assert fault["message"] in line
