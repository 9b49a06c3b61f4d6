"""`pmo tick`: apply what has come due by itself."""

from __future__ import annotations

import click

from pmo_core.cli.office_options import Desk, at_time


@click.command(
    epilog="""\b
Example:  pmo tick
Example:  pmo tick --at 2026-12-19T06:00Z --dry-run"""
)
@click.option("--dry-run", is_flag=True, help="Show what comes due; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@at_time("By when, if not by now.")
def tick(desk: Desk, dry_run: bool, as_json: bool) -> None:
    """Apply what has come due by itself: reviews that recur, gates that decide.

    Let it run every hour. How late it is changes nothing: each thing takes
    effect when it was due. A second tick does nothing.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.render.ticks import ticked_json, ticked_lines

    with desk.office() as office:
        now = office.now()
        ticked = office.tick(desk.at or now, dry_run=dry_run)
        zone = office.settings.zone
    if as_json:
        click.echo(ticked_json(ticked))
    else:
        write_lines(ticked_lines(ticked, zone, terminal_style(), now=now, dry_run=dry_run))
