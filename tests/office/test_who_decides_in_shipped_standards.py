"""S12.2: who decides on the special paths of the shipped standards, in an office."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_core import Answer, Choice, JsonObject, Office, Refused, found_office

KEEPER = "kira.dahl"
PM2 = {"owner": "eva.stern", "manager": "ida.krog", "governance-chair": "gro.moe"}
P3 = {"sponsor": "lena.voss", "manager": "tom.arden", "customer": "city.transport"}


def office(folder: Path, standard: str) -> Office:
    found_office(folder / "office", standard)
    return Office.open(folder / "office")


def entered(here: Office, phase: str, held: dict[str, str], **record: object) -> None:
    """A project that came to the office when it had reached that phase."""
    value: JsonObject = {"id": "ferry", "title": "Ferry", **record}  # type: ignore[dict-item]
    roles = tuple(held.items())
    shown = ("https://city.example/minutes",)
    here.register(
        "ferry", value, roles=roles, position={"main": phase}, evidence=shown, actor=KEEPER
    )


def phase(here: Office) -> str:
    return here.project("ferry").phases["main"]


def test_where_nothing_was_approved_to_compare_with_the_governance_chair_decides(
    tmp_path: Path,
) -> None:
    with office(tmp_path, "pm2") as here:
        entered(here, "planning", PM2)
        here.open_review("ferry", "ready-for-executing", actor="ida.krog")
        again = Choice("recycle", "The charter is gone")
        with pytest.raises(Refused) as caught:
            here.decide("ferry", again, actor="eva.stern")
        assert caught.value.message == (
            "eva.stern may not decide at ready-for-executing: it is for the governance-chair "
            "(pm2@3.1.0)"
        )
        assert caught.value.remedy == "May decide: gro.moe"
        here.decide("ferry", again, actor="gro.moe")
        assert phase(here) == "initiating"


def test_benefits_that_nobody_can_measure_are_settled_by_the_governance_chair(
    tmp_path: Path,
) -> None:
    """S12.3."""
    with office(tmp_path, "pm2") as here:
        entered(here, "benefits", PM2)
        here.open_review("ferry", "benefits-settled", actor="ida.krog")
        close = Choice("go", "Nobody counts there any more", override=True)
        with pytest.raises(Refused, match=r"eva\.stern may not decide"):
            here.decide("ferry", close, actor="eva.stern")
        here.decide("ferry", close, actor="gro.moe")
        assert phase(here) == "closed"


def test_a_sponsor_says_no_before_anything_is_described(tmp_path: Path) -> None:
    """S13: no entrance criterion stands before the only way to end it."""
    with office(tmp_path, "p3express") as here:
        here.register("ferry", {"id": "ferry", "title": "Ferry"}, roles=[*P3.items()], actor=KEEPER)
        here.open_review("ferry", actor="tom.arden")
        here.decide("ferry", Choice("kill", "No money"), actor="lena.voss")
        assert phase(here) == "closure"


def test_what_is_made_for_a_customer_is_handed_over_with_the_customer(tmp_path: Path) -> None:
    """S5.5: the customer answers; nobody answers in their name."""
    with office(tmp_path, "p3express") as here:
        done = {"id": "D-1", "title": "Ferry", "state": "accepted"}
        accepted = {**done, "accepted": "2026-01-02", "accepted_by": "city.transport"}
        entered(here, "cycle", P3, people=P3, deliverables=[accepted])
        here.move_artefact("ferry", "handover-note", "signed", actor="noor.said")
        letter = ("https://city.example/acceptance",)
        here.answer("ferry", Answer("customer-accepted", "yes", evidence=letter), actor="tom.arden")
        here.open_review("ferry", "handed-over", actor="tom.arden")
        with pytest.raises(Refused, match="blocked by customer-agrees"):
            here.decide("ferry", Choice("go"), actor="lena.voss")
        agreed = Answer("customer-agrees", "yes")
        with pytest.raises(Refused, match=r"tom\.arden may not answer customer-agrees"):
            here.answer("ferry", agreed, actor="tom.arden")
        here.answer("ferry", agreed, actor="city.transport")
        with pytest.raises(Refused, match=r"city\.transport may not decide"):
            here.decide("ferry", Choice("go"), actor="city.transport")
        here.decide("ferry", Choice("go"), actor="lena.voss")
        assert phase(here) == "closure"
