"""The fields that a sentence may use: a reason's parameters, and what its place and value tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_core.documents import MISSING, resolve
from pmo_core.render.subjects import Subject, field_named, list_of, places_in, subject
from pmo_core.render.values import MOST_SHOWN, counted, day_in_words, found, listed, plain

if TYPE_CHECKING:
    from pmo_core.assessment import Reason
    from pmo_core.documents import Json, Missing

_FIELD = re.compile(r"\{([A-Za-z_][\w-]*)\}")
_DATES = frozenset({"date", "since", "due", "expires", "now", "at"})
_MOST_VALUES = 4
NO_PARAMS: Mapping[str, Json] = MappingProxyType({})
_OCCASIONS = {"phase": "the phase began", "last-occurrence": "the gate was held last"}
_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a text",
}
_FORMATS = {
    "date": "a date such as 2026-11-27",
    "date-time": "a moment such as 2026-11-27T09:00:00Z",
    "duration": "a duration such as P30D",
    "email": "an address such as ana@example.org",
    "time": "a time such as 09:00:00Z",
    "uri": "an address such as https://example.org/",
    "uuid": "a UUID",
}


class Circumstances:
    """Where one reason, or several of one kind, were found.

    Args:
        reason: the reason; of several, the first.
        record: the record's value; None where there is none to look at.
        statement: the criterion's, empty where it is not known.
        most: characters that one value may take.
        others: places of the same fault besides the reason's own.
        nearest: words of what came nearest, for `anyOf` and `oneOf`.
        params: the standard's parameters by name, for the limits that an expression names.
    """

    def __init__(
        self,
        reason: Reason,
        record: Json,
        statement: str = "",
        most: int = MOST_SHOWN,
        others: Sequence[Subject] = (),
        nearest: str = "",
        params: Mapping[str, Json] = NO_PARAMS,
    ) -> None:
        self._params = reason.params
        self._record = record
        self._statement = statement
        self._most = most
        self._nearest = nearest
        self._standards = params
        self.place = subject(reason.pointer or "", record)
        self._has_place = reason.pointer is not None
        self._all = (self.place, *others) if others else ()

    def fill(self, wordings: Sequence[str]) -> str | None:
        """The first wording whose fields are all known, filled; None where none is."""
        for wording in wordings:
            parts = {name: self.field(name) for name in _FIELD.findall(wording)}
            if None not in parts.values():
                return _FIELD.sub(lambda name: str(parts[name[1]]), wording)  # noqa: B023
        return None

    def field(self, name: str) -> str | None:
        """One field in words; None where it is not known."""
        special = _SPECIAL.get(name)
        if special is not None:
            said = special(self)
            if said is not None or name not in self._params:
                return said
        if name not in self._params:
            return None
        value = self._params[name]
        if name in _DATES:
            return day_in_words(value) or plain(value, self._most)
        if value is None or value == []:
            return None
        return plain(value, self._most)

    def _value(self) -> Json | Missing:
        if "found" in self._params:
            return self._params["found"]
        return self.place.value if self._has_place and not self._all else MISSING

    def _subject(self) -> str:
        if not self._all:
            return self.place.whole
        those = list_of(len(self._all), self.place.items)
        return f"{self.place.field} of {those}" if self.place.field else those

    def _is_plural(self) -> bool:
        return bool(self._all) and not self.place.field

    def _found(self) -> str | None:
        value = self._value()
        return None if value is MISSING else found(value, self._most)

    def _found_name(self) -> str | None:
        value = self._params.get("found", MISSING)
        return None if value is MISSING else plain(value, self._most)

    def _empty(self) -> str | None:
        value = self._value()
        return "" if isinstance(value, list | dict | str) and not value else None

    def _count(self) -> str | None:
        value = self._value()
        return counted(len(value), "entry", "entries") if isinstance(value, list) else None

    def _property(self) -> str | None:
        """One field's name, or several: `owner, due or response`."""
        lacking = self._params.get("property")
        if not isinstance(lacking, list) or len(lacking) < 2:
            return plain(lacking, self._most) if lacking else None
        return f"{listed(plain(one) for one in lacking[:-1])} or {plain(lacking[-1], self._most)}"

    def _absent(self) -> str | None:
        """What the record as a whole does not have: a field, or any entry in a list."""
        if self._all or not self._has_place or self.place.item:
            return None
        if not self.place.field:
            return self._property()
        alone = self._params.get("limit") == 1 and "." not in self.place.field
        return self.place.field if alone and self._value() == [] else None

    def _length(self) -> str | None:
        value = self._value()
        return str(len(value)) if isinstance(value, str) else None

    def _stamped(self) -> str | None:
        """`answered yes` or `business-case is approved`, of the entry that carries the stamp."""
        value = self.place.value if self._has_place else MISSING
        if not isinstance(value, dict):
            return None
        if "state" in value:
            return f"{self.place.field.rpartition('.')[2]} is {plain(value['state'], self._most)}"
        answer = value.get("value")
        if isinstance(answer, dict):
            return "scored"
        if isinstance(answer, bool):
            answer = "yes" if answer else "no"
        if answer == "na":
            return "answered not applicable"
        return None if answer is None else f"answered {plain(answer, self._most)}"

    def _types(self) -> str | None:
        types = self._params.get("types")
        names = types if isinstance(types, list) else [types]
        return " or ".join(_TYPES.get(str(one), str(one)) for one in names)

    def _form(self) -> str | None:
        named = self._params.get("format")
        return _FORMATS.get(str(named)) or plain(named, self._most)

    def _values(self) -> str:
        """What stands at the paths that an expression names, and the limits that it names.

        `; cost.forecast is 12; most-cost is 10`.
        """
        text = self._params.get("expr")
        if not isinstance(text, str) or not isinstance(self._record, dict):
            return ""
        told: dict[str, str] = {}
        for pointer in places_in(text):
            value = resolve(self._record, pointer, MISSING)
            if value is not MISSING and not isinstance(value, list):
                told[pointer] = found(value, self._most)
        shown = [
            f"; {subject(pointer, None).field} is {words}"
            for pointer, words in told.items()
            if not words.startswith("an object")
            and not any(pointer.startswith(f"{other}/") for other in told)
        ]
        item = self._params.get("item")
        for pointer in places_in(text, "item") if isinstance(item, str) else ():
            value = resolve(self._record, f"{item}{pointer}", MISSING)
            if value is not MISSING and not isinstance(value, list | dict):
                named = subject(pointer, None).field
                shown.insert(0, f"; item.{named} is {found(value, self._most)}")
        names = [subject(pointer, None).field for pointer in places_in(text, "params")]
        limits = [
            f"; {name} is {plain(self._standards[name], self._most)}"
            for name in names
            if name in self._standards
        ]
        return "".join([*shown[:_MOST_VALUES], *limits[:_MOST_VALUES]])

    def _members(self) -> str | None:
        """The projects of a circle, of which a reason names only the first where it is large."""
        named, count = self._params.get("projects"), self._params.get("count")
        if not isinstance(named, list):
            return None
        more = count - len(named) if isinstance(count, int) else 0
        return listed([plain(one, self._most) for one in named], more)

    def _path(self) -> str | None:
        path = self._params.get("path")
        if not isinstance(path, str):
            return None
        named = field_named(path)
        # Only what no path of an expression could be is quoted.
        return named if len(named) <= self._most else plain(named, self._most)

    def _occasion(self) -> str | None:
        return _OCCASIONS.get(str(self._params.get("rule")))

    def listed_places(self, wordings: Sequence[str]) -> str:
        """The items of several reasons; with what was found, where the best wording tells it."""
        tells = any("{found}" in wording for wording in wordings[:1])
        return listed(
            f"{one.short} ({found(one.value, self._most)})"
            if tells and one.value is not MISSING
            else one.short
            for one in self._all
        )


_SPECIAL: Mapping[str, Callable[[Circumstances], str | None]] = MappingProxyType(
    {
        "subject": Circumstances._subject,
        "found": Circumstances._found,
        "found-name": Circumstances._found_name,
        "is": lambda here: "are" if here._is_plural() else "is",
        "has": lambda here: "have" if here._is_plural() else "has",
        "does": lambda here: "do" if here._is_plural() else "does",
        "empty": Circumstances._empty,
        "count": Circumstances._count,
        "absent": Circumstances._absent,
        "property": Circumstances._property,
        "length": Circumstances._length,
        "stamped": Circumstances._stamped,
        "statement": lambda here: here._statement or None,
        "types": Circumstances._types,
        "form": Circumstances._form,
        "with-values": Circumstances._values,
        "path": Circumstances._path,
        "occasion": Circumstances._occasion,
        "members": Circumstances._members,
        "own": lambda here: "" if here._params.get("project") == "self" else None,
        "nearest": lambda here: here._nearest or None,
    }
)
