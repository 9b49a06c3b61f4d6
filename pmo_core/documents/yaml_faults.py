"""What libyaml says about a text, in words for whoever wrote the text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from pmo_core.documents import faults
from pmo_core.documents.values import DEFAULT_LIMITS, shown
from pmo_core.errors import InvalidDocument

_BREAK = re.compile(r"\r\n|\r|\n")
_TAB_INDENT = re.compile(r" *\t")
_NO_TEXT = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LONGEST_KEY: Final = 1024


class _Words(NamedTuple):
    """A message and a remedy, placed where the fault was met or where its construct began."""

    message: str
    remedy: str
    at_beginning: bool = False


_UNCLOSED_QUOTE = _Words(
    "the quote that opens here is never closed",
    "Close it; inside '...' an apostrophe is written twice",
    at_beginning=True,
)
_DIRECTIVE = _Words(
    "a line that begins with '%' is an instruction to the parser, and not one it knows",
    "Remove it, or quote the text",
)
_TAG = _Words("'!' begins a tag, and this is none", "Quote the text")
_HEXADECIMAL = _Words(
    "the escape ends too early: \\x takes 2, \\u 4 and \\U 8 hexadecimal digits",
    "Write '\\\\' for a backslash, or use single quotes",
)

_TOO_DEEP = faults.too_deep(DEFAULT_LIMITS)

_BY_PROBLEM: Final = {
    "exceeded maximum nesting depth": _Words(_TOO_DEEP.message, _TOO_DEEP.remedy or ""),
    "found unexpected end of stream": _UNCLOSED_QUOTE,
    "found unexpected document indicator": _UNCLOSED_QUOTE,
    "could not find expected ':'": _Words(
        "this line is no 'key: value', and no part of the text above it",
        "Write ': ' after its key, or indent it if it continues the text above",
        at_beginning=True,
    ),
    "did not find expected '-' indicator": _Words(
        "this line stands among the items of a list and is none",
        "Begin it with '- ', or indent it below the item that it belongs to",
    ),
    "block sequence entries are not allowed in this context": _Words(
        "'- ' begins a list item, which cannot stand here",
        "Put it on a line of its own, or quote the text",
    ),
    "mapping keys are not allowed in this context": _Words(
        "'? ' begins a key, which cannot stand here", "Quote the text"
    ),
    "did not find expected hexdecimal number": _HEXADECIMAL,
    "found invalid Unicode character escape code": _Words(
        "the escape stands for half of a character (a surrogate), or for none",
        "Write the character itself",
    ),
    "did not find expected comment or line break": _Words(
        "'|' and '>' announce text on the lines below, so nothing else follows them in theirs",
        "Move the text to the next line and indent it, or quote it",
    ),
    "did not find expected <document start>": _Words(
        "text follows the end of the document",
        "Remove it, or begin another document with '---'",
    ),
    "found unknown directive name": _DIRECTIVE,
    "found duplicate %YAML directive": _DIRECTIVE,
    "found duplicate %TAG directive": _DIRECTIVE,
    "did not find expected whitespace": _DIRECTIVE,
    "did not find expected digit or '.' character": _DIRECTIVE,
    "did not find expected version number": _DIRECTIVE,
    "could not find expected directive name": _DIRECTIVE,
    "found incompatible YAML document": _Words(
        "the document says that it is another YAML than 1.1 or 1.2", "Remove the '%YAML' line"
    ),
    "found undefined tag handle": _TAG,
    "did not find the expected '>'": _TAG,
    "did not find expected whitespace or line break": _TAG,
    "did not find expected tag URI": _TAG,
    "did not find expected '!'": _TAG,
    "found an incorrect leading UTF-8 octet": _TAG,
}


def from_yaml(error: YAMLError, data: bytes, name: str) -> InvalidDocument:
    """The fault that libyaml, or PyYAML without it, met in `data`, which is UTF-8."""
    if isinstance(error, ReaderError):
        return unreadable(data, name)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return InvalidDocument(f"this is no YAML: {error}", source=name, remedy=_LOOK)
    text = _Text(data.decode("utf-8").removeprefix("\ufeff"))
    met = (error.problem_mark.line, error.problem_mark.column)
    begun = met
    if error.context_mark is not None:
        begun = (error.context_mark.line, error.context_mark.column)
    words, (line, column) = _explained(error.problem or "", met, begun, text)
    return InvalidDocument(
        words.message, source=name, line=line + 1, column=column + 1, remedy=words.remedy
    )


def unreadable(data: bytes, name: str) -> InvalidDocument:
    """The fault of the first character that a YAML text cannot hold as it is."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    found = _NO_TEXT.search(text)
    assert found is not None, "called with text that YAML can hold"
    line, column = faults.line_and_column(_BREAK.sub("\n", text[: found.start()]))
    code = ord(found[0])
    escape = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return InvalidDocument(
        f"the invisible character U+{code:04X} cannot stand in YAML",
        source=name,
        line=line,
        column=column,
        remedy=f'Remove it, or write {escape} inside "..."; if it is everywhere, save as UTF-8',
    )


_LOOK: Final = "Look at this line and the one before it"

_Place = tuple[int, int]


class _Text:
    """The lines of a text, and what stands where; lines and columns from 0, as in marks."""

    __slots__ = ("lines",)

    def __init__(self, text: str) -> None:
        self.lines = _BREAK.split(text)

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def at(self, place: _Place) -> str:
        """The character there; empty at the end of a line."""
        line, column = place
        return self.line(line)[column : column + 1]

    def before(self, place: _Place) -> str:
        """What stands before it in its line."""
        return self.line(place[0])[: place[1]]

    def is_end(self, place: _Place) -> bool:
        """Whether nothing but white space and comments follows."""
        rest = [self.line(place[0])[place[1] :], *self.lines[place[0] + 1 :]]
        return all(not line.strip() or line.lstrip().startswith("#") for line in rest)

    def last_before(self, number: int) -> str:
        """The nearest line above that is neither empty nor a comment, without its indent."""
        for line in reversed(self.lines[:number]):
            if line.strip() and not line.lstrip().startswith("#"):
                return line.strip()
        return ""


def _explained(problem: str, met: _Place, begun: _Place, text: _Text) -> tuple[_Words, _Place]:
    """Words for libyaml's `problem`, and the place they are about."""
    tab = _TAB_INDENT.match(text.line(met[0]))
    if tab is not None:
        return _tab(met[0], text), (met[0], tab.end() - 1)
    if problem in _BY_PROBLEM:
        words = _BY_PROBLEM[problem]
        return words, begun if words.at_beginning else met
    if problem.startswith("found character"):
        return _Words(f"{text.at(met)!r} cannot begin a value", "Quote the text"), met
    if problem == "mapping values are not allowed in this context":
        return _second_colon(met, text)
    if problem == "did not find expected key":
        return _no_key(met, text), met
    if problem.startswith("found unknown escape character"):
        return _no_escape(met, text), met
    if "',' or '" in problem:
        return _unclosed(met, begun, text)
    if problem == "did not find expected node content" and text.is_end(met):
        return _Words(
            "the text ends where a value is expected", "Write the value, or close each bracket"
        ), met
    if problem == "did not find expected node content":
        return _Words(
            f"{text.at(met)!r} stands where a value is expected", "Write the value, or quote it"
        ), met
    if problem.startswith("did not find expected alphabetic or numeric"):
        sign = text.at(begun)
        use = "repeats what was marked" if sign == "*" else "marks what is repeated"
        return _Words(f"{sign!r} {use}, and needs a name", "Quote the text"), begun
    return _Words(f"this is no YAML: {problem}", _LOOK), met


def _tab(number: int, text: _Text) -> _Words:
    """A tab in an indent."""
    above = text.last_before(number)
    below = f", here below {shown(above)}" if above else ""
    return _Words(f"a tab cannot indent YAML{below}", "Replace the tab by two spaces")


def _second_colon(met: _Place, text: _Text) -> tuple[_Words, _Place]:
    """A ': ' that makes no key."""
    before = text.before(met)
    if len(before) > _LONGEST_KEY:
        return _Words(
            f"a key is longer than {_LONGEST_KEY} characters", "Shorten it, or quote the text"
        ), met
    if ": " in before:
        return _Words(
            "this line holds ': ' twice, which leaves open where its text begins",
            "Quote the text after the first ': '",
        ), met
    key = (met[0], len(before) - len(before.lstrip()))
    above = text.last_before(met[0])
    if ": " not in above and not above.endswith(":") and not above.startswith("- "):
        return _Words(
            f"the line above, {shown(above)}, is no 'key: value'", "Write ': ' after its key"
        ), key
    return _Words(
        "this key is indented as if it continued the text above it",
        "Indent it like the keys that it stands beside",
    ), key


def _no_key(met: _Place, text: _Text) -> _Words:
    """Something other than a key, among keys."""
    before, sign = text.before(met).rstrip(), text.at(met)
    if sign == ":":
        return _Words("a key is missing before this ':'", "Write the key, or quote the text")
    if not before:
        if text.line(met[0])[met[1] :].startswith("- "):
            return _Words(
                "a list item stands among keys",
                "Indent it below its key, or remove the '- '",
            )
        return _Words(
            "this line does not line up with the keys above it",
            "Indent it like the keys that it stands beside, or deeper if it belongs to the last",
        )
    if sign in ("]", "}"):
        return _Words(f"{sign!r} closes nothing", "Remove it, or quote the text")
    if before[-1] in "'\"":
        return _Words(
            "text follows a closing quote",
            "Quote the whole text; inside '...' an apostrophe is written twice",
        )
    return _Words(f"{shown(sign)} follows a value that is complete", "Quote the whole text")


def _no_escape(met: _Place, text: _Text) -> _Words:
    """A backslash before something that needs none."""
    written = text.line(met[0])[met[1] : met[1] + 2]
    return _Words(
        f"{shown(written)} is no escape that YAML knows",
        "Write '\\\\' for a backslash, or use single quotes",
    )


def _unclosed(met: _Place, begun: _Place, text: _Text) -> tuple[_Words, _Place]:
    """A list in [ ] or an object in { } that goes on with what cannot follow."""
    opening = text.at(begun)
    closing = "]" if opening == "[" else "}"
    if text.is_end(met):
        return _Words(
            f"the '{opening}' that opens here is never closed", f"Close it with '{closing}'"
        ), begun
    prose = faults.QUOTE_PROSE[0].upper() + faults.QUOTE_PROSE[1:]
    remedy = prose if closing == "}" else "Quote text that holds a comma, a colon or a quote"
    return _Words(
        f"',' or '{closing}' is expected here, inside the '{opening}' "
        f"of line {begun[0] + 1}, column {begun[1] + 1}",
        remedy,
    ), met
