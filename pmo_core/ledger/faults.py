"""What a database or disk answers, in words that say what to do about it (S16)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError, StatementError

from pmo_core.errors import InvalidDocument, PmoError, Unavailable

_WORDS = {
    sqlite3.SQLITE_BUSY: (
        "the ledger is in use: another command has kept it locked for too long",
        "Nothing was written. Try again when that command has ended",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "Nothing was written. Make room on the disk and try again",
    ),
    sqlite3.SQLITE_READONLY: (
        "the ledger cannot be written: its file, folder or disk is read-only",
        "Nothing was written. Ask who may write there, or make it writable",
    ),
    sqlite3.SQLITE_TOOBIG: (
        "a record, a text or a blob is larger than the ledger takes",
        "Nothing was written. Keep it elsewhere, and its digest here",
    ),
    sqlite3.SQLITE_READONLY_DIRECTORY: (
        "the ledger cannot be opened: its folder is read-only for you, and SQLite writes beside "
        "the file even to read it",
        "Ask for leave to write in the folder, or read a copy of the file",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk failed while the ledger was read or written",
        "Look at the disk; if it is sound, try again",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the ledger is damaged: its file has been cut or overwritten",
        "Put back the last good copy of the file",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this is no ledger of an office",
        "Name the file that 'pmo init' made, or put back the last good copy",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the ledger cannot be opened",
        "See that the file is there, and that you may read and write it and its folder",
    ),
}
_ALIKE = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PROTOCOL: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_AUTH: sqlite3.SQLITE_CANTOPEN,
}
_FOREIGN = ("no such table", "no such column")
_PRIMARY = 0xFF  # the rest of a code is detail


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of the database and its driver leave this block as `Unavailable`."""
    try:
        yield
    except StatementError as error:
        if isinstance(error.orig, PmoError):
            raise error.orig from None
        raise _unavailable(path, error.orig) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _unavailable(path, error) from error


@contextmanager
def disk_told(path: Path) -> Iterator[None]:
    """Errors of the disk leave this block as `Unavailable`."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"the disk refuses: {error.strerror or type(error).__name__}",
            source=str(path),
            remedy="See that the folder is there, and that you may read and write it",
        ) from error


def altered(path: Path, project: str, seq: int, why: InvalidDocument | str) -> Unavailable:
    """An event that is not what was written."""
    reason = why.message if isinstance(why, InvalidDocument) else why
    return Unavailable(
        f"event {seq} of {project} was altered: {reason}",
        source=str(path),
        remedy="Put back the last good copy of the ledger",
    )


def _unavailable(path: Path, error: BaseException | None) -> Unavailable:
    text = str(error) or type(error).__name__
    code = getattr(error, "sqlite_errorcode", None)
    code = code if isinstance(code, int) else sqlite3.SQLITE_OK
    if text.startswith(_FOREIGN):
        code = sqlite3.SQLITE_NOTADB
    primary = code & _PRIMARY
    message, remedy = (
        _WORDS.get(code)
        or _WORDS.get(_ALIKE.get(primary, primary))
        or (f"the ledger cannot be used: {text.splitlines()[0]}", "See to the file and its disk")
    )
    return Unavailable(message, source=str(path), remedy=remedy)
