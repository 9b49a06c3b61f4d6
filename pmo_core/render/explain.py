"""Why a gate is blocked, who can act, and the smallest set of actions, for people (S14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Result, Verdict
from pmo_core.assessment.claim import CLAIM, RECORD
from pmo_core.assessment.explain import GO, explain
from pmo_core.office.lines import Checked, Unreadable
from pmo_core.render import escape
from pmo_core.render.errors import told_without_place
from pmo_core.render.layout import columns, command_lines, wrapped
from pmo_core.render.notes import Notes
from pmo_core.render.positions import position
from pmo_core.render.style import USUAL
from pmo_core.render.text import gate_name, strength, summary
from pmo_core.render.values import counted, day_words, in_language, one_line
from pmo_core.render.words import criterion_of, mark_words, remedy_words, word_lines
from pmo_core.standards.instants import find_zone, local_date

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.assessment import Assessment, Finding
    from pmo_core.assessment.explain import Blocker, Explanation
    from pmo_core.assessment.plan import Action, Plan
    from pmo_core.office.lines import Line, Run
    from pmo_core.render.style import Style

MARGIN = 9
_DOING = {
    "fix": "fix",
    "answer": "answer",
    "bring": "bring",
    "refresh": "renew the evidence of",
    "supply": "supply",
    "raise": "raise",
    "await": "wait for",
    "waive": "waive",
    "defer": "defer",
}

_SUPPLYING = {
    "holders": "say who holds {}",
    "entered": "say when the phase before {} began",
    "last-occurrence": "say when {} was held last",
}


def explained(run: Run, lines: Iterable[Line], style: Style = USUAL) -> Iterator[bytes]:
    """For each record and gate: the answer, what blocks it, and what would free it."""
    writer = Explainer(run, style)
    for number, line in enumerate(lines):
        if number and not style.quiet:
            yield b"\n"
        for text in writer.line(line):
            yield text.encode("utf-8", "replace") + b"\n"
    for text in writer.end():
        yield text.encode("utf-8", "replace") + b"\n"


class Explainer:
    """Tells of one line after the other why it is blocked, and what would free it.

    What is known only where there is an office (names, places, commands), its own explainer tells.
    """

    __slots__ = ("_criterion", "_notes", "_run", "_style", "_target")

    def __init__(self, run: Run, style: Style, target: str = GO) -> None:
        self._run = run
        self._style = style
        self._target = target
        self._criterion: str | None = None
        self._notes = Notes()

    def line(self, line: Line) -> Iterator[str]:
        """One record at one gate, or why there is no record."""
        if isinstance(line, Unreadable):
            yield escape.terminal(f"{line.source}: unreadable")
            yield from self._block(told_without_place(line.error), "found")
            return
        self._notes.add(line)
        found = line.assessment
        where = f" at {gate_name(line)}" if found.gate else ""
        yield from self._wrapped(f"{line.record.id}{where}: {self._answer(line)}", "", "  ")
        if self._style.quiet:
            return
        yield from self._wrapped(self._circumstances(line), "", "  ")
        yield from self._hold()
        if found.verdict is Verdict.READY:
            yield from self._ready(line)
            yield from self._also(line)
            return
        explanation = explain(found, target=self._target)
        for blocker in explanation.blockers:
            yield from self._blocker(line, blocker, explanation)
        yield from self._plan(explanation)
        yield from self._also(line)

    def end(self) -> Iterator[str]:
        """The counts, what was set aside or is to be known, and where to learn more."""
        tally = self._style.tally
        if tally is not None and tally.lines > 1:
            yield ""
            yield summary(tally)
        for told in () if self._style.quiet else self._notes.sentences():
            yield from self._wrapped(f"note: {told}", "", "  ")
        for mark in self._run.marks:
            told = mark_words(mark, extra=self._style.extra)
            yield from self._wrapped(f"note: {told}.", "", "  ")
        if self._criterion is not None:
            called = self._style.called(self._run.standard)
            yield from self._command(f"pmo guide {self._criterion} --standard {called}", "Learn: ")

    def _hold(self) -> Iterator[str]:
        """That it was decided to wait, whatever is found; without an office nobody knows."""
        yield from ()

    def _ready(self, line: Checked) -> Iterator[str]:
        """What a gate that is ready waits for; without an office nobody knows."""
        yield from ()

    def _answer(self, line: Checked) -> str:
        found = line.assessment
        if found.verdict is Verdict.READY:
            if found.gate is None:
                return "no gate is ahead, and nothing blocks"
            return "READY, only because no must applied" if found.vacuous else "READY"
        total = counted(len(told_findings(found)), "criterion", "criteria")
        return f"BLOCKED by {len(found.blocking)} of {total}"

    def _circumstances(self, line: Checked) -> str:
        found = line.assessment
        day = day_words(local_date(found.now, find_zone(found.inputs.zone)))
        return f"{self._run.standard.name}, {day}; {line.source}"

    def _blocker(self, line: Checked, blocker: Blocker, explanation: Explanation) -> Iterator[str]:
        finding, style = blocker.finding, self._style
        criterion = criterion_of(finding, self._run.standard)
        if self._criterion is None and criterion is not None:
            self._criterion = finding.criterion
        where = self._where(line, finding)
        head = f"{finding.result.value:<8} {finding.criterion} ({strength(finding)})"
        yield from self._head(head, where)
        # One that a decision added is in no standard, and has no page.
        criterion = criterion or blocker.criterion
        statement = ""
        if criterion is not None:
            statement = one_line(in_language(criterion.statement, style.lang))
            yield from self._wrapped(statement, " " * MARGIN)
        told = word_lines(
            finding, line.record, self._run.standard, lang=style.lang, extra=style.extra
        )
        for number, words in enumerate(told):
            # The statement stands above already.
            short = words.removesuffix(f": {statement}")
            yield from self._block(short, "found" if number == 0 else "")
        remedy = remedy_words(finding, line.record, self._run.standard, lang=style.lang)
        if remedy:
            yield from self._block(remedy, "do")
        yield from self._block(self._who(blocker, explanation), "who")

    def _where(self, line: Checked, finding: Finding) -> str:
        """The place of a finding, as `path:line:column`."""
        place = position(line, finding)
        return f"{place.source}:{place.line}:{place.column}"

    def _who(self, blocker: Blocker, explanation: Explanation) -> str:
        acting = " or ".join(self._role(role, explanation) for role in blocker.roles)
        waits = [r for r in blocker.finding.reasons if r.code == "after"]
        if waits:
            return "nobody yet: it is judged once those are settled"
        if not acting:
            by_others = any(
                action.by_others for need in blocker.needs for way in need.ways for action in way
            )
            acting = "nobody in the project" if by_others else "the standard does not say"
        if blocker.waived_by is not None:
            return f"{acting}; {self._role(blocker.waived_by, explanation)} may waive it"
        statutory = blocker.criterion is not None and blocker.criterion.statutory
        rest = "statutory, never waived" if statutory else "nobody may waive it"
        return f"{acting}; {rest}"

    def _role(self, role: str, explanation: Explanation) -> str:
        """`Ana Ruiz (manager)` where appointments are known, else the role's title."""
        people = explanation.people.get(role, ())
        if people:
            return f"{', '.join(people)} ({role})"
        declared = self._run.standard.roles.get(role)
        return one_line(in_language(declared.title, self._style.lang)) if declared else role

    def _plan(self, explanation: Explanation) -> Iterator[str]:
        if explanation.stuck:
            yield from self._wrapped(
                f"Stuck: nobody can free {', '.join(explanation.stuck)}, and nobody may waive it."
            )
            return
        plan = explanation.plan
        if plan is None:
            return
        yield from self._least(plan, explanation)
        if explanation.earliest is not None:
            yield from self._wrapped(self._earliest(plan, explanation.earliest, explanation))

    def _least(self, plan: Plan, explanation: Explanation) -> Iterator[str]:
        """How much there is to do, by how many, and who does what."""
        least = "Smallest set" if plan.proved else "A small set (not proved the smallest)"
        waivers = sum(action.kind == "waive" for action in plan.actions)
        waiver = counted(waivers, "waiver") if waivers else "no waiver"
        by_role: dict[str, list[Action]] = {}
        for action in plan.actions:
            who = " or ".join(self._role(role, explanation) for role in action.roles)
            nobody = "others" if action.by_others else "somebody"
            by_role.setdefault(who or nobody, []).append(action)
        whom = self._by_how_many(by_role, explanation)
        parts = f" by {whom}" if whom else ""
        many = counted(len(plan.actions), "action")
        deferred = sum(action.kind == "defer" for action in plan.actions)
        what = "makes it ready"
        if self._target != GO:
            what = f"allows a conditional go, {deferred} deferred" if deferred else what
        yield from self._wrapped(f"{least} that {what}: {many}{parts}, {waiver}")
        yield from self._steps(by_role, explanation)

    def _by_how_many(self, by_who: Mapping[str, Sequence[Action]], explanation: Explanation) -> str:
        """How many have something to do; empty where nobody has."""
        nouns = ("person", "people") if explanation.people else ("role", "roles")
        named = sum(any(action.roles for action in actions) for actions in by_who.values())
        return counted(named, *nouns) if named else ""

    def _steps(
        self, by_who: Mapping[str, Sequence[Action]], explanation: Explanation
    ) -> Iterator[str]:
        """Who does what."""
        for who, actions in by_who.items():
            told = "; ".join(self._doing(action) for action in actions)
            yield from self._wrapped(f"  {who}: {told}", "", "    ")

    def _earliest(self, plan: Plan, earliest: datetime, explanation: Explanation) -> str:
        """The day on which it could be ready, as far as the project can tell."""
        waits = [action for action in plan.actions if action.by_others]
        if waits and len(waits) == len(plan.actions):
            return "Earliest ready: once others have done this; no date is known here"
        found = explanation.assessment
        zone = find_zone(found.inputs.zone)
        day, today = local_date(earliest, zone), local_date(found.now, zone)
        when = day_words(day)
        if waits:
            return f"Earliest ready, if all begin now, once others have done theirs: {when}"
        return f"Earliest ready, if all begin now: {when}{' (today)' if day == today else ''}"

    def _doing(self, action: Action) -> str:
        target = action.target
        if action.kind == "bring":
            name, _, state = target.partition("=")
            return f"bring {name} to {state}"
        if action.kind == "await" and target.startswith("self:"):
            return f"pass {target.removeprefix('self:')} first"
        if action.kind == "raise":
            criterion, _, item = target.partition("#")
            return f"raise {item} of {criterion}"
        if action.kind == "supply" and ":" in target:
            known, _, name = target.partition(":")
            return escape.clean(f"{_SUPPLYING[known].format(name)}: assess it in an office")
        return escape.clean(f"{_DOING[action.kind]} {target}")

    def _also(self, line: Checked) -> Iterator[str]:
        counts = dict.fromkeys((Result.PASS, Result.NOT_APPLICABLE, Result.WAIVED), 0)
        warned = 0
        for finding in told_findings(line.assessment):
            if finding.result in counts:
                counts[finding.result] += 1
            warned += finding.effect is Effect.WARNS
        parts = [f"{counts[Result.PASS]} pass"]
        if counts[Result.NOT_APPLICABLE]:
            parts.append(f"{counts[Result.NOT_APPLICABLE]} n/a")
        if counts[Result.WAIVED]:
            parts.append(f"{counts[Result.WAIVED]} waived")
        if warned:
            parts.append(counted(warned, "warning"))
        yield f"Also {', '.join(parts)}{self._all_findings(line)}"

    def _all_findings(self, line: Checked) -> str:
        """Where all findings are listed; the end of the sentence that counts them."""
        return "."

    def _head(self, head: str, where: str) -> Iterator[str]:
        """A finding and its place on one line where both fit, else on two."""
        width = self._style.width
        head, where = escape.clean(head), escape.clean(where)
        if width is None or not where:
            yield escape.terminal(f"{head}  {where}".rstrip())
        elif columns(head) + columns(where) + 2 <= width:
            gap = width - columns(head) - columns(where)
            yield escape.terminal(f"{head}{' ' * gap}{where}")
        else:
            yield escape.terminal(head)
            yield escape.terminal(f"{' ' * MARGIN}{where}")

    def _block(self, words: str, label: str) -> Iterator[str]:
        yield from self._wrapped(words, f"  {label:<{MARGIN - 2}}", " " * MARGIN)

    def _command(self, command: str, before: str) -> Iterator[str]:
        for part in command_lines(command, self._style.width, before):
            yield escape.terminal(part)

    def _wrapped(self, words: str, indent: str = "", hanging: str | None = None) -> Iterator[str]:
        for part in wrapped(words, self._style.width, indent, hanging):
            yield escape.terminal(part)


def told_findings(found: Assessment) -> list[Finding]:
    """The findings of criteria; those of no criterion only where they came to more than pass."""
    return [
        one
        for one in found.findings
        if one.result is not Result.PASS or one.criterion not in (RECORD, CLAIM)
    ]
