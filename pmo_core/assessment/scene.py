"""One assessment's surroundings: what its tests may look at, worked out once and only if asked."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from pmo_core.assessment.findings import Reason, Result
from pmo_core.documents import Json, JsonObject, join_pointer, resolve
from pmo_core.standards.expressions import Bindings, Scope
from pmo_core.standards.instants import Calendar, InvalidTime, end_of_day, find_zone, local_date
from pmo_core.standards.record import claimed_position

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from pmo_core.standards.expressions import Expression
    from pmo_core.standards.inputs import Inputs
    from pmo_core.standards.model import Gate, Standard
    from pmo_core.standards.record import Record

Judgement = tuple[Result, tuple[Reason, ...]]
"""What a test comes to, and why. A test never answers `waived`."""

PASSED: Judgement = (Result.PASS, ())
FAILED: Judgement = (Result.FAIL, ())
USUAL_CALENDAR = Calendar()


class Scene:
    """What the tests of one gate see of one record. It lives as long as one call of `assess`.

    `limits` gathers the instants at which something that was looked at will flip (S3.5).
    """

    __slots__ = (
        "_bindings",
        "_position",
        "_zone",
        "gate",
        "inputs",
        "item",
        "item_pointer",
        "limits",
        "now",
        "occurrence",
        "record",
        "standard",
        "value",
    )

    def __init__(
        self,
        standard: Standard,
        gate: Gate,
        record: Record,
        inputs: Inputs,
        now: datetime,
        occurrence: str,
        item: Json = None,
        item_pointer: str = "",
    ) -> None:
        self.standard = standard
        self.gate = gate
        self.record = record
        self.value: JsonObject = record.value
        self.inputs = inputs
        self.now = now
        self.occurrence = occurrence
        self.item = item
        self.item_pointer = item_pointer
        self.limits: list[datetime] = []
        self._bindings: Bindings | None = None
        self._zone: ZoneInfo | None = None
        self._position: Mapping[str, str] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        if self._zone is None:
            self._zone = find_zone(self.inputs.zone)
        return self._zone

    @property
    def calendar(self) -> Calendar:
        """The office's working days; Monday to Friday where it says nothing."""
        return self.inputs.calendar or USUAL_CALENDAR

    @property
    def today(self) -> date:
        """The local date of `now` in the office's zone."""
        return local_date(self.now, self.zone)

    @property
    def position(self) -> Mapping[str, str]:
        """Track to phase: what the ledger says, else what the record claims."""
        if self._position is None:
            ledger = self.inputs.position
            self._position = (
                claimed_position(self.standard, self.value) if ledger is None else ledger.phase
            )
        return self._position

    def looked_at_today(self) -> None:
        """A result rests on today's date: it may flip when the local day ends."""
        with suppress(InvalidTime):  # the last day of the calendar has no end
            self.limits.append(end_of_day(self.today, self.zone))

    def looked_at(self, expression: Expression) -> None:
        """A result rests on an expression, and thus on the clock where that reads it."""
        if expression.uses_now:
            self.limits.append(self.now)
        elif expression.uses_today:
            self.looked_at_today()

    @property
    def bindings(self) -> Bindings:
        """The names that expressions see (S6.1), converted as they are used."""
        if self._bindings is None:
            inputs, ledger = self.inputs, self.inputs.position
            scope: Scope = {
                "record": self.value,
                "now": self.now,
                "today": self.today.isoformat(),
                "phase": self.position,
                "gate": self.gate.id,
                "occurrence": self.occurrence,
                "baseline": inputs.baselines,
                "params": self.standard.params,
                "facts": {
                    name: fact.value for name, fact in inputs.facts.items() if fact.failure is None
                },
                "exceptions": [
                    {"id": one.id, "tolerance": one.tolerance, "raise_to": one.raise_to}
                    for one in inputs.exceptions
                ],
            }
            if ledger is not None:
                scope["entered"] = ledger.entered
                scope["passed"] = {gate: one.date for gate, one in ledger.passed.items()}
            if self.item is not None:
                scope["item"] = self.item
            self._bindings = Bindings(**scope)
        return self._bindings

    def under(self, pointer: str, *tokens: str) -> tuple[str, Json]:
        """A place below one of the record's bound pointers, and what stands there, or None."""
        where = pointer + join_pointer(tokens)
        return where, resolve(self.value, where, None)
