"""`pmo project history`: the events of one project, and whether its chain is whole."""

from __future__ import annotations

import click

from pmo_core.cli.office_options import Desk, reads_office
from pmo_core.cli.project_options import takes_project


@click.command(epilog="Example:  pmo project history permit-portal --since 5")
@takes_project
@click.option("--since", type=click.IntRange(0), default=0, metavar="N", help="From event N on.")
@click.option("--json", "as_json", is_flag=True, help="The events as they are stored.")
@reads_office
def history(desk: Desk, project: str, since: int, as_json: bool) -> None:
    """Show all that happened to a project: when, who, what; and whether the chain is whole.

    With --at, what had happened by then.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.ledger.chain import broken_link
    from pmo_core.render.history import History, history_json, history_lines
    from pmo_core.standards.instants import find_zone

    with desk.office(read_only=True) as office:
        events = office.history(project)
        known = office.store.head(project)
        head = None if known is None else known.hash
        broken = broken_link([one.event for one in events], head=head)
        found = History(events, since, desk.at)
        if as_json:
            write_lines([history_json(found.shown())])
        else:
            zone = find_zone(office.settings.zone)
            write_lines(history_lines(found, broken, head or "", zone, terminal_style()))
    if broken is not None:
        click.get_current_context().exit(1)
