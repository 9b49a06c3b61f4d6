"""What stands against an act now, until when, and what lifts it (S12.4, S10.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pmo_core.errors import Refused
from pmo_core.governance.bars import bars_to_deciding, bars_to_opening
from pmo_core.standards.instants import format_instant

from .life import Life, house


def life_of(review: str = "{}", more: str = "", outcome: str = "", **parts: str) -> Life:
    life = Life(
        house(
            f"""
start:
  title: Start
  from: idea
  outcomes: {{go: build, hold: {{to: same{outcome}}}}}
  authority: {{role: sponsor}}
  review: {review}
  {more}
  criteria: {{}}
""",
            **parts,
        )
    )
    life.register()
    return life


def standing(life: Life) -> list[tuple[str, str, str]]:
    gate = life.standard.gates["start"]
    found = bars_to_deciding(life.ground(), gate, life.state.reviews[-1])
    return [(one.kind, one.about, format_instant(one.until)) for one in found]


def opening(life: Life) -> list[tuple[str, str, str]]:
    found = bars_to_opening(life.ground(), life.state, life.standard.gates["start"])
    return [(one.kind, one.about, format_instant(one.until)) for one in found]


def test_notice_runs_from_the_opening_to_the_end_of_its_last_day() -> None:
    life = life_of("{notice: P7D}")
    life.open("start")
    assert standing(life) == [("notice", "", "2026-02-08T00:00:00Z")]
    life.at("2026-02-07T23:59:59Z")
    with pytest.raises(Refused) as caught:
        life.decide("go")
    assert str(caught.value) == (
        "deciding start/1 is barred: notice was given and runs until the end of Sat 7 Feb 2026. "
        "Try again from 2026-02-08 00:00 on."
    )
    life.at("2026-02-08T00:00:00Z")
    assert life.decide("go").phases == {"main": "build"}


def test_the_end_of_a_day_is_the_offices() -> None:
    life = life_of("{notice: P7D}")
    life.zone = "Pacific/Auckland"
    life.open("start")
    assert standing(life) == [("notice", "", "2026-02-08T11:00:00Z")]
    with pytest.raises(Refused, match="until the end of Sun 8 Feb 2026") as caught:
        life.decide("go")
    assert caught.value.remedy == "Try again from 2026-02-09 00:00 on"


def test_a_refusal_tells_the_offices_time_of_day() -> None:
    life = life_of("{notice: PT36H}")
    life.zone = "Asia/Kolkata"
    life.open("start")
    with pytest.raises(Refused, match="runs until 2026-02-02 05:30") as caught:
        life.decide("go")
    assert caught.value.remedy == "Try again from 2026-02-02 05:30 on"


def test_notice_in_hours_is_exact_and_in_working_days_by_the_calendar() -> None:
    life = life_of("{notice: PT36H}")
    life.open("start")
    assert standing(life) == [("notice", "", "2026-02-02T00:00:00Z")]
    life = life_of("{notice: {working-days: 2}}")
    life.open("start")
    assert standing(life) == [("notice", "", "2026-02-04T00:00:00Z")]


def test_a_decision_waits_for_every_window() -> None:
    life = life_of(
        "{notice: P1D, comment: [{audience: public, for: P14D}, {audience: users, for: P3D}]}"
    )
    life.open("start")
    life.at("2026-02-02T12:00:00Z")
    with pytest.raises(Refused) as caught:
        life.decide("go")
    assert caught.value.message == (
        "deciding start/1 is barred: comments by public are awaited until "
        "the end of Sat 14 Feb 2026, comments by users are awaited until the end of Tue 3 Feb 2026"
    )
    assert caught.value.remedy == "Try again from 2026-02-15 00:00 on"


def test_windows_begin_again_when_the_record_changes_where_the_gate_says_so() -> None:  # S12.1
    life = life_of("{notice: P7D, restart-on: [amended], minor: [/contacts]}")
    life.open("start")
    life.at("2026-02-05T12:00:00Z").amend(contacts=["eve"])
    assert standing(life) == [("notice", "", "2026-02-08T00:00:00Z")]
    life.amend(contacts=["eve", "mo"], cost=3)
    assert standing(life) == [("notice", "", "2026-02-13T00:00:00Z")]


def test_windows_go_on_where_the_gate_does_not_say_so() -> None:
    life = life_of("{notice: P7D, restart-on: [answered]}")
    life.open("start")
    life.at("2026-02-05T12:00:00Z").amend(cost=3)
    assert standing(life) == [("notice", "", "2026-02-08T00:00:00Z")]


CALENDARS = """
events:
  entries:
    - {kind: fair, from: "2026-02-10", to: "2026-02-12"}
    - {kind: picnic, from: "2026-01-31"}
"""


def freeze(keys: str) -> str:
    return f"[{{calendar: events, around: fair, {keys}}}]"


def test_a_freeze_lasts_from_before_its_dates_until_after_them() -> None:
    life = life_of(
        calendars=CALENDARS, freezes=freeze("before: P1W, after: P2D, bars: [open, decide]")
    )
    assert opening(life) == []
    life.open("start")
    life.at("2026-02-02T23:59:59Z")
    assert standing(life) == []
    life.at("2026-02-03T00:00:00Z")
    assert standing(life) == [("freeze", "fair", "2026-02-15T00:00:00Z")]
    assert opening(life) == standing(life)
    life.at("2026-02-14T23:59:59Z")
    assert standing(life) != []
    life.at("2026-02-15T00:00:00Z")
    assert standing(life) == []


@pytest.mark.parametrize(
    ("keys", "first", "until"),
    [
        ("before: PT6H, after: PT6H", "2026-02-09T18:00:00Z", "2026-02-13T06:00:00Z"),
        (
            "before: {working-days: 2}, after: {working-days: 2}",
            "2026-02-06T00:00:00Z",
            "2026-02-17T00:00:00Z",
        ),
        ("", "2026-02-10T00:00:00Z", "2026-02-13T00:00:00Z"),
    ],
)
def test_the_span_of_a_freeze(keys: str, first: str, until: str) -> None:
    comma = ", " if keys else ""
    life = life_of(calendars=CALENDARS, freezes=freeze(f"{keys}{comma}bars: [open]"))
    assert opening(life.at(first)) == [("freeze", "fair", until)]
    life.now -= timedelta(seconds=1)
    assert opening(life) == []
    assert opening(life.at(until)) == []


def test_a_freeze_bars_what_it_says_and_no_more() -> None:
    life = life_of(calendars=CALENDARS, freezes=freeze("bars: [open]")).at("2026-02-10T12:00:00Z")
    with pytest.raises(Refused, match="opening a review of start is barred: a freeze around fair"):
        life.open("start")
    life.at("2026-02-09T12:00:00Z").open("start")
    life.at("2026-02-10T12:00:00Z")
    assert standing(life) == []


def test_an_outcome_may_keep_the_gate_from_being_asked_again_at_once() -> None:
    life = life_of(outcome=", again-after: P1M")
    life.open("start")
    life.decide("hold")
    with pytest.raises(Refused) as caught:
        life.open("start")
    assert str(caught.value) == (
        "opening a review of start is barred: after hold it rests until "
        "the end of Sat 28 Feb 2026. Try again from 2026-03-01 00:00 on."
    )
    assert life.at("2026-03-01T00:00:00Z").open("start").key == "start/2"


def test_at_a_repeated_gate_one_item_does_not_keep_the_others_waiting() -> None:
    life = life_of(outcome=", again-after: P1M", more="per: {items: /stages, id: id}")
    life.amend(stages=[{"id": "s1"}, {"id": "s2"}])
    life.open("start", occurrence="s1")
    life.decide("hold")
    assert life.open("start", occurrence="s2").key == "start@s2/1"
    with pytest.raises(Refused, match="after hold it rests"):
        life.open("start", occurrence="s1")


# What an override lifts


def barred(bars: str) -> Life:
    life = life_of("{notice: P7D}", more=f"override: {{by: executive{bars}}}")
    life.open("start")
    return life


def test_an_override_lifts_the_bars_that_the_gate_names() -> None:
    life = barred(", bars: [notice]")
    decision = life.decide("go", "di", override=True, reason="It burns").decisions[0]
    assert (decision.override, decision.verdict) == (True, "ready")


def test_an_override_lifts_no_other_bar() -> None:
    for bars in ("", ", bars: [freeze]"):
        with pytest.raises(Refused, match=r"notice was given .* until the end of Sat 7 Feb 2026"):
            barred(bars).decide("go", "di", override=True, reason="It burns")


def test_without_override_the_bars_stand_for_everybody() -> None:
    with pytest.raises(Refused, match="deciding start/1 is barred"):
        barred(", bars: [notice]").decide("go", "bo")
    with pytest.raises(Refused, match="bo may not decide at start: it is for the executive"):
        barred(", bars: [notice]").decide("go", "bo", override=True, reason="It burns")


def test_a_bar_never_changes_a_verdict() -> None:
    life = barred("")
    assert life.assess("start").verdict == "ready"


def test_an_automatic_gate_waits_for_its_bars_too() -> None:
    standard = house("""
start:
  title: Start
  from: idea
  outcomes: {go: build}
  authority: automatic
  review: {notice: P1D}
  criteria: {}
""")
    life = Life(standard)
    life.register()
    life.open("start")
    assert life.automatic() == []
    life.at("2026-02-02T00:00:00Z")
    assert life.automatic() == ["start"]


@pytest.mark.parametrize("notice", ["P999999Y", "{working-days: 100000}", "PT999999H"])
def test_a_window_that_outlasts_the_calendar_is_no_fault_of_who_decides(notice: str) -> None:
    life = life_of(f"{{notice: {notice}}}", outcome=f", again-after: {notice}")
    life.open("start")
    with pytest.raises(Refused, match="notice was given and runs until"):
        life.decide("go")


@pytest.mark.parametrize("span", ["P999999Y", "{working-days: 100000}"])
def test_a_freeze_that_outlasts_the_calendar_always_stands(span: str) -> None:
    keys = f"before: {span}, after: {span}, bars: [open]"
    life = life_of(calendars=CALENDARS, freezes=freeze(keys))
    assert [kind for kind, _about, _until in opening(life)] == ["freeze"]
    assert [kind for kind, _about, _until in opening(life.at("2500-01-01T00:00:00Z"))] == ["freeze"]
