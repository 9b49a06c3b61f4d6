"""The events of a YAML text: libyaml's, or PyYAML's own where libyaml is not built in."""

from __future__ import annotations

from typing import Protocol, cast

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class EventSource(Protocol):
    """What hands out the events of a stream one by one."""

    def get_event(self) -> Event:
        """The next event."""


class Mark(Protocol):
    """A place in the text: line, column and index in characters, all from 0."""

    line: int
    column: int
    index: int


def begin(event: Event) -> Mark:
    """Where `event` begins; an event that was read from a text always knows."""
    assert event.start_mark is not None
    return event.start_mark


def end(event: Event) -> Mark:
    """Where `event` ends."""
    assert event.end_mark is not None
    return event.end_mark


class PurePythonEvents(Reader, Scanner, Parser):
    """The events without libyaml: thirty times slower, the same values."""

    def __init__(self, data: bytes) -> None:
        Reader.__init__(self, data)
        Scanner.__init__(self)
        Parser.__init__(self)


def events_of(data: bytes) -> EventSource:
    """The events of `data`.

    Raises:
        yaml.YAMLError: from each call, and from this one, once the text is no YAML.
    """
    if not yaml.__with_libyaml__:
        return PurePythonEvents(data)
    from yaml._yaml import CParser  # absent where libyaml is

    return cast("EventSource", CParser(data))


def first_key(data: bytes, start: int, key: str) -> Event:
    """The first event that is `key` itself in the mapping that begins at character `start`.

    The mapping must have it, and `data` be well-formed up to it.
    """
    source = events_of(data)
    event = source.get_event()
    while not (isinstance(event, MappingStartEvent) and begin(event).index == start):
        event = source.get_event()
    depth, is_key = 0, True
    while True:
        event = source.get_event()
        if depth == 0 and is_key and isinstance(event, ScalarEvent) and event.value == key:
            return event
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth == 0:
            is_key = not is_key
