"""A session that is typed at times: what each command writes, and its exit code.

`# at 2026-11-24T09:00` sets the clock, in Brindal's time; other lines that begin with `#` are for
the reader. `$ cd DIR` goes there; `$ pmo ...` is typed, over several lines where they end in a
backslash. What was written to standard error stands behind `2> `, an exit code other than 0 in
brackets.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pmo_core.cli.commands import call
from pmo_core.cli.complaints import exit_code, tell
from pmo_core.cli.invocation import Invocation

BRINDAL = ZoneInfo("Europe/Oslo")
_SHORT = re.compile(r"\b[0-9a-f]{8}\b")
_WHOLE = re.compile(r"\b(sha256:)?[0-9a-f]{64}\b")
_TOOK = re.compile(r"\b\d+\.\d+ s\b")


def settled(text: str) -> str:
    """The text without what differs from run to run: durations, and digests, whole or short."""
    return _SHORT.sub("........", _WHOLE.sub("sha256:...", _TOOK.sub("0.1 s", text)))


def typed(command: str, at: datetime) -> tuple[str, str, int]:
    """One command line, without its `pmo`, as it is answered at a time: output, errors, code."""
    words = shlex.split(command)
    invocation = Invocation(words, clock=lambda: at)
    out, err = _stream(), _stream()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = call(words, invocation)
        except Exception as error:
            tell(error, as_json=invocation.json)
            code = exit_code(error)
    return _written(out), _written(err), code


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def asked(session: str) -> Iterator[str]:
    """What is typed in a session, comments among it, in order; one that goes on is one."""
    going_on = False
    for line in session.splitlines():
        if going_on or line.startswith(("$ ", "# ")):
            yield line
            going_on = line.startswith(("$ ", "    ")) and line.endswith("\\")


def played(session: str) -> str:
    """The session as it is now."""
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    lines: list[str] = []
    command = ""
    for line in asked(session):
        lines.append(line)
        if line.startswith("# "):
            if line.startswith("# at "):
                written = datetime.fromisoformat(line.removeprefix("# at "))
                now = written.replace(tzinfo=BRINDAL).astimezone(UTC)
            continue
        command += line.removeprefix("$ ").removesuffix("\\")
        if line.endswith("\\"):
            continue
        program, _, rest = command.partition(" ")
        command = ""
        if program == "cd":
            os.chdir(rest)
            continue
        out, err, code = typed(rest, now)
        lines += settled(out).splitlines()
        lines += [f"2> {one}".rstrip() for one in settled(err).splitlines()]
        if code:
            lines.append(f"(exit {code})")
    return "".join(f"{line}\n" for line in lines)
