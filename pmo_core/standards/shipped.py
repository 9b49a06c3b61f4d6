"""The schemas that the core ships for everyone's use, as `pmo:registers/NAME` (S7.1)."""

from __future__ import annotations

import re
from pkgutil import get_data

_NAME = re.compile("[a-z-]{1,40}")


def shipped_schema(uri: str) -> bytes | None:
    """The bytes of a shipped schema by its URI; None where there is none of that name."""
    kind, _, name = uri.removeprefix("pmo:").partition("/")
    if kind != "registers" or not _NAME.fullmatch(name):
        return None
    try:
        return get_data("pmo_core.standards", f"registers/{name}.schema.json")
    except FileNotFoundError:
        return None
