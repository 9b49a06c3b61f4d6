"""S15.1: the chain of a project, and where it is broken."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from pmo_core.errors import InvalidDocument
from pmo_core.ledger import Broken, Draft, Event, broken_link, genesis, seal

from .chains import NOW, chain, draft

THREE = chain(draft("registered"), draft("amended"), draft("decided"))


def test_each_event_names_the_hash_of_the_one_before() -> None:
    """S15.1."""
    first, second, third = THREE
    assert first.prev == genesis("brindal", "permit-portal")
    assert (second.prev, third.prev) == (first.hash, second.hash)
    assert [event.seq for event in THREE] == [1, 2, 3]


def test_a_whole_chain_is_not_broken() -> None:
    assert broken_link(THREE) is None
    assert broken_link(THREE, head=THREE[-1].hash) is None
    assert broken_link([]) is None


def test_an_altered_event_is_named_with_both_hashes() -> None:
    """The first line of `decision show` of an altered ledger."""
    first, second, third = THREE
    altered = second._replace(payload={"patch": "other"})
    assert broken_link([first, altered, third]) == Broken(
        2, "altered", expected=second.hash, found=altered.hash
    )


def test_the_last_event_is_vouched_for_by_the_head_alone() -> None:
    first, second, third = THREE
    altered = third._replace(name="amended")
    assert broken_link([first, second, altered]) is None
    assert broken_link([first, second, altered], head=third.hash) == Broken(
        3, "head", expected=third.hash, found=altered.hash
    )


def test_a_tail_that_was_cut_shows_against_the_head() -> None:
    first, second, third = THREE
    assert broken_link([first, second], head=third.hash) == Broken(
        2, "head", third.hash, second.hash
    )
    assert broken_link([], head=third.hash) == Broken(0, "head", third.hash, "nothing")


def test_a_missing_event_is_a_gap() -> None:
    first, second, third = THREE
    assert broken_link([first, third]) == Broken(2, "gap", "2", "3")
    assert broken_link([second, third]) == Broken(1, "gap", "1", "2")
    assert broken_link([first, first]) == Broken(2, "gap", "2", "1")


def test_a_first_event_that_does_not_begin_at_the_genesis_is_altered() -> None:
    first = THREE[0]
    moved = first._replace(project="atlas")
    assert broken_link([moved]) == Broken(1, "altered", genesis("brindal", "atlas"), first.prev)


def test_an_event_of_another_project_is_a_stranger() -> None:
    first, second, _third = THREE
    assert broken_link([first, second._replace(project="atlas")]) == Broken(
        2, "stranger", "brindal/permit-portal", "brindal/atlas"
    )


def second(later: Draft, recorded: datetime) -> Event:
    """The event after one that was recorded, and holds from, NOW."""
    [first] = chain(draft())
    return seal(
        later,
        office="brindal",
        project="permit-portal",
        previous=first,
        prev=first.hash,
        id="id-1",
        recorded=recorded,
        key="k-1",
        versions={},
    )


@pytest.mark.parametrize(
    ("recorded", "effective", "behind"),
    [(0, 0, None), (60, 60, None), (-90, 0, 90), (0, -5, 5), (-5, -90, 90), (60, -7, 7)],
)
def test_an_event_before_its_predecessor_says_by_how_many_seconds(
    recorded: int, effective: int, behind: int | None
) -> None:
    """S13.3, S15.1: no event earlier than its predecessor goes in unmarked."""
    [first] = chain(draft())
    later = draft("amended", {"a": 1}, effective=NOW + timedelta(seconds=effective))
    events = [first, second(later, NOW + timedelta(seconds=recorded))]
    assert events[1].payload.get("clock") == (behind and {"behind": behind})
    assert events[1].payload["a"] == 1
    assert broken_link(events) is None


def test_an_unmarked_earlier_event_breaks_the_chain() -> None:
    [first] = chain(draft())
    early = second(draft(), NOW - timedelta(hours=2))
    events = [first, early._replace(payload={})]
    assert broken_link(events) == Broken(2, "clock", "7200", "0")
    timely = second(draft(), NOW)
    events = [first, timely._replace(payload={"clock": {"behind": 3}})]
    assert broken_link(events) == Broken(2, "clock", "0", "3")


def test_an_unmarked_event_shows_though_its_successors_vouch_for_it() -> None:
    """Who writes around the store may well compute hashes."""
    [first] = chain(draft())
    unmarked = second(draft(), NOW - timedelta(hours=2))._replace(payload={})
    third = unmarked._replace(seq=3, prev=unmarked.hash)
    assert broken_link([first, unmarked, third], head=third.hash) == Broken(2, "clock", "7200", "0")


def test_a_hash_counts_before_a_clock() -> None:
    """An event whose time was altered is named as altered."""
    first, second, third = THREE
    early = second._replace(recorded=NOW - timedelta(days=1))
    found = broken_link([first, early, third])
    assert found is not None
    assert (found.seq, found.fault) == (2, "altered")


def test_the_clock_of_a_payload_is_the_ledgers_own() -> None:
    with pytest.raises(InvalidDocument, match="'clock', which is the ledger's own"):
        chain(draft("amended", {"clock": {"behind": 0}}))


def test_the_verifier_needs_no_database() -> None:
    """Neither `pmo_core.ledger` nor its chain imports SQLAlchemy."""
    code = "import pmo_core.ledger, sys; print({'sqlalchemy', 'sqlite3'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
