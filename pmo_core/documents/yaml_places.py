"""Where the nodes of a YAML text are written."""

from __future__ import annotations

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from pmo_core.documents.faults import line_and_column
from pmo_core.documents.places import Place, Places, TextPlaces, value_or_key
from pmo_core.documents.values import escape_token
from pmo_core.documents.yaml_events import begin, end, events_of
from pmo_core.documents.yaml_inside import index_inside


class StreamPlaces:
    """The places of all documents of a YAML stream, found in one scan when first asked for."""

    __slots__ = ("_data", "_documents", "_name")

    def __init__(self, data: bytes, name: str) -> None:
        """Keep the text, of which a reader has accepted a beginning, and the name of its source."""
        self._data = data
        self._name = name
        self._documents: list[Places] | None = None

    def document(self, index: int) -> Places:
        """The places of one document, counted from 0."""
        if self._documents is None:
            self._documents = _scan(self._data, self._name)
        if index < len(self._documents):
            return self._documents[index]
        return TextPlaces(self._name, {}, {}, {})


def _scan(data: bytes, name: str) -> list[Places]:
    """The places of each document in turn, up to what cannot be read."""
    documents: list[Places] = []
    scan = _Scan()
    try:
        source = events_of(data)
        while not isinstance(event := source.get_event(), StreamEndEvent):
            if isinstance(event, NodeEvent):
                scan.node(event)
            elif isinstance(event, CollectionEndEvent):
                scan.open.pop()
            elif isinstance(event, DocumentEndEvent):
                documents.append(_YamlPlaces(name, scan, data))
                scan = _Scan()
    except YAMLError:
        # A document may have been read whole though its end is only seen in what follows it.
        documents.append(_YamlPlaces(name, scan, data))
    return documents


class _YamlPlaces(TextPlaces):
    """The places of one document, and those inside its texts."""

    __slots__ = ("_data", "_scalars")

    def __init__(self, name: str, scan: _Scan, data: bytes) -> None:
        super().__init__(name, scan.nodes, scan.keys, scan.aliases)
        self._scalars = scan.scalars
        self._data = data

    def inside(self, pointer: str, text: str, offset: int) -> Place:
        """The place of a character of a node that is a text; as `at` where that is not known."""
        found = self._scalars.get(self._aliases.get(pointer, pointer))
        if found is None:
            return self.at(pointer)
        start, stop = found
        whole = self._data.decode("utf-8-sig", "replace").removeprefix("\ufeff")
        index = start + index_inside(whole[start:stop], text, offset)
        return Place(self._name, *line_and_column(whole[:index]))


class _Open:
    """An object or array whose end has not been met."""

    __slots__ = ("index", "key", "key_place", "pointer")

    def __init__(self, pointer: str, is_object: bool) -> None:
        self.pointer = pointer
        self.index = None if is_object else 0
        self.key: str | None = None
        self.key_place = (1, 1)


class _Scan:
    """The places of one document so far."""

    __slots__ = ("aliases", "anchors", "keys", "nodes", "open", "scalars")

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.nodes: dict[str, tuple[int, int]] = {}
        self.keys: dict[str, tuple[int, int]] = {}
        self.aliases: dict[str, str] = {}
        self.anchors: dict[str, tuple[str, str]] = {}
        self.scalars: dict[str, tuple[int, int]] = {}

    def node(self, event: NodeEvent) -> None:
        """Take a key, or a value."""
        inside = self.open[-1] if self.open else None
        if inside is not None and inside.index is None and inside.key is None:
            inside.key = self.key_of(event)
            inside.key_place = _place(event)
        else:
            self.value(event, inside)

    def value(self, event: NodeEvent, inside: _Open | None) -> None:
        """Take a value: the root, a member or an item."""
        place, pointer = _place(event), ""
        if inside is not None and inside.index is not None:
            pointer = f"{inside.pointer}/{inside.index}"
            inside.index += 1
        elif inside is not None and inside.key is not None:
            pointer = f"{inside.pointer}/{escape_token(inside.key)}"
            inside.key = None
            self.keys[pointer] = inside.key_place
            is_empty = begin(event).index == end(event).index
            place = inside.key_place if is_empty else value_or_key(place, inside.key_place)
        self.nodes[pointer] = place
        if isinstance(event, ScalarEvent):
            self.scalars[pointer] = (begin(event).index, end(event).index)
        if isinstance(event, AliasEvent):
            # A later document, which no reader has accepted, may repeat what it never marked.
            self.aliases[pointer] = self.anchors.get(event.anchor or "", ("", ""))[0]
        elif event.anchor is not None:
            self.anchors[event.anchor] = (pointer, getattr(event, "value", ""))
        if isinstance(event, CollectionStartEvent):
            self.open.append(_Open(pointer, isinstance(event, MappingStartEvent)))

    def key_of(self, event: NodeEvent) -> str:
        """The text of a key, which may be an alias of a text."""
        if isinstance(event, AliasEvent):
            return self.anchors.get(event.anchor or "", ("", ""))[1]
        text: str = event.value if isinstance(event, ScalarEvent) else ""
        if event.anchor is not None:
            self.anchors[event.anchor] = ("", text)
        return text


def _place(event: Event) -> tuple[int, int]:
    """Line and column from 1 at which a node begins."""
    return begin(event).line + 1, begin(event).column + 1
