"""The time zone of the machine, so that the dates of a new office end when its people's days do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_UTC: Final = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "Universal", "Zulu"})


def machine_zone(environment: Mapping[str, str], root: Path = Path("/")) -> str:
    """The IANA name of the machine's time zone; UTC where it has none that pmo knows.

    `TZ` counts before what the machine is set to; what is no IANA name, as `CET-1CEST`, is passed
    over.

    Args:
        root: the folder in which `etc` is.
    """
    from pmo_core.standards.instants import InvalidTime, find_zone  # start-up: only here

    for name in _named(environment, root):
        try:
            find_zone(name)
        except InvalidTime:
            continue
        return "UTC" if name in _UTC else name
    return "UTC"


def _named(environment: Mapping[str, str], root: Path) -> Iterator[str]:
    yield environment.get("TZ", "").removeprefix(":")
    yield os.path.realpath(root / "etc/localtime").partition("zoneinfo/")[2]
    try:
        written = (root / "etc/timezone").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return
    yield written.strip()
