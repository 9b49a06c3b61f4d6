"""`pmo project show`: one project whole, or its record as the file to work in."""

from __future__ import annotations

import click

from pmo_core.cli.office_options import Desk, reads_office
from pmo_core.cli.project_options import takes_project


@click.command(epilog="Example:  pmo project show atlas --yaml > projects/atlas.yaml")
@takes_project
@click.option("--yaml", "as_yaml", is_flag=True, help="The record, as a file to change it in.")
@click.option("--json", "as_json", is_flag=True, help="All there is, the record too.")
@reads_office
def show(desk: Desk, project: str, as_yaml: bool, as_json: bool) -> None:
    """Show one project: phase, people, gates ahead, reviews, decisions, and its file."""
    from pmo_core.cli.office_style import office_style
    from pmo_core.cli.output import write_lines
    from pmo_core.office.overview import view_of
    from pmo_core.office.proposals import differences

    if as_yaml and as_json:
        raise click.UsageError("--yaml and --json cannot both be.")
    with desk.office(read_only=True) as office:
        if as_yaml:
            from pmo_core.office.folders import record_schema_ref
            from pmo_core.render.record_yaml import record_yaml

            state = office.project(project)
            schema = record_schema_ref(office.standard(state.package))
            text = record_yaml(state.record, schema_ref=schema, version=state.version)
            click.echo(text, nl=False)
            return
        from pmo_core.render.project import project_json, project_lines

        seen = view_of(office, project, desk.at or office.now())
        files = differences(office, seen.state)
        people = office.settings.people
        if as_json:
            write_lines([project_json(seen, files)])
        else:
            write_lines(project_lines(seen, files, people, office_style(office)))
