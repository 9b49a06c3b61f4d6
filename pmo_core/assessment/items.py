"""The items that a repeated gate is held for, one occurrence each (S11.4)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pmo_core.documents import Json, join_pointer, resolve
from pmo_core.errors import UnknownName
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.record import claimed_text

if TYPE_CHECKING:
    from pmo_core.standards.model import Gate
    from pmo_core.standards.record import Record


class Item(NamedTuple):
    """One item of a record's list: the occurrence that it makes, its place, and what it holds."""

    occurrence: str
    pointer: str
    value: Json


def items_of(gate: Gate, record: Record) -> list[Item]:
    """The items that a repeated gate is held for, in their order; none of a plain gate.

    An item without an id of its own, or whose id another one has too, is known by its pointer,
    so that none escapes its gate.
    """
    if gate.per is None:
        return []
    found = resolve(record.value, gate.per.items, None)
    if not isinstance(found, list):
        return []
    names = [_own_id(item, gate.per.id) for item in found]
    times = Counter(names)
    items = []
    for index, (name, item) in enumerate(zip(names, found, strict=True)):
        pointer = gate.per.items + join_pointer((index,))
        own = name is not None and times[name] == 1 and not name.startswith(gate.per.items)
        items.append(Item(name if own and name is not None else pointer, pointer, item))
    if gate.per.order is not None:
        field = gate.per.order
        items.sort(key=lambda item: _rank(item.value, field))
    return items


def item_of(gate: Gate, record: Record, occurrence: str) -> tuple[Json, str]:
    """The item that an occurrence is held for, and its pointer; null and "" for a plain gate.

    Raises:
        UnknownName: the record lists no item of that id, or the gate is repeated and none is named.
    """
    if gate.per is None:
        return None, ""
    items = items_of(gate, record)
    for item in items:
        if item.occurrence == occurrence:
            return item.value, item.pointer
    names = [item.occurrence for item in items]
    if not occurrence:
        raise UnknownName(
            f"{gate.id} is held for each item under {gate.per.items}, and none is named",
            remedy=did_you_mean("", names) or "Name the item's id",
        )
    raise UnknownName(
        f"{record.id} has no {occurrence!r} under {gate.per.items}, for which {gate.id} is held",
        remedy=did_you_mean(occurrence, names),
    )


def _own_id(item: Json, field: str) -> str | None:
    return claimed_text(item.get(field)) if isinstance(item, dict) else None


def _rank(item: Json, field: str) -> tuple[int, float, str]:
    """Numbers first, then texts, then items that say nothing; ties keep the list's order."""
    value = item.get(field) if isinstance(item, dict) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (0, value, "")
    return (1, 0, value) if isinstance(value, str) else (2, 0, "")
