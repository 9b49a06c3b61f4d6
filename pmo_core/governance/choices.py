"""What a decider chooses at a review, and what the standard asks a choice to come with (S11.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.assessment import Effect
from pmo_core.documents import Json, JsonObject
from pmo_core.errors import Refused, UnknownName
from pmo_core.governance.bars import NEVER, span_of
from pmo_core.standards.faults import did_you_mean
from pmo_core.standards.instants import InvalidTime, add_duration, local_date, parse_date

if TYPE_CHECKING:
    from pmo_core.assessment import Assessment
    from pmo_core.governance.ground import Ground
    from pmo_core.governance.state import State
    from pmo_core.standards.instants import Duration, WorkingDays
    from pmo_core.standards.model import Outcome

NOTHING: Mapping[str, Json] = MappingProxyType({})

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AMOUNT: Final = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_SUCH_AS: Final = MappingProxyType(
    {
        "list": "'[one, two]'",
        "money": """'{amount: "12.50", currency: NOK}'""",
        "date": "2026-03-01",
        "number": "12.5",
        "text": "Agreed",
        "person": "eva.stern",
    }
)


class Choice(NamedTuple):
    """What a decider chooses at a review.

    Attributes:
        resume_by: until when a hold waits.
        override: it is meant against the verdict (S12.3).
        brings: what the outcome requires the decision to bring along, by name.
        extra: criteria for this project at later gates, by gate and id, as a standard has them.
    """

    outcome: str
    reason: str | None = None
    resume_by: date | None = None
    override: bool = False
    brings: Mapping[str, Json] = NOTHING
    extra: Mapping[str, Mapping[str, JsonObject]] = MappingProxyType({})


def unexplained(found: Assessment) -> list[str]:
    """The criteria that are not met, and for which a decision must give a reason."""
    return [one.criterion for one in found.findings if one.explain and one.effect is Effect.WARNS]


def check_reason(outcome: Outcome, choice: Choice, found: Assessment) -> None:
    """A reason is given where the outcome, or what is not met, asks for one.

    Raises:
        Refused: none is.
    """
    if choice.reason is not None and choice.reason.strip():
        return
    if outcome.model.get("reason") == "required":
        raise Refused(f"{outcome.id} needs a reason", remedy="Say why: --reason TEXT")
    names = unexplained(found)
    if names:
        raise Refused(
            f"the decision must give a reason for what is not met: {', '.join(names)}",
            remedy="Say why it may be so: --reason TEXT",
        )


def resume_date(ground: Ground, outcome: Outcome, choice: Choice) -> date | None:
    """Until when a hold waits: as chosen within the limit, else the limit; None for any other.

    Raises:
        Refused: no date is known, or the chosen one is not among those that may be.
    """
    rule = outcome.model.get("resume-by")
    if rule is None:
        if choice.resume_by is not None:
            raise Refused(
                f"{outcome.id} waits for nothing, so it has no date to resume by",
                remedy="Leave --resume-by out",
            )
        return None
    latest = None
    if isinstance(rule, dict):
        span = span_of(rule.get("within"))
        if span is not None:
            latest = last_day(ground, span)
    chosen = choice.resume_by or latest
    if chosen is None:
        raise Refused(
            f"{outcome.id} needs a date to resume by", remedy="Name it: --resume-by 2026-03-01"
        )
    if chosen < ground.today or (latest is not None and chosen > latest):
        until = "" if latest is None else f" and not after {latest}"
        raise Refused(
            f"{outcome.id} cannot wait until {chosen}",
            remedy=f"Name a date from {ground.today} on{until}",
        )
    return chosen


def last_day(ground: Ground, span: Duration | WorkingDays) -> date:
    """The last day of a wait that begins now and lasts at most that long."""
    try:
        ends = add_duration(ground.now, span, ground.tz, ground.calendar)
    except InvalidTime:
        return NEVER.date()
    return local_date(ends, ground.tz)


def check_brings(outcome: Outcome, choice: Choice) -> None:
    """All that the outcome requires comes along, each of its kind, and nothing else.

    Raises:
        Refused: what is missing, of another kind, or not asked for.
    """
    required = outcome.model.get("requires")
    wanted = required if isinstance(required, dict) else {}
    missing = [name for name in wanted if _is_nothing(choice.brings.get(name))]
    if missing:
        name = missing[0]
        raise Refused(
            f"{outcome.id} must bring along: {', '.join(missing)}",
            remedy=f"Give it with --brings {name}=VALUE ({wanted[name]})",
        )
    unknown = [name for name in choice.brings if name not in wanted]
    if unknown:
        raise Refused(
            f"{outcome.id} asks for no {unknown[0]!r}",
            remedy=did_you_mean(unknown[0], wanted)
            or (f"It asks for: {', '.join(wanted)}" if wanted else "Leave --brings out"),
        )
    for name, value in choice.brings.items():
        kind = str(wanted[name])
        if not _is_of(kind, value):
            raise Refused(
                f"what {outcome.id} brings along as {name} is no {kind}",
                remedy=f"Give it with --brings {name}=VALUE, such as {_SUCH_AS[kind]}",
            )


def _is_nothing(value: Json) -> bool:
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def _is_of(kind: str, value: Json) -> bool:
    """Whether a value is of a kind that `requires` names; a command line gives numbers as text."""
    if kind == "list":
        return isinstance(value, list)
    if kind == "money":
        amount = value.get("amount") if isinstance(value, dict) else None
        currency = value.get("currency") if isinstance(value, dict) else None
        is_amount = isinstance(amount, str) and _AMOUNT.fullmatch(amount) is not None
        return is_amount and isinstance(currency, str) and _CURRENCY.fullmatch(currency) is not None
    if kind == "number" and not isinstance(value, str):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == "date":
        try:
            parse_date(value)
        except InvalidTime:
            return False
    return kind != "number" or _NUMBER.fullmatch(value) is not None


def check_extra(ground: Ground, state: State, outcome: Outcome, choice: Choice) -> None:
    """Added criteria are the project's own, each said once and in the language of standards.

    Raises:
        Refused: the outcome adds none, or there is a criterion of that id already.
        UnknownName: the standard has no such gate.
        InvalidStandard: a criterion breaks the language.
    """
    if not choice.extra:
        return
    standard = ground.standard
    if outcome.model.get("extra") != "allowed":
        raise Refused(
            f"{outcome.id} adds no criteria: {standard.name} does not allow it",
            remedy="Choose an outcome with 'extra: allowed'",
        )
    from pmo_core.standards.extra import check_added  # start-up: few decisions add any

    taken = {one.id for gate in standard.gates.values() for one in gate.criteria}
    whole = dict(state.extra)
    for name, criteria in choice.extra.items():
        if name not in standard.gates:
            raise UnknownName(
                f"{standard.name} has no gate {name!r} to add criteria at",
                remedy=did_you_mean(name, standard.gates),
            )
        added = state.extra.get(name, ())
        again = sorted((taken | {str(one["id"]) for one in added}) & criteria.keys())
        if again:
            raise Refused(
                f"there is a criterion {again[0]!r} already, so none can be added as that",
                remedy="Choose another id",
            )
        whole[name] = (*added, *({**model, "id": id_} for id_, model in criteria.items()))
    check_added(standard, whole)
