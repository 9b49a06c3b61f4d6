"""What several commands on a project take: the project itself, roles, evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from pmo_core.cli import completing

if TYPE_CHECKING:
    from pmo_core.office.acts import Done
    from pmo_core.office.office import Office

R = TypeVar("R")


def takes_project(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take a project's id, as `project`."""
    return click.argument("project", shell_complete=completing.projects)(command)


def takes_evidence(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take evidence, as `evidence`."""
    return click.option(
        "--evidence",
        multiple=True,
        metavar="FILE|URL",
        shell_complete=completing.files,
        help="What shows it: a file, kept by its digest, or a link. Repeatable.",
    )(command)


def takes_roles(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take appointments, as `roles`."""
    return click.option(
        "--role",
        "roles",
        multiple=True,
        callback=_pairs,
        metavar="ROLE=PERSON",
        shell_complete=completing.roles_of_office,
        help="Who holds which role of the standard in it. Repeatable.",
    )(command)


def takes_standard(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take which of the office's standards is meant, as `standard_name`."""
    return click.option(
        "--standard",
        "standard_name",
        metavar="ID[@VERSION]",
        shell_complete=completing.standards,
        help="One that pmo.yaml pins; by default the first.",
    )(command)


def write_done(office: Office, done: Done, what: str, more: Sequence[str] = ()) -> None:
    """Tell what a command came to, what more there is to say of it, and whether a file waits."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.proposals import differences
    from pmo_core.render.changes import done_lines
    from pmo_core.render.project import waiting_lines

    style = terminal_style()
    write_lines(done_lines(done, what, style, more))
    if done.written:
        write_lines(waiting_lines(differences(office, done.after), style))


def _pairs(
    ctx: click.Context, param: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """`ROLE=PERSON`, in order.

    Raises:
        click.BadParameter: for anything else.
    """
    found = []
    for value in values:
        role, sign, person = value.partition("=")
        if not (role and sign and person):
            raise click.BadParameter(
                f"{value!r} names no role. Write ROLE=PERSON, such as manager=ana.ruiz", ctx, param
            )
        found.append((role, person))
    return tuple(found)
