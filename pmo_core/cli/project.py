"""`pmo project ...`: the records of an office's projects, and their ledger."""

from __future__ import annotations

import click

from pmo_core.cli.groups import LazyGroup

TABLE = {
    "new": ("pmo_core.cli.project_new:new", "Register a project, and write a file to fill in."),
    "add": ("pmo_core.cli.project_add:add", "Register or amend projects from files and systems."),
    "enter": ("pmo_core.cli.project_new:enter", "Register a project that is under way already."),
    "list": ("pmo_core.cli.project_list:list_", "All projects: phase, next gate, verdict."),
    "show": ("pmo_core.cli.project_show:show", "One project whole; or its record as YAML."),
    "edit": ("pmo_core.cli.project_edit:edit", "Change a record in your editor, with a preview."),
    "amend": ("pmo_core.cli.project_amend:amend", "Change a record: from its file, or by --set."),
    "answer": ("pmo_core.cli.project_answer:answer", "Attest a criterion, with evidence."),
    "artefact": ("pmo_core.cli.project_answer:artefact", "Bring an artefact to a state."),
    "history": ("pmo_core.cli.project_history:history", "All that happened to a project."),
}


@click.group(
    cls=LazyGroup,
    table=TABLE,
    epilog="Example:  pmo project amend atlas --set risks.R-3.owner=nils.falk",
)
def project() -> None:
    """Look at projects, and change their records.

    The ledger is the truth. A file in projects/ is a proposal: `pmo project amend
    ID --from FILE` makes it count.
    """
