"""The service lets a ready project through, and says what blocks the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from pmo_core.cli.demo.world.building import build

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def brindal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gate") / "brindal"
    build(folder)
    return folder


@pytest.fixture
def service(brindal: Path) -> FlaskClient:
    spec = spec_from_file_location("gate", Path(__file__).with_name("gate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    client: FlaskClient = module.create_app(str(brindal), lambda: NOW).test_client()
    return client


def test_a_ready_project_goes_on(service: FlaskClient) -> None:
    answer = service.get("/projects/online-payments/gate")
    assert answer.status_code == 200
    assert [
        (one["gate"], one["verdict"], one["blocks"]) for one in json.loads(answer.data)["gates"]
    ] == [("ready-for-closing", "ready", [])]


def test_a_blocked_one_is_told_what_blocks_it(service: FlaskClient) -> None:
    answer = service.get("/projects/permit-portal/gate")
    assert answer.status_code == 409
    (gate,) = json.loads(answer.data)["gates"]
    assert [(one["criterion"], one["result"]) for one in gate["blocks"]] == [
        ("benefits-measurable", "fail"),
        ("risks-owned", "fail"),
        ("stakeholders-consulted", "unknown"),
    ]
    assert gate["blocks"][0]["found"] == 'B-2 "Fewer counter visits" has no target_date'


def test_another_gate_can_be_named(service: FlaskClient) -> None:
    answer = service.get("/projects/permit-portal/gate?gate=ready-for-executing")
    assert answer.status_code == 409
    assert json.loads(answer.data)["gates"][0]["gate"] == "ready-for-executing"


@pytest.mark.parametrize("path", ["parcel-mop/gate", "parcel-map/gate?gate=ready-for-executng"])
def test_what_is_not_there_is_not_found(path: str, service: FlaskClient) -> None:
    answer = service.get(f"/projects/{path}")
    assert answer.status_code == 404
    assert "Did you mean" in json.loads(answer.data)["remedy"]


def test_without_its_ledger_nothing_is_said_to_be_ready(
    service: FlaskClient, brindal: Path
) -> None:
    ledger = brindal / ".pmo" / "ledger.sqlite"
    aside = ledger.with_name("aside")
    ledger.rename(aside)
    try:
        assert service.get("/projects/online-payments/gate").status_code >= 400
    finally:
        aside.rename(ledger)
