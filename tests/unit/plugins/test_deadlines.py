"""S8.1: a plugin that does not answer in time harms only its own result; the rest goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Event, current_thread, main_thread
from types import SimpleNamespace

import pytest

from pmo_core.documents import Scalars
from pmo_core.errors import PluginError
from pmo_core.plugins.calling import ask_check, ask_facts, read_source
from pmo_core.plugins.calls import (
    Check,
    CheckCall,
    FactCall,
    FactSupplier,
    Pass,
    Reading,
    Result,
    Source,
    SourceCall,
)
from pmo_core.plugins.deadlines import Deadline, TooLate, answered
from pmo_core.plugins.hookspecs import hookimpl
from pmo_core.plugins.loading import plugin_from
from pmo_core.plugins.plugin import Plugin
from pmo_core.standards.inputs import CheckResult, Fact

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SOON, LONG = 0.02, 60.0


@pytest.fixture
def never() -> Iterator[Event]:
    """An event that does not come while a test runs, and lets its threads go afterwards."""
    event = Event()
    yield event
    event.set()


def hanging(never: Event, seconds: float = SOON) -> Plugin:
    """The plugin `demo`, no part of which answers before the event."""

    def check(call: CheckCall) -> Result:
        never.wait()
        return Pass()

    def facts(call: FactCall) -> Mapping[str, Fact]:
        never.wait()
        return {"demo.a": Fact(1)}

    def read(call: SourceCall) -> Reading:
        never.wait()
        return Reading(())

    return loaded(check, facts, read, Deadline(seconds))


def loaded(
    check: Callable[[CheckCall], Result],
    facts: Callable[[FactCall], Mapping[str, Fact]],
    read: Callable[[SourceCall], Reading],
    deadline: Deadline | None,
) -> Plugin:
    from dataclasses import replace

    @hookimpl
    def pmo_checks() -> list[Check]:
        return [Check("open", check)]

    @hookimpl
    def pmo_facts() -> list[FactSupplier]:
        return [FactSupplier(["demo.a", "demo.b"], facts)]

    @hookimpl
    def pmo_sources() -> list[Source]:
        return [Source("demo", read)]

    module = SimpleNamespace(pmo_checks=pmo_checks, pmo_facts=pmo_facts, pmo_sources=pmo_sources)
    return replace(plugin_from(module, "demo", version="0.1.0"), deadline=deadline)


def asked(plugin: Plugin) -> CheckResult:
    call = CheckCall({}, {}, "it", "atlas", "house@1.0.0", "start", NOW)
    return ask_check(plugin, plugin.checks["open"], call)


def known(plugin: Plugin, *names: str) -> dict[str, Fact]:
    call = FactCall(frozenset(names), {}, {}, "atlas", "house@1.0.0", "start", NOW)
    return ask_facts(plugin, plugin.suppliers[0], call)


def test_a_check_that_is_late_is_unknown_with_that_cause(never: Event) -> None:
    assert asked(hanging(never)) == CheckResult(
        "unknown",
        "timed-out",
        None,
        {"plugin": "demo", "version": "0.1.0", "error": "no answer within 0.02 s"},
    )


def test_facts_that_are_late_are_missing_with_that_cause(never: Event) -> None:
    found = known(hanging(never), "demo.a", "demo.b")
    late = Fact(None, source="plugin demo 0.1.0: no answer within 0.02 s", failure="timed-out")
    assert found == {"demo.a": late, "demo.b": late}


def test_a_source_that_is_late_could_not_be_read(never: Event) -> None:
    plugin = hanging(never)
    with pytest.raises(PluginError, match="could not read demo:x: no answer within 0"):
        read_source(plugin, plugin.sources["demo"], "x", Scalars.TYPED)


def test_what_answers_in_time_answers_the_same_as_without_a_deadline() -> None:
    def plugin(deadline: Deadline | None) -> Plugin:
        return loaded(
            lambda call: Pass(),
            lambda call: {"demo.a": Fact(1)},
            lambda call: Reading(()),
            deadline,
        )

    for deadline in (None, Deadline(LONG)):
        assert asked(plugin(deadline)) == CheckResult("pass")
        assert known(plugin(deadline), "demo.a")["demo.a"].value == 1


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), OSError("gone")])
def test_what_it_raises_in_time_is_its_own_cause(error: BaseException) -> None:
    def check(call: CheckCall) -> Result:
        raise error

    found = asked(loaded(check, lambda call: {}, lambda call: Reading(()), Deadline(LONG)))
    assert found.code == "plugin-raised"


def test_one_that_hangs_is_not_waited_for_again_and_again(never: Event) -> None:
    """Else a thousand projects would each wait for it; said in the cause."""
    calls: list[str] = []

    def hang(name: str) -> None:
        calls.append(name)
        never.wait()

    deadline = Deadline(SOON)
    told = []
    for name in "abcde":
        with pytest.raises(TooLate) as late:
            deadline.kept(hang, name)
        told.append(str(late.value))
    assert calls == ["a", "b", "c"]
    assert told[2] == "no answer within 0.02 s"
    assert told[3] == "no answer within 0.02 s 3 times in a row, so it was not asked again"


def test_one_that_was_late_and_answers_again_is_forgiven(never: Event) -> None:
    deadline = Deadline(SOON)
    for _time in range(4):
        with pytest.raises(TooLate):
            deadline.kept(lambda call: never.wait(), None)
        deadline.seconds = LONG
        assert deadline.kept(lambda call: call, 7) == 7
        deadline.seconds = SOON


def test_without_a_deadline_the_function_runs_where_it_is_called() -> None:
    assert answered(None, lambda call: current_thread(), None) is main_thread()
    assert answered(Deadline(LONG), lambda call: current_thread().daemon, None) is True


def test_it_sees_the_context_of_the_caller() -> None:
    mine: ContextVar[str] = ContextVar("mine")
    mine.set("here")
    assert Deadline(LONG).kept(lambda call: mine.get(), None) == "here"


def test_ctrl_c_ends_the_waiting(never: Event) -> None:
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    interrupts = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            Deadline(LONG).kept(lambda call: never.wait(), None)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.signal(signal.SIGINT, interrupts)
