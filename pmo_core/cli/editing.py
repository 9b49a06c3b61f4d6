"""One sitting of `pmo project edit`: draft, editor, preview, question, amendment."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmo_core.errors import PmoError, Unavailable

if TYPE_CHECKING:
    from pmo_core.governance.state import State
    from pmo_core.office.acts import Acting, Done
    from pmo_core.office.merging import Proposal
    from pmo_core.office.office import Office
    from pmo_core.standards.model import Standard


class Editing:
    """Lets a person change a record in an editor.

    The draft is the project's own file where that says what the ledger says, so that its comments
    are kept; else the record written anew, beside nothing of the office.
    """

    def __init__(
        self, office: Office, project: str, acting: Acting, *, without_question: bool
    ) -> None:
        self._office = office
        self._project = project
        self._acting = acting
        self._without_question = without_question
        self._own: Path | None = None

    def run(self) -> None:
        """From the draft to the amendment.

        Raises:
            PmoError: what was written cannot be taken; the draft's path is told before.
            click.UsageError: the editor cannot be started.
        """
        state = self._office.project(self._project)
        standard = self._office.standard(state.package)
        draft = self._draft(state, standard)
        before = draft.read_bytes()
        keep = False
        try:
            while True:
                self._open(draft)
                if not _has_changed(draft, before):
                    click.echo(f"{self._project}: nothing was changed in the draft.")
                    return
                try:
                    keep = self._take(draft, standard)
                    return
                except PmoError as error:
                    if not self._again(error):
                        keep = True
                        raise
        except BaseException:
            keep = keep or _has_changed(draft, before)
            raise
        finally:
            if keep:
                click.echo(f"Your draft is kept: {draft}", err=True)
            else:
                self._clear(draft)

    def _draft(self, state: State, standard: Standard) -> Path:
        """A copy to work in, in a folder of its own."""
        from pmo_core.office.folders import record_schema_path
        from pmo_core.office.project_files import file_of
        from pmo_core.office.record_files import with_version
        from pmo_core.render.record_yaml import record_yaml

        own = file_of(self._office, self._project)
        if own is not None and self._agrees(own, standard, state):
            text = with_version(own.read_bytes().decode("utf-8"), state.version)
            self._own = own
        else:
            schema = record_schema_path(self._office.folder, standard)
            ref = schema.resolve().as_uri() if schema.is_file() else None
            text = record_yaml(state.record, schema_ref=ref, version=state.version)
        folder = Path(tempfile.mkdtemp(prefix="pmo-edit-"))
        name = "".join(sign if sign.isalnum() or sign in "._-" else "_" for sign in self._project)
        draft = folder / f"{name.lstrip('.') or 'project'}.yaml"
        draft.write_bytes(text.encode("utf-8"))
        return draft

    def _agrees(self, own: Path, standard: Standard, state: State) -> bool:
        """Whether the project's own file says what the ledger says, and can hold a version."""
        from pmo_core.office.proposals import lag_of, read_proposal

        if own.suffix.lower() == ".json":
            return False
        try:
            return not lag_of(self._office, read_proposal(own, standard).value, state)
        except PmoError:
            return False

    def _open(self, draft: Path) -> None:
        """Have the person edit the draft, until the editor ends."""
        import shlex
        import subprocess

        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _usual_editor()
        try:
            words = shlex.split(editor)
            ended = subprocess.run([*words, str(draft)], check=False)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise click.UsageError(
                f"The editor {editor!r} cannot be started: {reason}. Set EDITOR to another one."
            ) from None
        if ended.returncode:
            raise Unavailable(
                f"the editor {editor!r} ended with exit code {ended.returncode}",
                remedy="Nothing was written. Try again, or amend from the draft",
            )

    def _take(self, draft: Path, standard: Standard) -> bool:
        """Preview, ask, amend; whether the draft is still wanted."""
        from pmo_core.office.proposals import amend_by_file, read_proposal
        from pmo_core.render.changes import changed_words

        proposal = read_proposal(draft, standard)
        dry_run = bool(self._acting.get("dry_run"))
        trying: Acting = {**self._acting, "dry_run": True}
        preview = amend_by_file(self._office, self._project, proposal, renew=False, **trying)
        if not preview.events or dry_run or preview.repeated:
            self._tell(preview, changed_words(preview))
            return False
        _tell_preview(preview, whole=not self._without_question)
        if not self._without_question and not click.confirm("Write it?", default=True):
            click.echo("Nothing was written.")
            return True
        # Upon the version that was previewed: what comes between is seen before it counts.
        seen = preview.before.version if preview.before is not None else 0
        meant: Acting = {**self._acting, "version": seen}
        done = amend_by_file(self._office, self._project, proposal, renew=False, **meant)
        self._renew_own(proposal, done)
        self._tell(done, changed_words(done))
        return False

    def _renew_own(self, proposal: Proposal, done: Done) -> None:
        """Put the draft in the place of the project's own file, from which it was made."""
        from pmo_core.office.record_files import with_version
        from pmo_core.office.whole_files import replace_file

        if self._own is None:
            return
        text = with_version(proposal.path.read_bytes().decode("utf-8"), done.after.version)
        try:
            replace_file(self._own, text.encode("utf-8"))
        except OSError as error:
            click.echo(
                f"{self._own.name} in projects/ cannot be written: {error.strerror}", err=True
            )

    def _again(self, error: PmoError) -> bool:
        """Whether the person wants to mend the draft."""
        from pmo_core.render.errors import error_lines

        if self._without_question or not sys.stdin.isatty():
            return False
        for line in error_lines(error):
            click.echo(line, err=True)
        return click.confirm("Edit it again?", default=True, err=True)

    def _tell(self, done: Done, what: str) -> None:
        from pmo_core.cli.project_options import write_done

        write_done(self._office, done, what)

    def _clear(self, draft: Path) -> None:
        """The draft gone, and its folder with all that an editor left there."""
        import shutil

        shutil.rmtree(draft.parent, ignore_errors=True)


def _has_changed(draft: Path, before: bytes) -> bool:
    """Whether the draft is another one now; one that was deleted says nothing."""
    try:
        with draft.open("rb") as stream:
            return stream.read(len(before) + 1) != before
    except FileNotFoundError:
        return False
    except OSError:  # whoever reads it is told
        return True


def _usual_editor() -> str:
    import shutil

    if os.name == "nt":
        return "notepad"
    return next((name for name in ("sensible-editor", "nano", "vi") if shutil.which(name)), "vi")


def _tell_preview(preview: Done, *, whole: bool) -> None:
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.render.changes import changes_of, preview_lines

    tell = preview_lines if whole else changes_of
    write_lines(tell(preview, terminal_style()))
