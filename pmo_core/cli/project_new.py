"""`pmo project new` and `enter`: take a project in, at its beginning or under way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, writes_office
from pmo_core.cli.project_options import takes_evidence, takes_project, takes_roles, takes_standard

if TYPE_CHECKING:
    from pmo_core.office.acts import Done
    from pmo_core.standards.model import Standard


@click.command(epilog="Example:  pmo project new street-works --manager kim.dale")
@click.argument("project", metavar="ID")
@click.option("--title", metavar="TEXT", help="Its name for people; by default made of the id.")
@click.option(
    "--owner", metavar="WHO", shell_complete=completing.people, help="Short for --role owner=WHO."
)
@click.option(
    "--manager",
    metavar="WHO",
    shell_complete=completing.people,
    help="Short for --role manager=WHO.",
)
@takes_roles
@takes_standard
@writes_office
def new(
    desk: Desk,
    project: str,
    title: str | None,
    owner: str | None,
    manager: str | None,
    roles: tuple[tuple[str, str], ...],
    standard_name: str | None,
) -> None:
    """Register a project, and write projects/ID.yaml for what its next gate asks for."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.folders import record_schema_ref
    from pmo_core.office.registering import register_new
    from pmo_core.render.commented_record import commented_record
    from pmo_core.render.registered import new_lines

    short = [(role, who) for role, who in (("owner", owner), ("manager", manager)) if who]

    def text_of(standard: Standard, done: Done, lang: str) -> str:
        return commented_record(
            done.after.record,
            standard,
            [one.found for one in done.now],
            schema_ref=record_schema_ref(standard),
            version=done.after.version,
            lang=lang,
        )

    with desk.office() as office:
        found = register_new(
            office,
            project,
            title,
            standard_name,
            (*short, *roles),
            text_of,
            **desk.acting(office),
        )
        name = None if found.path is None else found.path.relative_to(office.folder).as_posix()
        write_lines(new_lines(found.done, name, terminal_style()))


@click.command(epilog="Example:  pmo project enter atlas --from atlas.yaml --phase delivery ...")
@takes_project
@click.option(
    "--from",
    "file",
    required=True,
    metavar="FILE",
    shell_complete=completing.files,
    help="The project's record.",
)
@click.option(
    "--phase",
    "phases",
    required=True,
    multiple=True,
    metavar="PHASE",
    shell_complete=completing.phases_of_office,
    help="Where it stands: PHASE, or TRACK=PHASE. Repeatable.",
)
@takes_evidence
@takes_roles
@takes_standard
@writes_office
def enter(
    desk: Desk,
    project: str,
    file: str,
    phases: tuple[str, ...],
    evidence: tuple[str, ...],
    roles: tuple[tuple[str, str], ...],
    standard_name: str | None,
) -> None:
    """Register a project that is under way, on evidence that it stands where it says.

    The gates that its phase presupposes count as attested, not as decided.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.registering import enter_project
    from pmo_core.render.registered import new_lines

    with desk.office() as office:
        done = enter_project(
            office,
            project,
            Path(file),
            phases,
            evidence,
            standard_name,
            roles,
            **desk.acting(office),
        )
        write_lines(new_lines(done, None, terminal_style()))
