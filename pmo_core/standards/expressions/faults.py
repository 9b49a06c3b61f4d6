"""Faults of an expression's text, in plain words, with the place and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from pmo_core.errors import InvalidStandard
from pmo_core.standards.expressions.functions import SIGNATURES
from pmo_core.standards.expressions.text import place_of, words_of


class ExpressionFault(InvalidStandard):
    """An expression that no record could be judged by.

    Attributes:
        offset_line: line within the expression's text, from 1.
        offset_column: column within that line, from 1, in characters.
    """

    def __init__(
        self, message: str, *, offset_line: int, offset_column: int, remedy: str | None = None
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.offset_line = offset_line
        self.offset_column = offset_column


_ERROR: Final = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_UNDECLARED: Final = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD: Final = re.compile(r"found no matching overload for '([^']*)' applied to '([^']*)'")
_OPERATIONS: Final[Mapping[str, str]] = {
    "_+_": "added",
    "_-_": "subtracted",
    "_*_": "multiplied",
    "_/_": "divided",
    "_%_": "divided",
    "_==_": "compared",
    "_!=_": "compared",
    "_<_": "compared",
    "_<=_": "compared",
    "_>_": "compared",
    "_>=_": "compared",
    "_&&_": "joined by '&&'",
    "_||_": "joined by '||'",
    "@in": "looked for in one another",
}
_TYPES: Final[Mapping[str, str]] = {
    "int": "a whole number",
    "uint": "a whole number without sign",
    "double": "a decimal number",
    "string": "a text",
    "bool": "true or false",
    "bytes": "bytes",
    "dyn": "a value of any type",
    "null_type": "null",
    "timestamp": "an instant",
    "duration": "a span of time",
}
_COMPARISONS: Final = frozenset(
    {*(name for name, said in _OPERATIONS.items() if said == "compared"), "@in"}
)
_MIXED: Final = frozenset(
    {("double", "int"), ("int", "double"), ("double", "list(int)"), ("int", "list(double)")}
)
_SYNTAX: Final[Mapping[str, str]] = {
    "and": "Write '&&' for 'and'",
    "or": "Write '||' for 'or'",
    "not": "Write '!' for 'not'",
    "is": "Compare with '=='",
    "None": "Write 'null' for 'None'",
    "True": "Write 'true' for 'True'",
    "False": "Write 'false' for 'False'",
}


def fault_at(text: str, offset: int, message: str, remedy: str | None = None) -> ExpressionFault:
    """A fault at that offset of the text."""
    line, column = place_of(text, offset)
    return ExpressionFault(message, offset_line=line, offset_column=column, remedy=remedy)


def engine_fault(
    text: str, message: str, in_scope: Collection[str], elsewhere: Collection[str]
) -> ExpressionFault:
    """The first fault that the engine found, said in the words of the standard's author.

    `in_scope` are the names that the expression may use, `elsewhere` those that mean something
    in other places.
    """
    match = _ERROR.search(message)
    if match is None or int(match.group(1)) < 1:
        return _too_deep() if "recursion" in message else _meaningless(1, 1, message)
    line, column, words = int(match.group(1)), max(1, int(match.group(2))), match.group(3)
    undeclared = _UNDECLARED.search(words)
    if undeclared is not None:
        return _unknown_name(text, line, column, undeclared.group(1), in_scope, elsewhere)
    overload = _OVERLOAD.search(words)
    if overload is not None:
        types = _split_types(overload.group(2)[1:-1])
        said, remedy = _wrong_types(overload.group(1), types, _literal_at(text, line, column))
        return ExpressionFault(said, offset_line=line, offset_column=column, remedy=remedy)
    if words.startswith("Syntax error"):
        return _unreadable(line, column, _syntax_remedy(text))
    if "recursion" in words:
        return _too_deep()
    return _meaningless(line, column, words)


def without_comparisons(message: str) -> str:
    """What the engine found wrong beside comparisons of a decimal number with a whole one."""
    kept = []
    for line, column, words in _ERROR.findall(message):
        overload = _OVERLOAD.search(words)
        types = _split_types(overload.group(2)[1:-1]) if overload is not None else ()
        compares = overload is not None and overload.group(1) in _COMPARISONS and types in _MIXED
        # A choice between values of which one is at fault is no fault of its own.
        if not compares and "*error*" not in types:
            kept.append(f"ERROR: <input>:{line}:{column}: {words}")
    return "\n".join(kept) if kept or _ERROR.search(message) else message


def error_places(message: str) -> frozenset[tuple[int, int]]:
    """Line and column of each fault that the engine found."""
    return frozenset((int(line), int(column)) for line, column, _ in _ERROR.findall(message))


def meaning_of(types: str) -> str:
    """An engine's type in plain words."""
    if types.startswith("list"):
        return "a list"
    if types.startswith("map"):
        return "an object"
    if types.startswith("optional"):
        return "a value that may be absent"
    return _TYPES.get(types, types)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The remedy "Did you mean ...", where a known name is near."""
    from difflib import get_close_matches  # start-up

    near = get_close_matches(name, sorted(known), n=1)
    return f"Did you mean '{near[0]}'" if near else None


def _unknown_name(
    text: str,
    line: int,
    column: int,
    name: str,
    in_scope: Collection[str],
    elsewhere: Collection[str],
) -> ExpressionFault:
    root = name.lstrip(".").split(".", 1)[0]
    for word in words_of(text):
        here = place_of(text, word.start)
        if word.text == root and here[0] == line and here[1] <= column:
            column = here[1]
            break
    if root in SIGNATURES:
        said = f"{root}() does not take these arguments"
        remedy: str | None = f"Write {SIGNATURES[root]}"
    elif root in elsewhere:
        said = f"'{root}' has no meaning here"
        remedy = f"These names have: {', '.join(sorted(in_scope))}"
    else:
        said = f"there is no name or function '{root}'"
        remedy = _SYNTAX.get(root) or nearest(root, {*in_scope, *SIGNATURES})
        remedy = remedy or f"These names are known here: {', '.join(sorted(in_scope))}"
    return ExpressionFault(said, offset_line=line, offset_column=column, remedy=remedy)


def _literal_at(text: str, line: int, column: int) -> str | None:
    """The whole number that the text writes beside the operator at that place."""
    words = words_of(text)
    for index, word in enumerate(words):
        if place_of(text, word.start) == (line, column):
            beside = (*words[index + 1 : index + 2], *words[max(index - 1, 0) : index])
            return next((one.text for one in beside if one.kind == "int"), None)
    return None


def _wrong_types(
    function: str, types: tuple[str, ...], literal: str | None
) -> tuple[str, str | None]:
    shown = " and ".join(meaning_of(kind) for kind in types)
    operation = _OPERATIONS.get(function)
    if operation is None:
        name = function.strip("_").lstrip("@")
        signature = SIGNATURES.get(name)
        said = f"{name}() does not take {shown}" if name.isidentifier() else f"{shown} do not fit"
        return said, f"Write {signature}" if signature else None
    remedy = None
    if set(types) == {"int", "double"} or ("dyn" in types and function in ("_+_", "_*_")):
        number = literal or "2"
        remedy = f"Numbers of a record are decimal: write {number}.0 for {number} beside them"
    elif operation == "compared":
        remedy = "Compare values of one type"
    return f"{shown} cannot be {operation}", remedy


def _split_types(text: str) -> tuple[str, ...]:
    """The types of a list such as `int, map(string, dyn)`."""
    parts: list[str] = []
    depth = 0
    for sign in text:
        depth += (sign in "(<") - (sign in ")>")
        if sign == "," and depth == 0:
            parts.append("")
        elif not parts:
            parts.append(sign)
        else:
            parts[-1] += sign
    return tuple(part.strip() for part in parts)


def _syntax_remedy(text: str) -> str | None:
    words = words_of(text)
    for word in words:
        if word.text == "=" and word.kind == "sign":
            return "Compare with '=='"
        if word.kind == "name" and word.text in _SYNTAX:
            return _SYNTAX[word.text]
    return None


def _too_deep() -> ExpressionFault:
    return ExpressionFault(
        "the expression has more than 32 levels, or 32 operators in a row",
        offset_line=1,
        offset_column=1,
        remedy="Join conditions with '&&', or make several criteria of it",
    )


def _meaningless(line: int, column: int, words: str) -> ExpressionFault:
    said = words.removeprefix("INVALID_ARGUMENT: ").split(" [", 1)[0].strip().rstrip(".")
    return ExpressionFault(
        f"the expression has no meaning: {said}", offset_line=line, offset_column=column
    )


def _unreadable(line: int, column: int, remedy: str | None) -> ExpressionFault:
    return ExpressionFault(
        "the expression cannot be read here", offset_line=line, offset_column=column, remedy=remedy
    )
