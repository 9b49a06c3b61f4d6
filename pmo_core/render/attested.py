"""The evidence of what was attested: which file, how large, and until when it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.render.values import day_words, one_line, plain, short

if TYPE_CHECKING:
    from pmo_core.office.attesting import Attested, Meant
    from pmo_core.office.evidence_named import Evidence
    from pmo_core.render.people import People


def attested_words(found: Attested, people: People) -> list[str]:
    """What there is to say of it besides the change: its evidence, and for whom it is."""
    outside = [_outside_words(one) for one in found.evidence if one.outside]
    return [*evidence_words(found), *outside, *_meant_words(found.meant, people)]


def _outside_words(one: Evidence) -> str:
    link = one_line(str(one.entry["link"]))
    return f"Note: {link} lies outside the office: it is only linked, and not looked at again."


def _meant_words(meant: Meant | None, people: People) -> list[str]:
    """`Note: business-case is for Eva Stern (owner); this says Bo Lind.`"""
    if meant is None:
        return []
    named = people.holding(meant.role, meant.people)
    return [f"Note: {plain(meant.of)} is for {named}; this says {people.name(meant.by)}."]


def evidence_words(found: Attested) -> list[str]:
    """`Evidence 9c41e07d (84 kB) of Wed 25 Nov 2026 counts until Tue 23 Feb 2027.`"""
    until = "" if found.until is None else f" counts until {day_words(found.until)}"
    if found.evidence:
        of = f" of {day_words(found.day)}"
        return [f"Evidence {_named(one)}{of}{until}." for one in found.evidence]
    return [f"It{until}."] if until else []


def size_words(size: int) -> str:
    """`84 kB`."""
    if size < 1000:
        return f"{size} B"
    for unit, least in (("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)):
        if size < least * 1000 or unit == "GB":
            return f"{round(size / least)} {unit}"
    raise AssertionError(size)


def _named(one: Evidence) -> str:
    digest = one.entry.get("digest")
    if one.size is None or not isinstance(digest, str):
        return plain(one.entry["link"])
    return f"{short(digest)} ({size_words(one.size)})"
