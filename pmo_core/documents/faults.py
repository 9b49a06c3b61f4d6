"""The faults that values have whatever they were written in: each is worded once, here."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from pmo_core.documents.values import LARGEST_INTEGER, Limits, shown
from pmo_core.errors import InvalidDocument

QUOTE_PROSE: Final = (
    "inside { } quote text that holds a comma or a colon, or write one 'key: value' a line"
)


def placed(
    fault: InvalidDocument, source: str | None, line: int, column: int, pointer: str | None = None
) -> InvalidDocument:
    """`fault` with the place at which it was met; lines and columns from 1."""
    return InvalidDocument(
        fault.message,
        source=source,
        line=line,
        column=column,
        pointer=pointer if pointer is not None else fault.pointer,
        remedy=fault.remedy,
    )


def too_large(limits: Limits, what: str = "the document") -> InvalidDocument:
    """More bytes than a document may have."""
    return InvalidDocument(
        f"{what} is larger than {size(limits.document_bytes)}",
        remedy="Split it, or keep large content in files of its own",
    )


def too_deep(limits: Limits) -> InvalidDocument:
    """More objects and arrays inside one another than may be."""
    return InvalidDocument(
        f"more than {limits.depth} levels of nesting",
        remedy="Flatten the document",
    )


def too_many(limits: Limits, cause: str = "") -> InvalidDocument:
    """More values than a document may have."""
    return InvalidDocument(
        f"more than {limits.nodes:,} values{cause}",
        remedy="Split the document",
    )


def too_long(limits: Limits) -> InvalidDocument:
    """A text, key or number with more bytes than a scalar may have."""
    return InvalidDocument(
        f"a text longer than {size(limits.scalar_bytes)}",
        remedy="Keep long content in a file of its own",
    )


def not_exact(text: str) -> InvalidDocument:
    """A whole number that a double cannot hold exactly (RFC 7493, S1.2)."""
    return InvalidDocument(
        f"the number {shown(text)[1:-1]} is beyond {LARGEST_INTEGER}, up to which whole numbers "
        "are exact",
        remedy="Quote it, so that it is text",
    )


def not_finite(text: str) -> InvalidDocument:
    """NaN or an infinity, as a word or by overflow."""
    return InvalidDocument(
        f"{shown(text)} is no number that JSON knows",
        remedy="Write a finite number, or quote it",
    )


def half_character() -> InvalidDocument:
    """A lone surrogate."""
    return InvalidDocument(
        "half of a character (a lone surrogate) is no text",
        remedy="Write the whole character",
    )


def duplicate_key(key: str, first_line: int, first_column: int) -> InvalidDocument:
    """One key twice in one object; `first_line` and `first_column` say where it was before."""
    return InvalidDocument(
        f"the key {shown(key)} is already at line {first_line}, column {first_column}",
        remedy="Remove or rename one of the two",
    )


def no_utf8(data: bytes, name: str | None, first_line: int = 1) -> InvalidDocument:
    """Bytes that are not UTF-8, at the first of them."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return InvalidDocument(
            "the text is UTF-16, not UTF-8",
            source=name,
            line=first_line,
            column=1,
            remedy="Save the file as UTF-8",
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = line_and_column(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        byte = data[error.start]
        guess = bytes([byte]).decode("latin-1")
        hint = f" ({guess!r} in Latin-1)" if guess.isprintable() else ""
        return InvalidDocument(
            f"the byte 0x{byte:02X}{hint} is not UTF-8",
            source=name,
            line=first_line + line - 1,
            column=column,
            remedy="Save the file as UTF-8",
        )
    raise AssertionError("called with bytes that are UTF-8")


def line_and_column(before: str) -> tuple[int, int]:
    """Line and column, from 1, of the character that follows the text `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def size(count: int) -> str:
    """A number of bytes for people."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit and count % unit == 0:
            return f"{count // unit} {name}"
    return f"{count} bytes"
