"""A command of an office, over and over, in a process of its own.

    python worker.py append LEDGER NAME
    python worker.py race LEDGER NAME ROUNDS
    python worker.py create FOLDER

`append` never ends: it acknowledges each event with its number, once the commit has returned.
`race` lets each change build on the version it saw, and says which versions it made. `create`
makes one office after another, and acknowledges each.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pmo_core.documents import digest
from pmo_core.errors import Conflict
from pmo_core.ledger import Actor, Draft, Event, Projection
from pmo_core.ledger.store import Store

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PROJECT = "atlas"


def change(store: Store, key: str, expected: int | None) -> Event:
    """One command: an event with a reason, its projection and a blob in one transaction."""
    draft = Draft("noted", {"text": key}, NOW, Actor("ann", "login"), reason="because")
    with store.write() as writing:
        [event] = writing.append(
            PROJECT,
            [draft],
            expected=expected,
            key=key,
            content=digest(key),
            recorded=NOW,
            versions={},
        )
        shown = Projection(PROJECT, event.seq, event.hash, "", "", b"{}", b"x" * 2_000)
        writing.put_projection(PROJECT, shown)
        writing.put_blob(key.encode())
        writing.set_mark("last", key)
    return event


def tell(text: str) -> None:
    print(text, flush=True)


def append(path: Path, name: str) -> None:
    with Store.open(path) as store:
        for number in count():
            key = f"{name}-{number}"
            tell(f"{change(store, key, None).seq} {key}")


def race(path: Path, name: str, rounds: int) -> None:
    with Store.open(path) as store:
        tell("ready")
        sys.stdin.readline()
        for number in range(rounds):
            while True:
                head = store.head(PROJECT)
                try:
                    event = change(store, f"{name}-{number}", head.seq if head else 0)
                except Conflict:
                    continue
                tell(str(event.seq))
                break


def create(folder: Path) -> None:
    for number in count():
        path = folder / f"{number}.db"
        Store.create(path, "brindal").close()
        tell(path.name)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["append", path, name]:
            append(Path(path), name)
        case ["race", path, name, rounds]:
            race(Path(path), name, int(rounds))
        case ["create", folder]:
            create(Path(folder))
        case other:
            sys.exit(f"no such work: {other}")
