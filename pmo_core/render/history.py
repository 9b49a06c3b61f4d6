"""A project's history in words: each event of its ledger, who made it, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from pmo_core.documents.shapes import as_object, texts_in
from pmo_core.governance import events
from pmo_core.governance.fold import evolve
from pmo_core.office.keeping import recorded
from pmo_core.render.changes import changed_places
from pmo_core.render.escape import json_lines
from pmo_core.render.layout import lines_of
from pmo_core.render.table import table
from pmo_core.render.values import counted, listed, one_line, plain, short

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pmo_core.documents import Json, JsonObject
    from pmo_core.governance.state import State
    from pmo_core.ledger.chain import Broken
    from pmo_core.ledger.stored import Revealed
    from pmo_core.render.style import Style

HEAD: Final = ("#", "WHEN", "WHO", "WHAT")
MOST_PLACES: Final = 3
"""Places of a record that are named of one amendment; the others are counted."""

_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "altered": "was altered",
        "gap": "is missing",
        "stranger": "is another project's",
        "clock": "hides that the clock was set back",
        "head": "is not the last one that the ledger knows",
    }
)


class History(NamedTuple):
    """A project's events, of which some are shown.

    Attributes:
        events: all of them, in order.
        since: the number of the first to be shown.
        until: no later ones are shown; None: all are.
    """

    events: Sequence[Revealed]
    since: int = 0
    until: datetime | None = None

    def shown(self) -> list[Revealed]:
        """The events that are asked for."""
        return [
            one
            for one in self.events
            if one.event.seq >= self.since
            and (self.until is None or one.event.effective <= self.until)
        ]


def history_lines(
    history: History,
    broken: Broken | None,
    head: str,
    zone: ZoneInfo,
    style: Style,
) -> Iterator[str]:
    """A table of events, then whether the whole chain is what it was.

    Args:
        broken: where its chain is broken; None where it is whole.
        head: the hash of its last event.
        zone: in which times are shown.
    """
    shown, number = history.shown(), len(history.events)
    names = _amended_names(history.events) if broken is None else {}
    rows = [
        (
            str(one.event.seq),
            f"{one.event.effective.astimezone(zone):%Y-%m-%d %H:%M}",
            one_line(one.event.actor.id),
            event_words(one, names.get(one.event.seq, ())),
        )
        for one in shown
    ]
    if rows:
        yield from table(HEAD, rows, style, {0})
    counted_of = (
        counted(number, "event") if len(shown) == number else f"{len(shown)} of {number} events"
    )
    yield from lines_of(f"{counted_of}; {chain_words(broken, head)}", style)


def chain_words(broken: Broken | None, head: str) -> str:
    """`chain whole, head 3d58c21f`, or where it is broken."""
    if broken is None:
        return f"chain whole, head {short(head)}"
    return (
        f"chain broken: event {broken.seq} {_FAULTS[broken.fault]} "
        f"(expected {short(broken.expected)}, found {short(broken.found)})"
    )


def history_json(shown: Sequence[Revealed]) -> str:
    """The events as they are stored, each with its hash, and with the texts in their places."""
    return json_lines([event_json(one) for one in shown])


def event_json(one: Revealed) -> JsonObject:
    """One event as JSON: the stored members, reasons revealed, and its hash."""
    written: JsonObject = {**one.event.as_json(), "payload": one.payload, "hash": one.event.hash}
    if one.event.reason is not None:
        written["reason"] = one.reason
    return written


def _amended_names(happened: Sequence[Revealed]) -> dict[int, tuple[str, ...]]:
    """The places that each amendment changed, with items by their ids, by its number."""
    names: dict[int, tuple[str, ...]] = {}
    state: State | None = None
    for one in happened:
        before, event = state, recorded(one.event)
        state = evolve(state, event)
        patch = event.payload.get("patch")
        if event.name == events.AMENDED and before is not None and isinstance(patch, list):
            operations = cast("list[JsonObject]", patch)
            names[event.seq] = tuple(changed_places(before.record, operations))
    return names


def event_words(one: Revealed, places: Sequence[str] = ()) -> str:
    """What happened, in a few words: `opened review ready-for-planning/1, READY`.

    Args:
        places: the names of those that an amendment changed; empty: its pointers.
    """
    event, told = one.event, one.payload
    words = _WORDS.get(event.name)
    if event.name == events.AMENDED:
        said = _amended(told, places)
    else:
        said = words(told) if words is not None else event.name
    more = []
    if event.reason is not None:
        more.append(f'"{one.reason}"' if one.reason else "reason erased")
    clock = told.get("clock")
    if isinstance(clock, dict):
        more.append(f"clock {_span(clock.get('behind'))} behind")
    late = event.recorded - event.effective
    if late.total_seconds() >= 86_400 and not isinstance(clock, dict):
        more.append(f"recorded {event.recorded:%Y-%m-%d %H:%M} UTC")
    return one_line("; ".join([said, *more]))


def _span(seconds: Json) -> str:
    if not isinstance(seconds, int):
        return "some time"
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return counted(seconds // length, name)
    return counted(seconds, "second")


def _registered(told: JsonObject) -> str:
    return f"registered under {told.get('standard')}, in {_position(told)}"


def _entered(told: JsonObject) -> str:
    gates = texts_in(told.get("attested"))
    attested = f"; attested: {listed(gates)}" if gates else ""
    return f"entered at {_position(told)}{_evidence(told.get('evidence'))}{attested}"


def _position(told: JsonObject) -> str:
    phases = told.get("position")
    if not isinstance(phases, dict):
        return "no phase"
    if len(phases) == 1:
        return f"phase {plain(next(iter(phases.values())))}"
    return ", ".join(f"{plain(track)} {plain(phase)}" for track, phase in phases.items())


def _amended(told: JsonObject, places: Sequence[str] = ()) -> str:
    patch = told.get("patch")
    operations = cast("list[JsonObject]", patch) if isinstance(patch, list) else []
    pointers = [".".join(str(one.get("path", "")).split("/")[1:]) for one in operations]
    names = dict.fromkeys(map(plain, places or map(_unescaped, pointers)))
    shown = list(names)[:MOST_PLACES]
    rest = len(names) - len(shown)
    where = f"{', '.join(shown)} and {rest} more" if rest else ", ".join(shown)
    adopted = ", as another system has it" if told.get("adopting") else ""
    restarts = texts_in(told.get("restarts"))
    again = f"; {listed(restarts)} begins anew" if restarts else ""
    return f"amended {where}{adopted}{again}"


def _unescaped(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")


def _answered(told: JsonObject) -> str:
    entry = as_object(told.get("entry"))
    item = told.get("item")
    name = f"{told.get('criterion')}@{item}" if item else str(told.get("criterion"))
    value = entry.get("value")
    said = (
        ", ".join(f"{plain(one)}={plain(score)}" for one, score in value.items())
        if isinstance(value, dict)
        else plain(value)
    )
    why = entry.get("justification")
    because = f", since {plain(why)}" if why else ""
    return f"answered {name}: {said}{because}{_evidence(entry.get('evidence'))}"


def _artefact_moved(told: JsonObject) -> str:
    name, before, after = told.get("artefact"), told.get("from"), plain(told.get("to"))
    evidence = _evidence(as_object(told.get("entry")).get("evidence"))
    if before == told.get("to"):
        return f"confirmed artefact {name}: {after}{evidence}"
    way = f"{plain(before)} -> {after}" if before else after
    return f"moved artefact {name}: {way}{evidence}"


def _evidence(written: Json) -> str:
    """`, evidence consultation.pdf 9c41e07d`."""
    told = []
    for one in written if isinstance(written, list) else ():
        if isinstance(one, dict):
            digest = one.get("digest")
            mark = f" {short(digest)}" if isinstance(digest, str) else ""
            told.append(f"{plain(one.get('link'))}{mark}")
        else:
            told.append(plain(one))
    return f", evidence {listed(told)}" if told else ""


def _appointed(told: JsonObject) -> str:
    until = told.get("to")
    return f"appointed {plain(told.get('person'))} as {told.get('role')}" + (
        f" until {until}" if until else ""
    )


def _review_opened(told: JsonObject) -> str:
    return f"opened review {told.get('key')}, {str(told.get('verdict')).upper()}"


def _review_closed(told: JsonObject) -> str:
    cause = told.get("cause")
    return f"closed review {told.get('key')} without a decision" + (
        f": its gate was {cause}" if cause else ""
    )


def _decided(told: JsonObject) -> str:
    override = ", against the verdict" if told.get("override") else ""
    resume = told.get("resume-by")
    until = f", until {resume}" if resume else ""
    return f"decided {told.get('outcome')} at {told.get('key')}{override}{until}"


def _phase_entered(told: JsonObject) -> str:
    visit = told.get("visit")
    again = f", visit {visit}" if isinstance(visit, int) and visit > 1 else ""
    track = told.get("track")
    within = "" if track == "main" else f"{plain(track)} "
    return f"entered {within}phase {plain(told.get('to'))}{again}"


def _baseline_taken(told: JsonObject) -> str:
    return f"took baseline {plain(told.get('name'))}"


def _released_funds(told: JsonObject) -> str:
    return f"released {plain(told.get('value'))} ({plain(told.get('name'))})"


def _occurrence_due(told: JsonObject) -> str:
    return f"{told.get('gate')}@{told.get('occurrence')} fell due"


def _occurrence_missed(told: JsonObject) -> str:
    return f"{told.get('gate')}@{told.get('occurrence')} was missed"


_WORDS: Mapping[str, Callable[[JsonObject], str]] = MappingProxyType(
    {
        events.REGISTERED: _registered,
        events.ENTERED: _entered,
        events.AMENDED: _amended,
        events.ANSWERED: _answered,
        events.ARTEFACT_MOVED: _artefact_moved,
        events.APPOINTED: _appointed,
        events.REVIEW_OPENED: _review_opened,
        events.REVIEW_CLOSED: _review_closed,
        events.DECIDED: _decided,
        events.PHASE_ENTERED: _phase_entered,
        events.BASELINE_TAKEN: _baseline_taken,
        events.RELEASED_FUNDS: _released_funds,
        events.OCCURRENCE_DUE: _occurrence_due,
        events.OCCURRENCE_MISSED: _occurrence_missed,
    }
)
