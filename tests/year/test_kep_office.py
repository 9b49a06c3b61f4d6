"""An office that follows another system: 656 proposals registered, and read again after a change.

The proposals are the Kubernetes project's own. Of the second reading the ledger keeps an amendment
for each proposal that changed, and nothing else; every other proposal stands as it stood.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core import Office
from pmo_core.documents import Json
from pmo_core.ledger import broken_link
from pmo_core.ledger.stored import Placed

from .script import HERE
from .town import Written, in_process

CORPUS = HERE.parents[2] / "shared/data/kep"
FIRST = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECOND = datetime(2026, 12, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the proposals are not beside this repository (../shared/data/kep)"
)

EDITS = (
    (r"^title: ([A-Z][\w ]+)$", r"title: \1, revised"),
    (r"^owning-sig: sig-node$", "owning-sig: sig-architecture"),
    (r"^last-updated: .*$", "last-updated: 2026-11-30"),
    (r"^status: implementable$", "status: implemented"),
)
"""What somebody changes in a proposal, each in ten of them."""

PLACES = ("/kep/title", "/kep/owning-sig", "/kep/last-updated", "/kep/status")
MOVED, CLAIMS_MORE = 1, 3
EACH = 10


class Following(NamedTuple):
    """The office after both readings.

    Attributes:
        edited: the ids of the proposals that were changed, by which of the edits.
        before: how each project stood at its gate after the first reading, and `after` the second.
    """

    office: Office
    first: Written
    second: Written
    edited: dict[str, int]
    before: dict[str, dict[str, object]]
    after: dict[str, dict[str, object]]
    events: tuple[Placed, ...]


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Following]:
    """The proposals are read, forty are changed, and they are read again."""
    folder = tmp_path_factory.mktemp("following")
    shutil.copytree(CORPUS / "keps", folder / "enhancements/keps")
    shutil.copy(CORPUS / "OWNERS_ALIASES", folder / "enhancements")
    founded = _pmo(folder, FIRST, "init office --standard kep --zone UTC")
    assert founded.code == 0
    root = folder / "office"
    with (root / "pmo.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nplugins: {kep: {}}\nsources: [kep:../enhancements]\n")
    first = _pmo(root, FIRST, "project add kep:../enhancements --standard kep")
    before = _standings(root, SECOND)
    edited = _edit(folder / "enhancements")
    second = _pmo(root, SECOND, "project add kep:../enhancements --standard kep")
    after = _standings(root, SECOND)
    with Office.open(root, read_only=True) as office:
        events = tuple(office.store.all_events())
        yield Following(office, first, second, edited, before, after, events)


def _pmo(folder: Path, at: datetime, line: str) -> Written:
    return in_process(folder, "kira.holm", at, line.split())


def _standings(root: Path, at: datetime) -> dict[str, dict[str, object]]:
    shown = _pmo(root, at, "gate status --json")
    assert shown.err == ""
    return {row["project"]: row for row in json.loads(shown.out)}


def _edit(root: Path) -> dict[str, int]:
    """Change forty proposals, in the order of their paths; the ids of those that were changed."""
    edited: dict[str, int] = {}
    left = Counter(dict.fromkeys(range(len(EDITS)), EACH))
    for path in sorted(root.glob("keps/**/kep.yaml")):
        text = path.read_text(encoding="utf-8")
        number = re.search(r"^kep-number: \"?(\d+)", text, re.MULTILINE)
        for kind, (pattern, changed) in enumerate(EDITS):
            other = re.sub(pattern, changed, text, count=1, flags=re.MULTILINE)
            if number is not None and left[kind] and other != text:
                path.write_text(other, encoding="utf-8")
                edited[number[1]] = kind
                left[kind] -= 1
                break
    return edited


def test_all_proposals_are_registered(following: Following) -> None:
    assert (following.first.code, following.first.err) == (0, "")
    assert "656 added, 0 changed, 0 unchanged, 0 not taken in" in following.first.out
    assert len(following.before) == following.office.store.count() == 656


def test_forty_that_changed_are_forty_amendments_and_nothing_else(following: Following) -> None:
    assert len(following.edited) == EACH * len(EDITS) == 40
    assert (following.second.code, following.second.err) == (0, "")
    assert "0 added, 40 changed, 616 unchanged, 0 not taken in" in following.second.out
    since = [one.event for one in following.events if one.event.effective == SECOND]
    assert Counter(event.name for event in since) == {"amended": 40}
    assert {event.project for event in since} == set(following.edited)
    assert Counter(one.event.name for one in following.events)["registered"] == 656


def test_an_amendment_holds_what_was_edited(following: Following) -> None:
    """An approval is filed by the owning SIG: a proposal that moved has lost it, until it moves."""
    for one in following.events:
        if one.event.name == "amended":
            paths = [change["path"] for change in _patch(one) if isinstance(change, dict)]
            kind = following.edited[one.event.project]
            lost = ["/approval"] if kind == MOVED and len(paths) > 1 else []
            assert paths == [PLACES[kind], *lost]


def test_whatever_did_not_change_stands_as_it_stood(following: Following) -> None:
    for project, row in following.before.items():
        kind = following.edited.get(project)
        if kind is None:
            assert following.after[project] == row
        elif kind not in (MOVED, CLAIMS_MORE):
            assert following.after[project]["verdict"] == row["verdict"] == "ready"


def test_a_proposal_that_lost_its_approval_is_no_longer_entitled(following: Following) -> None:
    lost = [
        one.event.project
        for one in following.events
        if one.event.name == "amended" and {"op": "remove", "path": "/approval"} in _patch(one)
    ]
    assert lost
    assert {following.after[project]["verdict"] for project in lost} == {"blocked"}


def _patch(placed: Placed) -> list[Json]:
    patch = placed.event.payload["patch"]
    assert isinstance(patch, list)
    return patch


def test_a_status_that_no_decision_brought_about_is_a_claim(following: Following) -> None:
    """S11.7: the ledger knows of no passage, so that the proposal's new status fails `claim`."""
    for project, kind in following.edited.items():
        if kind == CLAIMS_MORE:
            assert following.after[project]["verdict"] == "blocked"
            assert following.after[project]["blocking"] == 1
            (standing,) = following.office.standings(project, at=SECOND)
            assert [one.criterion for one in standing.found.blocking] == ["claim"]


def test_every_chain_is_whole(following: Following) -> None:  # S15.1
    for kept in following.office.store.projections():
        events = following.office.store.events(kept.project)
        assert broken_link(events, head=kept.head) is None  # type: ignore[arg-type]
