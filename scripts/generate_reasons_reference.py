"""Write docs/reference/reasons.md from the catalogue of reason codes.

python scripts/generate_reasons_reference.py            write the page
python scripts/generate_reasons_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from generating import REFERENCE, cell, run, table

from pmo_core.render import catalogue

INTRODUCTION = """\
# Reason codes

A finding says why in reasons: a code, a JSON pointer into the record, and parameters. The codes are
the interface; machine output carries them, and they keep their meaning. The sentences are made from
them when something is printed, and may become better at any time.

This page is generated from `pmo_core/render/catalogue.py`. Words in braces stand for parameters of
the reason, or for what stands at its place in the record. Of several wordings the first is shown:
the one that is used where everything it mentions is known. "In general" is what to do where the
criterion has no `remedy` of its own.

A plugin's check has codes of its own. They stand in output as `PLUGIN.CODE`, and
`pmo plugin show PLUGIN` lists them with their words.
"""
TITLES = {
    "_SCHEMA": (
        "JSON Schema",
        "From `schema` tests and from the record schema: keywords of JSON Schema.",
    ),
    "_EXPRESSION": ("Expressions", "From `expr` tests and from `when` and its like."),
    "_CHECK": ("Checks and facts", "From plugins: their checks, and facts that were wanted."),
    "_ARTEFACT": ("Artefacts", "From `artefact` tests."),
    "_STAMPS": (
        "Dates and people",
        "From whatever has a date or a person: answers, artefacts, facts.",
    ),
    "_ANSWERS": ("Answers", "From `answer` tests."),
    "_SCORES": ("Scores", "From `score` tests."),
    "_OTHERS": ("Other projects", "From `dependency` tests."),
    "_RULES": (
        "Rules around the test",
        "From what decides whether a test counts, and from the record itself.",
    ),
    "_MARKS": ("Marks of a run", "No reasons of findings: what was set by hand in the whole run."),
}


def pages() -> Mapping[Path, str]:
    """The one page that this makes."""
    groups = {
        name: value
        for name, value in vars(catalogue).items()
        if isinstance(value, dict)
        and value
        and all(isinstance(message, catalogue.Message) for message in value.values())
    }
    missing = groups.keys() - TITLES.keys()
    assert not missing, f"TITLES says nothing about {missing}"
    shown = {code for group in groups.values() for code in group}
    assert shown == set(catalogue.CATALOGUE), shown ^ set(catalogue.CATALOGUE)
    parts = [INTRODUCTION, *(group_part(name, group) for name, group in groups.items())]
    return {REFERENCE / "reasons.md": "\n".join(parts)}


def group_part(name: str, group: Mapping[str, catalogue.Message]) -> str:
    """One group of codes as a table."""
    title, about = TITLES[name]
    rows = [
        (f"`{code}`", cell(message.wordings[0]), cell(message.remedy))
        for code, message in group.items()
    ]
    return f"## {title}\n\n{about}\n\n" + table(("code", "words", "in general"), rows)


if __name__ == "__main__":
    sys.exit(run("generate_reasons_reference.py", pages, sys.argv[1:]))
