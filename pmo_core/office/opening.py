"""What an office opens: the ledger, which must be its own, and the plugins that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_core.errors import InvalidSettings
from pmo_core.office.folders import ledger_path
from pmo_core.office.settings import FILE

if TYPE_CHECKING:
    from pmo_core.ledger.store import Store
    from pmo_core.office.settings import Settings
    from pmo_core.plugins.plugin import Plugin


def open_ledger(settings: Settings, *, read_only: bool = False) -> Store:
    """The ledger beside an office's settings.

    Args:
        read_only: nothing can be written through it.

    Raises:
        InvalidSettings: it is another office's.
        Unavailable: it cannot be opened.
    """
    from pmo_core.ledger.store import Store  # start-up: a quarter of a second

    store = Store.open(ledger_path(settings.folder), read_only=read_only)
    if store.office == settings.office:
        return store
    store.close()
    raise InvalidSettings(
        f"the ledger is that of office {store.office!r}, not of {settings.office!r}",
        source=str(settings.folder / FILE),
        pointer="/office",
        remedy=f"Write office: {store.office}. The id of an office never changes",
    )


def load_plugins(settings: Settings) -> dict[str, Plugin]:
    """The plugins that the settings name, and no others, each with its time for an answer (S8.1).

    Raises:
        UnknownName: one is not installed.
        PluginError: one cannot be loaded, or its settings are wrong.
    """
    if not settings.plugins:
        return {}
    from dataclasses import replace  # start-up: only where an office has plugins

    from pmo_core.plugins.deadlines import Deadline
    from pmo_core.plugins.loading import load_plugin

    return {
        name: replace(load_plugin(name, own), deadline=Deadline(settings.deadline))
        for name, own in settings.plugins.items()
    }
