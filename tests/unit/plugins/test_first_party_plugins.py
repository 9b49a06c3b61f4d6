"""What is shipped as a plugin is built on the public face of the core, as anybody's would be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pmo_core

PLUGINS = Path(__file__).parents[3] / "plugins"
FILES = sorted(PLUGINS.glob("*/**/*.py"))
FOR_TESTS = "pmo_core.testing"


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that a file imports from the core; name empty for a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def test_there_are_plugins_to_look_at() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PLUGINS)))
def test_a_plugin_imports_only_public_names(path: Path) -> None:
    in_tests = "tests" in path.relative_to(PLUGINS).parts
    for module, name in imported(path):
        if module.partition(".")[0] != "pmo_core":
            continue
        assert module == "pmo_core" or (in_tests and module == FOR_TESTS), module
        if module == "pmo_core" and name:
            assert name in pmo_core.__all__, name
