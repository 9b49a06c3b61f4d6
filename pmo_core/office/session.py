"""One run without an office: the plugins it loads, the facts given by hand, what was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from pmo_core.assessment import Reason
from pmo_core.errors import InvalidDocument, UnknownName
from pmo_core.office.gather import gather, gather_facts
from pmo_core.office.hints import no_gate
from pmo_core.office.lines import Run
from pmo_core.office.sources import Batch, Found, Unit, nothing_in, open_batch
from pmo_core.standards.inputs import Fact, Inputs
from pmo_core.standards.instants import InvalidTime, find_zone, format_instant
from pmo_core.standards.looks import facts_of_guards, facts_of_standard, plugins_of_checks

if TYPE_CHECKING:
    from pmo_core.documents import Json, Scalars
    from pmo_core.plugins.plugin import Plugin
    from pmo_core.standards.model import Standard
    from pmo_core.standards.record import Record

NO_VALUES: Mapping[str, Json] = MappingProxyType({})


def known_gate(standard: Standard, gate: str | None, called: str) -> str | None:
    """The gate as it was named, None too; checked before any record is read.

    Args:
        called: the standard as the caller named it.

    Raises:
        UnknownName: the standard has no gate of that name.
    """
    if gate is None or gate in standard.gates:
        return gate
    raise no_gate(standard, gate, called)


class Session:
    """What `pmo check` settles before it reads the first record.

    Attributes:
        plugins: those that were named, and those whose scheme a source has; no others (S8.1).
    """

    def __init__(
        self,
        standard: Standard,
        now: datetime,
        zone: str,
        *,
        plugins: Sequence[str] = (),
        facts: Mapping[str, Json] = NO_VALUES,
        at_was_set: bool = False,
    ) -> None:
        """Load the named plugins.

        Args:
            facts: values given by hand, by the name of the fact.

        Raises:
            UnknownName: no such plugin, or no such time zone.
            InvalidDocument: a fact is not of the type that the standard declares.
        """
        try:
            find_zone(zone)
        except InvalidTime:
            raise UnknownName(
                f"no time zone {zone!r}", remedy="Use an IANA name such as Europe/Oslo"
            ) from None
        self.plugins: dict[str, Plugin] = {}
        self._standard = standard
        self._now = now
        self._zone = zone
        self._by_hand: Mapping[str, Fact] = {}
        if facts:
            from pmo_core.office.facts_by_hand import facts_by_hand  # start-up

            self._by_hand = facts_by_hand(standard, facts)
        self._at_was_set = at_was_set
        for name in plugins:
            self._load(name)

    def open(self, sources: Sequence[str], stdin: Callable[[], BinaryIO]) -> Batch:
        """The batch that the sources name; a scheme loads the plugin of its name.

        Raises:
            UnknownName: a source is not there.
            PluginError: a plugin's source failed.
        """
        return open_batch(sources, self._standard.scalars, stdin, self._plugin_source)

    def run(self, *, digests: bool = False) -> Run:
        """What all lines of the run share, with a mark for each thing set aside or overridden."""
        marks = [Reason("at", None, {"at": format_instant(self._now)})] if self._at_was_set else []
        marks += [Reason("fact-by-hand", None, {"fact": name}) for name in sorted(self._by_hand)]
        if self._by_hand:
            from pmo_core.office.facts_by_hand import unused_marks  # start-up

            marks += unused_marks(self._standard, sorted(self._by_hand))
        marks += [
            Reason("plugin-missing", None, {"plugin": name})
            for name in sorted(plugins_of_checks(self._standard) - self.plugins.keys())
        ]
        return Run(self._standard, self._now, tuple(marks), digests)

    def words(self) -> dict[str, str]:
        """The plugins' own words for their reason codes, by `CHECK.code`."""
        return {
            f"{check}.{code}": sentence
            for plugin in self.plugins.values()
            for (check, code), sentence in plugin.words.items()
        }

    def inputs_for(self, batch: Batch) -> Callable[[Record, str], Inputs] | None:
        """What gathers the inputs of a record at a gate; None where nothing is wanted.

        Where the source and the command line give all that is wanted, it is the same for all.
        """
        wanted = facts_of_standard(self._standard)
        wants_checks = bool(plugins_of_checks(self._standard))
        if not wants_checks and not wanted:
            return None
        given = {**batch.facts, **self._by_hand}
        if not wants_checks and wanted <= given.keys() and len(self._standard.gates) == 1:
            shared = Inputs(facts={name: given[name] for name in sorted(wanted)}, zone=self._zone)
            return lambda _record, _gate: shared
        return lambda record, gate: gather(
            self._standard,
            gate,
            record,
            tuple(self.plugins.values()),
            self._now,
            given=self._by_hand,
            shared=batch.facts,
            zone=self._zone,
        )

    def facts_for(self, batch: Batch) -> Callable[[Record], Mapping[str, Fact]] | None:
        """What gathers the facts that gates' own guards read; None where none does."""
        gates = self._standard.gates.values()
        names = frozenset().union(*(facts_of_guards(gate) for gate in gates))
        if not names:
            return None
        return lambda record: gather_facts(
            self._standard,
            names,
            record,
            tuple(self.plugins.values()),
            self._now,
            given=self._by_hand,
            shared=batch.facts,
        )

    def _load(self, name: str) -> Plugin:
        found = self.plugins.get(name)
        if found is None:
            from pmo_core.plugins.loading import load_plugin  # start-up: pluggy only with plugins

            found = self.plugins[name] = load_plugin(name)
        return found

    def _plugin_source(self, scheme: str, target: str) -> tuple[Unit, Mapping[str, Fact]] | None:
        """The source that a plugin has for a scheme: `kep:DIR`, `kep.history:FILE`."""
        if not scheme.replace("-", "").replace(".", "").isalnum():
            return None
        plugin = self._load(scheme.partition(".")[0])
        return plugin_unit(plugin, scheme, target, self._standard.scalars)


def plugin_unit(
    plugin: Plugin, scheme: str, target: str, scalars: Scalars
) -> tuple[Unit, Mapping[str, Fact]]:
    """What a plugin reads under a scheme of its own, and the facts that its source knows.

    Raises:
        UnknownName: the plugin reads no such scheme.
        PluginError: its source failed.
    """
    source = plugin.sources.get(scheme)
    if source is None:
        raise UnknownName(
            f"plugin {plugin.label} reads no {scheme!r}",
            remedy=f"It reads: {', '.join(plugin.sources) or 'nothing'}",
        )
    from pmo_core.plugins.calling import read_source  # start-up: only with plugins

    name = f"{scheme}:{target}"
    first = read_source(plugin, source, target, scalars)

    def read() -> Iterator[Found]:
        nonlocal first
        reading = first or read_source(plugin, source, target, scalars)
        first = None  # type: ignore[assignment]
        one = None
        for one in reading.records:
            if isinstance(one, InvalidDocument):
                yield Found(one.source or name, None, one, one.line or 1, one.column or 1)
            else:
                yield Found(
                    one.source,
                    one.document,
                    None,
                    one.line or 1,
                    1,
                    among_others=one.line is not None,
                )
        if one is None:
            yield nothing_in(name)

    return Unit(name, read, size=None), first.facts
