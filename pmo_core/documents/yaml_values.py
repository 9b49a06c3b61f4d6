"""YAML events to values: the 1.2 core schema (S2.1), within the limits of S1.5.

Values are built here and not by PyYAML's loaders, which read YAML 1.1: they take `no` for false
and `2026-03-01` for a date, let duplicate keys pass, and expand aliases without end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, cast

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from pmo_core.documents import faults
from pmo_core.documents.scalars import is_null, plain_value
from pmo_core.documents.values import (
    Json,
    JsonObject,
    Limits,
    Scalars,
    has_half_character,
    is_over_long,
    shown,
)
from pmo_core.documents.yaml_events import begin, end, events_of, first_key
from pmo_core.errors import InvalidDocument

_CORE = "tag:yaml.org,2002:"
_COLLECTION_TAGS = ("!", _CORE + "map", _CORE + "seq")
_TEXT_TAGS = ("!", _CORE + "str")
_CORE_TAGS = {
    _CORE + "null": (type(None),),
    _CORE + "bool": (bool,),
    _CORE + "int": (int,),
    _CORE + "float": (int, float),
}

_EXPANDED = ", once its aliases are expanded"


class _Anchor(NamedTuple):
    """What `&name` stands for, and what one more `*name` costs."""

    value: Json
    nodes: int
    height: int
    size: int


class ValueStream:
    """The state of reading one stream of events."""

    __slots__ = (
        "anchors",
        "characters",
        "data",
        "deepest",
        "end",
        "limits",
        "name",
        "next",
        "next_item",
        "next_member",
        "next_node",
        "nodes",
        "strings",
    )

    def __init__(self, data: bytes, name: str, scalars: Scalars, limits: Limits) -> None:
        self.data = data
        self.name = name
        self.limits = limits
        self.strings = scalars is Scalars.STRINGS
        try:
            source = events_of(data)
        except YAMLError as error:
            raise _in_words(error, data, name) from None
        # One function, typed by what the grammar lets come at a place.
        self.next: Callable[[], Event] = source.get_event
        self.next_node = cast("Callable[[], NodeEvent]", source.get_event)
        self.next_member = cast("Callable[[], NodeEvent | MappingEndEvent]", source.get_event)
        self.next_item = cast("Callable[[], NodeEvent | SequenceEndEvent]", source.get_event)
        self.reset()

    def reset(self) -> None:
        """Forget what belongs to one document."""
        self.anchors: dict[str, _Anchor | Literal["open"]] = {}
        self.nodes = 0
        self.deepest = 0
        self.characters = 0
        self.end = 0

    def document(self) -> tuple[Json, int] | None:
        """The next document and its first line, or None at the end of the stream."""
        try:
            event = self.next()
            while not isinstance(event, (DocumentStartEvent, StreamEndEvent)):
                event = self.next()
            if isinstance(event, StreamEndEvent):
                return None
            self.reset()
            return self.node(self.next_node(), 0), begin(event).line + 1
        except YAMLError as error:
            raise _in_words(error, self.data, self.name) from None

    def expect_end(self) -> None:
        """Refuse a second document."""
        try:
            event = self.next()
            while not isinstance(event, (DocumentStartEvent, StreamEndEvent)):
                event = self.next()
        except YAMLError as error:
            raise _in_words(error, self.data, self.name) from None
        if isinstance(event, DocumentStartEvent):
            raise self.fault(
                event,
                InvalidDocument(
                    "a second document begins here, where one is expected",
                    remedy="Remove the '---', or put it into a file of its own",
                ),
            )

    def node(self, event: NodeEvent, depth: int) -> Json:
        """The value that begins with `event`, inside `depth` objects and arrays."""
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise self.fault(event, faults.too_many(self.limits))
        if isinstance(event, AliasEvent):
            return self.alias(event, depth)
        if event.anchor is not None:
            return self.anchored(event, depth)
        return self.written(event, depth)

    def written(self, event: NodeEvent, depth: int) -> Json:
        """The value that is written out from `event` on."""
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, depth)
        assert isinstance(event, SequenceStartEvent)
        return self.sequence(event, depth)

    def mapping(self, start: MappingStartEvent, depth: int) -> JsonObject:
        """An object; its keys are texts, and each is there once."""
        depth = self.deeper(start, depth)
        if start.tag is not None and start.tag not in ("!", _CORE + "map"):
            raise self.fault(start, _refused_tag(start.tag))
        members: JsonObject = {}
        event = self.next_member()
        while not isinstance(event, MappingEndEvent):
            key = self.key(event)
            if key in members:
                raise self.duplicate(start, event, key)
            members[key] = self.node(self.next_node(), depth)
            event = self.next_member()
        self.end = end(event).index
        return members

    def sequence(self, start: SequenceStartEvent, depth: int) -> list[Json]:
        """An array."""
        depth = self.deeper(start, depth)
        if start.tag is not None and start.tag not in ("!", _CORE + "seq"):
            raise self.fault(start, _refused_tag(start.tag))
        items: list[Json] = []
        event = self.next_item()
        while not isinstance(event, SequenceEndEvent):
            items.append(self.node(event, depth))
            event = self.next_item()
        self.end = end(event).index
        return items

    def deeper(self, start: Event, depth: int) -> int:
        """The depth inside the object or array that begins."""
        depth += 1
        if depth > self.deepest:
            if depth > self.limits.depth:
                raise self.fault(start, faults.too_deep(self.limits))
            self.deepest = depth
        return depth

    def key(self, event: NodeEvent) -> str:
        """The key that `event` is."""
        if isinstance(event, ScalarEvent) and self.strings:
            self.check_text(event)
            if event.anchor is not None:
                self.anchored(event, 0)
            return event.value
        if isinstance(event, (ScalarEvent, AliasEvent)):
            key = self.node(event, 0)
            if isinstance(key, str):
                return key
            raise self.fault(event, _key_is_no_text(event, key))
        raise self.fault(event, _key_is_no_text(event, {}))

    def scalar(self, event: ScalarEvent) -> Json:
        """A text, number, boolean or null."""
        text = event.value
        if len(text) * 4 > self.limits.scalar_bytes or not text.isascii():
            self.check_text(event)
        if event.tag is not None:
            return self.tagged(event, event.tag)
        if event.style:
            return text
        if self.strings:
            return "" if is_null(text) else text
        try:
            return plain_value(text)
        except InvalidDocument as fault:
            raise self.fault(event, fault) from None

    def tagged(self, event: ScalarEvent, tag: str) -> Json:
        """A scalar with a tag, which must be of the core schema and fit what is written."""
        if tag in _TEXT_TAGS:
            return event.value
        types = _CORE_TAGS.get(tag)
        if types is None:
            raise self.fault(event, _refused_tag(tag))
        try:
            value = plain_value(event.value)
        except InvalidDocument as fault:
            raise self.fault(event, fault) from None
        if type(value) not in types:
            raise self.fault(
                event,
                InvalidDocument(
                    f"{shown(event.value)} does not fit its tag !!{tag.removeprefix(_CORE)}",
                    remedy="Remove the tag, or correct the value",
                ),
            )
        if self.strings:
            return "" if value is None else event.value
        return value

    def check_text(self, event: ScalarEvent) -> None:
        """Refuse what no text may be."""
        if is_over_long(event.value, self.limits):
            raise self.fault(event, faults.too_long(self.limits))
        if has_half_character(event.value):
            raise self.fault(event, faults.half_character())

    def anchored(self, event: NodeEvent, depth: int) -> Json:
        """A value with an anchor: built once, and measured for the aliases to come."""
        name = event.anchor or ""
        self.anchors[name] = "open"
        nodes, characters, deepest = self.nodes, self.characters, self.deepest
        self.deepest = depth
        self.end = end(event).index
        value = self.written(event, depth)
        self.anchors[name] = _Anchor(
            value,
            nodes=self.nodes - nodes + 1,
            height=self.deepest - depth,
            size=self.end - begin(event).index + self.characters - characters,
        )
        self.deepest = max(self.deepest, deepest)
        return value

    def alias(self, event: AliasEvent, depth: int) -> Json:
        """The value of an anchor once more: shared, but counted as if written again."""
        name = event.anchor or ""
        anchor = self.anchors.get(name)
        if anchor is None:
            raise self.fault(event, _no_anchor(name))
        if anchor == "open":
            raise self.fault(event, _contains_itself(name))
        self.nodes += anchor.nodes - 1
        self.characters += anchor.size
        self.deepest = max(self.deepest, depth + anchor.height)
        if self.nodes > self.limits.nodes:
            raise self.fault(event, faults.too_many(self.limits, _EXPANDED))
        if self.characters > self.limits.document_bytes:
            raise self.fault(event, faults.too_large(self.limits, f"the document{_EXPANDED}"))
        if self.deepest > self.limits.depth:
            raise self.fault(event, faults.too_deep(self.limits))
        return anchor.value

    def duplicate(self, start: MappingStartEvent, event: Event, key: str) -> InvalidDocument:
        """The fault of a key that the object which began with `start` already has."""
        first = first_key(self.data, begin(start).index, key)
        mark = begin(first)
        fault = faults.duplicate_key(key, mark.line + 1, mark.column + 1)
        if start.flow_style:
            fault.remedy = f"{fault.remedy}; {faults.QUOTE_PROSE}"
        return self.fault(event, fault)

    def fault(self, event: Event, fault: InvalidDocument) -> InvalidDocument:
        """`fault` at the place of `event`."""
        mark = begin(event)
        return faults.placed(fault, self.name, mark.line + 1, mark.column + 1)


def _in_words(error: YAMLError, data: bytes, name: str) -> InvalidDocument:
    from pmo_core.documents.yaml_faults import from_yaml  # start-up: only a bad text needs it

    return from_yaml(error, data, name)


def _refused_tag(tag: str) -> InvalidDocument:
    short = tag.replace(_CORE, "!!", 1)
    if tag in _TEXT_TAGS or tag in _CORE_TAGS or tag in _COLLECTION_TAGS:
        return InvalidDocument(
            f"the tag {shown(short)} does not fit what follows", remedy="Remove the tag"
        )
    return InvalidDocument(
        f"the tag {shown(short)} is not read: a document is plain data",
        remedy="Remove the tag, or quote the text if it begins with '!'",
    )


def _key_is_no_text(event: NodeEvent, key: Json) -> InvalidDocument:
    if not isinstance(event, ScalarEvent):
        return InvalidDocument(
            "a key must be text", remedy="Quote it if it begins with one of { [ * ?"
        )
    kind = {bool: "a boolean", type(None): "null"}.get(type(key), "a number")
    return InvalidDocument(
        f"the key {shown(event.value)} is {kind}, and a key must be text",
        remedy=f'Quote it: "{event.value}"' if len(event.value) <= 40 else "Quote it",
    )


def _no_anchor(name: str) -> InvalidDocument:
    return InvalidDocument(
        f"nothing before it is marked {shown('&' + name)}, which {shown('*' + name)} repeats",
        remedy="Quote the text if it only begins with '*'",
    )


def _contains_itself(name: str) -> InvalidDocument:
    return InvalidDocument(
        f"what is marked {shown('&' + name)} contains itself",
        remedy=f"Remove {shown('*' + name)} from it",
    )
