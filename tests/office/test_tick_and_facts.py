"""S13.3, S8.1: what rests on an outside fact is decided as of the tick, by what is known then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmo_core import Fact, FactCall, FactSupplier, Office, hookimpl
from pmo_core.plugins.loading import plugin_from

from .offices import START, Clock, office

STANDARD = """
language: 1
standard: tiny
version: 1.0.0
title: By the lab
record: {schema: record.schema.json}
needs: {facts: {lab.open: {type: boolean}}}
lifecycle:
  initial: idea
  phases: [idea, work]
  ends: [work]
  gates:
    begin:
      from: idea
      outcomes: {go: work}
      authority: automatic
      criteria:
        lab: {must: The lab is open, expr: facts.lab.open}
"""


def lab(here: Office, supply: Callable[[FactCall], Mapping[str, Fact]]) -> Office:
    """The office with a plugin `lab` that nobody has to install."""

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["lab.open"], supply)]

    here._plugins = {"lab": plugin_from(SimpleNamespace(pmo_facts=pmo_facts), "lab")}
    return here


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_it_is_decided_as_of_the_tick_that_finds_it_so(tmp_path: Path, clock: Clock) -> None:
    opened = START + timedelta(days=3)

    def supply(call: FactCall) -> Mapping[str, Fact]:
        return {"lab.open": Fact(call.now >= opened)}

    here = lab(office(tmp_path, clock, STANDARD, "plugins: {lab: {}}"), supply)
    here.register("atlas", {"id": "atlas"}, actor="kira")
    assert here.tick(START + timedelta(days=2)).events == ()
    clock.now = START + timedelta(days=9)
    done = here.tick()
    assert [(one.name, one.effective) for one in done.events] == [
        (name, clock.now) for name in ("review-opened", "decided", "phase-entered")
    ]
    assert here.tick().events == ()


def test_plugins_are_asked_before_the_ledger_is_held(tmp_path: Path, clock: Clock) -> None:
    """Another process writes while the plugin answers; tick then sees what it wrote."""
    asked: list[datetime] = []
    now = datetime(2026, 4, 1, tzinfo=UTC)

    def supply(call: FactCall) -> Mapping[str, Fact]:
        asked.append(call.now)
        if asked == [now]:
            with lab(Office.open(tmp_path / "office", clock=clock), lambda _: {}) as other:
                other.register("borea", {"id": "borea"}, actor="kira")
        return {"lab.open": Fact(call.project == "atlas")}

    here = lab(office(tmp_path, clock, STANDARD, "plugins: {lab: {}}"), supply)
    here.register("atlas", {"id": "atlas"}, actor="kira")
    asked.clear()
    here.tick(now)
    assert here.project("atlas").phases == {"main": "work"}
    assert here.project("borea").phases == {"main": "idea"}
    assert asked == [now, now]
