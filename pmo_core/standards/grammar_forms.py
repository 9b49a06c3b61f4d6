"""What is wrong with the form of a value or key, in words: type, pattern, range, size."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pmo_core.documents.shapes import as_object
from pmo_core.standards.grammar_way import Case

if TYPE_CHECKING:
    from pmo_core.documents import Json

Words: TypeAlias = tuple[str, str | None]
"""What is wrong, and what to do about it where that can be said."""

LIKE = 0.7
_LONGEST_ID = 64
_SHOWN = 40
_TYPES = (
    ("string", "text"),
    ("array", "a list"),
    ("object", "a map"),
    ("integer", "a whole number"),
    ("number", "a number"),
    ("boolean", "true or false"),
)


def form(case: Case, keyword: str) -> Words:
    """What is wrong with the form of a value or of a key, and what to write."""
    if case.schema is as_object(case.meta["$defs"]).get("id"):
        told = _bad_id(case, keyword)
        if told is not None:
            return told
    if keyword == "type":
        return _bad_type(case)
    if keyword in ("enum", "const"):
        return _bad_word(case, keyword)
    if keyword == "not" and case.value == "no":
        return (
            "'no' stands for Norwegian, but YAML 1.1 tools read it as false",
            "Write nb or nn",
        )
    if keyword in ("minimum", "exclusiveMinimum", "maximum"):
        bound = {"minimum": "the least is", "maximum": "the most is"}.get(
            keyword, "it must be above"
        )
        message = f"{case.name()} is {shown(case.value)}; {bound} {case.schema[keyword]}"
        return message, "Correct the number"
    if keyword == "minLength" and not case.value:
        return f"{case.name()} is empty text", case.hint()
    if keyword == "maxLength":
        return f"{case.name()} is longer than {case.schema[keyword]} characters", case.hint()
    title = next(
        (str(step.schema["title"]) for step in reversed(case.steps) if "title" in step.schema),
        "value",
    )
    what = shown(case.value)
    subject = f"key {what}" if case.on_key else f"{case.name()} is {what}, which"
    return f"{subject} is no {title[:1].lower()}{title[1:]}", case.hint()


def _bad_id(case: Case, keyword: str) -> Words | None:
    value = case.value
    if isinstance(value, bool):
        word = "true" if value else "false"
        return (
            f"{case.name()} is the boolean {word}, where an id is needed",
            "Choose another id: tools of YAML 1.1 read yes, no, on, off, true, false as booleans",
        )
    if not isinstance(value, str):
        return None
    if keyword == "not":
        return (
            f"{value!r} cannot be an id: tools of YAML 1.1 do not read it as text",
            "Choose another word; quotes do not help everywhere",
        )
    if len(value) > _LONGEST_ID:
        message = f"id {shown(value)} has {len(value)} characters; the most is {_LONGEST_ID}"
        return message, "Shorten it"
    slug = "-".join("".join(c if c.isalnum() or c in "._-" else " " for c in value).split())
    remedy = case.hint()
    banned = as_object(case.schema.get("not")).get("enum")
    if slug.isascii() and slug[:1].isalnum() and slug.lower() not in _words(banned):
        remedy = f"Write {slug.lower()!r}. {remedy}"
    return f"{shown(value)} is no id", remedy


def _bad_type(case: Case) -> Words:
    wanted = case.schema.get("type")
    types = {str(one) for one in wanted} if isinstance(wanted, list) else {str(wanted)}
    expected = join_words([words for name, words in _TYPES if name in types], "or")
    value = case.value
    if value is None:
        if types == {"object"} and "required" not in case.schema:
            return f"{case.name()} is empty", "Write {} where there is none, or indent its keys"
        return f"{case.name()} is empty, where {expected} is needed", case.hint()
    what = f"the number {_written(case)}" if _is_unquoted_number(case) else shown(value)
    message = f"{case.name()} is {what}, where {expected} is needed"
    if "string" in types and _would_do_quoted(case):
        if case.schema is as_object(case.meta["$defs"]).get("version"):
            return message, f"Quote it: '{_written(case)}'. Without quotes 3.10 is the number 3.1"
        return message, f"Quote it, as it was written: '{_written(case)}'"
    if "string" in types and isinstance(value, bool):
        return message, case.hint() or f"Quote it: '{str(value).lower()}'"
    if "array" in types and isinstance(value, str | int) and len(str(value)) <= _LONGEST_ID:
        return message, f"Write [{value}]"
    if types == {"object"} and isinstance(value, list) and "propertyNames" in case.schema:
        return message, "Write each as 'id: ...', indented, without '-'"
    if types == {"boolean"}:
        return message, "Write true or false, without quotes"
    if types & {"integer", "number"} and isinstance(value, str) and _is_number(value):
        return message, f"Take off the quotes: {value}"
    return message, case.hint()


def _would_do_quoted(case: Case) -> bool:
    """Whether the value is a number that would do as text."""
    import re  # start-up: only on an error

    if not _is_unquoted_number(case):
        return False
    return re.search(str(case.schema.get("pattern", "")), _written(case)) is not None


def _is_unquoted_number(case: Case) -> bool:
    return isinstance(case.value, int | float) and not isinstance(case.value, bool)


def _written(case: Case) -> str:
    """A number as the author wrote it: 3.10 is read as 3.1."""
    return str(case.value) if case.written is None else case.written


def _bad_word(case: Case, keyword: str) -> Words:
    options = case.schema.get("enum") if keyword == "enum" else [case.schema["const"]]
    words = _words(options)
    may = "may be" if len(words) > 1 else "can only be"
    message = f"{case.name()} is {shown(case.value)}; it {may} {join_words(words, 'or')}"
    if case.value is False and "no" in words:
        return message, "Quote it: 'no'"
    if isinstance(case.value, str):
        if case.value in words:
            return message, f"Write it without quotes: {case.value}"
        near = nearest(case.value, words)
        if near is not None:
            return message, f"Did you mean {near!r}?"
    return message, case.hint() or (f"Write {words[0]}" if len(words) == 1 else None)


def size(case: Case, keyword: str) -> Words:
    """What is wrong with how many things a list or map holds."""
    if keyword == "uniqueItems" and isinstance(case.value, list):
        seen: set[str] = set()
        for one in case.value:
            if repr(one) in seen:
                return f"{case.name()} names {shown(one)} twice", "Take one of them out"
            seen.add(repr(one))
        return f"{case.name()} names something twice", "Take one of them out"
    many = len(case.value) if isinstance(case.value, dict | list) else 0
    kind = "list" if isinstance(case.value, list) else "map"
    if keyword in ("minItems", "minProperties"):
        if not many:
            remedy = case.hint() or "Fill it, or leave it out"
            return f"{case.name()} is an empty {kind}", remedy
        return f"{case.name()} has {many}; the fewest is {case.schema[keyword]}", case.hint()
    return f"{case.name()} has {many} keys; the most is {case.schema.get(keyword)}", case.hint()


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant; None where none is like it."""
    from difflib import get_close_matches  # start-up: only on an error

    near = get_close_matches(word.lower(), known, 1, LIKE)
    return near[0] if near else None


def join_words(words: list[str], last: str) -> str:
    """Words with commas between them, and `last` before the last: "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def shown(value: Json) -> str:
    """A value in a sentence: short, and unlike any other kind of value."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 3] + "...")
    return f"the number {value}"


def _words(options: Json) -> list[str]:
    return [
        str(one).lower() if isinstance(one, bool) else str(one)
        for one in (options if isinstance(options, list) else [])
    ]


def _is_number(text: str) -> bool:
    return text.strip().removeprefix("-").replace(".", "", 1).isdigit()
