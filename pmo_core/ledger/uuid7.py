"""Ids that sort by the time they were made: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

RANDOM_BYTES: Final = 10
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_VERSION: Final = 0x7 << 76
_VARIANT: Final = 0b10 << 62
_LOW_MASK: Final = (1 << 62) - 1


def uuid7(instant: datetime, random: bytes) -> str:
    """The UUIDv7 of an instant: its milliseconds since 1970, then 74 of the random bits.

    Args:
        instant: aware; from 1970 to the year 9999.
        random: ten bytes.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a UUIDv7 takes {RANDOM_BYTES} random bytes, not {len(random)}")
    milliseconds = (instant - _EPOCH) // _MILLISECOND
    bits = int.from_bytes(random)
    high = (bits >> 62) & 0xFFF
    low = bits & _LOW_MASK
    return str(UUID(int=milliseconds << 80 | _VERSION | high << 64 | _VARIANT | low))
