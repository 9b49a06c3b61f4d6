"""Two changes of one value brought together: a three-way merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents.changes import ids_of, same
from pmo_core.documents.values import MISSING, Missing, join_pointer

if TYPE_CHECKING:
    from pmo_core.documents.values import Json, JsonObject, Pointer


class Merge(NamedTuple):
    """What two changes of one value make together.

    Attributes:
        value: with both changes; where they conflict, with mine.
        conflicts: the places that both changed, each in its own way, in order of the value. A
            register's item is named by its `id` there, not by an index, since the lists differ:
            `/risks/R-3/owner`.
    """

    value: Json
    conflicts: tuple[Pointer, ...]


def merge3(base: Json, mine: Json, theirs: Json) -> Merge:
    """Both changes of `base` in one value: objects key by key, registers item by item.

    A register is a list whose items all have an `id` of their own; its order is that of the side
    that moved items. Any other list, and a text or number, is changed as a whole. What one side
    removed and the other changed is a conflict, and so is an item that both added, differently.
    No argument is changed; the result shares with them what it can.
    """
    conflicts: list[Pointer] = []
    value = _merge(base, mine, theirs, (), conflicts)
    return Merge(None if value is MISSING else value, tuple(conflicts))


def _merge(
    base: Json | Missing,
    mine: Json | Missing,
    theirs: Json | Missing,
    path: tuple[str, ...],
    conflicts: list[Pointer],
) -> Json | Missing:
    if same(mine, theirs) or same(base, theirs):
        return mine
    if same(base, mine):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        start = {} if base is MISSING else base
        if isinstance(start, dict):
            return _objects(start, mine, theirs, path, conflicts)
    if isinstance(mine, list) and isinstance(theirs, list):
        start = [] if base is MISSING else base
        if isinstance(start, list):
            return _lists(start, mine, theirs, path, conflicts)
    conflicts.append(join_pointer(path))
    return mine


def _objects(
    base: JsonObject,
    mine: JsonObject,
    theirs: JsonObject,
    path: tuple[str, ...],
    conflicts: list[Pointer],
) -> JsonObject:
    members: JsonObject = {}
    for key in dict.fromkeys(chain(base, mine, theirs)):
        member = _merge(
            base.get(key, MISSING),
            mine.get(key, MISSING),
            theirs.get(key, MISSING),
            (*path, key),
            conflicts,
        )
        if member is not MISSING:
            members[key] = member
    # My order of keys is kept, since people read the record in it.
    order = dict.fromkeys(chain((key for key in mine if key in members), members))
    return {key: members[key] for key in order}


def _lists(
    base: list[Json],
    mine: list[Json],
    theirs: list[Json],
    path: tuple[str, ...],
    conflicts: list[Pointer],
) -> list[Json]:
    bases, mines, others = _by_id(base), _by_id(mine), _by_id(theirs)
    if bases is None or mines is None or others is None:
        conflicts.append(join_pointer(path))
        return mine
    frame = _frame(list(bases), list(mines), list(others))
    if frame is None:
        conflicts.append(join_pointer(path))
        return mine
    items: list[Json] = []
    for name in _woven(frame, list(mines), list(others)):
        sides = bases.get(name, MISSING), mines.get(name, MISSING), others.get(name, MISSING)
        if sides[0] is MISSING and MISSING not in sides[1:] and not same(sides[1], sides[2]):
            # Two new items that happen to share an id are two things, not one to be mixed.
            conflicts.append(join_pointer((*path, name)))
            items.append(mines[name])
            continue
        item = _merge(*sides, (*path, name), conflicts)
        if item is not MISSING:
            items.append(item)
    return items


def _by_id(items: list[Json]) -> dict[str, Json] | None:
    """The items of a register by their ids, in order; None where it is no register."""
    ids = ids_of(items)
    return None if ids is None else dict(zip(ids, items, strict=True))


def _frame(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """The old items in the order that they shall have; None where both sides moved some."""
    frames = [_moved(base, side) for side in (mine, theirs)]
    if frames[0] and frames[1]:
        return None
    return frames[0] or frames[1] or base


def _moved(base: list[str], side: list[str]) -> list[str] | None:
    """The old items in their order on one side, if that is another one than before."""
    before, now = set(base), set(side)
    order = [name for name in side if name in before]
    return None if order == [name for name in base if name in now] else order


def _woven(frame: list[str], mine: list[str], theirs: list[str]) -> Iterator[str]:
    """All ids, each once: those of the frame, and behind each what a side has put there."""
    runs = [_runs(frame, side) for side in (mine, theirs)]
    told: set[str] = set()
    for name in (None, *frame):
        # Neither side comes first by being mine: the merge is the same for both.
        behind = sorted(
            (side.get(name, []) for side in runs), key=lambda run: [(len(one), one) for one in run]
        )
        for one in chain(() if name is None else (name,), *behind):
            if one not in told:
                told.add(one)
                yield one


def _runs(frame: Sequence[str], side: list[str]) -> dict[str | None, list[str]]:
    """The ids that are not in the frame, under the one of the frame that they follow."""
    fixed = set(frame)
    runs: dict[str | None, list[str]] = {}
    last: str | None = None
    for name in side:
        if name in fixed:
            last = name
        else:
            runs.setdefault(last, []).append(name)
    return runs
