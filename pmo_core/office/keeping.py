"""Between the ledger's rows and governance's values: states, events, projections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import orjson

from pmo_core.documents import resolve
from pmo_core.errors import Unavailable
from pmo_core.governance.events import Happening, Recorded
from pmo_core.governance.fold import fold
from pmo_core.governance.state_json import FORM, state_as_json, state_from_json
from pmo_core.ledger.event import Actor, Draft
from pmo_core.ledger.stored import Projection
from pmo_core.standards.record import written_text

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.governance.state import State
    from pmo_core.ledger.event import Event
    from pmo_core.ledger.reads import Reads
    from pmo_core.standards.model import Standard


def state_in(projection: Projection, reads: Reads) -> State:
    """The state that a projection holds.

    One in a form of another version of pmo is not read: the state is folded from the events.

    Raises:
        Unavailable: it was altered.
    """
    try:
        # The bytes were written by `projected`, so the fast reader is safe: no key comes twice.
        written = cast("JsonObject", orjson.loads(projection.state))
        if written.get("form") == FORM:
            return state_from_json(written, cast("JsonObject", orjson.loads(projection.record)))
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Unavailable(
            f"what the ledger keeps of {projection.project} was altered: it is no state of one",
            source=str(reads.path),
            remedy="Put back the last good copy of the ledger",
        ) from None
    state = fold(recorded(event) for event in reads.events(projection.project))
    assert state is not None
    return state


def projected(state: State, head: str, standard: Standard) -> Projection:
    """The projection that holds a state."""
    title = written_text(resolve(state.record, standard.binding.title, None))
    return Projection(
        project=state.project,
        version=state.version,
        head=head,
        title=title or state.project,
        standard=f"{state.standard}#{state.package}",
        state=_bytes(state_as_json(state)),
        record=_bytes(state.record),
    )


def recorded(event: Event) -> Recorded:
    """An event of the ledger as governance folds it."""
    return Recorded(
        event.project, event.seq, event.name, event.payload, event.effective, event.actor.id
    )


def draft(happened: Happening, actor: Actor, reason: str | None) -> Draft:
    """What happened as the ledger takes it in."""
    why = happened.reason if happened.reason is not None else reason
    return Draft(happened.name, happened.payload, happened.effective, actor, why)


def _bytes(value: JsonObject) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
