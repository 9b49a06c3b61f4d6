"""`pmo demo`: the main job on five believable projects, with the commands that it runs."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from importlib.resources import as_file, files
from pathlib import Path
from shlex import join, quote

import click

from pmo_core.cli.invocation import Invocation
from pmo_core.errors import Unavailable
from pmo_core.render.layout import command_lines

NOW = "2026-11-24T09:00Z"
FIXED_AT = "2026-11-25T16:00Z"
FIXED = "permit-portal.yaml"
WIDTH = 80


@click.command(epilog="Example:  pmo demo --keep tour")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Leave the five projects in this new folder, to go on with.",
)
def demo(keep: Path | None) -> None:
    """Take the tour: five projects of one city's programme, in under ten seconds.

    Every command that it runs is printed, so that you can type it yourself.
    """
    started = time.monotonic()
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise click.UsageError(
            f"'{keep}' is there already and not empty. Name a new folder.",
            click.get_current_context(),
        )
    with _folder(keep) as folder:
        _copy("projects", folder / "projects")
        where = "temporary folder" if keep is None else f"in {quote(str(keep))}"
        _say(
            f"Digital Permits, City of Brindal: 5 projects under essentials, {where}.",
            "The clock is set to Tue 24 Nov 2026 09:00. Lines after $ are yours to type.",
        )
        _tour(folder)
    seconds = time.monotonic() - started
    last = (
        f"Done in {seconds:.1f} s. Keep these projects to try things: pmo demo --keep tour"
        if keep is None
        else f"Done in {seconds:.1f} s. Go on in {quote(str(keep))}; parcel-map is still blocked."
    )
    _say("", last, "Your own: pmo check --standard essentials FOLDER")


def _tour(folder: Path) -> None:
    _step(1, "Where does everything stand? What blocks, line by line, then the answer.")
    _run("check", "--standard", "essentials", "--at", NOW, "projects/")
    _step(2, "Why is permit-portal blocked, who can act, and how little would do?")
    one = ("check", "--standard", "essentials", "--at", NOW, "--explain", f"projects/{FIXED}")
    _run(*one)
    _step(3, "What does one of these criteria mean, and how is it done well?")
    _run("guide", "benefits-measurable")
    _step(4, "Fix it: a target date, an owner, and a new consultation on Wed 25 Nov.")
    _fix(folder / "projects" / FIXED)
    _run("check", "--standard", "essentials", "--at", FIXED_AT, "--explain", f"projects/{FIXED}")
    _step(5, "The same in CI: annotations on the lines at fault, and an exit code.")
    _run(
        "check",
        "--standard",
        "essentials",
        "--at",
        NOW,
        "--format",
        "github",
        "projects/field-inspections.yaml",
    )
    _step(6, "The rules are data, with tests of their own: one gate of the standard.")
    _run("standard", "show", "essentials", "ready-for-planning")


def _step(number: int, title: str) -> None:
    _say("", f"{number} of 6  {title}")


def _run(*arguments: str) -> None:
    """Run one command of ours as it would be typed, and say so."""
    from pmo_core.cli.commands import call  # the tour runs inside the command line it shows

    _say(*command_lines(join(("pmo", *arguments)), WIDTH, "$ "))
    code = call(list(arguments), Invocation(arguments))
    if code:
        _say(f"(exit {code})")


def _fix(project: Path) -> None:
    """Put the mended record in place of the old one, and show the lines that changed."""
    before = project.read_text(encoding="utf-8").splitlines()
    text = (files("pmo_core.cli.demo") / "fixed" / FIXED).read_text(encoding="utf-8")
    project.write_text(text, encoding="utf-8")
    changes = unified_diff(before, text.splitlines(), lineterm="", n=0)
    for line in changes:
        if not line.startswith(("---", "+++", "@@")):
            _say(f"  {line}")


def _copy(name: str, target: Path) -> None:
    with as_file(files("pmo_core.cli.demo") / name) as source:
        shutil.copytree(source, target)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder of the tour, in which its commands run; removed after it, unless kept."""
    home = Path.cwd()
    folder = Path(tempfile.mkdtemp(prefix="pmo-demo-")) if keep is None else keep
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"the folder cannot be made: {error.strerror}",
            source=str(folder),
            remedy="Name another one",
        ) from None
    try:
        os.chdir(folder)
        yield Path.cwd()
    finally:
        os.chdir(home)
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line)
