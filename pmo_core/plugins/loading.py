"""A plugin by its name, and never one that nobody named (S8.1)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_core.documents import check_value
from pmo_core.errors import InvalidDocument, InvalidSettings, PluginError, UnknownName
from pmo_core.plugins.declared import Declarations, is_plugin_name
from pmo_core.plugins.entry_points import EntryPoint, all_entry_points, entry_points
from pmo_core.plugins.plugin import Plugin
from pmo_core.plugins.telling import told

if TYPE_CHECKING:
    from collections.abc import Collection

    import pluggy

    from pmo_core.documents import JsonObject

GROUP: Final = "pmo.plugins"


class Installed(NamedTuple):
    """A plugin that is installed, loaded or not."""

    name: str
    distribution: str
    version: str


def installed_plugins() -> tuple[Installed, ...]:
    """The plugins that are installed, by name. None of them is imported."""
    return tuple(
        Installed(point.name, point.distribution, point.version)
        for point in all_entry_points(GROUP)
    )


def load_plugin(name: str, settings: JsonObject | None = None) -> Plugin:
    """The installed plugin of that name, and no other; what it brings is checked.

    Each call loads it anew with hooks of its own, so that two offices share nothing but the
    plugin's module.

    Args:
        name: of its entry point in the group `pmo.plugins`.
        settings: what the office says to it; checked when a part of it is used.

    Raises:
        UnknownName: no such plugin is installed.
        PluginError: it cannot be imported, breaks the contract of its hooks, or is announced by
            two distributions.
        InvalidSettings: `settings` are no JSON.
    """
    point = _entry_point(name)
    return plugin_from(
        _imported(point),
        name,
        settings,
        distribution=point.distribution,
        version=point.version,
    )


def plugin_from(
    module: object,
    name: str,
    settings: JsonObject | None = None,
    *,
    distribution: str = "",
    version: str = "",
) -> Plugin:
    """A plugin from its module (or another object that has its hooks), installed or not.

    Raises:
        PluginError: it breaks the contract of its hooks.
        InvalidSettings: `settings` are no JSON.
    """
    if not is_plugin_name(name):
        raise PluginError(
            f"no plugin can be called {name!r}",
            remedy="Its name is lower-case letters, digits, '-' and '_', up to 64 of them",
        )
    given: JsonObject = {} if settings is None else settings
    try:
        check_value(given, f"settings of plugin {name}")
    except InvalidDocument as fault:
        raise InvalidSettings(
            f"settings of plugin {name}: {fault.message}",
            pointer=fault.pointer,
            remedy=fault.remedy,
        ) from None
    hooks = _hooks(module, name)
    declared = Declarations(name)
    plugin = Plugin(
        name=name,
        version=version,
        distribution=distribution,
        settings=given,
        sources=declared.sources(_listed(hooks, name, "pmo_sources")),
        checks=declared.checks(_listed(hooks, name, "pmo_checks")),
        suppliers=declared.suppliers(_listed(hooks, name, "pmo_facts")),
    )
    if not (plugin.sources or plugin.checks or plugin.suppliers):
        raise PluginError(
            f"plugin {name!r} brings nothing",
            remedy="Mark its hooks with @hookimpl, and have them return what it brings",
        )
    return plugin


def _entry_point(name: str) -> EntryPoint:
    points = entry_points(GROUP)
    found = [point for point in points if point.name == name]
    if not found:
        points = all_entry_points(GROUP)
        found = [point for point in points if point.name == name]
    if not found:
        raise UnknownName(
            f"no plugin {name!r} is installed",
            remedy=_how_to_get(name, sorted({point.name for point in points})),
        )
    if len(found) > 1:
        brought = " and ".join(point.distribution for point in found)
        raise PluginError(
            f"plugin {name!r} is brought by {brought}",
            remedy="Uninstall all but one of them",
        )
    return found[0]


def _how_to_get(name: str, known: Collection[str]) -> str:
    from pmo_core.standards.faults import did_you_mean

    hint = did_you_mean(name, known)
    if hint is not None and hint.startswith("Did you mean"):
        return hint
    install = "Install the distribution that brings it into the environment of pmo"
    if is_plugin_name(name):
        install += f", as in: python -m pip install pmo-{name}"
    return f"{install}. Installed: {', '.join(known)}" if known else install


def _imported(point: EntryPoint) -> object:
    module, _, attribute = point.value.partition(":")
    try:
        found: object = import_module(module)
        for part in attribute.split(".") if attribute else ():
            found = getattr(found, part)
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"plugin {point.name!r} ({point.distribution} {point.version}) cannot be loaded: "
            f"{told(error)}",
            remedy="Reinstall or upgrade it, or do without it",
        ) from None
    return found


def _hooks(module: object, name: str) -> pluggy.PluginManager:
    """A hook caller for this plugin alone."""
    import pluggy  # start-up: only where a plugin is loaded

    from pmo_core.plugins import hookspecs

    manager = pluggy.PluginManager("pmo")
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(
            f"plugin {name!r} implements no hook of pmo rightly: {told(error)}",
            remedy="Compare its hooks with docs/reference/hooks.md",
        ) from None
    except (Exception, SystemExit) as error:
        raise _broken(name, "its module", error) from None
    return manager


def _listed(hooks: pluggy.PluginManager, name: str, hook: str) -> list[object]:
    """All that the plugin's implementations of a hook return, in one list."""
    try:
        returned = getattr(hooks.hook, hook)()
    except (Exception, SystemExit) as error:
        raise _broken(name, hook, error) from None
    found: list[object] = []
    for one in returned:
        if not isinstance(one, list | tuple):
            raise PluginError(
                f"plugin {name!r} breaks the contract of its hooks: {hook} returns a list, and "
                f"returned a Python {type(one).__name__}",
                remedy="Tell the author of the plugin; docs/reference/hooks.md has the contract",
            )
        found.extend(one)
    return found


def _broken(name: str, where: str, error: BaseException) -> PluginError:
    return PluginError(
        f"plugin {name!r} cannot be loaded: {where} raised {told(error)}",
        remedy="Reinstall or upgrade it, or do without it",
    )
