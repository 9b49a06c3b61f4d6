"""Where in its text a value stands."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Place(NamedTuple):
    """A place in a file: line and column from 1, columns in characters."""

    source: str
    line: int
    column: int


class Places(Protocol):
    """What answers for one document where its nodes stand."""

    def at(self, pointer: str) -> Place:
        """The place of the node, or of its nearest ancestor that is there."""

    def key_at(self, pointer: str) -> Place:
        """The place of the key that names the node; as `at` where it has none."""

    def inside(self, pointer: str, text: str, offset: int) -> Place:
        """The place of a character of a node that is a text; as `at` where that is not known."""


class TextPlaces:
    """The places of all nodes of one text.

    Every line is that of the key where a node has one, so that the line shown is the line that
    names the node; the column is the value's if it begins on that line, else the key's.
    """

    __slots__ = ("_aliases", "_keys", "_name", "_nodes")

    def __init__(
        self,
        name: str,
        nodes: dict[str, tuple[int, int]],
        keys: dict[str, tuple[int, int]],
        aliases: dict[str, str],
    ) -> None:
        """Take what a scan found.

        Args:
            name: of the source.
            nodes: pointer -> (line, column) of each node that is written out.
            keys: pointer -> (line, column) of its key.
            aliases: pointer of a YAML alias -> pointer of what it stands for.
        """
        self._name = name
        self._nodes = nodes
        self._keys = keys
        self._aliases = aliases

    def at(self, pointer: str) -> Place:
        """The place of the node, or of its nearest ancestor that is there.

        Below an alias it is the place inside what the alias stands for.
        """
        return Place(self._name, *self._nodes.get(self._written(pointer), (1, 1)))

    def key_at(self, pointer: str) -> Place:
        """The place of the key that names the node; as `at` where it has none."""
        written = self._written(pointer)
        place = self._keys.get(written) or self._nodes.get(written, (1, 1))
        return Place(self._name, *place)

    def inside(self, pointer: str, text: str, offset: int) -> Place:
        """The place of a character of a node that is a text; as `at` where that is not known."""
        return self.at(pointer)

    def _written(self, pointer: str) -> str:
        """The pointer under which the node, or its nearest ancestor, is written."""
        rest = ""
        while pointer not in self._nodes:
            parent, slash, token = pointer.rpartition("/")
            if not slash:
                return ""
            rest = f"/{token}{rest}"
            pointer = parent
            if rest and pointer in self._aliases:
                pointer, rest = self._aliases[pointer] + rest, ""
        return pointer


def value_or_key(value: tuple[int, int], key: tuple[int, int] | None) -> tuple[int, int]:
    """The place to show for a value with a key: see `TextPlaces`."""
    return key if key is not None and key[0] != value[0] else value
