"""Who acts by a login that nobody listed, and what takes effect ahead of the clock, is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pmo_core.office.settings import FILE

from .gate_office import SETTINGS, START, office_in, typed

AMEND = "project amend portal --set budget=6"
WHO = "Note: 'root', your login, is nobody whom the office lists; say who acts with --as.\n"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = office_in(tmp_path)
    monkeypatch.delenv("PMO_AS", raising=False)
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.chdir(root)
    return root


def test_a_login_that_the_office_does_not_list_is_noted() -> None:
    written = typed(AMEND)
    assert (written.err, written.code) == (WHO, 0)


def test_a_login_that_is_listed_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ana.ruiz")
    assert typed(AMEND).err == ""


def test_where_nobody_is_listed_any_login_will_do(office: Path) -> None:
    file = office / FILE
    people, _, _roles = SETTINGS.partition("roles:")
    file.write_text(file.read_text().replace(people, "\n"))
    assert typed(AMEND).err == ""


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (timedelta(days=3, hours=1), "3 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(minutes=5), "less than an hour"),
    ],
)
def test_what_takes_effect_ahead_of_the_clock_is_noted(ahead: timedelta, told: str) -> None:
    at = f"{START + ahead:%Y-%m-%dT%H:%M}Z"
    assert typed(f"{AMEND} --as ana.ruiz --at {at}").err == (
        f"Note: --at is {told} ahead of the clock; until then nothing can be decided on portal "
        "without it.\n"
    )


def test_what_is_not_ahead_or_not_written_is_not_noted() -> None:
    assert typed(f"{AMEND} --as ana.ruiz --at 2026-11-24T08:00Z").err == ""
    assert typed(f"{AMEND} --as ana.ruiz --at 2026-12-24T08:00Z --dry-run").err == ""


def test_a_decision_before_an_event_ahead_names_it_and_the_way_on() -> None:
    typed("review open portal --as ana.ruiz --at 2026-11-26T08:00Z")
    refused = typed("review decide portal hold --as eva.stern --reason 'Too early'")
    assert refused.err == (
        "it is 2026-11-24 09:00 here, and event 3 of portal (review-opened, by ana.ruiz) is of "
        "2026-11-26 09:00: nobody decides before what already happened. Give --at of that time or "
        "later, such as --at 2026-11-26T08:00:00Z, or set the clock right.\n"
    )
    again = "review decide portal hold --as eva.stern --reason 'Too early' --at"
    assert typed(f"{again} 2026-11-26T08:00:00Z").code == 0
