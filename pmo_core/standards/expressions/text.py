"""What an expression's text shows without the engine: its words, and the paths it reads (S6.6).

The engine gives no access to its parse tree. This reading is an over-estimate where it must be
one: a field that is named anywhere counts as used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple, TypeAlias

_WORD: Final = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*)
    | (?P<text>(?:[rR][bB]?|[bB][rR]?)?(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''
        |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
    | (?P<float>\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)
    | (?P<int>0x[0-9a-fA-F]+[uU]?|\d+[uU]?)
    | (?P<name>[A-Za-z_]\w*)
    | (?P<quoted>`[^`\n]*`)
    | (?P<sign>&&|\|\||[=!<>]=|\.\?|\[\?|.)
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
# A raw text may end in a backslash, which is no escape there.
_RAW: Final = re.compile(r"""[rR][bB]?(?:"[^"\n]*"|'[^'\n]*')""")


class Word(NamedTuple):
    """One word of an expression: kind (text, float, int, name, quoted, sign), text, offset."""

    kind: str
    text: str
    start: int


class Path(NamedTuple):
    """A chain such as `record.a['b-c'][record.d]`, up to where it can be followed.

    Attributes:
        root: the name it begins with.
        steps: keys, list positions, or paths whose value is the key.
        sure: how many of the steps are read without a guard (`has`, `in`, `.?`).
        start: its offset in the text.
        end: the offset behind its last word.
    """

    root: str
    steps: tuple[Step, ...]
    sure: int
    start: int
    end: int

    @property
    def keys(self) -> tuple[str | int, ...]:
        """Its steps, up to the first that only a record tells."""
        return tuple(takewhile(lambda step: not isinstance(step, Path), self.steps))  # type: ignore[arg-type]

    def __str__(self) -> str:
        steps = self.steps
        if self.root == "facts" and steps:
            return f"facts.{steps[0]}" + "".join(_shown(step) for step in steps[1:])
        return self.root + "".join(_shown(step) for step in steps)


Step: TypeAlias = "str | int | Path"


def words_of(text: str) -> tuple[Word, ...]:
    """The words of the text, without space and comments."""
    found: list[Word] = []
    at = 0
    while at < len(text):
        match = _RAW.match(text, at)
        kind = "text"
        if match is None:
            match = _WORD.match(text, at)
            if match is None:
                break
            kind = match.lastgroup or "sign"
        if kind != "space":
            found.append(Word(kind, match.group(), at))
        at = match.end()
    return tuple(found)


def paths_of(words: Sequence[Word], roots: Collection[str]) -> tuple[Path, ...]:
    """The paths that begin with one of the roots, in the order of the text.

    `'a' in record` counts as the path `record.a`. A root that stands alone, or goes on with a
    step that cannot be followed, is a path without steps.
    """
    found: list[Path] = []
    for index, word in enumerate(words):
        if word.kind != "name" or word.text not in roots or _is_step(words, index):
            continue
        path, end = _path_at(words, index)
        found.append(_with_membership(words, index, end, path))
    return tuple(found)


def with_inner(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, each followed by those that stand in its brackets."""
    for path in paths:
        yield path
        yield from with_inner(step for step in path.steps if isinstance(step, Path))


def is_dotted_name(name: str) -> bool:
    """Whether an expression can write the name with dots alone."""
    return all(part.isidentifier() and part.isascii() for part in name.split("."))


def fact_path(name: str) -> str:
    """The name of a fact as an expression writes it: `facts.jira['open-defects']`."""
    return "facts" + "".join(_shown(part) for part in name.split("."))


def sign_at(words: Sequence[Word], index: int) -> str:
    """The sign at that index; empty where there is another kind of word, or none."""
    if 0 <= index < len(words) and words[index].kind == "sign":
        return words[index].text
    return ""


def call_around(words: Sequence[Word], index: int) -> str:
    """The function whose arguments the word at that index is among; empty where none."""
    depth = 0
    for at in range(index - 1, 0, -1):
        sign = sign_at(words, at)
        depth += (sign in (")", "]", "}")) - (sign in ("(", "[", "{", "[?"))
        if depth < 0:
            return words[at - 1].text if sign == "(" else ""
    return ""


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def literal_value(word: Word) -> str | None:
    """The value of a text literal without escapes; None for any other word."""
    if word.kind != "text" or "\\" in word.text:
        return None
    body = word.text
    if body[0] in "rR":
        body = body[1:]
    if body[0] not in "\"'":
        return None
    quotes = 3 if body[:3] in ('"""', "'''") else 1
    return body[quotes:-quotes]


def _path_at(words: Sequence[Word], index: int) -> tuple[Path, int]:
    """The path that begins at that word, and the index behind it."""
    steps: list[Step] = []
    sure: int | None = None
    at = index + 1
    while True:
        opening = sign_at(words, at)
        step, after = _step_at(words, at)
        if step is None:
            break
        if opening in (".?", "[?") and sure is None:
            sure = len(steps)
        steps.append(step)
        at = after
    if sure is None:
        sure = len(steps)
        if steps and _is_guarded(words, index):
            sure -= 1
    last = words[at - 1]
    start = words[index].start
    path = Path(words[index].text, tuple(steps), sure, start, last.start + len(last.text))
    return path, at


def _step_at(words: Sequence[Word], at: int) -> tuple[Step | None, int]:
    opening = sign_at(words, at)
    if opening in (".", ".?") and at + 1 < len(words):
        word = words[at + 1]
        if word.kind == "quoted":
            return word.text[1:-1], at + 2
        if word.kind == "name" and sign_at(words, at + 2) != "(":
            return word.text, at + 2
    if opening in ("[", "[?") and at + 2 < len(words):
        word = words[at + 1]
        if sign_at(words, at + 2) == "]":
            key = literal_value(word)
            if key is not None:
                return key, at + 3
            if word.kind == "int" and word.text.isdecimal():
                return int(word.text), at + 3
        if word.kind == "name":
            inner, after = _path_at(words, at + 1)
            if inner.steps and sign_at(words, after) == "]":
                return inner, after + 1
    return None, at


def _with_membership(words: Sequence[Word], index: int, end: int, path: Path) -> Path:
    """The path with the key that is looked for in it, where `'key' in` stands before it."""
    if index < 2 or words[index - 1].text != "in" or sign_at(words, end) in ("(", "[", "[?", "."):
        return path
    key = literal_value(words[index - 2])
    if key is None or sign_at(words, index - 3) in ("+", "-", "*", "/", "%"):
        return path
    return path._replace(steps=(*path.steps, key))


def _is_guarded(words: Sequence[Word], index: int) -> bool:
    return index >= 2 and words[index - 1].text == "(" and words[index - 2].text == "has"


def _is_step(words: Sequence[Word], index: int) -> bool:
    return sign_at(words, index - 1) in (".", ".?")


def _shown(step: Step) -> str:
    if isinstance(step, str) and step.isidentifier():
        return f".{step}"
    return f"[{step}]" if isinstance(step, Path) else f"[{step!r}]"
