"""Commands that are suggested: they say what to set as `--set` takes it, and can be pasted."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_core.assessment import assess
from pmo_core.assessment.explain import explain
from pmo_core.documents import JsonObject, Scalars, resolve
from pmo_core.office.set_paths import with_set
from pmo_core.render.actions import Steps, command_parts, set_path

from .small import NOW, PARCELS, PORTAL, record, standard

RECORD: JsonObject = {
    "risks": [{"id": "R-1", "owner": "ana"}, {"id": "R-2"}, {"title": "No id"}],
    "twins": [{"id": "T"}, {"id": "T"}],
    "a": {"b": 1, "c.d": 2},
}


@pytest.mark.parametrize(
    ("pointer", "path"),
    [
        ("/risks/0/owner", "risks.R-1.owner"),
        ("/risks/1", "risks.R-2"),
        ("/a/b", "a.b"),
        ("/a/c.d", "a.c.d"),
        ("/a/new", "a.new"),
        ("", ""),
        ("/risks/2/title", None),
        ("/twins/0", None),
        ("/risks/9", None),
        ("/a/new.one", None),
        ("/a/x=y", None),
        ("nonsense", None),
    ],
)
def test_a_pointer_is_a_path_where_each_item_on_the_way_has_an_id_of_its_own(
    pointer: str, path: str | None
) -> None:
    assert set_path(RECORD, pointer) == path


@pytest.mark.parametrize("pointer", ["/risks/0/owner", "/a/b", "/a/c.d", "/a/new"])
def test_such_a_path_sets_what_the_pointer_points_at(pointer: str) -> None:
    path = set_path(RECORD, pointer)
    changed = with_set(RECORD, [f"{path}=changed"], [], Scalars.TYPED)
    assert resolve(changed, pointer) == "changed"


def steps(text: str) -> list[str]:
    found = assess(standard(), "ready", record(standard(), text), now=NOW)
    plan = explain(found).plan
    assert plan is not None
    return [one.text for one in Steps(found).of(plan.actions, dict.fromkeys(plan.actions, "?"))]


def test_values_that_lack_are_set_in_one_command_and_what_has_no_id_is_edited() -> None:
    """The fourth risk has no id, so that the whole of the criterion is for the editor."""
    assert steps(PORTAL)[0] == "pmo project edit permit-portal"
    named = PORTAL.replace("  - {title: No name for it}\n", "").replace("R-3, title", "R 3, title")
    assert steps(named)[0] == (
        "pmo project amend permit-portal --set risks.R-2.owner=WHO --set 'risks.R 3.owner=WHO'"
    )


def test_answers_and_artefacts_have_commands_of_their_own() -> None:
    assert steps(PARCELS)[1:] == [
        "pmo project answer parcel-map reviewed yes",
        "pmo project answer parcel-map stakeholders-consulted yes --evidence FILE",
        "pmo project artefact parcel-map business-case approved",
        "?",
        "?",
    ]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8), st.integers(12, 90))
def test_a_command_in_parts_is_read_by_a_shell_as_in_one(words: list[str], width: int) -> None:
    words = [one.replace("\n", " ") for one in words]
    whole = shlex.join(["pmo", *words])
    parts = command_parts(whole, width)
    joined = " ".join(one.removesuffix(" \\") for one in parts)
    assert shlex.split(joined) == ["pmo", *words]
    assert all(one.endswith(" \\") for one in parts[:-1])
