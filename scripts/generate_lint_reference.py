"""Write docs/reference/lint/ from the pages that lint's rules carry; with --check, only compare.

python scripts/generate_lint_reference.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from pmo_core.trial.lint import explain_rule, rules

FOLDER = Path(__file__).parents[1] / "docs" / "reference" / "lint"
INTRODUCTION = """\
# What lint looks for

`pmo standard lint` reads a standard that loads, and says what in it cannot work (error) or is
likely to surprise the people it is for (warning). `pmo standard lint --explain RULE` prints one of
these pages. Most examples are parts of one small standard, with gates `approval` and `closing`.

| rule | severity | about | what |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Each generated file: its name and its text."""
    found = {f"{rule.id}.md": explain_rule(rule.id) for rule in rules()}
    rows = (
        f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.category} | "
        f"{_summary(explain_rule(rule.id))} |"
        for rule in rules()
    )
    found["README.md"] = INTRODUCTION + "\n".join(rows) + "\n"
    return found


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are out of date."""
    wanted = pages()
    present = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if present == wanted:
        return 0
    if "--check" in arguments:
        stale = sorted(
            name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)
        )
        print(f"out of date: {', '.join(stale)}; run scripts/generate_lint_reference.py")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in present.keys() - wanted.keys():
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def _summary(page: str) -> str:
    """The first sentence under "What"."""
    what = page.split("## What\n\n", 1)[1].split("\n\n", 1)[0].replace("\n", " ")
    return what.split(". ", 1)[0].rstrip(".") + "."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
