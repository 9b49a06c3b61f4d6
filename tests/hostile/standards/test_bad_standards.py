"""A bad standard is refused when it loads: what is wrong, at which line, what to do (S7, S16)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pmo_core.errors import InvalidStandard, PmoError
from pmo_core.standards.load import load
from pmo_core.trial.lint.engine import lint

HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = yaml.load(
    (HERE / "cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
GOOD = {
    path.relative_to(HERE / "base").as_posix(): path.read_bytes()
    for path in (HERE / "base").rglob("*")
    if path.is_file()
}
TEXT = GOOD["standard.yaml"].decode()
REFUSED = [name for name, case in CASES.items() if "errors" in case]
LINTED = [name for name, case in CASES.items() if "lint" in case]
ELSEWHERE = {
    "bands-empty": "an empty list on a line of its own is told at its key",
    "items-empty": "an empty map on a line of its own is told at its key",
    "no-test": "what is missing is told where the criterion begins",
    "when-predicate-of-item": "it is the use of the predicate that cannot be",
}
ONE_CHANGE = [
    name for name in REFUSED if len(CASES[name].get("change", ())) == 1 and name not in ELSEWHERE
]


def package(case: dict[str, Any]) -> dict[str, bytes]:
    """The files of the good standard, changed as the case says."""
    text = TEXT
    for old, new in case.get("change", {}).items():
        assert text.count(old) == 1, f"{old!r} must stand once in the good standard"
        text = text.replace(old, new)
    own = {path: content.encode() for path, content in case.get("files", {}).items()}
    return {**GOOD, "standard.yaml": text.encode(), **own}


def test_the_corpus_is_large() -> None:
    assert len(REFUSED) >= 200
    assert len(LINTED) >= 8


def test_the_good_standard_loads() -> None:
    """Or each case would be refused for a fault that is not its own."""
    assert load(GOOD, "base").name == "base@1.0.0"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_standard_is_refused_with_its_words(name: str) -> None:
    with pytest.raises(InvalidStandard) as caught:
        load(package(CASES[name]), "base")
    told: list[PmoError] = [caught.value, *caught.value.also]
    assert [str(one) for one in told] == CASES[name]["errors"]
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ONE_CHANGE)
def test_the_line_is_one_that_was_changed(name: str) -> None:
    """Whoever made the change is led to it, and not to what stands above or below."""
    ((old, new),) = CASES[name]["change"].items()
    first = TEXT[: TEXT.index(old)].count("\n") + 1
    last = first + new.rstrip("\n").count("\n")
    with pytest.raises(InvalidStandard) as caught:
        load(package(CASES[name]), "base")
    assert caught.value.line is not None
    assert first <= caught.value.line <= last


@pytest.mark.parametrize("name", LINTED)
def test_what_loads_all_the_same_is_found_by_lint(name: str) -> None:
    standard = load(package(CASES[name]), "base")
    assert CASES[name]["lint"] in {finding.rule for finding in lint(standard)}
