"""What a pointer points at, in a reader's words: `R-3 "Old data cannot be moved"`, `cost`."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import MISSING, join_pointer, resolve, split_pointer
from pmo_core.errors import InvalidDocument
from pmo_core.render.values import found, plain
from pmo_core.standards.expressions.text import paths_of, words_of
from pmo_core.standards.record import claimed_text

if TYPE_CHECKING:
    from pmo_core.documents import Json, Missing

_NAMES = ("title", "name")
_MOST_TITLE = 80


class Subject(NamedTuple):
    """A place in a record.

    Attributes:
        field: the path below the item, or below the record; empty for the item itself.
        item: the innermost item of a list that the path goes through; empty where none does.
        short: the item's id where it has one, else as `item`.
        items: what the list of such items is called, from its key; empty where there is none.
        group: the list and the path below its items, equal for places of the same kind.
        value: what stands there; MISSING where nothing does.
    """

    field: str
    item: str
    short: str
    items: str
    group: tuple[str, str]
    value: Json | Missing

    @property
    def whole(self) -> str:
        """The place, as the subject of a sentence."""
        if not self.item:
            return self.field or "the record"
        return f"{self.field} of {self.item}" if self.field else self.item


def subject(pointer: str, record: Json) -> Subject:
    """Name the place of a pointer; without the record (None) by the pointer alone."""
    try:
        tokens = split_pointer(pointer)
    except InvalidDocument:
        # A plugin may have sent anything.
        return Subject(plain(pointer, _MOST_TITLE), "", "", "", (pointer, ""), MISSING)
    value: Json | Missing = record if record is not None else MISSING
    start, item, short, items = 0, "", "", ""
    for at, token in enumerate(tokens):
        in_list = isinstance(value, list) or (value is MISSING and _is_index(token))
        value = MISSING if value is MISSING else resolve(value, join_pointer((token,)))
        if in_list:
            outer, items = item, _path(tokens[start:at]) or "the list"
            item, short = _named(value, token, items, outer)
            start = at + 1
    field = _path(tokens[start:])
    group = (join_pointer(tokens[: max(start - 1, 0)]), field)
    return Subject(field, item, short, items, group, value)


def _named(value: Json | Missing, index: str, items: str, outer: str) -> tuple[str, str]:
    """An item in full and in short."""
    place = f"item {int(index) + 1 if _is_index(index) else index} of {items}"
    if outer:
        place = f"{place} of {outer}"
    if not isinstance(value, dict):
        return place, place
    own = claimed_text(value.get("id"))
    title = next((value[key] for key in _NAMES if _is_text(value.get(key))), None)
    if own is not None:
        short = plain(own, _MOST_TITLE)
        return (f"{short} {found(title, _MOST_TITLE)}" if title else short), short
    if title is None:
        return place, place
    named = f"{found(title, _MOST_TITLE)} in {items}"
    return named, found(title, _MOST_TITLE)


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_index(token: str) -> bool:
    return token.isascii() and token.isdigit() and len(token) < 8


def _path(tokens: tuple[str, ...]) -> str:
    """A path as `--set` writes it: `cost.forecast`."""
    return ".".join(plain(token, _MOST_TITLE) for token in tokens)


def list_of(count: int, items: str) -> str:
    """`3 risks`; `3 items of raid` where the list's name is no plural."""
    word = items.rpartition(".")[2]
    plural = re.fullmatch(r"\w*[^\Wsui]s", word) is not None
    return f"{count} {word}" if plural else f"{count} items of {items}"


def places_in(expression: str, root: str = "record") -> list[str]:
    """Pointers to the places of a record that an expression names, in its order, each once.

    Args:
        root: another name that the places are below, such as `params`.
    """
    found: dict[str, None] = {}
    for path in paths_of(words_of(expression), (root,)):
        steps = list(takewhile(lambda step: isinstance(step, str | int), path.steps))
        if steps:
            found[join_pointer(str(step) for step in steps)] = None
    return list(found)


def field_named(path: str) -> str:
    """A path of an expression as people write a field: `record['lead-days']` is `lead-days`."""
    words = words_of(path)
    for one in paths_of(words, (words[0].text,) if words else ()):
        if one.end == len(path) and all(isinstance(step, str | int) for step in one.steps):
            outer = [] if one.root == "record" and one.steps else [one.root]
            return ".".join([*outer, *(str(step) for step in one.steps)])
    return path
