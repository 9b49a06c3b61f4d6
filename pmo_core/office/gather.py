"""What a gate's tests look at outside the record, gathered from whoever knows it (S8.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_core.assessment import wanted
from pmo_core.assessment.judge import NO_INPUTS
from pmo_core.standards.inputs import CheckResult, Inputs

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.assessment import WantedCheck
    from pmo_core.plugins.plugin import Plugin
    from pmo_core.standards.inputs import Fact
    from pmo_core.standards.model import Criterion, Standard
    from pmo_core.standards.record import Record

NO_FACTS: Mapping[str, Fact] = MappingProxyType({})
NO_NAMES: frozenset[str] = frozenset()


def gather(
    standard: Standard,
    gate: str,
    record: Record,
    plugins: Iterable[Plugin],
    now: datetime,
    *,
    given: Mapping[str, Fact] = NO_FACTS,
    shared: Mapping[str, Fact] = NO_FACTS,
    zone: str = "UTC",
    extra: tuple[Criterion, ...] = (),
    beyond: frozenset[str] = NO_NAMES,
) -> Inputs:
    """The facts and the results of checks that the gate wants on this record.

    A fact comes from the caller, else from the record's source, else from the plugin of its
    namespace; none of them is asked for what an earlier one gave. What nobody supplies is left
    out, and thus unknown; a check whose plugin is not there is unknown with that cause. What the
    gate does not want is left out too, so that the inputs hold only what was used.

    Args:
        plugins: the loaded ones; no other is asked.
        now: the instant of assessment.
        given: facts of the caller, such as `--fact`.
        shared: what the record's source knows of all its records (S8.2).
        zone: IANA name of the time zone of dates.
        extra: criteria that a decision added at the gate for this project.
        beyond: facts that are wanted though no criterion reads them.

    Raises:
        UnknownName: the standard has no such gate.
        InvalidSettings: the settings of a plugin do not fit what is asked of it.
    """
    names = wanted(standard, gate, record, extra)
    asking = _Asking(standard, gate, record, now, {plugin.name: plugin for plugin in plugins})
    facts = asking.first_known(names.facts | beyond, given, shared)
    checks = asking.checks(names.checks)
    if not facts and not checks and zone == NO_INPUTS.zone:
        return NO_INPUTS
    return Inputs(facts=facts, checks=checks, zone=zone)


def gather_facts(
    standard: Standard,
    names: frozenset[str],
    record: Record,
    plugins: Iterable[Plugin],
    now: datetime,
    *,
    given: Mapping[str, Fact] = NO_FACTS,
    shared: Mapping[str, Fact] = NO_FACTS,
) -> Mapping[str, Fact]:
    """The facts of these names, as `gather` finds them, before it is known which gate is due.

    Raises:
        InvalidSettings: the settings of a plugin do not fit what is asked of it.
    """
    asking = _Asking(standard, "", record, now, {plugin.name: plugin for plugin in plugins})
    return asking.first_known(names, given, shared)


class _Asking:
    """The plugins, asked about one record at one gate."""

    __slots__ = ("_gate", "_now", "_plugins", "_record", "_standard")

    def __init__(
        self,
        standard: Standard,
        gate: str,
        record: Record,
        now: datetime,
        plugins: Mapping[str, Plugin],
    ) -> None:
        self._standard = standard
        self._gate = gate
        self._record = record
        self._now = now
        self._plugins = plugins

    def first_known(
        self, names: frozenset[str], given: Mapping[str, Fact], shared: Mapping[str, Fact]
    ) -> dict[str, Fact]:
        """Each fact from the first who has it: the caller, the source, a plugin (S8.1)."""
        facts: dict[str, Fact] = {}
        for name in sorted(names):
            for known in (given, shared):
                if name in known:
                    facts[name] = known[name]
                    break
        facts.update(self.facts(names - facts.keys()))
        return facts

    def facts(self, names: frozenset[str]) -> dict[str, Fact]:
        """What the plugins of these names' namespaces supply."""
        found: dict[str, Fact] = {}
        for namespace in sorted({name.partition(".")[0] for name in names}):
            plugin = self._plugins.get(namespace)
            for supplier in plugin.suppliers if plugin else ():
                asked = names.intersection(supplier.item.names)
                if asked and plugin is not None:
                    from pmo_core.plugins.calling import ask_facts  # start-up
                    from pmo_core.plugins.calls import FactCall

                    call = FactCall(
                        asked,
                        self._record.value,
                        plugin.settings,
                        self._record.id,
                        self._standard.name,
                        self._gate,
                        self._now,
                    )
                    found.update(ask_facts(plugin, supplier, call))
        return found

    def checks(self, asked: Iterable[WantedCheck]) -> dict[tuple[str, str], CheckResult]:
        """What the checks answer, by (criterion, check)."""
        found: dict[tuple[str, str], CheckResult] = {}
        for want in asked:
            namespace, _, own = want.check.partition(".")
            plugin = self._plugins.get(namespace)
            if plugin is None:
                found[want.criterion, want.check] = CheckResult(
                    "unknown", "plugin-missing", None, {"plugin": namespace}
                )
                continue
            check = plugin.checks.get(own)
            if check is None:
                found[want.criterion, want.check] = CheckResult(
                    "unknown",
                    "check-missing",
                    None,
                    {"plugin": plugin.name, "version": plugin.version},
                )
                continue
            from pmo_core.plugins.calling import ask_check  # start-up
            from pmo_core.plugins.calls import CheckCall

            call = CheckCall(
                self._record.value,
                want.settings,
                want.criterion,
                self._record.id,
                self._standard.name,
                self._gate,
                self._now,
            )
            found[want.criterion, want.check] = ask_check(plugin, check, call)
        return found
