"""One command, done whole: state, decision, events and projection in one transaction (S15.1).

What plugins and sources are asked is asked before the transaction begins, so that none of them
holds the others up; within it, what they said is used as long as the project is still the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Unpack

from pmo_core.documents import canonical, digest
from pmo_core.errors import Refused
from pmo_core.governance.authority import AUTOMATIC
from pmo_core.governance.events import Recorded
from pmo_core.governance.fold import evolve, fold
from pmo_core.ledger.event import Actor
from pmo_core.office.acts import Acting, Done
from pmo_core.office.keeping import draft, projected, recorded, state_in
from pmo_core.standards.instants import find_zone
from pmo_core.version import VERSION

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.documents import Digest, JsonObject
    from pmo_core.governance.events import Happening
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.reviews import Kept
    from pmo_core.governance.state import State
    from pmo_core.ledger.writing import Writing
    from pmo_core.office.office import Office
    from pmo_core.office.standings import Gatherer
    from pmo_core.standards.model import Gate

TICK_KEYS: Final = "tick:"
_ACTOR: Final = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,198}\S)?")

LOCAL_USER = "named by a local user, who is trusted"


class Desk:
    """What a command may do within its transaction, besides deciding.

    Attributes:
        ground: the rules, the time and who acts.
        gatherer: sees the transaction's own writes.
        package: content digest of the package of the rules.
    """

    def __init__(self, writing: Writing, ground: Ground, gatherer: Gatherer, package: str) -> None:
        self.writing = writing
        self.ground = ground
        self.gatherer = gatherer
        self.package = package

    def assess(self, state: State, gate: Gate, occurrence: str) -> Assessment:
        """The project at a gate, as of the command."""
        return self.gatherer.assess(self.ground, state, gate, occurrence)

    def keep(self, found: Assessment) -> Kept:
        """Store an assessment and its inputs by digest (S15.5)."""
        from pmo_core.governance.reviews import Kept  # start-up: only with reviews

        return Kept(self._kept(found.as_json()), self._kept(found.inputs.as_json()))

    def _kept(self, value: JsonObject) -> Digest:
        return self.writing.put_blob(canonical(value))


Decider = Callable[[Desk, "State | None"], Sequence["Happening"]]


class _Undone(Exception):
    """A dry run has told what would happen; nothing of it is to stay."""


def perform(
    office: Office,
    project: str,
    command: JsonObject,
    decide: Decider,
    *,
    package: Digest | None = None,
    compared: bool = False,
    prepared: Gatherer | None = None,
    within: Writing | None = None,
    **acting: Unpack[Acting],
) -> Done:
    """Decide a command on a project and write what happens; all of it, or nothing.

    Args:
        command: what is asked for, as JSON; with the actor it says what a key was used for.
        package: the standard of a project that is not there yet.
        compared: tell how the project stands at its gates before and after; asked for once the
            ledger is free again, and not within another's transaction.
        prepared: what has asked plugins about the project before the transaction.
        within: the transaction of a command on many projects (`together`), whose end decides
            over this one, too; None: one of its own.

    Raises:
        Conflict: another version than the caller saw, or a key that was used for something else.
        PmoError: as `decide` raises it.
    """
    asked = digest({**command, "project": project, "actor": acting["actor"]})
    if within is not None:
        return _perform(office, within, project, asked, decide, package, prepared, acting)
    dry_run = bool(acting.get("dry_run"))
    with together(office, dry_run=dry_run) as writing:
        done = _perform(office, writing, project, asked, decide, package, prepared, acting)
    if dry_run:
        done = done._replace(written=False)
    return _compared(office, done, acting) if compared else done


@contextmanager
def together(office: Office, *, dry_run: bool = False) -> Iterator[Writing]:
    """One transaction for the commands on many projects: one wait for the disk, not hundreds.

    A command that is refused within it writes nothing, and the others stay; whoever lets its error
    out of the block undoes them all.

    Args:
        dry_run: undo them at the end.
    """
    try:
        with office.store.write() as writing:
            yield writing
            if dry_run:
                raise _Undone
    except _Undone:
        return


def _perform(
    office: Office,
    writing: Writing,
    project: str,
    asked: Digest,
    decide: Decider,
    package: Digest | None,
    prepared: Gatherer | None,
    acting: Acting,
) -> Done:
    key = acting.get("key")
    _check_acting(acting)
    known = None if key is None else writing.known(key)
    if known is not None and key is not None:
        return _repeated(writing, known.project, known.content, known.seqs, asked, key)
    kept = writing.projection(project)
    state = None if kept is None else state_in(kept, writing)
    _check_version(office, writing, project, state, acting.get("version"))
    now = acting.get("at") or office.now()
    pinned = state.package if state is not None else package
    if pinned is None:
        raise office.no_project(project)
    ground = office.ground(pinned, now=now, actor=acting["actor"], project=project)
    desk = Desk(writing, ground, office.gatherer(writing, prepared), pinned)
    happened = decide(desk, state)
    if not happened:
        assert state is not None
        return Done(project, state, state, (), written=False)
    after, events = written(office, desk, project, state, happened, asked, acting)
    return Done(project, state, after, events)


def written(
    office: Office,
    desk: Desk,
    project: str,
    state: State | None,
    happened: Sequence[Happening],
    asked: Digest,
    acting: Acting,
) -> tuple[State, tuple[Recorded, ...]]:
    """The events in the ledger, and the state and projection that they lead to."""
    actor = Actor(acting["actor"], acting.get("how") or LOCAL_USER)
    reason, key = acting.get("reason"), acting.get("key")
    drafts = [
        draft(one, actor, reason if number == 0 else None) for number, one in enumerate(happened)
    ]
    sealed = desk.writing.append(
        project,
        drafts,
        expected=0 if state is None else state.version,
        key=f"auto:{os.urandom(16).hex()}" if key is None else key,
        content=asked,
        recorded=office.now(),
        versions=_versions(office, desk.package),
    )
    events = tuple(recorded(event) for event in sealed)
    after = state
    for event in events:
        after = evolve(after, event)
    assert after is not None
    projection = projected(after, sealed[-1].hash, desk.ground.standard)
    desk.writing.put_projection(project, projection)
    return after, events


def _versions(office: Office, package: str) -> JsonObject:
    """What made an event: core, standard as it is pinned (S17.1), plugins (S15.1)."""
    plugins: JsonObject = {name: one.version for name, one in office.plugins.items()}
    return {
        "core": VERSION,
        "standard": f"{office.standard(package).name}#{package}",
        "plugins": plugins,
    }


def _compared(office: Office, done: Done, acting: Acting) -> Done:
    """The same with how the project stood at the gates ahead before, and stands after."""
    now = acting.get("at") or office.now()
    ground = office.ground(done.after.package, now=now, actor=acting["actor"], project=done.project)
    gatherer = office.gatherer()
    after = tuple(gatherer.standings(ground, done.after))
    if done.before is None:
        return done._replace(now=after)
    before = tuple(gatherer.standings(ground, done.before)) if done.events else after
    return done._replace(was=before, now=after)


def _check_acting(acting: Acting) -> None:
    """Nobody acts in the name of tick, or under its keys.

    Raises:
        Refused: somebody would.
    """
    actor, key = acting["actor"], acting.get("key")
    if actor == AUTOMATIC or not _ACTOR.fullmatch(actor):
        raise Refused(
            f"nobody can act as {actor[:40]!r}",
            remedy="Name the person who acts: --as WHO"
            if actor != AUTOMATIC
            else "Name the person who acts. What decides by itself does so with pmo tick",
        )
    if key is not None and key.startswith(TICK_KEYS):
        raise Refused(
            f"keys that begin with {TICK_KEYS!r} are those of what comes due by itself",
            remedy="Choose another key",
        )


def _check_version(
    office: Office, writing: Writing, project: str, state: State | None, version: int | None
) -> None:
    """The project is as the caller saw it; else the ledger tells who changed it, and when."""
    if version is None or version == (0 if state is None else state.version):
        return
    from pmo_core.ledger.stale import stale  # start-up: only on an error

    last = writing.event(project, state.version) if state is not None else None
    raise stale(project, version, last, find_zone(office.settings.zone))


def _repeated(
    writing: Writing,
    project: str,
    content: Digest,
    seqs: Sequence[int],
    asked: Digest,
    key: str,
) -> Done:
    """The first result of a command under a key."""
    if content != asked:
        from pmo_core.ledger.stale import used_key  # start-up: only on an error

        raise used_key(key, project)
    history = [recorded(event) for event in writing.events(project)]
    before = fold(event for event in history if event.seq < seqs[0])
    events = tuple(event for event in history if seqs[0] <= event.seq <= seqs[-1])
    after = fold(events, before)
    assert after is not None
    return Done(project, before, after, events, written=False, repeated=True)
