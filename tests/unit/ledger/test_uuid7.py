"""S15.1: ids are UUIDv7."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from pmo_core.ledger.uuid7 import uuid7


def test_the_example_of_rfc_9562_comes_out() -> None:
    """RFC 9562, appendix A.6."""
    instant = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    random = (0xCC3 << 62 | 0x18C4DC0C0C07398F).to_bytes(10)
    assert uuid7(instant, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize("random", [bytes(10), b"\xff" * 10])
def test_version_and_variant_stand_whatever_the_random_bytes(random: bytes) -> None:
    """RFC 9562, 5.7."""
    made = UUID(uuid7(datetime(2026, 1, 1, tzinfo=UTC), random))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_ids_sort_by_their_time() -> None:
    first = datetime(1970, 1, 1, tzinfo=UTC)
    times = [first + timedelta(milliseconds=10**power) for power in range(14)]
    made = [uuid7(instant, b"\x55" * 10) for instant in times]
    assert made == sorted(set(made))


def test_fewer_random_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="10 random bytes, not 9"):
        uuid7(datetime(2026, 1, 1, tzinfo=UTC), bytes(9))
