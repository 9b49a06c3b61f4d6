"""kill -9 at each system call of a decision that writes: state and ledger never part (S15.1).

Where `strace` is there, the decision is killed at every call that changes a file; where it is not,
at moments spread over its time. Afterwards the office opens, each project's state is the fold of
its events, the chain is whole, and the same command under the same key is done exactly once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmo_core import Choice, Office, found_office
from pmo_core.governance.fold import fold
from pmo_core.ledger import broken_link
from pmo_core.office.keeping import recorded

from .decider import ACKNOWLEDGED, KEY, NOW, PROJECT

DECIDER = Path(__file__).with_name("decider.py")
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink")
MOMENTS = 50
Attempt = Callable[[Path], bool]
"""Decides in an office until it is killed; whether the decision was acknowledged before."""

STANDARD = """
language: 1
standard: tiny
version: 1.0.0
title: Tiny
record: {schema: record.schema.json}
roles: {owner: {title: Owner}}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      outcomes:
        go: {to: work, baseline: {name: plan, of: [/title]}}
      authority: {role: owner}
      criteria:
        titled: {must: It has a title, schema: {required: [title]}}
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one review that is open."""
    root = tmp_path_factory.mktemp("killed")
    package = root / "tiny"
    package.mkdir()
    (package / "standard.yaml").write_text(STANDARD)
    (package / "record.schema.json").write_text('{"type": "object"}')
    folder = root / "office"
    found_office(folder, str(package), office_id="killed")
    with Office.open(folder, clock=lambda: NOW) as office:
        record = {"id": PROJECT, "title": "Atlas", "phase": "idea"}
        office.register(PROJECT, record, roles=[("owner", "eva")], actor="kira")
        office.open_review(PROJECT, actor="kira")
    return folder


@pytest.mark.timeout(600)
def test_a_decision_killed_at_any_call_is_whole_or_was_never_made(
    before: Path, tmp_path: Path
) -> None:
    killed = 0
    for number, attempt in enumerate(_attempts(before, tmp_path)):
        office = tmp_path / f"office-{number}"
        shutil.copytree(before, office)
        acknowledged = attempt(office)
        killed += not acknowledged
        _check(office, acknowledged=acknowledged)
        shutil.rmtree(office)
    assert killed >= 5


def _attempts(before: Path, tmp_path: Path) -> Iterator[Attempt]:
    """Ways to run the decision and kill it; each tells whether it was acknowledged before."""
    strace = shutil.which("strace")
    if strace is None:
        yield from _at_moments(before, tmp_path)
        return
    trial = tmp_path / "trial"
    shutil.copytree(before, trial)
    log = tmp_path / "log"
    trace = [strace, "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    subprocess.run([*trace, sys.executable, str(DECIDER), str(trial)], check=True, env=_env())
    counts = Counter(
        name for line in log.read_text().splitlines() for name in CALLS if f" {name}(" in line
    )
    assert counts["pwrite64"] > 3
    for name, most in sorted(counts.items()):
        for when in range(1, most + 1):
            inject = ["-e", f"inject={name}:signal=KILL:when={when}"]

            def attempt(office: Path, inject: list[str] = inject) -> bool:
                command = [*trace, *inject, sys.executable, str(DECIDER), str(office)]
                done = subprocess.run(command, capture_output=True, env=_env())
                return done.stdout == ACKNOWLEDGED

            yield attempt


def _at_moments(before: Path, tmp_path: Path) -> Iterator[Attempt]:
    trial = tmp_path / "trial"
    shutil.copytree(before, trial)
    started = time.monotonic()
    subprocess.run([sys.executable, str(DECIDER), str(trial)], check=True, env=_env())
    whole = time.monotonic() - started
    for moment in range(MOMENTS):

        def attempt(office: Path, wait: float = whole * (0.5 + moment / MOMENTS)) -> bool:
            command = [sys.executable, str(DECIDER), str(office)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, env=_env()) as running:
                try:
                    told, _nothing = running.communicate(timeout=wait)
                except subprocess.TimeoutExpired:
                    running.kill()
                    told, _nothing = running.communicate()
            return told == ACKNOWLEDGED

        yield attempt


def _env() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": root}


def _check(folder: Path, *, acknowledged: bool) -> None:
    with Office.open(folder, clock=lambda: NOW) as office:
        events = office.store.events(PROJECT)
        state = office.project(PROJECT)
        assert broken_link(events) is None
        assert fold(recorded(event) for event in events) == state
        names = [event.name for event in events[3:]]
        assert names in ([], ["decided", "baseline-taken", "phase-entered"])
        if acknowledged:
            assert names
        done = office.decide(PROJECT, Choice("go"), actor="eva", reason="All is there", key=KEY)
        assert done.repeated is bool(names)
        assert done.after.phases == {"main": "work"}
        assert len(office.project(PROJECT).decisions) == 1
