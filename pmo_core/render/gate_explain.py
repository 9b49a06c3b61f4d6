"""One project at one gate, for people: the answer, what blocks it, who does what, by which command.

As `check --explain` tells it, with what an office knows besides: names, places in the project's
file, who may decide, and commands to paste.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment import Effect, Result, Verdict
from pmo_core.assessment.explain import GO, explain
from pmo_core.office.lines import Checked, Run
from pmo_core.office.record_places import place_of
from pmo_core.render import escape
from pmo_core.render.actions import Step, Steps, command_parts
from pmo_core.render.changes import hold_words
from pmo_core.render.deciding import bar_words, deciders, waits_for
from pmo_core.render.explain import Explainer, told_findings
from pmo_core.render.layout import columns, wrapped
from pmo_core.render.moments import distance_words, moment_words
from pmo_core.render.positions import pointer_of
from pmo_core.render.spans import span_words
from pmo_core.render.text import strength
from pmo_core.render.values import counted, day_beside, in_language, one_line
from pmo_core.render.words import criterion_of, word_lines
from pmo_core.standards.instants import add_duration, find_zone, local_date, parse_instant

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.assessment import Assessment, Finding
    from pmo_core.assessment.explain import Blocker, Explanation
    from pmo_core.assessment.plan import Action, Plan
    from pmo_core.documents import Document
    from pmo_core.office.prospects import Prospect
    from pmo_core.office.standings import Standing
    from pmo_core.render.people import People
    from pmo_core.render.style import Style
    from pmo_core.standards.instants import Duration, WorkingDays

RESULT_WORDS = {
    Result.PASS: "pass",
    Result.FAIL: "fail",
    Result.UNKNOWN: "unknown",
    Result.NOT_APPLICABLE: "n/a",
    Result.WAIVED: "waived",
}
NEVER_WAIVED = "statutory, never waived"
MOST_OF_A_NAME = 24
"""Columns of names beside a command; longer ones stand above it."""


class Ahead(NamedTuple):
    """A project at a gate, with what an office knows around it.

    Attributes:
        prospect: who may decide there; None for a standing gate, where nobody does.
        document: the project's file; None where there is none.
        several: other gates are ahead as well, so that commands name this one.
    """

    standing: Standing
    prospect: Prospect | None
    document: Document | None
    people: People
    several: bool = False

    @property
    def gate_option(self) -> str:
        """` --gate GATE` for a command, where it is needed."""
        from shlex import quote  # start-up: only where a command is suggested

        return f" --gate {quote(self.standing.key)}" if self.several else ""


class OfficeExplainer(Explainer):
    """Tells of one project at one gate what an office knows."""

    __slots__ = ("_ahead", "_line", "_zone")

    def __init__(self, ahead: Ahead, style: Style, target: str = GO) -> None:
        found = ahead.standing.found
        super().__init__(Run(found.standard, found.now), style, target)
        self._ahead = ahead
        self._line = Checked(found.record, found, found.record.id)
        self._zone = find_zone(found.inputs.zone)

    def explained(self) -> Iterator[str]:
        """Why it is blocked and what would free it, or whom it waits for; and what to do next."""
        yield from self.line(self._line)
        for told in self._notes.sentences():
            yield from self._wrapped(f"note: {told}", "", "  ")
        if self._criterion is not None:
            project = self._ahead.standing.state.project
            yield from self._command(f"pmo guide {self._criterion} {project}", "Learn: ")
        else:
            yield from self._next()

    def _next(self) -> Iterator[str]:
        """The command that leads on from a gate that is ready; none where a bar stands."""
        standing, prospect = self._ahead.standing, self._ahead.prospect
        if prospect is None or prospect.away is not None:
            return
        if prospect.case is not None and prospect.case.automatic:
            yield from self._command("pmo tick", "Next: ")
        elif standing.review is not None:
            yield from self._command(f"pmo review show {standing.state.project}", "Next: ")
        elif not prospect.bars and standing.held_until is None:
            command = f"pmo review open {standing.state.project}{self._ahead.gate_option}"
            yield from self._command(command, "Next: ")

    def short(self) -> Iterator[str]:
        """The answer, a line for each finding that blocks, and where to begin."""
        yield from self._heading()
        yield from self._hold()
        found = self._line.assessment
        if found.verdict is Verdict.READY:
            yield from self._ready(self._line)
            yield from self._next()
            return
        explanation = explain(found, target=self._target)
        wide = max(columns(one.criterion) for one in found.blocking)
        for blocker in explanation.blockers:
            finding = blocker.finding
            told = self._found(finding, blocker.criterion is not None)[0]
            statutory = blocker.criterion is not None and blocker.criterion.statutory
            words = f"{told}; {NEVER_WAIVED}" if statutory else told
            pad = " " * (wide - columns(finding.criterion))
            head = f"{RESULT_WORDS[finding.result]:<8} {escape.clean(finding.criterion)}{pad}  "
            yield from self._wrapped(words, head, " " * (columns(head) if wide < 40 else 11))
        first = self._first_command(explanation)
        if first is not None:
            yield from self._command(first, "Begin with: ")

    def status(self) -> Iterator[str]:
        """Every criterion with what it came to, and why."""
        yield from self._heading()
        yield from self._wrapped(self._circumstances(self._line), "", "  ")
        yield from self._hold()
        for finding in told_findings(self._line.assessment):
            where = "" if finding.result is Result.PASS else self._where(self._line, finding)
            word = RESULT_WORDS[finding.result]
            yield from self._head(f"{word:<8} {finding.criterion} ({strength(finding)})", where)
            statement = self._statement(finding)
            if statement:
                yield from self._wrapped(statement, " " * 9)
            if finding.result is Result.PASS:
                continue
            for number, told in enumerate(self._found(finding, bool(statement))):
                yield from self._block(told, "found" if number == 0 else "")
        for told in self._notes_of():
            yield from self._wrapped(f"note: {told}", "", "  ")
        yield from self._counts()

    def _heading(self) -> Iterator[str]:
        standing = self._ahead.standing
        told = f"{standing.state.project} at {standing.key}: {self._answer(self._line)}"
        yield from self._wrapped(told, "", "  ")

    def _notes_of(self) -> Iterator[str]:
        self._notes.add(self._line)
        yield from self._notes.sentences()

    def _counts(self) -> Iterator[str]:
        """What there is of each kind, and where what blocks is explained."""
        found = told_findings(self._line.assessment)
        blocking = sum(one.effect is Effect.BLOCKS for one in found)
        warning = sum(one.effect is Effect.WARNS for one in found)
        parts = [f"{blocking} block"] if blocking else []
        parts += [f"{warning} warn"] if warning else []
        for result in (Result.PASS, Result.NOT_APPLICABLE, Result.WAIVED):
            number = sum(one.result is result for one in found)
            parts += [f"{number} {RESULT_WORDS[result]}"] if number else []
        project = self._ahead.standing.state.project
        counts = f"{', '.join(parts) or 'No criteria'}."
        yield counts
        yield from self._command(f"pmo gate explain {project}{self._ahead.gate_option}", "Next: ")

    def _circumstances(self, line: Checked) -> str:
        standing, found = self._ahead.standing, line.assessment
        now = moment_words(found.now, self._zone)
        told = f"{self._run.standard.name}, version {standing.state.version}, {now}"
        if self._ahead.prospect is not None and self._ahead.prospect.away is not None:
            told = f"{told}; not ahead of it now"
        if standing.planned is None:
            return told
        today = local_date(found.now, self._zone)
        away = distance_words(standing.planned, today)
        return f"{told}; planned {day_beside(standing.planned, today)} ({away})"

    def _hold(self) -> Iterator[str]:
        told = hold_words(self._ahead.standing)
        if told:
            yield from self._wrapped(f"{told[:1].upper()}{told[1:]}.", "", "  ")

    def _ready(self, line: Checked) -> Iterator[str]:
        prospect, review = self._ahead.prospect, self._ahead.standing.review
        if prospect is None:
            return
        people = self._ahead.people
        if review is None and prospect.away is not None:
            yield from self._wrapped(f"No review can be opened: {prospect.away}.", "", "  ")
            return
        if review is None:
            told = f"No review is open. {deciders(prospect.case, prospect.refusal, people)}"
        else:
            since = moment_words(parse_instant(review.opened), self._zone)
            who = waits_for(prospect.case, people)
            told = f"Review {review.key} is open since {since}. " + (
                f"It waits for a decision by {who}."
                if who is not None
                else deciders(prospect.case, prospect.refusal, people)
            )
        yield from self._wrapped(told, "", "  ")
        for bar in prospect.bars:
            yield from self._wrapped(bar_words(bar, self._zone), "", "  ")

    def _where(self, line: Checked, finding: Finding) -> str:
        return found_at(self._ahead, finding) or ""

    def _role(self, role: str, explanation: Explanation) -> str:
        people = self._ahead.people
        return people.holding(role, people.seats(role, explanation.people))

    def _steps(
        self, by_who: Mapping[str, Sequence[Action]], explanation: Explanation
    ) -> Iterator[str]:
        named: dict[str, list[Action]] = {}
        for who, actions in by_who.items():
            holders = self._holders(actions[0], explanation)
            names = self._ahead.people.any_of(holders) if holders else who
            named.setdefault(names, []).extend(actions)
        wide = min(max(columns(who) for who in named), MOST_OF_A_NAME)
        for who, actions in named.items():
            steps = self._steps_of(actions)
            shown = escape.clean(who)
            if columns(shown) > wide or self._style.plain:
                yield from self._wrapped(f"{shown}:", "  ", "    ")
                before = "    "
            else:
                before = f"  {shown}{' ' * (wide - columns(shown))}  "
            for step in steps:
                yield from self._step(step, before)
                before = " " * columns(before)

    def _steps_of(self, actions: Sequence[Action]) -> list[Step]:
        words = {action: self._doing(action) for action in actions}
        return Steps(self._line.assessment).of(actions, words)

    def _step(self, step: Step, before: str) -> Iterator[str]:
        """A step behind a name; a command over several lines can be pasted as it stands."""
        blank = " " * columns(before)
        if not step.is_command:
            yield from self._wrapped(step.text, before, blank)
            return
        width = self._style.width
        if width is None:
            yield escape.terminal(before + step.text)
            return
        parts = command_parts(step.text, width - columns(before) - 4)
        for number, part in enumerate(parts):
            yield escape.terminal(f"{blank}  {part}" if number else f"{before}{part}")

    def _holders(self, action: Action, explanation: Explanation) -> tuple[str, ...]:
        """Who may do it: whoever holds one of its roles now."""
        people = self._ahead.people
        return tuple(
            dict.fromkeys(
                person for role in action.roles for person in people.seats(role, explanation.people)
            )
        )

    def _by_how_many(self, by_who: Mapping[str, Sequence[Action]], explanation: Explanation) -> str:
        """`2 people`; roles that nobody holds are told apart."""
        firsts = [actions[0] for actions in by_who.values()]
        held = [self._holders(one, explanation) for one in firsts]
        acting: set[str] = set()
        for people in sorted((one for one in held if one), key=len):
            if acting.isdisjoint(people):
                acting.add(people[0])
        vacant = sum(
            not people and bool(one.roles) for people, one in zip(held, firsts, strict=True)
        )
        told = [counted(len(acting), "person", "people")] if acting else []
        told += [f"{counted(vacant, 'role')} that nobody holds"] if vacant else []
        return " and ".join(told)

    def _doing(self, action: Action) -> str:
        told = super()._doing(action)
        if action.kind in ("waive", "defer"):
            return f"{told} (this version of pmo records neither waivers nor conditions)"
        return told

    def _first_command(self, explanation: Explanation) -> str | None:
        """Where to begin: with the document of the first finding that lacks one, else as it comes.

        The first of the standard comes first, since that is the order in which people work.
        """
        plan = explanation.plan
        planned = {one.id: one for one in plan.actions} if plan is not None else {}
        ways = (way for one in explanation.blockers for need in one.needs for way in need.ways)
        ids = (action.id for way in ways for action in sorted(way))
        actions = [planned[name] for name in dict.fromkeys(ids) if name in planned]
        for action in actions:
            template = Steps(self._line.assessment).template(action)
            if template is not None:
                return template
        for action in actions:
            # What the same people set is one command.
            for step in self._steps_of([one for one in actions if one.roles == action.roles]):
                if step.is_command:
                    return step.text
        return None

    def _earliest(self, plan: Plan, earliest: datetime, explanation: Explanation) -> str:
        told = super()._earliest(plan, earliest, explanation)
        longest = self._longest(plan, earliest, explanation.blockers)
        return f"{told} ({longest})" if longest else told

    def _longest(self, plan: Plan, earliest: datetime, blockers: Sequence[Blocker]) -> str:
        """What takes the whole time until then: `stakeholders-consulted takes 1 working day`."""
        found, standard = self._line.assessment, self._run.standard
        known: list[tuple[str, Duration | WorkingDays | None]] = [
            (one.finding.criterion, one.criterion.lead_time)
            for one in blockers
            if one.criterion is not None
        ]
        brought = [one.target.partition("=")[0] for one in plan.actions if one.kind == "bring"]
        known += [(name, standard.artefacts[name].lead_time) for name in brought]
        for name, span in known:
            if span is not None and earliest > found.now:
                calendar = found.inputs.calendar
                if calendar is not None and earliest == add_duration(
                    found.now, span, self._zone, calendar
                ):
                    return f"{name} takes {span_words(span)}"
        return ""

    def _all_findings(self, line: Checked) -> str:
        project = self._ahead.standing.state.project
        return f": pmo gate status {project}{self._ahead.gate_option}"

    def _statement(self, finding: Finding) -> str:
        return statement_of(finding, self._line.assessment, self._style.lang)

    def _found(self, finding: Finding, has_statement: bool) -> list[str]:
        """Why it came out so; the statement, which stands above, is not said again."""
        told = word_lines(
            finding,
            self._line.record,
            self._run.standard,
            lang=self._style.lang,
            extra=self._style.extra,
        )
        statement = self._statement(finding) if has_statement else ""
        return [one.removesuffix(f": {statement}") if statement else one for one in told]


def found_at(ahead: Ahead, finding: Finding) -> str | None:
    """`path:line:column` in the project's file; else the pointer; None where none is meant."""
    pointer = pointer_of(finding)
    if pointer is None:
        return None
    place = place_of(ahead.document, ahead.standing.state.record, pointer)
    return pointer if place is None else f"{place.source}:{place.line}:{place.column}"


def statement_of(finding: Finding, found: Assessment, lang: str) -> str:
    """What a criterion of the gate asks for, one that a decision added too; else empty."""
    criterion = criterion_of(finding, found.standard)
    if criterion is None:
        added = (one for one in found.inputs.extra if one.id == finding.criterion)
        criterion = next(added, None)
    return "" if criterion is None else one_line(in_language(criterion.statement, lang))


def explained_lines(ahead: Sequence[Ahead], style: Style, target: str = GO) -> Iterator[str]:
    """Why a project is blocked at its gates, one after the other, and what would free it."""
    for number, one in enumerate(ahead):
        if number:
            yield ""
        yield from OfficeExplainer(one, style, target).explained()


def short_lines(ahead: Sequence[Ahead], style: Style, target: str = GO) -> Iterator[str]:
    """The same in a line for each finding that blocks."""
    for number, one in enumerate(ahead):
        if number:
            yield ""
        yield from OfficeExplainer(one, style, target).short()


def status_lines(ahead: Sequence[Ahead], style: Style) -> Iterator[str]:
    """All findings of a project at its gates."""
    for number, one in enumerate(ahead):
        if number:
            yield ""
        yield from OfficeExplainer(one, style).status()


def no_gate_ahead(project: str, phases: Mapping[str, str], style: Style) -> Iterator[str]:
    """That nothing is to be passed any more."""
    where = ", ".join(phases.values())
    yield from wrapped(f"{project}: no gate is ahead; it stands in {one_line(where)}.", style.width)
