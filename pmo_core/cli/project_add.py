"""`pmo project add`: records of files and other systems taken in, and again when they change."""

from __future__ import annotations

import time

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, writes_office
from pmo_core.cli.project_options import takes_roles, takes_standard


@click.command(
    epilog="""\b
Examples:
  pmo project add projects/
  pmo project add kep:../enhancements --standard kep"""
)
@click.argument(
    "sources", metavar="SOURCE...", nargs=-1, required=True, shell_complete=completing.files
)
@takes_standard
@takes_roles
@click.option(
    "--evidence",
    "evidence",
    multiple=True,
    metavar="FILE|URL",
    shell_complete=completing.files,
    help="What shows that new projects stand in the later phase they claim.",
)
@click.option("--json", "as_json", is_flag=True, help="What became of each record.")
@writes_office
def add(
    desk: Desk,
    sources: tuple[str, ...],
    standard_name: str | None,
    roles: tuple[tuple[str, str], ...],
    evidence: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take in records: register projects that are new, amend those whose record differs.

    A source is a file, a folder, a pattern, - for standard input, or SCHEME:TARGET
    of a plugin that pmo.yaml names. One bad record keeps none of the others out.
    """
    from pmo_core.cli.check import standard_input
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.adding import add_projects
    from pmo_core.render.added import added_json, added_lines

    if desk.version is not None:
        raise click.UsageError("--version is for the commands on one project.")
    started = time.monotonic()
    with desk.office() as office:
        acting = desk.acting(office)
        added = add_projects(
            office, sources, standard_input, standard_name, roles, evidence, **acting
        )
    seconds = time.monotonic() - started
    write_lines([added_json(added)] if as_json else added_lines(added, seconds, terminal_style()))
    wrong = [one.error.exit_code for one in added if one.error is not None]
    if wrong:
        click.get_current_context().exit(max(wrong))
