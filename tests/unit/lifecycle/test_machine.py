"""The machine of a track: what an outcome leads to, and what can be reached (S11.9)."""

from __future__ import annotations

import subprocess
import sys

from pmo_core.lifecycle.machine import leads_to, machine_of, offered, reachable
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard

LIFECYCLE = """
language: 1
standard: s
version: 1.0.0
title: S
record: {schema: record.schema.json}
roles: {sponsor: {title: Sponsor}}
"""


def standard(lifecycle: str) -> Standard:
    text = f"{LIFECYCLE}lifecycle:\n{lifecycle}"
    return load({"standard.yaml": text.encode(), "record.schema.json": b"{}"}, "s")


ONE_TRACK = standard(
    """
  initial: a
  phases: [a, b, c, z]
  ends: [z]
  gates:
    g: {title: G, from: a, outcomes: {go: b, hold: same}, authority: automatic, criteria: {}}
    h:
      title: H
      from: [b, c]
      outcomes: {go: z, back: {to: a, needs: nothing}}
      authority: automatic
      criteria: {}
"""
)
TWO_TRACKS = standard(
    """
  tracks:
    status: {initial: open, phases: [open, shut], ends: [shut]}
    stage: {initial: alpha, phases: [alpha, beta]}
  gates:
    g:
      title: G
      from: {status: open}
      outcomes: {go: {to: {status: shut, stage: beta}}}
      authority: {role: sponsor}
      criteria: {}
"""
)


def test_an_outcome_leads_from_each_phase_of_its_gate() -> None:
    assert leads_to(ONE_TRACK, "main", "a", "g/go") == "b"
    assert leads_to(ONE_TRACK, "main", "c", "h/back") == "a"


def test_same_changes_no_phase() -> None:
    assert leads_to(ONE_TRACK, "main", "a", "g/hold") == "a"


def test_an_outcome_leads_nowhere_from_another_phase_or_under_another_name() -> None:
    assert leads_to(ONE_TRACK, "main", "b", "g/go") is None
    assert leads_to(ONE_TRACK, "main", "a", "g/none") is None
    assert leads_to(ONE_TRACK, "main", "nowhere", "g/go") is None


def test_a_phase_is_offered_the_outcomes_of_its_gates_in_file_order() -> None:
    assert offered(ONE_TRACK, "main", "b") == ("h/go", "h/back")
    assert offered(ONE_TRACK, "main", "z") == ()


def test_reachable_follows_series_of_outcomes() -> None:
    assert reachable(ONE_TRACK, "main", "a") == {"a", "b", "z"}
    assert reachable(ONE_TRACK, "main", "z") == {"z"}


def test_a_gate_of_another_track_moves_this_one_from_anywhere() -> None:
    assert leads_to(TWO_TRACKS, "stage", "alpha", "g/go") == "beta"
    assert leads_to(TWO_TRACKS, "status", "open", "g/go") == "shut"


def test_a_later_move_is_a_trigger_of_its_own() -> None:
    """S11.3."""
    later = standard(
        """
  initial: a
  phases: [a, b]
  gates:
    g:
      title: G
      from: a
      outcomes: {conditional-go: {to: same, then: {after: conditions-met, to: b}}}
      authority: automatic
      criteria: {}
"""
    )
    assert leads_to(later, "main", "a", "g/conditional-go") == "a"
    assert leads_to(later, "main", "a", "g/conditional-go/then") == "b"


def test_a_machine_is_built_once_and_keeps_no_passage() -> None:
    machine = machine_of(ONE_TRACK, "main")
    leads_to(ONE_TRACK, "main", "a", "g/go")
    assert machine_of(ONE_TRACK, "main") is machine
    assert machine.models == []


def test_transitions_is_imported_only_when_a_machine_is_asked_for() -> None:
    """The hot path of `check` pays nothing for it."""
    code = "import sys, pmo_core.lifecycle.machine; sys.exit('transitions' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
