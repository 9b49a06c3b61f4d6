"""A change written as `risks.R-3.owner=nils.falk`: names and ids joined by dots, and a value.

There are no indexes and no brackets in it, so that no shell eats them and that it still says the
same after somebody has inserted a risk before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pmo_core.documents import MISSING, Missing, Scalars, check_value, read_yaml
from pmo_core.documents.scalars import plain_value
from pmo_core.documents.values import shown
from pmo_core.errors import InvalidDocument, UnknownName
from pmo_core.office.hints import unknown

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

_CLOSED_BY: Final = {'"': '"', "'": "'", "[": "]", "{": "}"}
_MOST_LISTED: Final = 12


def with_set(
    record: JsonObject, assignments: Sequence[str], unset: Sequence[str], scalars: Scalars
) -> JsonObject:
    """The record with each `PATH=VALUE` set, in order, and then each path of `unset` taken away.

    A path is names joined by dots: keys of objects, and ids of a register's items. A name may hold
    dots itself; of several that fit, the longest is meant. Only the last may be new: as the key of
    an object, or as the id of an item that is an object, which is then added. A value is read as
    YAML would read it there: a number, `true`, a quoted text, `[a, b]`, `{a: 1}`; all else is the
    text as it is. No argument is changed.

    Args:
        scalars: how the record's standard reads unquoted text (S2.2).

    Raises:
        UnknownName: a path leads nowhere, or an assignment has no path or no `=`.
        InvalidDocument: a value is no YAML though it is quoted or in brackets, a number is none
            of S1.2, or the record has grown beyond the limits of S1.5.
    """
    changed: Json = record
    for assignment in assignments:
        path, sign, text = assignment.partition("=")
        if not sign:
            raise UnknownName(
                f"{shown(assignment)} sets nothing: it has no '='",
                remedy="Write PATH=VALUE, as in risks.R-3.owner=nils.falk",
            )
        changed = _Path(path).changed(changed, _value(text, path, scalars))
    for path in unset:
        changed = _Path(path).changed(changed, MISSING)
    assert isinstance(changed, dict)  # a path has at least one name
    check_value(changed, "the record")
    return changed


def _value(text: str, path: str, scalars: Scalars) -> Json:
    """What is to be set: a scalar, or what stands in quotes or brackets."""
    closed = _CLOSED_BY.get(text[:1])
    check_value(text, path)
    try:
        if closed is None:
            return text if scalars is Scalars.STRINGS else plain_value(text)
        return read_yaml(text.encode(), path, scalars=scalars).value
    except InvalidDocument as fault:
        if closed is not None and not (text.endswith(closed) and len(text) > 1):
            return text  # such as: "Nemo" and others
        raise InvalidDocument(
            f"{shown(text)} cannot be the value of {path}: {fault.message}",
            remedy=fault.remedy,
        ) from None


class _Path:
    """One path, followed into a record; `text` is as the user wrote it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        if not text or text.startswith(".") or text.endswith(".") or ".." in text:
            raise UnknownName(
                f"{shown(text)} is no path" if text else "a path is empty",
                remedy="Write names joined by dots, as in risks.R-3.owner",
            )
        self.text = text

    def changed(self, value: Json, new: Json | Missing, start: int = 0) -> Json:
        """A copy of `value` with `new`, or nothing, where the path leads from `start` on."""
        if isinstance(value, dict):
            return self._in_object(value, new, start)
        if isinstance(value, list):
            return self._in_register(value, new, start)
        raise UnknownName(
            f"{self._told(start)} is {_kind(value)}, and has no {shown(self.text[start:])} in it",
            remedy=f"Set it as a whole: {self.text[: start - 1]}=VALUE",
        )

    def _in_object(self, value: JsonObject, new: Json | Missing, start: int) -> JsonObject:
        name = self._name(value, start)
        end = start + len(name)
        if end < len(self.text):
            if name not in value:
                raise self._unknown(name, list(value), start)
            return {**value, name: self.changed(value[name], new, end + 1)}
        if new is not MISSING:
            return {**value, name: new}
        if name not in value:
            raise self._unknown(name, list(value), start)
        return {key: member for key, member in value.items() if key != name}

    def _in_register(self, items: list[Json], new: Json | Missing, start: int) -> list[Json]:
        names = [_id(item) for item in items]
        known = [name for name in names if name is not None]
        if items and not known:
            raise UnknownName(
                f"{self._told(start)} is a list whose items have no id",
                remedy=f"Set it as a whole: {self.text[: start - 1]}=[ITEM, ITEM]",
            )
        name = self._name(known, start)
        end = start + len(name)
        if name not in known:
            if end == len(self.text) and isinstance(new, dict):
                return [*items, {"id": name, **new}]
            raise self._unknown(name, known, start)
        if known.count(name) > 1:
            raise UnknownName(
                f"{self._told(start)} has {known.count(name)} items with the id {shown(name)}",
                remedy="Give each an id of its own, in the record's file",
            )
        index = names.index(name)
        if end < len(self.text):
            new = self.changed(items[index], new, end + 1)
        return [*items[:index], *([] if new is MISSING else [new]), *items[index + 1 :]]

    def _name(self, known: Sequence[str] | JsonObject, start: int) -> str:
        """The next name: the longest known one that fits, else what stands before the next dot."""
        rest = self.text[start:]
        fitting = (name for name in known if rest == name or rest.startswith(f"{name}."))
        return max(fitting, key=len, default="") or rest.partition(".")[0]

    def _unknown(self, name: str, known: list[str], start: int) -> UnknownName:
        where = self._told(start)
        listed = ", ".join(known[:_MOST_LISTED])
        more = len(known) - _MOST_LISTED
        beside = f"{listed} and {more} more" if more > 0 else listed or "nothing"
        return unknown(f"{where} has no {shown(name)}", name, known, f"{where} has {beside}")

    def _told(self, start: int) -> str:
        return self.text[: start - 1] if start else "the record"


def _id(item: Json) -> str | None:
    """By what name an item goes: its id, a whole number in decimal digits."""
    name = item.get("id") if isinstance(item, dict) else None
    if isinstance(name, int) and not isinstance(name, bool):
        return str(name)
    return name if isinstance(name, str) else None


def _kind(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    return "a text" if isinstance(value, str) else "a number"
