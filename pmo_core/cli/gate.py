"""`pmo gate ...`: what the machine finds at the gates ahead, why, and what would free them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.listing_options import JSON, TEXT, View, listing_options, write_listing
from pmo_core.cli.office_options import Desk, reads_office
from pmo_core.render.gates import FINDING_COLUMNS, GATE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_core.office.office import Office
    from pmo_core.render.gate_explain import Ahead

TABLE = {
    "status": ("pmo_core.cli.gate:status", "All findings of the gates ahead."),
    "explain": ("pmo_core.cli.gate:explain_", "What blocks, who can act, the smallest set of it."),
}
_KNOWN = {column.id for column in GATE_COLUMNS}
COLUMNS = (*GATE_COLUMNS, *(one for one in FINDING_COLUMNS if one.id not in _KNOWN))


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo gate explain permit-portal")
def gate() -> None:
    """Look at gates: is a project ready; if not, what blocks it, and what would free it?

    Nothing is written here. People act with `pmo review`.
    """


def gate_option(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take `--gate`, which names one gate or one time of it."""
    return click.option(
        "--gate",
        metavar="GATE[@OCCURRENCE]",
        shell_complete=completing.gates_of_project,
        help="The gate, or one time of it; by default those ahead.",
    )(command)


@click.command(
    epilog="""\b
Columns of all projects: those up to version; of one: from result on.
Exit: 0 all ready; 1 some blocked.

\b
Example:  pmo gate status
Example:  pmo gate status permit-portal
Example:  pmo gate status --sort -blocking --format csv
"""
)
@click.argument("project", required=False, shell_complete=completing.projects)
@gate_option
@listing_options(COLUMNS)
@reads_office
@click.pass_context
def status(
    ctx: click.Context, project: str | None, gate: str | None, view: View, desk: Desk
) -> None:
    """All findings of the gates ahead: of one project each criterion, of all a line each."""
    if project is None:
        _all(ctx, gate, view, desk)
    else:
        _one(ctx, project, gate, view, desk)


def _all(ctx: click.Context, gate: str | None, view: View, desk: Desk) -> None:
    from pmo_core.render.gates import gates_foot, gates_listing, is_blocked

    name, occurrence = split_gate(gate)
    with desk.office(read_only=True) as office:
        found = list(office.standings(None, name, occurrence, at=desk.at))
    foot = [gates_foot(found)] if view.format == TEXT and found else []
    empty = "No project stands before a gate. Begin with: pmo project new ID"
    write_listing(gates_listing(found), view, empty=empty, foot=foot)
    ctx.exit(int(any(is_blocked(one.found) for one in found)))


def _one(ctx: click.Context, project: str, gate: str | None, view: View, desk: Desk) -> None:
    from pmo_core.cli.office_style import office_style
    from pmo_core.cli.output import write_lines
    from pmo_core.render.escape import json_lines
    from pmo_core.render.gate_explain import no_gate_ahead, status_lines
    from pmo_core.render.gates import findings_listing, gates_json, is_blocked

    with desk.office(read_only=True) as office:
        ahead = gates_ahead(office, project, gate, desk)
        phases = office.project(project).phases
        style = office_style(office)
    if view.format == JSON:
        click.echo(json_lines(gates_json(project, ahead)))
    elif view.format != TEXT or view.columns or view.sort:
        write_listing(findings_listing(ahead), view)
    elif ahead:
        write_lines(status_lines(ahead, style))
    else:
        write_lines(no_gate_ahead(project, phases, style))
    ctx.exit(int(any(is_blocked(one.standing.found) for one in ahead)))


@click.command(
    "explain",
    epilog="""\b
Exit: 0 ready; 1 blocked.

\b
Example:  pmo gate explain permit-portal
Example:  pmo gate explain permit-portal --short
""",
)
@click.argument("project", shell_complete=completing.projects)
@gate_option
@click.option("--short", is_flag=True, help="A line for each criterion that blocks.")
@click.option(
    "--target",
    type=click.Choice(("go", "conditional-go")),
    default="go",
    show_default=True,
    help="For a conditional go, what may be deferred need not be done now.",
)
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@reads_office
@click.pass_context
def explain_(
    ctx: click.Context,
    project: str,
    gate: str | None,
    short: bool,
    target: str,
    as_json: bool,
    desk: Desk,
) -> None:
    """What blocks a project, who can act, and the smallest set of actions that frees it."""
    from pmo_core.cli.office_style import office_style
    from pmo_core.cli.output import write_lines
    from pmo_core.render.escape import json_lines
    from pmo_core.render.gate_explain import explained_lines, no_gate_ahead, short_lines
    from pmo_core.render.gates import gates_json, is_blocked

    with desk.office(read_only=True) as office:
        ahead = gates_ahead(office, project, gate, desk)
        phases = office.project(project).phases
        style = office_style(office)
    if as_json:
        click.echo(json_lines(gates_json(project, ahead, explained=True, target=target)))
    elif ahead:
        told = short_lines if short else explained_lines
        write_lines(told(ahead, style, target))
    else:
        write_lines(no_gate_ahead(project, phases, style))
    ctx.exit(int(any(is_blocked(one.standing.found) for one in ahead)))


def split_gate(named: str | None) -> tuple[str | None, str]:
    """`health@2026-11-30` as gate and occurrence."""
    name, _, occurrence = (named or "").partition("@")
    return name or None, occurrence


def gates_ahead(office: Office, project: str, gate: str | None, desk: Desk) -> list[Ahead]:
    """The project at its gates, with what the office knows around it."""
    from pmo_core.office.prospects import prospect
    from pmo_core.office.record_places import record_document
    from pmo_core.render.gate_explain import Ahead
    from pmo_core.render.people import people_of

    name, occurrence = split_gate(gate)
    standings = list(office.standings(project, name, occurrence, at=desk.at))
    if not standings:
        return []
    standard = standings[0].found.standard
    document = record_document(office.folder, project, standard.scalars)
    people = people_of(office.settings, standard)
    return [
        Ahead(
            one,
            None if one.gate.standing else prospect(office, one),
            document,
            people,
            several=len(standings) > 1 or gate is not None,
        )
        for one in standings
    ]
