"""A plugin is loaded by its name, alone, and checked before anything uses it (S8.1)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmo_core.errors import InvalidSettings, PluginError, UnknownName
from pmo_core.plugins.calls import (
    Check,
    CheckCall,
    FactCall,
    FactSupplier,
    Pass,
    Reading,
    Result,
    Source,
    SourceCall,
)
from pmo_core.plugins.hookspecs import hookimpl
from pmo_core.plugins.loading import installed_plugins, load_plugin, plugin_from
from pmo_core.standards.inputs import Fact

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a module as a plugin, as pip would."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))

    def installed(name: str, module: str, text: str, distribution: str = "") -> None:
        (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
        known_as = distribution or f"pmo-{name}"
        where = tmp_path / f"{known_as.replace('-', '_')}-1.2.dist-info"
        where.mkdir()
        (where / "entry_points.txt").write_text(f"[pmo.plugins]\n{name} = {module}\n")
        (where / "METADATA").write_text(f"Name: {known_as}\nVersion: 1.2\n")

    return installed


WORKING = """
from pmo_core import Check, Pass, hookimpl

@hookimpl
def pmo_checks():
    return [Check("open", lambda call: Pass())]
"""


def passes(call: CheckCall) -> Result:
    return Pass()


def nothing_known(call: FactCall) -> Mapping[str, Fact]:
    return {}


def reads_nothing(call: SourceCall) -> Reading:
    return Reading([])


def brings(
    *,
    checks: object = (),
    facts: object = (),
    sources: object = (),
) -> SimpleNamespace:
    """A plugin with these lists."""

    @hookimpl
    def pmo_checks() -> object:
        return checks

    @hookimpl
    def pmo_facts() -> object:
        return facts

    @hookimpl
    def pmo_sources() -> object:
        return sources

    return SimpleNamespace(pmo_checks=pmo_checks, pmo_facts=pmo_facts, pmo_sources=pmo_sources)


def test_a_plugin_is_loaded_by_the_name_of_its_entry_point(install: Install) -> None:
    install("budget", "loading_budget", WORKING)
    plugin = load_plugin("budget", {"list": "open.txt"})
    assert (plugin.name, plugin.version, plugin.distribution) == ("budget", "1.2", "pmo-budget")
    assert plugin.label == "budget 1.2"
    assert list(plugin.checks) == ["open"]
    assert plugin.settings == {"list": "open.txt"}


def test_no_plugin_is_loaded_that_nobody_named(install: Install) -> None:
    install("budget", "loading_named", WORKING)
    install("other", "loading_unnamed", "raise SystemExit('loaded unasked')")
    load_plugin("budget")
    assert "loading_unnamed" not in sys.modules


def test_two_loads_of_a_plugin_share_no_settings(install: Install) -> None:
    install("budget", "loading_twice", WORKING)
    one, two = load_plugin("budget", {"a": 1}), load_plugin("budget", {"a": 2})
    assert one.settings != two.settings
    assert one.checks is not two.checks


def test_a_misspelt_name_is_answered_with_the_nearest(install: Install) -> None:
    install("budget", "loading_near", WORKING)
    with pytest.raises(UnknownName, match="no plugin 'budgte' is installed") as caught:
        load_plugin("budgte")
    assert caught.value.remedy == "Did you mean 'budget'?"


def test_a_name_that_is_not_installed_is_answered_with_how_to_get_it(install: Install) -> None:
    install("budget", "loading_far", WORKING)
    with pytest.raises(UnknownName) as caught:
        load_plugin("kanban")
    assert "python -m pip install pmo-kanban" in str(caught.value.remedy)
    assert "budget" in str(caught.value.remedy)


def test_what_can_be_no_name_is_not_offered_for_installing() -> None:
    with pytest.raises(UnknownName) as caught:
        load_plugin("../evil; x")
    assert "pip" not in str(caught.value.remedy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nowhere_at_all", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("def broken(:", "SyntaxError: "),
    ],
)
def test_a_module_that_cannot_be_imported_is_told_in_one_line(
    install: Install, text: str, message: str
) -> None:
    install("budget", "loading_broken", text)
    with pytest.raises(PluginError) as caught:
        load_plugin("budget")
    assert f"(pmo-budget 1.2) cannot be loaded: {message}" in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_name_that_two_distributions_announce_is_loaded_from_neither(install: Install) -> None:
    install("budget", "loading_mine", WORKING)
    install("budget", "loading_theirs", WORKING, distribution="other")
    with pytest.raises(PluginError, match="'budget' is brought by other and pmo-budget"):
        load_plugin("budget")


def test_installed_plugins_are_listed_without_being_imported(install: Install) -> None:
    install("budget", "loading_listed", "raise RuntimeError('imported')")
    found = [point for point in installed_plugins() if point.name == "budget"]
    assert [(point.distribution, point.version) for point in found] == [("pmo-budget", "1.2")]


def test_pmo_checks_brings_checks_by_name() -> None:
    plugin = plugin_from(brings(checks=[Check("a", passes), Check("b", passes)]), "demo")
    assert list(plugin.checks) == ["a", "b"]


def test_pmo_facts_brings_suppliers() -> None:
    plugin = plugin_from(brings(facts=[FactSupplier(["demo.a"], nothing_known)]), "demo")
    assert [supplier.item.names for supplier in plugin.suppliers] == [frozenset({"demo.a"})]


def test_pmo_sources_brings_sources_by_scheme() -> None:
    sources = [Source("demo", reads_nothing), Source("demo.old", reads_nothing)]
    assert list(plugin_from(brings(sources=sources), "demo").sources) == ["demo", "demo.old"]


def test_words_are_known_by_check_and_code() -> None:
    check = Check("a", passes, None, {"late": "{days} days late"})
    words = plugin_from(brings(checks=[check]), "demo").words
    assert words == {("demo.a", "late"): "{days} days late"}


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ({}, "brings nothing"),
        ({"checks": None}, "brings nothing"),
        ({"checks": {}}, "pmo_checks returns a list, and returned a Python dict"),
        ({"checks": ["open"]}, "one is a Python str"),
        ({"checks": [Check("other.open", passes)]}, "lower-case letters, digits"),
        ({"checks": [Check("Open", passes)]}, "lower-case letters, digits"),
        ({"checks": [Check("a", passes), Check("a", passes)]}, "lists check demo.a twice"),
        ({"checks": [Check("a", None)]}, "cannot be called"),  # type: ignore[arg-type]
        ({"checks": [Check("a", passes, {"type": "whole"})]}, "no valid JSON Schema"),
        ({"checks": [Check("a", passes, {"typ": "object"})]}, "unknown JSON Schema keyword 'typ'"),
        ({"checks": [Check("a", passes, {"const": {1, 2}})]}, "is no JSON"),
        ({"checks": [Check("a", passes, "object")]}, "an object, not a Python str"),  # type: ignore[arg-type]
        ({"checks": [Check("a", passes, None, {"x": "{a.b}"})]}, "more than '{name}'"),
        ({"checks": [Check("a", passes, None, {"x": "{0}"})]}, "more than '{name}'"),
        ({"checks": [Check("a", passes, None, {"x": "{a!r}"})]}, "more than '{name}'"),
        ({"checks": [Check("a", passes, None, {"x": "{a:9999999}"})]}, "more than '{name}'"),
        ({"checks": [Check("a", passes, None, {"x": "{"})]}, "more than '{name}'"),
        ({"checks": [Check("a", passes, None, {"x": "{check}"})]}, "which pmo fills in"),
        ({"checks": [Check("a", passes, None, {"No Code": "x"})]}, "no reason code"),
        ({"checks": [Check("a", passes, None, {"x": ""})]}, "no sentence"),
        ({"checks": [Check("a", passes, None, ["x"])]}, "a mapping, not a Python list"),  # type: ignore[arg-type]
        ({"facts": [FactSupplier(["other.a"], nothing_known)]}, "outside its namespace"),
        ({"facts": [FactSupplier(["a"], nothing_known)]}, "outside its namespace"),
        ({"facts": [FactSupplier("demo.a", nothing_known)]}, "are a list, not a Python str"),
        (
            {"facts": [FactSupplier(["demo.a"], nothing_known)] * 2},
            "lists fact 'demo.a' twice",
        ),
        ({"sources": [Source("kep", reads_nothing)]}, "outside its namespace"),
        ({"sources": [Source("demo.", reads_nothing)]}, "outside its namespace"),
        ({"sources": [Source("demo", reads_nothing)] * 2}, "lists source 'demo' twice"),
    ],
)
def test_what_breaks_the_contract_of_a_hook_is_refused(
    lists: dict[str, object], message: str
) -> None:
    with pytest.raises(PluginError) as caught:
        plugin_from(brings(**lists), "demo")
    assert message in caught.value.message


def test_a_hook_that_raises_is_told_with_its_error() -> None:
    @hookimpl
    def pmo_checks() -> list[Check]:
        raise LookupError("no table")

    with pytest.raises(PluginError, match="pmo_checks raised LookupError: no table"):
        plugin_from(SimpleNamespace(pmo_checks=pmo_checks), "demo")


def test_a_hook_that_does_not_exist_is_refused() -> None:
    @hookimpl
    def pmo_chekcs() -> list[Check]:
        return []

    with pytest.raises(PluginError, match="pmo_chekcs"):
        plugin_from(SimpleNamespace(pmo_chekcs=pmo_chekcs), "demo")


def test_a_hook_with_arguments_that_it_does_not_get_is_refused() -> None:
    @hookimpl
    def pmo_checks(office: object) -> list[Check]:
        return []

    with pytest.raises(PluginError, match="office"):
        plugin_from(SimpleNamespace(pmo_checks=pmo_checks), "demo")


@pytest.mark.parametrize("name", ["", "A", "a.b", "a b", "-a", "x" * 65])
def test_a_plugin_whose_name_is_no_namespace_is_refused(name: str) -> None:
    with pytest.raises(PluginError, match="no plugin can be called"):
        plugin_from(brings(checks=[Check("a", passes)]), name)


def test_settings_that_are_no_json_are_refused() -> None:
    with pytest.raises(InvalidSettings, match="settings of plugin demo"):
        plugin_from(brings(checks=[Check("a", passes)]), "demo", {"x": float("nan")})
