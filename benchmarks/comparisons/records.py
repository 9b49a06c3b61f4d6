"""Records of the portfolio standard: about 2 kB each, the same at every call.

They come in three shapes, so that no reader can rely on where a name stands: the id first, the id
last, and longer registers, with lists in lists, before the plain fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pmo_core import Json, JsonObject, Standard, load_standard

PACKAGE = Path(__file__).parent / "portfolio"
GATE = "approval"
# So many records differ in more than their ids; a multiple of all that varies with the number.
_MODELS = 600
_FIRST_DAY = date(2026, 1, 1)
_WORDS = (
    "bridge",
    "ferry",
    "archive",
    "water",
    "station",
    "clinic",
    "library",
    "permit",
    "depot",
    "harbour",
    "tram",
    "school",
    "register",
    "sensor",
    "payroll",
    "orchard",
    "museum",
    "theatre",
    "signal",
    "warehouse",
)


def portfolio() -> Standard:
    """The standard that the benchmarks assess by."""
    return load_standard(PACKAGE)


def records(count: int, *, failing_every: int = 0) -> Iterator[JsonObject]:
    """Records with ids of their own, one after the other.

    Args:
        count: how many.
        failing_every: each so-many-th fails three criteria; 0: all are ready.
    """
    models = []
    for number in range(min(count, _MODELS)):
        model = _ready(number)
        if failing_every and number % failing_every == failing_every - 1:
            _spoil(model, number // failing_every)
        models.append(model)
    for number in range(count):
        # An id that is there already keeps its place.
        yield {**models[number % _MODELS], "id": f"P-{number:06}"}


def record_with_all_fields() -> JsonObject:
    """A ready record in which all sixty properties are given."""
    return _ready(0)


def failing_record() -> JsonObject:
    """The same record, failing three criteria."""
    record = _ready(0)
    _spoil(record, 0)
    return record


def _ready(number: int) -> JsonObject:
    random = Random(number)
    name = f"P-{number:06}"
    fields = _fields(random)
    shape = number % 3
    if shape == 0:
        return {"id": name, **fields, **_registers(random, 1)}
    if shape == 1:
        return {**fields, **_registers(random, 1), "id": name}
    return {"id": name, **_registers(random, 3), **fields}


def _fields(random: Random) -> JsonObject:
    """The plain fields, all given."""
    start = _FIRST_DAY + timedelta(days=random.randrange(400))
    finish = start + timedelta(days=random.randrange(30, 900))
    budget = random.randrange(50_000, 5_000_000)
    word = random.choice
    return {
        "title": f"{word(_WORDS).title()} {word(_WORDS)}",
        "phase": "idea",
        "summary": f"Renew the {word(_WORDS)} and join it to the {word(_WORDS)}; see the brief.",
        "category": word(("statutory", "growth", "renewal", "research")),
        "size": word(("small", "medium", "large")),
        "priority": random.randrange(1, 6),
        "sponsor": _person(random),
        "manager": _person(random),
        "owner": _person(random),
        "department": word(_WORDS),
        "programme": word(_WORDS),
        "region": word(("north", "south", "east", "west")),
        "currency": word(("EUR", "NOK", "GBP")),
        "budget": budget,
        "spent": budget // 3,
        "forecast": budget + random.randrange(1, 100) / 100,
        "contingency": budget // 10,
        "funding_source": word(("capital", "revenue", "grant")),
        "funding_confirmed": True,
        "cost_centre": str(random.randrange(1_000, 99_999)),
        "start": start.isoformat(),
        "finish": finish.isoformat(),
        "baseline_start": start.isoformat(),
        "baseline_finish": finish.isoformat(),
        "last_review": start.isoformat(),
        "next_review": finish.isoformat(),
        "percent_complete": random.randrange(101),
        "tolerance_cost": random.choice((0.05, 0.1, 0.15)),
        "tolerance_days": random.randrange(1, 30),
        "status": "green",
        "status_cost": word(("green", "amber", "red")),
        "status_time": word(("green", "amber", "red")),
        "status_scope": word(("green", "amber", "red")),
        "method": word(("stage", "agile", "mixed")),
        "procurement": word(("open", "framework", "none")),
        "supplier": word(_WORDS),
        "contract": f"C-{random.randrange(10_000)}",
        "business_case": "approved",
        "privacy": word(("assessed", "not-needed")),
        "security": word(("assessed", "not-needed")),
        "accessibility": word(("open", "assessed")),
        "environment": word(("open", "assessed")),
        "equality": word(("open", "assessed")),
        "architecture": word(("open", "assessed")),
        "headcount": random.randrange(3, 40),
        "vacancies": random.randrange(5),
        "repository": f"https://code.example/{word(_WORDS)}",
        "contact": f"{word(_WORDS)}@city.example",
        "language": "en",
        "confidential": False,
        "objectives": [word(_WORDS)],
        "tags": [word(_WORDS), word(_WORDS)],
    }


def _registers(random: Random, length: int) -> JsonObject:
    """The registers, each of `length` entries."""
    return {
        "risks": [_risk(random, index) for index in range(length)],
        "issues": [
            {"id": f"I-{index}", "title": random.choice(_WORDS), "owner": _person(random)}
            for index in range(length)
        ],
        "benefits": [
            {"title": random.choice(_WORDS), "owner": _person(random), "value": 1_000 * index}
            for index in range(length)
        ],
        "milestones": [
            {"title": random.choice(_WORDS), "due": _day(random), "done": False}
            for _index in range(length)
        ],
        "stakeholders": [_person(random) for _index in range(length + 1)],
        "assumptions": [f"The {random.choice(_WORDS)} stays" for _index in range(length)],
        "site": {"city": "Nordhavn", "latitude": 59.5, "longitude": 10.25},
    }


def _risk(random: Random, index: int) -> JsonObject:
    return {
        "id": f"R-{index}",
        "title": f"The {random.choice(_WORDS)} comes late",
        "owner": _person(random),
        "probability": random.randrange(1, 6),
        "impact": random.randrange(1, 6),
        "responses": [
            {"action": f"Order the {random.choice(_WORDS)}", "by": "M. Hale", "due": _day(random)}
        ],
    }


def _spoil(record: JsonObject, which: int) -> None:
    """Make a ready record fail three criteria; `which` varies them."""
    first: list[tuple[str, Json]] = [
        ("business_case", "outline"),
        ("privacy", "open"),
        ("tolerance_cost", 0.25),
        ("stakeholders", ["A. Berg"]),
    ]
    key, value = first[which % len(first)]
    record[key] = value
    if which % 2:
        del record["sponsor"]
    else:
        record["funding_confirmed"] = False
    register = record["risks" if which % 3 else "benefits"]
    assert isinstance(register, list)
    entry = register[-1]
    assert isinstance(entry, dict)
    del entry["owner"]


def _person(random: Random) -> str:
    return f"{random.choice('ABDEKLMS')}. {random.choice(('Berg', 'Hale', 'Okoye', 'Lindqvist'))}"


def _day(random: Random) -> str:
    return (_FIRST_DAY + timedelta(days=random.randrange(900))).isoformat()
