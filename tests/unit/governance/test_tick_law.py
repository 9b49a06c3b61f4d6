"""tick(b) is tick(a) then tick(b), and a second tick writes nothing (S13.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .life import Life, house

ZONES = st.sampled_from(
    ["UTC", "Europe/Oslo", "America/St_Johns", "Asia/Beirut", "Pacific/Apia", "America/Havana"]
)
EVERY = st.sampled_from(
    ["P1D", "P1W", "P1M", "{working-days: 3}", "[P1M, P2M]", "[P10D, P1M]", "P1Y"]
)
BEGUN = datetime(2011, 12, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 200 * 24).map(lambda hours: BEGUN + timedelta(hours=hours))


def life_of(every: str, missed: str, anchor: str, zone: str, begun: datetime) -> Life:
    standard = house(f"""
look:
  title: Look
  from: idea
  recurs: {{every: {every}, anchor: {anchor}, missed: {missed}}}
  outcomes: {{go: {{to: same}}}}
  authority: {{role: sponsor}}
  criteria: {{}}
other:
  title: Look otherwise
  from: idea
  recurs: {{every: P2W, anchor: {{entered: idea}}}}
  outcomes: {{go: {{to: same}}}}
  authority: {{role: sponsor}}
  criteria: {{}}
""")
    life = Life(standard, now=begun, zone=zone)
    life.register()
    return life


@given(
    every=EVERY,
    missed=st.sampled_from(["skip", "keep"]),
    anchor=st.sampled_from(["{entered: idea}", '"2011-08-31"', '"2011-12-30"', '"2012-02-29"']),
    zone=ZONES,
    begun=INSTANTS,
    ticks=st.lists(INSTANTS, max_size=4),
    last=INSTANTS,
)
def test_ticks_between_change_nothing(
    every: str,
    missed: str,
    anchor: str,
    zone: str,
    begun: datetime,
    ticks: list[datetime],
    last: datetime,
) -> None:
    once = life_of(every, missed, anchor, zone, begun)
    often = life_of(every, missed, anchor, zone, begun)
    last = max(last, *ticks, begun)
    for at in sorted(ticks):
        often.tick(at)
    written = often.tick(last)
    once.tick(last)
    assert often.events == once.events
    assert often.state == once.state
    assert often.tick(last) == []
    assert [one.at for one in written] == sorted(one.at for one in written)
    assert len({one[:3] for one in written}) == len(written)
    assert all(event.effective <= last for event in once.events)


@given(every=EVERY, zone=ZONES, begun=INSTANTS, last=INSTANTS)
def test_of_all_that_fell_due_one_waits(
    every: str, zone: str, begun: datetime, last: datetime
) -> None:
    """S11.4: each is missed when the next falls due, so that only the last one waits."""
    life = life_of(every, "skip", "{entered: idea}", zone, begun)
    life.tick(max(begun, last))
    states = [one.status for one in sorted(life.state.occurrences) if one.gate == "look"]
    assert states[:-1] == ["missed"] * len(states[:-1])
    assert states[-1:] in ([], ["due"])
