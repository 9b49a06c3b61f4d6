"""The kit for authors of standards: golden projects as tests of a pytest suite.

Importing it costs nothing; what it needs is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_core.testing.goldens import GoldenCase


def golden_cases(path: str | Path) -> tuple[GoldenCase, ...]:
    """The golden projects of a standard's package, one case each, in the order of their files.

    For `pytest.mark.parametrize("case", golden_cases(PATH), ids=str)`; the test calls
    `case.check()`.

    Args:
        path: the package's folder, an id, or `id@version`.

    Raises:
        UnknownName: there is no such standard.
        InvalidStandard: the standard does not load.
    """
    from pmo_core.testing.goldens import cases  # start-up

    return cases(path)


__all__ = ["golden_cases"]
