"""`pmo standard ...`: look at standards, lint them, run their golden projects."""

from __future__ import annotations

import click

from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.invocation import Invocation

TABLE = {
    "list": ("pmo_core.cli.standard:list_", "Which standards are installed."),
    "show": ("pmo_core.cli.standard:show", "One standard: phases, gates, criteria, roles."),
    "schema": ("pmo_core.cli.standard:schema", "The JSON Schema of a standard, for editors."),
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
@click.option("--json", "as_json", is_flag=True, help="The same, for machines.")
@click.pass_obj
def list_(invocation: Invocation, as_json: bool) -> None:
    """List the installed standards, each version with its title and folder."""
    from pmo_core.office.packages import installed_packages, load_standard, version_order
    from pmo_core.render.standards import installed_json, installed_lines

    invocation.json = as_json
    found = [
        (load_standard(folder), str(folder))
        for _id, versions in sorted(installed_packages().items())
        for _version, folder in sorted(versions.items(), key=lambda one: version_order(one[0]))
    ]
    if as_json:
        click.echo(installed_json(found))
        return
    for line in installed_lines(found):
        click.echo(line)


@click.command(epilog="Example:  pmo standard show essentials ready-for-planning")
@click.argument("name", metavar="ID|PATH")
@click.argument("thing", required=False, metavar="[GATE|CRITERION]")
@click.option("--gates", is_flag=True, help="Only the gates, one a line.")
@click.option("--json", "as_json", is_flag=True, help="The resolved model, for machines.")
@click.pass_obj
def show(invocation: Invocation, name: str, thing: str | None, gates: bool, as_json: bool) -> None:
    """Show a standard: its phases, gates, criteria and roles; or one gate or criterion of it."""
    from pmo_core.office.packages import load_standard
    from pmo_core.render.standards import gates_lines, model_json, standard_lines, thing_lines

    invocation.json = as_json
    found = load_standard(name)
    if as_json:
        click.echo(model_json(found))
        return
    if thing is not None:
        lines = thing_lines(found, thing)
    else:
        lines = gates_lines(found) if gates else standard_lines(found)
    for line in lines:
        click.echo(line)


@click.command(epilog="Example:  pmo standard schema > .schemas/standard.json")
def schema() -> None:
    """Print the JSON Schema of standard.yaml, so that editors complete and check it."""
    from pmo_core.standards.grammar import meta_schema_text

    click.echo(meta_schema_text(), nl=False)
