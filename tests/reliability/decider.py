"""Decides one review of an office, to be killed on the way: `python decider.py OFFICE`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from pmo_core import Choice, Office

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
KEY = "the decision"
PROJECT = "atlas"
ACKNOWLEDGED = b"decided\n"


def main(folder: str) -> None:
    """Decide `go`; say so once it is acknowledged."""
    with Office.open(folder, clock=lambda: NOW) as office:
        office.decide(PROJECT, Choice("go"), actor="eva", reason="All is there", key=KEY)
        os.write(1, ACKNOWLEDGED)


if __name__ == "__main__":
    main(sys.argv[1])
