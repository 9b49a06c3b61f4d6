"""When criteria bind and retire: by the office's local date, to the second (S4.5, S10.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pmo_core.assessment import Assessment
from pmo_core.standards.inputs import Inputs
from pmo_core.standards.model import Standard
from pmo_core.testing.builders import a_standard, assessed

SECOND = timedelta(seconds=1)
# The first instant of 1 July 2026 by the clocks of each zone.
BEGINS = {
    "UTC": datetime(2026, 7, 1, 0, 0, tzinfo=UTC),
    "Europe/Oslo": datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
    "America/Los_Angeles": datetime(2026, 7, 1, 7, 0, tzinfo=UTC),
    "Pacific/Auckland": datetime(2026, 6, 30, 12, 0, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 6, 30, 18, 15, tzinfo=UTC),
}


def a_criterion(more: str) -> Standard:
    return a_standard(f"{{it: {{must: It is so, schema: false, {more}}}}}")


def force(found: Assessment) -> str:
    return found.findings[2].force.value if len(found.findings) > 2 else "retired"


@pytest.mark.parametrize("zone", BEGINS)
def test_it_binds_from_the_first_instant_of_the_local_date(zone: str) -> None:
    standard, inputs = a_criterion("binds: '2026-07-01'"), Inputs(zone=zone)
    before = assessed(standard, now=BEGINS[zone] - SECOND, inputs=inputs)
    on = assessed(standard, now=BEGINS[zone], inputs=inputs)
    assert (force(before), force(on)) == ("announced", "binding")
    assert (before.verdict, on.verdict) == ("ready", "blocked")
    assert before.valid_until == BEGINS[zone]
    assert on.valid_until is None


@pytest.mark.parametrize("zone", BEGINS)
def test_it_retires_from_the_first_instant_of_the_local_date(zone: str) -> None:
    standard, inputs = a_criterion("retires: '2026-07-01'"), Inputs(zone=zone)
    before = assessed(standard, now=BEGINS[zone] - SECOND, inputs=inputs)
    on = assessed(standard, now=BEGINS[zone], inputs=inputs)
    assert (force(before), force(on)) == ("binding", "retired")
    assert (before.verdict, on.verdict) == ("blocked", "ready")
    assert before.valid_until == BEGINS[zone]


def test_one_without_dates_always_binds() -> None:
    standard = a_standard("{it: {must: It is so, schema: false}}")
    for year in (2, 1970, 2026, 9998):
        assert force(assessed(standard, now=datetime(year, 6, 1, tzinfo=UTC))) == "binding"


def test_announced_then_binding_then_retired() -> None:
    standard = a_criterion("binds: '2026-07-01', retires: '2027-07-01'")
    found = [
        force(assessed(standard, now=datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC))),
        force(assessed(standard, now=datetime(2026, 7, 1, tzinfo=UTC))),
        force(assessed(standard, now=datetime(2027, 6, 30, 23, 59, 59, tzinfo=UTC))),
        force(assessed(standard, now=datetime(2027, 7, 1, tzinfo=UTC))),
    ]
    assert found == ["announced", "binding", "binding", "retired"]


def test_one_standard_judges_any_instants_in_any_order() -> None:
    """What is compiled for one instant never judges another."""
    standard = a_criterion("binds: '2026-07-01'")
    instants = [datetime(2026, 6, day, tzinfo=UTC) for day in (1, 30)]
    instants += [datetime(2026, 7, day, tzinfo=UTC) for day in (1, 31)]
    for zone in BEGINS:
        for now in (*instants, *reversed(instants)):
            found = assessed(standard, now=now, inputs=Inputs(zone=zone))
            assert force(found) == ("announced" if now < BEGINS[zone] else "binding")


def test_the_instant_is_taken_to_whole_seconds_in_utc() -> None:
    """S1.4."""
    standard = a_criterion("binds: '2026-07-01'")
    late = BEGINS["UTC"] - timedelta(microseconds=1)
    found = assessed(standard, now=late)
    assert (found.now, force(found)) == (BEGINS["UTC"] - SECOND, "announced")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        assessed(a_standard(), now=datetime(2026, 7, 1))
