"""Which items of a list an expression is about: `record.LIST.all(x, ...)`, looked at one by one.

A false `all` says that some item is wrong, and not which. Here its body is taken out of the text
and made an expression over one item, so that a finding can point at the items at fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmo_core.documents import Pointer, join_pointer
from pmo_core.standards.expressions.text import Path, Word, paths_of, sign_at, words_of

_JOINS = frozenset({"", "&&", "||"})


class ItemText(NamedTuple):
    """The list that an `all` goes through, and its body as an expression over `item`."""

    pointer: Pointer
    text: str


def item_texts(text: str) -> tuple[ItemText, ...]:
    """Each `record.LIST.all(x, BODY)` that stands by itself, or joined by `&&` or `||`.

    One that is negated, nested or part of a choice says nothing of single items; it is left out.
    """
    words = words_of(text)
    if any(word.text == "item" or word.text == "?" for word in words):
        return ()
    return tuple(_found(text, words))


def _found(text: str, words: Sequence[Word]) -> Iterator[ItemText]:
    for path in paths_of(words, {"record"}):
        first = next(index for index, word in enumerate(words) if word.start == path.start)
        after = next(
            (index for index, word in enumerate(words) if word.start >= path.end), len(words)
        )
        if not _names_all(words, after) or _depth_before(words, first):
            continue
        closing = _closing(words, after + 2)
        alone = sign_at(words, first - 1) in _JOINS and sign_at(words, closing + 1) in _JOINS
        steps = _keys(path)
        if closing and alone and steps is not None and sign_at(words, after + 4) == ",":
            variable = words[after + 3].text
            body = text[words[after + 5].start : words[closing].start]
            yield ItemText(join_pointer(steps), f"[item].all({variable}, {body.strip()})")


def _names_all(words: Sequence[Word], index: int) -> bool:
    return (
        sign_at(words, index) == "."
        and index + 4 < len(words)
        and words[index + 1].text == "all"
        and sign_at(words, index + 2) == "("
    )


def _depth_before(words: Sequence[Word], index: int) -> int:
    signs = [word.text for word in words[:index] if word.kind == "sign"]
    return sum(sign in ("(", "[", "{", "[?") for sign in signs) - sum(
        sign in (")", "]", "}") for sign in signs
    )


def _closing(words: Sequence[Word], opening: int) -> int:
    """The index of the sign that closes the one at `opening`; 0 where none does."""
    depth = 0
    for index in range(opening, len(words)):
        sign = sign_at(words, index)
        depth += (sign in ("(", "[", "{", "[?")) - (sign in (")", "]", "}"))
        if depth == 0:
            return index
    return 0


def _keys(path: Path) -> tuple[str, ...] | None:
    keys = tuple(step for step in path.steps if isinstance(step, str | int))
    return tuple(map(str, keys)) if keys and len(keys) == len(path.steps) else None
