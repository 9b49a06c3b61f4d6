"""`pmo guide`: what a criterion, gate or artefact means, why, an example, where to learn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, in_office

if TYPE_CHECKING:
    from pmo_core.standards.model import Standard


@click.command(
    epilog="""\b
Example:  pmo guide benefits-measurable
Example:  pmo guide benefits-measurable permit-portal
Example:  pmo guide ready-for-planning --standard essentials@1.0.0"""
)
@click.argument(
    "thing", required=False, metavar="[CRITERION|GATE|ARTEFACT]", shell_complete=completing.topics
)
@click.argument("project", required=False, shell_complete=completing.projects)
@click.option(
    "--standard",
    "standard_name",
    metavar="ID|PATH",
    shell_complete=completing.standards,
    help="Whose guidance it is; by default the project's, else the office's, else "
    f"{completing.HOUSE_STANDARD}.",
)
@in_office
def guide(desk: Desk, thing: str | None, project: str | None, standard_name: str | None) -> None:
    """Learn what a criterion, gate or artefact means: why, an example, how to do it.

    Without a name it lists what there is to learn. In an office the standards
    are those that it pins, as it keeps them.
    """
    if standard_name is not None and project is not None:
        raise click.UsageError("A project has its own standard: leave --standard out.")
    if standard_name is None and (project is not None or _is_in_office(desk)):
        with desk.office(read_only=True) as office:
            if project is not None:
                known = [office.standard(office.project(project).package)]
            else:
                known = [office.standard(pin.digest) for pin in office.settings.pins]
            _write(_with(known, thing), thing, completing.HOUSE_STANDARD, project or "PROJECT")
        return
    from pmo_core.office.packages import load_standard

    name = standard_name or completing.HOUSE_STANDARD
    _write(load_standard(name), thing, name)


def _is_in_office(desk: Desk) -> bool:
    """Whether an office is named, or there is one around this place."""
    from pmo_core.errors import UnknownName
    from pmo_core.office.finding import VARIABLE, find_office

    if desk.office_folder is not None or os.environ.get(VARIABLE):
        return True
    try:
        find_office(None, {}, Path.cwd())
    except UnknownName:
        return False
    return True


def _with(standards: list[Standard], thing: str | None) -> Standard:
    """The first of the standards that has a criterion, gate or artefact of that name."""
    from pmo_core.render.standards import criterion_ids

    for standard in standards:
        if (
            thing in standard.gates
            or thing in standard.artefacts
            or thing in criterion_ids(standard)
        ):
            return standard
    return standards[0]


def _write(standard: Standard, thing: str | None, called: str, project: str | None = None) -> None:
    """The page, or what there are pages of.

    Args:
        called: what names the standard in commands; the house's is what needs no name.
        project: of the office, for which documents can be begun.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.render.guide import guide_lines, topics_lines

    style = terminal_style(standard=called)
    if thing is None:
        write_lines(topics_lines(standard, style))
    else:
        write_lines(guide_lines(standard, thing, style, project))
