from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_core.ledger.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The ledger of a new office, in `office.db`."""
    with Store.create(tmp_path / "office.db", "brindal") as made:
        yield made
