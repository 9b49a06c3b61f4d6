"""`pmo standard ...`: look at standards, lint them, run their golden projects."""

from __future__ import annotations

import click

from pmo_core.cli import completing
from pmo_core.cli.groups import LazyGroup
from pmo_core.errors import PmoError

TABLE = {
    "list": ("pmo_core.cli.standard:list_", "Which standards are installed."),
    "show": ("pmo_core.cli.standard:show", "One standard: phases, gates, criteria, roles."),
    "diagram": ("pmo_core.cli.standard_diagram:diagram", "A drawing: phases, gates, outcomes."),
    "schema": ("pmo_core.cli.standard:schema", "The JSON Schema of a standard, for editors."),
    "pin": ("pmo_core.cli.standard_pin:pin", "Let an office's projects follow a standard."),
    "lint": ("pmo_core.cli.standard_trial:lint", "What is wrong or risky in a standard."),
    "test": ("pmo_core.cli.standard_trial:test", "Run a standard's golden projects."),
}


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo standard show essentials --gates")
def standard() -> None:
    """Look at standards; lint and test them.

    A standard is a folder with a standard.yaml: installed (`essentials`,
    `essentials@1.0.0`) or named by its path.
    """


@click.command("list", epilog="Example:  pmo standard list --json")
@click.option("--json", "as_json", is_flag=True, help="The same with folders and digests.")
def list_(as_json: bool) -> None:
    """List the installed standards, each version with its title and size."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.packages import installed_packages, load_standard, version_order
    from pmo_core.render.standards import installed_json, installed_lines

    found, broken = [], []
    for name, versions in sorted(installed_packages().items()):
        for version, folder in sorted(versions.items(), key=lambda one: version_order(one[0])):
            try:
                found.append((load_standard(folder), str(folder)))
            except PmoError as error:
                broken.append((f"{name}@{version}", error))
    lines = installed_lines(found, broken, terminal_style())
    write_lines([installed_json(found, broken)] if as_json else lines)


@click.command(
    epilog="""\b
Example:  pmo standard show essentials
Example:  pmo standard show essentials ready-for-planning"""
)
@click.argument(
    "standard_name", metavar="ID|PATH", is_eager=True, shell_complete=completing.standards
)
@click.argument(
    "thing",
    required=False,
    metavar="[GATE|CRITERION]",
    shell_complete=completing.gates_and_criteria,
)
@click.option("--gates", is_flag=True, help="Only the gates, one a line.")
@click.option("--json", "as_json", is_flag=True, help="The resolved model, for programs.")
def show(standard_name: str, thing: str | None, gates: bool, as_json: bool) -> None:
    """Show a standard: its phases, gates and roles; or one gate or criterion of it."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.packages import load_standard
    from pmo_core.render.standards import gates_lines, model_json, standard_lines, thing_lines

    found = load_standard(standard_name)
    style = terminal_style(standard=standard_name)
    if as_json:
        write_lines([model_json(found)])
    elif thing is not None:
        write_lines(thing_lines(found, thing, style))
    else:
        write_lines((gates_lines if gates else standard_lines)(found, style))


@click.command(
    epilog="""\b
Example:  pmo standard schema > standard.schema.json
Example:  pmo standard schema essentials > record.schema.json"""
)
@click.argument(
    "standard_name", required=False, metavar="[ID|PATH]", shell_complete=completing.standards
)
def schema(standard_name: str | None) -> None:
    """Print the JSON Schema of standard.yaml, so that editors complete and check it.

    With a standard, print the schema of its project records instead, in one
    piece that refers to nothing else.
    """

    if standard_name is None:
        from pmo_core.standards.grammar import meta_schema_text

        click.echo(meta_schema_text(), nl=False)
        return
    from pmo_core.office.packages import load_standard
    from pmo_core.render.escape import json_lines
    from pmo_core.standards.bundle import bundled_record_schema

    found = bundled_record_schema(load_standard(standard_name))
    click.echo(json_lines(found))
