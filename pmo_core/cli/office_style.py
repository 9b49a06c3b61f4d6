"""The style of a terminal in an office: its language, and the words of its plugins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmo_core.cli.output import terminal_style

if TYPE_CHECKING:
    from pmo_core.office.office import Office
    from pmo_core.render.style import Style


def office_style(office: Office) -> Style:
    """The style for standard output, as `terminal_style`, for what an office tells."""
    style = replace(terminal_style(), lang=office.settings.language_tag or "en")
    if not office.settings.plugins:
        return style
    words = {
        f"{check}.{code}": sentence
        for plugin in office.plugins.values()
        for (check, code), sentence in plugin.words.items()
    }
    return replace(style, extra=words)
