"""Each fact of the walkthrough that this version tells is in what it prints.

Left out is what comes later (votes, conditions, waivers, the portfolio, the whole ledger's proof),
and what each office has for itself: versions, digests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pmo_core.cli.commands import pmo as whole

SESSIONS = Path(__file__).parent / "sessions"
WALKTHROUGH = Path(__file__).resolve().parents[3] / "shared" / "walkthrough.md"

FIVE = (
    "field-inspections  initiating  ready-for-planning   2026-12-18  BLOCKED by 4",
    "online-payments    executing   ready-for-closing    2026-11-30  READY",
    "parcel-map         planning    ready-for-executing  2027-01-15  BLOCKED by 2",
    "permit-portal      initiating  ready-for-planning   2026-11-27  BLOCKED by 3",
    "records-archive    planning    ready-for-executing  2026-12-04  READY",
    "5 projects: 2 ready, 3 blocked by 9 criteria.",
)
THREE = (
    "projects/permit-portal.yaml:31:5",
    "projects/permit-portal.yaml:52:5",
    "projects/permit-portal.yaml:67:3",
    'B-2 "Fewer counter visits" has no target_date',
    'R-3 "Old data cannot be moved" has no owner',
    "answered yes, but its evidence of Mon 20 Jul 2026 is 127 days old",
)
FACTS = {
    "a-first-five-minutes": (
        *FIVE,
        "BLOCKED by 3 -> BLOCKED by 1.",
        "BLOCKED by 1 -> READY.",
        "permit-portal: 2 changes, version",
        "permit-portal: 1 answer, version",
        "of Wed 25 Nov 2026 counts until Tue 23 Feb 2027.",
        "Office my-office: standard pm2@3.1.0, pinned by digest",
        "standards, people, plugins",
        "edit this first",
        "ledger (SQLite), JSON Schemas",
        "phase initiating; wrote projects/street-works.yaml",
        "each field explained by a comment.",
        "street-works at ready-for-planning: BLOCKED by 6 of 9 criteria",
        "fail     business-case-approved    artefact business-case is missing",
        "fail     charter-approved          artefact charter is missing",
        "unknown  data-protection-screened  never answered; statutory, never waived",
        "unknown  stakeholders-consulted    never answered",
        "Begin with: pmo template write street-works business-case",
    ),
    "b-why-who-how-little": (
        *THREE,
        "permit-portal at ready-for-planning: BLOCKED by 3 of 9 criteria",
        "Tue 24 Nov 2026 09:00; planned Fri 27 Nov",
        "(in 3 days)",
        "Every benefit has a measure and a target date",
        "Every risk has an owner and a response",
        "The key stakeholders were consulted in the last 90 days",
        "Ana Ruiz (manager); nobody may waive it",
        "Ana Ruiz (manager); Eva Stern (owner) may waive it",
        "Eva Stern (owner) may waive it",
        "Smallest set that makes it ready: 3 actions by 2 people, no waiver",
        "pmo project amend permit-portal",
        "--set benefits.B-2.target_date=DATE --set risks.R-3.owner=WHO",
        "pmo project answer permit-portal stakeholders-consulted yes",
        "--evidence FILE",
        "Wed 25 Nov 2026",
        "takes 1 working day",
        "Also 5 pass, 1 n/a: pmo gate status permit-portal",
        "Days from application to permit: 21 now, 10 by 31",
    ),
    "c-review-and-decision": (
        "Review ready-for-planning/1 of permit-portal is open, on version",
        "May decide: Eva Stern (owner). Ana Ruiz may not (manager).",
        "permit-portal at ready-for-planning",
        "open since Wed 25 Nov 2026 16:00",
        "8 pass, 1 n/a, 0 waived.",
        "all digests match.",
        "Phase initiating -> planning.",
        "ready-for-executing, Fri 26 Feb 2027",
        "2026-11-25 16:00  ana.ruiz   opened review ready-for-planning/1, READY",
        "2026-11-27 10:09  eva.stern  decided go",
        "2026-11-27 10:09  eva.stern  entered phase planning",
        "events; chain whole, head",
    ),
    "e-one-decision-whole": (
        "Fri 27 Nov 2026 10:09, by Eva Stern",
        "never manager: pm2@3.1.0 digest",
        "READY: 8 pass, 1 n/a, 0 waived",
        "business-case",
        "charter",
        "consultation",
        "appointed by Kira Dahl, Mon 2 Nov 2026",
        "by a local user, who is trusted",
        "core ",
        "5 decisions.",
    ),
    "f-gates-in-ci": (
        *THREE[3:],
        "projects/permit-portal.yaml:31:5: fail benefits-measurable (must)",
        "2 ready, 3 blocked by 9 criteria, 0 unreadable.",
        "::error file=projects/permit-portal.yaml,line=31,col=5,title=benefits-measurable::"
        'B-2 "Fewer counter visits" has no target_date',
    ),
}
OURS = (
    "decided go",
    "entered phase planning",
    "May decide",
    "Fri 26 Feb 2027",
    "5 decisions.",
    "core ",
    "Eva Stern (owner). Ana",
    "all digests match.",
)
"""Facts that the walkthrough tells in other words, since a single person decides here."""


@pytest.mark.parametrize("session", FACTS)
def test_what_is_printed_holds_the_walkthrough_s_facts(session: str) -> None:
    printed = _plain((SESSIONS / f"{session}.session").read_text(encoding="utf-8"))
    assert [fact for fact in FACTS[session] if _plain(fact) not in printed] == []


@pytest.mark.skipif(not WALKTHROUGH.is_file(), reason="the walkthrough is not beside the checkout")
def test_these_are_the_walkthrough_s_facts() -> None:
    told = _plain(WALKTHROUGH.read_text(encoding="utf-8"))
    facts = {fact for all_of_it in FACTS.values() for fact in all_of_it}
    strange = {fact for fact in facts if _plain(fact) not in told}
    assert {fact for fact in strange if not any(one in fact for one in OURS)} == set()


@pytest.mark.skipif(not WALKTHROUGH.is_file(), reason="the walkthrough is not beside the checkout")
def test_each_command_that_the_walkthrough_types_is_typed_here_if_there_is_one() -> None:
    """Parts (a), (b), (c), (e) and (f)."""
    parts = re.split(r"^## \(", WALKTHROUGH.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = "".join(part for part in parts if part[:1] in "abcef")
    wanted = {one for one in _commands(told) if _exists(one)}
    assert {("project", "list"), ("gate", "explain"), ("review", "decide")} <= wanted
    typed = "".join(path.read_text(encoding="utf-8") for path in SESSIONS.iterdir())
    assert wanted - set(_commands(typed)) == {("demo",)}  # test_tour.py


def _commands(text: str) -> Iterator[tuple[str, ...]]:
    """The nouns and verbs that are typed."""
    for line in re.findall(r"^\$ (?:pip .* && )?pmo (.*)$", text, flags=re.MULTILINE):
        noun, *rest = line.split()
        group = whole.get_command(click.Context(whole), noun)
        yield (noun, rest[0]) if group is None or isinstance(group, click.Group) else (noun,)


def _exists(words: tuple[str, ...]) -> bool:
    command: click.Command | None = whole
    for word in words:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
        if command is None:
            return False
    return True


def _plain(text: str) -> str:
    """The text without what breaks its lines."""
    return " ".join(text.replace("\\\n", " ").split())
