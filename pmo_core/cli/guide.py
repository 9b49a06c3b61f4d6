"""`pmo guide`: what a criterion, gate or artefact means, why, an example, where to learn."""

from __future__ import annotations

import click


@click.command(
    epilog="""\b
Example:  pmo guide benefits-measurable
Example:  pmo guide ready-for-planning --standard essentials@1.0.0"""
)
@click.argument("thing", required=False, metavar="[CRITERION|GATE|ARTEFACT]")
@click.option(
    "--standard",
    "name",
    default="essentials",
    show_default=True,
    metavar="ID|PATH",
    help="The standard whose guidance it is.",
)
def guide(thing: str | None, name: str) -> None:
    """Teach a criterion, gate or artefact: why, an example, how to do it.

    Without a name it lists what there is to learn.
    """
    from pmo_core.cli.output import terminal_style
    from pmo_core.office.packages import load_standard
    from pmo_core.render.guide import guide_lines, topics_lines

    standard = load_standard(name)
    style = terminal_style()
    lines = topics_lines(standard) if thing is None else guide_lines(standard, thing, style)
    for line in lines:
        click.echo(line)
