"""S9: what other projects have recorded; unknown ones; circles told, never looped on."""

from __future__ import annotations

from pathlib import Path

from pmo_core import Choice, Office

from .offices import office, project


def blocking(here: Office, name: str) -> dict[str, list[str]]:
    """Criterion -> codes of its reasons, for what blocks at the gate ahead."""
    (found,) = here.standings(name)
    return {one.criterion: [reason.code for reason in one.reasons] for one in found.found.blocking}


def test_a_project_is_held_up_until_the_other_has_passed_its_gate(tmp_path: Path) -> None:
    with office(tmp_path) as here:
        project(here, "atlas")
        project(here, "borea", depends_on=["atlas"])
        assert "upstream" in blocking(here, "borea")
        here.open_review("atlas", actor="mia")
        here.decide("atlas", Choice("go"), actor="ola")
        assert blocking(here, "borea") == {}
        here.open_review("borea", actor="mia")
        done = here.decide("borea", Choice("go"), actor="ola")
        story = here.decision("borea", done.after.decisions[-1].key)
        head = here.store.head("atlas")
        assert head is not None
        assert story.inputs["projects"]["atlas"]["head"] == head.hash  # type: ignore[index,call-overload]


def test_a_project_that_is_nowhere_is_unknown_not_a_pass(tmp_path: Path) -> None:
    with office(tmp_path) as here:
        project(here, "borea", depends_on=["nobody"])
        assert blocking(here, "borea") == {"upstream": ["no-such-project"]}


def test_a_circle_is_told_with_its_members_from_each_of_them(tmp_path: Path) -> None:
    """S9.2; alone, and where all projects are looked at in one reading."""
    with office(tmp_path) as here:
        for name, other in (("atlas", "borea"), ("borea", "cirrus"), ("cirrus", "atlas")):
            project(here, name, depends_on=[other])
        project(here, "delta", depends_on=["atlas"])
        for found in (*here.standings(), *here.standings("borea")):
            reasons = {
                reason.code: reason.params for one in found.found.blocking for reason in one.reasons
            }
            if found.state.project == "delta":
                assert "cycle" not in reasons
            else:
                assert list(reasons["cycle"]["projects"]) == ["atlas", "borea", "cirrus"]  # type: ignore[arg-type]


def test_a_long_chain_of_projects_is_followed_without_recursion(tmp_path: Path) -> None:
    with office(tmp_path) as here:
        for number in range(300):
            project(here, f"p{number}", depends_on=[f"p{number + 1}"])
        assert blocking(here, "p0") == {"upstream": ["gate-not-passed"]}
