"""What `--explain` says of what others must do first (S14)."""

from __future__ import annotations

from pmo_core.assessment.findings import Assessment
from pmo_core.documents import JsonObject
from pmo_core.office.lines import Checked, Run
from pmo_core.render.explain import explained
from pmo_core.standards.inputs import CheckResult, Inputs
from pmo_core.testing.builders import NOW, a_record, a_standard, assessed

ROLES = "{manager: {title: Manager}, sponsor: {title: Sponsor}}"
ANSWERED: JsonObject = {"value": "yes", "by": "ana.ruiz", "date": "2026-02-20"}


def told(criteria: str, inputs: Inputs | None = None, **record: JsonObject) -> list[str]:
    """The lines of one blocked record, from who acts on."""
    small = a_standard(criteria, gate={"owner": "manager"}, roles=ROLES)
    one = a_record(small, dict(record))
    found: Assessment = assessed(small, one, inputs=inputs)
    lines = b"".join(explained(Run(small, NOW), [Checked(one, found, "atlas.yaml")])).decode()
    return [line.strip() for line in lines.splitlines()]


def test_appointments_are_asked_for_in_words() -> None:
    lines = told("it: {must: It is so, answer: {by: sponsor}}", answers={"it": ANSWERED})
    assert "who    nobody in the project; nobody may waive it" in lines
    assert "Smallest set that makes it ready: 1 action, no waiver" in lines
    assert "others: say who holds sponsor: assess it in an office" in lines
    assert "Earliest ready: once others have done this; no date is known here" in lines


def test_a_check_that_did_not_run_is_for_others_and_says_how() -> None:
    inputs = Inputs(
        checks={
            ("it", "lab.code"): CheckResult("unknown", "plugin-missing", None, {"plugin": "lab"})
        }
    )
    lines = told("it: {must: It is so, check: lab.code}", inputs)
    assert "found  plugin lab is not loaded" in lines
    assert "do     Name it: --plugin lab (pmo plugin list says what is installed)" in lines
    assert "others: supply lab.code" in lines


def test_no_date_is_told_as_if_other_projects_took_no_time() -> None:
    """S14.5: `now` and the longest lead time, which says nothing of what others do."""
    rome = "it: {must: Rome is closed, dependency: {of: [rome], phase: closed}}"
    assert "Earliest ready: once others have done this; no date is known here" in told(rome)
    lines = told(f"{{{rome}, so: {{must: So it is, answer: {{}}, lead-time: P2D}}}}")
    assert "Earliest ready, if all begin now, once others have done theirs: Tue 3 Mar 2026" in lines
    alone = told("so: {must: So it is, answer: {}}")
    assert "Earliest ready, if all begin now: Sun 1 Mar 2026 (today)" in alone


def test_what_the_project_does_stands_apart_from_what_others_do() -> None:
    inputs = Inputs(checks={("it", "lab.code"): CheckResult("unknown", "timed-out")})
    lines = told(
        "{it: {must: It is so, check: lab.code}, so: {must: So it is, answer: {}}}", inputs
    )
    assert "Smallest set that makes it ready: 2 actions by 1 role, no waiver" in lines
    assert {"others: supply lab.code", "Manager: answer so"} <= set(lines)
