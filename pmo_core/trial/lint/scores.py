"""Lint of scores: do the bands cover what can be reached, in order, and can one pass and fail?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from pmo_core.assessment.kinds.score import rational, shown, total
from pmo_core.standards.model import ScoreTest
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import criteria_of, tests_of

if TYPE_CHECKING:
    from pmo_core.standards.model import Band, Standard


def misordered_bands(standard: Standard) -> Iterator[Spot]:
    """Bands that do not stand lowest first, each above the one before (S5.6)."""
    for pointer, test in _every_score(standard):
        for index, (lower, upper) in enumerate(pairwise(test.bands), 1):
            if _start(upper) <= _start(lower):
                yield Spot(
                    f"{pointer}/bands/{index}",
                    f"band {upper.id!r} ({_limit(upper)}) does not begin above "
                    f"{lower.id!r} ({_limit(lower)}), which stands before it",
                    "Put the lowest band first, each with a limit of its own",
                )


def gaps_below(standard: Standard) -> Iterator[Spot]:
    """Totals that can be reached and that are in no band."""
    for pointer, test in _scores(standard):
        least = _least(test)
        first = test.bands[0]
        if _start(first) > (least, 0):
            yield Spot(
                f"{pointer}/bands/0",
                f"a total of {shown(least)} can be reached, and the lowest band, {first.id!r}, "
                f"begins {_limit(first)}: such a total has no name",
                f"Let the lowest band begin at-least {shown(least)}",
            )


def unreachable_bands(standard: Standard) -> Iterator[Spot]:
    """Bands above the highest total, or wholly below the lowest."""
    for pointer, test in _scores(standard):
        least, most = _least(test), _most(test)
        for index, band in enumerate(test.bands):
            following = test.bands[index + 1] if index + 1 < len(test.bands) else None
            if _start(band) > (most, 0):
                reason = f"no total is above {shown(most)}"
            elif following is not None and _start(band) < _start(following) <= (least, 0):
                reason = f"no total is below {shown(least)}, where {following.id!r} has begun"
            else:
                continue
            yield Spot(
                f"{pointer}/bands/{index}",
                f"no total is ever in band {band.id!r} ({_limit(band)}): {reason}",
                "Correct its limit; mind what 'combine' makes of the scale and the weights",
            )


def always_passed(standard: Standard) -> Iterator[Spot]:
    """Scores that pass whatever is given, so that the criterion asks for nothing."""
    for pointer, test in _scores(standard):
        floor = any(
            item.minimum is not None and rational(item.minimum) > rational(test.minimum)
            for item in test.items
        )
        if not floor and _start(_passing(test)) <= (_least(test), 0):
            yield Spot(
                f"{pointer}/pass",
                f"even the lowest total, {shown(_least(test))}, is in band {test.passing!r}, "
                "which passes",
                "Let a higher band pass, or raise its limit",
            )


def never_passed(standard: Standard) -> Iterator[Spot]:
    """Scores that no values can bring to the band that passes."""
    for pointer, test in _scores(standard):
        if _start(_passing(test)) > (_most(test), 0):
            yield Spot(
                f"{pointer}/pass",
                f"even the highest total, {shown(_most(test))}, is not in band {test.passing!r}",
                "Lower its limit; mind what 'combine' makes of the scale and the weights",
            )
        for item in test.items:
            if item.minimum is not None and rational(item.minimum) > rational(test.maximum):
                yield Spot(
                    f"{pointer}/items/{item.id}/minimum",
                    f"item {item.id!r} must have at least {item.minimum}, "
                    f"and the scale ends at {test.maximum}",
                    "Lower the minimum, or raise the scale's 'max'",
                )


def _scores(standard: Standard) -> Iterator[tuple[str, ScoreTest]]:
    """The scores whose bands stand in order; of others, nothing else can be said."""
    for pointer, test in _every_score(standard):
        if all(_start(lower) < _start(upper) for lower, upper in pairwise(test.bands)):
            yield pointer, test


def _every_score(standard: Standard) -> Iterator[tuple[str, ScoreTest]]:
    for _gate, criterion in criteria_of(standard):
        for pointer, test in tests_of(criterion):
            if isinstance(test, ScoreTest) and rational(test.minimum) < rational(test.maximum):
                yield f"{pointer}/score", test


def _least(test: ScoreTest) -> Fraction:
    return total(test, test.items, {item.id: rational(test.minimum) for item in test.items})


def _most(test: ScoreTest) -> Fraction:
    return total(test, test.items, {item.id: rational(test.maximum) for item in test.items})


def _passing(test: ScoreTest) -> Band:
    return next(band for band in test.bands if band.id == test.passing)


def _start(band: Band) -> tuple[Fraction, int]:
    """Where a band begins, so that `above 50` comes after `at-least 50`."""
    return rational(band.limit), int(band.exclusive)


def _limit(band: Band) -> str:
    return f"{'above' if band.exclusive else 'at-least'} {band.limit}"


RULES = (
    Rule("score-band-order", "scores", Severity.ERROR, misordered_bands),
    Rule("score-band-gap", "scores", Severity.WARNING, gaps_below),
    Rule("score-band-unreachable", "scores", Severity.WARNING, unreachable_bands),
    Rule("score-pass-always", "scores", Severity.WARNING, always_passed),
    Rule("score-pass-never", "scores", Severity.ERROR, never_passed),
)
