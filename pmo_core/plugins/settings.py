"""A plugin's settings, checked by the schema that comes with what they are for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from pmo_core.documents import check_value, join_pointer
from pmo_core.documents.shapes import as_list, as_object
from pmo_core.errors import InvalidDocument, InvalidSettings, PluginError
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.schemas import Shelf

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from pmo_core.documents import Json, JsonObject, Pointer
    from pmo_core.standards.schemas import Schema

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "array": "a list",
        "boolean": "true or false",
        "integer": "a whole number",
        "null": "null",
        "number": "a number",
        "object": "an object with named fields",
        "string": "a text",
    }
)


class SettingsSchema:
    """What a plugin's settings must be, for one source, check or supplier of it."""

    __slots__ = ("_schema", "of")

    def __init__(self, schema: Mapping[str, object] | None, of: str) -> None:
        """Compile `schema`; None takes any settings. `of` names the thing, for messages.

        Raises:
            PluginError: it is no JSON Schema within S7.
        """
        self.of = of
        self._schema: Schema | None = None
        if schema is None:
            return
        value: JsonObject = dict(schema)  # type: ignore[arg-type]
        try:
            check_value(value, of)
        except InvalidDocument as fault:
            raise PluginError(f"the settings schema of {of} is no JSON: {fault.message}") from None
        shelf = Shelf({}, lambda _name: None)
        self._schema = shelf.inline(value, "settings")
        for wrong in shelf.faults:
            raise PluginError(
                f"the settings schema of {of} is wrong at {wrong.pointer or 'its root'}: "
                f"{wrong.message}",
                remedy="Tell the author of the plugin",
            )

    def checked(self, settings: JsonObject, own: JsonObject) -> JsonObject:
        """The plugin's settings with a criterion's `own`, as one object that fits the schema.

        Neither side overrules the other: the office must not soften what a standard demands, nor
        a standard redirect what an office has set up.

        Raises:
            InvalidSettings: they do not fit, or both say something else about one key.
        """
        for key in sorted(settings.keys() & own.keys()):
            if settings[key] != own[key]:
                raise InvalidSettings(
                    f"{self.of} gets two values for {key!r}: one from the plugin's settings, one "
                    "from the criterion",
                    remedy="Take it out of one of them",
                )
        together = {**settings, **own}
        if self._schema is None or self._schema.is_valid(together):
            return together
        pointer, message, hint = _nearest_fault(self._schema, together)
        raise InvalidSettings(
            f"settings of {self.of}: {message}",
            pointer=pointer,
            remedy=hint or "Correct the plugin's settings; pmo plugin show lists what it takes",
        )


def _nearest_fault(schema: Schema, settings: JsonObject) -> tuple[Pointer, str, str | None]:
    """Where settings do not fit, in words, and what was meant if that can be told."""
    # start-up: 78 ms, and only where something is wrong; its choice of the error that matters, out
    # of several, and what it knows of each, are the best there are.
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
    from jsonschema.validators import extend
    from referencing import Registry

    # Python's engine for patterns backtracks: those are left to the validator that found the fault.
    careful = extend(Draft202012Validator, {"pattern": None})  # type: ignore[no-untyped-call]
    # A registry of its own, empty: the usual one fetches what it does not know.
    validator = careful(schema.value, registry=Registry())
    error = best_match(validator.iter_errors(settings))
    if error is None:
        return min(
            (join_pointer(map(str, fault.instance_path)), fault.message, None)
            for fault in schema.validator.iter_errors(settings)
        )
    pointer = join_pointer(map(str, error.absolute_path))
    return pointer, *_told(error, ".".join(map(str, error.absolute_path)))


def _told(error: ValidationError, name: str) -> tuple[str, str | None]:
    """What is wrong at a setting, and what was meant."""
    written, rule = cast("Json", error.instance), cast("Json", error.validator_value)
    within = f" in {name!r}" if name else ""
    if error.validator == "required":
        lacking = ", ".join(repr(key) for key in as_list(rule) if key not in as_object(written))
        return f"{lacking} is missing{within}", None
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        known = as_object(as_object(cast("Json", error.schema)).get("properties"))
        key = next((key for key in as_object(written) if key not in known), "")
        return f"there is no {key!r}{within}", did_you_mean(key, known)
    if error.validator == "type":
        kinds = [str(kind) for kind in as_list(rule)] or [str(rule)]
        wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
        return f"{name!r} is {_shown(written)}, expected {wanted}", None
    if error.validator == "enum":
        options = ", ".join(_shown(one) for one in as_list(rule))
        return f"{name!r} is {_shown(written)}, expected one of {options}", None
    return f"{name!r}: {error.message}" if name else error.message, None


def _shown(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
