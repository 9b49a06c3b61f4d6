"""Write docs/reference/hooks.md from the hook specifications and the types of their calls.

python scripts/generate_hooks_reference.py            write the page
python scripts/generate_hooks_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pmo_core.plugins import calls, hookspecs  # noqa: E402 - found from where this file lies

PAGE = ROOT / "docs" / "reference" / "hooks.md"
INTRODUCTION = """\
# Hooks

{about}

This page is generated from `pmo_core/plugins/hookspecs.py` and `pmo_core/plugins/calls.py`. All
names on it are imported from `pmo_core`.

"""
SECTION = re.compile(r"([A-Z][a-z ]+):")
SINCE = re.compile(r"Since \d+\.\d+\.")
FIELD = re.compile(r"(\w+): (.*)")


def page() -> str:
    """The whole page, as Markdown."""
    specified = hooks()
    about = inspect.cleandoc(hookspecs.__doc__ or "").partition("\n\n")[2]
    parts = [INTRODUCTION.format(about=about), "## Contents\n\n"]
    parts.extend(f"- [`{name}`](#{name})\n" for name in specified)
    parts.append("- [What passes to and fro](#what-passes-to-and-fro)\n")
    parts.extend(hook_part(name, hook) for name, hook in specified.items())
    parts.append("\n## What passes to and fro\n")
    parts.extend(type_part(kind) for kind in types())
    return "".join(parts)


def hooks() -> dict[str, Callable[..., object]]:
    """The hooks in the order of their module."""
    return {
        name: value
        for name, value in vars(hookspecs).items()
        if name.startswith("pmo_") and callable(value)
    }


def types() -> list[type]:
    """The public types of the calls, in the order of their module."""
    return [
        value
        for name, value in vars(calls).items()
        if isinstance(value, type) and value.__module__ == calls.__name__ and name[0] != "_"
    ]


def hook_part(name: str, hook: Callable[..., object]) -> str:
    """One hook: signature, what it is for, its sections."""
    signature = f"def {name}{inspect.signature(hook)}".replace("'", "")
    summary, sections = split(inspect.getdoc(hook) or "")
    lines = [f"\n## {name}\n", f"```python\n{signature}\n```\n", summary]
    lines.extend(f"**{title}.** {text}" for title, text in sections if title != "Example")
    lines.extend(f"**Example.**\n\n{text}" for title, text in sections if title == "Example")
    return "\n".join(lines)


def split(doc: str) -> tuple[str, list[tuple[str, str]]]:
    """The paragraphs before the first section, and each section's title and text."""
    summary: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    for line in doc.splitlines():
        title = SECTION.fullmatch(line)
        if title:
            sections.append((title[1], []))
        elif SINCE.fullmatch(line):
            sections.append(("Since", [line.removeprefix("Since ")]))
        else:
            (sections[-1][1] if sections else summary).append(line)
    return paragraph(summary), [(title, paragraph(text)) for title, text in sections]


def paragraph(lines: list[str]) -> str:
    """Lines of a docstring as a paragraph of Markdown."""
    return inspect.cleandoc("\n".join(lines)).strip() + "\n"


def type_part(kind: type) -> str:
    """One type: what it is, and its fields as a table."""
    summary, sections = split(inspect.getdoc(kind) or "")
    lines = [f"\n### {kind.__name__}\n", summary]
    fields = next((text for title, text in sections if title == "Attributes"), "")
    rows = list(field_rows(fields, getattr(kind, "_field_defaults", {})))
    if rows:
        lines.append("\n".join(["| field | meaning |", "|---|---|", *rows]) + "\n")
    return "\n".join(lines)


def field_rows(text: str, defaults: dict[str, object]) -> Iterator[str]:
    """A row for each field that the docstring explains."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        field = FIELD.fullmatch(line)
        if field:
            found.append((field[1], field[2]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    for name, meaning in found:
        optional = " (may be left out)" if name in defaults else ""
        cell = meaning.replace("|", "\\|")
        yield f"| `{name}`{optional} | {cell[0].upper()}{cell[1:]} |"


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail on drift")
    checking = parser.parse_args(arguments).check
    wanted = page()
    if not checking:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(
        f"{PAGE.relative_to(ROOT)} is out of date. Run: python scripts/generate_hooks_reference.py",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
