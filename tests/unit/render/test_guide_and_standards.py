"""What people read of a standard: criteria at every gate they stand at, pages of guidance."""

from __future__ import annotations

import pytest

from pmo_core.render.guide import guide_lines
from pmo_core.render.page import page_lines
from pmo_core.render.standards import standard_lines, thing_lines
from pmo_core.render.style import Style
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard

RISKS = "risks-owned: {%s: Every risk has an owner, schema: true, guidance: risks.md%s}"


def twice(page: str = "# Every risk has an owner\n\n## Why\n\nElse nobody acts.\n") -> Standard:
    gates = f"""
    close:
      title: Ready to close
      from: executing
      outcomes: {{go: closed}}
      authority: automatic
      criteria: {{{RISKS % ("should", ", owner: manager")}}}
    """
    return a_standard(
        "{%s}" % (RISKS % ("must", ", owner: sponsor, waivable: manager")),
        gates=gates,
        roles="{manager: {title: Manager}, sponsor: {title: Sponsor}}",
        files={"risks.md": page.encode()},
    )


def test_a_criterion_is_shown_at_each_gate_that_it_stands_at() -> None:
    """S5.5: one statement, with its obligation and owner at each gate."""
    assert list(thing_lines(twice(), "risks-owned", Style()))[:-1] == [
        "risks-owned (must, at ready)  [waivable by manager]",
        "risks-owned (should, at close)",
        "  Every risk has an owner.",
        "  Test: schema of the record",
        "  Owner at ready: sponsor",
        "  Owner at close: manager",
        "  May be waived at ready: by manager",
    ]


def test_the_guide_tells_how_much_a_criterion_counts_at_each_gate() -> None:
    told = list(guide_lines(twice(), "risks-owned", Style()))
    assert told[0] == "risks-owned (must, at ready; should, at close)"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("# every risk  has an owner.\n\nElse nobody acts.\n", ["Else nobody acts."]),
        ("\n# Owners of risks\n\n## Why\n\nSo.\n", ["Why", "", "So."]),
        ("# Owners of risks\n\nSo.\n", ["Owners of risks", "", "So."]),
        ("# Why\n\nSo.\n\n# Example\n\nThis.\n", ["Why", "", "So.", "", "Example", "", "This."]),
        (
            "# Why\n\nSo.\n\n## Then\n\nThis.\n\n# Example\n",
            ["Why", "", "So.", "", "Then", "", "This.", "", "Example"],
        ),
        ("# Why\n\n```\n## no heading\n```\n", ["Why", "", "    ## no heading"]),
        ("So.\n\n# More\n", ["So.", "", "More"]),
        ("", []),
    ],
)
def test_only_a_title_that_says_nothing_more_is_left_out_of_a_page(
    page: str, told: list[str]
) -> None:
    assert list(page_lines(page, None, said="Every risk has an owner")) == told


def test_a_page_follows_the_statement_after_one_blank_line() -> None:
    for page in ("# Why\n\nSo.\n", "\n\n# Every risk has an owner\n\n\nSo.\n", "So.\n"):
        told = list(guide_lines(twice(page), "risks-owned", Style()))
        assert told[1:3] == ["Every risk has an owner.", ""]
        assert told[3] in ("Why", "So.")


def test_a_page_by_itself_keeps_its_title() -> None:
    assert list(page_lines("# T\n\n## Why\n", None)) == ["T", "", "Why"]


@pytest.mark.parametrize(
    ("guidance", "told"),
    [
        ("Just ask the users", "Just ask the users"),
        ("risks.md", "(the package has no risks.md)"),
        ("{en: Ask them, nb: nb.md}", "Ask them"),
    ],
)
def test_guidance_that_is_text_is_shown_as_it_is(guidance: str, told: str) -> None:
    """S18: guidance is text, or a file of the package."""
    standard = a_standard(
        f"risks-owned: {{must: Every risk has an owner, schema: true, guidance: {guidance}}}"
    )
    assert list(guide_lines(standard, "risks-owned", Style()))[3] == told


def test_a_standard_shows_its_tracks_and_which_phases_are_of_one_rank() -> None:
    """S11.1: phases of one rank stand in brackets, since none of them comes before the other."""
    standard = a_standard(
        lifecycle="""{
            tracks: {
                main: {initial: planning, phases: [planning, [executing, waiting], closed]},
                stage: {initial: alpha, phases: [alpha, beta]},
            },
            phases: null, initial: null, ends: null,
            gates: {ready: {from: {main: planning}, outcomes: {go: {to: {main: executing}}}}},
        }"""
    )
    lines = list(standard_lines(standard, Style()))
    assert "Track main: planning -> (executing, waiting) -> closed" in lines
    assert "Track stage: alpha -> beta" in lines
