"""`Office`: one organization's set-up, and the library's front door.

Each command of the CLI is one call of it. Two offices in one process share nothing. What a call
needs is imported by that call (start-up): a command pays for what it does, and no more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from pmo_core.office.finding import find_office, working_folder
from pmo_core.office.hints import unknown
from pmo_core.office.opening import load_plugins, open_ledger
from pmo_core.office.settings import FILE, Pin, read_settings

if TYPE_CHECKING:
    from pmo_core.assessment.explain import Explanation
    from pmo_core.documents import Json, JsonObject
    from pmo_core.errors import UnknownName
    from pmo_core.governance.choices import Choice
    from pmo_core.governance.ground import Ground, Holding
    from pmo_core.governance.stamps import Answer
    from pmo_core.governance.state import State
    from pmo_core.ledger.reads import Reads
    from pmo_core.ledger.store import Store
    from pmo_core.ledger.stored import Revealed
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.reviewing import ReviewView
    from pmo_core.office.settings import Settings
    from pmo_core.office.standings import Gatherer, Standing
    from pmo_core.office.stories import DecisionStory
    from pmo_core.office.ticking import Ticked
    from pmo_core.plugins.plugin import Plugin
    from pmo_core.standards.inputs import Fact
    from pmo_core.standards.model import Standard


class Office:
    """An organization's standards, people, plugins and ledger.

        with Office.open("brindal") as office:
            print(office.explain("permit-portal").plan)

    Attributes:
        settings: what its `pmo.yaml` says.
        store: its ledger.
    """

    def __init__(
        self, settings: Settings, store: Store, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.settings = settings
        self.store = store
        self._clock = clock or (lambda: datetime.now(UTC))
        self._standards: dict[str, Standard] = {}
        self._plugins: dict[str, Plugin] | None = None
        self._shared: Mapping[str, Fact] | None = None

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str] | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
        read_only: bool = False,
    ) -> Office:
        """The office in a folder; without one, `PMO_OFFICE`, else the one around this place.

        Args:
            clock: gives the time; by default the machine's.
            read_only: nothing can be written through it.

        Raises:
            UnknownName: there is no office.
            InvalidSettings: its `pmo.yaml` is wrong, with every fault and its place.
            Unavailable: its ledger cannot be opened.
        """
        named = None if where is None else os.fspath(where)
        settings = read_settings(find_office(named, os.environ, working_folder()) / FILE)
        return cls(settings, open_ledger(settings, read_only=read_only), clock)

    def close(self) -> None:
        """Let go of the ledger's file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The folder in which its `pmo.yaml` lies."""
        return self.settings.folder

    def now(self) -> datetime:
        """The time by the office's clock, in whole seconds."""
        return self._clock().astimezone(UTC).replace(microsecond=0)

    # What commands stand on

    def standard(self, package: str) -> Standard:
        """The standard whose package has that content digest, from what the office keeps."""
        found = self._standards.get(package)
        if found is None:
            from pmo_core.office.pinned import load_kept  # start-up

            found = self._standards[package] = load_kept(self.store, package)
        return found

    def pin_named(self, name: str | None) -> Pin:
        """The pinned standard of that id or `id@version`; the office's first without a name.

        Raises:
            UnknownName: the office has pinned no such standard.
        """
        pins = self.settings.pins
        if name is None:
            return pins[0]
        for pin in pins:
            if name in (pin.id, f"{pin.id}@{pin.version}", str(pin)):
                return pin
        known = [f"{pin.id}@{pin.version}" for pin in pins]
        raise unknown(
            f"the office has pinned no standard {name!r}",
            name,
            known if "@" in name else {pin.id for pin in pins},
            f"Pinned in {FILE}: {', '.join(known)}",
        )

    def ground(self, package: str, *, now: datetime, actor: str, project: str) -> Ground:
        """What a command on a project stands on."""
        from pmo_core.governance.ground import Ground

        settings = self.settings
        return Ground(
            standard=self.standard(package),
            now=now.astimezone(UTC).replace(microsecond=0),
            actor=actor,
            zone=settings.zone,
            calendar=settings.calendar,
            holdings=self._holdings(project),
        )

    def _holdings(self, project: str) -> tuple[Holding, ...]:
        from pmo_core.governance.ground import ALWAYS, Holding

        return tuple(
            Holding(held.role, held.person, held.start or ALWAYS, held.end)
            for held in self.settings.roles
            if not held.projects or project in held.projects
        )

    def check_person(self, person: str) -> str:
        """The id of somebody whom the office knows; any, where it keeps no list.

        Raises:
            UnknownName: nobody of that id is listed.
        """
        people = self.settings.people
        if people and person not in people:
            raise unknown(
                f"the office knows nobody called {person!r}",
                person,
                people,
                f"Add the person in {FILE} under 'people'",
            )
        return person

    @property
    def plugins(self) -> Mapping[str, Plugin]:
        """The plugins that the settings name, loaded once, and no others (S8.1)."""
        if self._plugins is None:
            self._plugins = load_plugins(self.settings)
        return self._plugins

    @property
    def shared_facts(self) -> Mapping[str, Fact]:
        """What the office's sources know of all projects, asked once (S8.2)."""
        if self._shared is None:
            from pmo_core.office.sourcing import shared_facts  # start-up

            self._shared = shared_facts(self)
        return self._shared

    @property
    def asks_others(self) -> bool:
        """Whether assessments may ask a plugin or a source, which takes its time."""
        return bool(self.settings.plugins or self.settings.sources)

    def gatherer(self, reads: Reads | None = None, before: Gatherer | None = None) -> Gatherer:
        """What brings together the inputs of assessments; new for each question.

        Args:
            reads: where other projects are looked up; by default the store.
            before: whose answers of plugins are used.
        """
        from pmo_core.office.keeping import state_in
        from pmo_core.office.neighbourhood import Neighbourhood
        from pmo_core.office.standings import Gatherer

        source = self.store if reads is None else reads

        def find(project: str) -> tuple[State, str] | None:
            kept = source.projection(project)
            return None if kept is None else (state_in(kept, source), kept.head)

        neighbours = Neighbourhood(find, lambda state: self.standard(state.package))
        return Gatherer(self, neighbours) if before is None else before.looking_at(neighbours)

    # Questions

    def project(self, project: str) -> State:
        """The state of a project.

        Raises:
            UnknownName: the office has no such project.
        """
        from pmo_core.office.keeping import state_in

        kept = self.store.projection(project)
        if kept is None:
            raise self.no_project(project)
        return state_in(kept, self.store)

    def no_project(self, project: str) -> UnknownName:
        """The error for a project that is not there."""
        known = self.store.project_ids(limit=20_000)
        listing = "All projects: pmo project list" if known else "Begin with: pmo project new ID"
        return unknown(
            f"{self.settings.office} has no project {project!r}", project, known, listing
        )

    def projects(self) -> Iterator[tuple[State, str]]:
        """The state of each project with the hash of its last event, in the order of ids."""
        from pmo_core.office.keeping import state_in

        for kept in self.store.projections():
            yield state_in(kept, self.store), kept.head

    def standings(
        self,
        project: str | None = None,
        gate: str | None = None,
        occurrence: str = "",
        *,
        at: datetime | None = None,
    ) -> Iterator[Standing]:
        """How a project, or each, stands at the gates ahead of it, or at the one that is named.

        Raises:
            UnknownName: no such project; no such gate, or occurrence of it.
        """
        from pmo_core.office.survey import standings_of_all, standings_of_one

        now = at or self.now()
        if project is None:
            return standings_of_all(self, now, gate, occurrence)
        return standings_of_one(self, self.project(project), now, gate, occurrence)

    def explain(
        self,
        project: str,
        gate: str | None = None,
        occurrence: str = "",
        *,
        at: datetime | None = None,
        target: str = "go",
    ) -> Explanation:
        """Why a project is blocked at a gate, and what would free it (S14).

        Raises:
            UnknownName: no such project or gate; or several gates are ahead, and none is named.
        """
        from pmo_core.assessment.explain import explain
        from pmo_core.office.survey import only_one

        found = only_one(project, self.standings(project, gate, occurrence, at=at))
        return explain(found.found, target=target)

    def history(self, project: str, since: int = 0) -> list[Revealed]:
        """The events of a project from number `since` on, with their texts.

        Raises:
            UnknownName: the office has no such project.
        """
        events = self.store.events(project, since)
        if not events and self.store.projection(project) is None:
            raise self.no_project(project)
        return [self.store.revealed(event) for event in events]

    def review(
        self, project: str, key: str | None = None, *, at: datetime | None = None
    ) -> ReviewView:
        """A review as people look at it: the assessment as of now, who may decide, what bars it.

        Args:
            key: `gate[@occurrence][/attempt]`; without it the one that is open.
        """
        from pmo_core.office.reviewing import review_view

        return review_view(self, project, key, at)

    def decision(
        self, project: str, key: str | None = None, *, at: datetime | None = None
    ) -> DecisionStory:
        """One decision's whole story, as of then; without a key, that of the newest by `at`."""
        from pmo_core.office.stories import decision_story

        return decision_story(self, project, key, at)

    # Commands

    def register(
        self,
        project: str,
        record: JsonObject,
        *,
        standard: str | None = None,
        roles: Sequence[tuple[str, str]] = (),
        position: Mapping[str, str] | None = None,
        evidence: Sequence[Json] = (),
        **acting: Unpack[Acting],
    ) -> Done:
        """Take a project in; with a position, at a later phase, on declared evidence (S11.8)."""
        from pmo_core.office.changing import register

        return register(self, project, record, standard, roles, position, evidence, **acting)

    def amend(
        self, project: str, change: Callable[[State], JsonObject], **acting: Unpack[Acting]
    ) -> Done:
        """Change a project's record.

        Args:
            change: the new record, from the state as it is in the transaction.
        """
        from pmo_core.office.changing import amend

        return amend(self, project, change, **acting)

    def answer(self, project: str, answer: Answer, **acting: Unpack[Acting]) -> Done:
        """Attest a criterion."""
        from pmo_core.office.changing import answer as attest

        return attest(self, project, answer, **acting)

    def move_artefact(
        self,
        project: str,
        artefact: str,
        state: str,
        evidence: Sequence[Json] = (),
        **acting: Unpack[Acting],
    ) -> Done:
        """Bring an artefact to a state."""
        from pmo_core.office.changing import move_artefact

        return move_artefact(self, project, artefact, state, evidence, **acting)

    def open_review(
        self, project: str, gate: str | None = None, occurrence: str = "", **acting: Unpack[Acting]
    ) -> Done:
        """Open a review of a gate; of the one ahead, where it is the only one."""
        from pmo_core.office.reviewing import open_review

        return open_review(self, project, gate, occurrence, **acting)

    def decide(
        self, project: str, choice: Choice, review: str | None = None, **acting: Unpack[Acting]
    ) -> Done:
        """Decide the review that is open, or the one of that key."""
        from pmo_core.office.reviewing import decide

        return decide(self, project, choice, review, **acting)

    def withdraw(self, project: str, review: str | None = None, **acting: Unpack[Acting]) -> Done:
        """End a review without a decision."""
        from pmo_core.office.reviewing import withdraw

        return withdraw(self, project, review, **acting)

    def tick(self, at: datetime | None = None, *, dry_run: bool = False) -> Ticked:
        """Apply all that has come due by an instant, by default now (S13.3)."""
        from pmo_core.office.ticking import tick

        return tick(self, at or self.now(), dry_run=dry_run)
