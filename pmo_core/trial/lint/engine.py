"""All lint rules over one standard, and the page that each of them has."""

from __future__ import annotations

from itertools import chain
from pkgutil import get_data
from typing import TYPE_CHECKING

from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean
from pmo_core.trial.lint import (
    authority,
    criteria,
    expressions,
    files,
    lifecycle,
    names,
    schemas,
    scores,
    templates,
)
from pmo_core.trial.lint.rule import LintFinding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmo_core.standards.model import Standard

FAMILIES = (
    lifecycle.RULES,
    authority.RULES,
    criteria.RULES,
    schemas.RULES,
    scores.RULES,
    expressions.RULES,
    names.RULES,
    files.RULES,
    templates.RULES,
)


def rules(known_checks: frozenset[str] | None = None) -> tuple[Rule, ...]:
    """Every rule, by id."""
    found = (*chain.from_iterable(FAMILIES), names.unknown_checks(known_checks))
    return tuple(sorted(found, key=lambda rule: rule.id))


def lint(
    standard: Standard, *, known_checks: frozenset[str] | None = None
) -> tuple[LintFinding, ...]:
    """What is wrong in a standard that loads, in the order of its file.

    Args:
        known_checks: ids (`evidence.scorecard`) or whole namespaces (`evidence`) of the checks
            that the office's plugins have; None where nobody knows, then no check is doubted.
    """
    return tuple(
        sorted(
            dict.fromkeys(_findings(standard, known_checks)),
            key=lambda found: (found.place, found.rule, found.pointer, found.message),
        )
    )


def explain_rule(rule: str) -> str:
    """The page of a rule: what it finds, why, an example, and what to write instead. Markdown.

    Raises:
        UnknownName: there is no such rule.
    """
    known = {one.id: one for one in rules()}
    if rule not in known:
        raise UnknownName(f"lint has no rule {rule!r}", remedy=did_you_mean(rule, known))
    page = get_data("pmo_core.trial.lint", f"pages/{rule}.md")
    assert page is not None
    title, rest = page.decode().split("\n", 1)
    found = known[rule]
    return f"{title}\n\n{found.severity.capitalize()}, about {found.category}.\n{rest}"


def _findings(standard: Standard, known_checks: frozenset[str] | None) -> Iterator[LintFinding]:
    for rule in rules(known_checks):
        for spot in rule.spots(standard):
            place = standard.document.place(spot.pointer)
            yield LintFinding(
                rule.id, rule.severity, spot.message, spot.pointer, place, spot.remedy
            )
