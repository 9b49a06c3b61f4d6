"""Who may decide, what bars it, and what may be chosen, as sentences and as JSON (S12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmo_core.governance.offers import CONDITIONS, NOWHERE, VERDICT
from pmo_core.render.moments import until_words
from pmo_core.render.values import day_words, listed, one_line
from pmo_core.standards.instants import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.authority import Case
    from pmo_core.governance.bars import Bar
    from pmo_core.governance.offers import Offer, Override
    from pmo_core.render.people import People

_BARS = {
    "notice": "Notice was given, and runs",
    "comment": "Comments by {about} are awaited",
    "freeze": "A freeze around {about} lasts",
    "again-after": "After {about} it rests",
}
_SHUT = {
    VERDICT: "not while the gate is blocked",
    CONDITIONS: "not yet: it needs conditions, which this version of pmo does not record",
    NOWHERE: "not from where the project stands",
}


def deciders(case: Case | None, refusal: str | None, people: People) -> str:
    """`May decide: Eva Stern (owner). Ana Ruiz may not (manager).`"""
    if case is None:
        return _ended(_begun(refusal or "nobody may decide"))
    if case.automatic:
        return "It is decided by itself as soon as it is ready, when pmo tick runs."
    if case.beyond is not None:
        return _ended(f"Nobody alone may decide: {case.beyond}")
    role = case.role or ""
    told = f"May decide: {people.holding(role, case.people)}."
    if not case.people:
        who = "nobody else" if case.kept_out else "nobody"
        told = f"Nobody may decide now: {who} holds {one_line(role)}; name one in pmo.yaml."
    kept: dict[str, list[str]] = {}
    for person, role_out in case.kept_out.items():
        kept.setdefault(_why_not(role_out), []).append(people.name(person))
    out = [f"{listed(names)} may not ({why})." for why, names in kept.items()]
    return " ".join([told, *out])


def waits_for(case: Case | None, people: People) -> str | None:
    """By whom a decision is awaited; None where nobody alone can give it now."""
    if case is None or case.automatic or case.beyond is not None or not case.people:
        return None
    return people.holding(case.role or "", case.people)


def bar_words(bar: Bar, zone: ZoneInfo) -> str:
    """`Notice was given, and runs until the end of Fri 27 Nov 2026.`"""
    told = _BARS[bar.kind].format(about=one_line(bar.about))
    return f"{told} until {until_words(bar.until, zone)}."


def moved_words(moved: Mapping[str, tuple[str, str]]) -> str:
    """`phase initiating -> planning`, the track's name where there are several; empty for none."""
    return ", ".join(
        f"{'phase' if track == 'main' or len(moved) == 1 else track} {before} -> {after}"
        for track, (before, after) in moved.items()
    )


def offer_words(offer: Offer) -> str:
    """What an outcome does and needs: `phase initiating -> planning; needs a reason`."""
    parts = [moved_words(offer.moved) or "no phase changes"]
    if offer.shut:
        return _SHUT[offer.shut]
    needs = ["--reason TEXT"] if offer.reason else []
    if offer.resumes and offer.latest is None:
        needs.append("--resume-by DATE")
    elif offer.latest is not None:
        parts.append(f"waits at the longest until {day_words(offer.latest)}")
    needs += [f"--brings {one_line(name)}={kind.upper()}" for name, kind in offer.requires.items()]
    if needs:
        parts.append(f"needs {listed(needs)}")
    if offer.extra:
        parts.append("may add criteria: --extra FILE")
    return "; ".join(parts)


def override_lines(override: Override | None, people: People) -> Iterator[str]:
    """Who may decide against the verdict; nothing where the gate grants it to nobody."""
    if override is None:
        return
    who = people.holding(override.role, override.people)
    if override.statutory:
        names = listed(override.statutory)
        yield f"Nobody may override the verdict while what is statutory blocks: {names}."
        return
    if not override.people:
        yield f"Nobody may override the verdict now: nobody holds {one_line(override.role)}."
        return
    lifts = f", and lifts these bars: {listed(override.lifts)}" if override.lifts else ""
    yield f"Against the verdict only by {who}, with --override and --reason TEXT{lifts}."


def case_json(case: Case | None, refusal: str | None) -> JsonObject:
    """`{role, people, kept_out, automatic, refusal}`: who may decide now."""
    if case is None:
        return {
            "role": None,
            "people": [],
            "kept_out": {},
            "automatic": False,
            "refusal": refusal,
        }
    return {
        "role": case.role,
        "people": list(case.people),
        "kept_out": dict(case.kept_out),
        "automatic": case.automatic,
        "refusal": case.beyond,
    }


def bars_json(bars: Iterable[Bar]) -> list[Json]:
    """`[{kind, until, about}]`."""
    return [
        {"kind": one.kind, "until": format_instant(one.until), "about": one.about} for one in bars
    ]


def offer_json(offer: Offer) -> JsonObject:
    """One outcome with whether it may be chosen now, and what it must come with."""
    return {
        "outcome": offer.outcome.id,
        "open": not offer.shut,
        "shut": offer.shut or None,
        "moved": {track: list(phases) for track, phases in offer.moved.items()},
        "reason": offer.reason,
        "resumes": offer.resumes,
        "latest": None if offer.latest is None else offer.latest.isoformat(),
        "requires": dict(offer.requires),
        "extra": offer.extra,
    }


def _why_not(role: str | None) -> str:
    """`manager`, or that it is who opened the review."""
    return "opened the review" if role is None else one_line(role)


def _begun(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
