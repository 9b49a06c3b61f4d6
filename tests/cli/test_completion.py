"""Shell completion, through click's own classes: what is offered, and that nothing goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, CompletionItem, ShellComplete

from pmo_core.cli.commands import pmo as whole
from pmo_core.trial.lint.engine import rules

from .command_line import FILES, pmo


@pytest.fixture(autouse=True)
def _in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FILES, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")


def offered(typed: str) -> list[CompletionItem]:
    """What a shell gets for a line whose last word is still being typed."""
    *words, incomplete = typed.split(" ")
    shell: ShellComplete = BashComplete(whole, {}, "pmo", "_PMO_COMPLETE")
    return shell.get_completions(words, incomplete)


def values(typed: str) -> list[str]:
    """The words that are offered."""
    return [item.value for item in offered(typed)]


def test_commands_and_their_options_complete() -> None:
    assert values("ch") == ["check"]
    assert values("standard li") == ["list", "lint"]
    assert "--standard" in values("check --st")


def test_a_standard_completes_installed_ids() -> None:
    assert "essentials" in values("check --standard ")
    assert values("check --standard ess") == ["essentials"]
    assert values("check --standard essentials@") == ["essentials@1.0.0"]
    assert values("standard show ess") == ["essentials"]
    assert values("guide --standard ke") == ["kep"]


@pytest.mark.parametrize("typed", ["check --standard ./ho", "standard lint ho"])
def test_a_standard_completes_folders_where_no_id_fits(typed: str) -> None:
    assert [item.type for item in offered(typed)] == ["dir"]


def test_a_gate_completes_those_of_the_standard_that_is_named() -> None:
    assert values("check --standard ./house --gate ") == ["ready-to-build", "done"]
    assert values("check --standard essentials --gate ready-for-p") == ["ready-for-planning"]


def test_show_completes_gates_and_criteria() -> None:
    assert values("standard show ./house l") == ["lab-open", "lessons-read"]


def test_guide_completes_criteria_gates_and_artefacts() -> None:
    assert values("guide --standard ./house plan") == ["plan-approved", "plan"]
    assert "ready-for-planning" in values("guide ready")


def test_plugins_complete_by_name() -> None:
    assert values("check --plugin ke") == ["kep"]
    assert values("plugin show ke") == ["kep"]
    assert values("standard lint --plugin ke") == ["kep"]


def test_lint_completes_its_rules() -> None:
    assert values("standard lint --explain ") == [rule.id for rule in rules()]
    assert values("standard lint --explain unused-ro") == ["unused-role"]


def test_sources_complete_files() -> None:
    assert [item.type for item in offered("check --standard ./house rec")] == ["file"]


@pytest.mark.parametrize(
    "typed",
    [
        "nothing-like-it ",
        "check --standard ./broken --gate ",
        "check --standard nowhere --gate ",
        "check --gate ",
        "standard nothing-like-it ",
        "standard show ./broken ",
        "standard show nothing-like-it x",
        "guide --standard ./broken ",
        "check --at soon --standard ",
        "check --fact a={ --standard ",
    ],
)
def test_completion_never_raises_and_never_prints(
    typed: str, capfd: pytest.CaptureFixture[str]
) -> None:
    offered(typed)
    assert capfd.readouterr() == ("", "")


def test_without_a_shell_completion_names_them_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = pmo(monkeypatch, "completion")
    assert written.code == 2
    told, how = written.err.splitlines()
    assert told.endswith("Choose from: bash, zsh, fish")
    assert told.isprintable()
    assert how == "How to use it: pmo completion --help"
