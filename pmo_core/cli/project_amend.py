"""`pmo project amend`: a record changed from a file, by paths, or by a patch."""

from __future__ import annotations

from pathlib import Path

import click

from pmo_core.cli import completing
from pmo_core.cli.office_options import Desk, writes_office
from pmo_core.cli.project_options import takes_project, write_done


@click.command(
    epilog="""\b
Examples:
  pmo project amend atlas --from projects/atlas.yaml
  pmo project amend atlas --set risks.R-3.owner=nils.falk --unset budget.note"""
)
@takes_project
@click.option(
    "--from",
    "file",
    metavar="FILE",
    shell_complete=completing.files,
    help="What was changed in its file since the version in the head.",
)
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="PATH=VALUE",
    help="Set one place; names and ids joined by dots. Repeatable.",
)
@click.option("--unset", multiple=True, metavar="PATH", help="Take one place out. Repeatable.")
@click.option(
    "--patch", metavar="FILE", shell_complete=completing.files, help="A JSON Patch (RFC 6902)."
)
@click.option(
    "--merge", metavar="FILE", shell_complete=completing.files, help="A merge patch (RFC 7396)."
)
@writes_office
def amend(
    desk: Desk,
    project: str,
    file: str | None,
    assignments: tuple[str, ...],
    unset: tuple[str, ...],
    patch: str | None,
    merge: str | None,
) -> None:
    """Change a project's record: one event in its ledger, with who and when.

    Answers, artefacts and the phase have commands of their own.
    """
    from pmo_core.office import amending
    from pmo_core.render.changes import changed_words, lag_words

    given = [bool(file), bool(assignments or unset), bool(patch), bool(merge)]
    if sum(given) != 1:
        raise click.UsageError(
            "Give one of --from FILE, --set PATH=VALUE (with --unset), --patch FILE, --merge FILE."
        )
    with desk.office() as office:
        acting = desk.acting(office)
        told: list[str] = []
        if file is not None:
            done, lag = amending.amend_from(office, project, Path(file), **acting)
            told = lag_words(file, project, done.after.record, lag)
        elif patch is not None:
            done = amending.amend_by_patch(office, project, Path(patch), **acting)
        elif merge is not None:
            done = amending.amend_by_merge(office, project, Path(merge), **acting)
        else:
            done = amending.amend_by_paths(office, project, assignments, unset, **acting)
        write_done(office, done, changed_words(done), told)
