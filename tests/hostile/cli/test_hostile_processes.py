"""`pmo` as a process among others: pipes that close, signals, encodings, endless input, memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="needs POSIX")
pytestmark = pytest.mark.timeout(60)

PROGRAM = (sys.executable, "-m", "pmo_core.cli")
STANDARD = str(Path(__file__).parents[1] / "standards/base")
CHECK = (*PROGRAM, "check", "--standard", STANDARD)
GOOD = '{"id": "p-1", "title": "Good", "phase": "idea"}\n'
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a good record."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.json").write_text(GOOD)
    return tmp_path


def run(
    *words: str | bytes, stdin: bytes = b"", megabytes: int = 2_000, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The whole process, with so much memory; never a traceback."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))

    done = subprocess.run(
        words,
        input=stdin,
        capture_output=True,
        check=False,
        preexec_fn=limited,
        env={**os.environ, **environment},
    )
    assert b"Traceback" not in done.stdout + done.stderr
    return done


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """A line of shell in which `$PMO` is `pmo check` by the small standard."""
    line = f"set -o pipefail; {command}".replace("$PMO", " ".join(CHECK))
    return run("bash", "-c", line)


def test_a_reader_that_has_seen_enough_ends_it_quietly(folder: Path) -> None:
    """S16.1: `| head -1`."""
    (folder / "many.jsonl").write_text("".join(GOOD.replace("p-1", f"p-{n}") for n in range(3_000)))
    for option in ("text", "jsonl"):
        done = shell(f"$PMO --format {option} many.jsonl | head -c 10")
        assert (done.returncode, done.stderr) == (0, b""), option
        assert len(done.stdout) == 10


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("$PMO good.json >&-", 1, b""),
        ("$PMO good.json 2>&-", 1, b""),
        ("$PMO gone.json 2>&-", 2, b""),
        ("$PMO --format json gone.json >&-", 2, b""),
        ("$PMO good.json >&- 2>&- <&-", 1, b""),
        ("$PMO - <&-", 2, b"standard input is closed"),
        ("$PMO good.json > /dev/full", 69, b"the output cannot be written: No space left"),
        ("$PMO --format json gone.json > /dev/full", 2, b""),
        ("$PMO gone.json 2> /dev/full", 2, b""),
        ("TMPDIR=/nowhere $PMO good.json", 1, b""),
    ],
)
def test_output_that_goes_nowhere_changes_no_exit_code(
    command: str, code: int, told: bytes
) -> None:
    done = shell(command)
    assert done.returncode == code
    assert told in done.stderr
    assert b"bug" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_an_encoding_that_lacks_a_letter_ends_nothing(folder: Path, encoding: str) -> None:
    name = "\u65e5\u672c\U0001f600"
    (folder / f"{name}.json").write_text(GOOD)
    for words, code in (
        ((*CHECK, f"{name}.json"), 1),
        ((*CHECK, f"{name}.toml"), 2),
        ((*CHECK, "--format", "json", f"{name}.toml"), 2),
        ((*PROGRAM, "standard", "show", "essentials"), 0),
        ((*PROGRAM, "guide", name), 2),
    ):
        done = run(*words, PYTHONIOENCODING=encoding)
        assert done.returncode == code, words
        (done.stdout + done.stderr).decode("utf-8")
        if "json" in words:
            assert name in json.loads(done.stdout)["error"]["message"]


def test_names_that_are_no_text_are_judged(folder: Path) -> None:
    name = b"half\xff.json"
    (folder / os.fsdecode(name)).write_text(GOOD)
    for option in ("text", "json", "jsonl", "junit", "sarif", "markdown", "github"):
        done = run(*CHECK, "--format", option, name)
        assert done.returncode == 1, option
        shown = "half%FF.json" if option == "sarif" else "half\ufffd.json"
        assert shown in done.stdout.decode("utf-8")
    assert run(*CHECK, b"gone\xff.json").returncode == 2


def test_interrupts_while_a_pipe_is_read_are_130(folder: Path) -> None:
    """S16: the first, and more while the first is told."""
    os.mkfifo(folder / "lines")
    # Opening the pipe to write succeeds once the other side reads.
    with (
        subprocess.Popen((*CHECK, "lines"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one,
        open(folder / "lines", "wb"),
    ):
        while one.poll() is None:
            # One that comes just before the process begins to wait is not seen until it ends.
            one.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                one.wait(0.2)
        _out, err = one.communicate()
    assert one.returncode == 130
    assert b"Traceback" not in err


@pytest.mark.parametrize("line", ["y", "[[[", '{"a":'])
def test_input_without_end_ends(line: str) -> None:
    done = shell(f"yes '{line}' 2>/dev/null | $PMO -")
    assert b"unreadable" in done.stdout
    assert b"the document is larger than 10 MB" in done.stdout


def test_links_in_circles_take_no_time(folder: Path) -> None:
    for name in ("a", "b", "c"):
        (folder / name).symlink_to(".")
    began = time.monotonic()
    done = run(*CHECK, "**/*.json")
    assert done.returncode == 1
    assert time.monotonic() - began < 10


LARGE = {
    "a-line-of-twenty-megabytes": ("a.jsonl", '{"a":"' + "x" * 20 * MEGABYTE + '"}\n' + GOOD, 3),
    "an-array-of-a-million": ("a.json", '{"risks":[' + "1," * 900_000 + "1]}", 1),
    "an-array-of-empty-objects": ("a.json", '{"risks":[' + "{}," * 400_000 + "{}]}", 1),
    "an-object-of-many-keys": (
        "a.json",
        "{" + ",".join(f'"{n}":1' for n in range(400_000)) + "}",
        1,
    ),
    "documents-without-end": ("a.yaml", "---\n" * 300_000, 3),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_record_that_is_wrong_everywhere_fits_into_memory(name: str, folder: Path) -> None:
    """The engine of schemas makes kilobytes of each error, and there may be a million."""
    path, content, code = LARGE[name]
    (folder / path).write_text(content)
    done = run(*CHECK, path, megabytes=1_000)
    assert done.returncode == code
    if path == "a.jsonl":
        assert b"a.jsonl:2:1: fail planned (must)" in done.stdout


def test_a_value_of_a_hundred_thousand_levels_ends_no_process(folder: Path) -> None:
    """S1.5: native validators would."""
    deep = "[" * 100_000 + "]" * 100_000
    (folder / "deep.json").write_text(deep)
    (folder / "deep.yaml").write_text(deep)
    (folder / "deep.jsonl").write_text(deep + "\n" + GOOD)
    done = run(*CHECK, "deep.json", "deep.yaml", "deep.jsonl", "-", stdin=deep.encode())
    assert done.returncode == 3
    assert done.stdout.count(b"more than 100 levels of nesting") == 4
    assert run(*CHECK, "good.json", "--fact", f"lab.open={deep[:50_000]}").returncode == 2
