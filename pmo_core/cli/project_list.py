"""`pmo project list`: all projects of the office."""

from __future__ import annotations

import click

from pmo_core.cli.listing_options import View, listing_options, write_listing
from pmo_core.cli.office_options import Desk, reads_office
from pmo_core.render.projects import COLUMNS


@click.command("list", epilog="Example:  pmo project list --sort planned --columns all")
@listing_options(COLUMNS)
@reads_office
def list_(desk: Desk, view: View) -> None:
    """List all projects, with a row for each gate ahead: is it ready, how many criteria block?"""
    from pmo_core.office.overview import overview
    from pmo_core.render.projects import EMPTY, projects_foot, projects_listing

    with desk.office(read_only=True) as office:
        projects = list(overview(office, desk.at or office.now()))
        listing = projects_listing(projects, office.settings.people)
        write_listing(listing, view, empty=EMPTY, foot=projects_foot(projects))
