"""Which engine computed an assessment: ours, and the time-zone rules it used (S3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pmo_core.version import VERSION


@cache
def engine_versions() -> Mapping[str, str]:
    """`core` and `tzdata` versions, as assessments carry them; tzdata is "system" if unnamed."""
    try:
        from tzdata import IANA_VERSION  # type: ignore[import-untyped]  # optional: Windows, or where somebody installed it
    except ImportError:
        IANA_VERSION = "system"
    return MappingProxyType({"core": VERSION, "tzdata": str(IANA_VERSION)})
