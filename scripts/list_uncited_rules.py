"""List the rules of the semantics that no test cites.

python scripts/list_uncited_rules.py            rules of the parts that are built
python scripts/list_uncited_rules.py --all      rules of all parts
python scripts/list_uncited_rules.py --check    the same, and fail where there are any

A test cites a rule by its number (`S4.3`, `S4 row 2`, `S11.2 to S11.4`) in a docstring, a comment
or a name.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "docs" / "reference" / "semantics.md", ROOT.parent / "shared" / "semantics.md")
TESTS = (ROOT / "tests", ROOT / "standards" / "tests", *sorted(ROOT.glob("plugins/*/tests")))

UNBUILT = frozenset({"S12", "S13", "S15", "S19", "S11.5", "S11.10", "S17.2"})
"""Parts, and single rules, that no code has yet: reviews, the ledger, adoption, migration."""

_SECTION = re.compile(r"^## S(\d+) (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?:^|(?<=[.)`:] ))(\d{1,2})\. (?=\S)", re.MULTILINE)
_ROW = re.compile(r"^\| (\d{1,2}) \| (.*)$", re.MULTILINE)
_CITED = re.compile(
    r"\bS(\d{1,2})(?!\d)(?:\.(\d{1,2})(?:(?: to | - |-)S?(?:\d{1,2}\.)?(\d{1,2}))?|"
    r" rows? (\d{1,2})(?:(?:, \d{1,2})*(?: and | to )(\d{1,2}))?)?"
)


def rules_of(page: str) -> dict[str, str]:
    """Each rule's number, with the words that it begins with.

    Rules are numbered within their section, now and then several on a line; a section without
    numbers is one rule. Rows of a numbered table are rules too.
    """
    found: dict[str, str] = {}
    heads = list(_SECTION.finditer(page))
    ends = [head.start() for head in heads[1:]] + [len(page)]
    for head, end in zip(heads, ends, strict=True):
        section, body = f"S{head[1]}", page[head.end() : end]
        rows = {f"{section} row {row[1]}": row[2] for row in _ROW.finditer(body)}
        numbered = {f"{section}.{number}": words for number, words in _numbered(body)}
        found.update({name: _first_words(words) for name, words in {**rows, **numbered}.items()})
        if not rows and not numbered:
            found[section] = head[2]
    return found


def _numbered(body: str) -> Iterator[tuple[int, str]]:
    """The rules of a section: only a number that follows the last one begins a rule."""
    last = 0
    for match in _NUMBER.finditer(body):
        if int(match[1]) == last + 1:
            last += 1
            yield last, body[match.end() :]


def _first_words(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 70 else f"{line[:67]}..."


def cited_in(text: str) -> set[str]:
    """The rules that a text cites; a range cites all that lie in it."""
    found: set[str] = set()
    for section, first, last, row, last_row in (match.groups() for match in _CITED.finditer(text)):
        if first:
            numbers = range(int(first), int(last or first) + 1)
            found.update(f"S{section}.{number}" for number in numbers)
        elif row:
            numbers = range(int(row), int(last_row or row) + 1)
            found.update(f"S{section} row {number}" for number in numbers)
        else:
            found.add(f"S{section}")
    return found


def cited_by(folders: Iterable[Path]) -> set[str]:
    """The rules that the tests in some folders cite."""
    found: set[str] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            found |= cited_in(path.read_text(encoding="utf-8"))
    return found


def uncited(page: str, cited: set[str], *, unbuilt: frozenset[str]) -> dict[str, str]:
    """The rules of a page that are not among those cited, without those of parts not built."""
    return {
        name: words
        for name, words in rules_of(page).items()
        if name not in cited and unbuilt.isdisjoint((name, re.split(r"[. ]", name)[0]))
    }


def main(arguments: list[str]) -> int:
    """Print the rules; 1 with `--check` where there are any."""
    parser = argparse.ArgumentParser(description="List the rules that no test cites.")
    parser.add_argument("--all", action="store_true", help="also of parts that are not built")
    parser.add_argument("--check", action="store_true", help="fail where there are any")
    options = parser.parse_args(arguments)
    page = next((path for path in PAGES if path.exists()), None)
    if page is None:
        print("there is no semantics.md", file=sys.stderr)
        return 1
    found = uncited(
        page.read_text(encoding="utf-8"),
        cited_by(TESTS),
        unbuilt=frozenset() if options.all else UNBUILT,
    )
    for name, words in found.items():
        print(f"{name:<10} {words}")
    print(f"{len(found)} rules that no test cites", file=sys.stderr)
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
