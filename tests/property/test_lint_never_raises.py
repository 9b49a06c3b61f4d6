"""Whatever standard loads, lint has something to say of it or nothing, and never fails."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_core.documents import Json, JsonObject, read_document
from pmo_core.errors import InvalidStandard
from pmo_core.standards.load import load
from pmo_core.trial.lint import lint

SKETCHES = Path(__file__).parents[3] / "shared" / "language-sketches.md"
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
pytestmark = pytest.mark.skipif(not SKETCHES.exists(), reason="the sketches are not here")


@cache
def sketches() -> tuple[Json, ...]:
    text = SKETCHES.read_text(encoding="utf-8")
    return tuple(
        read_document(block.encode(), "standard.yaml").value for block in FENCE.findall(text)
    )


def places(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, part in value.items():
            found += places(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            found += places(part, (*path, index))
    return found


def without(value: Json, path: tuple[str | int, ...]) -> Json:
    """A copy without what stands at the path."""
    step, *rest = path
    if isinstance(value, dict):
        return {
            key: without(part, tuple(rest)) if key == step else part
            for key, part in value.items()
            if rest or key != step
        }
    if isinstance(value, list):
        return [
            without(part, tuple(rest)) if index == step else part
            for index, part in enumerate(value)
            if rest or index != step
        ]
    return value


def moved(value: Json, path: tuple[str | int, ...], other: Json) -> Json:
    """A copy with another value at the path."""
    if not path:
        return other
    step, *rest = path
    if isinstance(value, dict):
        return {k: moved(v, tuple(rest), other) if k == step else v for k, v in value.items()}
    if isinstance(value, list):
        return [moved(v, tuple(rest), other) if i == step else v for i, v in enumerate(value)]
    return value


def at(value: Json, path: tuple[str | int, ...]) -> Json:
    for step in path:
        value = value[step]  # type: ignore[call-overload, index]
    return value


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_lint_never_fails_on_an_altered_standard_that_loads(data: st.DataObject) -> None:
    import json

    value = data.draw(st.sampled_from(sketches()))
    for _change in range(data.draw(st.integers(1, 4))):
        every = places(value)
        here = data.draw(st.sampled_from(every))
        if data.draw(st.booleans()):
            value = without(value, here)
        else:
            value = moved(value, here, at(value, data.draw(st.sampled_from(every))))
    schema: JsonObject = data.draw(
        st.sampled_from([{}, {"type": "object", "required": ["id"]}, {"not": {}}])
    )
    package = {
        "standard.yaml": json.dumps(value).encode(),
        "record.schema.json": json.dumps(schema).encode(),
    }
    try:
        standard = load(package)
    except InvalidStandard:
        return
    findings = lint(standard, known_checks=frozenset())
    assert findings == lint(standard, known_checks=frozenset())
    assert list(findings) == sorted(findings, key=lambda one: one.place)
    assert all(one.place.source == "standard.yaml" for one in findings)
