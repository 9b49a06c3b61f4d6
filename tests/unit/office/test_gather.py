"""What a gate wants from outside the record is gathered, in order, and nothing else (S8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pmo_core.assessment import Result, Verdict, assess
from pmo_core.assessment.judge import NO_INPUTS
from pmo_core.documents import JsonObject
from pmo_core.errors import InvalidSettings, UnknownName
from pmo_core.office.gather import gather
from pmo_core.plugins.calls import Check, CheckCall, FactCall, FactSupplier, Fail, Pass
from pmo_core.plugins.calls import Result as Answer
from pmo_core.plugins.hookspecs import hookimpl
from pmo_core.plugins.loading import plugin_from
from pmo_core.plugins.plugin import Plugin
from pmo_core.standards.inputs import CheckResult, Fact, Inputs
from pmo_core.standards.load import load
from pmo_core.standards.model import Standard
from pmo_core.standards.record import Record, checked_record

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STANDARD = b"""
language: 1
standard: small
version: 1.0.0
title: Small
source: {title: Ours, licence: CC0-1.0}
record: {schema: record.schema.json}
needs:
  facts:
    lab.open: {type: boolean, title: Whether the laboratory is open}
    lab.queue: {type: number, title: Jobs that wait there}
lifecycle:
  initial: idea
  phases: [idea, running]
  gates:
    start:
      title: Start
      from: idea
      outcomes: {go: running}
      authority: automatic
      criteria:
        lab-open:
          must: The laboratory is open
          expr: facts.lab.open
        code-open:
          must: The budget code is open
          check: {id: lab.code, with: {least: 2}}
    plain:
      title: Plain
      from: idea
      outcomes: {go: running}
      authority: automatic
      criteria:
        named:
          must: It has a title
          schema: {required: [title]}
"""
SCHEMA = b'{"type": "object"}'


@pytest.fixture(scope="module")
def standard() -> Standard:
    """A gate that wants a fact and a check, and one that wants nothing."""
    return load({"standard.yaml": STANDARD, "record.schema.json": SCHEMA})


@pytest.fixture
def record(standard: Standard) -> Record:
    """A record of it."""
    return checked_record(standard, {"id": "atlas", "phase": "idea"})


class Lab:
    """A plugin that keeps what it was asked."""

    def __init__(self) -> None:
        self.facts_asked: list[FactCall] = []
        self.checks_asked: list[CheckCall] = []

    def _facts(self, call: FactCall) -> Mapping[str, Fact]:
        self.facts_asked.append(call)
        return {"lab.open": Fact(True), "lab.queue": Fact(3)}

    def _code(self, call: CheckCall) -> Answer:
        self.checks_asked.append(call)
        return Pass()

    @hookimpl
    def pmo_facts(self) -> list[FactSupplier]:
        """Both facts of the laboratory."""
        return [FactSupplier(["lab.open", "lab.queue"], self._facts)]

    @hookimpl
    def pmo_checks(self) -> list[Check]:
        """The check of the budget code."""
        return [Check("code", self._code)]


def gathered(
    standard: Standard,
    record: Record,
    *plugins: Plugin,
    given: Mapping[str, Fact] | None = None,
    shared: Mapping[str, Fact] | None = None,
) -> Inputs:
    """What the gate `start` gathers."""
    return gather(standard, "start", record, plugins, NOW, given=given or {}, shared=shared or {})


def test_a_gate_that_wants_nothing_gets_nothing(standard: Standard, record: Record) -> None:
    lab = Lab()
    inputs = gather(
        standard,
        "plain",
        record,
        (plugin_from(lab, "lab"),),
        NOW,
        given={"lab.open": Fact(True)},
    )
    assert inputs is NO_INPUTS
    assert not lab.facts_asked
    assert not lab.checks_asked


def test_the_plugin_of_the_namespace_supplies_fact_and_check(
    standard: Standard, record: Record
) -> None:
    inputs = gathered(standard, record, plugin_from(Lab(), "lab"))
    assert inputs.facts == {"lab.open": Fact(True, source="plugin lab")}
    assert inputs.checks == {("code-open", "lab.code"): CheckResult("pass")}
    found = assess(standard, "start", record, now=NOW, inputs=inputs)
    assert found.verdict is Verdict.READY


def test_a_plugin_is_told_about_whom_and_for_what(standard: Standard, record: Record) -> None:
    lab = Lab()
    gathered(standard, record, plugin_from(lab, "lab", {"list": "open.txt"}))
    settings: JsonObject = {"list": "open.txt"}
    value: JsonObject = {"id": "atlas", "phase": "idea"}
    assert lab.facts_asked == [
        FactCall(frozenset({"lab.open"}), value, settings, "atlas", "small@1.0.0", "start", NOW)
    ]
    assert lab.checks_asked == [
        CheckCall(
            value,
            {"list": "open.txt", "least": 2},
            "code-open",
            "atlas",
            "small@1.0.0",
            "start",
            NOW,
        )
    ]


def test_the_caller_comes_before_the_source_and_both_before_plugins(
    standard: Standard, record: Record
) -> None:
    """S8.1; who comes later is not even asked."""
    lab = Lab()
    plugin = plugin_from(lab, "lab")
    caller, source = {"lab.open": Fact(1)}, {"lab.open": Fact(2)}
    assert gathered(standard, record, plugin, given=caller, shared=source).facts == caller
    assert gathered(standard, record, plugin, shared=source).facts == source
    assert not lab.facts_asked


def test_facts_that_nobody_wants_are_no_inputs(standard: Standard, record: Record) -> None:
    """S3.2: the inputs are what was used."""
    inputs = gathered(standard, record, given={"lab.open": Fact(True), "lab.other": Fact(1)})
    assert list(inputs.facts) == ["lab.open"]


def test_a_check_without_its_plugin_is_unknown_with_that_cause(
    standard: Standard, record: Record
) -> None:
    inputs = gathered(standard, record, given={"lab.open": Fact(True)})
    found = assess(standard, "start", record, now=NOW, inputs=inputs)
    (finding,) = found.blocking
    assert (finding.criterion, finding.result) == ("code-open", Result.UNKNOWN)
    assert finding.reasons[0].code == "plugin-missing"
    assert finding.reasons[0].params == {"plugin": "lab", "check": "lab.code"}


def test_a_check_that_its_plugin_does_not_have_is_unknown_with_that_cause(
    standard: Standard, record: Record
) -> None:
    class Other:
        @hookimpl
        def pmo_checks(self) -> list[Check]:
            return [Check("else", lambda _call: Pass())]

    inputs = gathered(standard, record, plugin_from(Other(), "lab", version="2.0"))
    assert inputs.checks["code-open", "lab.code"] == CheckResult(
        "unknown", "check-missing", None, {"plugin": "lab", "version": "2.0"}
    )


def test_a_fact_that_nobody_supplies_is_unknown(standard: Standard, record: Record) -> None:
    inputs = gathered(standard, record)
    found = assess(standard, "start", record, now=NOW, inputs=inputs)
    reasons = {one.criterion: one.reasons[0].code for one in found.blocking}
    assert reasons == {"lab-open": "no-fact", "code-open": "plugin-missing"}


def test_one_plugin_that_crashes_leaves_the_others_results_alone(
    standard: Standard, record: Record
) -> None:
    """S8.1, design decision 8: each is called by itself."""

    def crashes(call: FactCall) -> Mapping[str, Fact]:
        raise FileNotFoundError(2, "No such file or directory", "finance/open.txt")

    def not_open(call: CheckCall) -> Answer:
        return Fail("not-open")

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["lab.open"], crashes)]

    @hookimpl
    def pmo_checks() -> list[Check]:
        return [Check("code", not_open, None, {"not-open": "it is not open"})]

    module = SimpleNamespace(pmo_facts=pmo_facts, pmo_checks=pmo_checks)
    inputs = gathered(standard, record, plugin_from(module, "lab", version="1.0"))
    found = assess(standard, "start", record, now=NOW, inputs=inputs)
    results = {one.criterion: (one.result, one.reasons[0].code) for one in found.blocking}
    assert results == {
        "lab-open": (Result.UNKNOWN, "plugin-raised"),
        "code-open": (Result.FAIL, "not-open"),
    }
    assert inputs.facts["lab.open"].source == (
        "plugin lab 1.0: FileNotFoundError: finance/open.txt"
    )


def test_the_same_answers_give_the_same_digest(standard: Standard, record: Record) -> None:
    """S3.4: what was gathered is part of the assessment, however it was gathered."""
    one, two = (gathered(standard, record, plugin_from(Lab(), "lab")) for _time in range(2))
    first = assess(standard, "start", record, now=NOW, inputs=one)
    second = assess(standard, "start", record, now=NOW, inputs=two)
    assert first.digest == second.digest


def test_the_zone_of_dates_goes_along(standard: Standard, record: Record) -> None:
    inputs = gather(standard, "plain", record, (), NOW, zone="Europe/Oslo")
    assert inputs.zone == "Europe/Oslo"


def test_settings_that_do_not_fit_stop_the_run(standard: Standard, record: Record) -> None:
    """A wrong setting is the office's to mend, and no finding about a project."""

    @hookimpl
    def pmo_checks() -> list[Check]:
        schema = {"required": ["list"]}
        return [Check("code", lambda _call: Pass(), schema)]

    plugin = plugin_from(SimpleNamespace(pmo_checks=pmo_checks), "lab")
    with pytest.raises(InvalidSettings, match="list"):
        gathered(standard, record, plugin)


def test_a_gate_that_is_not_there_is_named(standard: Standard, record: Record) -> None:
    with pytest.raises(UnknownName, match="strat"):
        gather(standard, "strat", record, (), NOW)
