"""The shipped standards teach: each criterion says who, why and how, and each page is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pmo_core import load_standard
from pmo_core.documents import Json, read_yaml
from pmo_core.governance.authority import cases

ROOT = Path(__file__).parents[1] / "pmo_standards"
FOLDERS = sorted(path.parent for path in ROOT.glob("*/*/standard.yaml"))
HEADINGS = ("## Why", "## What good looks like", "## A common mistake", "## How to fix it")


def mapping(value: Json) -> Mapping[str, Json]:
    assert isinstance(value, dict)
    return value


def standard_in(folder: Path) -> Mapping[str, Json]:
    return mapping(read_yaml((folder / "standard.yaml").read_bytes(), str(folder)).value)


def criteria_in(folder: Path) -> Iterator[tuple[str, str, Mapping[str, Json]]]:
    gates = mapping(mapping(standard_in(folder)["lifecycle"])["gates"])
    for gate_id, gate in gates.items():
        for criterion_id, criterion in mapping(mapping(gate)["criteria"]).items():
            yield gate_id, criterion_id, mapping(criterion)


def files_named_in(folder: Path, kind: str) -> set[str]:
    text = (folder / "standard.yaml").read_text(encoding="utf-8")
    return {word for word in text.split() if word.startswith(f"{kind}/")}


def files_there(folder: Path, kind: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in (folder / kind).glob("*.md")}


EACH = pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda folder: "-".join(folder.relative_to(ROOT).parts)
)


def test_there_are_standards_here() -> None:
    assert {"essentials", "kep", "p3express", "pm2"} <= {folder.parent.name for folder in FOLDERS}


@EACH
def test_a_folder_is_named_after_its_standard_and_version(folder: Path) -> None:
    """S17.1."""
    standard = standard_in(folder)
    assert (standard["standard"], standard["version"]) == (folder.parent.name, folder.name)


@EACH
def test_each_criterion_says_who_can_mend_it_how_and_why(folder: Path) -> None:
    lacking = [
        f"{gate}/{name} has no {key}"
        for gate, name, criterion in criteria_in(folder)
        for key in ("owner", "remedy", "guidance")
        if key not in criterion
    ]
    assert lacking == []


@EACH
def test_a_criterion_says_the_same_wherever_it_stands(folder: Path) -> None:
    """S5.5: an id means one statement in a whole standard."""
    statements: dict[str, set[str]] = {}
    for _, name, criterion in criteria_in(folder):
        words = [criterion[key] for key in ("must", "should", "may") if key in criterion]
        statements.setdefault(name, set()).update(map(str, words))
    assert {name for name, words in statements.items() if len(words) != 1} == set()


@EACH
def test_one_person_can_decide_at_each_gate_and_against_its_verdict(folder: Path) -> None:
    """S12.2: no case asks for what a single person cannot do, such as a vote."""
    standard = load_standard(folder)
    for gate in standard.gates.values():
        for _pointer, case in cases(standard, gate):
            assert case.keys() <= {"when", "role", "never", "self", "reason"}, gate.id
            assert not standard.roles[str(case["role"])].is_body, gate.id
        if "override" in gate.model:
            by = str(mapping(gate.model["override"])["by"])
            assert not standard.roles[by].is_body, gate.id


@EACH
def test_no_entrance_criterion_stands_before_the_only_way_to_stop(folder: Path) -> None:
    """S13: a review opens once they are met, and a project can be stopped before that."""
    standard = load_standard(folder)
    passages = [gate for gate in standard.gates.values() if not gate.standing]
    for gate in passages:
        phases = {track: set(held) for track, held in gate.sources.items()}
        guarded = any(one.entrance for one in gate.criteria)
        stops = any(one.needs == "nothing" and one.to for one in gate.outcomes)
        elsewhere = [
            other
            for other in passages
            if other is not gate
            and not any(one.entrance for one in other.criteria)
            and any(one.needs == "nothing" and one.to for one in other.outcomes)
            and all(held <= set(other.sources[track]) for track, held in phases.items())
        ]
        assert not guarded or not stops or elsewhere, gate.id


@EACH
@pytest.mark.parametrize("kind", ["guidance", "templates"])
def test_each_page_that_is_named_is_there_and_each_that_is_there_is_named(
    folder: Path, kind: str
) -> None:
    assert files_there(folder, kind) == files_named_in(folder, kind)


@EACH
def test_each_page_says_why_what_is_good_a_mistake_and_how_to_fix_it(folder: Path) -> None:
    for page in sorted((folder / "guidance").glob("*.md")):
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), page.name
        headings = tuple(line for line in lines if line.startswith("## "))[: len(HEADINGS)]
        assert headings == HEADINGS, page.name


@EACH
def test_each_criterion_is_seen_in_a_golden_case(folder: Path) -> None:
    named: set[tuple[str, str]] = set()
    for path in sorted((folder / "golden").glob("*.yaml")):
        case = mapping(read_yaml(path.read_bytes(), path.name).value)
        expected = mapping(mapping(case["expect"]).get("findings", {}))
        named |= {(str(case["gate"]), name) for name in expected}
    assert {(gate, name) for gate, name, _ in criteria_in(folder)} - named == set()
