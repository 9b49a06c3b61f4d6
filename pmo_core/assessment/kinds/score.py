"""`score`: weighted items reach a band, in exact rationals (S5.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.assessment.findings import Reason, Result
from pmo_core.assessment.freshness import staleness
from pmo_core.assessment.holders import held_by
from pmo_core.assessment.kinds.answer import (
    NOT_APPLICABLE,
    entries_of,
    latest_by_person,
    na_refused,
)
from pmo_core.assessment.scene import Judgement, Scene
from pmo_core.documents import join_pointer

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Band, ScoreItem, ScoreTest

Entries = Sequence[tuple[str, "JsonObject"]]


class Scores(NamedTuple):
    """What was read of a score's items.

    Attributes:
        values: of the items that have one, the mean where several people scored.
        missing: items without a value.
        least: of all items that count, with who has not scored yet at the scale's least.
        most: likewise at its most; equal where nobody and nothing is missing.
        left_out: items answered N/A where that is allowed.
        under: why items fail: under their minimum, or N/A where that is not allowed.
        unusable: why values cannot be taken: no number, outside the scale.
        spreads: by how much people differ on each item that has a value.
    """

    values: dict[str, Fraction]
    missing: list[ScoreItem]
    least: dict[str, Fraction]
    most: dict[str, Fraction]
    left_out: list[ScoreItem]
    under: list[Reason]
    unusable: list[Reason]
    spreads: list[Fraction]


def judge_score(test: ScoreTest, criterion: str, scene: Scene) -> Judgement:
    """Under a minimum fails; missing items count at their least and their most."""
    where, entries = entries_of(criterion, scene)
    entries, doubts = counted_entries(test, entries, where, scene)
    if any(doubt.code == "holders-unknown" for doubt in doubts):
        return (Result.UNKNOWN, tuple(doubts[:1]))
    read = read_scores(test, entries, where)
    if read.under:
        return (Result.FAIL, tuple(read.under))
    if read.unusable:
        return (Result.UNKNOWN, tuple(read.unusable))
    counted = [item for item in test.items if item not in read.left_out]
    if not counted:
        return (Result.NOT_APPLICABLE, (Reason("answered-na", where),))
    unknown = [item.id for item in read.missing]
    scored = least = most = total(test, counted, {**read.least, **read.values})
    if read.least != read.most:
        least, most = total(test, counted, read.least), total(test, counted, read.most)
    low, high = band_of(test.bands, scored), band_of(test.bands, most)
    about: dict[str, Json] = {"total": shown(scored), "band": low, "pass": test.passing}
    if test.each is not None and len(entries) > 1:
        about["spread"] = shown(max(read.spreads, default=Fraction(0)))
    if read.missing:
        about.update(most=shown(most), missing=list(unknown))
    if not reaches(test, most):
        return (Result.FAIL, (Reason("score-low", where, about),))
    short = not reaches(test, least)
    if read.missing and (short or any(has_floor(item, test) for item in read.missing)):
        about["band"] = None if low != high else low
        return (Result.UNKNOWN, (Reason("score-incomplete", where, about), *doubts))
    if doubts:
        return (Result.UNKNOWN, tuple(doubts))
    return (Result.PASS, (Reason("score", where, about),))


def counted_entries(
    test: ScoreTest, entries: Entries, where: str, scene: Scene
) -> tuple[Entries, list[Reason]]:
    """The entries that are scored by, and why a total of them would not be enough.

    The last one; with `by: {each}`, the last of each person who held the role then.
    """
    doubts: list[Reason] = []
    chosen = list(entries[-1:])
    if test.each is not None:
        chosen = []
        for at, entry in latest_by_person(entries).values():
            wrong = held_by(entry.get("by"), test.each, entry.get("date"), scene, at)
            if wrong is None:
                chosen.append((at, entry))
            else:
                doubts.append(wrong)
        if len(chosen) >= test.at_least:
            doubts = [doubt for doubt in doubts if doubt.code != "wrong-person"]
        else:
            about: dict[str, Json] = {
                "role": test.each,
                "found": len(chosen),
                "at-least": test.at_least,
            }
            doubts.append(Reason("too-few-scorers", where, about))
    for at, entry in chosen:
        stale = staleness(entry.get("date"), None, scene, at)
        if stale is not None:
            doubts.append(stale)
    return chosen, doubts


def read_scores(test: ScoreTest, entries: Entries, where: str) -> Scores:
    """The value of each item, and what is wrong with those that have none."""
    scores = Scores({}, [], {}, {}, [], [], [], [])
    lowest, highest = rational(test.minimum), rational(test.maximum)
    awaited = 0 if test.each is None else max(0, test.at_least - len(entries))
    for item in test.items:
        read = _item_values(item, test, entries)
        if isinstance(read, Reason):
            (scores.under if read.code.startswith("na-") else scores.unusable).append(read)
        elif isinstance(read, str):
            scores.left_out.append(item)
        elif not read:
            scores.missing.append(item)
            scores.least[item.id], scores.most[item.id] = lowest, highest
        else:
            given, many = sum(read, Fraction(0)), len(read) + awaited
            value = scores.values[item.id] = given / len(read)
            scores.least[item.id] = (given + awaited * lowest) / many
            most = scores.most[item.id] = (given + awaited * highest) / many
            scores.spreads.append(max(read) - min(read))
            if item.minimum is not None and most < rational(item.minimum):
                about = {"item": item.id, "minimum": item.minimum, "value": shown(value)}
                scores.under.append(Reason("under-minimum", _place(item.id, entries, where), about))
    return scores


def _place(item: str, entries: Entries, where: str) -> str:
    """Where an item's value stands; the criterion's place where several people gave one."""
    return entries[0][0] + join_pointer(("value", item)) if len(entries) == 1 else where


def has_floor(item: ScoreItem, test: ScoreTest) -> bool:
    """Whether the least value of the scale would be under the item's own minimum."""
    return item.minimum is not None and rational(item.minimum) > rational(test.minimum)


def total(test: ScoreTest, items: Sequence[ScoreItem], values: Mapping[str, Fraction]) -> Fraction:
    """Mean, sum or percent of the items, by weight."""
    weights = [(rational(item.weight), values[item.id]) for item in items]
    weighted = sum((weight * value for weight, value in weights), Fraction(0))
    if test.combine == "sum":
        return weighted
    whole = sum((weight for weight, _value in weights), Fraction(0))
    if test.combine == "mean":
        return weighted / whole
    least, most = rational(test.minimum), rational(test.maximum)
    above = sum((weight * (value - least) for weight, value in weights), Fraction(0))
    return 100 * above / (whole * (most - least))


def band_of(bands: Sequence[Band], reached: Fraction) -> str | None:
    """The highest band that a total is in; None below the lowest."""
    found = None
    for band in bands:
        limit = rational(band.limit)
        if reached > limit or (reached == limit and not band.exclusive):
            found = band.id
    return found


def reaches(test: ScoreTest, reached: Fraction) -> bool:
    """Whether a total is in the band that passes, or a higher one."""
    order = [band.id for band in test.bands]
    found = band_of(test.bands, reached)
    return found is not None and order.index(found) >= order.index(test.passing)


def rational(value: Json) -> Fraction:
    """A number of a standard or record, exactly as its shortest decimal form says."""
    return Fraction(value) if type(value) is int else Fraction(str(value))


def shown(value: Fraction) -> str:
    """To one decimal, half to even (S5.6)."""
    tenths = round(value * 10)
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{tenth}"


def _item_values(
    item: ScoreItem, test: ScoreTest, entries: Entries
) -> list[Fraction] | str | Reason:
    """The item's values, one a person; `na` where that is all there is; empty where nothing is."""
    found: list[Fraction] = []
    not_applicable = False
    for at, entry in entries:
        scored = entry.get("value")
        value = scored.get(item.id) if isinstance(scored, dict) else None
        place = at + join_pointer(("value", item.id))
        if value is None:
            continue
        if value == NOT_APPLICABLE:
            refused = na_refused(item.na, entry.get("justification"), place)
            if refused is not None:
                return refused
            not_applicable = True
        elif isinstance(value, bool) or not isinstance(value, int | float):
            return Reason("score-value", place, {"item": item.id, "found": value})
        elif not rational(test.minimum) <= rational(value) <= rational(test.maximum):
            about = {"item": item.id, "found": value, "min": test.minimum, "max": test.maximum}
            return Reason("score-outside", place, about)
        else:
            found.append(rational(value))
    return NOT_APPLICABLE if not_applicable and not found else found
