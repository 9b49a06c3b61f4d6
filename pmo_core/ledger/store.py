"""The ledger of one office in one file of SQLite."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine, select

from pmo_core.errors import Unavailable
from pmo_core.ledger import tables
from pmo_core.ledger.faults import disk_told, told
from pmo_core.ledger.reads import Reads
from pmo_core.ledger.sqlite import WRITE, create_file, missing, open_engine
from pmo_core.ledger.writing import Writing
from pmo_core.version import VERSION

WAIT_SECONDS: Final = 30.0
_META = select(tables.meta.c.name, tables.meta.c.value)


class Store(Reads):
    """An office's ledger: open it, ask it, write to it in transactions.

    Threads may share one; each process opens its own.

    Attributes:
        path: the file.
        office: the office's id.
    """

    def __init__(
        self, engine: Engine, path: Path, office: str, random: Callable[[int], bytes]
    ) -> None:
        self.path = path
        self.office = office
        self._engine = engine
        self._random = random

    @classmethod
    def create(
        cls, path: Path, office: str, *, random: Callable[[int], bytes] = os.urandom
    ) -> Store:
        """Make the ledger of a new office, without events. No crash leaves half of one.

        Args:
            random: gives that many random bytes, for ids and salts.

        Raises:
            Conflict: something of that name is there.
            Unavailable: the folder is not there, or the disk refuses.
        """
        create_file(path, office)
        return cls.open(path, random=random)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        wait_seconds: float = WAIT_SECONDS,
        random: Callable[[int], bytes] = os.urandom,
    ) -> Store:
        """Open the ledger of an office.

        Args:
            read_only: nothing can be written through it.
            wait_seconds: how long to wait for another command that writes.
            random: as for `create`.

        Raises:
            Unavailable: there is none, it is none, or another version of pmo made it; it is locked
                for too long, or the disk refuses.
        """
        with disk_told(path):
            if not path.exists():
                raise missing(path)
        engine = open_engine(path, read_only=read_only, wait_seconds=wait_seconds)
        with ExitStack() as undo:
            undo.callback(engine.dispose)
            with told(path), engine.connect() as connection:
                meta = {row.name: row.value for row in connection.execute(_META)}
            office = _office_of(meta, path)
            undo.pop_all()
        return cls(engine, path, office, random)

    def close(self) -> None:
        """Let go of the file."""
        with told(self.path):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """One transaction that writes: all that happens within, or, after any exception, nothing.

        The transaction begins with the lock: who waits for another sees what that one wrote.

        Raises:
            Unavailable: the lock is not to be had in time, the ledger is read-only, or the disk
                refuses; nothing was written.
            ValueError: events were appended to a project whose projection was not renewed.
        """
        with told(self.path), self._engine.connect() as connection:
            connection.execution_options(**{WRITE: True})
            with connection.begin():
                writing = Writing(connection, self.path, self.office, self._random)
                yield writing
                writing.check_projections()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with told(self.path), self._engine.connect() as connection, connection.begin():
            yield connection


def _office_of(meta: dict[str, str], path: Path) -> str:
    """The office's id, if its ledger has the tables that this core reads."""
    office, schema = meta.get("office"), meta.get("schema", "")
    if office is None or not schema.isdecimal():
        raise Unavailable(
            "this is no ledger of an office",
            source=str(path),
            remedy="Name the file that 'pmo init' made",
        )
    if int(schema) == tables.SCHEMA:
        return office
    writer = f"pmo {meta.get('written-by', 'of another version')}"
    newer = int(schema) > tables.SCHEMA
    raise Unavailable(
        f"this ledger was written by {writer}, in form {schema}; this is pmo {VERSION}, which "
        f"reads form {tables.SCHEMA}",
        source=str(path),
        remedy=f"Upgrade pmo to {meta.get('written-by', 'that version')} or later"
        if newer
        else f"Open it with {writer}",
    )
