"""`pmo init`: a new office."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pmo_core.cli import completing


@click.command(
    epilog="""\b
Example:  pmo init my-office --standard pm2
Example:  pmo init my-office --standard pm2 --standard essentials --zone UTC"""
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option(
    "--standard",
    "standards",
    multiple=True,
    default=[completing.HOUSE_STANDARD],
    show_default=True,
    metavar="ID|PATH",
    shell_complete=completing.standards,
    help="What its projects follow; given again: a further one to choose from.",
)
@click.option("--id", "office_id", metavar="ID", help="Its id.  [default: made of DIR]")
@click.option("--title", metavar="TEXT", help="Its name for people.  [default: DIR]")
@click.option(
    "--zone",
    metavar="ZONE",
    shell_complete=completing.zones,
    help="IANA time zone in which its dates end.  [default: this machine's]",
)
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def init(
    folder: str,
    standards: tuple[str, ...],
    office_id: str | None,
    title: str | None,
    zone: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Found an office in a folder: settings, a ledger, a place for projects.

    The standard is kept whole with the office, so that no later version of it
    changes a rule unseen. Others can be pinned later: pmo standard pin ID.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.founding import found_office
    from pmo_core.office.machine_zone import machine_zone
    from pmo_core.render.founding import founded_json, founded_lines

    founded = found_office(
        Path(folder),
        *standards,
        office_id=office_id,
        title=title,
        zone=zone or machine_zone(os.environ),
        dry_run=dry_run,
    )
    if as_json:
        click.echo(founded_json(founded, dry_run=dry_run))
    else:
        write_lines(founded_lines(founded, terminal_style(), dry_run=dry_run))
