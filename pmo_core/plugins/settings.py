"""A plugin's settings, checked by the schema that comes with what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmo_core.documents import check_value, join_pointer
from pmo_core.errors import InvalidDocument, InvalidSettings, PluginError
from pmo_core.standards.schemas import Shelf

if TYPE_CHECKING:
    from pmo_core.documents import JsonObject
    from pmo_core.standards.schemas import Schema


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
        faults = sorted(
            (join_pointer(tuple(error.instance_path)), error.message)
            for error in self._schema.validator.iter_errors(together)
        )
        pointer, message = faults[0]
        raise InvalidSettings(
            f"settings of {self.of}: {message}",
            pointer=pointer,
            remedy="Correct the plugin's settings; pmo plugin show lists what it takes",
        )
