"""`tick`: all that has come due by an instant is applied, earliest first (S13.3).

The next thing that is due in a project never depends on how late the tick is, so that
`tick(b)` is `tick(a)`, then `tick(b)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import digest
from pmo_core.errors import Refused, Unavailable
from pmo_core.governance.authority import AUTOMATIC, cases
from pmo_core.governance.due import next_occurrence
from pmo_core.governance.judging import applies, known_by_ledger, scene_of
from pmo_core.office.automatic import depended_on, settled, settlings
from pmo_core.office.keeping import state_in
from pmo_core.office.performing import Desk, together, written
from pmo_core.standards.instants import InvalidTime, format_instant, parse_instant
from pmo_core.standards.looks import facts_of_guards

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.events import Happening, Recorded
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.ledger.reads import Reads
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.acts import Acting
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Gatherer
    from pmo_core.standards.model import Gate

LAST_TICK: Final = "tick"
FARTHEST: Final = timedelta(days=10 * 365)
"""How far ahead of the clock a tick may look: nobody means a year with a digit too many."""
HOW: Final = "tick"
_LONGEST_KEY: Final = 200


class Ticked(NamedTuple):
    """What a tick came to.

    Attributes:
        at: by when what was due was applied.
        events: all of them, in the order in which they came due.
        last: the tick before; None for the first.
        earlier: it lies before the last one, so that nothing was done (S13.3).
        written: False for a dry run, and for an earlier one.
    """

    at: datetime
    events: tuple[Recorded, ...]
    last: datetime | None
    earlier: bool = False
    written: bool = True


class _Next(NamedTuple):
    """The next thing due in a project: sorted by instant, kind, project and id.

    Attributes:
        id: `gate@occurrence`, or the key of a review.
        found: the assessment of an automatic gate at that instant.
        happened: what an occurrence makes happen.
    """

    at: datetime
    kind: str
    project: str
    id: str
    gate: str
    found: Assessment | None
    happened: tuple[Happening, ...]

    @property
    def key(self) -> str:
        """The idempotency key, `tick:KIND:ID:DUE`; its digest where it is no key."""
        key = f"tick:{self.kind}:{self.project}/{self.id}:{format_instant(self.at)}"
        return key if len(key) <= _LONGEST_KEY and key.isprintable() else f"tick:{digest(key)}"


def tick(office: Office, at: datetime, *, dry_run: bool = False) -> Ticked:
    """Apply what has come due by `at`, in one transaction; a second tick then writes nothing.

    Raises:
        Refused: `at` lies more than ten years ahead.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    if at - office.now() > FARTHEST:
        raise Refused(
            f"{format_instant(at)} is more than {FARTHEST.days // 365} years ahead",
            remedy="Name a time that is nearer: what comes due is applied up to it",
        )
    last = _last(office.store)
    if last is not None and at < last:
        return Ticked(at, (), last, earlier=True, written=False)
    asked = _asked_before(office, at, last)
    with together(office, dry_run=dry_run) as writing:
        last = _last(writing)
        if last is not None and at < last:
            return Ticked(at, (), last, earlier=True, written=False)
        told = tuple(_Tick(office, writing, at, last, asked).run())
        writing.set_mark(LAST_TICK, format_instant(at))
    return Ticked(at, told, last, written=not dry_run)


def last_tick(office: Office) -> datetime | None:
    """By when what was due has been applied; None where no tick ever ran."""
    return _last(office.store)


def _last(reads: Reads) -> datetime | None:
    mark = reads.mark(LAST_TICK)
    try:
        return None if mark is None else parse_instant(mark)
    except InvalidTime:
        raise Unavailable(
            "what the ledger keeps of the last tick was altered: it is no time",
            source=str(reads.path),
            remedy="Put back the last good copy of the ledger",
        ) from None


def _asked_before(office: Office, at: datetime, last: datetime | None) -> Gatherer | None:
    """What plugins say of the projects, asked while nobody is held up by it."""
    if not office.settings.plugins:
        return None
    asking = office.gatherer()
    looking = _Looking(office, office.store, at, last, asking)
    for state, _head in list(office.projects()):
        looking.next(state)
    return asking


def projects_due(office: Office, states: Iterable[State], at: datetime) -> int:
    """In how many of the projects something has come due that no tick has applied."""
    looking = _Looking(office, office.store, at, last_tick(office), None)
    return sum(looking.next(state)[0] is not None for state in states)


class _Looking:
    """Finds the next thing that is due in a project."""

    def __init__(
        self,
        office: Office,
        reads: Reads,
        at: datetime,
        last: datetime | None,
        asked: Gatherer | None,
    ) -> None:
        self._office = office
        self._reads = reads
        self._at = at
        self._last = last
        self._asked = asked
        self._kinds: dict[str, tuple[bool, bool]] = {}

    def ground(self, state: State, now: datetime) -> Ground:
        """What comes due stands on: nobody acts."""
        return self._office.ground(state.package, now=now, actor=AUTOMATIC, project=state.project)

    def gatherer(self) -> Gatherer:
        """Sees the other projects as they are now."""
        return self._office.gatherer(self._reads, self._asked)

    def next(self, state: State) -> tuple[_Next | None, frozenset[str]]:
        """The first thing that is due in a project, and the projects it hangs on."""
        recurs, decides = self._kind(state)
        if not recurs and not decides:
            return None, frozenset()
        ground = self.ground(state, self._at)
        gatherer = self.gatherer()
        found: list[_Next] = []
        if recurs:
            found += self._occurrence(ground, gatherer, state)
        others: frozenset[str] = frozenset()
        if decides:
            others = depended_on(ground, state)
            since = max(self._changes(state, others))
            for one in settlings(ground, gatherer, state, since, self._at):
                if not self._goes_in_circles(state, one.gate, one.found.occurrence):
                    found.append(
                        _Next(one.at, one.kind, state.project, one.key, one.gate, one.found, ())
                    )
        return min(found, key=lambda one: one[:4], default=None), others

    def _kind(self, state: State) -> tuple[bool, bool]:
        """Whether gates of the project's standard recur by date, and decide by themselves."""
        found = self._kinds.get(state.package)
        if found is None:
            standard = self._office.standard(state.package)
            gates = standard.gates.values()
            recurs = any(gate.recurs is not None and gate.recurs.every for gate in gates)
            decides = any(
                case.get(AUTOMATIC) is True
                for gate in gates
                for _pointer, case in cases(standard, gate)
            )
            found = self._kinds[state.package] = (recurs, decides)
        return found

    def _occurrence(self, ground: Ground, gatherer: Gatherer, state: State) -> Iterator[_Next]:
        settled_once: dict[str, bool] = {}

        def is_held(gate: Gate, at: datetime) -> bool:
            if gate.when is None and gate.unless is None:
                return True
            if gate.id not in settled_once:
                then = ground._replace(now=at)
                if facts_of_guards(gate):
                    return gatherer.applies(then, state, gate)
                scene = scene_of(then, state, gate, "", known_by_ledger(then, state, None, "", ()))
                held = applies(gate, scene)
                if scene.limits:
                    return held
                settled_once[gate.id] = held
            return settled_once[gate.id]

        coming = next_occurrence(ground, state, is_held)
        if coming is not None:
            gate = coming.id.partition("@")[0]
            yield _Next(
                coming.at, coming.kind, state.project, coming.id, gate, None, coming.happened
            )

    def _changes(self, state: State, others: Iterable[str]) -> Iterator[datetime]:
        """When the project, and those that it hangs on, last changed; and the last tick."""
        yield parse_instant(state.at)
        if self._last is not None:
            yield self._last
        for name in others:
            kept = self._reads.projection(name)
            if kept is not None:
                yield parse_instant(state_in(kept, self._reads).at)

    def _goes_in_circles(self, state: State, gate: str, occurrence: str) -> bool:
        """Whether tick passed the gate before, and nobody but tick changed the project since.

        Two gates that lead to each other would else chase each other for ever.
        """
        before = [
            one
            for one in state.decisions
            if (one.gate, one.occurrence, one.by) == (gate, occurrence, AUTOMATIC)
        ]
        if not before:
            return False
        since = self._reads.events(state.project, before[-1].seq)
        return all(event.actor.id == AUTOMATIC for event in since)


class _Tick:
    """One tick: the earliest thing of all projects, and again, until nothing is due.

    A project is looked at anew after its own events, and after those of one that it hangs on.
    """

    def __init__(
        self,
        office: Office,
        writing: Writing,
        at: datetime,
        last: datetime | None,
        asked: Gatherer | None,
    ) -> None:
        self._office = office
        self._writing = writing
        self._looking = _Looking(office, writing, at, last, asked)
        self._heap: list[tuple[datetime, str, str, str, int]] = []
        self._numbers = count()
        self._coming: dict[str, tuple[int, _Next, State]] = {}
        self._waiting: dict[str, set[str]] = {}

    def run(self) -> Iterator[Recorded]:
        """What happened, as it is written."""
        for kept in self._writing.projections():
            self._look(state_in(kept, self._writing))
        while self._heap:
            *_order, project, _id, number = heappop(self._heap)
            current = self._coming.get(project)
            if current is None or current[0] != number:
                continue
            after, told = self._apply(current[1], current[2])
            yield from told
            self._look(after)
            for name in sorted(self._waiting.get(project, ())):
                other = self._writing.projection(name)
                if name != project and other is not None:
                    self._look(state_in(other, self._writing))

    def _look(self, state: State) -> None:
        coming, others = self._looking.next(state)
        for name in others:
            self._waiting.setdefault(name, set()).add(state.project)
        self._coming.pop(state.project, None)
        if coming is not None:
            number = next(self._numbers)
            self._coming[state.project] = (number, coming, state)
            heappush(self._heap, (*coming[:4], number))

    def _apply(self, coming: _Next, state: State) -> tuple[State, tuple[Recorded, ...]]:
        ground = self._looking.ground(state, coming.at)
        desk = Desk(self._writing, ground, self._looking.gatherer(), state.package)
        happened = coming.happened
        if coming.found is not None:
            gate = ground.standard.gates[coming.gate]
            happened = settled(ground, state, gate, coming.found, desk.keep(coming.found))
        acting: Acting = {"actor": AUTOMATIC, "how": HOW, "key": coming.key}
        asked = digest(coming.key)
        return written(self._office, desk, state.project, state, happened, asked, acting)
