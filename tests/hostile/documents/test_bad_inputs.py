"""Every bad input is refused: what is wrong, where, and what to do (S2, S16.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pmo_core.documents import read_json, read_yaml, read_yaml_stream
from pmo_core.errors import InvalidDocument

CASES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def read_all(data: bytes, name: str) -> list[Any]:
    return list(read_yaml_stream(data, name))


READERS = {"yaml": read_yaml, "json": read_json, "yaml stream": read_all}


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 120


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", CASES)
def test_a_bad_input_is_refused_with_its_words(name: str) -> None:
    case = CASES[name]
    with pytest.raises(InvalidDocument) as caught:
        READERS[case["reads"]](case["bytes"].encode("latin-1"), "f")
    assert str(caught.value) == case["error"]
    assert caught.value.exit_code == 3
