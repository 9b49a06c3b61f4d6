"""`pmo template ...`: documents to begin with, filled in from a project's record."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pmo_core.cli import completing
from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.listing_options import View, listing_options, write_listing
from pmo_core.cli.office_options import Desk, in_office
from pmo_core.render.documents_begun import COLUMNS

TABLE = {
    "list": ("pmo_core.cli.template:list_", "Which templates there are, and what is begun."),
    "write": ("pmo_core.cli.template:write", "Begin a document from one."),
}


@click.group(
    cls=LazyGroup, table=TABLE, epilog="Example:  pmo template write permit-portal charter"
)
def template() -> None:
    """Begin documents from the standard's templates, filled in from the record."""


@click.command("list", epilog="Example:  pmo template list permit-portal")
@click.argument("project", required=False, shell_complete=completing.projects)
@listing_options(COLUMNS)
@in_office
def list_(desk: Desk, view: View, project: str | None) -> None:
    """List the templates: of a project's standard, or of the one new projects follow."""
    from pmo_core.office.documents_begun import document_path
    from pmo_core.render.documents_begun import NO_TEMPLATES, templates_listing
    from pmo_core.standards.templates import templates_of

    with desk.office(read_only=True) as office:
        state = None if project is None else office.project(project)
        standard = office.standard(
            office.settings.default_pin.digest if state is None else state.package
        )
        files = {
            name: path.relative_to(office.folder).as_posix()
            for name, of in templates_of(standard).items()
            if project and (path := document_path(office.folder, project, name, of)).is_file()
        }
    write_listing(templates_listing(standard, state, files), view, empty=NO_TEMPLATES)


@click.command(
    epilog="""\b
Example:  pmo template write permit-portal charter
Example:  pmo template write permit-portal charter --output - | less"""
)
@click.argument("project", shell_complete=completing.projects)
@click.argument("artefact", shell_complete=completing.templates_of_project)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(),
    shell_complete=completing.files,
    help="Where to; - is standard output.  [default: documents/PROJECT/ARTEFACT.md]",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="What was done, for programs.")
@in_office
def write(
    desk: Desk,
    project: str,
    artefact: str,
    output: str | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Begin a document from a template, filled in from the project's record.

    What the record lacks stands in brackets. A file that is there is never
    written over unless you say --force.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.documents_begun import check_free, document_path, write_document
    from pmo_core.render.documents_begun import begun_json, begun_lines
    from pmo_core.render.templates import filled
    from pmo_core.standards.templates import template_of, template_path

    with desk.office(read_only=True) as office:
        state = office.project(project)
        standard = office.standard(state.package)
        source = template_path(standard, artefact)
        text = filled(template_of(standard, artefact), state.record, source=source)
        place = document_path(office.folder, project, artefact, source)
    if output == "-":
        click.echo(text, nl=False)
        return
    path = Path(os.path.relpath(place) if output is None else output)
    if dry_run:
        check_free(path, force=force)
    else:
        write_document(path, text, force=force)
    shown = str(path)
    if as_json:
        click.echo(begun_json(state, artefact, shown, text, written=not dry_run))
    else:
        style = terminal_style()
        write_lines(begun_lines(standard, state, artefact, shown, text, style, dry_run=dry_run))
