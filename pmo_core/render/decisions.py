"""Decisions: as a list, and each with its whole story, as of then. Form: decision.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Finding, Reason, Result
from pmo_core.assessment.claim import CLAIM, RECORD
from pmo_core.render.deciding import moved_words
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.listing import Column, Listing, cell
from pmo_core.render.moments import moment_words
from pmo_core.render.reviews import (
    evidence_line,
    followed_words,
    promised_words,
    verified_json,
)
from pmo_core.render.text import strength
from pmo_core.render.values import day_in_words, day_words, listed, one_line, plain, short
from pmo_core.render.words import word_lines
from pmo_core.standards.instants import find_zone, parse_instant
from pmo_core.standards.model import Obligation
from pmo_core.standards.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import Decision, State
    from pmo_core.office.stories import DecisionStory, Mandate
    from pmo_core.render.listing import Cell
    from pmo_core.render.people import People
    from pmo_core.render.style import Style

COLUMNS = (
    Column("project", "PROJECT"),
    Column("decision", "DECISION"),
    Column("outcome", "OUTCOME"),
    Column("when", "WHEN"),
    Column("by", "BY"),
    Column("verdict", "VERDICT"),
    Column("moved", "MOVED"),
    Column("override", "OVERRIDE", usual=False),
    Column("resume-by", "RESUME BY", usual=False),
    Column("gate", "GATE", usual=False),
    Column("occurrence", "OCCURRENCE", usual=False),
    Column("attempt", "ATTEMPT", right=True, usual=False),
    Column("event", "EVENT", right=True, usual=False),
    Column("assessment", "ASSESSMENT", usual=False),
)
MARGIN = 11
_COUNTS = (
    ("pass", "pass"),
    ("fail", "fail"),
    ("unknown", "unknown"),
    ("not-applicable", "n/a"),
    ("waived", "waived"),
)


def decisions_listing(states: Iterable[State], zone: str, at: datetime | None = None) -> Listing:
    """A row for each decision, project by project, in the order in which they were taken.

    Args:
        zone: the office's time zone, by name.
        at: only what was decided by then; None: all.
    """
    rows = tuple(
        _row(state, one, zone)
        for state in states
        for one in state.decisions
        if at is None or parse_instant(one.at) <= at
    )
    return Listing(COLUMNS, rows)


def _row(state: State, one: Decision, zone: str) -> tuple[Cell, ...]:
    there = parse_instant(one.at).astimezone(find_zone(zone))
    moved: JsonObject = {track: list(phases) for track, phases in one.moved.items()}
    return (
        cell(state.project),
        cell(one.key),
        cell(one.outcome),
        cell(one.at, f"{there:%Y-%m-%d %H:%M}"),
        cell(one.by),
        cell(one.verdict, one.verdict.upper()),
        cell(moved, _arrows(one.moved)),
        cell(one.override),
        cell(one.resume_by),
        cell(one.gate),
        cell(one.occurrence),
        cell(one.attempt),
        cell(one.seq),
        cell(one.assessment),
    )


def _arrows(moved: Mapping[str, tuple[str, str]]) -> str:
    several = len(moved) > 1
    return ", ".join(
        f"{track} {before} -> {after}" if several else f"{before} -> {after}"
        for track, (before, after) in moved.items()
    )


def decision_lines(story: DecisionStory, people: People, style: Style) -> Iterator[str]:
    """One decision whole: by which rule, on what, why, by what right, and what came of it."""
    decision, zone = story.decision, find_zone(story.zone)
    when = moment_words(parse_instant(decision.at), zone)
    role = _role(story)
    who = people.name(decision.by)
    against = ", against the verdict" if decision.override else ""
    yield from lines_of(
        f"{_begun(decision.outcome)}, {when}, by {who}{f' ({role})' if role else ''}{against}",
        style,
    )
    yield from _part("of", f"{story.state.project}, {decision.key}", style)
    for label, told in _parts(story, people, style):
        yield from _part(label, told, style)
    yield from command_lines(
        f"pmo project history {story.state.project} --since {decision.seq}", style.width, "Next: "
    )


def _parts(story: DecisionStory, people: People, style: Style) -> Iterator[tuple[str, str]]:
    """The story, part by part: a label, and what there is to tell."""
    decision, zone = story.decision, find_zone(story.zone)
    found, event = story.assessment, story.event.event
    yield "rule", _rule(story)
    opened = moment_words(parse_instant(story.opened.opened), zone)
    verdict = story.opened.verdict.upper()
    yield "review", f"opened {opened} by {people.name(story.opened.by)}, {verdict} then"
    yield "assessed", _assessed(story)
    for told in _not_met(story, style):
        yield "", told
    yield from _labelled("evidence", _evidence(story, people))
    yield from _labelled("inputs", _inputs(story.inputs))
    if story.event.reason is not None:
        yield "reason", one_line(story.event.reason)
    elif event.reason is not None:
        yield "reason", "given, and erased since"
    else:
        yield "reason", "none was given"
    if decision.override:
        yield "override", f"decided although {_blocking(found)}"
    if decision.resume_by is not None:
        yield "resume by", day_in_words(decision.resume_by) or decision.resume_by
    yield "moved", moved_words(decision.moved) or "no phase changed"
    for told in promised_words(story.event.payload):
        yield "", told
    for followed in story.followed:
        told = followed_words(followed.event.name, followed.payload)
        if told:
            yield "", told.rstrip(".")
    yield from _labelled("standing", [_standing(one, people) for one in story.mandates])
    yield "identity", f"{event.actor.id}: {one_line(event.actor.how)}"
    core = event.versions.get("core")
    yield (
        "ledger",
        f"event {event.seq} of {story.events}, after {short(event.prev)}, itself "
        f"{short(story.hash)}; core {plain(core)}",
    )


def decision_json(story: DecisionStory) -> JsonObject:
    """The same for programs, with digests whole."""
    decision, event = story.decision, story.event.event
    return {
        "project": story.state.project,
        "key": decision.key,
        "gate": decision.gate,
        "occurrence": decision.occurrence,
        "attempt": decision.attempt,
        "outcome": decision.outcome,
        "at": decision.at,
        "by": decision.by,
        "override": decision.override,
        "reason": story.event.reason,
        "resume_by": decision.resume_by,
        "brings": story.event.payload.get("brings") or {},
        "verdict": decision.verdict,
        "moved": {track: list(phases) for track, phases in decision.moved.items()},
        "rule": decision.rule,
        "standard": _standard_json(story),
        "review": {
            "opened": story.opened.opened,
            "by": story.opened.by,
            "version": story.opened.version,
            "verdict": story.opened.verdict,
            "subject": story.opened.subject,
        },
        "subject": decision.subject,
        "assessment": {"digest": decision.assessment, "value": story.assessment},
        "inputs": {"digest": decision.inputs, "value": story.inputs},
        "evidence": [verified_json(one) for one in story.evidence],
        "mandates": [
            {
                "role": one.role,
                "person": one.person,
                "from": None if one.start is None else one.start.isoformat(),
                "to": None if one.end is None else one.end.isoformat(),
                "by": one.by,
                "in": "pmo.yaml" if one.by is None else "ledger",
            }
            for one in story.mandates
        ],
        "effects": [
            {"event": one.event.seq, "name": one.event.name, "payload": one.payload}
            for one in story.followed
        ],
        "event": {
            "seq": event.seq,
            "of": story.events,
            "prev": event.prev,
            "hash": story.hash,
            "actor": {"id": event.actor.id, "how": event.actor.how},
            "versions": dict(event.versions),
        },
    }


def _standard_json(story: DecisionStory) -> Json:
    written = story.assessment.get("standard")
    return {**written, "package": story.package} if isinstance(written, dict) else None


def _role(story: DecisionStory) -> str:
    role = story.decision.rule.get("role") or story.decision.rule.get("by")
    return one_line(role) if isinstance(role, str) else ""


def _rule(story: DecisionStory) -> str:
    """`owner decides, never manager: pm2@3.1.0 digest c1d09e22`, the one in its pin."""
    rule, role = story.decision.rule, _role(story)
    parts = [f"{role} decides" if role else "decided by itself as soon as it is ready"]
    if story.decision.override:
        parts = [f"an override is granted to {role}"]
    never = rule.get("never")
    if isinstance(never, list):
        parts.append(f"never {listed(plain(one) for one in never)}")
    if rule.get("self") == "never":
        parts.append("never who submitted it")
    why = rule.get("reason")
    if isinstance(why, str):
        parts.append(one_line(why))
    cited = f"{story.standard.name} digest {short(story.package)}"
    return f"{', '.join(parts)}: {cited}"


def _assessed(story: DecisionStory) -> str:
    found, zone = story.assessment, find_zone(story.zone)
    at = moment_words(parse_instant(str(found.get("now"))), zone)
    verdict = str(found.get("verdict")).upper()
    counts = [
        f"{number} {word}"
        for result, word in _COUNTS
        if (number := sum(one.get("result") == result for one in _told(found)))
        or result == "waived"
    ]
    version = story.decision.seq - 1
    digest = short(story.decision.assessment)
    return f"{at}, version {version}, {verdict}: {', '.join(counts)}; digest {digest}"


def _not_met(story: DecisionStory, style: Style) -> Iterator[str]:
    """What was not met when it was decided."""
    record = Record(story.record, story.state.project, story.state.project)
    for written in _findings(story.assessment):
        if written.get("effect") in ("blocks", "warns"):
            finding = _finding(written)
            told = "; ".join(
                word_lines(finding, record, story.standard, lang=style.lang, extra=style.extra)
            )
            yield f"{finding.result.value} {finding.criterion} ({strength(finding)}): {told}"


def _finding(written: JsonObject) -> Finding:
    """A finding as it was stored."""
    reasons = tuple(
        Reason(
            str(one.get("code")),
            pointer if isinstance(pointer := one.get("pointer"), str) else None,
            params if isinstance(params := one.get("params"), dict) else {},
        )
        for one in _objects(written.get("reasons"))
    )
    return Finding(
        str(written.get("criterion")),
        Obligation(str(written.get("obligation"))),
        Result(str(written.get("result"))),
        Effect(str(written.get("effect"))),
        reasons,
        eased=written.get("eased") is True,
    )


def _blocking(found: JsonObject) -> str:
    names = [str(one.get("criterion")) for one in _findings(found) if one.get("effect") == "blocks"]
    return f"it was blocked by {listed(names)}" if names else "a bar stood"


def _evidence(story: DecisionStory, people: People) -> list[str]:
    """`business-case 2f9a61d8`, with who vouched for it and what has become of the file since."""
    return [evidence_line(one, people) for one in story.evidence] or ["none was named"]


def _inputs(inputs: JsonObject) -> list[str]:
    """Facts, results of checks and other projects, as they were gathered for it."""
    told = []
    for name, fact in _members(inputs.get("facts")):
        failure = fact.get("failure")
        value = plain(failure) if failure else plain(fact.get("value"))
        source = f" from {plain(fact.get('source'))}" if fact.get("source") else ""
        seen = f", seen {day_in_words(fact.get('observed'))}" if fact.get("observed") else ""
        told.append(f"fact {plain(name)} {value}{source}{seen}")
    for check in _objects(inputs.get("checks")):
        result = check.get("result")
        came = result.get("result") if isinstance(result, dict) else result
        told.append(f"check {plain(check.get('check'))} {plain(came)}")
    for name, project in _members(inputs.get("projects")):
        head = project.get("head")
        phases = project.get("phase")
        stands = plain(list(phases.values())) if isinstance(phases, dict) else "?"
        at = f", head {short(head)}" if isinstance(head, str) else ""
        told.append(f"project {plain(name)} in {stands}{at}")
    return told or ["nothing besides the project itself"]


def _standing(one: Mandate, people: People) -> str:
    start = "" if one.start is None else f", {day_words(one.start)}"
    until = "" if one.end is None else f", until {day_words(one.end)}"
    by = "named in pmo.yaml" if one.by is None else f"appointed by {people.name(one.by)}"
    return f"{people.name(one.person)} ({one_line(one.role)}) {by}{start}{until}"


def _labelled(label: str, told: list[str]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(told):
        yield label if number == 0 else "", one


def _part(label: str, told: str, style: Style) -> Iterator[str]:
    yield from lines_of(told, style, f"{label:<{MARGIN}}", " " * MARGIN)


def _begun(words: str) -> str:
    told = one_line(words).replace("-", " ")
    return f"{told[:1].upper()}{told[1:]}"


def _told(found: JsonObject) -> list[JsonObject]:
    """The findings of criteria; those of no criterion only where they came to more than pass."""
    return [
        one
        for one in _findings(found)
        if one.get("result") != "pass" or one.get("criterion") not in (RECORD, CLAIM)
    ]


def _findings(found: JsonObject) -> list[JsonObject]:
    return _objects(found.get("findings"))


def _objects(value: Json) -> list[JsonObject]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _members(value: Json) -> list[tuple[str, JsonObject]]:
    known = value.items() if isinstance(value, dict) else ()
    return [(name, one) for name, one in known if isinstance(one, dict)]
