"""`pmo plugin ...`: what is installed, and what each plugin brings."""

from __future__ import annotations

import click

from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.invocation import Invocation

TABLE = {
    "list": ("pmo_core.cli.plugin:list_", "Which plugins are installed."),
    "show": ("pmo_core.cli.plugin:show", "What one plugin brings: sources, facts, checks."),
}


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo plugin show kep")
def plugin() -> None:
    """Which plugins are installed, and what they bring.

    A plugin is loaded only when it is named: by `--plugin NAME`, or by a
    source's scheme, such as kep:DIR.
    """


@click.command("list", epilog="Example:  pmo plugin list --json")
@click.option("--json", "as_json", is_flag=True, help="The same, for machines.")
@click.pass_obj
def list_(invocation: Invocation, as_json: bool) -> None:
    """List the installed plugins. None of them is loaded for it."""
    from pmo_core.plugins.loading import installed_plugins
    from pmo_core.render.plugins import installed_json, installed_lines

    invocation.json = as_json
    found = installed_plugins()
    if as_json:
        click.echo(installed_json(found))
        return
    for line in installed_lines(found):
        click.echo(line)


@click.command(epilog="Example:  pmo plugin show kep")
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="The same, for machines.")
@click.pass_obj
def show(invocation: Invocation, name: str, as_json: bool) -> None:
    """Load one plugin and show what it brings."""
    from pmo_core.plugins.loading import load_plugin
    from pmo_core.render.plugins import plugin_json, plugin_lines

    invocation.json = as_json
    found = load_plugin(name)
    if as_json:
        click.echo(plugin_json(found))
        return
    for line in plugin_lines(found):
        click.echo(line)
