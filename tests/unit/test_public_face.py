"""What `pmo_core` lists can be imported, whatever was imported before it."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import pmo_core


@pytest.mark.parametrize("name", pmo_core.__all__)
def test_each_public_name_is_there_and_is_no_module(name: str) -> None:
    assert not isinstance(getattr(pmo_core, name), ModuleType)


@pytest.mark.parametrize("before", ["words", "explain", "Finding", "hookimpl", "load_records"])
def test_assess_is_a_function_whatever_came_before(before: str) -> None:
    """The package `pmo_core.assessment` has the name of the function: it must not take its place."""
    code = f"from pmo_core import {before}, assess; assert callable(assess), assess"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
