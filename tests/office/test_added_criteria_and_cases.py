"""S3.1, S8.1, S9.1, S12.2: what added criteria and authority cases look at is gathered, too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmo_core import Choice, Fact, FactCall, FactSupplier, Office, Refused, hookimpl
from pmo_core.assessment import Result
from pmo_core.plugins.loading import plugin_from

from .offices import office

STANDARD = """
language: 1
standard: lab
version: 1.0.0
title: By the lab
record: {schema: record.schema.json}
needs: {facts: {lab.open: {type: boolean}}}
roles: {owner: {title: Owner}, manager: {title: Manager}}
lifecycle:
  initial: idea
  phases: [idea, work, done]
  ends: [done]
  gates:
    begin:
      from: idea
      outcomes: {go: {to: work, extra: allowed}}
      authority: {role: owner}
      criteria: {}
    finish:
      from: work
      outcomes: {go: done}
      authority:
        - {when: {expr: facts.lab.open}, role: owner}
        - {role: manager}
      criteria: {}
"""


def lab(here: Office, *, is_open: bool) -> Office:
    """The office with a plugin `lab` that nobody has to install."""

    def supply(call: FactCall) -> Mapping[str, Fact]:
        return {"lab.open": Fact(is_open)}

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["lab.open"], supply)]

    here._plugins = {"lab": plugin_from(SimpleNamespace(pmo_facts=pmo_facts), "lab")}
    return here


def begun(here: Office, name: str, **extra: Mapping[str, object]) -> None:
    """A project of Ola's (owner) and Mia's (manager) that has passed `begin`."""
    roles = [("owner", "ola"), ("manager", "mia")]
    here.register(name, {"id": name, "depends_on": ["base"]}, roles=roles, actor="kira")
    here.open_review(name, "begin", actor="mia")
    here.decide(name, Choice("go", extra={"finish": extra} if extra else {}), actor="ola")  # type: ignore[dict-item]


def results(here: Office, name: str) -> Mapping[str, Result]:
    (standing,) = here.standings(name, "finish")
    return {one.criterion: one.result for one in standing.found.findings}


def test_a_fact_that_an_added_criterion_reads_is_asked_for(tmp_path: Path) -> None:
    with lab(office(tmp_path, None, STANDARD, "plugins: {lab: {}}"), is_open=True) as here:
        begun(here, "atlas", lit={"must": "The lab is open", "expr": "facts.lab.open"})
        assert results(here, "atlas")["lit"] is Result.PASS


def test_a_project_that_an_added_criterion_waits_for_is_looked_up(tmp_path: Path) -> None:
    waits = {"must": "base has begun", "dependency": {"of": "/depends_on", "gate": "begin"}}
    with office(tmp_path, None, STANDARD) as here:
        begun(here, "atlas", waits=waits)
        assert results(here, "atlas")["waits"] is Result.UNKNOWN
        begun(here, "base")
        assert results(here, "atlas")["waits"] is Result.PASS


def test_projects_that_wait_for_each_other_by_added_criteria_are_told_so(tmp_path: Path) -> None:
    """S9.2: a failing finding inside a circle names its members."""
    waits = {"must": "base is done", "dependency": {"of": "/depends_on", "gate": "finish"}}
    with office(tmp_path, None, STANDARD) as here:
        begun(here, "atlas", waits=waits)
        begun(here, "base", waits=waits)
        here.amend("base", lambda state: {**state.record, "depends_on": ["atlas"]}, actor="mia")
        (standing,) = here.standings("atlas", "finish")
        codes = {reason.code for one in standing.found.findings for reason in one.reasons}
        assert codes == {"gate-not-passed", "cycle"}


@pytest.mark.parametrize(
    ("is_open", "decides", "other"), [(True, "ola", "mia"), (False, "mia", "ola")]
)
def test_a_fact_on_which_it_depends_who_decides_is_asked_for(
    tmp_path: Path, is_open: bool, decides: str, other: str
) -> None:
    with lab(office(tmp_path, None, STANDARD, "plugins: {lab: {}}"), is_open=is_open) as here:
        begun(here, "atlas")
        here.open_review("atlas", "finish", actor="mia")
        with pytest.raises(Refused, match=f"{other} may not decide"):
            here.decide("atlas", Choice("go"), actor=other)
        assert here.decide("atlas", Choice("go"), actor=decides).after.phases == {"main": "done"}
