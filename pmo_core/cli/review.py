"""`pmo review ...`: where people act: open a review of a gate, look, decide or withdraw."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from pmo_core.cli import completing
from pmo_core.cli.gate import gate_option, split_gate
from pmo_core.cli.groups import LazyGroup
from pmo_core.cli.office_options import Desk, reads_office, writes_office

if TYPE_CHECKING:
    from pmo_core.documents import Json, JsonObject

TABLE = {
    "open": ("pmo_core.cli.review:open_", "Ask for a decision at a gate."),
    "show": ("pmo_core.cli.review:show", "What is found, who may decide what, what bars it."),
    "decide": ("pmo_core.cli.review:decide", "Choose an outcome."),
    "withdraw": ("pmo_core.cli.review:withdraw", "End it undecided."),
}


@click.group(cls=LazyGroup, table=TABLE, epilog="Example:  pmo review open permit-portal")
def review() -> None:
    """Have a gate decided: open a review, look at it, decide it or withdraw it."""


@click.command("open", epilog="Example:  pmo review open permit-portal --as ana.ruiz")
@click.argument("project", shell_complete=completing.projects)
@gate_option
@writes_office
def open_(project: str, gate: str | None, desk: Desk) -> None:
    """Open a review of the gate ahead, so that a decision is asked for."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.prospects import prospect_of
    from pmo_core.render.people import people_of
    from pmo_core.render.reviews import opened_by, opened_lines

    name, occurrence = split_gate(gate)
    with desk.office() as office:
        done = office.open_review(project, name, occurrence, **desk.acting(office))
        found, ahead = prospect_of(office, done.after, opened_by(done), desk.at or office.now())
        people = people_of(office.settings, office.standard(done.after.package))
        zone = office.settings.zone
    write_lines(opened_lines(done, found, ahead, people, zone, terminal_style()))


@click.command(epilog="Example:  pmo review show permit-portal")
@click.argument("project", shell_complete=completing.projects)
@click.argument("key", required=False, shell_complete=completing.reviews_of_project)
@click.option("--json", "as_json", is_flag=True, help="The same for programs, with digests.")
@reads_office
def show(project: str, key: str | None, as_json: bool, desk: Desk) -> None:
    """A review as of now: findings, evidence, who may decide what, and what bars it.

    KEY is GATE[@OCCURRENCE][/ATTEMPT]; without it, the review that is open.
    """
    from pmo_core.cli.office_style import office_style
    from pmo_core.cli.output import write_lines
    from pmo_core.render.escape import json_lines
    from pmo_core.render.people import people_of
    from pmo_core.render.reviews import review_json, review_lines

    with desk.office(read_only=True) as office:
        view = office.review(project, key, at=desk.at)
        style = office_style(office)
        people = people_of(office.settings, view.standard)
    if as_json:
        click.echo(json_lines(review_json(view)))
    else:
        write_lines(review_lines(view, people, style))


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    from pmo_core.standards.instants import InvalidTime, parse_date

    if value is None:
        return None
    try:
        return parse_date(value)
    except InvalidTime:
        raise click.BadParameter(
            f"{value!r} is no date. Write it as 2026-11-27", ctx, param
        ) from None


def _brought(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, Json]:
    """What `--brings NAME=VALUE` gives: a text, or what stands in brackets as YAML."""
    from pmo_core.documents import read_yaml
    from pmo_core.errors import InvalidDocument

    found: dict[str, Json] = {}
    for value in values:
        name, sign, written = value.partition("=")
        if not sign or not name:
            raise click.BadParameter(
                f"{value!r} brings nothing. Write NAME=VALUE, such as next-gate-date=2027-03-01",
                ctx,
                param,
            )
        try:
            as_it_is = not written.startswith(("[", "{", '"', "'"))
            data = written.encode("utf-8", "replace")
            found[name] = written if as_it_is else read_yaml(data, name).value
        except InvalidDocument as error:
            raise click.BadParameter(
                f"{written!r} is no value: {error.message}.", ctx, param
            ) from None
    return found


@click.command(
    epilog="""\b
Example:  pmo review decide permit-portal go --as eva.stern
Example:  pmo review decide permit-portal hold --resume-by 2027-01-15 \\
            --as eva.stern --reason "The supplier is not under contract"
"""
)
@click.argument("project", shell_complete=completing.projects)
@click.argument("outcome", shell_complete=completing.outcomes_of_project)
@click.option(
    "--review",
    "named",
    metavar="KEY",
    shell_complete=completing.reviews_of_project,
    help="Which review, where several are open.",
)
@click.option(
    "--resume-by", callback=_day, metavar="DATE", help="Until when the project waits, of a hold."
)
@click.option("--override", is_flag=True, help="Decide against the verdict, where it is granted.")
@click.option(
    "--brings",
    callback=_brought,
    multiple=True,
    metavar="NAME=VALUE",
    help="What the outcome asks a decision to bring along; may be repeated.",
)
@click.option(
    "--extra",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    shell_complete=completing.files,
    help="Criteria to add for this project at later gates: GATE, then ID, as in a standard.",
)
@writes_office
def decide(
    project: str,
    outcome: str,
    named: str | None,
    resume_by: date | None,
    override: bool,
    brings: dict[str, Json],
    extra: str | None,
    desk: Desk,
) -> None:
    """Decide a review: what is found is assessed anew, and the phases move with the decision."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.governance.choices import Choice
    from pmo_core.office.prospects import next_gates
    from pmo_core.render.people import people_of
    from pmo_core.render.reviews import decided_lines

    choice = Choice(
        outcome,
        desk.reason,
        resume_by,
        override,
        brings,
        {} if extra is None else _extra(extra),
    )
    with desk.office() as office:
        done = office.decide(project, choice, named, **desk.acting(office))
        coming = next_gates(office, done.after, desk.at or office.now())
        people = people_of(office.settings, office.standard(done.after.package))
    write_lines(decided_lines(done, coming, people, terminal_style()))


def _extra(path: str) -> dict[str, dict[str, JsonObject]]:
    """The criteria of a file by gate and id.

    Raises:
        InvalidDocument: it is no such file.
    """
    from pathlib import Path

    from pmo_core.documents import read_document
    from pmo_core.errors import InvalidDocument
    from pmo_core.office.proposals import bytes_of

    document = read_document(bytes_of(Path(path), path), path)
    value = document.value
    found: dict[str, dict[str, JsonObject]] = {}
    for gate, criteria in value.items() if isinstance(value, dict) else ():
        if not isinstance(criteria, dict):
            break
        found[gate] = {name: one for name, one in criteria.items() if isinstance(one, dict)}
        if len(found[gate]) < len(criteria):
            break
    else:
        if found:
            return found
    raise InvalidDocument(
        "criteria to add stand under their gate, each under its id",
        source=path,
        remedy="Write GATE: {ID: {must: STATEMENT, answer: {}}}",
    )


@click.command(epilog="Example:  pmo review withdraw permit-portal --reason 'Too early'")
@click.argument("project", shell_complete=completing.projects)
@click.argument(
    "named", metavar="[KEY]", required=False, shell_complete=completing.reviews_of_project
)
@writes_office
def withdraw(project: str, named: str | None, desk: Desk) -> None:
    """End a review without a decision.

    It is for who opened it, and for those who own the gate or decide there.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.render.reviews import withdrawn_lines

    with desk.office() as office:
        done = office.withdraw(project, named, **desk.acting(office))
    write_lines(withdrawn_lines(done, terminal_style()))
