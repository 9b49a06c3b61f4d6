"""`pmo demo`: the main job in the office of one city, with the commands that it runs."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shlex import join, quote
from typing import Final, NamedTuple

import click

from pmo_core.cli.invocation import Invocation
from pmo_core.cli.office_options import ACTOR_VARIABLE
from pmo_core.errors import Unavailable
from pmo_core.office.finding import VARIABLE as OFFICE_VARIABLE
from pmo_core.render.layout import command_lines

WIDTH: Final = 80


class Step(NamedTuple):
    """A question of the tour, and the commands that answer it, each with its time (UTC)."""

    title: str
    commands: tuple[tuple[str, tuple[str, ...]], ...]


NINE: Final = "2026-11-24T08:00"
"""Tue 24 Nov 2026 09:00 in Brindal."""

ENDS: Final = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
"""The time of the last command."""

PORTAL: Final = "permit-portal"
STEPS: Final = (
    Step("Where does everything stand?", ((NINE, ("project", "list")),)),
    Step(f"What blocks {PORTAL}?", ((NINE, ("gate", "explain", PORTAL)),)),
    Step(
        "Fix it (Tue 24 and Wed 25 Nov 2026)",
        (
            (
                "2026-11-24T08:40",
                (
                    *("project", "amend", PORTAL, "--as", "ana.ruiz"),
                    *("--set", "benefits.B-2.target_date=2027-12-31"),
                    *("--set", "risks.R-3.owner=nils.falk"),
                ),
            ),
            (
                "2026-11-25T14:20",
                (
                    *("project", "answer", PORTAL, "stakeholders-consulted", "yes"),
                    *("--as", "rosa.lind", "--evidence", "evidence/consultation.pdf"),
                ),
            ),
        ),
    ),
    Step(
        "Put it before those who decide (Wed 25 Nov 2026)",
        (
            ("2026-11-25T15:00", ("review", "open", PORTAL, "--as", "ana.ruiz")),
            ("2026-11-25T15:10", ("review", "show", PORTAL)),
        ),
    ),
    Step(
        "Decide: the machine assessed, a person answers for it (Fri 27 Nov 2026)",
        (
            (
                "2026-11-27T09:09",
                (
                    *("review", "decide", PORTAL, "go", "--as", "eva.stern"),
                    *("--reason", "Nine of the 21 days are copying, and the trial comes first"),
                ),
            ),
            ("2026-11-27T09:10", ("project", "history", PORTAL, "--since", "14")),
        ),
    ),
    Step(
        "The auditor: on what does that decision rest?",
        ((f"{ENDS:%Y-%m-%dT%H:%M}", ("decision", "show", PORTAL, "ready-for-planning/1")),),
    ),
)


@click.command(epilog="Example:  pmo demo --keep brindal")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Leave the office in this new folder, to go on with.",
)
def demo(keep: Path | None) -> None:
    """Take the tour: an office with five projects of one city, in under ten seconds.

    Every command that it runs is printed, so that you can type it yourself.
    """
    from pmo_core.cli.demo.world.building import STANDARD, build  # start-up

    started = time.monotonic()
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise click.UsageError(
            f"'{keep}' is there already and not empty. Name a new folder.",
            click.get_current_context(),
        )
    with _folder(keep) as folder:
        build(folder)
        where = "temporary office" if keep is None else f"office {quote(str(keep))}"
        _say(
            f"Digital Permits, City of Brindal: 5 projects under {STANDARD}, {where}.",
            "The clock is set to Tue 24 Nov 2026 09:00. Lines after $ are yours to type.",
        )
        for number, step in enumerate(STEPS, start=1):
            _say("", f"{number} of {len(STEPS)}  {step.title}")
            for at, arguments in step.commands:
                _run(datetime.fromisoformat(at).replace(tzinfo=UTC), arguments)
    seconds = time.monotonic() - started
    _say("", f"Done in {seconds:.1f} s. {_ending(keep)}")
    if keep is not None and _now() < ENDS:
        _say(f"Its history ends on Fri 27 Nov 2026: until then, add --at {ENDS:%Y-%m-%dT%H:%MZ}")


def _ending(keep: Path | None) -> str:
    if keep is None:
        return "Keep this office: pmo demo --keep DIR. Your own: pmo init DIR"
    return f"Go on: cd {quote(str(keep))} && pmo gate explain parcel-map"


def _now() -> datetime:
    called = click.get_current_context().find_object(Invocation)
    clock = None if called is None else called.clock
    return datetime.now(UTC) if clock is None else clock()


def _run(at: datetime, arguments: tuple[str, ...]) -> None:
    """Run one command of ours as it would be typed, at that time, and say so."""
    from pmo_core.cli.commands import call  # the tour runs inside the command line it shows

    _say(*command_lines(join(("pmo", *arguments)), WIDTH, "$ "))
    call(list(arguments), Invocation(arguments, clock=lambda: at))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """The folder of the tour, in which its commands run; removed after it, unless kept."""
    home = Path.cwd()
    try:
        folder = Path(tempfile.mkdtemp(prefix="pmo-demo-")) if keep is None else keep
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"the folder cannot be made: {error.strerror}",
            source=tempfile.gettempdir() if keep is None else str(keep),
            remedy="Name another one: --keep DIR",
        ) from None
    # Where the person has named an office of their own, the tour still shows its own.
    named = {name: os.environ.pop(name, None) for name in (OFFICE_VARIABLE, ACTOR_VARIABLE)}
    try:
        os.chdir(folder)
        yield Path.cwd()
    finally:
        os.chdir(home)
        os.environ.update({name: value for name, value in named.items() if value is not None})
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line)
