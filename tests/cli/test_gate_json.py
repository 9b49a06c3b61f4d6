"""What `--json` writes of gates, reviews and decisions has the published form, and says it all."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import pmo_core.render
from pmo_core.office.settings import FILE, read_settings

from .gate_office import START, office_in, typed

SCHEMAS = Path(pmo_core.render.__file__).parent


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("PMO_OFFICE", "PMO_AS", "PMO_ACCESSIBLE"):
        monkeypatch.delenv(variable, raising=False)
    root = office_in(tmp_path)
    monkeypatch.chdir(root)
    return root


def read(command: str, form: str) -> dict[str, Any]:
    """What a command writes, checked against its schema; it has no field beyond those said."""
    schema = json.loads((SCHEMAS / f"{form}.schema.json").read_text(encoding="utf-8"))
    found = json.loads(typed(f"{command} --json").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found.keys() == schema["properties"].keys()
    return dict(found)


@pytest.mark.usefixtures("office")
def test_a_blocked_gate_says_what_blocks_where_and_which_commands_free_it() -> None:
    gate = read("gate explain portal", "gates")["gates"][0]
    blocking = [one["criterion"] for one in gate["findings"] if one["effect"] == "blocks"]
    assert blocking == ["measured", "owned", "consulted"]
    assert gate["blocking"] == 3
    places = {one["criterion"]: one.get("place") for one in gate["findings"]}
    assert places["measured"] == "projects/portal.yaml:11:5"
    assert [one["command"] for one in gate["explain"]["commands"]] == [
        "pmo project amend portal --set benefits.B-2.target_date=DATE --set risks.R-3.owner=WHO",
        "pmo project answer portal consulted yes --evidence FILE",
    ]
    assert gate["deciders"]["kept_out"] == {"ana.ruiz": "manager"}


@pytest.mark.usefixtures("office")
def test_status_explains_nothing_and_has_the_same_form_otherwise() -> None:
    status = read("gate status portal", "gates")["gates"][0]
    explained = read("gate explain portal", "gates")["gates"][0]
    assert "explain" not in status
    del explained["explain"]
    assert status == explained


@pytest.mark.usefixtures("office")
def test_the_list_of_gates_has_every_column_with_values_as_programs_read_them() -> None:
    rows = json.loads(typed("gate status --json").out)
    assert [one["project"] for one in rows] == ["portal", "street"]
    assert (rows[0]["planned"], rows[1]["planned"]) == ("2026-11-27", None)
    assert (rows[0]["blocking"], rows[0]["not-applicable"]) == (3, 1)


@pytest.mark.usefixtures("office")
def test_a_review_has_its_outcomes_and_what_each_needs() -> None:
    typed("review open portal --as kira.dahl")
    found = read("review show portal", "review")
    outcomes = {one["outcome"]: one for one in found["outcomes"]}
    assert [one for one in outcomes if outcomes[one]["open"]] == ["hold", "promise", "drop"]
    assert outcomes["go"]["shut"] == "verdict"
    assert outcomes["hold"]["latest"] == "2026-12-24"
    assert outcomes["promise"]["requires"] == {"next-date": "date", "partner": "person"}
    assert outcomes["more"]["extra"]
    assert found["deciders"]["kept_out"] == {"ana.ruiz": "manager", "kira.dahl": None}
    assert found["override"]["people"] == ["rosa.lind"]
    assert (found["changed"], found["status"]) == (False, "open")
    assert [one["held"] for one in found["evidence"]] == ["same", "no-digest"]
    assert [one["by"] for one in found["evidence"]] == ["ana.ruiz", "rosa.lind"]


@pytest.mark.usefixtures("office")
def test_a_review_that_has_ended_says_nothing_of_now() -> None:
    typed("review open portal --as ana.ruiz")
    typed("review withdraw portal --as ana.ruiz")
    found = read("review show portal begin", "review")
    assert found["status"] == "closed"
    assert (found["verdict"], found["counts"], found["deciders"]) == (None, None, None)
    assert (found["outcomes"], found["bars"], found["override"]) == ([], [], None)


def test_a_decision_is_whole_and_as_of_then(office: Path) -> None:
    """S15.5: what is told comes from what was stored, whatever has changed since."""
    typed("review open portal --as ana.ruiz")
    typed("review decide portal go --as rosa.lind --override --reason 'It cannot wait'")
    before = read("decision show portal", "decision")
    assert before["override"]
    assert before["reason"] == "It cannot wait"
    assert before["verdict"] == before["assessment"]["value"]["verdict"] == "blocked"
    assert before["inputs"]["value"]["zone"] == "Europe/Oslo"
    assert before["moved"] == {"main": ["idea", "work"]}
    pinned = read_settings(office / FILE).pins[0].digest
    assert before["standard"]["package"] == pinned
    assert f"digest {pinned[7:15]}" in typed("decision show portal").out
    assert [one["name"] for one in before["effects"]] == [
        "baseline-taken",
        "released-funds",
        "phase-entered",
    ]
    assert before["mandates"] == [
        {
            "role": "team",
            "person": "rosa.lind",
            "from": None,
            "to": None,
            "by": None,
            "in": "pmo.yaml",
        }
    ]
    settings = office / "pmo.yaml"
    settings.write_text(settings.read_text().replace("team: rosa.lind", "team: kira.dahl"))
    later = START + timedelta(days=300)
    typed("project amend portal --as ana.ruiz --set risks.R-3.owner=eva.stern", later)
    after = read("decision show portal", "decision")
    assert after["event"].pop("of") == before["event"].pop("of") + 1
    assert after == before


def test_evidence_that_was_altered_or_is_gone_is_told(office: Path) -> None:
    typed("review open portal --as ana.ruiz")
    (office / "docs" / "plan.pdf").write_bytes(b"another plan")
    (office / "docs" / "minutes.pdf").unlink()
    found = read("review show portal", "review")
    assert [one["held"] for one in found["evidence"]] == ["altered", "gone"]
    told = typed("review show portal").out
    assert "docs/plan.pdf of Fri 20 Nov 2026, by Ana Ruiz; 9f86d081, altered since" in told
    assert "docs/minutes.pdf, by Rosa Lind; not there" in told


@pytest.mark.usefixtures("office")
def test_errors_are_json_where_json_is_asked_for() -> None:
    """S16.2"""
    found = typed("gate explain nowhere --json")
    assert json.loads(found.out)["error"]["kind"] == "unknown-name"
    assert (found.code, found.err) == (2, "")
