"""`score`: weighted items reach a band, in exact rationals (S5.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pmo_core.assess.findings import Reason, Result
from pmo_core.assess.kinds.answer import NOT_APPLICABLE, entries_of, na_refused
from pmo_core.assess.scene import Judgement, Scene
from pmo_core.documents import join_pointer

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import Band, ScoreItem, ScoreTest


def judge_score(test: ScoreTest, criterion: str, scene: Scene) -> Judgement:
    """Under a minimum fails; missing items count at their least and their most."""
    where, entries = entries_of(criterion, scene)
    lacking = _lacking_scorers(test, entries, where)
    values: dict[str, Fraction] = {}
    missing: list[ScoreItem] = []
    left_out: list[ScoreItem] = []
    unusable: list[Reason] = []
    under: list[Reason] = []
    for item in test.items:
        read = item_value(item, test, entries, where)
        if isinstance(read, Reason):
            (under if read.code.startswith("na-") else unusable).append(read)
        elif read == NOT_APPLICABLE:
            left_out.append(item)
        elif read is None:
            missing.append(item)
        else:
            assert isinstance(read, Fraction)
            values[item.id] = read
            if item.minimum is not None and read < rational(item.minimum):
                at = where + join_pointer(("value", item.id))
                about = {"item": item.id, "minimum": item.minimum, "value": shown(read)}
                under.append(Reason("under-minimum", at, about))
    if under:
        return (Result.FAIL, tuple(under))
    if unusable:
        return (Result.UNKNOWN, tuple(unusable))
    counted = [item for item in test.items if item not in left_out]
    if not counted:
        return (Result.NOT_APPLICABLE, (Reason("answered-na", where),))
    least = total(
        test, counted, {**dict.fromkeys((m.id for m in missing), rational(test.minimum)), **values}
    )
    most = total(
        test, counted, {**dict.fromkeys((m.id for m in missing), rational(test.maximum)), **values}
    )
    return _judge_total(test, least, most, missing, lacking, where)


def _judge_total(
    test: ScoreTest,
    least: Fraction,
    most: Fraction,
    missing: Sequence[ScoreItem],
    lacking: Reason | None,
    where: str,
) -> Judgement:
    low, high = band_of(test.bands, least), band_of(test.bands, most)
    about: dict[str, Json] = {"total": shown(least), "band": low, "pass": test.passing}
    if missing:
        about.update(most=shown(most), missing=[item.id for item in missing])
    if not reaches(test, most):
        return (Result.FAIL, (Reason("score-low", where, about),))
    if not reaches(test, least):
        about["band"] = None if low != high else low
        return (Result.UNKNOWN, (Reason("score-incomplete", where, about),))
    if lacking is not None:
        return (Result.UNKNOWN, (lacking,))
    return (Result.PASS, (Reason("score", where, about),))


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
    return Fraction(str(value))


def shown(value: Fraction) -> str:
    """To one decimal, half to even (S5.6)."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    tenths = value * 10
    if tenths.denominator == 2:
        exact = Decimal(tenths.numerator) / Decimal(20)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN))


def item_value(
    item: ScoreItem, test: ScoreTest, entries: Sequence[tuple[str, JsonObject]], where: str
) -> Fraction | str | Reason | None:
    """The item's value, the mean over scorers; `na`; None where nobody gave one."""
    found: list[Fraction] = []
    not_applicable = False
    for at, entry in entries if test.each is not None else entries[-1:]:
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
    del where
    if found:
        return sum(found, Fraction(0)) / len(found)
    return NOT_APPLICABLE if not_applicable else None


def _lacking_scorers(
    test: ScoreTest, entries: Sequence[tuple[str, JsonObject]], where: str
) -> Reason | None:
    if test.each is None:
        return None
    people = {str(entry.get("by")) for _at, entry in entries}
    if len(people) >= test.at_least:
        return None
    about: dict[str, Json] = {"role": test.each, "found": len(people), "at-least": test.at_least}
    return Reason("too-few-scorers", where, about)
