"""All plain schemas of a gate at one look: which of them a record fails, and why.

Where the screen of a gate does not hold, asking each schema by itself costs most of the time. One
pass of the engine over all of them gives every error, and its path says whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, final

from pmo_core.assessment.findings import Reason
from pmo_core.assessment.kinds.schema import missing_field, reasons_in_order, schema_reasons
from pmo_core.standards.schema_errors import is_large

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from pmo_core.documents import JsonObject
    from pmo_core.standards.schemas import Schema, Shelf


@final
class Sieve:
    """Made once a program, when the first record fails its screen."""

    __slots__ = ("_asked", "_places", "_rests", "_schemas")

    def __init__(self, shelf: Shelf, schemas: Mapping[int, Schema]) -> None:
        """Compile the schemas, each known by its number."""
        self._asked: dict[str, list[int]] = {}
        for place, schema in schemas.items():
            for name in schema.required:
                self._asked.setdefault(name, []).append(place)
        self._schemas = schemas
        self._places = tuple(schemas)
        self._rests = shelf.rests(list(schemas.values()))

    def reasons(self, value: JsonObject) -> Mapping[int, tuple[Reason, ...]]:
        """For each schema that the record fails, by its number: the reasons, in order."""
        if is_large(value):
            return self._one_by_one(value)
        missing: dict[int, list[Reason]] = {}
        for name in self._asked:
            if name not in value:
                for place in self._asked[name]:
                    missing.setdefault(place, []).append(missing_field(name))
        errors: dict[int, list[ValidationError]] = {}
        for error in self._rests.iter_errors(value):
            errors.setdefault(self._places[error.evaluation_path[1]], []).append(error)  # type: ignore[index]
        found = {
            place: reasons_in_order(missing.get(place, ()), errors.get(place, ()), value)
            for place in ({**missing, **errors} if missing else errors)
        }
        # The record failed the screen: where nothing is found here, nothing is taken for granted.
        return found or self._one_by_one(value)

    def _one_by_one(self, value: JsonObject) -> Mapping[int, tuple[Reason, ...]]:
        return {
            place: schema_reasons(schema, value)
            for place, schema in self._schemas.items()
            if not schema.is_valid(value)
        }
