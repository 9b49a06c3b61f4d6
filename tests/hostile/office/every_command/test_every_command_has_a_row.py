"""The table holds every command there is, and each of its lines is done where nothing is wrong."""

from __future__ import annotations

import pytest

from .conftest import Pmo
from .rows import ELSEWHERE, ROWS, Row, commands, named


def test_no_command_is_left_out() -> None:
    found = [name for name, _command in commands()]
    assert sorted(found) == sorted([*(row.command for row in ROWS), *ELSEWHERE])


def test_those_elsewhere_take_no_office() -> None:
    for name, command in commands():
        takes = any("--office" in param.opts for param in command.params)
        assert takes == (name not in ELSEWHERE | {"init"}), name


@pytest.mark.parametrize("row", ROWS, ids=named(ROWS))
def test_its_line_is_done(row: Row, pmo: Pmo) -> None:
    told = pmo(*row.words)
    assert told.code == row.code, told
    assert told.out
