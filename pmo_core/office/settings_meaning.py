"""What an office's settings mean, beyond their form: zones and people exist, dates are in order.

It takes any value, also one whose form is wrong, and passes over what it cannot understand, so that
a person sees the faults of both kinds at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pkgutil import get_data
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.documents.shapes import as_object
from pmo_core.standards.faults import Fault, did_you_mean
from pmo_core.standards.instants import InvalidTime, find_zone, parse_date

if TYPE_CHECKING:
    from datetime import date

    from pmo_core.documents import Json, JsonObject


def faults_of_meaning(value: Json) -> Iterator[Fault]:
    """What is wrong in what the settings say; nothing where all of it can be."""
    if not isinstance(value, dict):
        return
    zone = value.get("zone")
    wrong = zone_fault(zone) if isinstance(zone, str) else None
    if wrong is not None:
        yield wrong
    yield from _pins(value.get("standards"))
    yield from _sources(value.get("sources"), as_object(value.get("plugins")))
    people = as_object(value.get("people"))
    for role, holders in as_object(value.get("roles")).items():
        here = join_pointer(("roles", role))
        if not isinstance(holders, list):
            yield from _person(holders, people, here)
            continue
        for index, holder in enumerate(holders):
            yield from _holder(holder, people, f"{here}/{index}")


def zone_fault(zone: str) -> Fault | None:
    """What is wrong with the name of a time zone; None where there is such a zone."""
    try:
        find_zone(zone)
    except InvalidTime as error:
        zones = (get_data("tzdata", "zones") or b"").decode().split()
        hint = did_you_mean(zone, zones) or "Write an IANA time zone, such as Europe/Oslo"
        return Fault("/zone", str(error), hint)
    return None


def _pins(pins: Json) -> Iterator[Fault]:
    known: dict[str, str] = {}
    for index, pin in enumerate(pins if isinstance(pins, list) else []):
        if not isinstance(pin, str):
            continue
        name, _, digest = pin.partition("#")
        if known.setdefault(name, digest) != digest:
            yield Fault(
                f"/standards/{index}",
                f"{name} is pinned a second time, with another digest",
                "A version has one content: keep the pin that the office's projects follow",
            )


def _sources(sources: Json, plugins: JsonObject) -> Iterator[Fault]:
    """A source of a plugin that the office does not load would give nothing, without a word."""
    for index, source in enumerate(sources if isinstance(sources, list) else []):
        scheme = source.partition(":")[0] if isinstance(source, str) else ""
        plugin = scheme.partition(".")[0]
        if plugin and plugin not in plugins:
            yield Fault(
                f"/sources/{index}",
                f"no plugin {plugin!r} in 'plugins' to read {source!r}",
                f"Add '{plugin}: {{}}' to 'plugins', or correct the source",
            )


def _holder(holder: Json, people: JsonObject, here: str) -> Iterator[Fault]:
    if not isinstance(holder, dict):
        yield from _person(holder, people, here)
        return
    yield from _person(holder.get("person"), people, f"{here}/person")
    start, end = _date(holder.get("from")), _date(holder.get("to"))
    if start is not None and end is not None and end < start:
        yield Fault(
            f"{here}/to",
            f"the role ends on {end}, before it begins on {start}",
            "Correct 'from' or 'to'",
        )


def _person(person: Json, people: JsonObject, here: str) -> Iterator[Fault]:
    if isinstance(person, str) and people and person not in people:
        hint = did_you_mean(person, people) or "Add the person to 'people'"
        yield Fault(here, f"no person {person!r} in 'people'", hint)


def _date(value: Json) -> date | None:
    try:
        return parse_date(value) if isinstance(value, str) else None
    except InvalidTime:
        return None
