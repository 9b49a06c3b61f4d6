"""Plugins for people: what is installed, and what one of them brings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmo_core.documents import Json, JsonObject
from pmo_core.render.escape import clean
from pmo_core.render.table import table
from pmo_core.render.values import counted

if TYPE_CHECKING:
    from pmo_core.plugins.loading import Installed
    from pmo_core.plugins.plugin import Plugin


def installed_lines(found: Sequence[Installed]) -> Iterator[str]:
    """A table of the installed plugins."""
    if not found:
        yield "No plugin is installed."
        return
    yield from table(("PLUGIN", "DISTRIBUTION", "VERSION"), [tuple(one) for one in found])
    yield f"{counted(len(found), 'plugin')}. What one brings: pmo plugin show {found[0].name}"


def installed_json(found: Sequence[Installed]) -> str:
    """The same, as a JSON array."""
    return json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=2)


def plugin_lines(plugin: Plugin) -> Iterator[str]:
    """What a loaded plugin brings."""
    brought = brings(plugin)
    origin = f", of {plugin.distribution}" if plugin.distribution else ""
    yield clean(f"{plugin.label}{origin}")
    for kind, names in brought.items():
        if isinstance(names, list) and names:
            yield clean(f"  {kind:<8} {', '.join(str(name) for name in names)}")
    if not any(brought.values()):
        yield "  It brings nothing that this version of pmo asks for."


def plugin_json(plugin: Plugin) -> str:
    """The same, as a JSON object."""
    return json.dumps(
        {
            "plugin": plugin.name,
            "version": plugin.version,
            "distribution": plugin.distribution,
            **brings(plugin),
        },
        ensure_ascii=False,
        indent=2,
    )


def brings(plugin: Plugin) -> JsonObject:
    """Sources, facts and checks by name."""
    return {
        "sources": list[Json](f"{scheme}:" for scheme in plugin.sources),
        "facts": list[Json](sorted(name for one in plugin.suppliers for name in one.item.names)),
        "checks": list[Json](f"{plugin.name}.{name}" for name in plugin.checks),
    }
