"""`pmo decision ...`: what was decided, and the whole story of each decision. It only reads."""

from __future__ import annotations

import click

from pmo_core.cli import completing
from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.listing_options import TEXT, View, listing_options, write_listing
from pmo_core.cli.office_options import Desk, reads_office
from pmo_core.render.decisions import COLUMNS

TABLE = {
    "list": ("pmo_core.cli.decision:list_", "All decisions, or those of one project."),
    "show": ("pmo_core.cli.decision:show", "One decision: rule, evidence, why, by what right."),
}


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo decision list")
def decision() -> None:
    """Look at what was decided, and on what it rests."""


@click.command("list", epilog="Example:  pmo decision list --sort -when")
@click.argument("project", required=False, shell_complete=completing.projects)
@listing_options(COLUMNS)
@reads_office
def list_(project: str | None, view: View, desk: Desk) -> None:
    """List decisions: of one project, or of all."""
    from pmo_core.render.decisions import decisions_listing
    from pmo_core.render.values import counted

    with desk.office(read_only=True) as office:
        states = (
            [state for state, _head in office.projects()]
            if project is None
            else [office.project(project)]
        )
        zone = office.settings.zone
    listing = decisions_listing(states, zone, desk.at)
    where = "" if project is None else f" on {project}"
    foot = [f"{counted(len(listing.rows), 'decision')}."] if view.format == TEXT else []
    empty = f"Nothing has been decided{where} yet. See what is ahead: pmo gate status"
    write_listing(listing, view, empty=empty, foot=foot if listing.rows else ())


@click.command(
    epilog="""\b
Example:  pmo decision show permit-portal
Example:  pmo decision show permit-portal ready-for-planning/1 --json
"""
)
@click.argument("project", shell_complete=completing.projects)
@click.argument("key", required=False, shell_complete=completing.decisions_of_project)
@click.option("--json", "as_json", is_flag=True, help="The same for programs, with digests.")
@reads_office
def show(project: str, key: str | None, as_json: bool, desk: Desk) -> None:
    """One decision whole, as of then: rule, assessment, evidence, reason, standing, ledger.

    KEY is GATE[@OCCURRENCE][/ATTEMPT]; without it, the newest decision.
    """
    from pmo_core.cli.office_style import office_style
    from pmo_core.cli.output import write_lines
    from pmo_core.render.decisions import decision_json, decision_lines
    from pmo_core.render.escape import json_lines
    from pmo_core.render.people import people_of

    with desk.office(read_only=True) as office:
        story = office.decision(project, key, at=desk.at)
        people = people_of(office.settings, story.standard)
        style = office_style(office)
    if as_json:
        click.echo(json_lines(decision_json(story)))
    else:
        write_lines(decision_lines(story, people, style))
