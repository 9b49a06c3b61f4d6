"""Text of strangers made inert for each medium, and still recognizable in it.

Everything that is shown to people first goes through `clean`: no control, format or separator
character is left, so that nothing moves a cursor, hides, reorders or begins a line. What a medium
reads as its own language is escaped after that. JSON is data: what a reader decodes is exact, but
the written bytes hold those characters as `\\uXXXX` only.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from pmo_core.documents import Json

REPLACEMENT = "\ufffd"
HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_UNUSUAL = re.compile(r"[^\x20-\x7e]")
_LOG_COMMAND_INSIDE = re.compile(r"#(?=#[A-Za-z]*\[)")
_LOG_COMMAND = re.compile(rf"^(\s*):(?=:)|{_LOG_COMMAND_INSIDE.pattern}")
_NOT_XML = re.compile("[\ufffe\uffff]")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_XML_SIGNS = re.compile("[&<>\"']")
_MARKDOWN = re.compile(
    r"[\\`*\[\]|~$&<>@#]"
    r"|(?<!\w)_|_(?!\w)"  # inside a word it is no emphasis
    r"|:(?=//)|(?<=www)\.|(?<=\bGH)-(?=\d)"  # links that GitHub finds by itself
    r"|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)
_MARKDOWN_AS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # Mentions and numbers of issues are found after escapes are gone: split them.
    "@": "@&#8203;",
    "#": "#&#8203;",
    "-": "&#45;",
}
_DOCUMENT = re.compile(
    r"[\\`*\[\]|~$]"
    r"|(?<!\w)_|_(?!\w)"  # inside a word it is no emphasis
    r"|<|&(?=#?\w+;)"
    r"|^[-+=#>]|^:(?=:)"
)
_DOCUMENT_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_DOCUMENT_AS = {"&": "&amp;", "<": "&lt;"}
_COMMAND_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_COMMAND_PROPERTY = {**_COMMAND_TEXT, ":": "%3A", ",": "%2C"}


def clean(text: str) -> str:
    """One line without control, format or separator characters; a tab stays.

    Each such character (Unicode categories Cc, Cf, Cs, Zl, Zp), a line break too, becomes U+FFFD.
    The joiners inside some emoji are among them.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        REPLACEMENT if sign != "\t" and category(sign) in HARMFUL else sign for sign in text
    )


def terminal(line: str) -> str:
    """A whole line for a terminal or a CI's log, which both read commands out of lines.

    GitHub takes lines that begin with `::` and anything after `##[` for commands, Azure and
    TeamCity `##vso[` and `##teamcity[`: one sign of these becomes U+FFFD.
    """
    return _LOG_COMMAND.sub(lambda found: (found[1] or "") + REPLACEMENT, clean(line))


def xml(text: str) -> str:
    """Text, or the value of an attribute, of XML 1.0."""
    return _XML_SIGNS.sub(lambda sign: _XML[sign[0]], _NOT_XML.sub(REPLACEMENT, clean(text)))


def github_text(text: str) -> str:
    """The message of a GitHub workflow command."""
    return _escaped(clean(text), _COMMAND_TEXT)


def github_property(text: str) -> str:
    """The value of a property of a GitHub workflow command."""
    return _escaped(clean(text), _COMMAND_PROPERTY)


def markdown(text: str) -> str:
    """Text inside a line, a heading or a table's cell of GitHub's Markdown.

    No markup, link, mention or HTML of it takes effect.
    """
    return _MARKDOWN.sub(_markdown_sign, clean(text).replace("\t", " "))


def markdown_code(text: str) -> str:
    """A name as code in GitHub's Markdown, so that it can be copied; also in a table's cell."""
    cleaned = _LOG_COMMAND_INSIDE.sub(REPLACEMENT, clean(text))
    cleaned = cleaned.replace("\t", " ").replace("|", "\\|")
    if not cleaned.strip():
        return cleaned
    longest = max((len(run) for run in re.findall("`+", cleaned)), default=0)
    fence, pad = "`" * (longest + 1), " " if "`" in cleaned[:1] + cleaned[-1:] else ""
    return f"{fence}{pad}{cleaned}{pad}{fence}"


def markdown_document(text: str) -> str:
    """Text on one line of a document in Markdown that people write on, anywhere outside of code.

    No markup or HTML of it takes effect. Unlike in `markdown`, which stands in comments of
    strangers, mail and web addresses stay whole, so that they can be copied and followed.
    """
    line = clean(" ".join(text.split()))
    escaped = _DOCUMENT.sub(lambda sign: _DOCUMENT_AS.get(sign[0], f"\\{sign[0]}"), line)
    return _DOCUMENT_NUMBER.sub(r"\1\\\2", escaped)


def sarif(text: str) -> str:
    """A SARIF message: braces are placeholders there, `[text](target)` a link (3.11.5, 3.11.6)."""
    cleaned = clean(text).replace("{", "{{").replace("}", "}}")
    if "](" not in cleaned:
        return cleaned
    return cleaned.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def json_bytes(value: Json) -> bytes:
    """JSON in UTF-8: the value is exact, the bytes are inert on a terminal and in a CI's log."""
    import orjson  # start-up: text needs none of it

    try:
        written = orjson.dumps(value)
    except TypeError:
        # Half a character, which a file's name may hold, has no UTF-8 form.
        written = orjson.dumps(_whole_characters(value))
    return inert_json(written)


def json_lines(value: object) -> str:
    """JSON over several lines, each as inert as `json_bytes`."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    # JSON escapes the line breaks of texts, so that these are its own.
    lines = (line.encode("utf-8", "replace") for line in written.split("\n"))
    return "\n".join(inert_json(line).decode() for line in lines)


def inert_json(written: bytes) -> bytes:
    """The same JSON, with every character that is not plainly visible as `\\uXXXX`."""
    if written.isascii() and b"\x7f" not in written and b"##" not in written:
        return written
    text = _UNUSUAL.sub(_json_sign, written.decode())
    return _LOG_COMMAND_INSIDE.sub(r"\\u0023", text).encode()


def _json_sign(found: re.Match[str]) -> str:
    sign = found[0]
    if category(sign) not in HARMFUL:
        return sign
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _whole_characters(value: Json) -> Json:
    if isinstance(value, str):
        return (
            value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if _has_half(value)
            else value
        )
    if isinstance(value, list):
        return [_whole_characters(part) for part in value]
    if isinstance(value, dict):
        return {str(_whole_characters(key)): _whole_characters(part) for key, part in value.items()}
    return value


def _has_half(text: str) -> bool:
    return any(category(sign) == "Cs" for sign in text)


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)


def _markdown_sign(found: re.Match[str]) -> str:
    sign = found[0]
    return _MARKDOWN_AS.get(sign, f"\\{sign}")
