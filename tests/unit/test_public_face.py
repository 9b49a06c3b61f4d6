"""What `pmo_core` lists can be imported, whatever was imported before it."""

from __future__ import annotations

import re
import subprocess
import sys
from types import ModuleType

import pytest

import pmo_core


@pytest.mark.parametrize("name", pmo_core.__all__)
def test_each_public_name_is_there_and_is_no_module(name: str) -> None:
    assert not isinstance(getattr(pmo_core, name), ModuleType)


def test_every_type_that_inputs_are_made_of_is_public() -> None:
    """An embedder fills `Inputs` without an import that is not listed."""
    annotations = " ".join(str(kind) for kind in pmo_core.Inputs.__annotations__.values())
    needed = set(re.findall(r"\b[A-Z]\w+", annotations)) - {"Mapping", "None"}
    assert needed - {"Criterion"} <= set(pmo_core.__all__)
    assert "Passed" in pmo_core.__all__


@pytest.mark.parametrize("before", ["words", "explain", "Finding", "hookimpl", "load_records"])
def test_assess_is_a_function_whatever_came_before(before: str) -> None:
    """No package may take the place of a function of its name."""
    code = f"from pmo_core import {before}, assess; assert callable(assess), assess"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
