"""The tables of an office's ledger. Positions are commit order, since one writes at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from sqlalchemy import Dialect

SCHEMA: Final = 1
"""The version of these tables; another one is not read."""


class Word(TypeDecorator[str]):
    """Text that has a form in UTF-8; what a command line held may have none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it is; InvalidDocument where it holds half a character."""
        try:
            if value is not None:
                value.encode()
        except UnicodeEncodeError:
            raise InvalidDocument(
                f"{ascii(value)[:60]} is no text: it holds half a character",
                remedy="Write it in UTF-8",
            ) from None
        return value


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Word, primary_key=True),
    Column("value", Word, nullable=False),
)

# `data` is the event as canonical JSON, which is what was hashed; the other columns repeat of it
# what is looked for. `content` and `together` stand with the first event of a command: the digest
# of the command, and how many events it made.
events = Table(
    "events",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("project", Word, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", Word, nullable=False, unique=True),
    Column("content", Word),
    Column("together", Integer),
    Column("hash", Word, nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("project", "seq"),
)

# Erasing empties salt and text; the row says that the digest was a text once.
private = Table(
    "private",
    metadata,
    Column("digest", Word, primary_key=True),
    Column("salt", LargeBinary),
    Column("text", Word),
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", Word, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

projections = Table(
    "projections",
    metadata,
    Column("project", Word, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("head", Word, nullable=False),
    Column("title", Word, nullable=False),
    Column("standard", Word, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", Word, primary_key=True),
    Column("value", Word, nullable=False),
)
