"""Which engine computed an assessment: ours, and the time-zone rules it used (S3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pmo_core.version import VERSION


@cache
def engine_versions() -> Mapping[str, str]:
    """`core` and `tzdata` versions, as assessments carry them; zones come from that tzdata."""
    from tzdata import IANA_VERSION  # start-up: only with digests

    return MappingProxyType({"core": VERSION, "tzdata": str(IANA_VERSION)})
