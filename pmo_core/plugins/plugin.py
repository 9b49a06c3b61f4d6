"""A loaded plugin: what it is, and what it brings, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.plugins.calls import Check, FactSupplier, Source
    from pmo_core.plugins.deadlines import Deadline
    from pmo_core.plugins.settings import SettingsSchema

T = TypeVar("T")


class Contribution(NamedTuple, Generic[T]):
    """A source, check or supplier, and the compiled schema of its settings."""

    item: T
    schema: SettingsSchema


@dataclass(frozen=True, slots=True, eq=False)
class Plugin:
    """A plugin as one office, or one command, has loaded it. Two of them share nothing.

    Attributes:
        name: of its entry point; also its namespace (S8.1).
        version: of the distribution that brings it; empty where it is unknown.
        distribution: its name; empty for a module handed over in Python.
        settings: of the office for this plugin; each contribution checks them when it is used.
        sources: by scheme.
        checks: by their own name, without the plugin's.
        suppliers: of facts, in the order in which the plugin lists them.
        deadline: for each of its answers; None: it may take as long as it likes.
    """

    name: str
    version: str
    distribution: str
    settings: JsonObject
    sources: Mapping[str, Contribution[Source]]
    checks: Mapping[str, Contribution[Check]]
    suppliers: tuple[Contribution[FactSupplier], ...]
    deadline: Deadline | None = None

    @property
    def label(self) -> str:
        """Name and version, as reasons and messages write it."""
        return f"{self.name} {self.version}".rstrip()

    @property
    def words(self) -> Mapping[tuple[str, str], str]:
        """(check id, reason code) -> the sentence with `{param}` fields that says it."""
        return {
            (f"{self.name}.{name}", code): sentence
            for name, check in self.checks.items()
            for code, sentence in check.item.words.items()
        }
