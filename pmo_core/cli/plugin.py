"""`pmo plugin ...`: what is installed, and what each plugin brings."""

from __future__ import annotations

import click

from pmo_core.cli import completing
from pmo_core.cli.groups import LazyGroup

TABLE = {
    "list": ("pmo_core.cli.plugin:list_", "Which plugins are installed."),
    "show": ("pmo_core.cli.plugin:show", "What one plugin brings: sources, facts, checks."),
}


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo plugin show kep")
def plugin() -> None:
    """See which plugins are installed, and what they bring.

    A plugin is loaded only when it is named: by `--plugin NAME`, or by a
    source's scheme, such as kep:DIR.
    """


@click.command("list", epilog="Example:  pmo plugin list --json")
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
def list_(as_json: bool) -> None:
    """List the installed plugins. None of them is loaded for it."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.plugins.loading import installed_plugins
    from pmo_core.render.plugins import installed_json, installed_lines

    found = installed_plugins()
    write_lines([installed_json(found)] if as_json else installed_lines(found, terminal_style()))


@click.command(epilog="Example:  pmo plugin show kep")
@click.argument("name", metavar="NAME", shell_complete=completing.plugins)
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
def show(name: str, as_json: bool) -> None:
    """Show what one plugin brings, and how to use it. It is loaded for it."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.plugins.loading import load_plugin
    from pmo_core.render.plugins import plugin_json, plugin_lines

    found = load_plugin(name)
    write_lines([plugin_json(found)] if as_json else plugin_lines(found, terminal_style()))
