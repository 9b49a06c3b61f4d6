"""Golden projects as single cases, each of which passes or says in words what differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_core.office.packages import PackageFiles, find_package
from pmo_core.render.trial_words import difference_lines
from pmo_core.standards.load import load
from pmo_core.trial.golden import run_golden
from pmo_core.trial.golden_file import golden_paths, read_golden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_core.standards.model import Standard


@dataclass(frozen=True, slots=True, eq=False)
class GoldenCase:
    """One golden file of a standard that has been loaded."""

    standard: Standard
    files: Mapping[str, bytes]
    path: str
    where: str

    def __str__(self) -> str:
        return self.path.rpartition("/")[2].rpartition(".")[0]

    def check(self) -> None:
        """Pass where everything comes out as the file says.

        Raises:
            AssertionError: what differs, in words.
            InvalidStandard: the file cannot be used.
        """
        result = run_golden(
            self.standard, read_golden(self.standard, self.files, self.path, self.where)
        )
        if not result.passed:
            raise AssertionError("\n".join(difference_lines(result)))


def cases(path: str | Path) -> tuple[GoldenCase, ...]:
    """The golden projects of a package, as `pmo_core.testing.golden_cases` gives them."""
    root = find_package(path)
    files = PackageFiles(root)
    standard = load(files, str(root))
    return tuple(GoldenCase(standard, files, golden, str(root)) for golden in golden_paths(files))
