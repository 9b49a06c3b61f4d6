"""A pytest plugin: each golden project of a standard is a test.

`pytest --pmo-standard PATH` collects `PATH/golden/*.yaml` beside what else is asked for. With
`pmo_standards = PATH ...` in the ini file they belong to what `pytest` alone collects. Without
either the plugin does nothing, and imports nothing of ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest._code.code import TerminalRepr, TracebackStyle

    from pmo_core.testing.goldens import GoldenCase

_CASES = pytest.StashKey["dict[Path, GoldenCase]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which standards' golden projects are tests."""
    parser.getgroup("pmo").addoption(
        "--pmo-standard",
        action="append",
        default=[],
        metavar="PATH",
        help="folder of a standard whose golden projects are run; may be given several times",
    )
    parser.addini(
        "pmo_standards", "folders of standards whose golden projects are run", "paths", []
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the golden folders to what is collected; workers of pytest-xdist are told by others."""
    if hasattr(config, "workerinput"):
        return
    if not _folders(config):
        return
    all_is_asked_for = config.args_source is not pytest.Config.ArgsSource.ARGS
    for folder in _folders(config) if all_is_asked_for else _given(config):
        golden = str(folder / "golden")
        if golden not in config.args:
            config.args.append(golden)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a golden file of one of the standards; leave every other file to others."""
    folder = file_path.parent
    if file_path.suffix not in (".yaml", ".yml") or folder.name != "golden":
        return None
    if folder.parent.resolve() not in _folders(parent.config):
        return None
    found: GoldenFile = GoldenFile.from_parent(parent, path=file_path)
    return found


class GoldenFile(pytest.File):
    """A golden file; it holds one project."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one project in it."""
        yield GoldenItem.from_parent(self, name=self.path.stem)


class GoldenItem(pytest.Item):
    """A golden project; it passes where everything comes out as its file says."""

    def runtest(self) -> None:
        """Assess the project and compare."""
        _case(self.config, self.path).check()

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """What differs, or what is wrong in the file, without a traceback."""
        from pmo_core.errors import PmoError  # start-up: other people's test runs

        if isinstance(excinfo.value, AssertionError | PmoError):
            errors = (excinfo.value, *getattr(excinfo.value, "also", ()))
            return "\n".join(str(error) for error in errors)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the file is, and its name."""
        return self.path, 0, f"golden project {self.name}"


def _given(config: pytest.Config) -> list[Path]:
    """The folders on the command line."""
    start = config.invocation_params.dir
    return [(start / folder).resolve() for folder in config.getoption("--pmo-standard")]


def _folders(config: pytest.Config) -> list[Path]:
    """The folders on the command line and in the ini file."""
    return [*_given(config), *(Path(one).resolve() for one in config.getini("pmo_standards"))]


def _case(config: pytest.Config, path: Path) -> GoldenCase:
    """The case of a golden file; each standard is loaded once for the whole run."""
    from pmo_core.testing.goldens import cases  # start-up: other people's test runs

    known = config.stash.setdefault(_CASES, {})
    folder = path.parent.parent.resolve()
    if path.resolve() not in known:
        known.update({folder / case.path: case for case in cases(folder)})
    return known[path.resolve()]
