"""`pmo standard pin`: a further standard, or another version of one, for an office."""

from __future__ import annotations

import os

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, in_office


@click.command(
    epilog="""\b
Example:  pmo standard pin essentials
Example:  pmo standard pin standards/ours --office city --dry-run"""
)
@click.argument("standard_name", metavar="ID|PATH", shell_complete=completing.standards)
@click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@in_office
def pin(desk: Desk, standard_name: str, dry_run: bool, as_json: bool) -> None:
    """Let projects of an office follow a further standard, or a newer version.

    The office keeps the standard as it is now, and one line is put into its
    pmo.yaml. Projects that are there stay under the version they follow.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.finding import find_office, working_folder
    from pmo_core.office.pinning import pin_standard
    from pmo_core.render.founding import pinned_json, pinned_lines

    folder = find_office(desk.office_folder, os.environ, working_folder())
    pinned = pin_standard(folder, standard_name, dry_run=dry_run)
    if as_json:
        click.echo(pinned_json(pinned, dry_run=dry_run))
    else:
        write_lines(pinned_lines(pinned, terminal_style(), dry_run=dry_run))
