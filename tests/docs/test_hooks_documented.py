"""Each hook says all that a plugin author needs, has an example that runs, tests, and a page."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

import pmo_core
from pmo_core.documents import Scalars
from pmo_core.plugins import calls, hookspecs
from pmo_core.plugins.calling import ask_check, ask_facts, read_source
from pmo_core.plugins.calls import CheckCall, FactCall, SourceRecord
from pmo_core.plugins.loading import plugin_from
from pmo_core.plugins.plugin import Plugin
from pmo_core.standards.inputs import CheckResult, Fact

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "generate_hooks_reference.py"
PAGE = ROOT / "docs" / "reference" / "hooks.md"
TESTS = ROOT / "tests" / "unit" / "plugins"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

HOOKS: dict[str, Callable[..., object]] = {
    name: hook for name, hook in vars(hookspecs).items() if name.startswith("pmo_")
}
SECTIONS = ("Called:", "Arguments:", "Result:", "Where it raises:", "Example:")
TYPES = [
    value
    for name, value in vars(calls).items()
    if isinstance(value, type) and value.__module__ == calls.__name__ and name[0] != "_"
]


def doc(hook: str) -> str:
    """The docstring of a hook."""
    return inspect.getdoc(HOOKS[hook]) or ""


def example(hook: str, name: str) -> Plugin:
    """The plugin that the example of a hook makes."""
    found = re.search(r"```python\n(.*?)```", doc(hook), re.DOTALL)
    assert found is not None
    module = ModuleType(name)
    exec(compile(dedent(found[1]), f"example of {hook}", "exec"), vars(module))
    return plugin_from(module, name)


def test_there_are_hooks() -> None:
    assert HOOKS


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("section", SECTIONS)
def test_each_hook_has_each_section_with_something_in_it(hook: str, section: str) -> None:
    _before, found, after = doc(hook).partition(f"\n{section}\n")
    assert found
    assert after.startswith("    ")


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_says_since_when(hook: str) -> None:
    assert re.search(r"^Since \d+\.\d+\.$", doc(hook), re.MULTILINE)


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_test_that_names_it(hook: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
    assert re.search(rf"def test_{hook}_", tests)


def test_the_example_of_pmo_sources_reads(tmp_path: Path) -> None:
    for name, text in (("a", "id: a\n"), ("b", "id: @\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "brief.yaml").write_text(text)
    plugin = example("pmo_sources", "briefs")
    reading = read_source(plugin, plugin.sources["briefs"], str(tmp_path), Scalars.TYPED)
    assert [isinstance(item, SourceRecord) for item in reading.records] == [True, False]


def test_the_example_of_pmo_facts_supplies() -> None:
    plugin = example("pmo_facts", "incidents")
    call = FactCall(frozenset({"incidents.open"}), {}, {}, "atlas", "s@1", "g", NOW)
    assert ask_facts(plugin, plugin.suppliers[0], call) == {
        "incidents.open": Fact(2, "2026-03-01T09:00:00Z", "plugin incidents")
    }
    assert ask_facts(plugin, plugin.suppliers[0], call._replace(project="other")) == {}


def test_the_example_of_pmo_checks_answers(tmp_path: Path) -> None:
    (tmp_path / "open.txt").write_text("1000\n")
    plugin = example("pmo_checks", "budget-codes")

    def answer(code: str, path: str) -> CheckResult:
        call = CheckCall(
            {"budget": {"code": code}}, {"list": path}, "code-open", "atlas", "s@1", "g", NOW
        )
        return ask_check(plugin, plugin.checks["open"], call)

    assert answer("1000", str(tmp_path / "open.txt")).result == "pass"
    assert answer("9999", str(tmp_path / "open.txt")) == CheckResult(
        "fail", "not-open", "/budget/code", {"code": "9999"}
    )
    assert answer("1000", "finance/nowhere.txt").params["error"] == (
        "FileNotFoundError: finance/nowhere.txt"
    )


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_each_type_of_a_call_is_public_and_explains_its_fields(kind: type) -> None:
    assert kind.__name__ in pmo_core.__all__
    assert getattr(pmo_core, kind.__name__) is kind
    explained = inspect.getdoc(kind) or ""
    for field in getattr(kind, "_fields", ()):
        assert re.search(rf"^    {field}: ", explained, re.MULTILINE), field


def test_the_page_is_what_the_hooks_say() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_stands_on_the_page(hook: str) -> None:
    assert f"\n## {hook}\n" in PAGE.read_text(encoding="utf-8")
