"""Lint of a package's files: what is referred to and absent, what loading loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from pmo_core.documents import join_pointer
from pmo_core.documents.yaml_events import events_of
from pmo_core.standards.guidance import is_path
from pmo_core.standards.load import FILE
from pmo_core.trial.lint.rule import Rule, Severity, Spot
from pmo_core.trial.lint.walk import as_map, criteria_of

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard


def missing_files(standard: Standard) -> Iterator[Spot]:
    """Guidance and templates that the standard refers to and its package does not hold."""
    for pointer, path in _paths(standard):
        if path not in standard.files:
            yield Spot(
                pointer,
                f"the package has no file {path!r}",
                "Write the file, or correct the path: it is seen from the package's folder",
            )


def lost_anchors(standard: Standard) -> Iterator[Spot]:
    """YAML anchors, which are gone once the file is read: no output can show what is shared."""
    data = standard.files.get(FILE)
    if data is None:
        return
    anchors, aliases = _anchors(data)
    for name, pointer in anchors.items():
        uses = aliases.count(name)
        if uses:
            places = "one more place" if uses == 1 else f"{uses} more places"
            yield Spot(
                pointer,
                f"anchor {name!r} is repeated in {places}; on loading that is lost, "
                "and a tailoring can change each place only by itself",
                "Name it under 'authorities', 'predicates' or 'bodies', or write it out",
            )


def _paths(standard: Standard) -> Iterator[tuple[str, str]]:
    for name, artefact in as_map(standard.model.get("artefacts")).items():
        yield from _path(join_pointer(("artefacts", name, "template")), artefact.get("template"))
    for gate in standard.gates.values():
        yield from _guidance(standard, f"{gate.pointer}/guidance", gate.guidance)
    for _gate, criterion in criteria_of(standard):
        yield from _guidance(standard, f"{criterion.pointer}/guidance", criterion.guidance)
        yield from _path(f"{criterion.pointer}/template", criterion.template)


def _guidance(standard: Standard, pointer: str, written: object) -> Iterator[tuple[str, str]]:
    """What guidance names as a file; nothing where it is the text itself."""
    for here, text in _path(pointer, written):
        if is_path(text, standard.files):
            yield here, text


def _path(pointer: str, written: object) -> Iterator[tuple[str, str]]:
    """A path, or one for each language."""
    if isinstance(written, str):
        yield pointer, written
    elif isinstance(written, Mapping):
        for language, path in written.items():
            yield pointer + join_pointer((str(language),)), str(path)


class _Open(NamedTuple):
    """A collection that is being read: its pointer, the keys or indices seen in it."""

    pointer: str
    is_mapping: bool
    keys: list[str]


def _anchors(data: bytes) -> tuple[dict[str, str], list[str]]:
    """The anchors of a YAML text, each with the pointer of its node; and the aliases."""
    anchors: dict[str, str] = {}
    aliases: list[str] = []
    opened: list[_Open] = []
    source = events_of(data)
    while True:
        try:
            event: Event | None = source.get_event()
        except yaml.YAMLError:
            return anchors, aliases
        if event is None:
            return anchors, aliases
        if isinstance(event, CollectionEndEvent):
            opened.pop()
        if not isinstance(event, NodeEvent):
            continue
        pointer = _next_place(opened, event)
        if isinstance(event, AliasEvent):
            aliases.append(str(event.anchor))
        elif event.anchor is not None:
            anchors.setdefault(str(event.anchor), pointer)
        if isinstance(event, CollectionStartEvent):
            opened.append(_Open(pointer, isinstance(event, MappingStartEvent), []))


def _next_place(opened: list[_Open], event: NodeEvent) -> str:
    """Where the node of an event stands; for a key, the mapping that it is in."""
    if not opened:
        return ""
    here = opened[-1]
    if not here.is_mapping:
        here.keys.append("")
        return f"{here.pointer}/{len(here.keys) - 1}"
    awaits_value = len(here.keys) % 2 == 1
    here.keys.append(str(event.value) if isinstance(event, ScalarEvent) else "")
    return here.pointer + join_pointer((here.keys[-2],)) if awaits_value else here.pointer


RULES = (
    Rule("missing-file", "files", Severity.ERROR, missing_files),
    Rule("yaml-anchors-lost", "files", Severity.WARNING, lost_anchors),
)
