"""S11, S12: under the standard that an office begins with, each gate is passed by one named person.

What a project needs at each gate is taken from the standard's own golden records.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_core import Answer, Choice, Office, Refused, found_office
from pmo_core.documents import Json, JsonObject, read_yaml
from pmo_core.documents.changes import merged
from pmo_core.governance.state import State

from .offices import Clock

STANDARDS = Path(__file__).parents[2] / "standards" / "pmo_standards"
GOLDEN = STANDARDS / "essentials" / "1.0.0" / "golden"
PROJECT = "open-library"
MANAGER, SPONSOR, CHAIR, OWNER = "ida.krog", "eva.stern", "kari.moen", "per.dahl"
ROLES = (("sponsor", SPONSOR), ("manager", MANAGER), ("business-owner", OWNER))
GO = Choice("go", "Ready, and what was only wished for can wait")
OFFICE_ROLES = f"""
roles:
  board-chair: {CHAIR}
  pmo: kira.dahl
  data-protection-officer: siri.vik
"""
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
NOTICE = timedelta(days=4)


class Library(NamedTuple):
    """A project that opens a library in the evening, in an office whose board has a chair."""

    office: Office
    clock: Clock

    @property
    def phase(self) -> str:
        return self.office.project(PROJECT).phases["main"]

    def comes_to(self, name: str, **changes: Json) -> None:
        """The project comes to what the golden record says, each stamp by whom it names."""
        record = record_of(name)

        def change(state: State) -> JsonObject:
            content = {**content_of(name), "depends_on": [], **changes}
            return mapping(merged(state.record, content))

        self.office.amend(PROJECT, change, actor=MANAGER)
        for artefact, stamp in mapping(record.get("artefacts", {})).items():
            told = mapping(stamp)
            state, by = str(told["state"]), str(told["by"])
            self.office.move_artefact(PROJECT, artefact, state, actor=by)
        for criterion, stamp in mapping(record.get("answers", {})).items():
            told = mapping(stamp)
            evidence = ("https://city.example/letter",) if "evidence" in told else ()
            said = Answer(criterion, told["value"], evidence=evidence)
            self.office.answer(PROJECT, said, actor=str(told["by"]))

    def asks(self, gate: str) -> None:
        """The manager opens a review, and waits as long as notice must be given."""
        self.office.open_review(PROJECT, gate, actor=MANAGER)
        self.clock.now += NOTICE

    def decides(self, who: str, choice: Choice) -> str:
        """That person decides: the phase to which the project comes."""
        self.office.decide(PROJECT, choice, actor=who)
        return self.phase

    def is_brought_to(self, phase: str) -> None:
        """Gate after gate, until the project stands in that phase."""
        steps = (
            ("definition", "idea", "worth-defining", SPONSOR),
            ("planning", "definition", "ready-for-planning", CHAIR),
            ("delivery", "planning", "ready-for-delivery", SPONSOR),
            ("closing", "delivered", "ready-for-closing", SPONSOR),
            ("benefits", "closing", "ready-to-close", SPONSOR),
            ("closed", "benefits", "benefits-realized", CHAIR),
        )
        for entered, record, gate, who in steps:
            if self.phase == phase:
                return
            self.comes_to(record, concerns=[])
            self.asks(gate)
            with pytest.raises(Refused, match=f"{MANAGER} may not decide"):
                self.decides(MANAGER, GO)
            assert self.decides(who, GO) == entered


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    clock = Clock(NOW)
    found_office(tmp_path / "city", "essentials", zone="Europe/Oslo")
    settings = tmp_path / "city" / "pmo.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + OFFICE_ROLES, encoding="utf-8")
    with Office.open(tmp_path / "city", clock=clock) as office:
        office.register(PROJECT, content_of("idea"), roles=ROLES, actor="kira.dahl")
        yield Library(office, clock)


def record_of(name: str) -> JsonObject:
    value = read_yaml((GOLDEN / "records" / f"{name}.yaml").read_bytes(), name).value
    assert isinstance(value, dict)
    return value


def content_of(name: str) -> JsonObject:
    """A golden record without its phase and without what people stamp."""
    record = record_of(name)
    return {k: v for k, v in record.items() if k not in ("phase", "artefacts", "answers")}


def mapping(value: Json) -> JsonObject:
    assert isinstance(value, dict)
    return value


def test_a_project_goes_from_its_idea_to_its_end(library: Library) -> None:
    library.is_brought_to("closed")
    assert library.phase == "closed"


def test_a_large_project_is_for_the_chair_of_the_board(library: Library) -> None:
    library.is_brought_to("planning")
    money: Json = {"amount": "3000000.00", "currency": "NOK"}
    budget = {**mapping(content_of("planning")["budget"]), "approved": money, "forecast": money}
    library.comes_to("planning", budget=budget)
    library.office.move_artefact(PROJECT, "review-report", "accepted", actor="kira.dahl")
    library.asks("ready-for-delivery")
    with pytest.raises(Refused, match=f"{SPONSOR} may not decide"):
        library.decides(SPONSOR, GO)
    assert library.decides(CHAIR, GO) == "delivery"


def test_the_health_of_a_project_is_decided_each_month(library: Library) -> None:
    """S11.4."""
    library.is_brought_to("delivery")
    library.clock.now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    library.office.tick()
    evening: Json = [{"id": "M-2", "title": "First evening", "planned": "2027-03-01"}]
    damage: Json = [{"id": "R-1", "title": "Damage", "status": "closed", "owner": MANAGER}]
    library.comes_to("delivery", milestones=evening, risks=damage, resources=[], changes=[])
    library.asks("health")
    assert library.decides(SPONSOR, GO) == "delivery"


@pytest.mark.parametrize(
    ("gate", "phase", "who", "outcome", "leads"),
    [
        ("worth-defining", "idea", SPONSOR, "hold", "idea"),
        ("worth-defining", "idea", SPONSOR, "kill", "stopped"),
        ("stop", "idea", CHAIR, "stop", "stopped"),
        ("stop", "definition", CHAIR, "stop", "stopped"),
        ("stop", "planning", CHAIR, "carry-on", "planning"),
        ("stop", "planning", CHAIR, "stop", "stopped"),
        ("ready-for-closing", "delivery", SPONSOR, "hold", "delivery"),
        ("ready-for-closing", "delivery", SPONSOR, "kill", "stopped"),
        ("ready-to-close", "closing", SPONSOR, "hold", "closing"),
        ("stop", "closing", CHAIR, "stop", "stopped"),
        ("benefits-realized", "benefits", CHAIR, "hold", "benefits"),
        ("stop", "benefits", CHAIR, "stop", "stopped"),
    ],
)
def test_what_is_not_ready_is_held_or_stopped_by_one_person(
    library: Library, gate: str, phase: str, who: str, outcome: str, leads: str
) -> None:
    """S12.3: nothing that is missing keeps a project from being stopped, in any phase."""
    library.is_brought_to(phase)
    library.asks(gate)
    resume = NOW.date() + timedelta(days=90) if outcome == "hold" else None
    assert library.decides(who, Choice(outcome, "It has lost its sense", resume)) == leads


@pytest.mark.parametrize(
    ("gate", "phase"), [("ready-to-close", "closing"), ("benefits-realized", "benefits")]
)
def test_the_chair_closes_against_the_verdict_what_can_be_mended_no_more(
    library: Library, gate: str, phase: str
) -> None:
    """S12.3."""
    library.is_brought_to(phase)
    override = Choice("go", "The money is spent", override=True)
    library.asks(gate)
    with pytest.raises(Refused, match=f"{SPONSOR} may not decide"):
        library.decides(SPONSOR, override)
    library.decides(CHAIR, override)
    assert library.office.project(PROJECT).decisions[-1].override


def test_the_handover_is_signed_by_the_business_owner_alone(library: Library) -> None:
    library.is_brought_to("delivery")
    library.comes_to("delivered")
    library.office.move_artefact(PROJECT, "handover-note", "signed", actor=MANAGER)
    library.asks("ready-for-closing")
    with pytest.raises(Refused, match="handover-signed"):
        library.decides(SPONSOR, GO)


def test_while_the_board_has_no_chair_whoever_tries_learns_where_to_name_one(
    tmp_path: Path,
) -> None:
    found_office(tmp_path / "new", "essentials")
    with Office.open(tmp_path / "new", clock=Clock(NOW)) as office:
        office.register(PROJECT, content_of("idea"), roles=ROLES, actor="kira.dahl")
        office.open_review(PROJECT, "stop", actor=SPONSOR)
        with pytest.raises(Refused) as caught:
            office.decide(PROJECT, Choice("stop", "No money"), actor=SPONSOR)
    assert "it is for the board-chair" in caught.value.message
    assert "holds board-chair now: name somebody in pmo.yaml under 'roles'" in str(
        caught.value.remedy
    )
