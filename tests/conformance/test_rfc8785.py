"""The test data of RFC 8785 over the canonical writer, and its digests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pmo_core.documents import canonical, digest

DATA = Path(__file__).parents[3] / "shared/data/conformance/jcs/testdata"
CASES = sorted(DATA.glob("input/*.json"))

pytestmark = pytest.mark.skipif(not CASES, reason="needs ../shared/data/conformance/jcs")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_value_is_written_to_the_byte_as_the_standard_has_it(case: Path) -> None:
    value = json.loads(case.read_bytes())
    expected = bytes.fromhex((DATA / "outhex" / f"{case.stem}.txt").read_text())
    assert canonical(value) == expected
    assert digest(value) == f"sha256:{hashlib.sha256(expected).hexdigest()}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_canonical_text_is_its_own_canonical_text(case: Path) -> None:
    written = (DATA / "output" / case.name).read_bytes().rstrip(b"\n")
    assert canonical(json.loads(written)) == written
