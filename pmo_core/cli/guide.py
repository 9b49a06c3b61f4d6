"""`pmo guide`: what a criterion, gate or artefact means, why, an example, where to learn."""

from __future__ import annotations

import click

from pmo_core.cli import completing


@click.command(
    epilog="""\b
Example:  pmo guide benefits-measurable
Example:  pmo guide ready-for-planning --standard essentials@1.0.0"""
)
@click.argument(
    "thing", required=False, metavar="[CRITERION|GATE|ARTEFACT]", shell_complete=completing.topics
)
@click.option(
    "--standard",
    "standard_name",
    default=completing.HOUSE_STANDARD,
    show_default=True,
    metavar="ID|PATH",
    shell_complete=completing.standards,
    help="The standard whose guidance it is.",
)
def guide(thing: str | None, standard_name: str) -> None:
    """Learn what a criterion, gate or artefact means: why, an example, how to do it.

    Without a name it lists what there is to learn.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.packages import load_standard
    from pmo_core.render.guide import guide_lines, topics_lines

    standard = load_standard(standard_name)
    style = terminal_style(standard=standard_name)
    write_lines(
        topics_lines(standard, style) if thing is None else guide_lines(standard, thing, style)
    )
