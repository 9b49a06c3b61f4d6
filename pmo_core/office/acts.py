"""What every command that writes is told besides its own: who, why, upon what, when (S15.1)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Required, TypedDict

if TYPE_CHECKING:
    from pmo_core.governance.events import Recorded
    from pmo_core.governance.state import State
    from pmo_core.office.standings import Standing


class Acting(TypedDict, total=False):
    """The keywords that each command of an `Office` takes.

    actor: id of the person who acts.
    how: how it is known that it is that person, for the ledger: `--as by a local user`.
    reason: why, in that person's words.
    version: the version of the project that the person saw; another one now is a `Conflict`.
    key: idempotency key: the same command under the same key is done once.
    at: when it takes effect; by default now. Beside it the ledger keeps when it was recorded.
    dry_run: tell what would happen, and write nothing.
    """

    actor: Required[str]
    how: str
    reason: str | None
    version: int | None
    key: str | None
    at: datetime | None
    dry_run: bool


class Done(NamedTuple):
    """What a command came to.

    Attributes:
        project: its id.
        before: its state before; None where it was registered just now.
        after: its state after; of a dry run, as it would be.
        events: what happened, in order; empty where nothing was to be done.
        was: how it stood at its gates before, and `now` after; empty where nobody asked.
        written: False for a dry run, and where nothing was to be done.
        repeated: the key had been used for the same command: this is its first result.
    """

    project: str
    before: State | None
    after: State
    events: tuple[Recorded, ...]
    was: tuple[Standing, ...] = ()
    now: tuple[Standing, ...] = ()
    written: bool = True
    repeated: bool = False
