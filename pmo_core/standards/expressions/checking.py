"""What is refused in an expression's text beyond what the engine refuses (S6.3, S6.5).

The engine bounds loop steps but neither memory nor the cost of a step, and it divides doubles by
zero without an error. So the few ways to grow a value are bounded here, before anything runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from pmo_core.standards.expressions.conversion import Size
from pmo_core.standards.expressions.faults import ExpressionFault, fault_at
from pmo_core.standards.expressions.text import (
    Path,
    Word,
    call_around,
    literal_value,
    sign_at,
)

MOST_BYTES: Final = 2_000
"""Bytes of an expression's text (S6.5)."""
MOST_ITEMS: Final = 1_000
"""Items of a list in an expression that uses `map` or `filter`, which are quadratic (S6.5)."""
MOST_TEXT: Final = 10_000_000
"""Characters that a text can grow to, by our estimate."""
_MOST_DOUBLINGS: Final = 10
# Measured: 10^8 comparisons take a second, 3 * 10^7 values copied to Python two.
_MOST_STEPS: Final = 10_000
_MOST_COMPARED: Final = 100_000_000
_MOST_COPIED: Final = 30_000_000
_MAPS: Final = frozenset({"map", "filter", "optMap", "optFlatMap"})
_LOOPS: Final = frozenset({"all", "exists", "exists_one", "existsOne", "map", "filter"})
_BINDERS: Final = _LOOPS | _MAPS
# `format` grows a text by widths that are no bound to see, and prints numbers in a form of its own.
_LEFT_OUT: Final = frozenset({"format", "quote"})
_NUMERIC: Final = MappingProxyType(
    {
        "record": "a record",
        "item": "a record",
        "baseline": "a record",
        "other": "a record",
        "facts": "a fact",
        "params": "a parameter",
    }
)


class Cost(NamedTuple):
    """What an expression may do to its values, read from its text: an over-estimate.

    Attributes:
        loops: how many macros go through a list or object.
        nested: how many of them stand inside one another.
        quadratic: `map` or `filter` is among them.
        listed: items that the text itself lists.
        doublings: how often a list or text may have doubled.
        factor: by how much `replace` may lengthen a text.
        split: the least length of what `split` cuts at; None where it is not used.
        found: `find_all` is used.
        joins: how many `join`s there are.
        joint: characters of the longest text that one puts between the items of a list.
        copies: a function of ours is used that takes lists or objects, and so copies them.
    """

    loops: int
    nested: int
    quadratic: bool
    listed: int
    doublings: int
    factor: int
    split: int | None
    found: bool
    joins: int
    joint: int
    copies: bool

    def allows(self, size: Size) -> bool:
        """Whether an evaluation over values of that size stays within the budget (S6.5)."""
        text = size.text * self.factor << self.doublings
        longest = max(size.longest, self.listed)
        if self.joins:
            text = (text + self.joint) * longest**self.joins
        if text > MOST_TEXT:
            return False
        if not self.loops:
            return True
        if self.split is not None:
            longest = max(longest, text // max(1, self.split) + 1)
        if self.found:
            longest = max(longest, MOST_ITEMS)
        longest <<= self.doublings
        if self.quadratic and longest > MOST_ITEMS:
            return False
        steps: int = min(_MOST_STEPS, self.loops * longest**self.nested)
        copied = max(size.longest, size.widest) if self.copies else 0
        return steps * longest <= _MOST_COMPARED and steps * max(text, copied) <= _MOST_COPIED


def check_text(text: str) -> None:
    """Refuse a text that is too long, or that the engine could not be given.

    Raises:
        ExpressionFault
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise fault_at(text, error.start, "half of a surrogate pair is no character") from None
    if "\0" in text:
        raise fault_at(text, text.index("\0"), "the expression holds a NUL character")
    if size > MOST_BYTES:
        raise fault_at(
            text,
            0,
            f"the expression has {size} bytes, more than {MOST_BYTES}",
            "Make several criteria of it",
        )


def check_numbers(text: str, words: Sequence[Word], paths: Sequence[Path]) -> None:
    """Refuse `record.n + 1`: every number of a record, fact or parameter is decimal (S6.3).

    Raises:
        ExpressionFault
    """
    fields = [path for path in paths if path.root in _NUMERIC and path.steps]
    fields = [path for path in fields if text[path.end :].lstrip()[:1] not in (".", "[", "(")]
    starts = {path.start: path.root for path in fields}
    ends = {path.end: path.root for path in fields}
    for index, word in enumerate(words):
        if word.kind != "int":
            continue
        before = sign_at(words, index - 1) in ("+", "-", "*", "/", "%") and index >= 2
        after = sign_at(words, index + 1) in ("+", "-", "*", "/", "%") and index + 2 < len(words)
        left = ends.get(words[index - 2].start + len(words[index - 2].text)) if before else None
        beside = left or (starts.get(words[index + 2].start) if after else None)
        if beside is not None:
            raise fault_at(
                text,
                word.start,
                f"{word.text} is a whole number, but numbers of {_NUMERIC[beside]} are decimal",
                f"Write {word.text}.0",
            )


def check_hyphens(text: str, words: Sequence[Word], names: Collection[str]) -> None:
    """Refuse `record.lead-days`, which the engine reads as a subtraction.

    A hyphen without blanks behind a member, before a name that means nothing by itself, is one
    within a name.

    Raises:
        ExpressionFault
    """
    known = {*names, *_variables_of(words)}
    for index, word in enumerate(words):
        if not _goes_on(words, index) or sign_at(words, index - 1) not in (".", ".?"):
            continue
        last = index
        while _goes_on(words, last):
            last += 2
        if words[last].text in known or sign_at(words, last + 1) == "(":
            continue
        end = words[last].start + len(words[last].text)
        name = text[word.start : end]
        first = _chain_start(words, index)
        owner = text[words[first].start : words[index - 1].start]
        guarded = sign_at(words, first - 1) == "(" and words[first - 2].text == "has"
        found = f"'{name}' in {owner}" if guarded else f"{owner}['{name}']"
        raise fault_at(text, word.start, f"'.{name}' is read as a subtraction", f"Write {found}")


def _goes_on(words: Sequence[Word], index: int) -> bool:
    """Whether a name at that index goes on with a hyphen and another one, without blanks."""
    if index + 2 >= len(words) or sign_at(words, index + 1) != "-":
        return False
    name, hyphen, other = words[index : index + 3]
    near = name.start + len(name.text) == hyphen.start and hyphen.start + 1 == other.start
    return near and name.kind == "name" and other.kind == "name"


def _chain_start(words: Sequence[Word], index: int) -> int:
    """The index of the word that a chain of members begins with: names, dots and brackets."""
    at = index
    while sign_at(words, at - 1) in (".", ".?"):
        at -= 2
        depth = 0
        while at > 0 and (depth or sign_at(words, at) == "]"):
            depth += (sign_at(words, at) == "]") - (sign_at(words, at) in ("[", "[?"))
            at -= 1
    return max(at, 0)


def _variables_of(words: Sequence[Word]) -> Iterator[str]:
    """The names that loops give to the items of a list."""
    for index in range(len(words) - 3):
        if _is_method(words, index) and words[index].text in _BINDERS:
            yield words[index + 2].text


def check_left_out(text: str, words: Sequence[Word]) -> None:
    """Refuse the engine's functions that S6.1 leaves out.

    Raises:
        ExpressionFault
    """
    for index, word in enumerate(words):
        if _is_method(words, index) and word.text in _LEFT_OUT:
            remedy = None if word.text == "quote" else "Join texts with '+' or join()"
            raise fault_at(text, word.start, f"{word.text}() is no function here", remedy)


def check_loop_names(text: str, words: Sequence[Word], names: Collection[str]) -> None:
    """Refuse a loop variable that hides a name, since fields are found by name (S6.6).

    Raises:
        ExpressionFault
    """
    for index in range(len(words) - 3):
        if _is_method(words, index) and words[index].text in _BINDERS:
            variable = words[index + 2]
            if variable.text in names and sign_at(words, index + 3) == ",":
                raise fault_at(
                    text,
                    variable.start,
                    f"'{variable.text}' is a name already, and cannot name the items of a list",
                    "Take another name",
                )


def patterns_of(words: Sequence[Word]) -> tuple[Word, ...]:
    """The regular expressions that the text writes out for `matches` and `find_all`."""
    found: list[Word] = []
    for index, word in enumerate(words):
        if word.kind != "text" or sign_at(words, index + 1) != ")":
            continue
        before = sign_at(words, index - 1)
        matches = before == "(" and index >= 2 and words[index - 2].text == "matches"
        if matches or (before == "," and call_around(words, index) == "find_all"):
            found.append(word)
    return tuple(found)


def cost_of(text: str, words: Sequence[Word]) -> Cost:
    """What the expression may cost.

    Raises:
        ExpressionFault: a `replace` or `join` without texts of its own, or sums beside `map`
            that could double a value too often.
    """
    calls = [index for index in range(len(words)) if _is_method(words, index)]
    names = {words[index].text for index in calls}
    factor = 1
    joint = 0
    split: int | None = None
    for index in calls:
        name = words[index].text
        if name == "replace":
            factor *= _factor_of(text, words, index)
        elif name == "join":
            _check_join(text, words, index)
            joint = max(joint, len(words[index + 2].text))
        elif name == "split":
            value = literal_value(words[index + 2]) if index + 2 < len(words) else None
            split = min(len(value or ""), len(text) if split is None else split)
    commas = sum(word.text == "," for word in words)
    functions = {word.text for index, word in enumerate(words) if sign_at(words, index + 1) == "("}
    return Cost(
        loops=sum(words[index].text in _LOOPS for index in calls),
        nested=_nesting(words),
        quadratic=bool(names & {"map", "filter"}),
        listed=commas + 1,
        doublings=_doublings(text, words, calls) if names & _MAPS else 0,
        factor=factor,
        split=split,
        found="find_all" in functions,
        joins=sum(words[index].text == "join" for index in calls),
        joint=joint,
        copies=bool(functions & {"money", "plus_percent", "ascending"}),
    )


def division_offsets(words: Sequence[Word]) -> tuple[int, ...]:
    """Where the text divides by something other than a decimal number that it writes out."""
    return tuple(
        word.start
        for index, word in enumerate(words)
        if word.kind == "sign" and word.text == "/" and not _is_constant(words, index + 1)
    )


def unsafe_division(text: str, offset: int) -> ExpressionFault:
    """The fault of a division that might be one of doubles by zero, which is no error in CEL."""
    return fault_at(
        text, offset, "'/' does not notice a zero among decimal numbers", "Write ratio(a, b)"
    )


def _nesting(words: Sequence[Word]) -> int:
    """How many loops stand inside one another at most."""
    loops: list[bool] = []
    deepest = 0
    for index in range(len(words)):
        sign = sign_at(words, index)
        if sign in ("(", "[", "{", "[?"):
            is_loop = sign == "(" and _is_method(words, index - 1)
            loops.append(is_loop and words[index - 1].text in _LOOPS)
            deepest = max(deepest, sum(loops))
        elif sign in (")", "]", "}") and loops:
            loops.pop()
    return deepest


def _doublings(text: str, words: Sequence[Word], calls: Sequence[int]) -> int:
    """How often a value may double: each sum once, each join as often as a list has items."""
    sums = sum(word.kind == "sign" and word.text == "+" for word in words)
    joins = sum(words[index].text == "join" for index in calls)
    commas = sum(word.text == "," for word in words)
    doublings = sums + joins * (commas + 1).bit_length()
    if doublings > _MOST_DOUBLINGS:
        raise fault_at(
            text,
            0,
            "the expression has too many sums or joins beside 'map' or 'filter'",
            "Make several criteria of it",
        )
    return doublings


def _is_constant(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].kind == "float" and float(words[index].text) != 0


def _is_method(words: Sequence[Word], index: int) -> bool:
    return (
        index >= 0
        and words[index].kind == "name"
        and sign_at(words, index - 1) in (".", ".?")
        and sign_at(words, index + 1) == "("
    )


def _factor_of(text: str, words: Sequence[Word], index: int) -> int:
    """By how much a `replace` may lengthen a text; both its texts must be written out."""
    arguments = words[index + 2 : index + 5]
    if len(arguments) == 3 and arguments[1].text == ",":
        old, new = literal_value(arguments[0]), literal_value(arguments[2])
        if old is not None and new is not None and sign_at(words, index + 5) in (")", ","):
            return len(new) + 1 if not old else -(-len(new) // len(old)) or 1
    raise fault_at(
        text,
        words[index].start,
        "replace() takes two texts that the expression writes out, without escapes",
        "Write it as in replace('_', '-')",
    )


def _check_join(text: str, words: Sequence[Word], index: int) -> None:
    closing = sign_at(words, index + 2) == ")"
    written = (
        index + 2 < len(words)
        and words[index + 2].kind == "text"
        and sign_at(words, index + 3) == ")"
    )
    if not closing and not written:
        raise fault_at(
            text,
            words[index].start,
            "join() takes a text that the expression writes out",
            "Write it as in join(', ')",
        )
