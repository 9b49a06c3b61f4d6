"""Walks over a standard that several lint rules share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import join_pointer
from pmo_core.documents.shapes import as_list, as_object
from pmo_core.standards.model import CombinedTest, Obligation

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject
    from pmo_core.standards.model import (
        Criterion,
        ExprTest,
        Gate,
        Guard,
        SchemaTest,
        SingleTest,
        Standard,
        Track,
    )


def criteria_of(standard: Standard) -> Iterator[tuple[Gate, Criterion]]:
    """Each criterion with its gate, in file order."""
    for gate in standard.gates.values():
        for criterion in gate.criteria:
            yield gate, criterion


def tests_of(criterion: Criterion) -> Iterator[tuple[str, SingleTest]]:
    """Each single test of a criterion, with its pointer."""
    test = criterion.test
    if not isinstance(test, CombinedTest):
        yield criterion.pointer, test
        return
    key = "all" if test.every else "any"
    for index, single in enumerate(test.tests):
        yield f"{criterion.pointer}/{key}/{index}", single


def guards_of(standard: Standard) -> Iterator[tuple[str, str, SchemaTest | ExprTest]]:
    """Each part of each `when`, `unless`, `eased` and `grandfathered`: pointer, owner, test."""
    for gate in standard.gates.values():
        for key, guard in (("when", gate.when), ("unless", gate.unless), ("eased", gate.eased)):
            yield from _parts(gate.model, gate.pointer, key, guard, f"gate {gate.id!r}")
    for _gate, criterion in criteria_of(standard):
        owner = f"criterion {criterion.id!r}"
        for key, guard in (
            ("when", criterion.when),
            ("unless", criterion.unless),
            ("eased", criterion.eased),
            ("grandfathered", criterion.grandfathered),
        ):
            yield from _parts(criterion.model, criterion.pointer, key, guard, owner)


def _parts(
    model: JsonObject, pointer: str, key: str, guard: Guard | None, owner: str
) -> Iterator[tuple[str, str, SchemaTest | ExprTest]]:
    several = isinstance(model.get(key), list)
    for index, part in enumerate(guard or ()):
        here = f"{pointer}/{key}/{index}" if several else f"{pointer}/{key}"
        yield here, f"{key!r} of {owner}", part


def has_must(gate: Gate) -> bool:
    """Whether any criterion of the gate is a must."""
    return any(criterion.obligation is Obligation.MUST for criterion in gate.criteria)


def outcome_pointer(gate: Gate, outcome: str) -> str:
    """Where the file has an outcome."""
    return gate.pointer + join_pointer(("outcomes", outcome))


def track_pointer(standard: Standard, track: Track) -> str:
    """Where the file has a track: under its name, or in `lifecycle` itself (S11.1)."""
    written = as_object(standard.document.value).get("lifecycle")
    if "tracks" not in as_object(written):
        return "/lifecycle"
    return join_pointer(("lifecycle", "tracks", track.id))


def phase_pointer(standard: Standard, track: Track, phase: str) -> str:
    """Where the file lists a phase; the list, where it stands in none."""
    tracks = as_object(as_object(standard.model["lifecycle"])["tracks"])
    here = f"{track_pointer(standard, track)}/phases"
    for index, entry in enumerate(as_list(as_object(tracks[track.id]).get("phases"))):
        if entry == phase:
            return f"{here}/{index}"
        if isinstance(entry, list) and phase in entry:
            return f"{here}/{index}/{entry.index(phase)}"
    return here


def as_map(value: Json) -> Mapping[str, JsonObject]:
    """The objects in an object of objects, by name."""
    return {name: as_object(part) for name, part in as_object(value).items()}
