"""Plugins for people: what is installed, and what one of them brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject
from pmo_core.render.escape import clean, json_lines, terminal
from pmo_core.render.layout import wrapped
from pmo_core.render.table import table
from pmo_core.render.values import counted

if TYPE_CHECKING:
    from pmo_core.plugins.loading import Installed
    from pmo_core.plugins.plugin import Plugin
    from pmo_core.render.style import Style


def installed_lines(found: Sequence[Installed], style: Style) -> Iterator[str]:
    """A table of the installed plugins."""
    if not found:
        yield "No plugin is installed. pmo needs none to assess files."
        return
    yield from table(("PLUGIN", "DISTRIBUTION", "VERSION"), [tuple(one) for one in found], style)
    yield f"{counted(len(found), 'plugin')}. What one brings: pmo plugin show {found[0].name}"


def installed_json(found: Sequence[Installed]) -> str:
    """The same, as a JSON array."""
    return json_lines([one._asdict() for one in found])


def plugin_lines(plugin: Plugin, style: Style) -> Iterator[str]:
    """What a loaded plugin brings, and how to use it."""
    origin = f", of {plugin.distribution}" if plugin.distribution else ""
    yield terminal(f"{plugin.label}{origin}")
    for kind, names in brings(plugin).items():
        if isinstance(names, list) and names:
            listed = clean(", ".join(str(name) for name in names))
            for part in wrapped(listed, style.prose, f"  {kind:<8} ", " " * 11):
                yield terminal(part)
    source = next(iter(plugin.sources), None)
    use = f"{source}:PLACE" if source else f"--plugin {plugin.name} SOURCE"
    yield terminal(f"Use it: pmo check --standard ID {use}")


def plugin_json(plugin: Plugin) -> str:
    """The same, as a JSON object."""
    return json_lines(
        {
            "plugin": plugin.name,
            "version": plugin.version,
            "distribution": plugin.distribution,
            **brings(plugin),
        },
    )


def brings(plugin: Plugin) -> JsonObject:
    """Sources, facts and checks by name."""
    return {
        "sources": list[Json](f"{scheme}:" for scheme in plugin.sources),
        "facts": list[Json](sorted(name for one in plugin.suppliers for name in one.item.names)),
        "checks": list[Json](f"{plugin.name}.{name}" for name in plugin.checks),
    }
