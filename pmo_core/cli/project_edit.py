"""`pmo project edit`: a record changed in an editor, and shown before it counts."""

from __future__ import annotations

import click

from pmo_core.cli.office_options import Desk, writes_office
from pmo_core.cli.project_options import takes_project


@click.command(epilog="Example:  EDITOR=nano pmo project edit atlas")
@takes_project
@click.option("--yes", is_flag=True, help="Do not ask before it is written.")
@writes_office
def edit(desk: Desk, project: str, yes: bool) -> None:
    """Change a project's record in your editor (VISUAL, EDITOR).

    What would change, and how the verdict would move, is shown before it is
    written. Nothing that you typed is lost: where it cannot be taken, it stays
    in a file that is named.
    """
    from pmo_core.cli.editing import Editing

    with desk.office() as office:
        Editing(office, project, desk.acting(office), without_question=yes).run()
