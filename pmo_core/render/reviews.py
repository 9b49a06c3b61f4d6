"""Reviews and what is decided at them, for people and as JSON. Form: review.schema.json."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.assessment import Effect, Verdict
from pmo_core.governance import events
from pmo_core.governance.choices import unexplained
from pmo_core.governance.state import DECIDED, OPEN
from pmo_core.office.evidence_kept import Held
from pmo_core.render.changes import NOT_WRITTEN
from pmo_core.render.deciding import (
    bar_words,
    bars_json,
    case_json,
    deciders,
    moved_words,
    offer_json,
    offer_words,
    override_lines,
)
from pmo_core.render.gates import counts_of
from pmo_core.render.layout import command_lines, lines_of
from pmo_core.render.moments import moment_words
from pmo_core.render.text import strength
from pmo_core.render.values import counted, day_in_words, day_words, listed, one_line, plain, short
from pmo_core.render.words import word_lines
from pmo_core.standards.instants import find_zone, format_instant, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_core.assessment import Assessment
    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import Review
    from pmo_core.office.acts import Done
    from pmo_core.office.evidence_kept import Verified
    from pmo_core.office.prospects import Coming, Prospect
    from pmo_core.office.reviewing import ReviewView
    from pmo_core.render.people import People
    from pmo_core.render.style import Style

_HELD = {
    Held.SAME: "as recorded",
    Held.ALTERED: "altered since it was recorded",
    Held.GONE: "not there",
    Held.UNRECORDED: "no digest was recorded",
    Held.ELSEWHERE: "elsewhere, not looked at",
}
_COUNTED = {**_HELD, Held.GONE: "missing", Held.UNRECORDED: "without a digest"}
_RESULTS = {"pass": "pass", "fail": "fail", "unknown": "unknown", "not-applicable": "n/a"}


def opened_lines(
    done: Done, found: Assessment, prospect: Prospect, people: People, zone: str, style: Style
) -> Iterator[str]:
    """What it came to that a review was opened, who may decide it, and what bars that."""
    review = opened_by(done)
    would = _would(done)
    yield from _again(done)
    yield from lines_of(
        f"Review {review.key} of {done.project} {would} open, on version {review.version}: "
        f"{verdict_of(found)}.",
        style,
    )
    yield from lines_of(deciders(prospect.case, prospect.refusal, people), style)
    for bar in prospect.bars:
        yield from lines_of(bar_words(bar, find_zone(zone)), style)
    if not done.written and not done.repeated:
        yield NOT_WRITTEN
        return
    yield from command_lines(f"pmo review show {done.project}", style.width, "Next: ")


def opened_by(done: Done) -> Review:
    """The review that a command opened."""
    key = next(str(one.payload["key"]) for one in done.events if one.name == events.REVIEW_OPENED)
    return next(one for one in done.after.reviews if one.key == key)


def review_lines(view: ReviewView, people: People, style: Style) -> Iterator[str]:
    """A review: what is found now, on what evidence, who may decide what, and what bars it."""
    review, zone = view.review, find_zone(view.zone)
    project = view.state.project
    if view.found is None:
        yield from _ended(view, people, style)
        return
    verdict = verdict_of(view.found)
    since = moment_words(parse_instant(review.opened), zone)
    yield from lines_of(
        f"{project} {review.key}: open since {since} by {people.name(review.by)}, {verdict}", style
    )
    evidence = evidence_words(view.evidence)
    yield from lines_of(f"{_counted(counts_of(view.found))}. {evidence}", style)
    for finding in view.found.findings:
        if finding.effect is not Effect.NONE:
            told = "; ".join(
                word_lines(
                    finding, view.found.record, view.standard, lang=style.lang, extra=style.extra
                )
            )
            head = f"  {finding.result.value:<8} {finding.criterion} ({strength(finding)}): "
            yield from lines_of(told, style, head, " " * 11)
    for one in view.evidence:
        yield from lines_of(evidence_line(one, people), style, "  ", "    ")
    yield from lines_of(_since_opened(view), style)
    yield from lines_of(deciders(view.case, view.refusal, people), style)
    for bar in view.bars:
        yield from lines_of(bar_words(bar, zone), style)
    yield "Outcomes:"
    wide = max((len(one.outcome.id) for one in view.offers), default=0)
    for offer in view.offers:
        head = f"  {offer.outcome.id:<{wide}}  "
        yield from lines_of(offer_words(offer), style, head, " " * len(head))
    must_tell = unexplained(view.found)
    if must_tell:
        names = listed(must_tell)
        yield from lines_of(f"A decision must give a reason for what is not met: {names}.", style)
    for told in override_lines(view.override, people):
        yield from lines_of(told, style)
    before, command = _next(view)
    yield from command_lines(command, style.width, before)


def review_json(view: ReviewView) -> JsonObject:
    """The same for programs, with digests."""
    review, found = view.review, view.found
    return {
        "project": view.state.project,
        "version": view.state.version,
        "standard": view.state.standard,
        "package": view.state.package,
        "key": review.key,
        "gate": review.gate,
        "occurrence": review.occurrence,
        "attempt": review.attempt,
        "status": review.status,
        "opened": {
            "at": review.opened,
            "by": review.by,
            "version": review.version,
            "verdict": review.verdict,
            "subject": review.subject,
            "assessment": review.assessment,
        },
        "ended": review.ended,
        "now": format_instant(view.now),
        "verdict": None if found is None else found.verdict.value,
        "assessment": None if found is None else found.digest,
        "counts": None if found is None else counts_of(found),
        "blocking": [] if found is None else [one.criterion for one in found.blocking],
        "changed": view.changed,
        "evidence": [verified_json(one) for one in view.evidence],
        "deciders": case_json(view.case, view.refusal) if review.status == OPEN else None,
        "bars": bars_json(view.bars),
        "outcomes": [offer_json(one) for one in view.offers],
        "override": None
        if view.override is None
        else {
            "role": view.override.role,
            "people": list(view.override.people),
            "statutory": list(view.override.statutory),
            "bars": list(view.override.lifts),
        },
    }


def decided_lines(
    done: Done, coming: Sequence[Coming], people: People, style: Style
) -> Iterator[str]:
    """What was decided, by whom, and all that follows from it."""
    decided = next(one for one in done.events if one.name == events.DECIDED)
    decision = next(one for one in done.after.decisions if one.seq == decided.seq)
    role = decision.rule.get("role") or decision.rule.get("by")
    who = people.holding(str(role), [decision.by]) if role else people.name(decision.by)
    moved = moved_words(decision.moved)
    would = "Decided" if done.written or done.repeated else "Would be decided"
    yield from _again(done)
    against = ", against the verdict" if decision.override else ""
    told = f"{would}: {one_line(decision.outcome)} by {who}{against}."
    yield from lines_of(f"{told} {_sentence(moved or 'no phase changes')}", style)
    for event in done.events:
        followed = followed_words(event.name, event.payload)
        if followed:
            yield from lines_of(followed, style)
    for told in promised_words(decided.payload):
        yield from lines_of(f"{told}.", style)
    if decision.resume_by is not None:
        yield f"It waits until {day_in_words(decision.resume_by)}."
    if not done.written and not done.repeated:
        yield NOT_WRITTEN
        return
    if coming:
        word = "gate" if len(coming) == 1 else "gates"
        yield from lines_of(f"Next {word}: {'; '.join(map(_coming, coming))}.", style)
        yield from command_lines(f"pmo gate explain {done.project}", style.width, "Next: ")
    else:
        yield "No gate is ahead any more."
        yield from command_lines(
            f"pmo decision show {done.project} {decision.key}", style.width, "Next: "
        )


def withdrawn_lines(done: Done, style: Style) -> Iterator[str]:
    """That a review ended without a decision."""
    closed = next(one for one in done.events if one.name == events.REVIEW_CLOSED)
    review = next(one for one in done.after.reviews if one.key == closed.payload["key"])
    would = _would(done)
    yield from _again(done)
    yield from lines_of(
        f"Review {review.key} of {done.project} {would} withdrawn, undecided.", style
    )
    if not done.written and not done.repeated:
        yield NOT_WRITTEN
        return
    yield from command_lines(f"pmo gate explain {done.project}", style.width, "Next: ")


def followed_words(name: str, payload: JsonObject) -> str:
    """What came of a decision besides the phases: a baseline, means, a review ended; else empty."""
    if name == events.BASELINE_TAKEN:
        value = payload.get("value")
        parts = listed(plain(one) for one in sorted(value)) if isinstance(value, dict) else ""
        return f"Baseline {plain(payload.get('name'))} taken: {parts or 'nothing was there'}."
    if name == events.RELEASED_FUNDS:
        amount = payload.get("value")
        told = plain(amount) if amount is not None else "nothing was there"
        return f"Released {plain(payload.get('name'))}: {told}."
    if name == events.REVIEW_CLOSED:
        return f"Review {payload.get('key')} ended undecided, since its gate was left."
    return ""


def promised_words(payload: JsonObject) -> Iterator[str]:
    """What a decision brought along, and the criteria that it added."""
    brought = payload.get("brings")
    if isinstance(brought, dict) and brought:
        named = [f"{plain(name)} {plain(value)}" for name, value in brought.items()]
        yield f"Brought along: {'; '.join(named)}"
    added = payload.get("extra")
    for gate, criteria in added.items() if isinstance(added, dict) else ():
        models = criteria if isinstance(criteria, list) else []
        ids = [one.get("id") for one in models if isinstance(one, dict)]
        yield f"Added at {plain(gate)}: {listed(plain(one) for one in ids)}"


def evidence_words(found: Iterable[Verified]) -> str:
    """`Evidence: 3 files, all as recorded.`"""
    held = [one.held for one in found]
    if not held:
        return "No evidence is named."
    counts = {kind: held.count(kind) for kind in Held if kind in held}
    files = counted(len(held), "piece")
    if list(counts) == [Held.SAME]:
        every = "its digest matches" if len(held) == 1 else "all digests match"
        return f"Evidence: {files}, {every}."
    parts = [f"{number} {_COUNTED[kind]}" for kind, number in counts.items()]
    return f"Evidence: {files}: {', '.join(parts)}."


def evidence_line(one: Verified, people: People) -> str:
    """`business-case: docs/case.pdf of Fri 20 Nov 2026, by Eva Stern; 2f9a61d8, as recorded`"""
    evidence = one.evidence
    digest = "" if evidence.digest is None else f"{short(evidence.digest)}, "
    dated = f" of {day_in_words(evidence.date) or evidence.date}" if evidence.date else ""
    by = "" if evidence.by is None else f", by {people.name(evidence.by)}"
    return f"{evidence.of}: {one_line(evidence.link)}{dated}{by}; {digest}{_HELD[one.held]}"


def verified_json(one: Verified) -> JsonObject:
    """`{kind, of, by, link, digest, date, held}`."""
    evidence = one.evidence
    return {
        "kind": evidence.kind,
        "of": evidence.of,
        "by": evidence.by,
        "link": evidence.link,
        "digest": evidence.digest,
        "date": evidence.date,
        "held": one.held.value,
    }


def _would(done: Done) -> str:
    return "is" if done.written or done.repeated else "would be"


def _again(done: Done) -> Iterator[str]:
    """That a key was used before, for the same command."""
    if done.repeated:
        yield "Done before under this key; this is what it came to then."


def verdict_of(found: Assessment) -> str:
    """`READY`, or `BLOCKED by risks-owned`."""
    if found.verdict is Verdict.READY:
        return "READY"
    return f"BLOCKED by {listed(one.criterion for one in found.blocking)}"


def _counted(counts: dict[str, Json]) -> str:
    parts = [
        f"{number} {_RESULTS[result]}"
        for result, number in counts.items()
        if result in _RESULTS and (number or result == "pass")
    ]
    return ", ".join([*parts, f"{counts['waived']} waived"])


def _since_opened(view: ReviewView) -> str:
    review = view.review
    here = f"on version {review.version}, and is at {view.state.version}"
    if not view.changed:
        return f"What is reviewed is as when it was opened (subject {short(review.subject)})."
    if view.state.version == review.version:
        return "What is reviewed has changed since it was opened: time or facts changed results."
    return f"What is reviewed has changed since it was opened {here}."


def _ended(view: ReviewView, people: People, style: Style) -> Iterator[str]:
    review, zone = view.review, find_zone(view.zone)
    opened = moment_words(parse_instant(review.opened), zone)
    ended = moment_words(parse_instant(review.ended or review.opened), zone)
    word = "decided" if review.status == DECIDED else "ended undecided"
    yield from lines_of(
        f"{view.state.project} {review.key}: {word} {ended}; opened {opened} by "
        f"{people.name(review.by)}, {review.verdict.upper()} then",
        style,
    )
    command = (
        f"pmo decision show {view.state.project} {review.key}"
        if review.status == DECIDED
        else f"pmo review open {view.state.project} --gate {review.gate}"
    )
    yield from command_lines(command, style.width, "Next: ")


def _next(view: ReviewView) -> tuple[str, str]:
    """The command that comes next, and what stands before it: decide, where that is possible."""
    found, case, project = view.found, view.case, view.state.project
    assert found is not None
    if case is not None and case.automatic:
        return "Next: ", "pmo tick"
    opened = [one for one in view.offers if not one.shut]
    if found.verdict is not Verdict.READY or not opened or case is None or not case.people:
        return "Next: ", f"pmo gate explain {project} --gate {view.review.key.rpartition('/')[0]}"
    several = sum(one.status == OPEN for one in view.state.reviews) > 1
    named = f" --review {view.review.key}" if several else ""
    first = opened[0]
    reason = " --reason TEXT" if first.reason else ""
    who = case.people[0]
    until = max((bar.until for bar in view.bars), default=None)
    before = "Next"
    if until is not None:
        before = f"From {moment_words(until, find_zone(view.zone))}"
    command = f"pmo review decide {project} {first.outcome.id}{named} --as {who}{reason}"
    return f"{before}: ", command


def _coming(one: Coming) -> str:
    return one.gate if one.planned is None else f"{one.gate}, {day_words(one.planned)}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
