"""The two comment lines that a record's file begins with: its schema, and its version.

They are comments, so that the file stays plain YAML for everybody else. Editors find the schema by
the first; the second is the version of the ledger that the file was written from, on which a
change made in it is based.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard

_SCHEMA: Final = re.compile(r"#[ \t]*(?:yaml-language-server:[ \t]*)?\$schema[:=][ \t]*(\S+)[ \t]*")
_VERSION: Final = re.compile(r"#[ \t]*\$version:[ \t]*([0-9]{1,9})[ \t]*", re.ASCII)
_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_MARK: Final = "\ufeff"


class Header(NamedTuple):
    """What the comments at the head of a record's file say; None where they say nothing.

    Attributes:
        schema_ref: where the JSON Schema is, as it is written.
        version: of the ledger that the file was written from.
    """

    schema_ref: str | None
    version: int | None


def schema_file_name(standard: Standard) -> str:
    """What the standard's record schema is called in the folder `.pmo` of an office."""
    return f"{standard.id}-{standard.version}.record.schema.json"


def read_header(text: str) -> Header:
    """What the comment lines before the first line of content say."""
    schema_ref: str | None = None
    version: int | None = None
    for _start, _end, line in _comments(text):
        if schema_ref is None and (found := _SCHEMA.fullmatch(line)):
            schema_ref = found[1]
        elif version is None and (found := _VERSION.fullmatch(line)):
            version = int(found[1])
    return Header(schema_ref, version)


def with_version(text: str, version: int) -> str:
    """The file with that version in its head, and all else as it was, to the byte.

    Where no line names one, it comes behind the line of the schema, or first.
    """
    written = f"# $version: {version}"
    behind: tuple[int, str] | None = None
    for start, end, line in _comments(text):
        if _VERSION.fullmatch(line):
            return text[:start] + written + text[end:]
        if behind is None and _SCHEMA.fullmatch(line):
            behind = end, line
    ending = _LINE.match(text)
    newline = (ending[2] if ending else "") or "\n"
    if behind is not None:
        return text[: behind[0]] + newline + written + text[behind[0] :]
    first = len(_MARK) if text.startswith(_MARK) else 0
    return text[:first] + written + newline + text[first:]


def _comments(text: str) -> list[tuple[int, int, str]]:
    """The comment lines at the head: beginning, end without line break, and text of each."""
    found: list[tuple[int, int, str]] = []
    position = len(_MARK) if text.startswith(_MARK) else 0
    while (match := _LINE.match(text, position)) is not None:
        line = match[1]
        if line.strip(" \t") and not line.startswith("#"):
            break
        if line.startswith("#"):
            found.append((position, match.end(1), line))
        if not match[2]:
            break
        position = match.end()
    return found
