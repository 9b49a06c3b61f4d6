"""A file of SQLite under the ledger: how it is made, opened and begun."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from math import ceil
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from pmo_core.errors import Conflict, Unavailable
from pmo_core.ledger import tables
from pmo_core.ledger.faults import disk_told, told
from pmo_core.version import VERSION

WRITE: Final = "pmo_write"
"""The execution option of a connection whose transaction writes."""

# It stays with the file, and lets others read while one writes.
_ON_CREATE: Final = "PRAGMA journal_mode=WAL"
# An acknowledged event survives a power cut: every commit waits for the disk.
_TO_WRITE: Final = ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
# Unlike the mode `ro`, this can clear away the files that a crashed command left beside.
_TO_READ: Final = ("PRAGMA query_only=ON",)
_LISTEN_SECONDS: Final = 0.25
_COMPANIONS: Final = ("-wal", "-shm", "-journal")


def open_engine(path: Path, *, read_only: bool, wait_seconds: float) -> Engine:
    """An engine on the file, which must be there; nothing is read yet."""
    mode = "ro&immutable=1" if read_only and _is_frozen(path) else "rw"
    address = _address(path, mode)  # now: the working folder may change before it is used
    pragmas = _TO_READ if read_only else _TO_WRITE
    # Threads that wait for the lock each hold a connection: none is refused one.
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(address, wait_seconds, pragmas),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=-1,
    )
    event.listen(engine, "begin", lambda connection: _begin(connection, wait_seconds))
    return engine


def create_file(path: Path, office: str) -> None:
    """Make the file of an office without events: whole or not at all.

    Raises:
        Conflict: something of that name is there.
        Unavailable: the disk refuses.
    """
    with disk_told(path):
        _refuse_existing(path)
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}.new")
    try:
        with told(path), disk_told(path):
            _fill(beside, office)
            _publish(beside, path)
    finally:
        for leftover in (beside, *(beside.with_name(beside.name + end) for end in _COMPANIONS)):
            with suppress(OSError):
                leftover.unlink()


def _address(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _connect(address: str, wait_seconds: float, pragmas: Iterable[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address,
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,  # transactions are begun below, not by the driver's guess
        check_same_thread=False,
    )
    try:
        for pragma in pragmas:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError:  # the driver could not even read the complaint
        connection.close()
        raise sqlite3.DatabaseError("its list of tables is damaged") from None
    return connection


def _is_frozen(path: Path) -> bool:
    """Whether the disk is read-only: nobody writes there, and SQLite need not look for it."""
    if not hasattr(os, "statvfs"):
        return False
    try:
        flags = os.statvfs(path).f_flag
    except OSError:
        return False
    return bool(flags & os.ST_RDONLY) and not _has_content(_log(path))


def _log(path: Path) -> Path:
    """Where SQLite keeps what was committed and is not yet in the file."""
    return path.with_name(path.name + "-wal")


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _begin(connection: Connection, wait_seconds: float) -> None:
    # Who reads first and takes the lock later is refused at once where another wrote meanwhile,
    # whatever the timeout; so a writer takes it at the start.
    if not connection.get_execution_options().get(WRITE, False):
        connection.exec_driver_sql("BEGIN")
        return
    held = connection.connection.dbapi_connection
    assert isinstance(held, sqlite3.Connection)
    # An interrupt is heard between two waits, not within one.
    held.execute(_timeout(min(wait_seconds, _LISTEN_SECONDS)))
    try:
        _take_lock(held, ceil(wait_seconds / _LISTEN_SECONDS))
    finally:
        held.execute(_timeout(wait_seconds))


def _take_lock(held: sqlite3.Connection, waits: int) -> None:
    while True:
        try:
            held.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            waits -= 1
            if waits <= 0 or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise


def _timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout={int(seconds * 1000)}"


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise _exists(path)
    if _has_content(_log(path)):
        # SQLite would play it into the new file.
        raise Conflict(
            "this is left of a ledger that is gone",
            source=str(_log(path)),
            remedy="Put the ledger back beside it, or move it away",
        )


def _fill(beside: Path, office: str) -> None:
    with closing(_connect(_address(beside, "rwc"), 0.0, (_ON_CREATE, *_TO_WRITE))) as held:
        engine = create_engine("sqlite://", creator=lambda: held, poolclass=QueuePool)
        event.listen(engine, "begin", lambda connection: _begin(connection, 0.0))
        with engine.connect() as connection, connection.begin():
            tables.metadata.create_all(connection)
            connection.execute(
                tables.meta.insert(),
                [
                    {"name": "schema", "value": str(tables.SCHEMA)},
                    {"name": "office", "value": office},
                    {"name": "written-by", "value": VERSION},
                ],
            )
        engine.dispose()


def _publish(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)  # unlike a rename, it replaces nothing
    except FileExistsError:
        raise _exists(path) from None
    except OSError:
        # A disk without links: a rename is the next best.
        _refuse_existing(path)
        os.rename(beside, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the folder's new entry on the disk, where the system can say so."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exists(path: Path) -> Conflict:
    return Conflict(
        "there is something of that name already",
        source=str(path),
        remedy="Nothing was written. Use it, or choose another place",
    )


def missing(path: Path) -> Unavailable:
    """There is no file to open."""
    return Unavailable(
        "there is no ledger here",
        source=str(path),
        remedy="Make an office with 'pmo init', or say where it is",
    )
