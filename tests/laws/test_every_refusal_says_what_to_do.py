"""Whoever is refused learns what to do: no refusal of governance comes without a remedy (S12.4)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pmo_core.governance

FOLDER = Path(pmo_core.governance.__file__).parent
SPEAKING = {"Refused", "UnknownName", "InvalidRecord", "Conflict"}


def raised(tree: ast.AST) -> list[ast.Call]:
    """The errors that a module raises."""
    return [
        node.exc
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id in SPEAKING
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_each_error_has_a_message_and_a_remedy(path: Path) -> None:
    for error in raised(ast.parse(path.read_text(encoding="utf-8"))):
        remedies = [one.value for one in error.keywords if one.arg == "remedy"]
        where = f"{path.name}:{error.lineno}"
        assert error.args, where
        assert remedies, f"{where}: an error without a remedy"
        assert not _may_be_none(remedies[0]), f"{where}: a remedy that may be missing"


def test_there_are_refusals_to_look_at() -> None:
    found = [raised(ast.parse(one.read_text(encoding="utf-8"))) for one in FOLDER.glob("*.py")]
    assert sum(map(len, found)) > 40


def _may_be_none(value: ast.expr) -> bool:
    if isinstance(value, ast.IfExp):
        return _may_be_none(value.body) or _may_be_none(value.orelse)
    return isinstance(value, ast.Constant) and value.value is None
