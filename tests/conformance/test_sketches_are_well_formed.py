"""The nine standards of the language's acid test are well formed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmo_core.documents import read_yaml
from pmo_core.standards.grammar import faults

SKETCHES = Path(__file__).resolve().parents[2].parent / "shared" / "language-sketches.md"

pytestmark = pytest.mark.skipif(
    not SKETCHES.exists(), reason="the sketches lie beside the repository, and are not there"
)


def blocks() -> list[str]:
    """The YAML of each sketch."""
    if not SKETCHES.exists():
        return []
    text = SKETCHES.read_text(encoding="utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def name(block: str) -> str:
    """The id of the standard in a block."""
    found = re.search(r"^standard: (\S+)", block, re.MULTILINE)
    return found[1] if found else "unnamed"


def test_there_are_nine() -> None:
    assert len({name(block) for block in blocks()}) == 9


@pytest.mark.parametrize("block", blocks(), ids=name)
def test_a_sketch_has_no_fault(block: str) -> None:
    assert faults(read_yaml(block.encode(), "standard.yaml").value) == []
