"""What changed between two values, as operations (RFC 6902) that lead from one to the other.

Only `add`, `replace` and `remove` are written and read here: what a ledger keeps. What users hand
over in the whole of RFC 6902 becomes a value first, and then a difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmo_core.documents.merge_patch import merge_patch as merged
from pmo_core.documents.values import escape_token, shown, split_pointer
from pmo_core.errors import InvalidDocument

if TYPE_CHECKING:
    from pmo_core.documents.values import Json, JsonObject, Missing

__all__ = ["apply", "diff", "ids_of", "merged", "same"]


def same(one: Json | Missing, other: Json | Missing) -> bool:
    """Whether two values are equal as JSON: `1` and `1.0` are, `1` and `true` are not.

    What is missing is the same as nothing but what is missing, too.
    """
    if one is other:
        return True
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and len(one) == len(other)
            and all(key in other and same(member, other[key]) for key, member in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def ids_of(items: Sequence[Json]) -> list[str] | None:
    """The ids of a register's items, in order; None unless each has one of its own, a text."""
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    texts = [one for one in ids if isinstance(one, str)]
    return texts if len(set(texts)) == len(items) else None


def diff(before: Json, after: Json) -> list[JsonObject]:
    """The operations that turn `before` into `after`; none where they are equal as JSON.

    Items of a register are matched by their `id`, so that a change of one reads as one and an
    insertion moves no other; lists of different texts likewise. Of other lists the common
    beginning and end are left alone. The order of an object's keys is no change.
    """
    operations: list[JsonObject] = []
    _between(before, after, "", operations)
    return operations


def _between(before: Json, after: Json, path: str, operations: list[JsonObject]) -> None:
    if isinstance(before, dict) and isinstance(after, dict):
        _between_objects(before, after, path, operations)
    elif isinstance(before, list) and isinstance(after, list):
        _between_lists(before, after, path, operations)
    elif not same(before, after):
        operations.append({"op": "replace", "path": path, "value": after})


def _between_objects(
    before: JsonObject, after: JsonObject, path: str, operations: list[JsonObject]
) -> None:
    for key, member in before.items():
        here = f"{path}/{escape_token(key)}"
        if key in after:
            _between(member, after[key], here, operations)
        else:
            operations.append({"op": "remove", "path": here})
    for key, member in after.items():
        if key not in before:
            here = f"{path}/{escape_token(key)}"
            operations.append({"op": "add", "path": here, "value": member})


def _between_lists(
    before: list[Json], after: list[Json], path: str, operations: list[JsonObject]
) -> None:
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and same(before[start], after[start]):
        start += 1
    tail = 0
    while tail < shorter - start and same(before[-1 - tail], after[-1 - tail]):
        tail += 1
    old, new = before[start : len(before) - tail], after[start : len(after) - tail]
    names = _names(old, new)
    if names is None:
        _by_place(old, new, start, path, operations)
        return
    names_before, names_after = names
    stay = _longest_rising(names_before, names_after)
    kept = len(set(names_before).intersection(names_after))
    if 2 * len(stay) < kept or (not kept and len(old) == len(before)):
        operations.append({"op": "replace", "path": path, "value": after})
        return
    for index in range(len(old) - 1, -1, -1):
        if names_before[index] not in stay:
            operations.append({"op": "remove", "path": f"{path}/{start + index}"})
    olds = dict(zip(names_before, old, strict=True))
    for index, (name, item) in enumerate(zip(names_after, new, strict=True), start):
        if name in stay:
            _between(olds[name], item, f"{path}/{index}", operations)
        else:
            operations.append({"op": "add", "path": f"{path}/{index}", "value": item})


def _by_place(
    old: list[Json], new: list[Json], start: int, path: str, operations: list[JsonObject]
) -> None:
    """Each item against the one at its place; what is left over goes, or comes, at the end."""
    for index, (one, other) in enumerate(zip(old, new, strict=False), start):
        _between(one, other, f"{path}/{index}", operations)
    for index in range(len(old) - 1, len(new) - 1, -1):
        operations.append({"op": "remove", "path": f"{path}/{start + index}"})
    for index in range(len(old), len(new)):
        operations.append({"op": "add", "path": f"{path}/{start + index}", "value": new[index]})


def _names(old: list[Json], new: list[Json]) -> tuple[list[str], list[str]] | None:
    """What the items are matched by: their ids, or the texts that they are themselves.

    None where they have neither, or one side has nothing to match.
    """
    if not old or not new:
        return None
    ids = ids_of(old), ids_of(new)
    if ids[0] is not None and ids[1] is not None:
        return ids[0], ids[1]
    texts = [[item for item in items if isinstance(item, str)] for items in (old, new)]
    names = [set(side) for side in texts]
    all_differ = len(names[0]) == len(old) and len(names[1]) == len(new)
    return (texts[0], texts[1]) if all_differ and names[0] & names[1] else None


def _longest_rising(before: list[str], after: list[str]) -> set[str]:
    """As many names as can stay where they are while the others are moved around them.

    The longest increasing subsequence of the old positions, by patience sorting in O(n log n).
    """
    positions = {name: index for index, name in enumerate(before)}
    ends: list[int] = []
    names: list[str] = []
    previous: dict[str, str | None] = {}
    for name in after:
        position = positions.get(name)
        if position is None:
            continue
        pile = bisect_left(ends, position)
        previous[name] = names[pile - 1] if pile else None
        ends[pile : pile + 1] = [position]
        names[pile : pile + 1] = [name]
    stay: set[str] = set()
    last = names[-1] if names else None
    while last is not None:
        stay.add(last)
        last = previous[last]
    return stay


def apply(patch: Sequence[JsonObject], value: Json) -> Json:
    """What `value` becomes by the operations of `diff`.

    Neither argument is changed; the result shares with them what the operations leave alone.

    Raises:
        InvalidDocument: an operation is none of `diff`'s, or leads where nothing is; with the
            pointer of that place.
    """
    root: list[Json] = [value]
    own: dict[int, Json] = {id(root): root}
    for operation in patch:
        path, name = operation.get("path"), operation.get("op")
        if not isinstance(path, str):
            raise InvalidDocument("an operation has no 'path' that is a text")
        if name not in ("add", "replace", "remove"):
            raise InvalidDocument(
                f"no operation {shown(str(name))} is known",
                pointer=path,
                remedy="Use add, replace or remove",
            )
        if name != "remove" and "value" not in operation:
            raise InvalidDocument(f"an operation {name} has no 'value'", pointer=path)
        _change(root, own, ("0", *split_pointer(path)), operation)
    return root[0]


def _change(
    root: list[Json], own: dict[int, Json], tokens: tuple[str, ...], operation: JsonObject
) -> None:
    """Do one operation below `root`; containers in `own` are copies already, and may change."""
    holder: Json = root
    for token in tokens[:-1]:
        key = _key(holder, token, operation)
        inner: Json = holder[key]  # type: ignore[index]
        if isinstance(inner, (dict, list)) and id(inner) not in own:
            inner = inner.copy()
            own[id(inner)] = inner
            holder[key] = inner  # type: ignore[index]
        holder = inner
    if operation["op"] == "remove":
        if len(tokens) == 1:
            raise InvalidDocument("the whole value cannot be removed", pointer="")
        del holder[_key(holder, tokens[-1], operation)]  # type: ignore[union-attr, arg-type]
    elif operation["op"] == "add" and isinstance(holder, dict):
        holder[tokens[-1]] = operation["value"]
    elif operation["op"] == "add" and isinstance(holder, list) and len(tokens) > 1:
        holder.insert(_gap(holder, tokens[-1], operation), operation["value"])
    else:
        key = _key(holder, tokens[-1], operation)
        holder[key] = operation["value"]  # type: ignore[index]


def _key(holder: Json, token: str, operation: JsonObject) -> str | int:
    """The key or index of what is there under `token`."""
    if isinstance(holder, dict) and token in holder:
        return token
    if isinstance(holder, list):
        index = _index(token)
        if index is not None and index < len(holder):
            return index
    raise _nothing(operation)


def _gap(holder: list[Json], token: str, operation: JsonObject) -> int:
    """Before which item to insert; `-` is behind the last (RFC 6901, 4)."""
    index = len(holder) if token == "-" else _index(token)
    if index is None or index > len(holder):
        raise _nothing(operation)
    return index


def _index(token: str) -> int | None:
    """The array index that a token is: ASCII digits without leading zero (RFC 6901, 4)."""
    is_index = token.isascii() and token.isdecimal() and len(token) < 10
    return int(token) if is_index and (token == "0" or token[0] != "0") else None


def _nothing(operation: JsonObject) -> InvalidDocument:
    path = str(operation["path"])
    return InvalidDocument(
        f"there is nothing at {shown(path)} to {operation['op']}"
        if operation["op"] != "add"
        else f"{shown(path)} is no place where something can be added",
        pointer=path,
    )
