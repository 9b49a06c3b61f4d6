"""`pmo status`: what waits for a person; without one, the office at a glance."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import ACTOR_VARIABLE, Desk, reads_office

if TYPE_CHECKING:
    from datetime import datetime

    from pmo_core.office.office import Office


@click.command(
    epilog="""\b
Example:  pmo status
Example:  pmo status --as eva.stern"""
)
@click.option(
    "--as",
    "who",
    metavar="WHO",
    shell_complete=completing.people,
    help=f"Whom it waits for; by default {ACTOR_VARIABLE}, else the office at a glance.",
)
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@reads_office
def status(desk: Desk, who: str | None, as_json: bool) -> None:
    """What waits for a person: decisions, reviews to open, what blocks a gate.

    Without a person: all projects by phase, what is open, and what is due.
    """
    person = os.environ.get(ACTOR_VARIABLE) or None if who is None else who
    with desk.office(read_only=True) as office:
        now = desk.at or office.now()
        if person is None:
            _glance(office, now, as_json=as_json)
        else:
            _queue(office, office.check_person(person), now, as_json=as_json)


def _queue(office: Office, person: str, now: datetime, *, as_json: bool) -> None:
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.waiting import waiting_for
    from pmo_core.render.waiting import queue_json, queue_lines

    queue = waiting_for(office, person, now)
    if as_json:
        click.echo(queue_json(queue))
    else:
        write_lines(queue_lines(queue, office.settings, terminal_style()))


def _glance(office: Office, now: datetime, *, as_json: bool) -> None:
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.proposals import differences
    from pmo_core.office.ticking import last_tick, projects_due
    from pmo_core.office.waiting import glances
    from pmo_core.render.waiting import Lagging, glance_json, glance_lines

    found = tuple(glances(office, now))
    files = differences(office)
    lagging = Lagging(
        files=tuple(one.path for one in files if one.error is None and not one.new),
        unread=tuple(one.path for one in files if one.error is not None),
        new=tuple(one.path for one in files if one.new),
        due=projects_due(office, (one.state for one in found), now),
        last=last_tick(office),
    )
    if as_json:
        click.echo(glance_json(found, lagging, office.settings))
    else:
        write_lines(glance_lines(found, lagging, office.settings, terminal_style()))
